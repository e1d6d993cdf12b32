"""What is asked of typing, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass

from drafting import steps
from drafting.services.standings import Seat


@dataclass(frozen=True, slots=True)
class Writer:
    """Who sends: a person's seat at a draft, and their browser's own name for itself."""

    seat: Seat
    client: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Steps on one option (by its number), made on its version `base`."""

    mid: int
    option: int
    base: int
    items: tuple[steps.Item, ...]
    acting_for: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is on disk. `version`: the option's after it; 0 where the message was an act."""

    mid: int
    seq: int
    version: int
    keys: tuple[str, ...]
    dropped: tuple[str, ...]
    made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declined:
    """Nothing was changed. `code` is for the program, `reason` a sentence for the person."""

    mid: int
    code: str
    reason: str


Request = tuple[Writer, Batch]
Answer = Accepted | Declined
