"""Acts: what changes the structure of a draft, each in one transaction.

Rules:

- `perform` is the one door. Lock the draft, ask who the person is *now*, find what was answered
  before, do the deed, tell; on any fault nothing is changed. It never raises for what a client can
  send.
- `(client, mid)` names an act for ever: sent again, it gets its first answer and is not done again.
- `effect` tries a deed and takes it back before anybody could know: what it tells is what would be.
- Every accepted act ends with one event that names it and carries `client`, `mid` and `made`,
  also where it found nothing to do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from accounts.models import Delegation, User
from drafting import events
from drafting.models import Attribution, Draft, Event
from drafting.permissions import Actor
from drafting.services import drafts, standings
from drafting.services.acts.effects import Effect, effect_of
from drafting.services.acts.rights import acts_of, may, own_acts_of
from drafting.services.acts.table import do, each
from drafting.services.acts.work import Stopped, Work, forbidden
from drafting.services.befores import States
from drafting.services.deeds import Deed
from drafting.services.recording import Hand
from drafting.services.refusals import Refused
from drafting.services.standings import Present
from drafting.services.writing import Accepted, Declined, Writer
from drafting.services.writing.rules import for_whom, not_for_them

__all__ = ["Effect", "acts_of", "effect", "own_acts_of", "perform"]

log = logging.getLogger(__name__)

# As in typing: a role that is withdrawn meanwhile waits, and is gone for the next act.
_HOLD = """
    SELECT m.id FROM drafting_membership m JOIN drafting_draft d ON d.group_id = m.group_id
    WHERE d.id = %s AND m.user_id = %s FOR SHARE OF m
"""


def perform(writer: Writer, mid: int, deed: Deed, acting_for: str = "") -> Accepted | Declined:
    """Does a deed on the draft of the writer's seat, on Django's own connection.

    `(writer.client, mid)` names the act for ever: sent again, it gets its first answer.
    """
    return _answered(mid, deed, writer, lambda: _performed(writer, mid, deed, acting_for))


def effect(writer: Writer, deed: Deed, acting_for: str = "") -> Effect | Declined:
    """What the deed would do, or why it may not be. Nothing is changed and nobody is told."""
    return _answered(0, deed, writer, lambda: _tried(writer, deed, acting_for))


Answer = TypeVar("Answer")


def _answered(mid: int, deed: Deed, writer: Writer, act: Callable[[], Answer]) -> Answer | Declined:
    """The answer of an act in one transaction; whatever goes wrong is one too."""
    try:
        with transaction.atomic():
            return act()
    except Stopped as stopped:
        return Declined(mid, stopped.code, stopped.reason)
    except (Refused, OperationalError, InterfaceError) as error:
        log.warning("An act on draft %d has to wait: %s", writer.seat.draft, error)
        return Declined(mid, "busy", _("The server is too busy for this just now: try again."))
    except (DatabaseError, ValueError, TypeError, LookupError, ArithmeticError, AssertionError):
        log.exception("An act on draft %d failed: %r", writer.seat.draft, deed)
        return Declined(mid, "invalid", _("Something went wrong on our side."))


def _performed(writer: Writer, mid: int, deed: Deed, acting_for: str) -> Accepted | Declined:
    draft, present = _admitted(writer)
    earlier = Event.objects.filter(client=writer.client, mid=mid).first()
    if earlier:
        return _again(draft, earlier, mid)
    event, _after = _done(_work_of(writer, draft, present, deed, acting_for), deed)
    events.answer(event, writer.client, mid)
    return _accepted(event, mid)


def _tried(writer: Writer, deed: Deed, acting_for: str) -> Effect:
    work = _work_of(writer, *_admitted(writer), deed, acting_for)
    _event, after = _done(work, deed)
    found = effect_of(work, after)
    transaction.set_rollback(True)
    return found


def _work_of(writer: Writer, draft: Draft, present: Present, deed: Deed, acting_for: str) -> Work:
    """The act at its beginning. Stops where the person may do no such deed."""
    if not all(may(present, type(one)) for one in each(deed)):
        raise forbidden(_not_for_you())
    whom = _for_whom(draft, present, acting_for)
    actor = Actor.person(User.objects.get(pk=writer.seat.user), whom)
    return Work(draft=draft, present=present, hand=Hand(actor, whom))


def _done(work: Work, deed: Deed) -> tuple[Event, States]:
    """Does it, and keeps what can be undone: the naming event, and how things are after it."""
    with events.gathered() as told:
        event = do(work, deed)
    touched = [key for one in told for key in events.keys_of(one)]
    return event, work.keep(event, touched)


def _admitted(writer: Writer) -> tuple[Draft, Present]:
    """The locked draft and who the person is there. An absent draft is like one of others."""
    seat = writer.seat
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [seat.draft, seat.user])
        draft = _locked(seat.draft)
        cursor.execute(standings.QUERY, standings.parameters([seat]))
        present = standings.judge(cursor.fetchall()[0])
    if draft is None or present is None:
        raise forbidden(_not_for_you())
    return draft, present


def _locked(pk: int) -> Draft | None:
    try:
        return drafts.lock(pk)
    except Draft.DoesNotExist:
        return None


def _not_for_you() -> str:
    return _("Your role in this group does not include that.")


def _again(draft: Draft, earlier: Event, mid: int) -> Accepted | Declined:
    """The first answer, told from the event that it left."""
    if earlier.draft_id != draft.pk or earlier.kind == events.TEXT:
        return Declined(mid, "invalid", _("This number was used for something else."))
    return _accepted(earlier, mid)


def _accepted(event: Event, mid: int) -> Accepted:
    return Accepted(mid, event.seq, 0, (), (), tuple(event.payload.get("made", ())))


def _for_whom(draft: Draft, present: Present, asked: str) -> str:
    own = asked in ("", present.standing.acting_for)
    known = frozenset() if own or not _is_known(draft, asked) else frozenset({asked})
    whom = for_whom(present.standing, asked, known)
    if whom is None:
        raise forbidden(not_for_them())
    return whom


def _is_known(draft: Draft, name: str) -> bool:
    """Whether a proposal or delegation of this name has to do with the draft."""
    named = Attribution.objects.filter(option__draft=draft)
    return (
        draft.proposals.filter(code=name).exists()
        or Delegation.objects.filter(symbol=name).exists()
        or named.filter(code=name).exists()
        or named.filter(name=name).exists()
    )
