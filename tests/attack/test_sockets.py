"""Sockets held open by those who may not hear, and frames that no client of ours sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from accounts.models import User
from drafting.live.messages import NOT_FOR_YOU, NOT_UNDERSTOOD
from tests.cast import Cast, make_cast
from tests.live.desk import browser
from tests.live.page import page_of

pytestmark = pytest.mark.django_db(transaction=True)

signed_in = database_sync_to_async(lambda cast: browser(cast, "kes"))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signs_out(client: Client, _user: User) -> None:
    client.logout()


def changes_password(_client: Client, user: User) -> None:
    user.set_password("another long password")
    user.save()


def is_made_inactive(_client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def is_deleted(_client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).delete()


@pytest.mark.parametrize("leave", [signs_out, changes_password, is_made_inactive, is_deleted])
@pytest.mark.parametrize("says", ["hello", "nothing"])
async def test_a_socket_ends_within_a_second_with_the_sign_in_it_was_opened_by(
    cast: Cast, leave: Callable[[Client, User], None], says: str
) -> None:
    client = await signed_in(cast)
    page = await page_of(client).opened()
    if says == "hello":
        await page.hello(1)
    await database_sync_to_async(leave)(client, cast.users["kes"])
    assert await page.is_closed() == NOT_FOR_YOU


@pytest.mark.parametrize(
    "frame",
    [
        {"text": "garbage"},
        {"text": "[" * 100_000},
        {"text": ""},
        {"bytes": b"\x00\xff"},
        {"text": '{"type": "websocket.disconnect"}'},
        {"text": '{"t": "since", "seq": 1e999}'},
        {"text": '{"t": "read", "option": "\\ud800"}'},
    ],
    ids=["no JSON", "deep JSON", "nothing", "binary", "a type of ASGI", "infinity", "surrogate"],
)
async def test_a_frame_of_no_client_of_ours_closes_the_socket(
    cast: Cast, frame: dict[str, Any]
) -> None:
    page = await page_of(await signed_in(cast)).opened()
    await page.hello(1)
    await page.send_input({"type": "websocket.receive", **frame})
    assert await page.is_closed() == NOT_UNDERSTOOD


@pytest.mark.parametrize("path", ["/ws/nothing/", "/", "/ws/drafts/lorne/", "/ws/drafts/a/b/c/"])
async def test_an_unknown_address_is_closed_like_a_forbidden_one(path: str) -> None:
    nobody = await page_of(Client(), path).opened()
    assert await nobody.is_closed() == NOT_FOR_YOU
