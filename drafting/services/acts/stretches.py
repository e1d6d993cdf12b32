"""The sections of a draft: what stands from one call to the next.

Alone, a deed asks for the sections that it touches and for no more, so that it costs the same in
any draft; of several deeds done together, all sections are read once, by number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from django.db.models import Q

from drafting.domain.draft import ProvisionKind
from drafting.models import Draft


@dataclass(frozen=True, slots=True)
class Stretch:
    """One section. `first`: the rank of its call; "" of what stands before every call."""

    first: str
    numbers: list[int] = field(default_factory=list)


def stretches(draft: Draft) -> list[Stretch]:
    """All of them in reading order."""
    found = [Stretch("")]
    rows = draft.provisions.order_by("rank").values_list("number", "rank", "kind")
    for number, rank, kind in rows:
        if kind == ProvisionKind.CALL:
            found.append(Stretch(rank))
        found[-1].numbers.append(number)
    return found


def numbers_within(line: Sequence[Stretch], ranks: Iterable[str]) -> list[int]:
    """The provisions of the sections in which these ranks are, in reading order."""
    wanted = {bisect_right(line, rank, key=attrgetter("first")) - 1 for rank in ranks}
    return [number for at in sorted(wanted) for number in line[at].numbers]


def within(draft: Draft, ranks: Iterable[str]) -> Q:
    """The condition of being in a section in which one of these ranks is; "" is before all."""
    wanted = Q()
    for rank in ranks:
        wanted |= _section(draft, rank)
    return wanted


def _section(draft: Draft, rank: str) -> Q:
    """The condition of being between the call at or before a rank, and the next call after it."""
    calls = draft.provisions.filter(kind=ProvisionKind.CALL).order_by("rank")
    ranks = calls.values_list("rank", flat=True)
    first, end = ranks.filter(rank__lte=rank).last(), ranks.filter(rank__gt=rank).first()
    return Q(rank__gte=first or "") & (Q(rank__lt=end) if end else Q())
