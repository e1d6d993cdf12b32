"""The rows behind typing: read under the draft's lock and written, in one round trip each.

Plain SQL on a connection of its own: an edit is the one thing that happens hundreds of times a
second, and the ORM would cost more than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
import psycopg

from drafting.services import standings, turns
from drafting.services.roundtrip import BEGIN, COMMIT, Asked, Statement, together
from drafting.services.standings import Seat
from drafting.services.writing.asked import Request
from drafting.services.writing.ledger import BEHIND_MAX, Json, Ledger, OptionRow, Turn, Written

Connection = psycopg.Connection[Any]

# The memberships are held to the end: a role that is withdrawn meanwhile waits, and is gone for the
# next edit.
LOCK = Statement(
    "lock",
    """
    WITH held AS MATERIALIZED (
        SELECT m.id FROM drafting_membership m JOIN drafting_draft d ON d.group_id = m.group_id
        WHERE d.id = %(draft)s::bigint AND m.user_id = ANY(%(users)s::bigint[]) FOR SHARE OF m
    )
    SELECT seq, to_json(now()) #>> '{}', (SELECT count(*) FROM held)
    FROM drafting_draft WHERE id = %(draft)s::bigint FOR NO KEY UPDATE
""",
)
_ANSWERED = """
    SELECT json_build_array(e.client, e.mid, e.draft_id, e.seq, e.version, e.payload) AS r
    FROM json_to_recordset(%(told)s::json -> 'batches') AS a(client text, mid bigint)
    JOIN drafting_event e ON e.client = a.client AND e.mid = a.mid
"""
# What is looked up in a subquery is looked up by its key. A join may be turned round, and was: a
# plan made while the log was short read every option and every event of the draft for one edit.
_OPTIONS = """
    SELECT json_build_array(o.number, o.id, o.version, o.content, o.kind, p.id, p.number,
                            p.status, o.written_by_id, o.written_for, o.written_at,
                            coalesce(o.written_at < now() - %(rest)s::interval, false),
                            (SELECT json_agg(json_build_array(e.version, e.payload -> 'steps'))
                             FROM drafting_event e
                             WHERE e.draft_id = %(draft)s::bigint AND e.option = a.option
                               AND e.version > greatest(a.base, o.version - %(behind)s::int))) AS r
    FROM json_to_recordset(%(told)s::json -> 'options') AS a(option int, base int)
    CROSS JOIN LATERAL (
        SELECT * FROM drafting_option
        WHERE draft_id = %(draft)s::bigint AND number = a.option OFFSET 0
    ) o
    JOIN drafting_provision p ON p.id = o.provision_id
"""
_KNOWN = """
    SELECT a.name AS r FROM json_array_elements_text(%(told)s::json -> 'names') AS a(name)
    WHERE EXISTS (SELECT 1 FROM drafting_proposal
                  WHERE draft_id = %(draft)s::bigint AND code = a.name)
       OR EXISTS (SELECT 1 FROM accounts_delegation WHERE symbol = a.name)
       OR EXISTS (SELECT 1 FROM drafting_attribution t
                  JOIN drafting_option o ON o.id = t.option_id
                  WHERE o.draft_id = %(draft)s::bigint AND (t.code = a.name OR t.name = a.name))
"""


def _together(*queries: str) -> str:
    """The answers of several queries as one value, so that they cost one statement."""
    parts = (f"(SELECT coalesce(json_agg(q.r), '[]') FROM ({q}) q)" for q in queries)  # noqa: S608
    return f"SELECT json_build_array({', '.join(parts)})::text"


READ = Statement("read", _together(standings.AS_JSON, _ANSWERED, _OPTIONS))
READ_NAMES = Statement("read_names", _together(standings.AS_JSON, _ANSWERED, _OPTIONS, _KNOWN))
WRITE = Statement(
    "write",
    """
    WITH events AS (
        INSERT INTO drafting_event (draft_id, seq, kind, payload, actor_id, actor_name,
                                    acting_for, at, option, version, client, mid)
        SELECT %(draft)s::bigint, e.seq, 'text', e.payload::jsonb, e.actor, e.name, e.acting_for,
               now(), e.option, e.version, e.client, e.mid
        FROM json_to_recordset(%(told)s::json -> 'events')
             AS e(seq bigint, payload json, actor bigint, name text, acting_for text,
                  option int, version int, client text, mid bigint)
    ), options AS (
        UPDATE drafting_option o
        SET content = n.content::jsonb, version = n.version,
            written_by_id = n.by, written_for = n.acting_for, written_at = now()
        FROM json_to_recordset(%(told)s::json -> 'options')
             AS n(id bigint, content json, version int, by bigint, acting_for text)
        WHERE o.id = n.id
    )
    UPDATE drafting_draft SET seq = %(seq)s::bigint WHERE id = %(draft)s::bigint
