"""A real web server on the test database: another process, as in production."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from django.db import connection

from drafting.launch.postgres import database_url
from drafting.launch.probe import answers
from drafting.launch.processes import Child, alive, descendants, start
from drafting.launch.valkey import free_port

START_SECONDS = 30.0


@contextmanager
def served(log: Path) -> Iterator[str]:
    """Runs uvicorn on the test database; gives its address, without a slash at the end."""
    with running(log) as web:
        yield web.address


@dataclass(frozen=True)
class Web:
    """A web server, of one process or of several that a supervisor starts again."""

    child: Child
    address: str

    def workers(self) -> set[int]:
        """The processes that answer, beside the supervisor and its helper."""
        return {one.pid for one in descendants(self.child.process.pid) if is_worker(one)}


def is_worker(process: psutil.Process) -> bool:
    """Whether it was started by the supervisor to answer, and still runs."""
    try:
        return any("spawn_main" in argument for argument in process.cmdline())
    except psutil.NoSuchProcess:  # or a zombie
        return False


@contextmanager
def running(log: Path, *, workers: int = 1) -> Iterator[Web]:
    """Runs uvicorn on the test database, as `make run` does."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "drafting.asgi:application", "--port", str(port)]
    command += ["--log-level", "warning", "--timeout-graceful-shutdown", "1"]
    command += ["--workers", str(workers)] if workers > 1 else []
    child = start("uvicorn", command, env=environment(), log=log, patience=5.0)
    try:
        wait(child, port, log)
        yield Web(child, f"http://localhost:{port}")
    finally:
        child.stop()


@contextmanager
def working(log: Path) -> Iterator[None]:
    """Runs a Celery worker on the test database, for jobs that a page waits for."""
    command = [sys.executable, "-m", "celery", "--app", "drafting", "--quiet", "worker"]
    command += ["--concurrency", "1", "--loglevel", "WARNING", "--without-gossip"]
    child = start("Celery", command, env=environment(), log=log, patience=5.0)
    try:
        yield
    finally:
        child.stop()


def environment() -> dict[str, str]:
    """The tests' environment, with the database that pytest-django has made."""
    settings = connection.settings_dict
    url = database_url(Path(settings["HOST"]), settings["NAME"])
    return {**os.environ, "DATABASE_URL": url, "DRAFTING_DB_POOL_MAX": "0"}


def wait(child: Child, port: int, log: Path) -> None:
    """Returns once the server answers; fails with its log when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while alive(child) and time.monotonic() < deadline:
        if answers(port):
            return
        time.sleep(0.05)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")
