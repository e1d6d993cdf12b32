"""`python -m tests.bench.crash [seconds]`: people type while everything under them is killed.

Rules:

- The server as `make run` starts it, with two workers, on a PostgreSQL that keeps what it commits.
- Sixty sockets, ten of them writers. A worker is killed every ten seconds, Valkey twice, PostgreSQL
  once, all with SIGKILL; the last two are away for a second.
- Each writer types tokens that are unlike all others and keeps a journal of the acknowledgements; a
  token without an answer is sent again as it was, until it has one.
- At the end every acknowledged token is there exactly once, none is there twice, the log has no
  gap, replay gives the stored texts, every socket heard every event once and in order, and all are
  on a par within two seconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import monotonic
from typing import Any

import psutil
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests import services
from tests.bench.__main__ import stack
from tests.bench.live.room import Room, furnish
from tests.bench.live.serving import PATH, REAL, served

SOCKETS, WRITERS, RATE = 60, 10, 2.0
SECONDS = 60.0
PATIENCE = 5.0  # seconds of silence after which the line is taken for lost
WORKER_EVERY = 10.0
AWAY = 1.0
# What a thread starts ends with it: this one lasts as long as the run.
STARTER = ThreadPoolExecutor(1)
LOST = (OSError, WebSocketException, TimeoutError)


@dataclass
class Line:
    """A person's socket, that comes back whenever it is lost."""

    port: int
    number: int
    cookie: str
    seq: int
    heard: list[int] = field(default_factory=list)
    losses: int = 0
    closes: list[int] = field(default_factory=list)
    answers: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    back: list[float] = field(default_factory=list)
    socket: ClientConnection | None = None
    here: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self) -> None:
        """Comes, hears, is lost, and comes again, until it is cancelled."""
        lost = monotonic()
        while True:
            try:
                await self._sit(lost)
            except LOST as error:
                code = getattr(getattr(error, "rcvd", None), "code", 1006)
                self.closes.append(code)
                if self.socket is not None:
                    self.losses, lost = self.losses + 1, monotonic()
                self.socket = None
                self.here.clear()
                await asyncio.sleep(0.25)

    async def _sit(self, lost: float) -> None:
        async with connect(
            f"ws://localhost:{self.port}{PATH}",
            additional_headers={"Cookie": self.cookie},
            origin=f"http://localhost:{self.port}",  # type: ignore[arg-type]
            max_queue=None,
            compression=None,
            open_timeout=PATIENCE,
        ) as socket:
            client = f"crash-{self.number:016d}"
            hello = {"t": "hello", "client": client, "seq": self.seq, "against": None}
            await socket.send(json.dumps(hello))
            while True:
                frame = json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))
                if frame["t"] == "welcome":
                    self.socket = socket
                    self.here.set()
                    self.back.append(monotonic() - lost)
                await self._take(socket, frame)

    async def _take(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        match frame["t"]:
            case "event":
                assert frame["seq"] == self.seq + 1, (frame["seq"], self.seq)
                self.seq = frame["seq"]
                self.heard.append(self.seq)
            case "ack" | "refused":
                waiting = self.answers.get(frame["mid"])
                if waiting is not None and not waiting.done():
                    waiting.set_result(frame)


@dataclass
class Writer:
    """Types a token, waits for its answer, types the next."""

    line: Line
    option: str
    journal: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    resent: int = 0
    version: int = 0

    async def type(self, until: float) -> None:
        mid = 0
        while monotonic() < until:
            mid += 1
            token = f"<{self.line.number:02}.{mid:04}>"
            self.tokens.append(token)
            begun = monotonic()
            await self._until_taken(mid, self._frame(mid, token))
            self.latencies.append(monotonic() - begun)
            self.journal.append(token)
            await asyncio.sleep(max(0.0, 1 / RATE - (monotonic() - begun)))

    def _frame(self, mid: int, token: str) -> str:
        node = {"content": [{"type": "text", "text": token}]}
        step = {"stepType": "replace", "from": 1, "to": 1, "slice": node}
        items = [{"key": f"k{mid}", "step": step}]
        told = {"t": "commit", "mid": mid, "option": self.option, "base": self.version}
        return json.dumps({**told, "items": items})

    async def _until_taken(self, mid: int, frame: str) -> None:
        for attempt in range(1000):
            answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
            self.line.answers[mid] = answer
            self.resent += bool(attempt)
            try:
                await self.line.here.wait()
                assert self.line.socket is not None
                await self.line.socket.send(frame)
                told = await asyncio.wait_for(answer, 2.0)
            except LOST:
                await asyncio.sleep(0.05)
                continue
            if told["t"] == "ack":
                self.version = told["version"]
                return
            assert told["code"] == "busy", told
            await asyncio.sleep(0.25)
        raise AssertionError(f"Nobody answered {frame}.")


# --- what is killed ------------------------------------------------------------------------------


@dataclass
class Reaper:
    """Kills on a timetable and notes when everything was there again."""

    server: int
    killed: Counter[str] = field(default_factory=Counter)
    mended: float = 0.0

    async def reap(self, seconds: float) -> None:
        begun = monotonic()
        timetable = [(n * WORKER_EVERY, "worker") for n in range(1, int(seconds / WORKER_EVERY))]
        timetable += [(0.25 * seconds + 1, "valkey"), (0.7 * seconds + 1, "valkey")]
        timetable += [(0.45 * seconds + 1, "postgresql")]
        for at, what in sorted(timetable):
            await asyncio.sleep(max(0.0, begun + at - monotonic()))
            await (self._worker() if what == "worker" else self._service(what))
            self.killed[what] += 1
            self.mended = monotonic()

    async def _worker(self) -> None:
        workers = psutil.Process(self.server).children()
        max(workers, key=lambda worker: worker.memory_info().rss).kill()

    async def _service(self, name: str) -> None:
        service = services.OWN_VALKEY if name == "valkey" else services.OWN_POSTGRES
        assert service is not None, "the services are our own"
        assert service.child is not None
        parent = psutil.Process(service.child.process.pid)
        for process in [parent, *parent.children(recursive=True)]:
            process.kill()
        service.child.stop()
        await asyncio.sleep(AWAY)
        await asyncio.get_running_loop().run_in_executor(STARTER, service.start)


# --- the run -------------------------------------------------------------------------------------


async def run(asked: dict[str, Any], draft: int, server: int, seconds: float) -> dict[str, Any]:
    """Lets them type and kills; what came of it."""
    port = asked["port"]
    lines = [Line(port, n, cookie, asked["seq"]) for n, cookie in enumerate(asked["cookies"])]
    writers = [
        Writer(line, option, version=asked["versions"][option])
        for line, option in zip(lines, asked["options"][:WRITERS] * WRITERS, strict=False)
    ][:WRITERS]
    living = [asyncio.create_task(line.live()) for line in lines]
    reaper = Reaper(server)
    until = monotonic() + seconds
    await asyncio.gather(reaper.reap(seconds), *(writer.type(until) for writer in writers))
    ended = monotonic()
    par = await _on_a_par(lines, draft, living)
    for task in living:
        task.cancel()
    await asyncio.gather(*living, return_exceptions=True)
    return _told(lines, writers, reaper, par - ended)


async def _on_a_par(lines: list[Line], draft: int, living: list[asyncio.Task[None]]) -> float:
    """When every socket had heard the last event."""
    from drafting.models import Draft

    head = (await Draft.objects.aget(pk=draft)).seq
    async with asyncio.timeout(30):
        while any(line.seq < head for line in lines):
            failed = [task.exception() for task in living if task.done()]
            assert not failed, failed
            await asyncio.sleep(0.05)
    return monotonic()


def _told(lines: list[Line], writers: list[Writer], reaper: Reaper, par: float) -> dict[str, Any]:
    latencies = sorted(one for writer in writers for one in writer.latencies)
    shares = quantiles(latencies, n=100)
    back = sorted(one for line in lines for one in line.back[1:])
    return {
        "killed": dict(reaper.killed),
        "acknowledged": sum(len(writer.journal) for writer in writers),
        "typed": sum(len(writer.tokens) for writer in writers),
        "resent": sum(writer.resent for writer in writers),
        "lines lost": sum(line.losses for line in lines),
        "closed with": dict(Counter(code for line in lines for code in line.closes)),
        "events heard": sum(len(line.heard) for line in lines),
        "acknowledged p50, p95, max (s)": [
            round(shares[49], 3),
            round(shares[94], 3),
            latencies[-1],
        ],
        "back after p50, max (s)": [round(back[len(back) // 2], 2), round(back[-1], 2)],
        "on a par after the last (s)": round(par, 2),
        "journal": [token for writer in writers for token in writer.journal],
        "tokens": [token for writer in writers for token in writer.tokens],
    }


def judge(room: Room, before: dict[int, Any], told: dict[str, Any]) -> Iterator[str]:
    """What is wrong, if anything."""
    from drafting import steps
    from drafting.domain import text as texts
    from drafting.models import Event, Option

    events = Event.objects.filter(draft=room.draft).order_by("seq")
    seqs = list(events.values_list("seq", flat=True))
    if seqs != list(range(1, len(seqs) + 1)):
        yield "the log has a gap"
    rows = {row.number: row for row in Option.objects.filter(draft=room.draft)}
    words = "".join(texts.plain(texts.from_json(row.content)) for row in rows.values())
    yield from (f"{t} is there {n} times" for t in told["journal"] if (n := words.count(t)) != 1)
    yield from (f"{t} is doubled" for t in told["tokens"] if words.count(t) > 1)
    for number, content in before.items():
        for event in events.filter(option=number):
            done = steps.perform(content, event.payload["steps"])
            assert isinstance(done, steps.Applied), done
            content = done.content
        if content != rows[number].content:
            yield f"replay gives another text for o{number}"


def main(seconds: float) -> int:
    assert services.OWN_POSTGRES is not None, "the services are our own"
    services.OWN_POSTGRES.throwaway = False  # what is acknowledged must be on disk
    with ExitStack() as held:
        held.enter_context(stack())
        from django.db import connections

        from drafting.models import Option

        room = furnish(SOCKETS)
        before = {
            row.number: steps_standard(row.content)
            for row in Option.objects.filter(draft=room.draft)
        }
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        port, child = held.enter_context(served(REAL, folder / "log"))
        asked = {"port": port} | room.stands() | room.asks(SOCKETS, WRITERS, RATE, seconds)
        told = asyncio.run(run(asked, room.draft, child.process.pid, seconds))
        connections.close_all()  # they were to the database that was killed
        wrong = list(judge(room, before, told))
    del told["journal"], told["tokens"]
    for name, value in told.items():
        print(f"{name:32} {value}")
    print("\n".join(wrong) or "Nothing acknowledged was lost, nothing is there twice.")
    return bool(wrong)


def steps_standard(content: Any) -> Any:
    from drafting import steps

    return steps.standard(content)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
