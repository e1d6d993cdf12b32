"""What the chair shows on the floor.

It changes no text and is not undone: the chair shows something else.
"""

from __future__ import annotations

from drafting.models import Draft, Event
from drafting.services import deeds
from drafting.services.acts.work import Work


def lead(work: Work, deed: deeds.LeadFloor) -> Event:
    """One provision, or the running text."""
    row = work.provision(deed.provision) if deed.provision else None
    work.draft.on_floor = row.number if row else None
    Draft.objects.filter(pk=work.draft.pk).update(on_floor=work.draft.on_floor)
    return work.tell("floor", provisions=[row] if row else [])
