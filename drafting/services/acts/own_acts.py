"""Which acts a delegate takes back: what the own delegation did, where nobody went on from it.

Rules:

- The act was done by somebody who is a delegate of the delegation now, for it or for a proposal of
  its own. The chair and the secretary undo whatever was done; they are not asked here.
- Whatever it changed is wholly as it left it, but for labels, which move with their places. The
  desk puts back single fields and leaves what others did beside them; a delegate does not.
- Who may only propose puts no other words where they stand for everybody, or for others. What was
  withdrawn, remarked or thought is the own, wherever it is.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from drafting.domain.ownership import belongs, sole
from drafting.models import Event, Membership
from drafting.models.conference import Role
from drafting.permissions import Writing
from drafting.services.acts.putting_back import Putting
from drafting.services.acts.work import Work, forbidden
from drafting.services.befores import Json

_OWN_ANYWHERE: Final = frozenset(
    {"note.added", "pending.settled", "position", "proposal.withdrawn"}
)


def refuse_others(work: Work, putting: Putting, event: Event) -> None:
    """Stops where the act is not the own delegation's, or was done to what is not its to change."""
    if not _is_ours(work, event):
        raise forbidden(_("You take back what your own delegation did, and nothing else."))
    free = work.present.writing is Writing.DIRECT or _first(event).kind in _OWN_ANYWHERE
    if not free and not _is_own(putting, work.present.standing.acting_for):
        raise forbidden(_("This would change what is not your delegation's alone: ask the chair."))


def _is_ours(work: Work, event: Event) -> bool:
    own = work.present.standing.acting_for
    seats = Membership.objects.filter(group=work.draft.group_id, role=Role.DELEGATE)
    ours = seats.filter(delegation__symbol=own, user=event.actor_id)
    return belongs(event.acting_for, own) and event.actor_id is not None and ours.exists()


def _first(event: Event) -> Event:
    """The act that was undone, and done again, and undone."""
    while "undoes" in event.payload:
        event = Event.objects.get(draft=event.draft_id, seq=event.payload["undoes"])
    return event


def _is_own(putting: Putting, symbol: str) -> bool:
    """Whether all wordings that are put back, or taken away, are the delegation's alone."""
    sides = putting.before, putting.after
    return all(
        _is_owners(side[key], symbol)
        for key in putting.rewritten()
        for side in sides
        if key in side
    )


def _is_owners(option: Json, symbol: str) -> bool:
    named = [a["code"] or a["name"] for a in option["attributions"] if not a["bracket"]]
    return not option["stands"] and sole(named) == symbol
