"""A page of a browser, as far as the server knows it: one end of a socket, without a network."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.test import Client

from drafting.asgi import application
from tests.cast import Cast
from tests.live.desk import browser, client_id, insert

PATIENCE = 10


class Closed(Exception):
    """The server closed the socket."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Page(ApplicationCommunicator):
    """Says frames and hears them; `head`, `who...` and `shown` only where they are asked for."""

    client = ""
    _mid = 0

    async def opened(self) -> Page:
        await self.send_input({"type": "websocket.connect"})
        answer: dict[str, Any] = await self.receive_output(timeout=PATIENCE)
        assert answer["type"] == "websocket.accept", answer
        return self

    async def say(self, t: str, **fields: Any) -> None:
        await self.send_input({"type": "websocket.receive", "text": json.dumps({"t": t, **fields})})

    async def heard(self) -> dict[str, Any]:
        """The next frame, whatever it is. Raises Closed."""
        message = await self.receive_output(timeout=PATIENCE)
        if message["type"] == "websocket.close":
            raise Closed(message["code"])
        frame: dict[str, Any] = json.loads(message["text"])
        return frame

    async def hears(self, t: str, **fields: Any) -> dict[str, Any]:
        """The next frame of this kind that says so."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame = await self.heard()
                if frame["t"] == t and all(frame.get(n) == told for n, told in fields.items()):
                    return frame

    async def is_closed(self) -> int:
        """The code of the close that comes, after whatever comes before it."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.heard()
        except Closed as closed:
            return closed.code

    async def hello(self, seq: int, client: str = "", against: str = "base") -> dict[str, Any]:
        self.client = client or self.client or client_id()
        await self.say("hello", client=self.client, seq=seq, against=against)
        return await self.hears("welcome")

    async def commit(self, option: str, base: int, words: str, **about: Any) -> int:
        """Sends words for the beginning of an option; the mid."""
        item = insert(words, marks=about.pop("marks", None))
        self._mid += 1
        items = [{"key": item.key, "step": item.step}]
        await self.say("commit", mid=self._mid, option=option, base=base, items=items, **about)
        return self._mid

    async def act(self, a: str, acting_for: str = "", **what: Any) -> int:
        self._mid += 1
        fields = {"mid": self._mid, "for": acting_for, "what": {"a": a, **what}}
        await self.say("act", **fields)
        return self._mid

    async def leave(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(timeout=PATIENCE)


def page_of(client: Client, path: str = "/ws/drafts/lorne/dl-1/") -> Page:
    """A socket through the whole application, as a browser opens it."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = [
        (b"origin", b"http://testserver"),
        (b"host", b"testserver"),
        (b"cookie", cookies.encode()),
    ]
    return Page(application, {"type": "websocket", "path": path, "headers": headers})


async def opened(cast: Cast, name: str, slug: str = "dl-1") -> Page:
    """A socket that is open, of a person of the cast; "" has not signed in."""
    client = await database_sync_to_async(browser)(cast, name) if name else Client()
    return await page_of(client, f"/ws/drafts/lorne/{slug}/").opened()


async def greeted(cast: Cast, name: str, seq: int = 1) -> Page:
    page = await opened(cast, name)
    await page.hello(seq)
    return page
