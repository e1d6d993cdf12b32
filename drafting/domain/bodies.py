"""The bodies whose texts are cited, and their sessions: configuration data (`bodies.toml`).

Rules:

- The table holds facts and nothing else. A city or body that is not in it is unknown, never wrong.
- Names and cities compare with case and accents of spelling folded.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from drafting.domain.folding import fold

FILE = Path(__file__).with_name("bodies.toml")


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a body; `body` is its short name."""

    body: str
    city: str
    year: int

    @property
    def short(self) -> str:
        """ "WTDC-14"."""
        return f"{self.body}-{self.year % 100:02d}"


@dataclass(frozen=True, slots=True)
class Body:
    name: str
    short: str
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The table, and what is asked of it."""

    bodies: tuple[Body, ...]

    @property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(session for body in self.bodies for session in body.sessions)

    def met(self, city: str, year: int) -> frozenset[str]:
        """The short names of the bodies that met there then."""
        return frozenset(s.body for s in self.sessions if s.year == year and _like(s.city, city))

    def in_city(self, city: str) -> tuple[Session, ...]:
        return tuple(session for session in self.sessions if _like(session.city, city))

    def of(self, short: str) -> Body:
        return next(body for body in self.bodies if body.short == short)

    def by_short(self, short: str, year: int) -> Session | None:
        """The session that "WTDC-14" is: its year has two digits."""
        found = (s for s in self.sessions if s.body == short and s.year % 100 == year % 100)
        return next(found, None)


def _like(one: str, other: str) -> bool:
    return fold(one, case=False) == fold(other, case=False)


def parse(toml: str) -> Bodies:
    """The table of a TOML text in the form of `bodies.toml`. Raises ValueError or KeyError."""
    return Bodies(
        tuple(
            Body(
                entry["name"],
                entry["short"],
                tuple(Session(entry["short"], city, year) for city, year in entry["sessions"]),
            )
            for entry in tomllib.loads(toml)["body"]
        )
    )


@cache
def known() -> Bodies:
    """The table that comes with the application."""
    return parse(FILE.read_text(encoding="utf-8"))
