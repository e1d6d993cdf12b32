"""`python -m tests.bench.live [seconds] [rounds]`: what live editing costs, beside its floor.

Each point (sockets, writers, edits a second of each) is run on the real server (two workers,
PostgreSQL, Valkey) and on the floor (`floor.py`: the same hub, with no database and no checks),
in turn, several rounds; what is printed is the median round. The clients are a process of their
own. A bare commit is one row inserted and committed beside the load.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from drafting.launch.processes import Child, start
from drafting.launch.valkey import free_port
from tests import services
from tests.bench.__main__ import stack
from tests.bench.live.load import shares
from tests.browser.server import environment, wait

POINTS = ((50, 10, 2), (200, 20, 2), (500, 20, 2), (200, 50, 2))
PROVISIONS, WORDS = 300, 100
SECONDS, ROUNDS = 10.0, 3
BARE_EVERY = 0.05  # seconds
REAL, FLOOR = "drafting.asgi:application", "tests.bench.live.floor:application"
# As `drafting.launch.stack` starts it.
WEBSOCKET = ["--ws", "drafting.live.ready:ReadyProtocol", "--ws-max-size", "262144"]
WEBSOCKET += ["--ws-per-message-deflate", "false"]
PATH = "/ws/drafts/lorne/dl-7/"
Told = dict[str, Any]


@dataclass
class Room:
    """The draft under load: its options, and one cookie a person."""

    draft: int
    options: list[str]
    cookies: list[str]

    def asks(self, port: int, sockets: int, writers: int, rate: float, seconds: float) -> Told:
        from drafting.models import Draft, Option

        rows = Option.objects.filter(draft=self.draft).values_list("number", "version")
        return {
            "host": "localhost",
            "port": port,
            "path": PATH,
            "cookies": self.cookies[:sockets],
            "writers": writers,
            "rate": rate,
            "seconds": seconds,
            # Spread over the draft, as sub-groups do.
            "options": self.options[:: len(self.options) // writers][:writers],
            "versions": {f"o{number}": version for number, version in rows},
            "seq": Draft.objects.get(pk=self.draft).seq,
        }


def furnish(people: int) -> Room:
    """A draft of 300 provisions of 100 words, and people who may write in it directly."""
    from django.db import connection

    from drafting.models import Option
    from drafting.services import drafts
    from tests.bench import long_draft
    from tests.cast import SETUP, make_cast

    cast = make_cast()
    cast.group.delegates_write = "direct"
    SETUP.save(cast.group, ["delegates_write"])
    adopted = long_draft.base(provisions=PROVISIONS, words=WORDS)
    draft = drafts.make(cast.group, "DL/7", "", adopted.header, adopted.provisions, SETUP)
    numbers = Option.objects.filter(draft=draft, provision__kind="item").order_by("number")
    options = [f"o{number}" for number in numbers.values_list("number", flat=True)]
    cookies = [_seat(cast, number) for number in range(people)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # which the server does by itself within a minute
    return Room(draft.pk, options, cookies)


def _seat(cast: Any, number: int) -> str:
    """A delegate of KES who has signed in; gives the cookie."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import Delegation, User
    from drafting.models import Membership

    user = User.objects.create_user(f"b{number}@bench.example", "x", full_name=f"Bench {number}")
    delegation = Delegation.objects.get(symbol="KES")
    Membership.objects.create(group=cast.group, user=user, role="delegate", delegation=delegation)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def served(application: str, log: Path) -> Iterator[tuple[int, Child]]:
    """The application with two workers, as `make run` starts it."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--log-level", "warning"]
    command += ["--no-proxy-headers", "--no-server-header", "--timeout-graceful-shutdown", "1"]
    command += WEBSOCKET
    env = environment() | {"DRAFTING_DB_POOL_MAX": "10"}
    child = start("uvicorn", command, env=env, log=log, patience=5.0)
    try:
        wait(child, port, log)
        yield port, child
    finally:
        child.stop()


def run(room: Room, application: str, point: tuple[int, int, int], seconds: float) -> Told:
    """One run of a point: what the clients tell, and what the server spent meanwhile."""
    with tempfile.TemporaryDirectory() as folder, served(application, Path(folder) / "log") as up:
        port, child = up
        command = [sys.executable, "-m", "tests.bench.live.load"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(command, text=True, env=os.environ.copy(), **pipes) as load:  # type: ignore[call-overload]
            asked = room.asks(port, *point, seconds)
            load.stdin.write(json.dumps(asked) + "\n")
            load.stdin.flush()
            joined = load.stdout.readline()
            if not joined:
                raise AssertionError(f"The clients failed:\n{(Path(folder) / 'log').read_text()}")
            before = spent(child)
            with bare_commits() as bare:
                load.stdin.write("\n")
                load.stdin.flush()
                told: Told = json.loads(load.stdout.readline())
        told["cpu"] = spent(child) - before
        told["bare"] = bare()
        told["rss"] = max(p.memory_info().rss for p in family(child)) / 2**20
        return told


def family(child: Child) -> list[psutil.Process]:
    parent = psutil.Process(child.process.pid)
    return [parent, *parent.children(recursive=True)]


def spent(child: Child) -> float:
    """CPU seconds of the web server's processes so far."""
    return sum(sum(process.cpu_times()[:2]) for process in family(child))


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


