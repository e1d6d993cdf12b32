"""An act is undone in the reading room by a key, and done again; pages follow."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import Seat, agree
from tests.browser.test_structure import new_item, stand_alike

pytestmark = pytest.mark.browser


def test_a_deleted_item_comes_back_by_a_key_and_one_writes_on_in_it(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    key, option = new_item(chair, "to count them twice;")
    chair.page.locator(f"#{key}").focus()
    chair.press("Delete")
    expect(olga.page.locator(f"#{key}")).to_have_count(0)
    chair.press("u")
    expect(olga.page.locator(f"#{key}")).to_contain_text("to count them twice;")
    stand_alike(chair, olga)
    chair.write_in(option)
    chair.type(" Really.")
    assert agree([chair, olga], option).endswith("Really.")
    chair.leave()


def test_what_was_undone_is_done_again_where_it_is_told(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    options = olga.page.locator("#p4 .opt")
    had = options.count()
    chair.page.locator("#p4").hover()
    chair.press("m", "t")
    expect(options).to_have_count(had + 1)
    chair.page.locator("#p4").hover()
    chair.press("u")
    expect(options).to_have_count(had)
    chair.page.get_by_role("button", name="Do it again").click()
    expect(options).to_have_count(had + 1)
    chair.press("m")
    chair.page.get_by_role("menuitem", name="Undo my last act").click()
    expect(options).to_have_count(had)


def test_with_nothing_done_here_one_is_told_so(seat: Seat) -> None:
    chair = seat("chair")
    chair.page.locator("#p4").hover()
    chair.press("u")
    expect(chair.page.locator(".told")).to_contain_text("nothing here that could be undone")
