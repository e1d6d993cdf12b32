"""One open page: what it was told so far, and what waits for it.

Rules:

- Events reach a page in the order of `seq` and without a gap, or the page is closed.
- What waits for a page that does not read is bounded in bytes; beyond that it must fetch afresh.
- While events of the past are on their way to it, those of the present are kept until then.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec

from drafting.live import messages
from drafting.live.messages import RESYNC
from drafting.live.ready import GONE, Frame, ReadyProtocol
from drafting.services.standings import Present, Seat

WAITING_MAX: Final = 2 * 1024 * 1024

Send = Callable[[dict[str, Any]], Awaitable[None]]


def frame_of(message: messages.Told) -> Frame:
    return Frame(msgspec.json.encode(message))


class Line:
    """A socket whose person was let in. `seq` is None until it has said hello."""

    def __init__(
        self, sid: str, seat: Seat, present: Present, send: Send, ready: ReadyProtocol | None
    ) -> None:
        self.sid = sid
        self.seat = seat
        self.present = present
        self.client = ""
        self.against: str | None = None
        self.near: frozenset[str] | None = None  # provisions; None: all of them
        self.seq: int | None = None
        self.may_write_for: tuple[str, ...] = ()
        self.mid = -1  # the highest number of its client's that was taken when it said hello
        self.closed = False
        self._kept: deque[tuple[int, Frame]] | None = None
        self._out: _ThroughAsgi | ReadyProtocol = ready or _ThroughAsgi(send)

    def tell(self, frame: Frame) -> None:
        """Hands a frame on; a page that does not read its frames is closed."""
        if self.closed:
            return
        waiting = self._out.tell(frame)
        if waiting > WAITING_MAX:
            self.resync("slow")
        elif waiting == GONE:
            self.closed = True

    def event(self, seq: int, frame: Frame) -> None:
        """Tells an event that has just happened, if it is this page's next."""
        if self._kept is not None:
            self._kept.append((seq, frame))
        elif self.seq is None or self.closed:
            return
        elif seq == self.seq + 1:
            self.seq = seq
            self.tell(frame)
        elif seq > self.seq:
            self.resync("behind")

    def keep(self) -> None:
        """Keeps what happens from now on, until `past` has told what happened before."""
        self._kept = deque()

    def past(self, since: int, events: list[tuple[int, Frame]]) -> None:
        """Tells the events after `since`, then those that were kept meanwhile."""
        kept, self._kept = self._kept or deque(), None
        self.seq = since
        for seq, frame in (*events, *kept):
            self.event(seq, frame)

    def resync(self, reason: Any) -> None:
        """The page must be fetched afresh."""
        if not self.closed:
            self.closed = True
            self._out.tell(frame_of(messages.Resync(reason)))
            self._out.shut(RESYNC)

    def shut(self, code: int) -> None:
        if not self.closed:
            self.closed = True
            self._out.shut(code)


class _ThroughAsgi:
    """The way out where the server has no other: a bounded queue, and a task that empties it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: deque[Frame | int] = deque()
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None

    def tell(self, frame: Frame) -> int:
        self._queue.append(frame)
        self._bytes += len(frame.payload)
        self._wake()
        return self._bytes

    def shut(self, code: int) -> None:
        self._queue.append(code)
        if self._task is not None and self._bytes > WAITING_MAX:
            # It hangs in a write to a reader that does not read: nor will what waits be read.
            self._task.cancel()
            self._task = None
            self._queue = deque([code])
        self._wake()

    def _wake(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._empty())

    async def _empty(self) -> None:
        while self._queue:
            item = self._queue.popleft()
            if isinstance(item, int):
                await self._send({"type": "websocket.close", "code": item})
                self._queue.clear()
                return
            await self._send({"type": "websocket.send", "text": item.text})
            self._bytes -= len(item.payload)
