"""One hub a process: every draft that is open here, and everybody who watches it.

Rules:

- One subscription a draft, however many watch. What is heard is made ready once and handed to all.
- The log is the truth: what posts leave out is fetched from it, and once a second it is asked how
  far every open draft has come and whether everybody may still watch (`live.heart`).
- It runs while somebody watches.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any, Final
from weakref import WeakKeyDictionary

import msgspec
from django.conf import settings
from django.db import Error as DatabaseError
from psycopg_pool import PoolTimeout

from drafting import wire
from drafting.live import heart, messages
from drafting.live.ear import Ear
from drafting.live.limits import FRAMES, PASTS, READS, WRITES, Limits
from drafting.live.line import Line, frame_of
from drafting.live.presence import PACE, REFRESH, Gossip, People, person_of
from drafting.live.ready import Frame
from drafting.live.room import Room
from drafting.live.showing import Showing
from drafting.live.threads import in_thread
from drafting.selectors.logs import frames_since
from drafting.services.audience import PAST_MAX

log = logging.getLogger(__name__)

GAP_SECONDS: Final = 0.03  # two processes may post in another order than they committed
GOSSIP: Final = -1
HINT: Final = 0


class Hub:
    """Made for one event loop; call it there, except `posted`."""

    def __init__(self) -> None:
        self.name = secrets.token_urlsafe(9)
        self.rooms: dict[int, Room] = {}
        self.people: dict[int, People] = {}
        self.frames = Limits(FRAMES)
        self.writes = Limits(WRITES)
        self.reads = Limits(READS)
        self.pasts = Limits(PASTS)
        self.showing = Showing(self.later)
        self._loop = asyncio.get_running_loop()
        self._ear = Ear(settings.REDIS_URL, self.hear, self.ask_log)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._running: list[asyncio.Task[Any]] = []
        self._fetching: set[int] = set()

    # --- who watches -------------------------------------------------------------------------

    def join(self, line: Line) -> None:
        draft = line.seat.draft
        if not self.rooms:
            self._start()
        if draft not in self.rooms:
            self.rooms[draft], self.people[draft] = Room(draft), People()
            self.soon(self._ear.want(draft))
        self.rooms[draft].lines.add(line)

    def leave(self, line: Line) -> None:
        draft = line.seat.draft
        room = self.rooms.get(draft)
        if room is None or line not in room.lines:
            return
        room.lines.discard(line)
        line.closed = True
        if self.people[draft].leave(line.sid):
            self._gone(draft, [line.sid])
            self._gossip(draft, Gossip(self.name, left=[line.sid]))
        if not room.lines:
            del self.rooms[draft], self.people[draft]
            self.showing.forget(draft)
            self.soon(self._ear.leave(draft))
        if not self.rooms:
            self._stop()

    def lines(self) -> list[Line]:
        return [line for room in self.rooms.values() for line in room.lines if not line.closed]

    def pages_of(self, account: int) -> int:
        """How many pages an account has open here."""
        return sum(line.seat.user == account for room in self.rooms.values() for line in room.lines)

    def greeted(self, line: Line, head: int) -> None:
        """The page has said hello and was told the past: it is one of the people now."""
        room, people = self.rooms[line.seat.draft], self.people[line.seat.draft]
        room.begin(head)
        if not people.here:
            self._gossip(room.draft, Gossip(self.name, ask=True))
        people.set(person_of(line))
        line.tell(frame_of(messages.WhoIsHere(people.all())))
        self.showing.expect(room)

    # --- what is heard -----------------------------------------------------------------------

    def posted(self, draft: int, seq: int, payload: bytes) -> None:
        """A post of this process, from any thread; it never fails, as its event is committed."""
        if draft in self.rooms and seq >= HINT:
            # The loop may end before the last act of another thread does; nobody listens then.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self.hear, draft, seq, payload)

    def hear(self, draft: int, seq: int, payload: bytes) -> None:
        room = self.rooms.get(draft)
        if room is None:
            return
        if seq == GOSSIP:
            self._overhear(draft, payload)
        elif seq == HINT:
            room.tell(Frame(payload), greeted=False)
        elif room.seq is not None and seq > room.seq:
            room.hear(seq, Frame(payload))
            self.showing.note(room, payload)
            if room.has_gap:
                self._loop.call_later(GAP_SECONDS, self._close_gap, draft)

    def _close_gap(self, draft: int) -> None:
        room = self.rooms.get(draft)
        if room is not None and room.has_gap:
            self.ask_log(draft)

    def ask_log(self, draft: int) -> None:
        """Fetches what the room has not heard; once at a time."""
        if draft not in self._fetching and draft in self.rooms:
            self._fetching.add(draft)
            self.soon(self._fetch(self.rooms[draft]))

    async def _fetch(self, room: Room) -> None:
        try:
            if room.seq is None:
                return
            found = await in_thread(frames_since, room.draft, room.seq, PAST_MAX + 1)
            if len(found) > PAST_MAX:
                for line in room.lines.copy():
                    line.resync("behind")
                return
            for seq, payload in found:
                self.hear(room.draft, seq, payload)
        except (DatabaseError, PoolTimeout) as error:
            log.warning("The log of draft %s could not be read: %s", room.draft, error)
        finally:
            self._fetching.discard(room.draft)

    # --- who is here -------------------------------------------------------------------------

    def _overhear(self, draft: int, payload: bytes) -> None:
        """What another process tells of its people."""
        try:
            told = msgspec.json.decode(payload, type=Gossip)
        except msgspec.MsgspecError:
            return
        if told.hub == self.name:
            return
        people = self.people[draft]
        for person in people.hear(told.people, monotonic()):
            self.rooms[draft].tell(frame_of(messages.WhoChanged(person)))
        self._gone(draft, people.forget(told.left))
        if told.ask and people.here:
            self._gossip(draft, Gossip(self.name, list(people.here.values())))

    def _gone(self, draft: int, sids: list[str]) -> None:
        for sid in sids:
            self.rooms[draft].tell(frame_of(messages.WhoLeft(sid)))

    def _gossip(self, draft: int, gossip: Gossip) -> None:
        wire.post(draft, GOSSIP, msgspec.json.encode(gossip))

    async def _tell_people(self) -> None:
        """Tells who moved, five times a second; and all who are here, every three seconds."""
        refreshed = monotonic()
        while True:
            await asyncio.sleep(PACE)
            now = monotonic()
            everybody = now - refreshed >= REFRESH
            refreshed = now if everybody else refreshed
            for draft, people in list(self.people.items()):
                due = people.due()
                for person in due:
                    self.rooms[draft].tell(frame_of(messages.WhoChanged(person)))
                told = list(people.here.values()) if everybody else due
                if told:
                    self._gossip(draft, Gossip(self.name, told))
                self._gone(draft, people.silent(now))

    # --- its own life ------------------------------------------------------------------------

    def soon(self, work: Coroutine[Any, Any, Any]) -> None:
        """Does it in the background; the loop itself holds tasks only weakly."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def later(
        self, seconds: float, work: Callable[[Room], Coroutine[Any, Any, Any]], room: Room
    ) -> None:
        """Does it after a while, if the room is still open then."""

        def due() -> None:
            if self.rooms.get(room.draft) is room:
                self.soon(work(room))

        self._loop.call_later(seconds, due)

    def _start(self) -> None:
        self._unlisten = wire.listen(self.posted)
        work = (self._ear.run(), heart.beat(self), self._tell_people())
        self._running = [self._loop.create_task(one) for one in work]

    def _stop(self) -> None:
        self._unlisten()
        for task in self._running:
            task.cancel()
        self._running = []


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running loop: one a process, where it serves."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
