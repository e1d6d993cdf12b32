"""Those who hear a draft: let in, greeted, and asked once a second whether they still may.

Each function is one visit to the database, made on a thread; none remembers anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models.functions import Now

from accounts.models import Delegation
from drafting import events, steps
from drafting.domain.draft import Status
from drafting.domain.lifecycle import is_closed
from drafting.models import Draft, Event, Proposal, WritingClient
from drafting.permissions import Action, allows
from drafting.selectors.closings import CLOSING, Closing
from drafting.selectors.logs import Framed, frames_since, heads
from drafting.services import standings
from drafting.services.standings import Present, Seat

PAST_MAX = 1000  # events; whoever lacks more fetches the page


def admit(session: str, conference: str, slug: str) -> tuple[Seat, Present] | None:
    """The seat of the person signed in by that session, None for whom the draft is not."""
    stored = Session.objects.filter(session_key=session, expire_date__gt=Now()).first()
    user = SessionStore().decode(stored.session_data).get(SESSION_KEY) if stored else None
    draft = Draft.objects.filter(conference__slug=conference, slug=slug).values_list("pk").first()
    if user is None or draft is None:
        return None
    seat = Seat(session, int(user), draft[0])
    present = standing_of([seat])[0]
    if present is None or not allows(present.standing, Action.HEAR_DRAFT):
        return None
    return seat, present


def standing_of(seats: Sequence[Seat]) -> list[Present | None]:
    """Who the people of these seats are now, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(standings.QUERY, standings.parameters(seats))
        return [standings.judge(row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a page lacks. `past` has PAST_MAX + 1 events where that is too much to send.

    `mid`: the highest number of its client's that was taken, -1 where none was.
    """

    head: int
    past: list[Framed]
    may_write_for: tuple[str, ...]
    mid: int


def greet(seat: Seat, present: Present, client: str, since: int) -> Greeting | None:
    """What happened since; None where the client's name belongs to another person."""
    if not _is_theirs(client, seat.user):
        return None
    # First how far, then what: whatever comes in between is then in the past told.
    head = heads([seat.draft]).get(seat.draft, 0)
    past = frames_since(seat.draft, since, PAST_MAX + 1)
    head = past[-1][0] if past else head
    return Greeting(head, past, names_for(seat, present), _highest(client))


def _highest(client: str) -> int:
    """Whoever lost what was kept must not give a number twice: the second would count as sent."""
    taken = (
        Event.objects.filter(client=client).order_by("-mid").values_list("mid", flat=True).first()
    )
    return -1 if taken is None else taken


def _is_theirs(client: str, user: int) -> bool:
    row, _made = WritingClient.objects.get_or_create(client=client, defaults={"user_id": user})
    return row.user_id == user


def names_for(seat: Seat, present: Present) -> tuple[str, ...]:
    """For whom one may write: one's own standing first, then proposals and delegations."""
    own = present.standing.acting_for
    if not allows(present.standing, Action.WRITE_TEXT):
        return (own,) if allows(present.standing, Action.PROPOSE_TEXT) else ()
    codes = (
        Proposal.objects.filter(draft=seat.draft).order_by("code").values_list("code", flat=True)
    )
    symbols = Delegation.objects.order_by("symbol").values_list("symbol", flat=True)
    return tuple(dict.fromkeys((own, *codes, *symbols)))


def beat(
    drafts: Sequence[int], seats: Sequence[Seat]
) -> tuple[dict[int, int], list[Present | None]]:
    """How far each draft has come, and who everybody is now."""
    return heads(drafts), standing_of(seats) if seats else []


@dataclass(frozen=True, slots=True)
class OptionNow:
    """An option as it is after event `seq`; all else is None where it is gone."""

    seq: int
    provision: str | None = None
    kind: str = ""
    version: int = 0
    content: dict[str, Any] | None = None
    closing: Closing | None = None


_OPTION = """
    SELECT d.seq, p.number, p.id, p.status, o.kind, o.version, o.content::text
    FROM drafting_draft d
    LEFT JOIN drafting_option o ON o.draft_id = d.id AND o.number = %s
    LEFT JOIN drafting_provision p ON p.id = o.provision_id
    WHERE d.id = %s
"""


def read(draft: int, option: int) -> OptionNow | None:
    """The option by its number; None where the draft is gone."""
    with connection.cursor() as cursor:
        cursor.execute(_OPTION, [option, draft])
        row = cursor.fetchone()
        if row is None:
            return None
        seq, provision, pk, status, kind, version, content = row
        if provision is None:
            return OptionNow(seq)
        closing = None
        if is_closed(Status(status)):
            cursor.execute(CLOSING, {"provision": pk})
            closing = Closing(*cursor.fetchone())
    return OptionNow(seq, f"p{provision}", kind, version, _standard(content), closing)


def _standard(content: str) -> dict[str, Any]:
    """As both sides write it, so that positions and checksums agree."""
    return steps.standard(events.payload_of(content))
