"""Who is measured: our server, its floor, and whoever else is asked to run beside them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafting.launch.processes import Child, start
from drafting.launch.valkey import free_port
from tests.bench.live.room import Room
from tests.browser.server import environment, wait

REAL, FLOOR = "drafting.asgi:application", "tests.bench.live.floor:application"
# As `drafting.launch.stack` starts it.
WEBSOCKET = ["--ws", "drafting.live.ready:ReadyProtocol", "--ws-max-size", "262144"]
WEBSOCKET += ["--ws-per-message-deflate", "false"]
WEBSOCKET += ["--ws-ping-interval", "4", "--ws-ping-timeout", "4"]
PATH = "/ws/drafts/lorne/dl-7/"
Told = dict[str, Any]


def nothing_wrong(told: Told) -> dict[str, int]:
    return {}


@dataclass(frozen=True)
class Up:
    """A server that runs: how its clients reach it, and what is wrong with it after a run."""

    child: Child
    reached: Told
    faults: Callable[[Told], dict[str, int]] = nothing_wrong


@dataclass(frozen=True)
class Contestant:
    """A server that can be started for one run, in that folder."""

    name: str
    up: Callable[[Room, Path], AbstractContextManager[Up]]


def own(name: str, application: str) -> Contestant:
    """One of our applications, with two workers."""

    @contextmanager
    def up(room: Room, folder: Path) -> Iterator[Up]:
        with served(application, folder / "log") as (port, child):
            reached = {"speaks": "ours", "host": "localhost", "port": port, "path": PATH}
            yield Up(child, reached | room.stands())

    return Contestant(name, up)


OURS, BENEATH = own("ours", REAL), own("floor", FLOOR)


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
