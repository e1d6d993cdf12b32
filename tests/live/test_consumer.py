"""The draft's socket: who may hear, what is heard, and that it ends with the right to hear."""

from __future__ import annotations

import json
from typing import Any

import pytest
from channels.db import database_sync_to_async

from drafting.asgi import application
from drafting.live.messages import CLIENT_TAKEN, NOT_FOR_YOU, NOT_UNDERSTOOD, RESYNC, TOO_MUCH
from drafting.models import Membership
from drafting.services import revisions
from tests.cast import Cast, make_cast
from tests.live.page import Page, greeted, opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    """The cast, committed: the consumer works on threads of its own."""
    return make_cast()


async def issue(cast: Cast) -> None:
    await database_sync_to_async(revisions.issue)(cast.actor("chair"), cast.draft.pk)


@pytest.mark.parametrize("name", ["chair", "sam", "kes", "olga", "stella"])
async def test_a_member_hears_what_happened(cast: Cast, name: str) -> None:
    page = await greeted(cast, name)
    await issue(cast)
    heard = await page.hears("event")
    assert (heard["seq"], heard["kind"], heard["by"]) == (2, "revision.issued", "Chair")
    await page.leave()


@pytest.mark.parametrize(
    ("name", "slug"), [("out", "dl-1"), ("far", "dl-1"), ("", "dl-1"), ("kes", "dl-9")]
)
async def test_an_outsider_and_an_absent_draft_are_closed_alike(
    cast: Cast, name: str, slug: str
) -> None:
    page = await opened(cast, name, slug)
    assert await page.is_closed() == NOT_FOR_YOU


async def test_a_withdrawn_role_hears_nothing_more(cast: Cast) -> None:
    page = await greeted(cast, "kes")
    await database_sync_to_async(lambda: Membership.objects.get(user=cast.users["kes"]).delete())()
    assert await page.is_closed() == NOT_FOR_YOU


async def test_a_role_that_changes_is_told(cast: Cast) -> None:
    page = await greeted(cast, "olga")
    seat = Membership.objects.filter(user=cast.users["olga"])
    await database_sync_to_async(lambda: seat.update(role="secretary"))()
    you = (await page.hears("welcome"))["you"]
    assert (you["part"], you["writes"]) == ("secretary", "direct")
    await page.leave()


async def test_a_page_is_told_the_highest_number_of_its_own_that_was_taken(cast: Cast) -> None:
    page = await greeted(cast, "chair")
    for _ in range(2):
        last = await page.act("provision.add", after="p4", kind="item", level=1)
        ack = await page.hears("ack", mid=last)
    await page.leave()
    again, other = await opened(cast, "chair"), await opened(cast, "kes")
    assert (await again.hello(ack["seq"], page.client))["mid"] == last
    assert (await other.hello(ack["seq"]))["mid"] == -1
    await again.leave()
    await other.leave()


@pytest.mark.parametrize(
    ("name", "part", "whom", "writes"),
    [
        ("chair", "chair", "Chair", "direct"),
        ("kes", "delegate", "KES", "pending"),
        ("olga", "observer", "Observer", "nothing"),
        ("stella", "secretariat", "Secretariat", "nothing"),
    ],
)
async def test_a_page_is_told_who_its_person_is(
    cast: Cast, name: str, part: str, whom: str, writes: str
) -> None:
    page = await opened(cast, name)
    told = await page.hello(1)
    you = told["you"]
    assert (you["part"], you["for"], you["writes"]) == (part, whom, writes)
    assert told["seq"] == 1
    await page.leave()


async def test_two_write_and_both_hear_both_in_order(cast: Cast) -> None:
    chair, kes = await greeted(cast, "chair"), await greeted(cast, "kes")
    mid = await chair.commit("o4", 0, "not ")
    ack = await chair.hears("ack", mid=mid)
    marks = [{"type": "insertion", "attrs": {"id": "k-1", "source": "KES"}}]
    await kes.commit("o4", 1, "surely ", marks=marks)
    for page in (chair, kes):
        if page is kes:
            assert (await page.hears("event"))["mid"] == mid
        second = await page.hears("event", seq=3)
        assert (second["for"], second["data"]["version"]) == ("KES", 2)
    assert (ack["seq"], ack["version"]) == (2, 1)
    await chair.leave()
    await kes.leave()


