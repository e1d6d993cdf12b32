"""Writes what happened to a draft into its log, and tells those who watch, once it is committed.

Rules:

- `seq` numbers the events of a draft without a gap, under the lock on the draft's row.
- A change of wording is an event of kind "text" and carries its steps. Every other event tells the
  keys of what it touched, and nothing that was meant for fewer people than the draft.
- A frame is made from the row alone, so that who asks for it later gets what was sent at first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from drafting import wire
from drafting.models import Draft, Event
from drafting.permissions import Actor

ACTOR_NAME_MAX = 120  # a person's name may be longer than the log's column
TEXT = "text"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Touched:
    """Keys of the provisions and options that an event changed, and of those it removed."""

    provisions: Sequence[str] = ()
    options: Sequence[str] = ()
    removed: Sequence[str] = ()

    def as_json(self) -> Json:
        return {
            "provisions": list(self.provisions),
            "options": list(self.options),
            "removed": list(self.removed),
        }


NOTHING = Touched()


@dataclass(frozen=True, slots=True)
class Wording:
    """The data of an event of kind "text": steps on one option, and what came of them."""

    option: str
    provision: str
    version: int
    steps: Sequence[Json]
    keys: Sequence[str]
    sum: int

    def as_json(self) -> Json:
        return {
            "option": self.option,
            "provision": self.provision,
            "version": self.version,
            "steps": list(self.steps),
            "keys": list(self.keys),
            "sum": self.sum,
        }


@dataclass(slots=True)
class _Gathered:
    events: list[Event] = field(default_factory=list)


_gathering: ContextVar[_Gathered | None] = ContextVar("gathering", default=None)
_waiting: ContextVar[_Gathered | None] = ContextVar("waiting", default=None)


@contextmanager
def gathered() -> Iterator[list[Event]]:
    """Lists the events that are recorded inside."""
    found = _Gathered()
    token = _gathering.set(found)
    try:
        yield found.events
    finally:
        _gathering.reset(token)


@contextmanager
def late() -> Iterator[None]:
    """Inside, events have their numbers at once, and wait for `insert_late` to be in the log."""
    token = _waiting.set(_Gathered())
    try:
        yield
    finally:
        _waiting.reset(token)


def insert_late(draft: Draft) -> None:
    """Puts the events that wait into the log, in few statements."""
    found = _waiting.get()
    if found is not None and found.events:
        waiting, found.events = found.events, []
        _insert(draft, waiting)


def record(
    draft: Draft,
    kind: str,
    actor: Actor,
    acting_for: str,
    touched: Touched = NOTHING,
    **payload: Any,
) -> Event:
    """Appends an event to the draft's log with its next `seq`.

    `draft` must be a row locked in the running transaction; its `seq` is raised and saved.
    """
    event = Event(kind=kind, payload={**payload, "touched": touched.as_json()})
    _append(draft, [event], actor, acting_for)
    return event


def record_text(draft: Draft, actor: Actor, acting_for: str, wording: Wording) -> Event:
    """Appends a change of wording; the caller writes the option in the same transaction."""
    (event,) = record_texts(draft, actor, acting_for, [wording])
    return event


def record_texts(
    draft: Draft, actor: Actor, acting_for: str, wordings: Sequence[Wording]
) -> list[Event]:
    """Appends changes of several wordings, in few statements."""
    texts = [
        Event(kind=TEXT, payload=w.as_json(), option=int(w.option[1:]), version=w.version)
        for w in wordings
    ]
    _append(draft, texts, actor, acting_for)
    return texts


def _append(draft: Draft, events: list[Event], actor: Actor, acting_for: str) -> None:
    for event in events:
        draft.seq += 1
        event.draft, event.seq = draft, draft.seq
        event.actor, event.actor_name = actor.user, actor.name[:ACTOR_NAME_MAX]
        event.acting_for = acting_for
    gathering, waiting = _gathering.get(), _waiting.get()
    if gathering is not None:
        gathering.events.extend(events)
    if waiting is not None:
        waiting.events.extend(events)
    else:
        _insert(draft, events)


def _insert(draft: Draft, events: list[Event]) -> None:
    Draft.objects.filter(pk=draft.pk).update(seq=draft.seq)
    Event.objects.bulk_create(events)
    transaction.on_commit(lambda: _post(draft, events))


def _post(draft: Draft, events: list[Event]) -> None:
    for event in events:
        wire.post(draft.pk, event.seq, _frame(event))


def keys_of(event: Event) -> list[str]:
    """The keys of all that an event touched, in its order."""
    if event.kind == TEXT:
        return [event.payload["provision"], event.payload["option"]]
    touched = event.payload.get("touched") or NOTHING.as_json()
    return [*touched["provisions"], *touched["options"], *touched["removed"]]


def answer(event: Event, client: str, mid: int) -> None:
    """Notes that the event answers a client's message, so that a resend finds it."""
    event.client, event.mid = client, mid
    event.save(update_fields=["client", "mid"])


def _frame(event: Event) -> bytes:
    return frame(
        event.seq,
        event.kind,
        event.actor_name,
        event.acting_for,
        event.at,
        event.client,
        event.mid,
        event.payload,
    )


def frame(
    seq: int,
    kind: str,
    by: str,
    acting_for: str,
    at: datetime,
    client: str | None,
    mid: int | None,
    payload: Json,
) -> bytes:
    """The event as it goes to the browsers (`Happened` in `live.messages`)."""
    data = payload if kind == TEXT else payload.get("touched") or NOTHING.as_json()
    return msgspec.json.encode(
        {
            "t": "event",
            "seq": seq,
            "kind": kind,
            "by": by,
            "for": acting_for,
            "at": at.isoformat(),
            "client": client,
            "mid": mid,
            "data": data,
        }
    )


def payload_of(text: str) -> Json:
    """An event's payload from the database's JSON."""
    payload: Json = msgspec.json.decode(text)
    return payload


def hint(draft_id: int, message: Json) -> None:
    """Tells the draft's watchers, after the running transaction commits, that work has moved on.

    `message`: `Hint` in `live.messages` without its tag.
    """
    ready = msgspec.json.encode({"t": "hint", **message})
    transaction.on_commit(lambda: wire.post(draft_id, 0, ready))
