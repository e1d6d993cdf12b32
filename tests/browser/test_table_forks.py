"""One fork is decided from where the wordings part: by pointer, by keys and by a finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from drafting.domain import text as texts
from drafting.models import Decision, Option
from tests.browser.sitting import Room, effect, press, select, table_of
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def room(browser: Browser, server: str, cast: Cast) -> Iterator[Room]:
    with table_of(browser, server, cast) as room:
        yield room


def folded(page: Page) -> None:
    """Two near options and what nobody has taken up yet, as one text with brackets."""
    press(page, "4")
    effect(page, "A wording of VAL/70/2 comes")
    press(page, "t")
    expect(page.locator("#w-4")).to_contain_text("Option 4")
    press(page, "1", "2", "4")
    effect(page, "Fold:")
    press(page, "f")
    expect(page.locator("#w-1")).to_contain_text("holds the alternatives that follow")
    effect(page, "Done")


def row(page: Page, words: str) -> Locator:
    """The alternative with these words at a fork."""
    return page.locator("button.alt").filter(has=page.get_by_text(words, exact=True)).first


def text() -> str:
    return texts.printed(texts.from_json(Option.objects.get(draft__slug="dl-3", number=21).content))


def test_a_press_shows_what_would_come_of_it_and_a_second_one_does_it(room: Room) -> None:
    page, olga = room.sit("chair"), room.sit("olga")
    folded(page)
    row(page, "[open to all]").click()
    effect(page, "1 bracket fewer. The words of VAL/70/2 are then read no more.")
    expect(page.locator("#cmd .main[data-act]")).to_contain_text("Decide")
    assert "[" in text()
    row(page, "[open to all]").click()
    effect(page, "Done")
    assert text().endswith("in a form open to all;")
    chosen = {r.code: r.what for r in Decision.objects.filter(provision=4).order_by("pk")}
    assert chosen["ISL/79A2/13"] == "chosen"
    assert chosen["VAL/70/2"] == "not_retained"
    expect(row(olga, "[open to all]")).to_have_count(0)
    expect(olga.locator("#w-1 .br")).to_have_count(4)
    press(page, "u")
    effect(page, "Undo:")
    press(page, "u")
    effect(page, "Undone")
    expect(row(page, "[open to all]")).to_have_count(1)
    expect(olga.locator("#w-1 .br")).to_have_count(6)


def test_alternatives_are_walked_to_and_decided_by_keys_alone(room: Room) -> None:
    page = room.sit("chair")
    folded(page)
    press(page, ";")
    expect(page.locator("button.alt").first).to_be_focused()
    press(page, ",")
    expect(page.locator("button.alt").last).to_be_focused()
    press(page, ";")
    expect(page.locator("button.alt").first).to_have_attribute("aria-pressed", "true")
    effect(page, "1 bracket fewer")
    press(page, "=")
    effect(page, "Done")
    assert text().count("[") == 2
    row(page, "[open to all]").focus()
    press(page, "Enter")
    effect(page, "Decide the fork for the chosen words: ")
    press(page, "Enter")
    effect(page, "Done")
    assert text().count("[") == 1


def test_where_no_bracket_holds_a_fork_it_says_why(room: Room) -> None:
    page = room.sit("chair")
    page.locator("button.alt").first.click()
    effect(page, "It stands between whole options: fold them first")
    page.locator("button.alt").first.click()
    effect(page, "It stands between whole options: fold them first")
    press(page, "1")
    expect(page.locator("button.alt[aria-pressed=true]")).to_have_count(0)
    effect(page, "Keep only this")


def test_bracketed_words_that_nobody_asks_to_change_stay_or_go(room: Room) -> None:
    page = room.sit("chair", at="p7")
    row(page, "nothing").click()
    effect(page, "1 bracket fewer")
    press(page, "=")
    effect(page, "Done")
    said = texts.from_json(Option.objects.get(draft__slug="dl-3", number=7).content)
    assert "[six hours]" in texts.printed(said)


def test_brackets_side_by_side_are_alternatives_of_one_row(room: Room) -> None:
    page = room.sit("chair", at="p5")
    press(page, "1", "e")
    page.get_by_label("Words", exact=True).fill("that lamps shall should burn at night;")
    press(page, "Control+Enter")
    effect(page, "Done")
    own = f"#{page.locator('.worded', has_text='Chair').get_attribute('id')}"
    for n, words in enumerate(("shall", "should"), 1):
        select(page, own, words)
        effect(page, "Bracket: 1 bracket more")
        press(page, "b")
        expect(page.locator(f"{own} .br")).to_have_count(2 * n)
    row(page, "[shall]").click()
    effect(page, "Decide the fork for the chosen words: ")
    press(page, "=")
    effect(page, "Done")
    expect(page.locator(".worded b.code", has_text="Chair")).to_have_count(1)
    said = {
        texts.printed(texts.from_json(o.content))
        for o in Option.objects.filter(draft__slug="dl-3", provision__number=5)
    }
    assert said == {"2\tthat lamps should burn at night;", "2\tthat lamps shall burn at night;"}


def test_who_may_not_decide_has_the_words_and_no_buttons(room: Room) -> None:
    page = room.sit("kes")
    expect(page.locator(".parting .fork").first).to_contain_text("all")
    expect(page.locator("button.alt")).to_have_count(0)


@pytest.mark.parametrize("width", [375, 768])
def test_a_finger_decides_a_fork(room: Room, width: int) -> None:
    folded(room.sit("chair"))
    page = room.sit("chair", width=width, touch=True)
    box = row(page, "[open to all]").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    row(page, "[open to all]").tap()
    effect(page, "Decide the fork for the chosen words: ")
    page.locator("#cmd .deeds-list > [data-act=decide]").tap()
    effect(page, "Done")
    assert text().endswith("in a form open to all;")
    page.locator("#cmd .btn[data-act=undo]").tap()
    effect(page, "Undo:")
    page.locator("#cmd .btn[data-act=undo]").tap()
    effect(page, "Undone")
    assert "[" in text()
