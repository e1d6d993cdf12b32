"""What an `act` may ask for: one class a deed, with the fields that a client sends.

Rules:

- The services below and the frames (`live.messages`) share these classes, so that they are
  written once. No rule is in them but the form.
- Keys are those of the page: `p17` a provision, `o23` an option.
- Positions are ProseMirror's: they count UTF-16 units and node boundaries of one option's document.
- `seen` tells how far the options had come that the person looked at: every option of a provision
  with its version. Where others are there now, or others have come further, the deed is `too_old`.
  Null asks nothing.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Key = Annotated[str, Meta(pattern=r"\A[po][1-9][0-9]{0,8}\Z")]
Id = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_.:-]{1,40}\Z")]  # papers bring some of their own
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Position = Annotated[int, Meta(ge=0, le=1_000_000)]
Who = Annotated[str, Meta(max_length=120, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]
Words = Annotated[str, Meta(max_length=20_000)]


Seen = Annotated[
    dict[Key, Count],
    Meta(max_length=1000, extra={"ts": "{ readonly [option: string]: number }"}),
]
Rationale = Annotated[str, Meta(max_length=2000)]
Change = Annotated[str, Meta(max_length=20)]  # the key of one within its proposal


class _Deed(Struct, tag_field="a", forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What an `act` does."""

    seen: Seen | None = None


class AddProvision(_Deed, tag="provision.add", frozen=True):
    """A new provision after another; `after` null: at the very beginning. It has one option.

    `proposed`: it does not stand. What a delegate who may only propose adds never does.
    """

    after: Key | None
    kind: Literal["item", "call", "chapeau", "other"] = "item"
    level: Annotated[int, Meta(ge=0, le=3)] = 1
    words: Words = ""
    proposed: bool = False


class DeleteProvision(_Deed, tag="provision.delete", frozen=True):
    """Without adopted text it goes; with adopted text its option becomes "delete"."""

    provision: Key


class SplitProvision(_Deed, tag="provision.split", frozen=True):
    """What stands after `pos` becomes a provision of its own. `version` must be the head."""

    option: Key
    version: Count
    pos: Position


class JoinProvision(_Deed, tag="provision.join", frozen=True):
    """Its words go to the end of the provision before it; `apart`: as paragraphs of their own."""

    provision: Key
    apart: bool = False


class MoveProvision(_Deed, tag="provision.move", frozen=True):
    """To the place after another. One with adopted text leaves its place marked as moved."""

    provision: Key
    after: Key | None


class ShiftLevel(_Deed, tag="provision.level", frozen=True):
    """Sets an item at another level of its list, under the label of the place."""

    provision: Key
    level: Annotated[int, Meta(ge=1, le=3)]


class AddOption(_Deed, tag="option.add", frozen=True):
    """Another wording: the copy of an option, "no text", or "delete"."""

    provision: Key
    kind: Literal["text", "no_text", "delete"] = "text"
    copy: Key | None = None


class RemoveOption(_Deed, tag="option.remove", frozen=True):
    """A provision keeps at least one."""

    option: Key


class Attribute(_Deed, tag="attribute", frozen=True):
    """Who stands behind an option, or behind one bracket in it: replaces who stood there."""

    option: Key
    names: Annotated[list[Who], Meta(max_length=40)]
    bracket: Id | None = None


class AttributeSpan(_Deed, tag="attribute.span", frozen=True):
    """Who stands behind the words from `start` to `end`: replaces who stood there.

    Pending words become pending changes of these; others stand in a bracket that is theirs.
    """

    option: Key
    version: Count
    start: Position
    end: Position
    names: Annotated[list[Who], Meta(min_length=1, max_length=40)]


class AddNote(_Deed, tag="note.add", frozen=True):
    """A remark on the words from `start` to `end`; on the whole provision where they are equal.

    Closed text takes a comment on the whole, which touches none of its words.
    """

    option: Key
    version: Count
    start: Position
    end: Position
    words: Annotated[str, Meta(min_length=1, max_length=4000)]
    kind: Literal["drafting", "comment"] = "drafting"


class SettlePending(_Deed, tag="pending.settle", frozen=True):
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


class PairBracket(_Deed, tag="bracket.pair", frozen=True):
    """Sets "[" and "]" as one bracket, also in two provisions."""

    opens: Spot
    closes: Spot
    kind: Literal["contested", "deletion", "placeholder"] = "contested"


class LiftBracket(_Deed, tag="bracket.lift", frozen=True):
    """Takes both markers of a bracket away, wherever they stand."""

    bracket: Id


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


class MoveStatus(_Deed, tag="status", frozen=True):
    """Moves a provision on the ladder of agreement; reopening needs a reason.

    `was`: the status that the person saw; null asks nothing.
    """

    provision: Key
    status: Status
    reason: Annotated[str, Meta(max_length=2000)] = ""
    was: Status | None = None


class TakePosition(_Deed, tag="position", frozen=True):
    """A delegation's stance on a provision, an option of it, or a bracket; null takes it back.

    `delegation`: its symbol; null: the one for whom one acts.
    """

    provision: Key
    option: Key | None = None
    bracket: Id | None = None
    stance: Literal["support", "oppose", "reserve", "delete", "amend", "waiting"] | None = None
    words: Annotated[str, Meta(max_length=300)] = ""
    delegation: Who | None = None


