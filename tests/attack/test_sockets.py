"""Sockets held open by those who may not hear, and frames that no client of ours sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from accounts.models import User
from drafting.asgi import application
from drafting.live.consumer import NOT_FOR_YOU, NOT_UNDERSTOOD
from tests.cast import Cast, make_cast
from tests.live.test_consumer import Ear, closed, issue

pytestmark = pytest.mark.django_db(transaction=True)

signed_in = database_sync_to_async(lambda cast: in_the_browser(cast.users["kes"]))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def in_the_browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ear(client: Client, path: str = "/ws/drafts/lorne/dl-1/") -> Ear:
    """A socket through the whole application, as a browser opens it."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = [
        (b"origin", b"http://testserver"),
        (b"host", b"testserver"),
        (b"cookie", cookies.encode()),
    ]
    return Ear(application, {"type": "websocket", "path": path, "headers": headers})


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
async def test_a_socket_ends_with_the_sign_in_it_was_opened_by(
    cast: Cast, leave: Callable[[Client, User], None]
) -> None:
    client = await signed_in(cast)
    open_socket = ear(client)
    assert await open_socket.opened()
    await database_sync_to_async(leave)(client, cast.users["kes"])
    await issue(cast)
    assert await closed(open_socket) == NOT_FOR_YOU


@pytest.mark.parametrize(
    "frame",
    [
        {"text": "garbage"},
        {"text": "[" * 100_000},
        {"text": ""},
        {"bytes": b"\x00\xff"},
        {"text": '{"type": "websocket.disconnect"}'},
    ],
    ids=["no JSON", "deep JSON", "nothing", "binary", "a type of the protocol"],
)
async def test_a_frame_closes_the_socket_without_being_read(
    cast: Cast, frame: dict[str, Any]
) -> None:
    open_socket = ear(await signed_in(cast))
    assert await open_socket.opened()
    await open_socket.send_input({"type": "websocket.receive", **frame})
    assert await closed(open_socket) == NOT_UNDERSTOOD


@pytest.mark.parametrize("path", ["/ws/nothing/", "/", "/ws/drafts/lorne/", "/ws/drafts/a/b/c/"])
async def test_an_unknown_address_is_closed_like_a_forbidden_one(path: str) -> None:
    nobody = ear(Client(), path)
    await nobody.opened()
    assert await closed(nobody) == NOT_FOR_YOU
