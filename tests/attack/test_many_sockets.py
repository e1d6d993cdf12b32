"""One account that opens a great many pages, or asks for a great many bytes."""

from __future__ import annotations

import pytest
from channels.db import database_sync_to_async

from drafting.live import consumer
from drafting.live.messages import TOO_MUCH
from drafting.models import Event
from drafting.selectors import logs
from drafting.selectors.logs import frames_since
from tests.cast import Cast, make_cast
from tests.live.desk import batch, insert, send, writer
from tests.live.page import greeted, opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


async def test_an_account_holds_so_many_pages_open_and_others_still_come_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "PAGES_MAX", 3)
    held = [await greeted(cast, "olga") for _ in range(3)]
    assert await (await opened(cast, "olga")).is_closed() == TOO_MUCH
    held.append(await greeted(cast, "kes"))
    await held.pop(0).leave()
    held.append(await greeted(cast, "olga"))
    for page in held:
        await page.leave()


def test_the_past_is_told_in_pieces_that_a_page_can_take(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "PAST_BYTES", 20_000)
    chair = writer(cast, "chair")
    for version in range(10):
        send(chair, batch(4, version, insert("x" * 6_000)))
    told = frames_since(cast.draft.pk, 1, 1001)
    assert [seq for seq, _ in told] == [2, 3, 4, 5]
    assert [seq for seq, _ in frames_since(cast.draft.pk, 5, 1001)] == [6, 7, 8, 9]


async def test_a_page_far_behind_in_bytes_hears_all_by_asking_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "PAST_BYTES", 20_000)

    def type_much() -> None:
        chair = writer(cast, "chair")
        for version in range(10):
            send(chair, batch(4, version, insert("x" * 6_000)))

    await database_sync_to_async(type_much)()
    page, heard = await greeted(cast, "olga"), [1]
    while heard[-1] < 11:
        frame = await page.heard()
        if frame["t"] == "event":
            heard.append(frame["seq"])
        if frame["t"] == "head" and frame["seq"] > heard[-1]:
            await page.say("since", seq=heard[-1])
    assert heard == list(range(1, 12))
    await page.leave()


def test_events_of_the_past_are_those_of_the_log(cast: Cast) -> None:
    send(writer(cast, "chair"), batch(4, 0, insert("x")))
    assert len(frames_since(cast.draft.pk, 0, 1001)) == Event.objects.count()


async def test_who_asks_to_be_shown_everything_again_and_again_is_closed(cast: Cast) -> None:
    page = await greeted(cast, "olga")
    keys = [f"p{n}" for n in range(1, 101)]
    for _ in range(100):
        await page.say("view", against="base", near=keys, stale=keys)
    assert await page.is_closed() == TOO_MUCH
