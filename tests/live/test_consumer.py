"""The draft's socket: who may hear, what is heard, and that it ends with the right to hear."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from drafting.asgi import application
from drafting.live.consumer import NOT_FOR_YOU, NOT_UNDERSTOOD, DraftConsumer
from drafting.models import Membership
from drafting.services import revisions
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    """The cast, committed: the consumer works on threads of its own."""
    return make_cast()


class Ear(ApplicationCommunicator):
    """One end of a socket, without a network."""

    async def opened(self) -> bool:
        await self.send_input({"type": "websocket.connect"})
        answer: dict[str, Any] = await self.receive_output(timeout=5)
        return answer["type"] == "websocket.accept"

    async def heard(self) -> Any:
        return json.loads((await self.receive_output(timeout=5))["text"])

    async def say(self, words: Any) -> None:
        await self.send_input({"type": "websocket.receive", "text": json.dumps(words)})

    async def leave(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(timeout=5)


@database_sync_to_async
def session_of(cast: Cast, name: str) -> SessionBase:
    """The session of a browser in which that person has signed in."""
    client = Client()
    client.force_login(cast.users[name])
    return client.session


async def socket(cast: Cast, name: str, slug: str = "dl-1") -> Ear:
    scope = {
        "type": "websocket",
        "path": f"/ws/drafts/lorne/{slug}/",
        "session": await session_of(cast, name) if name else SessionStore(),
        "url_route": {"kwargs": {"conference": "lorne", "draft": slug}},
    }
    return Ear(DraftConsumer.as_asgi(), scope)


async def closed(ear: Ear) -> int:
    message: dict[str, Any] = await ear.receive_output(timeout=5)
    assert message["type"] == "websocket.close", message
    return int(message["code"])


async def issue(cast: Cast) -> None:
    await database_sync_to_async(revisions.issue)(cast.actor("chair"), cast.draft.pk)


@pytest.mark.parametrize("name", ["chair", "sam", "kes", "olga", "stella"])
async def test_a_member_hears_that_something_happened(cast: Cast, name: str) -> None:
    ear = await socket(cast, name)
    assert await ear.opened()
    await issue(cast)
    heard = await ear.heard()
    assert heard == {"kind": "revision.issued", "seq": 2}
    await ear.leave()


@pytest.mark.parametrize(
    ("name", "slug"), [("out", "dl-1"), ("far", "dl-1"), ("", "dl-1"), ("kes", "dl-9")]
)
async def test_an_outsider_and_an_absent_draft_are_closed_alike(
    cast: Cast, name: str, slug: str
) -> None:
    ear = await socket(cast, name, slug)
    await ear.opened()
    assert await closed(ear) == NOT_FOR_YOU


async def test_a_withdrawn_role_hears_nothing_more(cast: Cast) -> None:
    ear = await socket(cast, "kes")
    await ear.opened()
    await database_sync_to_async(lambda: Membership.objects.get(user=cast.users["kes"]).delete())()
    await issue(cast)
    assert await closed(ear) == NOT_FOR_YOU


async def test_whoever_talks_is_closed(cast: Cast) -> None:
    ear = await socket(cast, "kes")
    await ear.opened()
    await ear.say({"type": "hint", "message": {"kind": "forged"}})
    assert await closed(ear) == NOT_UNDERSTOOD


async def test_a_page_of_another_site_cannot_open_the_socket() -> None:
    scope = {
        "type": "websocket",
        "path": "/ws/drafts/lorne/dl-1/",
        "headers": [(b"origin", b"https://elsewhere.example"), (b"host", b"testserver")],
    }
    assert not await Ear(application, scope).opened()
