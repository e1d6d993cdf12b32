"""The floor of live editing: the same hub, lines and frames, with no database and no checks.

A commit gets its number from a counter in Valkey, is posted and acknowledged; nobody asks who
sends it, whether it fits, or keeps it. What the real server costs beyond this is the price of
what it promises.
"""

from __future__ import annotations

import os
import secrets
from itertools import count

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drafting.settings")

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

http = get_asgi_application()

import redis.asyncio as valkey  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from drafting import events, wire  # noqa: E402
from drafting.live import heart, messages  # noqa: E402
from drafting.live.consumer import DraftConsumer  # noqa: E402
from drafting.live.greetings import welcome  # noqa: E402
from drafting.live.hub import hub  # noqa: E402
from drafting.live.line import Line, frame_of  # noqa: E402
from drafting.live.ready import EXTENSION  # noqa: E402
from drafting.permissions import Part, Standing, Writing  # noqa: E402
from drafting.services.standings import Present, Seat  # noqa: E402

DRAFT = 1
COUNTER = f"floor:{os.getppid()}"
ANYBODY = Present(Standing(Part.CHAIR, "Chair"), "Anybody", Writing.DIRECT)
people = count(1)


async def no_heart(hub: object) -> None:
    """Beats not: there is no database to ask."""


heart.beat = no_heart


class FloorConsumer(DraftConsumer):
    """Lets everybody in and takes everything."""

    async def connected(self) -> None:
        await self.send({"type": "websocket.accept"})
        ready = self.scope.get("extensions", {}).get(EXTENSION)
        self.hub = hub()
        self.counter = valkey.Redis.from_url(settings.REDIS_URL)
        seat = Seat("", next(people), DRAFT)
        self.line = Line(secrets.token_urlsafe(6), seat, ANYBODY, self.base_send, ready)
        self.hub.join(self.line)

    async def hello(self, line: Line, said: messages.Hello) -> None:
        line.client = said.client
        await self.counter.set(COUNTER, said.seq, nx=True)
        line.tell(welcome(line, said.seq))
        self.hub.greeted(line, said.seq)
        line.past(said.seq, [])

    async def answer(self, line: Line, said: messages.Said) -> None:
        if isinstance(said, messages.Commit):
            await self.take(line, said)
        else:
            await super().answer(line, said)

    async def take(self, line: Line, said: messages.Commit) -> None:
        seq = await self.counter.incr(COUNTER)
        keys = tuple(item.key for item in said.items)
        steps = tuple(item.step for item in said.items)
        wording = events.Wording(said.option, "p1", said.base + 1, steps, keys, 0)
        frame = events.frame(
            seq, events.TEXT, "Anybody", "Chair", now(), line.client, said.mid, wording.as_json()
        )
        wire.post(DRAFT, seq, frame)
        line.tell(frame_of(messages.Ack(said.mid, seq, said.base + 1, list(keys), [], [])))


application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": URLRouter([path("<path:anything>", FloorConsumer.as_asgi())]),
    }
)
