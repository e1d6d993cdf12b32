"""Acts on many provisions that are chosen in the index, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from drafting.models import Event, Option
from tests.browser.gauges import TABLE
from tests.browser.sitting import Room, do, effect, press, table_of
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def room(browser: Browser, server: str, cast: Cast) -> Iterator[Room]:
    with table_of(browser, server, cast) as room:
        yield room


def options(number: int) -> list[str]:
    rows = Option.objects.filter(draft__slug="dl-3", provision__number=number)
    return [option.key for option in rows]


def test_one_wording_says_whose_is_kept_in_all_and_one_undo_brings_all_back(room: Room) -> None:
    page, other = room.sit("chair"), room.sit("kes", at="p5")
    page.keyboard.press("*")
    expect(page.locator("#index input[name=pick]:checked")).to_have_count(3)
    effect(page, "Agree")
    press(page, "1")  # what Norrland, Castelmar and Kestria want in p4; in p5 Kestria wants a word
    do(page, "c", "In 1 of those chosen there is nothing to do.")
    assert (options(4), options(5), options(7)) == (["o21"], ["o24"], ["o7"])
    expect(other.locator(".worded")).to_have_count(2)  # the base, and what is left
    event = Event.objects.filter(draft__slug="dl-3").latest("seq")
    assert (event.kind, event.payload["deeds"]) == ("together", 2)
    expect(page.locator("#index input[name=pick]:checked")).to_have_count(0)
    do_undo = page.locator("#cmd [data-act=undo]")
    expect(do_undo).to_be_visible()
    press(page, "u")
    effect(page, "Undo")
    press(page, "u")
    effect(page, "Undone")
    assert (len(options(4)), len(options(5))) == (4, 2)


def test_with_nothing_chosen_all_that_makes_sense_is_meant(room: Room) -> None:
    page = room.sit("chair")
    page.goto(f"{TABLE}?show=all&order=paper&provision=p4")
    page.keyboard.press("*")
    do(page, "t", "In 7 of those chosen there is nothing to do.")
    assert len(options(4)) == 5


def test_who_has_said_nothing_of_whose_wording_is_meant_is_asked(room: Room) -> None:
    page = room.sit("chair")
    press(page, "*", "c")
    effect(page, "Choose whose wording is meant")
    assert len(options(4)) == 4


def test_by_touch_all_are_chosen_and_let_go_again(room: Room) -> None:
    page = room.sit("chair", width=375, touch=True)
    page.locator(".index-fold > summary").tap()
    whole = page.get_by_role("checkbox", name="Choose all that are listed")
    whole.tap()
    picks = page.locator("#index input[name=pick]:checked")
    expect(picks).to_have_count(3)
    whole.tap()
    expect(picks).to_have_count(0)
