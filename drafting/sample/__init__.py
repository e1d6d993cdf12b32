"""The sample: an invented conference that shows every mark a negotiated paper can bear.

`load()` gives it as frozen values with paths to its papers; nothing here touches a database. Who
edits the sources runs `python -m drafting.sample.build` and commits what it writes to `docx/`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from drafting.sample.story import STORY, Act

__all__ = [
    "Act",
    "Conference",
    "Contribution",
    "Delegation",
    "Group",
    "Person",
    "Role",
    "Sample",
    "load",
]

HERE = Path(__file__).parent
PAPERS = HERE / "docx"

Role = Literal["chair", "secretary", "delegate", "observer", "secretariat"]


@dataclass(frozen=True, slots=True)
class Conference:
    slug: str
    name: str
    union: str
    city: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class Group:
    """The ad hoc group; `chair` is an e-mail address, `parent` the committee that made it."""

    slug: str
    name: str
    parent: str
    mandate: str
    chair: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """A member, or a regional group: then `members` holds the symbols of those it speaks for."""

    symbol: str
    name: str
    members: tuple[str, ...] = ()

    @property
    def is_regional(self) -> bool:
        return bool(self.members)


@dataclass(frozen=True, slots=True)
class Person:
    """A demo account. `delegation` is a symbol, or None for those who speak for no one."""

    name: str
    email: str
    role: Role
    about: str
    delegation: str | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """A submitted paper and the codes of its proposals, in order.

    `document` is its number with its addenda ("79A2"). An `excerpt` leaves base paragraphs out and
    prints "..." for them. One that is `waiting` is not loaded: it is there to be imported by hand.
    """

    path: Path
    codes: tuple[str, ...]
    document: str
    source: tuple[str, ...]
    excerpt: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """All of it. `consolidated_truth` is a TOML file; its head explains it."""

    conference: Conference
    group: Group
    delegations: tuple[Delegation, ...]
    people: tuple[Person, ...]
    password: str
    draft_symbol: str
    draft_title: str
    base_name: str
    base_text: Path
    base_docx: Path
    consolidated: Path
    consolidated_truth: Path
    contributions: tuple[Contribution, ...]
    story: tuple[Act, ...]

    def person(self, email: str) -> Person:
        """The person with this address. Raises StopIteration for a stranger."""
        return next(person for person in self.people if person.email == email)


def load() -> Sample:
    """The sample as it is committed."""
    data = tomllib.loads((HERE / "conference.toml").read_text(encoding="utf-8"))
    return Sample(
        conference=Conference(**data["conference"]),
        group=Group(**data["group"]),
        delegations=tuple(_delegation(row) for row in data["delegation"]),
        people=tuple(Person(**row) for row in data["person"]),
        password=data["password"],
        draft_symbol=data["draft"]["symbol"],
        draft_title=data["draft"]["title"],
        base_name=data["draft"]["base"],
        base_text=HERE / "base.txt",
        base_docx=PAPERS / "base.docx",
        consolidated=PAPERS / "DL_12.docx",
        consolidated_truth=HERE / "consolidated.toml",
        contributions=tuple(_contribution(row) for row in data["contribution"]),
        story=STORY,
    )


def _delegation(row: dict[str, Any]) -> Delegation:
    return Delegation(row["symbol"], row["name"], tuple(row.get("members", ())))


def _contribution(row: dict[str, Any]) -> Contribution:
    return Contribution(
        path=PAPERS / row["file"],
        codes=tuple(row["codes"]),
        document=row["document"],
        source=tuple(row["source"]),
        excerpt=row.get("excerpt", False),
        waiting=row.get("waiting", False),
    )
