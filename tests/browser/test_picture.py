"""The picture in the README: two people write in one provision of the sample.

`PICTURE=drafting/docs/img/room.png pytest tests/browser/test_picture.py` takes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from drafting import sample as invented
from tests.browser.test_sign_in import sign_in

pytestmark = pytest.mark.browser

SIZE = {"width": 1280, "height": 900}
ROOM = "/drafts/port-lorne-2027/dl-12/"
CARET_AT_END = """() => {
  const siglum = document.querySelector('.pm .caret')?.previousSibling;
  return siglum?.previousSibling?.textContent.endsWith('price');
}"""
WRITTEN = "that the Union"


@contextmanager
def writing(browser: Browser, server: str, sample: invented.Sample, email: str) -> Iterator[Page]:
    """A page of the sample's draft, in which somebody writes in "resolves 3"."""
    context = browser.new_context(base_url=server, reduced_motion="reduce", viewport=SIZE)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, email, sample.password)
    expect(page.locator(".bar .me")).to_be_visible()
    page.goto(ROOM)
    expect(page.locator("#conn")).to_have_text("Saved")
    page.locator(".prov p", has_text=WRITTEN).first.click()
    expect(page.locator(".pm")).to_be_focused()
    yield page
    context.close()


def test_two_people_write_in_one_provision_of_the_sample(
    browser: Browser, server: str, conference: invented.Sample
) -> None:
    with (
        writing(browser, server, conference, "tavi.lemoine@seamarks.example") as tavi,
        writing(browser, server, conference, "anselm.vane@seamarks.example") as chair,
    ):
        tavi.keyboard.press("Control+End")
        tavi.keyboard.press("ArrowLeft")
        tavi.keyboard.type(" at a fair price")
        expect(tavi.locator("#conn")).to_have_text("Saved")
        editor = chair.locator(".pm")
        expect(editor).to_contain_text("at a fair price")
        expect(editor.locator(".caret")).to_have_count(1)
        chair.keyboard.press("Control+Home")
        for _ in range(3):
            chair.keyboard.press("Control+Shift+ArrowRight")
        chair.wait_for_function(CARET_AT_END)
        tools = chair.get_by_role("toolbar", name="Writing")
        for name in ("Bracket", "Bold", "Undo my last change", "As pending", "More", "Done"):
            expect(tools.get_by_role("button", name=name, exact=name != "Bracket")).to_be_visible()
        expect(tools.get_by_label("For")).to_be_visible()
        chair.evaluate(
            "document.querySelector('.pm').closest('.prov').previousElementSibling"
            ".previousElementSibling.scrollIntoView({block: 'start'})"
        )
        bar = chair.locator("header.bar")
        box = bar.bounding_box()
        assert box is not None
        assert box["height"] < 56, "the bar takes one line, or covers what is below it"
        assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")
        if target := os.environ.get("PICTURE"):
            chair.screenshot(path=Path(target))
