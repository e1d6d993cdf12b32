"""A draft's log as the frames that go to the browsers, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from drafting import events

PAST_BYTES = 1024 * 1024  # a page takes two of them, with what happens meanwhile
_SINCE = """
    SELECT seq, kind, actor_name, acting_for, at, client, mid, payload FROM (
        SELECT *, sum(octet_length(payload)) OVER (ORDER BY seq) - octet_length(payload) AS before
        FROM (
            SELECT seq, kind, actor_name, acting_for, at, client, mid, payload::text AS payload
            FROM drafting_event WHERE draft_id = %s AND seq > %s ORDER BY seq LIMIT %s
        ) AS e
    ) AS f
    WHERE before < %s ORDER BY seq
"""
_HEADS = "SELECT id, seq FROM drafting_draft WHERE id = ANY(%s)"

Framed = tuple[int, bytes]


def frames_since(draft: int, seq: int, most: int) -> list[Framed]:
    """The events after `seq`, each with its frame, at most so many and at least one.

    They are fewer where they are long: whoever needs the rest asks again from the last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [draft, seq, most, PAST_BYTES])
        return [_framed(row) for row in cursor.fetchall()]


def _framed(row: tuple[Any, ...]) -> Framed:
    seq, kind, by, acting_for, at, client, mid, payload = row
    told = events.payload_of(payload)
    return seq, events.frame(seq, kind, by, acting_for, at, client, mid, told)


def heads(drafts: Sequence[int]) -> dict[int, int]:
    """The seq of each draft's last event; a draft that is gone is not among them."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [list(drafts)])
        return dict(cursor.fetchall())
