"""Several processes serve one draft; one that dies takes nothing with it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from channels.db import database_sync_to_async
from django.test import Client
from websockets.exceptions import WebSocketException

from drafting.live.messages import NOT_FOR_YOU
from drafting.models import Draft, Event, Membership, Option
from tests.cast import Cast, make_cast
from tests.live.desk import browser, replayed, words_of
from tests.live.serving import Server, Window, servers, window

pytestmark = pytest.mark.django_db(transaction=True)

LOST = (OSError, WebSocketException, TimeoutError)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


signed_in = database_sync_to_async(browser)


async def hears_seqs(one: Window, last: int) -> list[int]:
    """The seqs of the events up to this one, in the order in which they come."""
    seqs: list[int] = []
    while last not in seqs:
        seqs.append((await one.hears("event"))["seq"])
    return seqs


async def test_two_processes_tell_the_same_in_the_same_order(cast: Cast, tmp_path: Path) -> None:
    content = (await Option.objects.aget(draft=cast.draft, number=4)).content
    with servers(tmp_path, 2) as (one, two):
        chair = await (await window(one, await signed_in(cast, "chair"))).hello(1)
        sam = await (await window(two, await signed_in(cast, "sam"))).hello(1)
        for number in range(10):
            for who in (chair, sam):
                await who.say(**who.batch("o4", number, f"{number}"))
                await who.hears("ack", mid=number + 1)
        last = await database_sync_to_async(lambda: Draft.objects.get(pk=cast.draft.pk).seq)()
        assert last == 21
        late = await (await window(one, await signed_in(cast, "olga"))).hello(1)
        assert await hears_seqs(late, last) == list(range(2, 22))
    stored = (await Option.objects.aget(draft=cast.draft, number=4)).content
    assert await database_sync_to_async(replayed)(cast, 4, content) == stored


async def test_a_kill_while_people_type_loses_and_doubles_nothing(
    cast: Cast, tmp_path: Path
) -> None:
    """The journal of each writer is the oracle: what was acknowledged is there, once."""
    with servers(tmp_path, 2) as (one, two):
        writers = [
            Typist("chair", await signed_in(cast, "chair"), [one, two]),
            Typist("sam", await signed_in(cast, "sam"), [two, one]),
        ]
        typing = [asyncio.create_task(typist.type(30)) for typist in writers]
        await writers[0].acknowledged(8)
        one.kill()
        await asyncio.wait_for(asyncio.gather(*typing), 60)
    words = await database_sync_to_async(words_of)(cast, 4)
    for typist in writers:
        assert [words.count(token) for token in typist.journal] == [1] * 30
    seqs = [e.seq async for e in Event.objects.filter(draft=cast.draft).order_by("seq")]
    assert seqs == list(range(1, len(seqs) + 1))


class Typist:
    """Types tokens and writes down which were acknowledged; comes back when the line is lost."""

    def __init__(self, name: str, client: Client, order: list[Server]) -> None:
        self.name = name
        self.client = client
        self.order = order
        self.journal: list[str] = []
        self._window: Window | None = None
        self._ring = asyncio.Condition()

    async def acknowledged(self, number: int) -> None:
        async with self._ring:
            await self._ring.wait_for(lambda: len(self.journal) >= number)

    async def type(self, number: int) -> None:
        here = await self._comes()
        for n in range(number):
            token = f"<{self.name}{n:03}>"
            frame = here.batch("o4", 0, token)
            while not await self._is_taken(here, frame):
                here = await self._comes()
            async with self._ring:
                self.journal.append(token)
                self._ring.notify_all()

    async def _is_taken(self, here: Window, frame: dict[str, Any]) -> bool:
        try:
            await here.say(**frame)
            await here.hears("ack", mid=frame["mid"])
        except LOST:
            return False
        return True

    async def _comes(self) -> Window:
        """A line to the first server that takes one, under the same client's name."""
        for server in self.order * 20:
            try:
                come = await window(
                    server, self.client, self._window.client if self._window else ""
                )
                await come.hello(1)
            except LOST:
                await asyncio.sleep(0.1)
            else:
                come.mid = self._window.mid if self._window else 0
                self._window = come
                return come
        raise AssertionError("No server took the typist in.")


async def test_a_role_withdrawn_ends_the_line_within_a_second_in_every_process(
    cast: Cast, tmp_path: Path
) -> None:
    client = await signed_in(cast, "kes")
    with servers(tmp_path, 2) as running:
        lines = [await (await window(server, client)).hello(1) for server in running]
        await Membership.objects.filter(user=cast.users["kes"]).adelete()
        begun = asyncio.get_running_loop().time()
        for line in lines:
            assert await line.is_closed() == NOT_FOR_YOU
        assert asyncio.get_running_loop().time() - begun < 2


