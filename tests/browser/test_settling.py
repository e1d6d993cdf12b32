"""What is asked for is settled by keys: one, a selection, and all of one source's."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from drafting.domain import text as texts
from tests.browser.people import Seat, Window, agree, choose, stored, stored_words

pytestmark = pytest.mark.browser


def ask(window: Window, key: str, words: str) -> None:
    """A delegate's words, at the head of an option."""
    window.write_in(key, at="Home")
    window.type(words)
    window.saved()
    window.leave()


def test_one_is_settled_and_the_focus_goes_on(seat: Seat) -> None:
    kes, val, chair = seat("kes"), seat("val"), seat("chair")
    ask(kes, "o4", "now ")
    ask(val, "o4", "all ")
    asked = chair.option("o4").locator(".asked")
    expect(asked).to_contain_text("2 changes pending")
    chair.press("y", "Tab", "Enter")
    expect(asked).to_contain_text("1 change pending")
    expect(asked.locator("button").first).to_be_focused()
    chair.press("Enter")
    expect(asked).to_have_count(0)
    expect(chair.page.locator("#p4")).to_be_focused()
    assert len(texts.sources(stored("o4"))) == 0
    assert agree([chair, kes, val], "o4") in ("now to count the lamps;", "all to count the lamps;")


def test_what_is_selected_on_the_page_is_settled_from_the_menu(seat: Seat) -> None:
    kes, chair = seat("kes"), seat("chair")
    ask(kes, "o4", "now ")
    ask(kes, "o6", "always ")
    ask(kes, "o5", "soon ")
    expect(chair.option("o5")).to_contain_text("soon")
    choose(chair, ("o4", "now"), ("o5", "soon"))
    chair.press("m", "+")
    expect(chair.page.locator(".asked")).to_have_count(1)
    assert agree([chair, kes], "o4") == "now to count the lamps;"
    assert texts.sources(stored("o5")) == ()
    assert texts.sources(stored("o6")) == ("KES",)


def test_what_is_selected_where_one_writes_is_settled_from_the_menu(seat: Seat) -> None:
    kes, chair = seat("kes"), seat("chair")
    ask(kes, "o4", "now ")
    chair.write_in("o4", at="Home")
    expect(chair.editor).to_contain_text("now")
    chair.press("Shift+End", "Control+m", "-")
    expect(chair.editor.locator("ins[data-change]")).to_have_count(0)
    assert agree([chair, kes], "o4") == "to count the lamps;"


def test_what_is_selected_where_one_writes_is_settled_from_the_tools(seat: Seat) -> None:
    kes, chair = seat("kes"), seat("chair")
    ask(kes, "o4", "now ")
    chair.write_in("o4", at="Home")
    expect(chair.editor).to_contain_text("now")
    chair.press("Shift+End", "Alt+F10")
    accept = chair.page.get_by_role("toolbar").get_by_role("button", name="Accept")
    for _ in range(20):
        if accept.evaluate("button => button === document.activeElement"):
            break
        chair.press("ArrowRight")
    chair.press("Enter")
    expect(chair.editor.locator("ins[data-change]")).to_have_count(0)
    assert agree([chair, kes], "o4") == "now to count the lamps;"


def test_all_of_one_source_is_settled_in_the_whole_draft(seat: Seat) -> None:
    kes, val, chair = seat("kes"), seat("val"), seat("chair")
    ask(kes, "o4", "now ")
    ask(kes, "o6", "always ")
    ask(val, "o6", "maybe ")
    name = "Accept all of KES in the whole draft"
    everywhere = chair.option("o4").get_by_role("button", name=name)
    everywhere.focus()
    chair.press("Enter")
    expect(chair.page.locator(".asked")).to_have_count(1)
    expect(everywhere).to_have_count(0)
    assert stored_words("o4") == "now to count the lamps;"
    assert texts.sources(stored("o6")) == ("VAL",)
    agree([chair, kes, val], "o6")
