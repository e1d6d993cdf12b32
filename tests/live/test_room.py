"""Posts come in any order, doubled or not at all; a page hears each event once, in order."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.live.limits import Limits, Rate
from drafting.live.line import WAITING_MAX, Line
from drafting.live.ready import Frame
from drafting.live.room import Room
from drafting.permissions import Part, Standing, Writing
from drafting.services.standings import Present, Seat

ANYBODY = Present(Standing(Part.CHAIR, "Chair"), "Anybody", Writing.DIRECT)


class Ears:
    """Takes frames as uvicorn's protocol does; `waits`: bytes that are said to wait after each."""

    def __init__(self, waits: int = 0) -> None:
        self.frames: list[bytes] = []
        self.code: int | None = None
        self.waits = waits

    def tell(self, frame: Frame) -> int:
        self.frames.append(frame.payload)
        return self.waits

    def shut(self, code: int) -> None:
        self.code = code


def line(ears: Ears, seq: int | None) -> Line:
    ready: Any = ears
    found = Line("s", Seat("", 1, 1), ANYBODY, _no_asgi, ready)
    found.seq = seq
    return found


async def _no_asgi(message: dict[str, Any]) -> None:
    raise AssertionError("There is a ready door.")


def frame(seq: int) -> Frame:
    return Frame(str(seq).encode())


def room(*lines: Line, seq: int = 0) -> Room:
    found = Room(1)
    found.begin(seq)
    found.lines = set(lines)
    return found


@pytest.mark.parametrize("order", list(permutations(range(1, 5))))
def test_whatever_order_posts_come_in_a_page_hears_them_in_order(order: tuple[int, ...]) -> None:
    ears = Ears()
    found = room(line(ears, 0))
    for seq in order:
        found.hear(seq, frame(seq))
    assert ears.frames == [b"1", b"2", b"3", b"4"]
    assert not found.has_gap


@given(st.lists(st.integers(1, 12), max_size=60))
def test_doubled_and_lost_posts_never_make_a_gap_or_a_double(posts: list[int]) -> None:
    ears = Ears()
    found = room(line(ears, 0))
    for seq in posts:
        found.hear(seq, frame(seq))
    heard = [int(told) for told in ears.frames]
    assert heard == list(range(1, len(heard) + 1))
    assert found.has_gap is any(seq > len(heard) for seq in posts)


@given(st.integers(0, 6), st.data())
def test_a_page_that_comes_late_hears_past_and_present_once(
    begun: int, data: st.DataObject
) -> None:
    """The log is read while posts of what it has, and of what comes later, are passed on."""
    log = data.draw(st.integers(begun, 10))  # it has all that was passed on before it was read
    since = data.draw(st.integers(0, log))
    meanwhile = data.draw(st.integers(begun, 12))
    ears = Ears()
    late = line(ears, None)
    found = room(late, seq=begun)
    late.keep()
    for seq in range(begun + 1, meanwhile + 1):
        found.hear(seq, frame(seq))
    late.past(since, [(seq, frame(seq)) for seq in range(since + 1, log + 1)])
    for seq in range(meanwhile + 1, 14):
        found.hear(seq, frame(seq))
    assert [int(told) for told in ears.frames] == list(range(since + 1, 14))
    assert ears.code is None


def test_a_page_ahead_of_its_process_is_not_told_twice() -> None:
    ears = Ears()
    found = room(line(ears, 3))
    for seq in range(1, 6):
        found.hear(seq, frame(seq))
    assert ears.frames == [b"4", b"5"]


def test_a_page_that_has_not_said_hello_hears_no_event() -> None:
    ears = Ears()
    room(line(ears, None)).hear(1, frame(1))
    assert ears.frames == []


def test_a_page_that_does_not_read_must_be_fetched_afresh() -> None:
    ears = Ears(waits=WAITING_MAX + 1)
    slow = line(ears, 0)
    slow.tell(frame(1))
    assert slow.closed
    assert ears.code == 4408
    slow.tell(frame(2))
    assert len(ears.frames) == 2  # the frame, and why


async def test_without_the_ready_door_the_queue_is_bounded_too() -> None:
    import asyncio

    stuck, sent = asyncio.Event(), []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if message["type"] == "websocket.send":
            await stuck.wait()

    slow = Line("s", Seat("", 1, 1), ANYBODY, send, None)
    for _ in range(40):
        slow.tell(Frame(b"x" * 100_000))
        await asyncio.sleep(0)
    assert slow.closed
    await asyncio.sleep(0)
    assert sent[-1] == {"type": "websocket.close", "code": 4408}


def test_a_bucket_fills_with_time_and_each_account_has_its_own() -> None:
    now = [0.0]
    limits = Limits(Rate(a_second=2, at_once=3), clock=lambda: now[0])
    assert [limits.allow(1) for _ in range(4)] == [True, True, True, False]
    assert limits.allow(2)
    now[0] += 0.5
    assert [limits.allow(1) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_a_ready_frame_is_what_the_library_would_send(length: int) -> None:
    from websockets.frames import Frame as Theirs
    from websockets.frames import Opcode

    payload = b"x" * length
    assert Frame(payload).wire == Theirs(Opcode.TEXT, payload).serialize(mask=False)
