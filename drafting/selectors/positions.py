"""What delegations think of provisions, options and brackets, and what is only agreed together.

Rules:

- Positions and packages are the group's: whoever may read the draft may read them.
- They are told in the order in which they were taken; each with who set it down and when.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from drafting.domain.positions import Stance
from drafting.models import Draft, Package, Position


@dataclass(frozen=True, slots=True)
class Stand:
    """What a delegation thinks of one thing: an option, a bracket, or the provision ("")."""

    delegation: str
    name: str
    stance: str
    words: str
    option: str
    bracket: str
    said_by: str
    from_the_floor: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Tie:
    """A package that the provision belongs to, with the others in it."""

    number: int
    name: str
    provisions: tuple[str, ...]


def stands_of(draft: Draft, key: str | None = None) -> dict[str, tuple[Stand, ...]]:
    """Positions by provision, in the order in which they were taken."""
    rows = Position.objects.filter(provision__draft=draft).order_by("at", "pk")
    if key is not None:
        rows = rows.filter(provision__number=int(key[1:]))
    found: dict[str, list[Stand]] = defaultdict(list)
    for row in rows.select_related("provision", "option", "delegation"):
        found[row.provision.key].append(
            Stand(
                row.delegation.symbol,
                row.delegation.name,
                row.stance,
                row.words,
                row.option.key if row.option else "",
                row.bracket,
                row.said_by,
                row.from_the_floor,
                row.at,
            )
        )
    return {k: tuple(rows) for k, rows in found.items()}


def counted(stands: Iterable[Stand]) -> dict[Stance, int]:
    """How many delegations take each stance on one thing; those that nobody takes are left out."""
    found = Counter(stand.stance for stand in stands)
    return {stance: found[stance.value] for stance in Stance if found[stance.value]}


def ties_of(draft: Draft, key: str) -> list[Tie]:
    """The packages that a provision belongs to."""
    rows = Package.objects.filter(draft=draft, provisions__number=int(key[1:]))
    return [
        Tie(row.number, row.name, tuple(p.key for p in row.provisions.order_by("rank")))
        for row in rows.prefetch_related("provisions").distinct()
    ]