class TiePackage(_Deed, tag="package", frozen=True):
    """Provisions that are only agreed together; `package`: one that is to hold these instead."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    provisions: Annotated[list[Key], Meta(min_length=1, max_length=400)]
    package: Annotated[int, Meta(ge=1, le=10**9)] | None = None


class UntiePackage(_Deed, tag="package.untie", frozen=True):
    """The provisions stay as they are, and are tied no more."""

    package: Annotated[int, Meta(ge=1, le=10**9)]


class Place(_Deed, tag="placed", frozen=True):
    """Says whether it is known where the provision will stand."""

    provision: Key
    placed: bool


class LeadFloor(_Deed, tag="floor", frozen=True):
    """What the floor shows: one provision; null: the running text."""

    provision: Key | None = None


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


class Editorial(_Deed, tag="editorial", frozen=True):
    """Numbering, terminal punctuation and citations' editions, and nothing else: in closed text
    too, which stays closed."""

    changes: Edits
    rationale: Rationale = ""


class Mend(_Deed, tag="mend", frozen=True):
    """What the checks propose: in open text all of it, in closed text what is editorial."""

    changes: Edits
    rationale: Rationale = ""


class FoldOptions(_Deed, tag="options.fold", frozen=True):
    """Several wordings become fewer: equal ones one, others one text with alternatives in brackets,
    or the chair's own `words` beside them (or `instead` of them)."""

    provision: Key
    options: Annotated[list[Key], Meta(max_length=100)]
    how: Literal["stack", "common", "free"]
    words: Words | None = None
    instead: bool = False
    rationale: Rationale = ""


class UnfoldOption(_Deed, tag="options.unfold", frozen=True):
    """The alternatives in one text become options, each with who asks for it."""

    option: Key


class OrderOptions(_Deed, tag="options.order", frozen=True):
    """Every option of the provision, in the order in which they are to stand."""

    provision: Key
    order: Annotated[list[Key], Meta(min_length=1, max_length=100)]


class LetStand(_Deed, tag="options.stand", frozen=True):
    """These wordings do not compete: each stands, in a provision of its own."""

    provision: Key
    options: Annotated[list[Key], Meta(min_length=2, max_length=100)]
    rationale: Rationale = ""


class ChooseOption(_Deed, tag="option.choose", frozen=True):
    """A wording becomes the only one of its provision, clean; the others are not retained.

    `reading`: whose, of a text that holds several: a proposal's, or "base"; null: that of those
    who stand behind the option.
    """

    option: Key
    reading: Who | None = None
    rationale: Rationale = ""


class DecideBracket(_Deed, tag="bracket.decide", frozen=True):
    """What stands in a bracket stays, or goes, or reads as one of those asks who are heard in it.

    `keep`: true, false, the name of a proposal or delegation, or "base".
    """

    bracket: Id
    keep: bool | Who
    rationale: Rationale = ""


class BracketAround(_Deed, tag="bracket.around", frozen=True):
    """A bracket around a whole wording, or from the first to another in a later provision."""

    first: Key
    last: Key | None = None


class TakeUp(_Deed, tag="proposal.take_up", frozen=True):
    """What a proposal asks for is put into the draft: all of it, or in one provision, or one change
    by its key."""

    code: Who
    provision: Key | None = None
    change: Change | None = None
    rationale: Rationale = ""


class WithdrawProposal(_Deed, tag="proposal.withdraw", frozen=True):
    """What a proposal asks for is taken back by who asked: everywhere, or in one provision, or one
    change by its key."""

    code: Who
    provision: Key | None = None
    words: Rationale = ""
    change: Change | None = None


class RetainNot(_Deed, tag="proposal.retain_not", frozen=True):
    """What a proposal asks for is let go: all of it, or in one provision, or one change by its key;
    without a code, all that is asked for in a provision."""

    code: Who | None = None
    provision: Key | None = None
    rationale: Rationale = ""
    change: Change | None = None


Single = (
    AddProvision
    | DeleteProvision
    | SplitProvision
    | JoinProvision
    | MoveProvision
    | ShiftLevel
    | AddOption
    | RemoveOption
    | Attribute
    | AttributeSpan
    | AddNote
    | SettlePending
    | PairBracket
    | LiftBracket
    | MoveStatus
    | TakePosition
    | TiePackage
    | UntiePackage
    | Place
    | LeadFloor
    | Editorial
    | Mend
    | FoldOptions
    | UnfoldOption
    | OrderOptions
    | LetStand
    | ChooseOption
    | DecideBracket
    | BracketAround
    | TakeUp
    | WithdrawProposal
    | RetainNot
)


class Together(_Deed, tag="together", frozen=True):
    """Several deeds as one act: all or none, one event, undone as one. `rationale`: why."""

    deeds: Annotated[list[Single], Meta(min_length=1, max_length=200)]
    rationale: Rationale = ""


class Undo(_Deed, tag="undo", frozen=True):
    """Puts back what the act of this event changed, unless somebody changed it since.

    Undone itself, it does the act again.
    """

    seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]


Deed = Single | Together | Undo
