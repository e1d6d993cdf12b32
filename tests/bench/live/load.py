"""The clients of the bench, in a process of their own: `python -m tests.bench.live.load`.

Reads one JSON object, writes one:

- in: `speaks` (whose wire), `host`, `port`, `path`, `cookies` (one a socket), `writers`, `rate`
  (edits a second of each), `seconds`, `options` (keys of the texts, one a writer); for our server
  `versions` (of them) and `seq` (the head), for Hocuspocus `firsts` (the first letters).
- out: what was offered and delivered, latencies in milliseconds, the client's own CPU seconds,
  `written` (edits of each option since the server began).

Rules:

- A writer holds its pace: an edit that is due while the last one is not yet acknowledged is sent
  when it is, and counted as held, with the time from when it was due.
- What is measured is the server: the loop's timers are late by up to a millisecond, so a writer
  wakes that much early and waits for the moment (`until`).
- Before that they write for a while unmeasured: a server that has just begun is still compiling
  what it does often, planning its statements and opening its connections.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from array import array
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import uvloop

from tests.bench.live.hocuspocus.page import HocuspocusSocket
from tests.bench.live.ours import OurSocket
from tests.bench.live.sockets import DRAIN_SECONDS, Run, Socket

SPEAKING: dict[str, type[Socket]] = {"ours": OurSocket, "Hocuspocus": HocuspocusSocket}
JOIN_AT_ONCE = 50
TIMERS_LATE = 0.001  # seconds
WARM_SECONDS = 3.0


async def write(socket: Socket, option: str, stop: float) -> tuple[int, int]:
    """Writes at its pace until `stop`. Gives how many edits were sent and how many were held."""
    run, sent, held = socket.run, 0, 0
    every = 1 / run.asked["rate"]
    due = time.perf_counter() + random.random() * every
    while due < stop:
        await until(due)
        sent += 1
        held += time.perf_counter() > due + every
        answered = await socket.edit(option, due)
        if answered == answered:  # not refused
            run.acks.append(answered - due)
        due += every
    return sent, held


async def until(due: float) -> None:
    await asyncio.sleep(max(0.0, due - time.perf_counter() - TIMERS_LATE))
    while time.perf_counter() < due:  # noqa: ASYNC110 - nothing happens but time
        await asyncio.sleep(0)


async def joined(run: Run) -> list[Socket]:
    """All sockets, open and greeted."""
    kind = SPEAKING[run.asked["speaks"]]
    sockets = [kind(run, number) for number in range(len(run.asked["cookies"]))]
    for first in range(0, len(sockets), JOIN_AT_ONCE):
        await asyncio.gather(*(one.open() for one in sockets[first : first + JOIN_AT_ONCE]))
    await asyncio.sleep(2.0)  # who came is told to everybody; that is not what is measured
    return sockets


async def written(run: Run, writers: Sequence[Socket], seconds: float) -> list[tuple[int, int]]:
    """All that the writers do in that time, told of each, and heard by everybody."""
    run.begin()
    stop = time.perf_counter() + seconds
    pairs = zip(writers, run.asked["options"], strict=True)
    counts = await asyncio.gather(*(write(one, option, stop) for one, option in pairs))
    run.wanted = sum(sent for sent, _ in counts) * len(run.asked["cookies"])
    await drained(run)
    return counts


async def drained(run: Run) -> None:
    """Waits until everybody has heard everything, or it is clear that they will not."""
    if len(run.deliveries) < run.wanted:
        with suppress(TimeoutError):
            await asyncio.wait_for(run.complete.wait(), DRAIN_SECONDS)


async def go(asked: dict[str, Any]) -> dict[str, Any]:
    run = Run(asked)
    sockets = await joined(run)
    writers = [sockets[n * len(sockets) // asked["writers"]] for n in range(asked["writers"])]
    await written(run, writers, WARM_SECONDS)
    await reached({"joined": len(sockets)})
    cpu, begun = time.process_time(), time.perf_counter()
    counts = await written(run, writers, asked["seconds"])
    spent, seconds = time.process_time() - cpu, time.perf_counter() - begun
    await reached({"measured": seconds})
    await sockets[0].settled()
    for socket in sockets:
        if socket.wire:
            socket.wire.close()
    told = {"client_cpu": round(spent, 3), "seconds": seconds, "faults": run.faults}
    told |= {"alike": len({socket.end for socket in sockets}) == 1}
    told |= {"written": {o: one.mid for o, one in zip(asked["options"], writers, strict=True)}}
    return told | outcome(run, counts)


async def reached(what: dict[str, Any]) -> None:
    """Tells how far the run is, and waits until it may go on."""
    print(json.dumps(what), flush=True)
    await asyncio.to_thread(sys.stdin.readline)


def outcome(run: Run, counts: list[tuple[int, int]]) -> dict[str, Any]:
    """What was measured."""
    return {
        "offered": sum(sent for sent, _ in counts),
        "held": sum(held for _, held in counts),
        "acknowledged": len(run.acks),
        "deliveries": len(run.deliveries),
        "wanted": run.wanted,
        "ack": shares(run.acks),
        "delivery": shares(run.deliveries),
        "bytes": run.bytes_heard,
    }


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
