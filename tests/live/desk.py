"""Writers for the tests: a person of the cast with a session, a client id, and steps to send."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import uuid4

import psycopg
from django.test import Client

from drafting import steps
from drafting.domain import text as texts
from drafting.models import Event, Option
from drafting.services import writing
from drafting.services.scribe import open_connection
from drafting.services.standings import Seat
from drafting.services.writing import Answer, Batch, Writer
from tests.cast import Cast

_keys = count(1)
mids = count(1)  # of batches and acts alike: a client gives each number once


def browser(cast: Cast, name: str) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    client.force_login(cast.users[name])
    return client


def client_id() -> str:
    return uuid4().hex[:22]


def writer(cast: Cast, name: str, client: Client | None = None) -> Writer:
    session = (client or browser(cast, name)).session.session_key
    return Writer(Seat(str(session), cast.users[name].pk, cast.draft.pk), client_id())


def insert(words: str, at: int = 1, *, marks: list[Any] | None = None) -> steps.Item:
    """A step that inserts words at a position of the document."""
    node: dict[str, Any] = {"type": "text", "text": words}
    if marks:
        node["marks"] = marks
    step = {"stepType": "replace", "from": at, "to": at, "slice": {"content": [node]}}
    return steps.Item(f"k{next(_keys)}", step)


def delete(start: int, end: int) -> steps.Item:
    return steps.Item(f"k{next(_keys)}", {"stepType": "replace", "from": start, "to": end})


def insertion(source: str, key: str | None = None) -> list[Any]:
    """The mark of a pending insertion."""
    return [{"type": "insertion", "attrs": {"id": key or f"i{next(_keys)}", "source": source}}]


def batch(option: int, base: int, *items: steps.Item, acting_for: str = "") -> Batch:
    return Batch(next(mids), option, base, items, acting_for)


def version_of(cast: Cast, option: int) -> int:
    return Option.objects.get(draft=cast.draft, number=option).version


def words_of(cast: Cast, option: int) -> str:
    content = Option.objects.get(draft=cast.draft, number=option).content
    return texts.plain(texts.from_json(content))


@contextmanager
def desk() -> Iterator[psycopg.Connection[Any]]:
    connection = open_connection()
    try:
        yield connection
    finally:
        connection.close()


def send(who: Writer, *batches: Batch) -> list[Answer]:
    """The answers to a person's batches, taken into one transaction."""
    return send_all(who.seat.draft, *((who, one) for one in batches))


def send_all(draft: int, *requests: tuple[Writer, Batch]) -> list[Answer]:
    with desk() as connection:
        return writing.commit(connection, draft, list(requests))


def replayed(cast: Cast, option: int, content: dict[str, Any]) -> dict[str, Any]:
    """What the log makes of the text `content` that the option had at first."""
    for event in Event.objects.filter(draft=cast.draft, option=option).order_by("version"):
        done = steps.perform(content, event.payload["steps"])
        assert isinstance(done, steps.Applied), done
        assert steps.checksum(done.content) == event.payload["sum"]
        content = done.content
    return content
