"""What tells of the paper as a whole follows what happens to it, in words as in discs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from drafting.domain.draft import Status
from drafting.services import provisions
from tests.browser.people import ROOM, Seat, Window
from tests.cast import Cast

pytestmark = pytest.mark.browser

WHOLE = """() => ['#outline', '#walk', '#inspect-body'].map(part => {
  const copy = document.querySelector(part).cloneNode(true);
  for (const made of copy.querySelectorAll('.who-here, [data-made]')) made.remove();
  return copy.innerHTML.replaceAll(/ aria-current="true"| open=""/g, '').replaceAll(/\\s+/g, ' ');
})"""


def is_as_on_a_fresh_page(window: Window) -> None:
    fresh = window.context.new_page()
    fresh.goto(ROOM)
    expected = fresh.evaluate(WHOLE)
    fresh.close()
    assert window.page.evaluate(WHOLE) == expected


def test_words_and_tallies_follow_what_is_written(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    section = olga.page.locator('[data-section="s-p3"] > .n')
    tally = olga.page.locator("#outline .tally")
    expect(section).to_have_text("1 contested")
    expect(olga.page.locator("#walked")).to_have_text("1 to settle")
    chair.write_in("o4", at="Home")
    chair.type("[maybe] ")
    chair.saved()
    expect(section).to_have_text("2 contested")
    expect(tally).to_contain_text("4 open, 2 contested")
    expect(tally).to_contain_text("1 bracket")
    expect(olga.page.locator("#walked")).to_have_text("2 to settle")
    expect(olga.page.locator("#inspect-body a")).to_have_count(2)
    expect(olga.page.locator(".toc .who-here")).to_have_text("Chair")
    is_as_on_a_fresh_page(olga)
    chair.press("Control+z")
    expect(section).to_have_text("1 contested")
    expect(olga.page.locator("#walked")).to_have_text("1 to settle")


def test_words_and_tallies_follow_acts_and_statuses(seat: Seat, cast: Cast) -> None:
    chair, olga = seat("chair"), seat("olga")
    tally = olga.page.locator("#outline .tally")
    provisions.move_status(cast.actor("chair"), cast.draft.pk, 4, Status.AGREED)
    expect(tally).to_contain_text("1 agreed")
    expect(olga.page.locator('[data-section="s-p3"] .sum')).to_have_text("1 of 3 agreed")
    olga.page.locator('[data-section="s-p3"]').focus()
    chair.page.locator("#o6").hover()
    chair.write_in("o6")
    chair.press("Control+m", "c")
    expect(olga.page.locator(".toc li")).to_have_count(3)
    expect(olga.page.locator('[data-section="s-p3"]')).to_be_focused()
    is_as_on_a_fresh_page(olga)