def middle(rounds: list[Told], *path: str) -> float:
    """The median over the rounds of one figure."""

    def at(told: Any) -> float:
        for name in path:
            told = told.get(name, float("nan"))
        return float(told)

    return statistics.median(at(told) for told in rounds)


def per_thousand(told: Told) -> float:
    return 1000 * float(told["cpu"]) / max(1, told["deliveries"])


HEAD = (
    "| sockets, writers, edits/s | which | ack p50 | p95 | p99 | max | delivery p50 | p95 | p99 "
    "| max | delivered | alike | CPU s/1,000 | client CPU s | MiB |"
)


def line(point: tuple[int, int, int], which: str, rounds: list[Told]) -> str:
    figures = [middle(rounds, kind, p) for kind in ("ack", "delivery") for p in SHARES]
    delivered = sum(t["deliveries"] for t in rounds), sum(t["wanted"] for t in rounds)
    cells = [", ".join(map(str, point)), which, *(f"{figure:.1f}" for figure in figures)]
    cells += [f"{delivered[0]} of {delivered[1]}", "yes" if all(alike(t) for t in rounds) else "NO"]
    cells.append(f"{statistics.median(map(per_thousand, rounds)):.4f}")
    cells += [f"{middle(rounds, 'client_cpu'):.1f}", f"{middle(rounds, 'rss'):.0f}"]
    return "| " + " | ".join(cells) + " |"


SHARES = ("p50", "p95", "p99", "max")


def alike(told: Told) -> bool:
    return bool(told["alike"]) and not told["faults"]


def verdicts(real: list[Told], floor: list[Told], bare: dict[str, float]) -> Iterator[str]:
    """Each aim, with what was measured: nothing is rounded in our favour."""
    times = middle(real, "delivery", "p95") / middle(floor, "delivery", "p95")
    cpu = statistics.median(map(per_thousand, real)) / statistics.median(map(per_thousand, floor))
    above = [middle(real, "ack", p) - bare[p] for p in ("p50", "p95")]
    whole = all(t["deliveries"] == t["wanted"] and alike(t) for t in real)
    yield f"delivered = offered, all alike, in order: {'yes' if whole else 'NO'}"
    yield f"delivery p95 {times:.1f} times the floor's (aim: 3)"
    yield f"ack p50 {above[0]:.1f} ms above a bare commit's (aim: 4), p95 {above[1]:.1f} (aim: 20)"
    yield f"CPU {cpu:.1f} times the floor's (aim: 2.5)"
    faults = {name: n for told in real + floor for name, n in told["faults"].items()}
    if faults:
        yield f"faults: {faults}"
    held = sum(told["held"] for told in real)
    if held:
        yield f"held by an unanswered edit before: {held} of {sum(t['offered'] for t in real)}"


def bench_live(seconds: float = SECONDS, rounds: int = ROUNDS) -> None:
    """Prints the table and the aims; needs the stack of `tests.bench`."""
    room = furnish(max(point[0] for point in POINTS))
    print(HEAD + "\n" + "|---" * HEAD.count(" |") + "|", flush=True)
    for point in POINTS:
        told: dict[str, list[Told]] = {REAL: [], FLOOR: []}
        for _ in range(rounds):
            for application, runs in told.items():
                runs.append(run(room, application, point, seconds))
        bare = {p: middle(told[REAL], "bare", p) for p in ("p50", "p95")}
        print(line(point, "ours", told[REAL]))
        print(line(point, "floor", told[FLOOR]))
        print(f"  bare commit: p50 {bare['p50']} ms, p95 {bare['p95']} ms")
        for verdict in verdicts(told[REAL], told[FLOOR], bare):
            print(f"  {verdict}", flush=True)


def main() -> int:
    given = [float(word) for word in sys.argv[1:]]
    if services.OWN_POSTGRES:
        # What is acknowledged is on disk: the tests' own haste would flatter us.
        services.OWN_POSTGRES.throwaway = False
    with stack():
        bench_live(given[0] if given else SECONDS, int(given[1]) if given[1:] else ROUNDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
