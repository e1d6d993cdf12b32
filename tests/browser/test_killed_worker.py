"""A worker dies while five people are at one sentence.

Two workers share the address, as in `make run`. Each is killed in its turn (SIGKILL: no goodbye,
nothing written), so everybody loses the line at least once, with letters on their way. What was
acknowledged is there once, and all pages, the database and a fresh load agree letter by letter.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocket, expect

from drafting.domain import text as texts
from drafting.models import Event
from tests.browser.people import Window, agree, seated, stored
from tests.browser.server import Web, running
from tests.cast import Cast

pytestmark = pytest.mark.browser

# Nobody's letters are another's, and none stands in the text before.
LETTERS = {"chair": "ABCDEFGHIJ", "sam": "KLMNOPQRST", "kes": "0123456789", "val": "UVWXYZ#$%&"}
PLACES = {"chair": "Home", "sam": "End", "kes": "Home", "val": "End"}
RESTART_SECONDS = 30.0


@pytest.fixture
def web(cast: Cast, tmp_path: Path) -> Iterator[Web]:
    with running(tmp_path / "web.log", workers=2) as web:
        until(lambda: len(web.workers()) == 2)
        yield web


def until(true: Callable[[], bool]) -> None:
    """Waits for what another process does."""
    deadline = time.monotonic() + RESTART_SECONDS
    while not true():
        assert time.monotonic() < deadline, "it did not come to this in time"
        time.sleep(0.05)


@dataclass
class Heard:
    """What a page's sockets brought: how many there were, and what was acknowledged on them."""

    lines: int = 0
    acks: dict[tuple[str, int], int] = field(default_factory=dict)

    def listen(self, socket: WebSocket) -> None:
        self.lines += 1
        client: list[str] = []

        def said(frame: str | bytes) -> None:
            told = json.loads(frame)
            if told["t"] == "hello":
                client[:] = [told["client"]]

        def heard(frame: str | bytes) -> None:
            told = json.loads(frame)
            if told["t"] == "ack":
                self.acks[client[0], told["mid"]] = told["seq"]

        socket.on("framesent", said)
        socket.on("framereceived", heard)


def test_a_worker_dies_while_five_are_at_one_sentence(
    browser: Browser, web: Web, cast: Cast
) -> None:
    heard = {name: Heard() for name in (*LETTERS, "olga")}
    with ExitStack() as stack:
        windows = {}
        for name, one in heard.items():
            seat = seated(browser, web.address, cast.users[name], heard=one.listen)
            windows[name] = stack.enter_context(seat)
        for name, place in PLACES.items():
            windows[name].write_in("o4", at=place)
        before = {name: one.lines for name, one in heard.items()}
        first, second = sorted(web.workers())
        type_while_it_dies(web, windows, first, range(5))
        type_while_it_dies(web, windows, second, range(5, 10))
        said = agree(list(windows.values()), "o4")
    assert all(heard[name].lines > before[name] for name in heard), "somebody kept the line"
    for name, letters in LETTERS.items():
        assert "".join(sign for sign in said if sign in letters) == letters, name
    assert set(texts.sources(stored("o4"))) == {"KES", "VAL"}
    assert_each_answer_is_on_disk_once(heard)


def type_while_it_dies(web: Web, windows: dict[str, Window], worker: int, turns: range) -> None:
    """A letter each, by turns; in the middle of it the worker is gone, and another comes."""
    others = web.workers() - {worker}
    for turn in turns:
        if turn == turns[1]:
            os.kill(worker, signal.SIGKILL)
        for name, letters in LETTERS.items():
            windows[name].type(letters[turn])
    until(lambda: worker not in web.workers() and len(web.workers() - others) == 1)
    for name in LETTERS:
        windows[name].saved()
    expect(windows["olga"].state).to_have_text("Saved")


def assert_each_answer_is_on_disk_once(heard: dict[str, Heard]) -> None:
    acks = {key: seq for one in heard.values() for key, seq in one.acks.items()}
    rows = Event.objects.filter(client__in={client for client, _ in acks})
    stored_at = sorted((row.client, row.mid, row.seq) for row in rows)
    assert len({(client, mid) for client, mid, _ in stored_at}) == len(stored_at)
    assert {(client, mid, seq) for (client, mid), seq in acks.items()} <= set(stored_at)
    assert acks, "nothing was acknowledged"
