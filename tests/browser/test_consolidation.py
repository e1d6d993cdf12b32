"""Preparing the consolidated draft alone, and putting it to the group."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.people import Seat
from tests.cast import Cast
from tests.use_cases.consolidating.tabled import KES, VAL, tabled

LOOK = "/drafts/lorne/dl-1/consolidate/"
TABLE = "/drafts/lorne/dl-1/table/"


def aside(act: Callable[[], object]) -> None:
    """From a thread without the browser's event loop."""

    def done() -> None:
        with closing(connection):
            act()

    with ThreadPoolExecutor(1) as apart:
        apart.submit(done).result()


@pytest.fixture
def asked(cast: Cast) -> Cast:
    aside(lambda: tabled(cast.draft, "KES/75/9", KES))
    aside(lambda: tabled(cast.draft, "VAL/70/9", VAL))
    return cast


def put(page: Page) -> None:
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Put it to the group")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TABLE}")


def test_the_group_sees_nothing_before_it_is_put_and_everything_after(
    asked: Cast, seat: Seat
) -> None:
    chair, kes = seat("chair"), seat("kes")
    chair.page.goto(LOOK)
    expect(chair.page.locator("#p4 .opt")).to_have_count(2)
    expect(chair.page.locator("#p4")).to_contain_text("KES/75/9")
    expect(chair.page.locator(".law")).to_contain_text("Nothing is lost")
    expect(kes.page.locator("#p4 .opt")).to_have_count(1)
    put(chair.page)
    expect(kes.page.locator("#p4 .opt")).to_have_count(2)
    expect(kes.page.locator("#p4")).to_contain_text("VAL/70/9")


def test_the_style_is_chosen_there_and_kept_for_the_group(asked: Cast, seat: Seat) -> None:
    page = seat("chair").page
    page.goto(LOOK)
    page.get_by_label("one text with alternatives in brackets").check()
    page.get_by_label("Most words in one alternative").fill("4")
    page.get_by_role("button", name="Show it so").click()
    expect(page.locator("#p4 .opt")).to_have_count(1)
    expect(page.locator("#p4 .tx")).to_contain_text("good")
    asked.group.refresh_from_db()
    assert (asked.group.fold_style, asked.group.fold_words) == ("inline", 4)


def test_proposals_are_left_out_by_a_tick(asked: Cast, seat: Seat) -> None:
    page = seat("sam").page
    page.goto(LOOK)
    page.get_by_role("checkbox", name="VAL/70/9").uncheck()
    page.get_by_role("button", name="Show it so").click()
    expect(page.locator("#p6")).to_have_count(0)
    expect(page.locator("#p4")).not_to_contain_text("VAL/70/9")
    put(page)
    page.goto(LOOK)
    expect(page.locator("#p6 .opt")).to_have_count(2)  # what was left out waits


def test_what_moved_on_meanwhile_is_told_where_one_presses(asked: Cast, seat: Seat) -> None:
    page = seat("chair").page
    page.goto(LOOK)
    aside(lambda: tabled(asked.draft, "KES/75/10", (("MOD", "p2", "that lamps burn,"),)))
    page.get_by_role("button", name="Put it to the group").click()
    expect(page.get_by_role("alert")).to_contain_text("meanwhile")


def test_without_scripts_it_is_put_all_the_same(asked: Cast, seat: Seat) -> None:
    window = seat("chair")
    context = window.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    context.add_cookies(window.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(window.page.url.replace("/drafts/lorne/dl-1/", LOOK))
    page.get_by_role("button", name="Put it to the group").click()
    expect(page.locator(".said")).to_contain_text("put to the group")
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_is_usable_for_everybody(asked: Cast, seat: Seat, width: int) -> None:
    page = seat("chair").page
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(LOOK)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
