"""Once a second: how far has each draft come, and may everybody still watch?

Rules:

- One visit to the database for all that is open here. It finds the last post that was lost, which
  leaves no gap to see, and all posts while Valkey is away.
- Whoever's role, session, password or account is gone is closed; whose role changed is told.
- Where the database does not answer for three seconds nobody's right is known: all are closed, and
  come back when it answers.
"""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import Final, Protocol

from django.db import Error as DatabaseError
from psycopg_pool import PoolTimeout

from drafting.live import messages
from drafting.live.greetings import welcome
from drafting.live.line import Line, frame_of
from drafting.live.room import Room
from drafting.live.threads import in_heart
from drafting.permissions import Action, allows
from drafting.services import audience
from drafting.services.scribe import scribe
from drafting.services.standings import Present

log = logging.getLogger(__name__)

EVERY: Final = 1.0
BLIND_MAX: Final = 3.0


class Watched(Protocol):
    """What is open in this process, as the hub has it."""

    rooms: dict[int, Room]

    def lines(self) -> list[Line]: ...

    def ask_log(self, draft: int) -> None: ...


async def beat(hub: Watched) -> None:
    """Beats until it is cancelled, whatever happens: without it nobody would be closed."""
    seen = monotonic()
    while True:
        await asyncio.sleep(EVERY)
        if await _answered(hub):
            seen = monotonic()
        elif monotonic() - seen >= BLIND_MAX - EVERY / 2:
            for line in hub.lines():
                line.shut(messages.TRY_LATER)


async def _answered(hub: Watched) -> bool:
    try:
        await asyncio.wait_for(_once(hub), BLIND_MAX - EVERY)
    except (DatabaseError, PoolTimeout, TimeoutError) as error:
        log.warning("The database does not answer: %s", error or "too slow")
        return False
    except Exception:
        log.exception("The heart missed a beat")
        return False
    return True


async def _once(hub: Watched) -> None:
    lines = hub.lines()
    heads, present = await in_heart(audience.beat, list(hub.rooms), [line.seat for line in lines])
    for line, now in zip(lines, present, strict=True):
        _judge(line, now)
    for draft, seq in heads.items():
        room = hub.rooms.get(draft)
        if room is None:
            continue
        if room.seq is not None and seq > room.seq:
            hub.ask_log(draft)
        room.tell(frame_of(messages.Head(seq)))
    scribe().rest()


def _judge(line: Line, now: Present | None) -> None:
    if now is None or not allows(now.standing, Action.HEAR_DRAFT):
        line.shut(messages.NOT_FOR_YOU)
    elif now != line.present:
        line.present = now
        if line.seq is not None:
            line.tell(welcome(line, line.seq))
