"""One socket of one browser that watches one draft.

It sends hints (`drafting.events`) and hears nothing: whatever a client sends closes the socket.
The right to watch is asked when the socket opens and again before each message, so that a role
that was withdrawn ends the stream with the next thing that happens.
"""

from __future__ import annotations

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

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

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
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
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            return None
        user.refresh_from_db(fields=["is_active"])
        try:
            draft, _standing = access_draft(
                Actor.person(user), where["conference"], where["draft"], Action.HEAR_DRAFT
            )
        except (Absent, Forbidden, ValueError):
            return None
        return draft.pk
