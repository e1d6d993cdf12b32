"""One run: a server is started, loaded, and asked what it spent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from drafting.launch.processes import Child
from tests import services
from tests.bench.live.load import shares
from tests.bench.live.room import Room
from tests.bench.live.serving import Contestant, Told
from tests.browser.server import environment

BARE_EVERY = 0.05  # seconds
Point = tuple[int, int, float]  # sockets, writers, edits a second of each


def run(room: Room, contestant: Contestant, point: Point, seconds: float) -> Told:
    """One run of a point: what the clients tell, and what the server spent meanwhile."""
    with tempfile.TemporaryDirectory() as folder, contestant.up(room, Path(folder)) as up:
        with clients(up.reached | room.asks(*point, seconds), Path(folder) / "log") as proceed:
            before, stored = spent(up.child), spent_storing()
            with bare_commits() as bare:
                proceed()
            cost: Told = {"cpu": spent(up.child) - before, "stored": spent_storing() - stored}
            cost["bare"] = bare()
            cost["rss"] = max(p.memory_info().rss for p in family(up.child)) / 2**20
            told = proceed() | cost
        told["faults"] |= up.faults(told)
        return told


@contextmanager
def clients(asked: Told, log: Path) -> Iterator[Callable[[], Told]]:
    """The clients, joined. The function sends them on: to the end of the load, then home."""
    command = [sys.executable, "-m", "tests.bench.live.load"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=os.environ.copy(), **pipes) as load:  # type: ignore[call-overload]

        def proceed(word: str = "") -> Told:
            load.stdin.write(word + "\n")
            load.stdin.flush()
            answer = load.stdout.readline()
            if not answer:
                raise AssertionError(f"The clients failed:\n{log.read_text()}")
            told: Told = json.loads(answer)
            return told

        proceed(json.dumps(asked))
        yield proceed


def family(child: Child) -> list[psutil.Process]:
    parent = psutil.Process(child.process.pid)
    return [parent, *parent.children(recursive=True)]


def spent(child: Child) -> float:
    """CPU seconds of a server's processes so far."""
    return sum(map(_seconds, family(child)))


def _seconds(process: psutil.Process) -> float:
    """Of one process, which may have ended since it was listed."""
    try:
        return sum(process.cpu_times()[:2])
    except psutil.NoSuchProcess:
        return 0.0


def spent_storing() -> float:
    """CPU seconds of our own PostgreSQL and Valkey so far, with those of backends that ended."""
    stores = (services.OWN_POSTGRES, services.OWN_VALKEY)
    children = [store.child for store in stores if store and store.child]
    running = sum(map(spent, children))
    return running + sum(sum(psutil.Process(c.process.pid).cpu_times()[2:4]) for c in children)


@contextmanager
def bare_commits() -> Iterator[Callable[[], dict[str, float]]]:
    """One row inserted and committed beside the load, steadily: its milliseconds so far."""
    times = array("d")
    over = threading.Event()
    thread = threading.Thread(target=_commit_until, args=(over, times))
    thread.start()
    try:
        yield lambda: shares(times)
    finally:
        over.set()
        thread.join()


def _commit_until(over: threading.Event, times: array[float]) -> None:
    with psycopg.connect(environment()["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_bare (n bigserial, words text)")
        while not over.wait(BARE_EVERY):
            begun = time.perf_counter()
            connection.execute("INSERT INTO bench_bare (words) VALUES (%s)", ["w" * 300])
            times.append(time.perf_counter() - begun)
