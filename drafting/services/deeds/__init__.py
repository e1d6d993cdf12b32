"""What an `act` may ask for: one class a deed, with the fields that a client sends.

Rules:

- The services below and the frames (`live.messages`) share these classes, so that they are
  written once. No rule is in them but the form (`form`).
- Each stands in the room of what it is about: provisions (`structure`), their `wordings`, the
  `words` of one, `proposals`, and what is done at the `table`. All are had from here.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from drafting.services.deeds.form import AnyDeed as _AnyDeed
from drafting.services.deeds.form import (
    Change,
    Count,
    Id,
    Key,
    Position,
    Rationale,
    Seen,
    Who,
    Words,
)
from drafting.services.deeds.proposals import (
    RetainNot,
    TakeUp,
    WithdrawProposal,
)
from drafting.services.deeds.structure import (
    AddProvision,
    DeleteProvision,
    JoinProvision,
    MoveProvision,
    Place,
    ShiftLevel,
    SplitProvision,
)
from drafting.services.deeds.table import (
    LeadFloor,
    MoveStatus,
    Status,
    TakePosition,
    TiePackage,
    UntiePackage,
)
from drafting.services.deeds.wordings import (
    AddOption,
    ChooseOption,
    FoldOptions,
    LetStand,
    OrderOptions,
    RemoveOption,
    UnfoldOption,
)
from drafting.services.deeds.words import (
    AddNote,
    Attribute,
    AttributeSpan,
    BracketAround,
    DecideBracket,
    Edit,
    Editorial,
    Edits,
    LiftBracket,
    Mend,
    PairBracket,
    SettlePending,
    Spot,
)

__all__ = [
    "AddNote",
    "AddOption",
    "AddProvision",
    "Attribute",
    "AttributeSpan",
    "BracketAround",
    "Change",
    "ChooseOption",
    "Count",
    "DecideBracket",
    "Deed",
    "DeleteProvision",
    "Edit",
    "Editorial",
    "Edits",
    "FoldOptions",
    "Id",
    "JoinProvision",
    "Key",
    "LeadFloor",
    "LetStand",
    "LiftBracket",
    "Mend",
    "MoveProvision",
    "MoveStatus",
    "OrderOptions",
    "PairBracket",
    "Place",
    "Position",
    "Rationale",
    "RemoveOption",
    "RetainNot",
    "Seen",
    "SettlePending",
    "ShiftLevel",
    "Single",
    "SplitProvision",
    "Spot",
    "Status",
    "TakePosition",
    "TakeUp",
    "TiePackage",
    "Together",
    "Undo",
    "UnfoldOption",
    "UntiePackage",
    "Who",
    "WithdrawProposal",
    "Words",
]

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


class Together(_AnyDeed, tag="together", frozen=True):
    """Several deeds as one act: all or none, one event, undone as one. `rationale`: why."""

    deeds: Annotated[list[Single], Meta(min_length=1, max_length=200)]
    rationale: Rationale = ""


class Undo(_AnyDeed, tag="undo", frozen=True):
    """Puts back what the act of this event changed, unless somebody changed it since.

    Undone itself, it does the act again.
    """

    seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]


Deed = Single | Together | Undo
