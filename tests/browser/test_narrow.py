"""On a phone nothing moves when an option is opened, and nothing when one leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from drafting.models import Option
from tests.browser.people import Window, seated
from tests.cast import Cast

pytestmark = pytest.mark.browser

OPTIONS = ("o2", "o4", "o5", "o16", "o6")
PLACES = """() => Object.fromEntries([...document.querySelectorAll('.paper .opt')].map(option => {
  const words = option.querySelector(':scope > .tx p, :scope > .tx h2').getBoundingClientRect();
  return [option.id, [words.x, words.y + scrollY, words.height].map(Math.round)];
}))"""


@pytest.fixture
def phone(browser: Browser, server: str, cast: Cast) -> Iterator[Window]:
    with seated(browser, server, cast.users["chair"], width=375) as chair:
        yield chair


def stands_still(window: Window) -> None:
    before: Any = window.page.evaluate(PLACES)
    for key in OPTIONS:
        window.write_in(key)
        assert window.page.evaluate(PLACES) == before, f"{key} is opened"
        window.leave()
        assert window.page.evaluate(PLACES) == before, f"{key} is left"


def test_no_option_moves_when_one_is_opened(phone: Window) -> None:
    stands_still(phone)


def test_a_line_whose_label_is_in_a_bracket_keeps_its_breaks(phone: Window) -> None:
    row = Option.objects.get(number=4)
    (paragraph,) = row.content["content"]
    opens = {"id": "b1", "kind": "contested", "before_label": True}
    words = {
        "type": "text",
        "text": "to count the lamps of every buoy and beacon, once a year; " * 3,
    }
    closes = {"type": "bracket_close", "attrs": {"id": "b1"}}
    paragraph["content"] = [{"type": "bracket_open", "attrs": opens}, words, closes]
    Option.objects.filter(pk=row.pk).update(content=row.content)
    phone.page.reload()
    expect(phone.state).to_have_text("Saved")
    expect(phone.option("o4").locator(".lab > .br")).to_have_count(1)
    stands_still(phone)
    left = "bracket => bracket.getBoundingClientRect().x"
    before = phone.option("o4").locator(".lab > .br").evaluate(left)
    phone.write_in("o4")
    assert phone.editor.locator("p > .br").first.evaluate(left) == before


LOADED = """() => document.fonts.ready.then(() => performance.getEntriesByType('resource')
  .map(entry => entry.name.split('/').pop()).filter(name => name.endsWith('.woff2')))"""


def test_a_phone_is_sent_the_lighter_faces(phone: Window) -> None:
    faces: list[str] = phone.page.evaluate(LOADED)
    assert any("serif" in face for face in faces)
    assert not any("opsz" in face for face in faces), faces


def test_a_line_that_is_lost_is_told_wherever_one_reads_and_writes(phone: Window) -> None:
    phone.page.set_viewport_size({"width": 375, "height": 300})
    phone.option("o16").scroll_into_view_if_needed()
    expect(phone.state).not_to_be_in_viewport()
    phone.offline()
    expect(phone.state).to_be_in_viewport(ratio=1)
    phone.online()
    expect(phone.state).to_have_text("Saved")
    phone.write_in("o16")
    phone.offline()
    tools = phone.page.get_by_role("toolbar", name="Writing").bounding_box()
    told = phone.state.bounding_box()
    assert tools
    assert told
    assert told["y"] + told["height"] <= tools["y"] + 1
    phone.online()
    expect(phone.state).to_have_text("Saved")


def test_who_comes_to_write_moves_no_words(
    phone: Window, browser: Browser, server: str, cast: Cast
) -> None:
    before: Any = phone.page.evaluate(PLACES)
    with seated(browser, server, cast.users["kes"], width=375) as kes:
        for key in ("o4", "o5", "o6"):
            kes.write_in(key)
            expect(phone.option(key).get_by_text("KES is writing here")).to_be_visible()
            assert phone.page.evaluate(PLACES) == before, f"{key} is written in"
    expect(phone.page.locator(".here-m")).to_have_count(0)
    assert phone.page.evaluate(PLACES) == before


def test_the_history_leaves_in_sight_what_it_tells_of(phone: Window) -> None:
    page = phone.page
    page.set_viewport_size({"width": 375, "height": 667})
    page.locator("#p5 [data-history]").evaluate("link => link.click()")
    expect(page.locator("#history")).to_be_visible()
    words, panel = (page.locator(one).bounding_box() for one in ("#o5 .tx", "#inspect"))
    assert words
    assert panel
    assert words["y"] + words["height"] <= panel["y"]


def test_a_code_that_is_pressed_says_whose_it_is(phone: Window) -> None:
    phone.page.locator(".who .code", has_text="KES/75/4").click()
    expect(phone.page.locator(".told")).to_have_text("KES/75/4: Kestria")


def test_a_question_is_asked_above_the_tools(phone: Window) -> None:
    page = phone.page
    page.set_viewport_size({"width": 375, "height": 407})
    phone.write_in("o6")
    page.get_by_role("button", name="More", exact=True).last.click()
    page.get_by_role("menuitem", name="Drafting note").click()
    expect(page.locator("form.ask input")).to_be_focused()
    tools = page.get_by_role("toolbar", name="Writing").bounding_box()
    cancel = page.get_by_role("button", name="Cancel").bounding_box()
    assert tools
    assert cancel
    assert cancel["y"] + cancel["height"] <= tools["y"]


def test_history_and_positions_are_opened_from_the_menu_where_one_writes(phone: Window) -> None:
    page = phone.page
    phone.write_in("o4")
    more = page.get_by_role("toolbar", name="Writing").get_by_role("button", name="More")
    more.click()
    page.get_by_role("menuitem", name="History").click()
    expect(page.locator("#history")).to_be_visible()
    phone.press("Escape")
    expect(page.locator("#history")).to_be_hidden()
    expect(phone.editor).to_be_focused()
    more.click()
    page.get_by_role("menuitem", name="Positions on it").click()
    expect(page).to_have_url(re.compile(r"/table/\?provision=p4$"))
    expect(page.get_by_role("heading", level=1, name="resolves 1")).to_be_visible()


def test_outline_and_views_are_at_hand_wherever_one_reads(phone: Window) -> None:
    page = phone.page
    page.set_viewport_size({"width": 375, "height": 300})
    phone.option("o16").scroll_into_view_if_needed()
    before: Any = page.evaluate(PLACES), page.evaluate("scrollY")
    outline = page.get_by_role("button", name="Outline")
    link = page.locator("#outline .toc a").first
    expect(link).to_be_hidden()
    outline.click()
    expect(link).to_be_in_viewport()
    assert page.evaluate("scrollY") == before[1], "the paper moves under the outline"
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(outline).to_be_focused()
    assert (page.evaluate(PLACES), page.evaluate("scrollY")) == before
    outline.click()
    link.click()
    expect(link).to_be_hidden()
    views = page.locator("[data-unfolds=views]")
    views.click()
    page.get_by_role("link", name="Clean").click()
    expect(views).to_have_text("Clean")
    expect(views).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Clean")


# The line with the caret, and the edges between which it is seen.
SEEN = """() => {
  const {focusNode, focusOffset} = getSelection();
  const range = new Range();
  range.setStart(focusNode, focusOffset);
  const line = range.getClientRects()[0];
  const edge = name => document.querySelector(name).getBoundingClientRect();
  return line.top >= edge('.ctl').bottom && line.bottom <= edge('.pens').top;
}"""


def test_the_line_one_writes_is_hidden_by_no_bar(phone: Window) -> None:
    page = phone.page
    page.set_viewport_size({"width": 375, "height": 407})  # as the keyboard leaves it
    phone.write_in("o6")
    phone.type("and so on, line by line, as long as there is something to say of lamps; " * 8)
    page.wait_for_function(SEEN)
    phone.press("Control+Home")
    page.wait_for_function(SEEN)
    for name in ("Undo my last change", "More", "Done"):
        tool = page.get_by_role("toolbar", name="Writing").get_by_role("button", name=name)
        expect(tool).to_be_in_viewport(ratio=1)
    phone.saved()


def test_a_siglum_stays_with_its_word(
    phone: Window, browser: Browser, server: str, cast: Cast
) -> None:
    with seated(browser, server, cast.users["kes"], width=375) as kes:
        kes.write_in("o6")
        kes.type(" hourly ")
        kes.saved()
        sign = kes.editor.locator(".sig")
        assert sign.evaluate("sign => sign.previousSibling.textContent.endsWith('hourly')")
        kes.leave()
    shown = phone.option("o6").locator(".sig")
    expect(shown).to_have_count(1)
    assert shown.evaluate("sign => sign.previousSibling.textContent.endsWith('hourly')")
    expect(phone.option("o6").locator(".asked")).to_be_visible()
    stands_still(phone)
