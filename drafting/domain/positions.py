"""What a delegation thinks of a wording, a bracket or a provision, and how the room stands.

Rules:

- A delegation has one stance on one thing at a time; the latest holds.
- A stance binds nobody: it settles nothing, and is not a vote. It is counted so that a chair sees
  where agreement is near.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stance(StrEnum):
    """What a delegation says of an option, a bracket or a provision."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    RESERVE = "reserve"
    DELETE = "delete"
    AMEND = "amend"
    WAITING = "waiting"  # for instructions


@dataclass(frozen=True, slots=True)
class Position:
    """A delegation's stance on a provision, on one option of it, or on one bracket (by their keys).

    `delegation` is its symbol; `said_by` who set it down, `from_the_floor` whether for it.
    """

    provision: str
    option: str | None
    bracket: str | None
    delegation: str
    stance: Stance
    words: str
    said_by: str
    from_the_floor: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Package:
    """Provisions that are only agreed together."""

    number: int
    name: str
    provisions: tuple[str, ...]
