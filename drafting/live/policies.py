"""Which right each frame asks for. A frame without one fails `manage.py check`.

The right is asked where the thing is done, under the draft's lock; this table is what the check and
the tests are made from. The deeds of an `act` have theirs in `services.acts.rights`.
"""

from __future__ import annotations

from typing import Final

from drafting.live import messages
from drafting.permissions import Action

FRAMES: Final[dict[type, Action]] = {
    messages.Hello: Action.HEAR_DRAFT,
    messages.Commit: Action.PROPOSE_TEXT,
    messages.Act: Action.HEAR_DRAFT,  # and the deed's own
    messages.Since: Action.HEAR_DRAFT,
    messages.Read: Action.READ_DRAFT,
    messages.View: Action.READ_DRAFT,
    messages.Presence: Action.HEAR_DRAFT,
}
