"""Typing: batches of steps on the options of one draft, taken into one transaction.

Rules:

- Lock the draft, read everything as it is *now* (sessions, roles, statuses, texts), judge, write,
  commit; then tell. What is acknowledged is on disk; what is declined changed nothing.
- `(client, mid)` names a batch for ever: sent again, it gets its first answer and is not applied.
- Several batches of one draft may share a transaction (`services.scribe`). They are judged one
  after another, each on the text that the one before left, and none fails for another's sake.
- Every accepted batch is one event and one version, also one whose steps all fell away.
- The cost does not grow with the draft: two round trips, and the rows that the batches name.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from django.utils.translation import gettext as _

from drafting import events, wire
from drafting.services.writing import rows
from drafting.services.writing.asked import Accepted, Answer, Batch, Declined, Request, Writer
from drafting.services.writing.ledger import Ledger, Written
from drafting.services.writing.rules import judge

__all__ = ["Accepted", "Answer", "Batch", "Declined", "Request", "Writer", "commit"]

log = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]


def commit(
    connection: Connection,
    draft: int,
    requests: Sequence[Request],
    acknowledge: Callable[[list[Answer]], None] = lambda answers: None,
) -> list[Answer]:
    """Takes the requests into one transaction; the answers in their order.

    `acknowledge` is called with them once they hold, before anybody else is told. Raises
    psycopg.Error where the database is away or the outcome is not known: the same requests may
    then be sent again.
    """
    posts: list[tuple[int, bytes]] = []

    def make_ready() -> None:
        posts.extend((written.seq, _frame(written, ledger)) for written in ledger.written)

    try:
        with rows.transaction(connection):
            ledger = rows.load(connection, draft, requests)
            answers = [_answer(connection, ledger, request) for request in requests]
            rows.store(connection, ledger, make_ready)
    except psycopg.errors.LockNotAvailable:
        return [_busy(batch.mid) for _writer, batch in requests]
    acknowledge(answers)
    for seq, frame in posts:
        wire.post(draft, seq, frame)
    return answers


def _busy(mid: int) -> Declined:
    return Declined(
        mid, "busy", _("Somebody else is writing here just now: try again in a moment.")
    )


def _answer(connection: Connection, ledger: Ledger, request: Request) -> Answer:
    writer, batch = request
    earlier = ledger.answered.get((writer.client, batch.mid))
    if earlier is not None:
        return _again(ledger, batch, earlier)
    try:
        judged = judge(connection, ledger, writer.seat, batch)
    except Exception:
        # One batch that meets a fault of ours must not take its neighbours with it.
        log.exception("A batch for o%d of draft %d failed", batch.option, ledger.draft)
        return Declined(batch.mid, "invalid", _("Something went wrong on our side."))
    if isinstance(judged, Declined):
        return judged
    written = ledger.write(writer.client, batch.mid, writer.seat, judged)
    return _accepted(written, judged.applied.dropped)


def _again(ledger: Ledger, batch: Batch, earlier: Written) -> Answer:
    """The first answer, told from the event that it left."""
    if earlier.draft != ledger.draft:
        return Declined(batch.mid, "invalid", _("This number was used for another draft."))
    kept = set(earlier.keys)
    return _accepted(earlier, tuple(i.key for i in batch.items if i.key not in kept))


def _accepted(written: Written, dropped: tuple[str, ...]) -> Accepted:
    return Accepted(written.mid, written.seq, written.version, written.keys, dropped)


def _frame(written: Written, ledger: Ledger) -> bytes:
    return events.frame(
        written.seq,
        events.TEXT,
        written.name,
        written.acting_for,
        ledger.at,
        written.client,
        written.mid,
        written.payload,
    )
