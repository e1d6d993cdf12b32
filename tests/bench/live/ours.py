"""A page of the bench on our own server (`drafting/docs/PROTOCOL.md`).

Rules:

- It looks at a screenful of provisions around one that is being written in.
- Events must come in the order of their `seq`, without a gap.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Hashable

from tests.bench.live.sockets import Run, Socket

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SCREENFUL = 8  # provisions


class OurSocket(Socket):
    """Hears everything, notes the newest version of each option, and writes on it."""

    def __init__(self, run: Run, number: int) -> None:
        super().__init__(run, number)
        self.client = "".join(random.choices(ALPHABET, k=22))
        self.seq = run.asked["seq"]

    @property
    def end(self) -> Hashable:
        return self.seq

    def opened(self) -> None:
        assert self.wire is not None
        hello = {"t": "hello", "client": self.client, "seq": self.seq, "against": "base"}
        self.wire.send(json.dumps(hello).encode())

    def heard(self, frame: bytes) -> None:
        self.run.bytes_heard += len(frame)
        if frame.startswith(b'{"t":"event"'):
            self.happened(frame)
        elif frame.startswith(b'{"t":"ack"'):
            if self.answer and not self.answer.done():
                self.answer.set_result(time.perf_counter())
        elif frame.startswith(b'{"t":"refused"'):
            self.run.fault("refused " + json.loads(frame)["code"])
            if self.answer and not self.answer.done():
                self.answer.set_result(float("nan"))
        elif frame.startswith(b'{"t":"welcome"') and not self.ready.done():
            self.look()
            self.ready.set_result(None)

    def look(self) -> None:
        """At a place where somebody writes: a writer's page at its own."""
        options = self.run.asked["options"]
        place = int(options[self.number * len(options) // len(self.run.asked["cookies"])][1:])
        near = [f"p{number}" for number in range(place, place + SCREENFUL)]
        assert self.wire is not None
        view = {"t": "view", "against": "base", "near": near, "stale": []}
        self.wire.send(json.dumps(view).encode())

    def happened(self, frame: bytes) -> None:
        now = time.perf_counter()
        seq = int(_between(frame, b'"seq":', b","))
        if seq != self.seq + 1:
            self.run.fault("out of order")
        self.seq = seq
        client = _between(frame, b'"client":"', b'"')
        self.run.delivered((client, int(_between(frame, b'"mid":', b",") or b"0")), now)
        if seq > self.run.asked["seq"]:
            self.run.asked["seq"] = seq
            self.note_version(frame)

    def note_version(self, frame: bytes) -> None:
        """The first socket to hear an event notes the version for all writers."""
        option = _between(frame, b'"option":"', b'"').decode()
        if option:
            self.run.asked["versions"][option] = int(_between(frame, b'"version":', b","))

    def send(self, option: str, due: float) -> None:
        key = f"{self.client[:10]}-{self.mid}"
        step = {"stepType": "replace", "from": 1, "to": 1}
        step |= {"slice": {"content": [{"type": "text", "text": f"w{self.mid} "}]}}
        base = self.run.asked["versions"][option]
        commit = {"t": "commit", "mid": self.mid, "option": option, "base": base}
        commit |= {"for": "", "items": [{"key": key, "step": step}]}
        self.run.sent[(self.client.encode(), self.mid)] = due
        assert self.wire is not None
        self.wire.send(json.dumps(commit, separators=(",", ":")).encode())

    async def settled(self) -> None:
        """Ours is not asked: its events are numbered, and a gap is a fault at once."""


def _between(frame: bytes, before: bytes, after: bytes) -> bytes:
    at = frame.find(before)
    if at < 0:
        return b""
    start = at + len(before)
    return frame[start : frame.find(after, start)]
