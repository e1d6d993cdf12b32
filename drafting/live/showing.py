"""Shows changed provisions as the page would, to every page that watches.

Rules:

- Rendered once for each comparison that somebody watches here, in a thread, and pushed to those who
  have it on the screen or near it. What changes the paper as a whole (order, labels, brackets, what
  is contested) is pushed to all: the outline shows it.
- A page that comes to a provision whose changes it was not shown asks for it.
- The first change needs the paper composed whole. That is done when a page has come and settled, so
  that the first who writes does not write beside it.
- At once where there was rest; then twice a second a draft, and never for more than a twentieth of
  the time: what changes meanwhile is shown together, which costs little more than one change.
- Whoever compares with what is not there is shown nothing until they ask for something else.
- Nothing is lost when it fails: the next change shows the provision again, and a page that is
  fetched is right.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, Final

import msgspec
from django.db import Error as DatabaseError
from msgspec import Struct
from psycopg_pool import PoolTimeout

from drafting.events import TEXT
from drafting.live import messages
from drafting.live.line import Line, frame_of
from drafting.live.room import Room
from drafting.live.threads import in_thread
from drafting.selectors.logs import heads
from drafting.views.fragments import Fresh, Known, fresh

log = logging.getLogger(__name__)

SETTLED: Final = 1.0  # seconds after which a page that came has not gone again
FIRST: Final = 0.1  # seconds after which the first change is shown
REST: Final = 0.5
SHARE: Final = 19.0  # rests at least so many times as long as it worked


Later = Callable[[float, Callable[[Room], Coroutine[Any, Any, Any]], Room], None]


class _Data(Struct):
    provision: str = ""
    provisions: list[str] = []
    removed: list[str] = []


class _Event(Struct):
    """What of an event's frame says which provisions look otherwise now."""

    kind: str
    data: _Data


class Showing:
    """What waits to be shown, by draft.

    `later(seconds, work, room)` does the work after so long, if the room is still open then.
    """

    def __init__(self, later: Later) -> None:
        self._later = later
        self._waiting: dict[int, dict[str, None]] = {}
        self._acted: set[int] = set()
        self._known: dict[tuple[int, str], Known] = {}
        self._expecting: set[int] = set()

    def expect(self, room: Room) -> None:
        """A page has come."""
        if room.draft not in self._expecting:
            self._expecting.add(room.draft)
            self._later(SETTLED, self.get_ready, room)

    async def get_ready(self, room: Room) -> None:
        """Composes what the pages here compare with, unless something happens to it meanwhile.

        An act in between must be shown against what was before it.
        """
        self._expecting.discard(room.draft)
        watched = {line.against for line in room.lines if line.seq is not None}
        for against in sorted(filter(None, watched)):
            if (room.draft, against) not in self._known and self._is_calm(room):
                watching = _watching(room, against)
                found = await self._render(room.draft, against, [], watching, acted=False)
                if found is not None and await self._is_as(room, found.seq):
                    self._known.setdefault((room.draft, against), found.known)

    def _is_calm(self, room: Room) -> bool:
        return room.draft not in self._waiting and room.draft not in self._acted

    async def _is_as(self, room: Room, seq: int) -> bool:
        """Whether nothing has happened since event `seq`, neither here nor in the log."""
        try:
            now = await in_thread(heads, [room.draft])
        except (DatabaseError, PoolTimeout):
            return False
        watched = bool(room.lines) and self._is_calm(room)
        return watched and now.get(room.draft) == seq == room.seq

    def note(self, room: Room, payload: bytes) -> None:
        """Takes note of an event; the first one after a rest starts the wait."""
        event = msgspec.json.decode(payload, type=_Event)
        data = event.data
        if event.kind != TEXT:
            self._acted.add(room.draft)
        touched = [data.provision, *data.provisions, *data.removed]
        keys = {key: None for key in touched if key.startswith("p")}
        if not keys:
            return
        if room.draft in self._waiting:
            self._waiting[room.draft] |= keys
        else:
            self._waiting[room.draft] = keys
            self._later(FIRST, self._show, room)

    def forget(self, draft: int) -> None:
        """Nobody watches it here any more."""
        self._waiting.pop(draft, None)
        self._acted.discard(draft)
        self._expecting.discard(draft)
        self._known = {place: k for place, k in self._known.items() if place[0] != draft}

    async def _show(self, room: Room) -> None:
        worked = 0.0
        keys = self._waiting.get(room.draft, {})
        self._waiting[room.draft] = {}
        acted = room.draft in self._acted
        self._acted.discard(room.draft)
        watched = {line.against for line in room.lines if line.seq is not None}
        try:
            for against in sorted(filter(None, watched)):
                begun = monotonic()
                # Comparisons with what is not there must not make the others wait.
                if await self._show_against(room, against, list(keys), acted):
                    worked += monotonic() - begun
        finally:
            rest = max(REST, worked * SHARE)
            self._later(rest, self._go_on, room)

    async def _go_on(self, room: Room) -> None:
        """After the rest: on with what came meanwhile, if anything did."""
        if self._waiting.get(room.draft):
            await self._show(room)
        else:
            self._waiting.pop(room.draft, None)

    async def _show_against(self, room: Room, against: str, keys: list[str], acted: bool) -> bool:
        """Whether there was anything to show."""
        watching = _watching(room, against)
        found = await self._render(room.draft, against, keys, watching, acted=acted)
        if found is not None and room.lines:
            self._known[room.draft, against] = found.known
            _push(_watching(room, against), against, found)
        return found is not None

    async def catch_up(self, line: Line, keys: list[str]) -> None:
        """Shows one page what it was not shown of these provisions."""
        draft, against = line.seat.draft, line.against
        if against is not None:
            found = await self._render(draft, against, keys, [line], acted=False)
            if found is not None:
                # Where others were shown something, what they lack is told by `_show` alone.
                self._known.setdefault((draft, against), found.known)
                _push([line], against, found)

    async def _render(
        self, draft: int, against: str, keys: list[str], lines: list[Line], *, acted: bool
    ) -> Fresh | None:
        known = self._known.get((draft, against))
        try:
            return await in_thread(fresh, draft, against, keys, known, acted=acted)
        except ValueError as error:
            log.info("Draft %s cannot be shown against %s: %s", draft, against, error)
            for line in lines:
                line.against = None
        except (DatabaseError, PoolTimeout) as error:
            log.warning("Draft %s could not be shown against %s: %s", draft, against, error)
        return None


def _watching(room: Room, against: str) -> list[Line]:
    return [line for line in room.lines if line.seq is not None and line.against == against]


def _push(lines: list[Line], against: str, found: Fresh) -> None:
    for fragment in found.fragments:
        frame = frame_of(
            messages.Shown(found.seq, fragment.provision, against, fragment.html, fragment.after)
        )
        for line in lines:
            if found.whole or line.near is None or fragment.provision in line.near:
                line.tell(frame)
    if found.outline is not None:
        outlined = frame_of(messages.Outlined(found.seq, against, found.outline))
        for line in lines:
            line.tell(outlined)
