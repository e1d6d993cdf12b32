"""Without Valkey, or with one that loses things, edits are taken and everybody hears of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from channels.db import database_sync_to_async

from drafting.launch.valkey import Valkey
from tests.cast import Cast, make_cast
from tests.live.desk import browser
from tests.live.serving import servers, window

pytestmark = pytest.mark.django_db(transaction=True)

signed_in = database_sync_to_async(browser)
BEAT = 2.5  # the bound of the heartbeat's delivery, in seconds


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def own(tmp_path: Path) -> Valkey:
    """A Valkey of the test's own, which it starts and stops."""
    return Valkey(tmp_path / "valkey")


async def test_it_goes_and_comes_back_and_nothing_is_missed(
    cast: Cast, tmp_path: Path, own: Valkey
) -> None:
    broker = own.start()
    loop = asyncio.get_running_loop()
    with servers(tmp_path, 2, own.url) as (one, two):
        chair = await (await window(one, await signed_in(cast, "chair"))).hello(1)
        olga = await (await window(two, await signed_in(cast, "olga"))).hello(1)

        async def writes(base: int) -> float:
            """Seconds from the acknowledgement to the reader of the other process."""
            await chair.say(**chair.batch("o4", base, "x"))
            await chair.hears("ack", mid=chair.mid)
            begun = loop.time()
            await olga.hears("event", seq=base + 2)
            return loop.time() - begun

        await writes(0)
        broker.stop()
        away = [await writes(base) for base in range(1, 5)]
        assert max(away) < BEAT
        broker = own.start()
        base = 5
        while await writes(base) > 0.2:  # until it is live again
            base += 1
            assert base < 12
    broker.stop()
