"""Who may do which deed.

Rules:

- What the chair and the secretary may is asked of `permissions`, deed by deed.
- A delegate's rights follow from how delegates write in the group. Who writes directly may also do
  what is near to writing; who may only propose may remark, put another wording or a new provision
  beside the text under the delegation's name, withdraw what the delegation asked for, and undo what
  it did (`own_acts`).
- Some deeds a delegate may do to what is the delegation's alone (`domain.ownership`), and to
  nothing else: part and join it, move it, take it back.
- An observer does nothing, nor does anybody without a role.

The finer rules (whose names, whose changes) stand with each deed.
"""

from __future__ import annotations

from typing import Final

from drafting.permissions import Action, Part, Writing, allows
from drafting.services import deeds
from drafting.services.deeds import Deed
from drafting.services.standings import Present

ACTIONS: Final[dict[type, Action]] = {
    deeds.AddProvision: Action.RESTRUCTURE,
    deeds.DeleteProvision: Action.RESTRUCTURE,
    deeds.SplitProvision: Action.RESTRUCTURE,
    deeds.JoinProvision: Action.RESTRUCTURE,
    deeds.MoveProvision: Action.RESTRUCTURE,
    deeds.ShiftLevel: Action.RESTRUCTURE,
    deeds.AddOption: Action.RESTRUCTURE,
    deeds.RemoveOption: Action.RESTRUCTURE,
    deeds.Attribute: Action.ATTRIBUTE,
    deeds.AttributeSpan: Action.ATTRIBUTE,
    deeds.AddNote: Action.ADD_NOTE,
    deeds.SettlePending: Action.SETTLE_PENDING,
    deeds.PairBracket: Action.SET_BRACKET,
    deeds.LiftBracket: Action.SET_BRACKET,
    deeds.MoveStatus: Action.MOVE_STATUS,
    deeds.FoldOptions: Action.DECIDE,
    deeds.UnfoldOption: Action.DECIDE,
    deeds.OrderOptions: Action.DECIDE,
    deeds.LetStand: Action.DECIDE,
    deeds.ChooseOption: Action.DECIDE,
    deeds.DecideBracket: Action.DECIDE,
    deeds.BracketAround: Action.SET_BRACKET,
    deeds.TakeUp: Action.DECIDE,
    deeds.WithdrawProposal: Action.DECIDE,
    deeds.RetainNot: Action.DECIDE,
    deeds.TakePosition: Action.TAKE_POSITION,
    deeds.TiePackage: Action.RESTRUCTURE,
    deeds.UntiePackage: Action.RESTRUCTURE,
    deeds.Place: Action.RESTRUCTURE,
    deeds.LeadFloor: Action.LEAD_FLOOR,
    deeds.Editorial: Action.EDIT_EDITORIALLY,
    deeds.Mend: Action.EDIT_EDITORIALLY,
    deeds.Together: Action.RESTRUCTURE,
    deeds.Undo: Action.UNDO_ACT,
}

_PROPOSING: Final = frozenset(
    {
        deeds.AddNote,
        deeds.AddOption,
        deeds.AddProvision,
        deeds.SettlePending,
        deeds.Undo,
        deeds.WithdrawProposal,
    }
)
_DIRECT: Final = _PROPOSING | {
    deeds.SplitProvision,
    deeds.JoinProvision,
    deeds.Attribute,
    deeds.AttributeSpan,
    deeds.BracketAround,
    deeds.PairBracket,
}
DELEGATES: Final[dict[Writing, frozenset[type]]] = {
    Writing.DIRECT: _DIRECT,
    Writing.PENDING: _PROPOSING,
    Writing.NOTHING: frozenset(),
}
OF_THEIR_OWN: Final = frozenset(
    {
        deeds.SplitProvision,
        deeds.JoinProvision,
        deeds.MoveProvision,
        deeds.ShiftLevel,
        deeds.DeleteProvision,
        deeds.RemoveOption,
    }
)


def may(present: Present, deed: type) -> bool:
    """Whether a person may do such deeds, if only to what is the own delegation's alone."""
    return may_to_all(present, deed) or may_to_own(present, deed)


def may_to_all(present: Present, deed: type) -> bool:
    """Whether a person's part in the group includes such deeds, whatever they are done to."""
    action = ACTIONS.get(deed)
    if action and allows(present.standing, action):
        return True
    delegate = present.standing.part is Part.DELEGATE
    return delegate and deed in DELEGATES[present.writing]


def may_to_own(present: Present, deed: type) -> bool:
    """Whether a person may do such deeds to what is the own delegation's alone."""
    delegate = present.standing.part is Part.DELEGATE
    return delegate and present.writing is not Writing.NOTHING and deed in OF_THEIR_OWN


def acts_of(present: Present) -> list[str]:
    """The deeds that a person may do, by their names on the line."""
    return [_name(deed) for deed in ACTIONS if may_to_all(present, deed)]


def own_acts_of(present: Present) -> list[str]:
    """Those that a person may do to what is the own delegation's alone, and to nothing else."""
    return [_name(d) for d in ACTIONS if may_to_own(present, d) and not may_to_all(present, d)]


def _name(deed: type) -> str:
    return str(deed.__struct_config__.tag)  # type: ignore[attr-defined]


def is_desk(present: Present, deed: Deed) -> bool:
    """Whether the person may do the deed to whatever is anybody's."""
    return allows(present.standing, ACTIONS[type(deed)])