""",
)
COPY_OF = Statement("copy_of", turns.COPY_OF)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commits at the end of `store`; whatever is raised rolls back."""
    try:
        yield
    except BaseException:
        if not connection.closed:
            connection.rollback()
        raise


def load(connection: Connection, draft: int, requests: Sequence[Request]) -> Ledger:
    """Locks the draft and reads what the requests name, in one round trip.

    Raises LookupError where the draft is gone.
    """
    seats = list(dict.fromkeys(writer.seat for writer, _batch in requests))
    users = ",".join(str(seat.user) for seat in seats)
    read = READ_NAMES if _names(requests) else READ
    _begun, found, told = together(
        connection,
        BEGIN,
        (LOCK, {"draft": draft, "users": f"{{{users}}}"}),
        (read, _asked(draft, seats, requests)),
    )
    if found is None or told is None:
        raise LookupError(f"There is no draft {draft}.")
    seq, now = found[:2]
    who, done, options, *known = msgspec.json.decode(told[0])
    return Ledger(
        draft,
        int(seq),
        datetime.fromisoformat(now.decode()),
        dict(zip(seats, map(standings.judge, who), strict=True)),
        {row.number: row for row in map(_option, options)},
        {(row[0], row[1]): _earlier(row) for row in done},
        frozenset(*known),
    )


def _asked(draft: int, seats: Sequence[Seat], requests: Sequence[Request]) -> Json:
    """The parameters of READ."""
    told = {
        "seats": standings.seats_json(seats),
        "batches": [{"client": writer.client, "mid": batch.mid} for writer, batch in requests],
        "options": [{"option": n, "base": base} for n, base in _bases(requests).items()],
        "names": _names(requests),
    }
    return {"told": _json(told), "draft": draft, "behind": BEHIND_MAX, "rest": turns.REST}


def _names(requests: Sequence[Request]) -> list[str]:
    """Those for whom somebody says to write; most say nothing."""
    return sorted({batch.acting_for for _, batch in requests if _is_name(batch.acting_for)})


def _is_name(told: str) -> bool:
    """Whether the database could know it: a text there holds no NUL."""
    return bool(told) and "\0" not in told


def _earlier(row: list[Any]) -> Written:
    client, mid, draft, seq, version, payload = row
    return Written(client, mid, draft, seq, version or 0, payload)


def _bases(requests: Sequence[Request]) -> dict[int, int]:
    """The oldest version that a batch for each option was made on."""
    bases: dict[int, int] = {}
    for _writer, batch in requests:
        bases[batch.option] = min(batch.base, bases.get(batch.option, batch.base), 2**31 - 1)
    return bases


def _option(row: list[Any]) -> OptionRow:
    by, acting_for, at, rested, missed = row[8:]
    turn = Turn(by, acting_for, at, rested) if at else None
    number, pk, version, content, kind, provision_pk, provision, status = row[:8]
    return OptionRow(
        number,
        pk,
        version,
        content,
        kind,
        provision_pk,
        provision,
        status,
        turn,
        dict(missed or ()),
    )


def store(
    connection: Connection, ledger: Ledger, meanwhile: Callable[[], None] | None = None
) -> None:
    """Writes what was noted and commits, in one round trip; `meanwhile` is done beside it."""
    asked: list[Asked] = []
    if ledger.written:
        told = _json(_noted(ledger))
        if ledger.ended:
            asked.append((COPY_OF, {"told": told}))
        asked.append((WRITE, {"told": told, "draft": ledger.draft, "seq": ledger.seq}))
    together(connection, *asked, COMMIT, meanwhile=meanwhile)


def _json(told: Json) -> str:
    """One parameter for a statement: many arrays would cost more than what they say."""
    return msgspec.json.encode(told).decode()


def _noted(ledger: Ledger) -> Json:
    """What is to be written: events, options, and turns that ended."""
    return {
        "events": [
            {
                "seq": row.seq,
                "payload": row.payload,
                "actor": row.actor,
                "name": row.name,
                "acting_for": row.acting_for,
                "option": row.option,
                "version": row.version,
                "client": row.client,
                "mid": row.mid,
            }
            for row in ledger.written
        ],
        "options": [
            {
                "id": row.pk,
                "content": row.content,
                "version": row.version,
                "by": row.turn.by if row.turn else None,
                "acting_for": row.turn.acting_for if row.turn else "",
            }
            for row in ledger.options.values()
            if row.changed
        ],
        "ended": ledger.ended,
    }
