"""A draft's log as the frames that go to the browsers, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from drafting import events

_SINCE = """
    SELECT seq, kind, actor_name, acting_for, at, client, mid, payload::text
    FROM drafting_event WHERE draft_id = %s AND seq > %s ORDER BY seq LIMIT %s
"""
_HEADS = "SELECT id, seq FROM drafting_draft WHERE id = ANY(%s)"

Framed = tuple[int, bytes]


def frames_since(draft: int, seq: int, most: int) -> list[Framed]:
    """The events after `seq`, each with its frame, at most so many."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [draft, seq, most])
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
