"""A page is sent what it shows, and the rest when one comes there."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.browser.people import agree, seated
from tests.cast import Cast

pytestmark = pytest.mark.browser

Frame = dict[str, Any]
FAR_APART = """() => {
  for (const one of document.querySelectorAll('.prov')) one.style.marginBlockEnd = '1100px';
}"""


def ear(heard: list[Frame], said: list[Frame]) -> Callable[[WebSocket], None]:
    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda text: heard.append(json.loads(text)))
        socket.on("framesent", lambda text: said.append(json.loads(text)))

    return listen


def told(page: Page, said: list[Frame], key: str) -> None:
    """Waits until the page has told the server that this provision is far."""
    for _ in range(100):
        looks = [frame for frame in said if frame["t"] == "view"]
        if looks and key not in looks[-1]["near"]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{key} is still near")


def test_what_is_far_from_the_screen_is_shown_when_one_comes_there(
    browser: Browser, server: str, cast: Cast
) -> None:
    heard: list[Frame] = []
    said: list[Frame] = []
    with ExitStack() as stack:
        chair = stack.enter_context(seated(browser, server, cast.users["chair"]))
        olga = stack.enter_context(
            seated(browser, server, cast.users["olga"], heard=ear(heard, said))
        )
        chair.write_in("o2", at="Home")
        chair.type("it is said ")  # the first to be shown: the paper is composed as a whole
        expect(olga.option("o2")).to_contain_text("it is said")
        chair.saved()
        chair.leave()
        olga.page.evaluate(FAR_APART)
        told(olga.page, said, "p6")
        heard.clear()
        chair.write_in("o6", at="Home")
        chair.type("always ")
        chair.saved()
        chair.leave()
        chair.write_in("o2", at="Home")
        chair.type("again ")
        olga.page.wait_for_timeout(4000)
        print(
            "HEARD",
            [
                (f["t"], f.get("provision"), f.get("seq"))
                for f in heard
                if f["t"] in ("shown", "event")
            ],
        )
        expect(olga.option("o2")).to_contain_text("again it is said")
        assert {frame["provision"] for frame in heard if frame["t"] == "shown"} == {"p2"}
        olga.page.locator("#p6").scroll_into_view_if_needed()
        expect(olga.option("o6")).to_contain_text("always to report")
        chair.leave()
        agree([chair, olga], "o6")
