"""Starts the whole house in the virtual environment, watches over it, and stops it.

Order: PostgreSQL, Valkey, tables, sample conference, Celery with its clock, web servers.
"""

import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg

from drafting.launch import leash
from drafting.launch.commands import port_asked, require_free_port
from drafting.launch.environment import (
    REPOSITORY,
    data_dir,
    environment_file,
    local_environment,
    write_environment,
    write_private,
)
from drafting.launch.given import require_given
from drafting.launch.postgres import Postgres
from drafting.launch.processes import Child, alive, end_leftovers, record, start
from drafting.launch.report import Refusal, last_words, refuse, say, step
from drafting.launch.valkey import Valkey
from drafting.launch.venv import read

WEB_WORKERS = 2
WEB_POOL = 10
START_SECONDS = 60.0
LOG_INS = "demo-log-ins.json"
CODE = [REPOSITORY / name for name in ("accounts", "drafting", "static/dist", "static/fonts")]
CODE += [REPOSITORY / "static" / "img"]
SAMPLE_COMMAND = REPOSITORY / "drafting" / "management" / "commands" / "load_sample.py"


class Stack:
    """What runs, in the order it was started."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.children: list[Child] = []
        self.env = {**os.environ, **self.own_environment()}

    @property
    def record(self) -> Path:
        """The process ids of what runs."""
        return self.folder / "running.json"

    def own_environment(self) -> dict[str, str]:
        """What a local run adds to the environment; what the caller has set stays."""
        local = local_environment(self.folder)
        local |= {"DRAFTING_STATIC_ROOT": str(self.folder / "static")}
        return {name: os.environ.get(name) or value for name, value in local.items()}

    def add(self, child: Child) -> None:
        """Keeps a child, and its process id for the next run, should this one be killed."""
        self.children.append(child)
        record(self.record, self.children)

    def manage(self, *arguments: str) -> str:
        """Runs a management command and returns what it printed. `Refusal` when it fails."""
        command = [sys.executable, "manage.py", *arguments]
        # Migrations and the sample may take longer than a page ever should.
        env = self.env | {"DRAFTING_DB_STATEMENT_TIMEOUT": "0", "DRAFTING_DB_POOL_MAX": "0"}
        done = subprocess.run(
            command, cwd=REPOSITORY, env=env, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode != 0:
            raise Refusal(f"manage.py {' '.join(arguments)} failed; its message is above.")
        return done.stdout

    def stop(self) -> None:
        """Stops everything, last started first."""
        for child in reversed(self.children):
            child.stop()
        self.record.unlink(missing_ok=True)


def main() -> int:
    """Runs until Ctrl-C, a signal, or the end of a child. Returns the exit code."""
    os.chdir(REPOSITORY)
    folder = data_dir()
    folder.mkdir(parents=True, exist_ok=True)
    # Ctrl-C too: a shell that starts us in the background has told us to ignore it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, interrupt)
    try:
        with only_one(folder):
            return run(Stack(folder, port_asked()))
    except Refusal as refusal:
        return refuse(refusal)
    except KeyboardInterrupt:
        return 0


def interrupt(number: int, frame: FrameType | None) -> None:
    """Treats a request to end like Ctrl-C."""
    raise KeyboardInterrupt


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Holds the data folder; `Refusal` when another run holds it."""
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                f"Already running on {folder}: stop it first, or set another DRAFTING_DATA_DIR."
            ) from None
        yield


def run(stack: Stack) -> int:
    """Starts, waits, stops."""
    with ExitStack() as ending:
        ending.callback(say, "Stopped.")
        ending.callback(environment_file().unlink, missing_ok=True)
        ending.callback(stop_undisturbed, stack)
        begun = time.monotonic()
        start_services(stack, ending)
        prepare_data(stack)
        start_application(stack)
        say(greeting(stack, time.monotonic() - begun))
        return watch(stack)


