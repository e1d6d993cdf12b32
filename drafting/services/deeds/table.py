"""What an act may ask for at the table: agreement, stances, packages, what the floor shows."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from drafting.services.deeds.form import AnyDeed, Id, Key, Who

Status = Literal[
    "open",
    "agreed_ad_ref",
    "agreed",
    "agreed_higher",
    "reopened",
    "deferred",
    "lapsed",
    "deleted",
]


class MoveStatus(AnyDeed, tag="status", frozen=True):
    """Moves a provision on the ladder of agreement; reopening needs a reason.

    `was`: the status that the person saw; null asks nothing.
    """

    provision: Key
    status: Status
    reason: Annotated[str, Meta(max_length=2000)] = ""
    was: Status | None = None


class TakePosition(AnyDeed, tag="position", frozen=True):
    """A delegation's stance on a provision, an option of it, or a bracket; null takes it back.

    `delegation`: its symbol; null: the one for whom one acts.
    """

    provision: Key
    option: Key | None = None
    bracket: Id | None = None
    stance: Literal["support", "oppose", "reserve", "delete", "amend", "waiting"] | None = None
    words: Annotated[str, Meta(max_length=300)] = ""
    delegation: Who | None = None


class TiePackage(AnyDeed, tag="package", frozen=True):
    """Provisions that are only agreed together; `package`: one that is to hold these instead."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    provisions: Annotated[list[Key], Meta(min_length=1, max_length=400)]
    package: Annotated[int, Meta(ge=1, le=10**9)] | None = None


class UntiePackage(AnyDeed, tag="package.untie", frozen=True):
    """The provisions stay as they are, and are tied no more."""

    package: Annotated[int, Meta(ge=1, le=10**9)]


class LeadFloor(AnyDeed, tag="floor", frozen=True):
    """What the floor shows: one provision; null: the running text."""

    provision: Key | None = None
