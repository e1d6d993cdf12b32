"""One socket of one browser: reads its frames, makes one call for each, and answers.

The right to hear is asked when the socket opens and once a second (`live.heart`); the right to
write in the transaction that writes. What is not a frame of ours closes the socket unread.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import msgspec
from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from django.conf import settings
from django.db import Error as DatabaseError
from psycopg_pool import PoolTimeout

from drafting import steps
from drafting.live.answers import frame_of_answer, frame_of_option
from drafting.live.greetings import welcome
from drafting.live.hub import Hub, hub
from drafting.live.limits import DEEDS, weight_of
from drafting.live.line import Line
from drafting.live.messages import (
    CLIENT_TAKEN,
    NOT_FOR_YOU,
    NOT_UNDERSTOOD,
    TOO_MUCH,
    TRY_LATER,
    Act,
    Commit,
    Hello,
    Presence,
    Read,
    Said,
    Since,
    View,
)
from drafting.live.presence import moved
from drafting.live.ready import EXTENSION, Frame
from drafting.live.threads import in_thread
from drafting.permissions import Action, policy
from drafting.selectors.logs import frames_since
from drafting.services import acts, audience
from drafting.services.audience import PAST_MAX
from drafting.services.deeds import Together
from drafting.services.scribe import scribe
from drafting.services.writing import Answer, Batch, Writer

log = logging.getLogger(__name__)

PAGES_MAX = 200  # of one account, open in this process
AWAY = (DatabaseError, PoolTimeout)
_DECODER: msgspec.json.Decoder[Said] = msgspec.json.Decoder(Said, strict=True)


@policy(Action.HEAR_DRAFT)
class DraftConsumer(AsyncConsumer):
    """`ws/drafts/<conference>/<draft>/`."""

    line: Line | None = None
    hub: Hub

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One frame after the other; Channels' own would make two tasks for each."""
        self.scope, self.base_send = scope, send
        with suppress(StopConsumer):
            while True:
                await self.dispatch(await receive())

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Channels' own would visit a thread for every frame."""
        match message["type"]:
            case "websocket.receive":
                await self.received(message)
            case "websocket.connect":
                await self.connected()
            case "websocket.disconnect":
                if self.line:
                    self.hub.leave(self.line)
                raise StopConsumer

    async def connected(self) -> None:
        await self.send({"type": "websocket.accept"})
        where = self.scope["url_route"]["kwargs"]
        session = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME, "")
        try:
            admitted = await in_thread(audience.admit, session, where["conference"], where["draft"])
        except AWAY:
            await self.send({"type": "websocket.close", "code": TRY_LATER})
            return
        if admitted is None:
            await self.send({"type": "websocket.close", "code": NOT_FOR_YOU})
            return
        self.hub = hub()
        if self.hub.pages_of(admitted[0].user) >= PAGES_MAX:
            await self.send({"type": "websocket.close", "code": TOO_MUCH})
            return
        ready = self.scope.get("extensions", {}).get(EXTENSION)
        self.line = Line(secrets.token_urlsafe(6), *admitted, self.base_send, ready)
        self.hub.join(self.line)

    async def received(self, message: dict[str, Any]) -> None:
        line = self.line
        if line is None or line.closed:
            return
        if not self.hub.frames.allow(line.seat.user):
            line.shut(TOO_MUCH)
            return
        said = _read(message.get("text"))
        if said is None or isinstance(said, Hello) is bool(line.client):
            line.shut(NOT_UNDERSTOOD)
            return
        try:
            await self.answer(line, said)
        except AWAY as error:
            log.warning("The database is away: %s", error)
            line.shut(TRY_LATER)

    async def answer(self, line: Line, said: Said) -> None:
        if self.is_too_much(line, said):
            line.shut(TOO_MUCH)
            return
        match said:
            case Commit():
                self.commit(line, said)
            case Act():
                await self.act(line, said)
            case Presence():
                self.hub.people[line.seat.draft].set(moved(line, said))
            case Hello():
                await self.hello(line, said)
            case Since(seq=seq):
                await self.since(line, seq)
            case Read(option=option):
                await self.read(line, option)
            case View():
                line.against = said.against
                line.near = None if said.near is None else frozenset(said.near)
                if said.stale and line.seq is not None:
                    await self.hub.showing.catch_up(line, said.stale)

    def is_too_much(self, line: Line, said: Said) -> bool:
        """Whether the account has spent what it may of such frames."""
        kind = {
            Commit: self.hub.writes,
            Act: self.hub.writes,
            Read: self.hub.reads,
            Since: self.hub.pasts,
        }.get(type(said))
        weight = weight_of(len(said.items)) if isinstance(said, Commit) else 1.0
        if isinstance(said, Act) and isinstance(said.what, Together):
            weight = weight_of(len(said.what.deeds), DEEDS)
        if isinstance(said, View) and said.stale:
            kind, weight = self.hub.reads, weight_of(len(said.stale))
        return kind is not None and not kind.allow(line.seat.user, weight)

    async def hello(self, line: Line, said: Hello) -> None:
        line.client, line.against = said.client, said.against
        line.keep()
        greeting = await in_thread(audience.greet, line.seat, line.present, said.client, said.seq)
        if greeting is None:
            line.shut(CLIENT_TAKEN)
        elif len(greeting.past) > PAST_MAX:
            line.resync("behind")
        elif said.seq > greeting.head:
            line.resync("unknown")
        elif not line.closed:
            line.may_write_for, line.mid = greeting.may_write_for, greeting.mid
            line.tell(welcome(line, greeting.head))
            self.hub.greeted(line, greeting.head)
            line.past(said.seq, [(seq, Frame(payload)) for seq, payload in greeting.past])

    async def since(self, line: Line, seq: int) -> None:
        line.keep()
        past = await in_thread(frames_since, line.seat.draft, seq, PAST_MAX + 1)
        if len(past) > PAST_MAX:
            line.resync("behind")
        else:
            line.past(seq, [(place, Frame(payload)) for place, payload in past])

    async def read(self, line: Line, key: str) -> None:
        number = _number(key, "o")
        found = await in_thread(audience.read, line.seat.draft, number) if number else None
        if found is not None:
            line.tell(frame_of_option(key, found))

    def commit(self, line: Line, said: Commit) -> None:
        """Hands the batch to the scribe; the answer is told when it comes."""
        items = tuple(steps.Item(item.key, item.step) for item in said.items)
        batch = Batch(said.mid, _number(said.option, "o"), said.base, items, said.acting_for)
        answer = scribe().take((Writer(line.seat, line.client), batch))
        loop = asyncio.get_running_loop()

        def told(done: Future[Answer]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(line.tell, frame_of_answer(done.result()))

        answer.add_done_callback(told)

    async def act(self, line: Line, said: Act) -> None:
        """Does the deed before the next frame of this page is read: what follows builds on it."""
        who = Writer(line.seat, line.client)
        done = await in_thread(acts.perform, who, said.mid, said.what, said.acting_for)
        line.tell(frame_of_answer(done))


def _read(text: Any) -> Said | None:
    if not isinstance(text, str):
        return None
    try:
        return _DECODER.decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None


def _number(key: str, letter: str) -> int:
    """The number in a key; 0, which nothing has, for a key of another kind."""
    return int(key[1:]) if key[0] == letter else 0


@policy(Action.HEAR_DRAFT)
class Nowhere(AsyncConsumer):
    """Any other address: refused like one that is not for you."""

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        await self.send({"type": "websocket.accept"})
        await self.send({"type": "websocket.close", "code": NOT_FOR_YOU})

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        """Nobody listens here."""

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        raise StopConsumer
