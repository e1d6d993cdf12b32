"""Several people at one text, each in a browser of their own.

At the end of each test all pages, the database and a fresh load agree letter by letter.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from drafting.domain import text as texts
from drafting.domain.draft import Status
from drafting.models import Membership, Provision
from tests.browser.people import Seat, agree, choose, stored, stored_words
from tests.cast import SETUP, Cast

pytestmark = pytest.mark.browser


def test_two_write_in_one_sentence(seat: Seat) -> None:
    chair, sam = seat("chair"), seat("sam")
    chair.write_in("o4", at="Home")
    sam.write_in("o4")
    for one, other in zip("again ", " daily", strict=True):
        chair.type(one)
        sam.type(other)
    said = agree([chair, sam], "o4")
    assert said == "again to count the lamps; daily"


def test_what_others_write_appears_where_one_reads(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    chair.write_in("o6", at="Home")
    chair.type("always ")
    expect(olga.option("o6")).to_contain_text("always")
    expect(olga.option("o6").locator(".here-m")).to_have_text("Chair is writing here")
    expect(olga.page.locator(".toc .who-here")).to_have_text("Chair")
    chair.leave()
    agree([chair, olga], "o6")
    expect(olga.page.locator(".here-m")).to_have_count(0)


def test_a_reader_keeps_place_and_selection_while_the_text_moves(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    choose(olga, ("o6", "report each"))
    chair.write_in("o4", at="Home")
    chair.type("again ")
    expect(olga.option("o4")).to_contain_text("again")
    chair.write_in("o6")
    chair.type(" Always.")
    expect(olga.option("o6")).to_contain_text("Always.")
    assert olga.page.evaluate("getSelection().toString()") == "report each"


def test_five_in_one_sentence(seat: Seat) -> None:
    chair, sam, kes, val, olga = (seat(name) for name in ("chair", "sam", "kes", "val", "olga"))
    writers = [chair, sam, kes, val]
    for writer, at in zip(writers, ("Home", "End", "Home", "End"), strict=True):
        writer.write_in("o4", at=at)
    for letter in "abcdefgh":
        for place, writer in enumerate(writers):
            writer.type(letter.upper() if place % 2 else letter)
            if letter == "d":
                writer.press("Backspace")
    said = agree([*writers, olga], "o4")
    assert "count the lamps" in said
    untouched = texts.plain(texts.rejected(stored("o4")))
    assert untouched.count("a") >= 1
    assert set(texts.sources(stored("o4"))) == {"KES", "VAL"}


def test_what_a_delegate_asks_for_is_accepted(seat: Seat) -> None:
    chair, kes, val = seat("chair"), seat("kes"), seat("val")
    kes.write_in("o4", at="Home")
    kes.type("now ")
    kes.saved()
    val.write_in("o4", at="Home")
    val.press(*["ArrowRight"] * 7, *["Shift+ArrowRight"] * 5, "Delete")
    val.saved()
    asked = chair.option("o4").locator(".asked")
    expect(asked).to_contain_text("2 changes pending")
    expect(asked).to_contain_text("KES adds “now”")
    asked.get_by_role("button", name="Accept: KES").click()
    expect(asked).to_contain_text("1 change pending")
    assert texts.sources(stored("o4")) == ("VAL",)
    asked.get_by_role("button", name="Reject: VAL").click()
    expect(asked).to_have_count(0)
    assert agree([chair, kes, val], "o4") == "now to count the lamps;"


def test_what_is_asked_for_is_settled_at_the_caret(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    kes.write_in("o4", at="Home")
    kes.type("now ")
    kes.saved()
    chair.write_in("o4", at="Home")
    chair.press("ArrowRight")
    chair.page.get_by_role("toolbar").get_by_role("button", name="Reject").click()
    expect(chair.editor.locator("ins[data-change]")).to_have_count(0)
    assert agree([chair, kes], "o4") == "to count the lamps;"


def test_a_bracket_is_set_around_what_is_selected_over_two_provisions(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    chair.page.evaluate(
        """() => {
          const word = key => document.querySelector(`#${key} > .tx p`).firstChild;
          getSelection().setBaseAndExtent(word('o4'), 3, word('o6'), 9);
        }"""
    )
    chair.press("[")
    expect(olga.page.locator(".br")).to_have_count(2)
    assert agree([chair, olga], "o4") == "to [count the lamps;"
    assert agree([chair, olga], "o6") == "to report] each year."


def test_a_neighbouring_option_is_reached_by_arrow(seat: Seat) -> None:
    chair = seat("chair")
    chair.write_in("o5")
    chair.press("ArrowDown")
    expect(chair.option("o16").locator(".pm")).to_be_focused()
    chair.press("ArrowUp")
    expect(chair.option("o5").locator(".pm")).to_be_focused()


def test_offline_work_is_kept_and_sent_on_return(seat: Seat) -> None:
    chair, sam = seat("chair"), seat("sam")
    chair.write_in("o4", at="Home")
    chair.type("on ")
    chair.saved()
    chair.offline()
    chair.type("the train ")
    expect(chair.state).to_contain_text("changes kept")
    sam.write_in("o4")
    sam.type(" Daily.")
    sam.saved()
    chair.online()
    assert agree([chair, sam], "o4") == "on the train to count the lamps; Daily."


ON_DISK = """count => new Promise(resolve => {
  const opening = indexedDB.open('drafting');
  opening.onsuccess = () => {
    const reading = opening.result.transaction('work').objectStore('work').getAll();
    reading.onsuccess = () => {
      opening.result.close();
      resolve(reading.result.some(kept => kept.options.some(one => one.own.length === count)));
    };
  };
})"""


def test_offline_work_outlives_the_page_and_is_asked_about(seat: Seat) -> None:
    chair = seat("chair")
    chair.write_in("o4", at="Home")
    chair.type("x")
    chair.saved()
    chair.offline()
    chair.type("yz ")
    chair.kept()
    chair.page.wait_for_function(ON_DISK, arg=3)
    chair.page.close(run_before_unload=False)
    chair.online()
    chair.page = chair.context.new_page()
    chair.page.goto("/healthz")
    # The browser lets go of a closed tab's locks in its own time.
    chair.page.wait_for_function("() => navigator.locks.query().then(all => all.held.length === 0)")
    chair.page.evaluate("localStorage.clear()")  # a browser that is killed may not have it
    chair.page.goto("/drafts/lorne/dl-1/")
    held = chair.page.locator("#held")
    expect(held).to_contain_text("resolves 1")
    expect(held.locator("blockquote")).to_have_text("yz")
    expect(chair.state).to_have_text("Not sent: 3")
    assert stored_words("o4").startswith("xto")
    held.get_by_role("button", name="Send them now").click()
    expect(held).to_be_hidden()
    assert agree([chair], "o4") == "xyz to count the lamps;"


def test_words_that_meet_closed_text_land_in_the_tray(seat: Seat) -> None:
    chair = seat("chair")
    chair.write_in("o4", at="Home")
    chair.type("x")
    chair.saved()
    chair.offline()
    chair.type("late words ")
    row = Provision.objects.get(number=4)
    row.status = Status.AGREED.value
    SETUP.save(row, fields=["status"])
    chair.online()
    tray = chair.page.locator("#tray")
    expect(tray).to_contain_text("late words")
    expect(chair.editor).to_have_count(0)
    assert stored_words("o4") == "xto count the lamps;"
    tray.get_by_role("button", name="Let it go").click()
    expect(tray).to_be_hidden()


def test_a_withdrawn_role_stops_the_next_edit(seat: Seat, cast: Cast) -> None:
    chair, kes = seat("chair"), seat("kes")
    kes.write_in("o4", at="Home")
    kes.type("mine ")
    kes.saved()
    Membership.objects.get(group=cast.group, user=cast.users["kes"]).delete()
    expect(kes.state).to_have_text("You can no longer see changes here")
    before = stored_words("o4")
    kes.type("more ")
    expect(kes.state).to_have_text("No longer let in, changes kept: 5")
    chair.write_in("o6", at="Home")
    chair.type("a ")
    chair.saved()
    assert stored_words("o4") == before


def test_everybody_sees_who_is_where(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    kes.write_in("o4", at="Home")
    chair.write_in("o4")
    caret = chair.editor.locator(".caret")
    expect(caret).to_have_attribute("data-who", "KES")
    chair.page.locator("#people summary").click()
    expect(chair.page.locator("#people li")).to_have_count(2)
    expect(chair.page.locator("#people")).to_contain_text("writes in resolves 1")
    kes.leave()
    expect(caret).to_have_count(0)
