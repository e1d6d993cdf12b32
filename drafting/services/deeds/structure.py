"""What an act may ask for of provisions: that they come, go, part, join and move."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from drafting.services.deeds.form import AnyDeed, Count, Key, Position, Words


class AddProvision(AnyDeed, tag="provision.add", frozen=True):
    """A new provision after another; `after` null: at the very beginning. It has one option.

    `proposed`: it does not stand. What a delegate who may only propose adds never does.
    """

    after: Key | None
    kind: Literal["item", "call", "chapeau", "other"] = "item"
    level: Annotated[int, Meta(ge=0, le=3)] = 1
    words: Words = ""
    proposed: bool = False


class DeleteProvision(AnyDeed, tag="provision.delete", frozen=True):
    """Without adopted text it goes; with adopted text its option becomes "delete"."""

    provision: Key


class SplitProvision(AnyDeed, tag="provision.split", frozen=True):
    """What stands after `pos` becomes a provision of its own. `version` must be the head."""

    option: Key
    version: Count
    pos: Position


class JoinProvision(AnyDeed, tag="provision.join", frozen=True):
    """Its words go to the end of the provision before it; `apart`: as paragraphs of their own."""

    provision: Key
    apart: bool = False


class MoveProvision(AnyDeed, tag="provision.move", frozen=True):
    """To the place after another. One with adopted text leaves its place marked as moved."""

    provision: Key
    after: Key | None


class ShiftLevel(AnyDeed, tag="provision.level", frozen=True):
    """Sets an item at another level of its list, under the label of the place."""

    provision: Key
    level: Annotated[int, Meta(ge=1, le=3)]


class Place(AnyDeed, tag="placed", frozen=True):
    """Says whether it is known where the provision will stand."""

    provision: Key
    placed: bool
