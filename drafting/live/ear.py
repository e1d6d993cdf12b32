"""Hears the posts of all processes: one connection to Valkey, one subscription an open draft.

A subscription that is new, or was made again after the connection broke, says nothing of what was
posted before it: `again` is called for it, and the hub asks the log. While Valkey is away the
heartbeat finds what happened.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

import redis.asyncio as valkey
from redis.exceptions import RedisError

from drafting import wire

log = logging.getLogger(__name__)

PAUSE: Final = 0.5  # seconds before the next try
QUIET: Final = 5.0  # seconds after which the line is tried
PATIENCE: Final = 1.0
ALWAYS: Final = f"{wire.PREFIX}0"  # there is no such draft: it keeps the subscription alive


class Ear:
    """`heard(draft, seq, frame)` for each post, `again(draft)` for each subscription."""

    def __init__(
        self, url: str, heard: Callable[[int, int, bytes], None], again: Callable[[int], None]
    ) -> None:
        self._url = url
        self._heard = heard
        self._again = again
        self._wanted: set[str] = {ALWAYS}
        self._pubsub: Any = None

    async def want(self, draft: int) -> None:
        self._wanted.add(wire.channel_of(draft))
        await self._say("subscribe", draft)

    async def leave(self, draft: int) -> None:
        self._wanted.discard(wire.channel_of(draft))
        await self._say("unsubscribe", draft)

    async def _say(self, command: str, draft: int) -> None:
        """Tells Valkey, if it is there; a new connection begins with all that is wanted."""
        if self._pubsub is None:
            return
        try:
            await getattr(self._pubsub, command)(wire.channel_of(draft))
        except (RedisError, OSError) as error:
            log.info("Valkey did not take a subscription: %s", error)

    async def run(self) -> None:
        """Listens until it is cancelled."""
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as error:
                log.warning("Valkey is away; the log is asked once a second: %s", error)
            except Exception:
                log.exception("The ear met a fault and listens anew")
            self._pubsub = None
            await asyncio.sleep(PAUSE)

    async def _listen(self) -> None:
        client = valkey.Redis.from_url(
            self._url, socket_connect_timeout=PATIENCE, health_check_interval=QUIET
        )
        async with client, client.pubsub() as pubsub:
            asked = frozenset(self._wanted)
            await pubsub.subscribe(*asked)
            self._pubsub = pubsub
            # A draft that was opened while the connection was made found nobody to tell.
            if missed := self._wanted - asked:
                await pubsub.subscribe(*missed)
            while True:
                message = await pubsub.get_message(timeout=QUIET)
                if message is not None:
                    self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        draft = _draft_of(message["channel"])
        if draft is None or draft == 0:
            return
        if message["type"] == "subscribe":
            self._again(draft)
        elif message["type"] == "message":
            try:
                seq, frame = wire.read(message["data"])
            except ValueError:
                log.warning("Something else than a post is on the channel of draft %s", draft)
                return
            self._heard(draft, seq, frame)


def _draft_of(channel: bytes) -> int | None:
    number = channel.decode(errors="replace").removeprefix(wire.PREFIX)
    return int(number) if number.isdecimal() else None
