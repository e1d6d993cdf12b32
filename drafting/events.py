"""Writes what happened to a draft into its log, and tells those who watch, once it is committed.

A message on the wire is a hint: it says that there is something to fetch, never the thing itself.
"""

from __future__ import annotations

import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from redis.exceptions import RedisError

from drafting.models import Draft, Event
from drafting.permissions import Actor

log = logging.getLogger(__name__)

ACTOR_NAME_MAX = 120  # a person's name may be longer than the log's column


def watchers_of(draft_id: int) -> str:
    """The name of the channel-layer group of those who watch a draft."""
    return f"draft.{draft_id}"


def record(draft: Draft, kind: str, actor: Actor, acting_for: str, **payload: Any) -> Event:
    """Appends an event to the draft's log with its next `seq`.

    `draft` must be a row locked in the running transaction; its `seq` is raised and saved.
    """
    draft.seq += 1
    Draft.objects.filter(pk=draft.pk).update(seq=draft.seq)
    event = Event.objects.create(
        draft=draft,
        seq=draft.seq,
        kind=kind,
        payload=payload,
        actor=actor.user,
        actor_name=actor.name[:ACTOR_NAME_MAX],
        acting_for=acting_for,
    )
    hint(draft.pk, {"kind": kind, "seq": draft.seq})
    return event


def hint(draft_id: int, message: dict[str, Any]) -> None:
    """Tells the draft's watchers, after the running transaction commits.

    A broker that is away never fails an act: who watches catches up by asking.
    """
    transaction.on_commit(lambda: _send(draft_id, message))


def _send(draft_id: int, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(watchers_of(draft_id), {"type": "hint", "message": message})
    except (RedisError, OSError) as error:
        log.warning("No hint could be sent for draft %s: %s", draft_id, error)
