"""The clients of the bench, in a process of their own: `python -m tests.bench.live.load`.

Reads one JSON object, writes one:

- in: `host`, `port`, `path`, `cookies` (one a socket), `writers`, `rate` (edits a second of each),
  `seconds`, `options` (keys), `versions` (of them), `seq` (the head).
- out: what was offered and delivered, latencies in milliseconds, the client's own CPU seconds.

Rules:

- A writer holds its pace: an edit that is due while the last one is not yet acknowledged is sent
  when it is, and counted as held, with the time from when it was due.
- What is measured is the server: the loop's timers are late by up to a millisecond, so a writer
  wakes that much early and waits for the moment (`until`).
- A delivery is one event on one socket. Its time runs from the sending of the commit.
- Each page looks at a screenful of provisions around one that is being written in.
- Every socket must hear every event once and in order; what it does not is counted, not excused.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from array import array
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import uvloop

from tests.bench.live.wire import Wire, handshake

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
JOIN_AT_ONCE = 50
SCREENFUL = 8  # provisions
TIMERS_LATE = 0.001  # seconds
JOIN_SECONDS, DRAIN_SECONDS = 60.0, 20.0


@dataclass(slots=True)
class Run:
    """What all sockets of a run share."""

    asked: dict[str, Any]
    sent: dict[tuple[bytes, int], float] = field(default_factory=dict)
    deliveries: array[float] = field(default_factory=lambda: array("d"))
    acks: array[float] = field(default_factory=lambda: array("d"))
    versions: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    head: int = 0
    measuring: bool = False
    bytes_heard: int = 0
    wanted: int = sys.maxsize
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    def fault(self, name: str) -> None:
        self.faults[name] = self.faults.get(name, 0) + 1


class Socket:
    """One page: hears everything, and notes when."""

    def __init__(self, run: Run, number: int) -> None:
        self.run, self.number = run, number
        self.client = "".join(random.choices(ALPHABET, k=22))
        self.seq = run.asked["seq"]
        self.ready = asyncio.get_running_loop().create_future()
        self.answer: asyncio.Future[float] | None = None
        self.wire: Wire | None = None

    async def open(self) -> None:
        asked = self.run.asked
        cookie = asked["cookies"][self.number]
        head = handshake(asked["host"], asked["port"], asked["path"], cookie)
        self.wire = Wire(head, self.opened, self.heard, self.ended)
        loop = asyncio.get_running_loop()
        wire = self.wire
        await loop.create_connection(lambda: wire, asked["host"], asked["port"])
        await asyncio.wait_for(self.ready, JOIN_SECONDS)

    def opened(self) -> None:
        assert self.wire is not None
        hello = {"t": "hello", "client": self.client, "seq": self.seq, "against": "base"}
        self.wire.send(json.dumps(hello).encode())

    def ended(self, code: int) -> None:
        self.run.fault(f"closed with {code}")
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"closed with {code}"))

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
        sent = self.run.sent.get((client, int(_between(frame, b'"mid":', b",") or b"0")))
        if sent is not None and self.run.measuring:
            self.run.deliveries.append(now - sent)
            if len(self.run.deliveries) >= self.run.wanted:
                self.run.complete.set()
        if seq > self.run.head:
            self.run.head = seq
            self.note_version(frame)

    def note_version(self, frame: bytes) -> None:
        """The first socket to hear an event notes the version for all writers."""
        option = _between(frame, b'"option":"', b'"').decode()
        if option:
            self.run.versions[option] = int(_between(frame, b'"version":', b","))


def _between(frame: bytes, before: bytes, after: bytes) -> bytes:
    at = frame.find(before)
    if at < 0:
        return b""
    start = at + len(before)
    return frame[start : frame.find(after, start)]


async def write(socket: Socket, option: str, stop: float) -> tuple[int, int]:
    """Writes at its pace until `stop`. Gives how many edits were sent and how many were held."""
    run, mid, held = socket.run, 0, 0
    every = 1 / run.asked["rate"]
    due = time.perf_counter() + random.random() * every
    while due < stop:
        await until(due)
        mid += 1
        held += time.perf_counter() > due + every
        answered = await send(socket, option, mid, due)
        if answered == answered:  # not refused
            run.acks.append(answered - due)
        due += every
    return mid, held


async def until(due: float) -> None:
    await asyncio.sleep(max(0.0, due - time.perf_counter() - TIMERS_LATE))
    while time.perf_counter() < due:  # noqa: ASYNC110 - nothing happens but time
        await asyncio.sleep(0)


async def send(socket: Socket, option: str, mid: int, due: float) -> float:
    """Sends one edit, a word at the start of the text. Gives when it was acknowledged."""
    run = socket.run
    key = f"{socket.client[:10]}-{mid}"
    step = {"stepType": "replace", "from": 1, "to": 1}
    step |= {"slice": {"content": [{"type": "text", "text": f"w{mid} "}]}}
    commit = {"t": "commit", "mid": mid, "option": option, "base": run.versions[option]}
    commit |= {"for": "", "items": [{"key": key, "step": step}]}
    socket.answer = asyncio.get_running_loop().create_future()
    run.sent[(socket.client.encode(), mid)] = due
    assert socket.wire is not None
    socket.wire.send(json.dumps(commit, separators=(",", ":")).encode())
    return await asyncio.wait_for(socket.answer, DRAIN_SECONDS)


async def go(asked: dict[str, Any]) -> dict[str, Any]:
    run = Run(asked, versions=dict(asked["versions"]), head=asked["seq"])
    sockets = [Socket(run, number) for number in range(len(asked["cookies"]))]
    for first in range(0, len(sockets), JOIN_AT_ONCE):
        await asyncio.gather(*(one.open() for one in sockets[first : first + JOIN_AT_ONCE]))
    await asyncio.sleep(2.0)  # who came is told to everybody; that is not what is measured
    print(json.dumps({"joined": len(sockets)}), flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    run.measuring, run.bytes_heard = True, 0
    cpu, begun = time.process_time(), time.perf_counter()
    stop = begun + asked["seconds"]
    options = asked["options"]
    writing = [
        write(sockets[number * len(sockets) // asked["writers"]], options[number], stop)
        for number in range(asked["writers"])
    ]
    counts = await asyncio.gather(*writing)
    offered = sum(sent for sent, _ in counts)
    run.wanted = offered * len(sockets)
    await drained(run)
    spent = time.process_time() - cpu
    for socket in sockets:
        if socket.wire:
            socket.wire.close()
    return {
        "offered": offered,
        "held": sum(held for _, held in counts),
        "acknowledged": len(run.acks),
        "deliveries": len(run.deliveries),
        "wanted": run.wanted,
        "alike": len({socket.seq for socket in sockets}) == 1,
        "ack": shares(run.acks),
        "delivery": shares(run.deliveries),
        "client_cpu": round(spent, 3),
        "bytes": run.bytes_heard,
        "seconds": time.perf_counter() - begun,
        "faults": run.faults,
        "head": run.head,
    }


async def drained(run: Run) -> None:
    """Waits until everybody has heard everything, or it is clear that they will not."""
    if len(run.deliveries) < run.wanted:
        with suppress(TimeoutError):
            await asyncio.wait_for(run.complete.wait(), DRAIN_SECONDS)


def shares(seconds: array[float]) -> dict[str, float]:
    """Percentiles in milliseconds."""
    if not seconds:
        return {}
    ordered = sorted(seconds)
    at = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    last = len(ordered) - 1
    return {name: round(ordered[int(share * last)] * 1000, 2) for name, share in at.items()}


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(go(json.loads(sys.stdin.readline())))), flush=True)
