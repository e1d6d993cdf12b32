"""Provisions are moved and deleted, by the menu and by keys; all pages and the rows agree."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from drafting.models import Option, Provision
from tests.browser.people import Seat, Window, agree

pytestmark = pytest.mark.browser


def order() -> list[str]:
    return [row.key for row in Provision.objects.order_by("rank")]


def stand_alike(*windows: Window) -> None:
    """The provisions stand on every page, and on a fresh one, as in the rows."""
    ids = "keys => JSON.stringify([...document.querySelectorAll('.paper .prov')].map(p => p.id)) "
    for window in windows:
        window.page.wait_for_function(f"{ids} === JSON.stringify(keys)", arg=order())
    fresh = windows[0].context.new_page()
    fresh.goto(windows[0].page.url)
    assert fresh.evaluate(f"{ids} === JSON.stringify(keys)", order())
    fresh.close()


def new_item(chair: Window, words: str) -> tuple[str, str]:
    """Makes an item behind p4, which nobody adopted, and leaves; gives its key and its option's."""
    chair.write_in("o4")
    chair.press("Enter")
    chair.type(words)
    item = chair.page.locator(".prov.k-item", has_text=words)
    expect(item).to_be_visible()
    chair.saved()
    chair.leave()
    return str(item.get_attribute("id")), str(item.locator(".opt").get_attribute("id"))


def label(window: Window, option: str) -> str:
    return window.option(option).locator("> .tx .lab").first.inner_text().strip()


def test_an_item_is_moved_by_keys_while_one_writes_in_it(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    key, option = new_item(chair, "to count them twice;")
    assert order().index(key) == order().index("p4") + 1
    chair.write_in(option)
    chair.press("Alt+ArrowUp")
    expect(chair.page.locator(f"#{key} + #p4")).to_have_count(1)
    expect(chair.option(option).locator(".pm")).to_be_focused()
    chair.type(" Really.")
    assert agree([chair, olga], option) == "to count them twice; Really."
    stand_alike(chair, olga)
    assert order().index(key) == order().index("p4") - 1
    chair.press("Alt+ArrowDown")
    expect(chair.page.locator(f"#p4 + #{key}")).to_have_count(1)
    stand_alike(chair, olga)


def test_adopted_text_is_moved_by_the_menu_and_leaves_a_mark(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    chair.write_in("o4")
    chair.press("Control+m")
    chair.page.get_by_role("menuitem", name="Move down").click()
    expect(olga.page.locator("#p4")).to_contain_text("moved to")
    stand_alike(chair, olga)
    moved = Option.objects.get(number=4).provision
    assert moved.key != "p4"
    assert order().index(moved.key) == order().index("p5") + 1
    agree([chair, olga], "o4")


def test_a_provision_is_moved_from_where_one_reads(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    key, option = new_item(chair, "to count them twice;")
    chair.page.locator(f"#{key}").focus()
    chair.press("m", "d")
    expect(chair.page.locator(f"#p5 + #{key}")).to_have_count(1)
    stand_alike(chair, olga)
    assert label(olga, option) == label(chair, option) == "3"


def test_what_was_never_adopted_is_deleted_and_what_was_is_left_as_delete(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    key, _option = new_item(chair, "to count them twice;")
    expect(olga.page.locator(f"#{key}")).to_be_visible()
    chair.page.locator(f"#{key}").focus()
    chair.press("m", "x")
    expect(olga.page.locator(f"#{key}")).to_have_count(0)
    stand_alike(chair, olga)

    chair.write_in("o6")
    chair.press("Control+m")
    chair.page.get_by_role("menuitem", name="Delete it").click()
    expect(olga.page.locator("#p6 p del")).to_have_text("to report each year.")
    expect(chair.editor).to_have_count(0)
    stand_alike(chair, olga)
    (left,) = Option.objects.filter(provision__number=6)
    assert left.kind == "delete"


def test_an_observer_is_offered_none_of_it(seat: Seat) -> None:
    olga = seat("olga")
    olga.page.locator("#p4").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    olga.press("m")
    expect(olga.page.get_by_role("menuitem", name="Move down")).to_have_count(0)
    expect(olga.page.get_by_role("menuitem", name="Delete it")).to_have_count(0)