def stop_undisturbed(stack: Stack) -> None:
    """Stops everything; a second Ctrl-C does not cut it short, since that leaves orphans."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say("\nStopping ...")
    stack.stop()


def start_services(stack: Stack, ending: ExitStack) -> None:
    """PostgreSQL and Valkey, unless the environment names some."""
    require_given()
    if left := end_leftovers(stack.record):
        say(f"  Ended {left} processes that an earlier run had left behind.")
    leash.hold(stack.record)
    if owns_database():
        with step("Starting PostgreSQL"):
            postgres = Postgres(stack.folder / "postgresql")
            ending.callback(postgres.forget)
            stack.add(postgres.start())
            stack.env["DATABASE_URL"] = postgres.url
    if not os.environ.get("REDIS_URL"):
        with step("Starting Valkey"):
            valkey = Valkey(stack.folder / "valkey")
            stack.add(valkey.start())
            stack.env["REDIS_URL"] = valkey.url
    names = ("DATABASE_URL", "REDIS_URL", *stack.own_environment())
    write_environment({name: stack.env[name] for name in names})


def prepare_data(stack: Stack) -> None:
    """Tables and static files, where the code has changed; the sample on the first start."""
    stamp = stack.folder / "prepared"
    code = code_fingerprint() if owns_database() else ""
    if not code or read(stamp) != code:
        with step("Preparing the tables"):
            stack.manage("migrate", "--verbosity", "0")
        with step("Collecting static files"):
            stack.manage("collectstatic", "--no-input", "--verbosity", "0")
        stamp.write_text(code)
    if SAMPLE_COMMAND.exists() and has_no_conference(stack.env["DATABASE_URL"]):
        with step("Loading the sample conference"):
            told = stack.manage("load_sample")
        write_private(stack.folder / LOG_INS, told)


def owns_database() -> bool:
    """Whether the database is ours alone, so that what we knew of it still holds."""
    return not os.environ.get("DATABASE_URL")


def code_fingerprint() -> str:
    """Changes when the tables or the static files might."""
    digest = hashlib.sha256()
    for file in sorted(file for place in CODE for file in place.rglob("*") if file.is_file()):
        if "__pycache__" not in file.parts:
            digest.update(f"{file}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def has_no_conference(url: str) -> bool:
    """Whether the database is fresh: somebody's conference is never mixed with the sample."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1 FROM drafting_conference LIMIT 1").fetchone() is None


def start_application(stack: Stack) -> None:
    """The Celery worker, the clock, and the web servers."""
    with step("Starting the worker and the web servers"):
        stack.add(start_worker(stack))
        stack.add(start_clock(stack))
        require_free_port(stack.port)
        stack.add(start_web(stack))
        wait_until_served(stack)


def start_worker(stack: Stack) -> Child:
    """A Celery worker with two processes."""
    command = [sys.executable, "-m", "celery", "--app", "drafting", "--quiet", "worker"]
    command += ["--concurrency", "2", "--loglevel", "WARNING", "--without-gossip"]
    env = stack.env | {"DRAFTING_DB_POOL_MAX": "0"}
    log = stack.folder / "worker.log"
    return start("Celery", command, env=env, log=log, patience=15.0)


def start_clock(stack: Stack) -> Child:
    """Celery's clock, apart from the worker: whoever dies, the other goes on."""
    command = [sys.executable, "-m", "celery", "--app", "drafting", "--quiet", "beat"]
    command += ["--schedule", str(stack.folder / "celerybeat-schedule"), "--pidfile", ""]
    env = stack.env | {"DRAFTING_DB_POOL_MAX": "0"}
    return start("clock", command, env=env, log=stack.folder / "clock.log", patience=5.0)


def start_web(stack: Stack) -> Child:
    """Uvicorn with several workers: any of them serves any draft."""
    command = [sys.executable, "-m", "uvicorn", "drafting.asgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(stack.port), "--workers", str(WEB_WORKERS)]
    command += ["--log-level", "warning", "--no-proxy-headers", "--no-server-header"]
    command += ["--ws", "drafting.live.ready:ReadyProtocol"]
    command += ["--ws-max-size", "262144", "--ws-per-message-deflate", "false"]
    # A line that is lost without a word shows within eight seconds.
    command += ["--ws-ping-interval", "4", "--ws-ping-timeout", "4"]
    command += ["--timeout-graceful-shutdown", "5"]
    env = stack.env | {"DRAFTING_DB_POOL_MAX": str(WEB_POOL)}
    return start("uvicorn", command, env=env, log=stack.folder / "web.log")


def wait_until_served(stack: Stack) -> None:
    """Returns once a request is answered; `Refusal` when the servers end instead."""
    from drafting.launch.probe import answers

    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and alive(stack.children[-1]):
        if answers(stack.port):
            return
        time.sleep(0.1)
    raise Refusal(f"The web servers did not start; {last_words(stack.folder / 'web.log')}")


def watch(stack: Stack) -> int:
    """Waits for Ctrl-C; ends with 1 when a child ends by itself."""
    while True:
        time.sleep(0.5)
        for child in stack.children:
            if not alive(child):
                raise Refusal(f"{child.name} has ended; {last_words(child.log)}")


def greeting(stack: Stack, seconds: float) -> str:
    """The address and the demo log-ins."""
    lines = ["", f"Ready in {seconds:.1f} s:  http://localhost:{stack.port}/", ""]
    lines += [log_in(found) for found in log_ins(stack.folder / LOG_INS)]
    return "\n".join([*lines, "", "Ctrl-C stops everything."])


def log_in(found: dict[str, Any]) -> str:
    """One demo log-in, in columns."""
    return f"  {found['role']:<28}{found['email']:<34}{found['password']}"


def log_ins(path: Path) -> list[dict[str, Any]]:
    """The log-ins that `load_sample` printed: `{"logins": [{"role", "email", "password"}]}`."""
    try:
        return list(json.loads(path.read_text())["logins"])
    except (FileNotFoundError, ValueError, KeyError):
        return []


if __name__ == "__main__":
    sys.exit(main())
