"""An act is undone as one step, and an undone one done again.

Rules:

- What is put back is what the act changed and nothing else; where somebody has changed that since,
  the act stays, and the person is told who did (`since`).
- Undoing is an act like any other: it has an event and a state before it, so that, undone
  itself, it does the act again.
- Closed text stays as it is, but where the act itself closed or opened it, or changed it while it
  was closed (an editorial sweep); its labels go back.
- What was decided by an act that is undone is marked so, and holds again with the act.
- A delegate undoes what the own delegation did, and less of it (`own_acts`).
- Steering the floor is not undone: it changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from drafting import events
from drafting.models import Before, Decision, Event
from drafting.services import deeds
from drafting.services.acts.held import number_of
from drafting.services.acts.own_acts import refuse_others
from drafting.services.acts.putting_back import Putting
from drafting.services.acts.rights import is_desk
from drafting.services.acts.since import changed_since, moved_on, provision_of
from drafting.services.acts.work import Stopped, Work, invalid


def undo(work: Work, deed: deeds.Undo) -> Event:
    """Puts back what the act of that event changed."""
    kept = _kept(work, deed.seq)
    putting = Putting(work, kept.provisions, kept.after)
    if not is_desk(work.present, deed):
        refuse_others(work, putting, kept.event)
    _refuse_changed(work, putting, deed)
    putting.put_back()
    event = work.tell("undone", undoes=deed.seq, **_touched(work, putting, kept))
    _mark(work, kept, event)
    return event


def _touched(work: Work, putting: Putting, kept: Before) -> Mapping[str, Any]:
    """What was changed, those in a package that came or went too; where it was a decision alone,
    the provisions that it was about."""
    touched = putting.touched()
    states = [s for k in (kept.provisions, kept.after) for s in k.values() if s]
    tied = {pk for state in states if "options" not in state for pk in state["provisions"]}
    numbers = [number_of(k, "p") for k in events.keys_of(kept.event) if k.startswith("p")]
    rows = work.draft.provisions
    if tied:
        touched = {**touched, "provisions": [*touched["provisions"], *rows.filter(pk__in=tied)]}
    elif not any(touched.values()):
        touched = {"provisions": list(rows.filter(number__in=numbers))}
    return touched


def _kept(work: Work, seq: int) -> Before:
    found = Before.objects.select_related("event").filter(event__draft=work.draft, event__seq=seq)
    kept = found.first()
    if kept is None:
        raise Stopped("gone", _("There is nothing that could be undone here."))
    if kept.undone_by_id is not None:
        raise invalid(_("This was undone already."))
    return kept


def _refuse_changed(work: Work, putting: Putting, deed: deeds.Undo) -> None:
    sides = putting.before, putting.after, putting.now
    changed = changed_since(*sides)
    if not is_desk(work.present, deed):
        changed += moved_on(*sides)
    if changed:
        keys = {key if key[0] == "o" else provision_of(key, *sides) for key in changed}
        raise Stopped("too_old", _sentence(_who(work, deed.seq, keys)))


def _who(work: Work, seq: int, keys: set[str]) -> Event | None:
    """The last event since that touched one of these."""
    later = Event.objects.filter(draft=work.draft, seq__gt=seq).order_by("-seq")
    return next((e for e in later.iterator(200) if keys.intersection(events.keys_of(e))), None)


def _sentence(event: Event | None) -> str:
    if event is None:
        return _("Somebody changed this meanwhile: look at it once more.")
    who = " ".join(filter(None, (event.actor_name, f"({event.acting_for})")))
    when = date_format(timezone.localtime(event.at), "j F, H:i")
    return _("%(who)s changed this since, on %(when)s: undo that first, or mend it by hand.") % {
        "who": who,
        "when": when,
    }


def _mark(work: Work, kept: Before, event: Event) -> None:
    """Notes by what the act was undone; and what that undoes in turn holds again."""
    kept.undone_by = event
    kept.save(update_fields=["undone_by"])
    _turn(work, kept.event, undone=True)


def _turn(work: Work, event: Event, *, undone: bool) -> None:
    decided = Decision.objects.filter(draft=event.draft, seq=event.seq)
    work.turned |= dict.fromkeys(decided.values_list("code", flat=True), undone)
    decided.update(undone=undone)
    earlier = event.payload.get("undoes")
    if earlier is None:
        return
    target = Event.objects.get(draft=event.draft, seq=earlier)
    # Its state may be forgotten by now (`befores.forget_old`); what was decided is not.
    Before.objects.filter(event=target).update(undone_by=None if undone else event)
    _turn(work, target, undone=not undone)
