"""What the pages of the bench have in common, whatever they speak.

Rules:

- A delivery is one edit on one socket. Its time runs from when the edit was due.
- Every socket must hear every edit once and in order; what it does not is counted, not excused.
"""

from __future__ import annotations

import asyncio
import sys
from abc import ABC, abstractmethod
from array import array
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from tests.bench.live.wire import Wire, handshake

JOIN_SECONDS, DRAIN_SECONDS = 60.0, 20.0


@dataclass(slots=True)
class Run:
    """What all sockets of a run share."""

    asked: dict[str, Any]
    sent: dict[Hashable, float] = field(default_factory=dict)
    deliveries: array[float] = field(default_factory=lambda: array("d"))
    acks: array[float] = field(default_factory=lambda: array("d"))
    faults: dict[str, int] = field(default_factory=dict)
    bytes_heard: int = 0
    wanted: int = sys.maxsize
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    def begin(self) -> None:
        """Forgets what was measured before."""
        self.deliveries, self.acks = array("d"), array("d")
        self.bytes_heard, self.wanted = 0, sys.maxsize
        self.complete.clear()

    def fault(self, name: str) -> None:
        self.faults[name] = self.faults.get(name, 0) + 1

    def delivered(self, edit: Hashable, now: float) -> None:
        sent = self.sent.get(edit)
        if sent is not None:
            self.deliveries.append(now - sent)
            if len(self.deliveries) >= self.wanted:
                self.complete.set()


class Socket(ABC):
    """One page: hears everything, and notes when. How, its own kind knows."""

    def __init__(self, run: Run, number: int) -> None:
        self.run, self.number = run, number
        self.mid = 0  # of the last edit it sent
        self.ready = asyncio.get_running_loop().create_future()
        self.answer: asyncio.Future[float] | None = None
        self.wire: Wire | None = None

    async def open(self) -> None:
        asked = self.run.asked
        cookie = asked["cookies"][self.number]
        head = handshake(asked["host"], asked["port"], asked["path"], cookie)
        self.wire = wire = Wire(head, self.opened, self.heard, self.ended)
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: wire, asked["host"], asked["port"])
        await asyncio.wait_for(self.ready, JOIN_SECONDS)

    def ended(self, code: int) -> None:
        self.run.fault(f"closed with {code}")
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"closed with {code}"))

    async def edit(self, option: str, due: float) -> float:
        """Sends one edit, a word at the start of the text. Gives when it was acknowledged."""
        self.answer = asyncio.get_running_loop().create_future()
        self.mid += 1
        self.send(option, due)
        return await asyncio.wait_for(self.answer, DRAIN_SECONDS)

    @property
    @abstractmethod
    def end(self) -> Hashable:
        """What it has at last: alike for all, or the server has failed."""

    @abstractmethod
    def opened(self) -> None:
        """The socket is open: says who it is."""

    @abstractmethod
    def heard(self, frame: bytes) -> None:
        """Resolves `ready` and `answer`, and tells the run of deliveries."""

    @abstractmethod
    def send(self, option: str, due: float) -> None:
        """Sends the edit number `mid`, and notes in `sent` when it was due."""

    @abstractmethod
    async def settled(self) -> None:
        """Asks the server whether it has what this page has, where that can be asked."""
