"""The provisions of a draft as one line of ranks, in sections from one call to the next.

Alone, a deed asks the database for the sections that it touches and for no more, so that it costs
the same in any draft (`within`); of several deeds done together, the line is read once (`Line`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from django.db.models import Q

from drafting.domain.draft import ProvisionKind
from drafting.models import Draft


class Line:
    """Numbers and ranks of all provisions in reading order; a rank "" is before everything."""

    def __init__(self, draft: Draft) -> None:
        rows = draft.provisions.order_by("rank").values_list("number", "rank", "kind")
        self._numbers = [number for number, _rank, _kind in rows]
        self._ranks = [rank for _number, rank, _kind in rows]
        calls = [at for at, row in enumerate(rows) if row[2] == ProvisionKind.CALL]
        self._begins = sorted({0, *calls})

    def around(self, ranks: Iterable[str]) -> list[int]:
        """The provisions of the sections in which these ranks are."""
        ends = [*self._begins[1:], len(self._numbers)]
        wanted = sorted({self._section(rank) for rank in ranks})
        return [n for at in wanted for n in self._numbers[self._begins[at] : ends[at]]]

    def _section(self, rank: str) -> int:
        place = bisect_right(self._ranks, rank) - 1
        return max(0, bisect_right(self._begins, place) - 1)

    def before(self, rank: str) -> int | None:
        """The provision just before a rank."""
        place = bisect_left(self._ranks, rank)
        return self._numbers[place - 1] if place else None


def within(draft: Draft, ranks: Iterable[str]) -> Q:
    """The condition of being in a section in which one of these ranks is."""
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
