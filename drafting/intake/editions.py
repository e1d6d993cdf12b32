"""Editions of texts by the conference that adopted them: facts that tell old from new.

A redline whose marks were lost prints both editions run together; which of the two is the later
one follows from this table, not from their order on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """One session of a body. `short` is its name before the year in short form: "WTDC-14"."""

    body: str
    place: str
    year: int
    short: str = ""


_SESSIONS = {
    ("Plenipotentiary Conference", "PP"): (
        ("Kyoto", 1994),
        ("Minneapolis", 1998),
        ("Marrakesh", 2002),
        ("Antalya", 2006),
        ("Guadalajara", 2010),
        ("Busan", 2014),
        ("Dubai", 2018),
        ("Bucharest", 2022),
        ("Doha", 2026),
    ),
    ("World Telecommunication Development Conference", "WTDC"): (
        ("Valletta", 1998),
        ("Istanbul", 2002),
        ("Doha", 2006),
        ("Hyderabad", 2010),
        ("Dubai", 2014),
        ("Buenos Aires", 2017),
        ("Kigali", 2022),
        ("Baku", 2025),
    ),
    ("World Telecommunication Standardization Assembly", "WTSA"): (
        ("Montreal", 2000),
        ("Florian\u00f3polis", 2004),
        ("Johannesburg", 2008),
        ("Dubai", 2012),
        ("Hammamet", 2016),
        ("Geneva", 2022),
        ("New Delhi", 2024),
    ),
    ("Plenary Conference", "PC"): (
        ("Orsk Haven", 2019),
        ("Castelmar", 2023),
        ("Port Lorne", 2027),
    ),
    ("Development Assembly", "DA"): (("Tarn", 2022), ("Hallam", 2026)),
}

EDITIONS: tuple[Edition, ...] = tuple(
    Edition(body, place, year, short)
    for (body, short), sessions in _SESSIONS.items()
    for place, year in sessions
)


def successions(editions: Sequence[Edition] = EDITIONS) -> Iterator[tuple[Edition, Edition]]:
    """Every (earlier, later) pair of one body, neighbours first."""
    for step in range(1, len(editions)):
        for old, new in zip(editions, editions[step:], strict=False):
            if old.body == new.body and old.year < new.year:
                yield old, new
