"""What an act may ask for of words: who stands behind them, brackets, remarks, small changes."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from drafting.services.deeds.form import AnyDeed, Count, Id, Key, Position, Rationale, Who


class Attribute(AnyDeed, tag="attribute", frozen=True):
    """Who stands behind an option, or behind one bracket in it: replaces who stood there."""

    option: Key
    names: Annotated[list[Who], Meta(max_length=40)]
    bracket: Id | None = None


class AttributeSpan(AnyDeed, tag="attribute.span", frozen=True):
    """Who stands behind the words from `start` to `end`: replaces who stood there.

    Pending words become pending changes of these; others stand in a bracket that is theirs.
    """

    option: Key
    version: Count
    start: Position
    end: Position
    names: Annotated[list[Who], Meta(min_length=1, max_length=40)]


class AddNote(AnyDeed, tag="note.add", frozen=True):
    """A remark on the words from `start` to `end`; on the whole provision where they are equal.

    Closed text takes a comment on the whole, which touches none of its words.
    """

    option: Key
    version: Count
    start: Position
    end: Position
    words: Annotated[str, Meta(min_length=1, max_length=4000)]
    kind: Literal["drafting", "comment"] = "drafting"


class SettlePending(AnyDeed, tag="pending.settle", frozen=True):
    """Accepts or rejects pending changes by id, or all of one source; in one option or in all."""

    accept: bool
    ids: Annotated[list[Id], Meta(max_length=500)] | None = None
    source: Who | None = None
    option: Key | None = None


class Spot(Struct, forbid_unknown_fields=True, frozen=True):
    """A place in an option at a version, which must be the head."""

    option: Key
    version: Count
    pos: Position


class PairBracket(AnyDeed, tag="bracket.pair", frozen=True):
    """Sets "[" and "]" as one bracket, also in two provisions."""

    opens: Spot
    closes: Spot
    kind: Literal["contested", "deletion", "placeholder"] = "contested"


class LiftBracket(AnyDeed, tag="bracket.lift", frozen=True):
    """Takes both markers of a bracket away, wherever they stand."""

    bracket: Id


class DecideBracket(AnyDeed, tag="bracket.decide", frozen=True):
    """What stands in a bracket stays, or goes, or reads as one of those asks who are heard in it.

    `keep`: true, false, the name of a proposal or delegation, or "base".
    """

    bracket: Id
    keep: bool | Who
    rationale: Rationale = ""


class BracketAround(AnyDeed, tag="bracket.around", frozen=True):
    """A bracket around a whole wording, or from the first to another in a later provision."""

    first: Key
    last: Key | None = None


class Edit(Struct, forbid_unknown_fields=True, frozen=True):
    """In one paragraph of one option: `old` becomes `new` at `start`, which counts characters.

    `start` null: the label ("" is none). `closes`: the bracket whose missing end is set there.
    """

    option: Key
    paragraph: Annotated[int, Meta(ge=0, le=10_000)]
    start: Position | None
    old: Annotated[str, Meta(max_length=300)]
    new: Annotated[str, Meta(max_length=300)]
    closes: Annotated[str, Meta(max_length=40)] = ""


Edits = Annotated[list[Edit], Meta(min_length=1, max_length=2000)]


class Editorial(AnyDeed, tag="editorial", frozen=True):
    """Numbering, terminal punctuation and citations' editions, and nothing else: in closed text
    too, which stays closed."""

    changes: Edits
    rationale: Rationale = ""


class Mend(AnyDeed, tag="mend", frozen=True):
    """What the checks propose: in open text all of it, in closed text what is editorial."""

    changes: Edits
    rationale: Rationale = ""
