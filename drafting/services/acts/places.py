"""Where a provision will stand may be left open, also where its text is agreed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting.models import Event
from drafting.services import deeds
from drafting.services.acts.work import Stopped, Work, is_left


def put(work: Work, deed: deeds.Place) -> Event:
    """Says that its place is known, or is to be decided."""
    row = work.provision(deed.provision)
    if is_left(row):
        raise Stopped("gone", _("This text was moved: act on it where it stands now."))
    if row.placed != deed.placed:
        row.placed = deed.placed
        work.hand.save(row, ["placed"])
    return work.tell("provision.placed", provisions=[row])
