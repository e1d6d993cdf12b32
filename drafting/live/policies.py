"""Which right each frame and each deed asks for. A frame without one fails `manage.py check`.

The right is asked where the thing is done, under the draft's lock; this table is what the check is
made from. What a delegate may do beside it is in `services.acts.rights`.
"""

from __future__ import annotations

from typing import Final

from drafting.live import messages
from drafting.permissions import Action
from drafting.services.acts.rights import ACTIONS

FRAMES: Final[dict[type, Action]] = {
    messages.Hello: Action.HEAR_DRAFT,
    messages.Commit: Action.PROPOSE_TEXT,
    messages.Act: Action.HEAR_DRAFT,  # and the deed's own, below
    messages.Since: Action.HEAR_DRAFT,
    messages.Read: Action.READ_DRAFT,
    messages.View: Action.READ_DRAFT,
    messages.Presence: Action.HEAR_DRAFT,
}

DEEDS: Final = ACTIONS
