"""A provision moves on the ladder of agreement (`domain.lifecycle`)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting.domain import lifecycle
from drafting.domain.draft import Status
from drafting.models import Event
from drafting.services import deeds
from drafting.services.acts.work import Stopped, Work, invalid, is_left
from drafting.services.recording import Hand


def move(work: Work, deed: deeds.MoveStatus) -> Event:
    """Moves it along the table; closed text is moved too, that is how it opens."""
    row = work.provision(deed.provision)
    if is_left(row):
        raise Stopped("gone", _("This text was moved: act on it where it stands now."))
    match lifecycle.move(Status(row.status), Status(deed.status), deed.reason):
        case lifecycle.Refused(reason=sentence):
            raise invalid(_(sentence))
        case lifecycle.Moved(to=status, reason=reason):
            row.status, row.status_reason = status.value, reason
    hand = Hand(work.hand.actor, work.acting_for, row.status_reason)
    hand.save(row, ["status", "status_reason"])
    # `selectors.closings` finds by these words who closed a text, and when.
    about = {"provision": row.key, "status": row.status, "reason": row.status_reason}
    return work.tell("provision.status", provisions=[row], about=about)