async def test_people_of_every_process_see_each_other_and_see_each_other_go(
    cast: Cast, tmp_path: Path
) -> None:
    with servers(tmp_path, 2) as (one, two):
        chair = await (await window(one, await signed_in(cast, "chair"))).hello(1)
        sam = await (await window(two, await signed_in(cast, "sam"))).hello(1)
        await sam.say(t="presence", option="o4", version=0, anchor=3, head=5, typing=True)
        seen: dict[str, Any] = {}
        while (seen.get("name"), seen.get("anchor")) != ("Sam", 3):
            seen = (await chair.hears("who_changed"))["person"]
        assert (seen["for"], seen["option"], seen["typing"]) == ("Secretary", "o4", True)
        await sam.socket.close()
        assert (await chair.hears("who_left"))["sid"] == seen["sid"]
        again = await (await window(two, await signed_in(cast, "sam"))).hello(1)
        while (await chair.hears("who_changed"))["person"]["name"] != "Sam":
            pass
        two.kill()  # it says no goodbye
        await asyncio.wait_for(chair.hears("who_left"), 12)
        assert again


async def test_three_hundred_pages_that_come_at_once_are_all_let_in(
    cast: Cast, tmp_path: Path
) -> None:
    """And nobody is closed because the heart had to wait for them."""
    client = await signed_in(cast, "olga")
    with servers(tmp_path, 2) as two:

        async def comes(number: int) -> Window:
            return await (await window(two[number % 2], client)).hello(1, "base")

        everybody = await asyncio.gather(*(comes(number) for number in range(300)))
        assert len({w.client for w in everybody}) == 300
        for one in (everybody[0], everybody[-1]):
            assert (await one.hears("head"))["seq"] == 1


async def test_who_lost_the_line_without_a_word_is_gone_within_ten_seconds(
    cast: Cast, tmp_path: Path
) -> None:
    client = await signed_in(cast, "olga")
    with servers(tmp_path, 1) as (server,):
        chair = await (await window(server, await signed_in(cast, "chair"))).hello(1)
        lost = await asyncio.to_thread(stall, server, client)  # it answers no ping
        while (come := (await chair.hears("who_changed"))["person"])["name"] != "Olga":
            pass
        begun = asyncio.get_running_loop().time()
        assert (await chair.hears("who_left"))["sid"] == come["sid"]
        assert asyncio.get_running_loop().time() - begun < 10
        lost.close()


async def test_a_reader_that_does_not_read_is_closed_and_its_memory_is_bounded(
    cast: Cast, tmp_path: Path
) -> None:
    client = await signed_in(cast, "olga")
    with servers(tmp_path, 1) as (server,):
        stalled = await asyncio.to_thread(stall, server, client)
        people = [
            await (await window(server, await signed_in(cast, name))).hello(1)
            for name in ("chair", "sam")
        ]
        process = psutil.Process(server.pid)
        before, base, long = process.memory_info().rss, 0, "x" * 60_000
        for number in range(140):  # 8 MB of steps; half of it is more than the sockets hold
            who = people[number % 2]
            frame = who.batch("o4", base, long)
            frame["items"][0]["step"]["to"] = 1 + (len(long) if base else 0)
            await who.say(**frame)
            base = (await who.hears("ack", mid=who.mid))["version"]
        assert process.memory_info().rss - before < 24 * 1024 * 1024
        assert await asyncio.to_thread(received, stalled) < 7_000_000


def stall(server: Server, client: Client) -> socket.socket:
    """A socket that says hello and reads nothing after it."""
    cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
    line = socket.create_connection(("localhost", server.port))
    host = f"localhost:{server.port}"
    line.sendall(
        f"GET /ws/drafts/lorne/dl-1/ HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        f"Cookie: {cookies}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert line.recv(4096).startswith(b"HTTP/1.1 101")
    hello = b'{"t":"hello","client":"AAAAAAAAAAAAAAAAAAAAAA","seq":1,"against":null}'
    line.sendall(bytes((0x81, 0x80 | len(hello), 0, 0, 0, 0)) + hello)
    return line


def received(line: socket.socket) -> int:
    """How much came before the server ended it; raises TimeoutError if it did not."""
    line.settimeout(15)
    total = 0
    with suppress(ConnectionResetError):
        while data := line.recv(1 << 16):
            total += len(data)
    return total
