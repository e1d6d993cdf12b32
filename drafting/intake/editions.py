"""Editions of texts by the conference that adopted them (`domain.bodies`): they tell old from new.

A redline whose marks were lost prints both editions run together; which of the two is the later
one follows from this table, not from their order on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafting.domain.bodies import known


@dataclass(frozen=True, slots=True)
class Edition:
    """One session of a body. `short` is its name before the year in short form: "WTDC-14"."""

    body: str
    place: str
    year: int
    short: str = ""


EDITIONS: tuple[Edition, ...] = tuple(
    Edition(body.name, session.city, session.year, body.short)
    for body in known().bodies
    for session in body.sessions
)


def successions(editions: Sequence[Edition] = EDITIONS) -> Iterator[tuple[Edition, Edition]]:
    """Every (earlier, later) pair of one body, neighbours first."""
    for step in range(1, len(editions)):
        for old, new in zip(editions, editions[step:], strict=False):
            if old.body == new.body and old.year < new.year:
                yield old, new