async def test_what_a_page_lacks_is_told_before_what_happens_now(cast: Cast) -> None:
    chair = await greeted(cast, "chair")
    for base in range(3):
        await chair.commit("o4", base, "x")
        await chair.hears("event", seq=base + 2)
    late = await opened(cast, "olga")
    assert (await late.hello(1))["seq"] == 4
    assert [(await late.hears("event"))["seq"] for _ in range(3)] == [2, 3, 4]
    await chair.leave()
    await late.leave()


async def test_since_tells_what_happened_once_more(cast: Cast) -> None:
    chair = await greeted(cast, "chair")
    await chair.commit("o4", 0, "x")
    first = await chair.hears("event", seq=2)
    await chair.say("since", seq=1)
    assert await chair.hears("event", seq=2) == first
    await chair.leave()


async def test_a_page_from_the_future_must_be_fetched_afresh(cast: Cast) -> None:
    page = await opened(cast, "kes")
    page.client = "A" * 22
    await page.say("hello", client=page.client, seq=9)
    assert (await page.hears("resync"))["reason"] == "unknown"
    assert await page.is_closed() == RESYNC


async def test_a_clients_name_is_its_first_persons_for_ever(cast: Cast) -> None:
    chair = await greeted(cast, "chair")
    other = await opened(cast, "kes")
    await other.say("hello", client=chair.client, seq=1)
    assert await other.is_closed() == CLIENT_TAKEN
    await chair.leave()


async def test_a_wording_is_read_with_its_version_and_why_it_is_closed(cast: Cast) -> None:
    from drafting.domain.draft import Status
    from drafting.services import provisions

    page = await greeted(cast, "olga")
    await page.say("read", option="o4")
    text = await page.hears("text")
    assert (text["seq"], text["provision"], text["version"], text["closed"]) == (1, "p4", 0, None)
    move = database_sync_to_async(provisions.move_status)
    await move(cast.actor("chair"), cast.draft.pk, 4, Status.AGREED, "All nodded.")
    await page.say("read", option="o4")
    closed = (await page.hears("text"))["closed"]
    assert (closed["status"], closed["by"], closed["reason"]) == ("agreed", "Chair", "All nodded.")
    await page.say("read", option="o99")
    assert (await page.hears("text"))["content"] is None
    await page.leave()


async def test_a_heartbeat_tells_the_head(cast: Cast) -> None:
    page = await greeted(cast, "kes")
    assert (await page.hears("head"))["seq"] == 1
    await page.leave()


@pytest.mark.parametrize(
    "frame",
    [
        {"t": "since", "seq": 0},
        {"t": "hint", "message": {"kind": "forged"}},
        {"t": "hello", "client": "A" * 22, "seq": 1, "t2": 1},
    ],
    ids=["before hello", "a frame of the server", "a field too many"],
)
async def test_whoever_says_something_else_is_closed(cast: Cast, frame: dict[str, Any]) -> None:
    page = await opened(cast, "kes")
    await page.send_input({"type": "websocket.receive", "text": json.dumps(frame)})
    assert await page.is_closed() == NOT_UNDERSTOOD


async def test_a_flood_is_closed_and_its_neighbour_notices_nothing(cast: Cast) -> None:
    flood, calm = await greeted(cast, "kes"), await greeted(cast, "chair")
    for _ in range(600):
        await flood.say("presence", option=None)
    assert await flood.is_closed() == TOO_MUCH
    mid = await calm.commit("o4", 0, "x")
    assert (await calm.hears("ack"))["mid"] == mid
    await calm.leave()


async def test_a_page_of_another_site_cannot_open_the_socket() -> None:
    scope = {
        "type": "websocket",
        "path": "/ws/drafts/lorne/dl-1/",
        "headers": [(b"origin", b"https://elsewhere.example"), (b"host", b"testserver")],
    }
    page = Page(application, scope)
    await page.send_input({"type": "websocket.connect"})
    assert (await page.receive_output(timeout=5))["type"] == "websocket.close"


async def test_many_deeds_at_once_count_as_many(cast: Cast) -> None:
    """Three pages of one person who ask for 200 deeds each at the same moment are a program."""
    pages = [await greeted(cast, "chair") for _ in range(3)]
    deeds = [{"a": "placed", "provision": "p4", "placed": True}] * 200
    for page in pages:
        await page.act("together", deeds=deeds)
    assert await pages[-1].is_closed() == TOO_MUCH
    assert (await pages[0].hears("ack"))["t"] == "ack"
    for page in pages[:2]:
        await page.leave()
