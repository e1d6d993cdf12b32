"""The bar: it fits every screen and every name, its menus close, and keys go where it goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.axe import violations
from tests.browser.people import ROOM, Seat, Window
from tests.cast import Cast

pytestmark = pytest.mark.browser

WIDTHS = (320, 375, 768, 960, 1120, 1280, 1800, 2560)
LONG = "Maria-Guadalupe Fernández de Montalbán y Etxeberria-Ruhiyyih"
# What is wrong with the bar: it scrolls, or one of its words lies on another.
FAULTS = """() => {
  const bar = document.querySelector('header.bar');
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
  if (bar.scrollWidth > bar.clientWidth) found.push('the bar scrolls sideways');
  const words = [...bar.querySelectorAll(':is(a, summary, select, #conn)')]
    .filter(one => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
    .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0);
  for (const [one, a] of words) {
    if (a.left < 0 || a.right > innerWidth) found.push(`${one} is cut off`);
    for (const [other, b] of words) {
      const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const across = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (a !== b && over > 0.5 && across > 0.5) found.push(`${one} lies on ${other}`);
    }
  }
  return found;
}"""


def at(page: Page, width: int, address: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(address)
    return [f"{address} at {width}: {fault}" for fault in page.evaluate(FAULTS)]


def test_no_name_is_too_long_and_no_screen_too_narrow_for_the_bar(cast: Cast, seat: Seat) -> None:
    User.objects.filter(pk=cast.users["chair"].pk).update(full_name=LONG, is_staff=True)
    page = seat("chair").page
    found: list[str] = []
    for address in (ROOM, f"{ROOM}disposition/", f"{ROOM}consolidate/", f"{ROOM}revisions/", "/"):
        for width in WIDTHS:
            found += at(page, width, address)
    assert not found, "\n".join(found)


def test_a_menu_opens_by_key_closes_by_escape_and_closes_the_other(seat: Seat) -> None:
    page = seat("chair").page
    page.goto(f"{ROOM}checks/")
    more = page.locator("#ways")
    word = more.locator("summary")
    expect(word).to_have_text("Checks")
    word.press("Enter")
    expect(more.get_by_role("link", name="Disposition")).to_be_visible()
    assert not violations(page)
    page.keyboard.press("Escape")
    expect(more).not_to_have_attribute("open", "")
    expect(word).to_be_focused()
    word.press("Enter")
    page.locator(".me > summary").click()
    expect(more).not_to_have_attribute("open", "")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert not violations(page)
    page.locator("h1").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


@pytest.mark.parametrize(
    ("letter", "heading"),
    [("c", "Checks"), ("d", "What came of each proposal"), ("r", "Revisions of"), ("g", "Group")],
)
def test_two_keys_go_to_another_page_of_the_draft(seat: Seat, letter: str, heading: str) -> None:
    page = seat("chair").page
    page.keyboard.press("Shift+G")
    page.keyboard.press(letter)
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def test_the_second_letter_is_no_act_of_the_page(seat: Seat) -> None:
    """In the room H opens a history; after Shift G it leads nowhere, and does nothing."""
    page = seat("chair").page
    page.keyboard.press("j")
    page.keyboard.press("Shift+G")
    page.keyboard.press("h")
    expect(page.locator("#history")).to_have_count(0)
    page.keyboard.press("h")
    expect(page.locator("#history")).to_be_visible()


def test_the_keys_are_letters_where_one_writes_and_nothing_once_switched_off(seat: Seat) -> None:
    window = seat("chair")
    typed_words_stay(window)
    window.page.keyboard.press("?")
    window.page.get_by_role("dialog").get_by_label("Single keys are on").uncheck()
    window.page.keyboard.press("Escape")
    window.press("Shift+G", "c")
    expect(window.page.locator("#room")).to_be_visible()


def typed_words_stay(window: Window) -> None:
    window.write_in("o2")
    window.press("Shift+G", "c")
    window.saved()
    assert window.words("o2").endswith("Gc")
    window.leave()
