"""A page of the bench on Hocuspocus: what its provider does on the wire, and no document.

Rules:

- It joins as a provider does: shows a token, asks for all there is, says that it has nothing else.
- A delivery is one edit on one socket, also where the server merged several into one message.
- Each client's edits must come in order and without a gap: what it has is one clock a client, and
  at the end the server, asked what a page with these clocks lacks, must answer: nothing.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Hashable, Sequence
from functools import lru_cache

from tests.bench.live.hocuspocus import yjs
from tests.bench.live.sockets import DRAIN_SECONDS, Run, Socket
from tests.bench.live.wire import BINARY

NAME = yjs.sized(b"draft")  # stands before every message
STEP_1, STEP_2, UPDATE = b"\x00\x00", b"\x00\x01", b"\x00\x02"
TOKEN, ADMITTED = b"\x02\x00", b"\x02\x02"
TAKEN = b"\x08\x01"
TOLD = NAME + UPDATE


@lru_cache(maxsize=256)  # every socket hears the same
def brought(frame: bytes) -> tuple[tuple[int, int, int], ...]:
    """The edits in a message."""
    return yjs.inserted(yjs.unsized(frame[len(TOLD) :]))


class HocuspocusSocket(Socket):
    """Hears every update, counts what it brings, and writes words of its own."""

    def __init__(self, run: Run, number: int) -> None:
        super().__init__(run, number)
        self.client, self.clock = random.getrandbits(32), 0
        self.clocks: dict[int, int] = {}
        self.before: Sequence[int] = ()  # the first letter of the text it writes in
        self.lacking: asyncio.Future[bytes] | None = None

    @property
    def end(self) -> Hashable:
        return frozenset(self.clocks.items())

    def opened(self) -> None:
        self.say(TOKEN + yjs.sized(b"anybody"))

    def say(self, message: bytes) -> None:
        assert self.wire is not None
        self.wire.send(NAME + message, BINARY)

    def heard(self, frame: bytes) -> None:
        self.run.bytes_heard += len(frame)
        if frame.startswith(TOLD):
            self.happened(frame)
        else:
            self.answered(frame[len(NAME) : len(TOLD)], frame[len(TOLD) :])

    def answered(self, kind: bytes, rest: bytes) -> None:
        if kind == TAKEN:
            self.taken()
        elif kind == ADMITTED:
            self.say(STEP_1 + yjs.sized(yjs.vector_of({})))
        elif kind == STEP_1:
            self.compare(yjs.read_vector(yjs.unsized(rest)))
        elif kind == STEP_2 and self.lacking:
            self.lacking.set_result(yjs.unsized(rest))
        elif kind != STEP_2:  # on joining: the whole document, which this page need not read
            self.run.fault(f"heard {kind + rest[:40]!r}")

    def taken(self) -> None:
        """An edit was acknowledged; before any, the page's word that it has nothing to add."""
        if not self.ready.done():
            self.ready.set_result(None)
        elif self.answer and not self.answer.done():
            self.answer.set_result(time.perf_counter())

    def compare(self, server: dict[int, int]) -> None:
        """The server has told what it has: on joining that is where the page begins."""
        if self.ready.done():
            if server != self.clocks:
                self.run.fault("the server has something else")
            return
        self.clocks = server
        self.say(STEP_2 + yjs.sized(yjs.NOTHING))

    def happened(self, frame: bytes) -> None:
        now = time.perf_counter()
        run, clocks = self.run, self.clocks
        for client, clock, length in brought(frame):
            if clocks.get(client, 0) != clock:
                run.fault("out of order")
            clocks[client] = clock + length
            run.delivered((client, clock), now)

    def send(self, option: str, due: float) -> None:
        words = f"w{self.mid} "
        before = self.before or self.run.asked["firsts"][option]
        update = yjs.insertion(self.client, self.clock, before, words)
        self.before = self.client, self.clock
        self.run.sent[self.before] = due
        self.clock += len(words)
        self.say(UPDATE + yjs.sized(update))

    async def settled(self) -> None:
        """Asks the server what this page lacks."""
        self.lacking = asyncio.get_running_loop().create_future()
        self.say(STEP_1 + yjs.sized(yjs.vector_of(self.clocks)))
        if await asyncio.wait_for(self.lacking, DRAIN_SECONDS) != yjs.NOTHING:
            self.run.fault("something was never told")
