"""A provision moves on the ladder of agreement (`domain.lifecycle`)."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from drafting.domain.draft import Status
from drafting.events import Touched
from drafting.models import Event
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.work import Stopped, Work, invalid, is_left
from drafting.services.provisions import put_status
from drafting.services.refusals import Refused


def move(work: Work, deed: deeds.MoveStatus) -> Event:
    """Moves it along the table; closed text is moved too, that is how it opens."""
    row = work.provision(deed.provision)
    if is_left(row):
        raise Stopped("gone", _("This text was moved: act on it where it stands now."))
    if deed.was not in (None, row.status):
        raise Stopped("too_old", _("Somebody changed this meanwhile: look at it once more."))
    hand = replace(work.hand, reason=rows.clean_words(deed.reason))
    try:
        event = put_status(work.draft, row, Status(deed.status), hand)
    except Refused as refused:
        raise invalid(str(refused)) from refused
    if work.told is not None:  # one of several deeds: the log is asked who closed a text, and when
        work.told.append(Touched(provisions=[row.key]))
    return event
