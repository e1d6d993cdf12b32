"""The process hears the posts of every draft that is open in it."""

from __future__ import annotations

import asyncio

from django.conf import settings

from drafting import wire
from drafting.live.ear import Ear


async def test_a_draft_opened_while_the_connection_is_made_is_heard(valkey: str) -> None:
    again: asyncio.Queue[int] = asyncio.Queue()
    heard: asyncio.Queue[tuple[int, int, bytes]] = asyncio.Queue()
    ear = Ear(settings.REDIS_URL, lambda *post: heard.put_nowait(post), again.put_nowait)
    listening = asyncio.create_task(ear.run())
    # Let it begin to connect, but no further: its connection is not there yet.
    await asyncio.sleep(0)
    await ear.want(7)
    assert await asyncio.wait_for(again.get(), 5) == 7
    wire.post(7, 3, b"{}")
    assert await asyncio.wait_for(heard.get(), 5) == (7, 3, b"{}")
    listening.cancel()


async def test_a_draft_opened_later_is_heard_too(valkey: str) -> None:
    again: asyncio.Queue[int] = asyncio.Queue()
    ear = Ear(settings.REDIS_URL, lambda *_post: None, again.put_nowait)
    listening = asyncio.create_task(ear.run())
    for draft in (7, 8):
        await ear.want(draft)
        assert await asyncio.wait_for(again.get(), 5) == draft
    listening.cancel()
