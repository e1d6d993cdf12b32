"""Where the database does not answer, nothing is taken, nothing is shown, and nothing is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from channels.db import database_sync_to_async
from django.db import connection

from drafting.launch.postgres import database_url
from drafting.live.messages import TRY_LATER
from tests.cast import Cast, make_cast
from tests.live.desk import browser, words_of
from tests.live.serving import servers, window

pytestmark = pytest.mark.django_db(transaction=True)

signed_in = database_sync_to_async(browser)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


class Bridge:
    """A way to the test's database that can be cut: what is on it then hangs."""

    def __init__(self, folder: Path) -> None:
        settings = connection.settings_dict
        self.url = database_url(folder, settings["NAME"])
        name = f".s.PGSQL.{settings['PORT'] or 5432}"
        self._here, self._there = folder / name, Path(settings["HOST"]) / name
        self._loop = asyncio.new_event_loop()
        self._whole = asyncio.Event()
        self._whole.set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(5)

    async def _open(self) -> None:
        self._server = await asyncio.start_unix_server(self._cross, str(self._here))

    async def _cross(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_unix_connection(str(self._there))
        await asyncio.gather(self._carry(near, forth), self._carry(far, back))

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(1 << 16):
                await self._whole.wait()
                target.write(data)
                await target.drain()
        except OSError:
            pass
        finally:
            target.close()

    def cut(self) -> None:
        self._loop.call_soon_threadsafe(self._whole.clear)

    def mend(self) -> None:
        self._loop.call_soon_threadsafe(self._whole.set)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


@pytest.fixture
def bridge(cast: Cast) -> Iterator[Bridge]:
    with TemporaryDirectory(prefix="bridge") as folder:
        found = Bridge(Path(folder))
        yield found
        found.close()


async def test_all_are_closed_after_three_seconds_and_a_resend_is_there_once(
    cast: Cast, tmp_path: Path, bridge: Bridge
) -> None:
    client = await signed_in(cast, "chair")
    loop = asyncio.get_running_loop()
    with servers(tmp_path, 1, database=bridge.url) as (server,):
        chair = await (await window(server, client)).hello(1)
        await chair.hears("head")
        frame = chair.batch("o4", 0, "not ")
        bridge.cut()
        begun = loop.time()
        await chair.say(**frame)
        assert await chair.is_closed() == TRY_LATER
        assert 2 < loop.time() - begun < 6
        bridge.mend()
        again = await (await window(server, client, chair.client)).hello(1)
        await again.say(**frame)
        assert (await again.hears("ack", mid=frame["mid"]))["version"] == 1
    assert await database_sync_to_async(words_of)(cast, 4) == "not to count the lamps;"
