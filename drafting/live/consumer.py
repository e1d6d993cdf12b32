"""One socket of one browser that watches one draft.

It sends hints (`drafting.events`) and hears nothing: whatever a client sends closes the socket.
The right to watch is asked when the socket opens and again before each message, so that a role
that was withdrawn ends the stream with the next thing that happens; so does signing out, here or
by a changed password, and an account made inactive.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer, AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User
from drafting.events import watchers_of
from drafting.permissions import Action, Actor, Forbidden, policy
from drafting.selectors.access import Absent, access_draft

NOT_FOR_YOU, NOT_UNDERSTOOD = 4404, 4400


@policy(Action.HEAR_DRAFT)
class DraftConsumer(AsyncJsonWebsocketConsumer):
    """`ws/drafts/<conference>/<draft>/`."""

    group: str | None = None

    async def connect(self) -> None:
        draft = await self._admitted()
        await self.accept()
        if draft is None:
            await self.close(NOT_FOR_YOU)
            return
        self.group = watchers_of(draft)
        await self.channel_layer.group_add(self.group, self.channel_name)

    async def disconnect(self, code: int) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Closes before anything is decoded: there is no message a client may send."""
        await self.close(NOT_UNDERSTOOD)

    async def hint(self, event: dict[str, Any]) -> None:
        """Passes a hint on, if the person may still hear it."""
        if await self._admitted() is None:
            await self.close(NOT_FOR_YOU)
            return
        await self.send_json(event["message"])

    @database_sync_to_async
    def _admitted(self) -> int | None:
        """The draft's key, if the person who opened the socket may watch it now."""
        where = self.scope["url_route"]["kwargs"]
        try:
            draft, _standing = access_draft(
                Actor.person(signed_in(self.scope)),
                where["conference"],
                where["draft"],
                Action.HEAR_DRAFT,
            )
        except (Absent, Forbidden, ValueError):
            return None
        return draft.pk


def signed_in(scope: Any) -> User | AnonymousUser:
    """Who is signed in on the socket's session now, whatever was so when it opened."""
    opened = scope.get("session")
    if opened is None or not opened.session_key:
        return AnonymousUser()
    asked = HttpRequest()
    asked.session = import_module(settings.SESSION_ENGINE).SessionStore(opened.session_key)
    found: User | AnonymousUser = get_user(asked)
    return found


@policy(Action.HEAR_DRAFT)
class Nowhere(AsyncWebsocketConsumer):
    """Any other address: refused like one that is not for you."""

    async def connect(self) -> None:
        await self.accept()
        await self.close(NOT_FOR_YOU)
