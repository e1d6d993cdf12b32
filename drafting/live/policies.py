"""Which right each frame and each deed asks for. A frame without one fails `manage.py check`.

The right is asked where the thing is done, under the draft's lock; this table is what the check,
the tests and the list of what a person may do are made from.
"""

from __future__ import annotations

from typing import Final

from drafting.live import messages
from drafting.permissions import Action, Standing, allows
from drafting.services import deeds

FRAMES: Final[dict[type, Action]] = {
    messages.Hello: Action.HEAR_DRAFT,
    messages.Commit: Action.PROPOSE_TEXT,
    messages.Act: Action.HEAR_DRAFT,  # and the deed's own, below
    messages.Since: Action.HEAR_DRAFT,
    messages.Read: Action.READ_DRAFT,
    messages.View: Action.READ_DRAFT,
    messages.Presence: Action.HEAR_DRAFT,
}

DEEDS: Final[dict[type, Action]] = {
    deeds.AddProvision: Action.RESTRUCTURE,
    deeds.DeleteProvision: Action.RESTRUCTURE,
    deeds.SplitProvision: Action.RESTRUCTURE,
    deeds.JoinProvision: Action.RESTRUCTURE,
    deeds.MoveProvision: Action.RESTRUCTURE,
    deeds.AddOption: Action.RESTRUCTURE,
    deeds.RemoveOption: Action.RESTRUCTURE,
    deeds.Attribute: Action.ATTRIBUTE,
    deeds.AddNote: Action.ADD_NOTE,
    deeds.SettlePending: Action.SETTLE_PENDING,
    deeds.PairBracket: Action.SET_BRACKET,
    deeds.LiftBracket: Action.SET_BRACKET,
    deeds.MoveStatus: Action.MOVE_STATUS,
}


def acts_of(standing: Standing) -> list[str]:
    """The deeds that a standing includes, by their names on the line."""
    return [
        str(deed.__struct_config__.tag)  # type: ignore[attr-defined]
        for deed, action in DEEDS.items()
        if allows(standing, action)
    ]
