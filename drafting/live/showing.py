"""Shows a changed provision as the page would, to those who only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafting.live.room import Room

if TYPE_CHECKING:
    from drafting.live.hub import Hub


class Showing:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def note(self, room: Room, payload: bytes) -> None:
        """Takes note of an event."""
