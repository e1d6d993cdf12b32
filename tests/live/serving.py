"""The real server on the test database: uvicorn as `make run` starts it, and real sockets to it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from drafting.launch.processes import Child, start
from drafting.launch.valkey import free_port
from tests.browser.server import environment, wait
from tests.live.desk import client_id, insert

PATIENCE = 15.0


class Server:
    """One process of the web server."""

    def __init__(self, folder: Path, redis_url: str = "", database: str = "") -> None:
        self.port = free_port()
        log = folder / f"web-{self.port}.log"
        command = [sys.executable, "-m", "uvicorn", "drafting.asgi:application"]
        command += ["--port", str(self.port), "--log-level", "warning"]
        command += ["--ws", "drafting.live.ready:ReadyProtocol", "--ws-max-size", "262144"]
        command += ["--ws-per-message-deflate", "false", "--timeout-graceful-shutdown", "1"]
        command += ["--ws-ping-interval", "4", "--ws-ping-timeout", "4"]
        env = environment() | {"REDIS_URL": redis_url or settings.REDIS_URL}
        env |= {"DATABASE_URL": database} if database else {}
        env |= {"DRAFTING_DB_POOL_MAX": "10"}  # as `make run` has it
        self.child: Child = start("uvicorn", command, env=env, log=log, patience=5.0)
        wait(self.child, self.port, log)

    def kill(self) -> None:
        """As the machine does when it runs out of memory."""
        self.child.process.kill()
        self.child.stop()

    @property
    def pid(self) -> int:
        return self.child.process.pid


@contextmanager
def servers(
    folder: Path, number: int, redis_url: str = "", database: str = ""
) -> Iterator[list[Server]]:
    running = [Server(folder, redis_url, database) for _ in range(number)]
    try:
        yield running
    finally:
        for server in running:
            server.child.stop()


class Window:
    """A browser's socket, over the network."""

    def __init__(self, socket: ClientConnection, client: str = "") -> None:
        self.socket = socket
        self.client = client or client_id()
        self.mid = 0

    async def hello(self, seq: int, against: str | None = None) -> Window:
        await self.say(t="hello", client=self.client, seq=seq, against=against)
        await self.hears("welcome")
        return self

    async def say(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    async def hears(self, t: str, **fields: Any) -> dict[str, Any]:
        """The next frame of this kind that says so."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame = await self.heard()
                if frame["t"] == t and all(frame.get(n) == told for n, told in fields.items()):
                    return frame

    async def heard(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE))
        return frame

    def batch(self, option: str, base: int, words: str) -> dict[str, Any]:
        self.mid += 1
        item = insert(words)
        items = [{"key": item.key, "step": item.step}]
        return {"t": "commit", "mid": self.mid, "option": option, "base": base, "items": items}

    async def is_closed(self) -> int:
        """The code of the close that comes."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.heard()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


async def window(server: Server, client: Client, name: str = "") -> Window:
    cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
    socket = await connect(
        f"ws://localhost:{server.port}/ws/drafts/lorne/dl-1/",
        additional_headers={"Cookie": cookies},
        origin=f"http://localhost:{server.port}",  # type: ignore[arg-type]
        max_queue=None,
        compression=None,
    )
    return Window(socket, name)


def child(script: str, *arguments: str, redis_url: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a script in a process of its own on the test database."""
    env = environment() | {"REDIS_URL": redis_url or settings.REDIS_URL}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
