"""The hub of a process: what is posted there is committed, and telling it fails nobody."""

from __future__ import annotations

import asyncio

from drafting.live.hub import Hub
from drafting.live.room import Room


async def listening(draft: int) -> Hub:
    """A hub with a room in which somebody was when its loop ended."""
    made = Hub()
    made.rooms[draft] = Room(draft)
    return made


def test_an_act_whose_process_stops_hearing_meanwhile_is_done_all_the_same() -> None:
    hub = asyncio.run(listening(7))
    hub.posted(7, 1, b'{"t":"event"}')
    assert hub.rooms[7].seq is None
