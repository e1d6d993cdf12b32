"""Every act of the table by its key: told before, done, seen by another, and taken back.

Each test is one round (`by_hand`): the page as it was, what the act would do, the page after it, on
the chair's screen and on another member's; then undo, told and done, and the page as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.gauges import TABLE
from tests.browser.rounds import (
    OPTIONS,
    both,
    by_hand,
    counts,
    open_status,
    sees,
    told,
    two,
    writes,
)
from tests.browser.sitting import Room, press, shown, table_of
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def room(browser: Browser, server: str, cast: Cast) -> Iterator[Room]:
    with table_of(browser, server, cast) as room:
        yield room


# --- wordings -----------------------------------------------------------------------------------


def test_two_wordings_that_both_stand_are_provisions_of_their_own(room: Room) -> None:
    pages = two(room)
    press(pages[0], "1", "2")
    by_hand(
        pages,
        "s",
        "Both stand, not one or the other",
        was=counts("#w-2 mark.span", 1),
        then=counts("#w-2 mark.span", 0),
    )


def test_an_option_is_moved_up_and_down(room: Room) -> None:
    pages = two(room)
    first, second = sees("#w-1 b.code", "NRT/80A1/14"), sees("#w-1 b.code", "ISL/79A2/13")
    press(pages[0], "2")
    by_hand(pages, "-", "Move the option up", was=first, then=second)
    press(pages[0], "1")
    by_hand(pages, "+", "Move the option down", was=first, then=second)


def test_the_chair_writes_a_wording_from_the_one_that_is_chosen(room: Room) -> None:
    pages = two(room)
    press(pages[0], "1")

    def ask(page: Page) -> None:
        field = page.get_by_label("Words", exact=True)
        expect(field).to_have_value(re.compile("^to exchange .* open to all;$"))
        field.fill("to exchange all observations, freely;")

    own = ".worded .words >> text=to exchange all observations, freely;"
    by_hand(
        pages,
        "e",
        "The chair’s own wording, from those chosen",
        was=counts(own, 0),
        then=counts(".worded b.code >> text=Chair", 1),
        ask=ask,
        enter="Control+Enter",
    )


def test_a_folded_text_is_unfolded_into_whole_options(room: Room) -> None:
    pages = two(room)
    press(pages[0], "1", "2")
    told(pages[0], "Fold")
    press(pages[0], "f")
    told(pages[0], "Done")
    press(pages[0], "1")
    by_hand(
        pages,
        "x",
        "Unfold into whole options",
        was=sees("#w-2 .h", "Alternative 2"),
        then=sees("#w-2 .h", "Option 2"),
    )


def test_no_text_and_delete_are_options(room: Room) -> None:
    pages = two(room, at="p5")
    for key, name, nil in (
        ("i", "Option “no text”", "no text"),
        ("q", "Option “delete”", "delete"),
    ):
        by_hand(
            pages,
            key,
            name,
            was=counts(OPTIONS, 1),
            then=sees(".worded:not(.base) .whose", "KES/75/4", nil),
        )


def test_what_is_not_retained_says_why(room: Room) -> None:
    pages = two(room)
    press(pages[0], "4")
    by_hand(
        pages,
        "n",
        "Do not retain",
        was=sees("#w-4 .whose", "not yet in the draft"),
        then=both(sees("#w-4 .whose", "not retained"), sees(".said-done q", "asked elsewhere")),
        ask=writes("asked elsewhere"),
    )


def test_the_desk_withdraws_for_a_proposer(room: Room) -> None:
    pages = two(room, who="sam")
    press(pages[0], "4")
    by_hand(
        pages,
        "y",
        "Withdraw, for its proposer",
        was=sees("#w-4 .whose", "not yet in the draft"),
        then=sees("#w-4 .whose", "withdrawn"),
        ask=writes("said from the floor"),
    )


def test_a_delegate_withdraws_what_the_delegation_asked(room: Room) -> None:
    pages = two(room, who="val")
    press(pages[0], "4")
    by_hand(
        pages,
        "y",
        "Withdraw, for its proposer",
        was=sees("#w-4 .whose", "not yet in the draft"),
        then=both(sees("#w-4 .whose", "withdrawn"), sees(".said-done", "no longer needed")),
        ask=writes("no longer needed"),
    )


def test_what_a_proposal_asks_for_is_taken_up(room: Room) -> None:
    pages = two(room)
    press(pages[0], "4")
    by_hand(
        pages,
        "t",
        "Take up",
        was=sees("#w-4 .whose", "not yet in the draft"),
        then=sees("#w-4 .h", "Option 4"),
    )


def test_one_wording_alone_is_kept(room: Room) -> None:
    pages = two(room)
    press(pages[0], "2")
    by_hand(
        pages,
        "c",
        "Keep only this",
        was=sees("#w-3 .h", "Option 3"),
        then=counts(".worded .h >> text=Option", 1),
    )


# --- brackets -----------------------------------------------------------------------------------


def test_brackets_are_lifted_and_the_words_stay(room: Room) -> None:
    pages = two(room, at="p7")
    press(pages[0], "1")
    by_hand(
        pages,
        "l",
        "Lift the brackets, the words stay",
        was=counts(".worded .br", 4),
        then=both(
            counts(".worded .br", 0), sees(".worded .words", "six hours", "six working hours")
        ),
    )


def test_bracketed_words_are_taken_out(room: Room) -> None:
    pages = two(room, at="p7")
    press(pages[0], "]", "]")
    by_hand(
        pages,
        "z",
        "Take the bracketed words out",
        was=counts(".worded .br", 4),
        then=counts(".worded .br", 2),
    )


def test_a_whole_wording_is_bracketed(room: Room) -> None:
    pages = two(room)
    press(pages[0], "2")
    by_hand(pages, "b", "Bracket", was=counts("#w-2 .br", 0), then=counts("#w-2 .br", 2))


# --- status, place, package ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "act", "word"), [("r", "Agree ad ref", "agreed ad ref"), ("a", "Agree", "agreed")]
)
def test_a_provision_is_agreed(room: Room, key: str, act: str, word: str) -> None:
    by_hand(two(room, at="p8"), key, act, was=open_status("open"), then=open_status(word))


def test_a_provision_is_deferred(room: Room) -> None:
    by_hand(two(room, at="p5"), "d", "Defer", was=open_status("open"), then=open_status("deferred"))


def test_agreed_text_is_reopened_with_a_reason(room: Room) -> None:
    pages = two(room, at="p8")
    press(pages[0], "a")
    told(pages[0], "Agree")
    press(pages[0], "a")
    told(pages[0], "Done")
    by_hand(
        pages,
        "o",
        "Reopen, with a reason",
        was=open_status("agreed"),
        then=both(open_status("reopened"), sees(".reason", "a word was missed")),
        ask=writes("a word was missed"),
    )


def test_placement_is_to_be_decided(room: Room) -> None:
    unplaced = ".case > header .unplaced"
    by_hand(
        two(room),
        "h",
        "Placement to be decided, or decided",
        was=counts(unplaced, 0),
        then=counts(unplaced, 1),
    )


def test_provisions_are_tied_into_a_package_and_untied(room: Room) -> None:
    pages = two(room)
    page, _olga = pages
    page.goto(f"{TABLE}?show=all&order=paper&provision=p4")
    press(page, ".", "j")
    shown(page, "resolves 2")
    press(page, ".", "k")
    shown(page, "resolves 1")
    by_hand(
        pages,
        "g",
        "Tie the chosen provisions into a package",
        was=counts(".tie", 0),
        then=sees(".tie", "Package “Money”: agreed only together with resolves 2"),
        ask=writes("Money"),
    )
    press(page, "g")
    writes("Money")(page)
    told(page, "Tie the chosen provisions into a package")
    press(page, "Enter")
    told(page, "Done")
    by_hand(pages, "v", "Untie the package", was=counts(".tie", 1), then=counts(".tie", 0))


# --- positions ----------------------------------------------------------------------------------


def test_the_desk_sets_a_position_down(room: Room) -> None:
    pages = two(room, who="sam")

    def ask(page: Page) -> None:
        page.locator("#panel select").select_option("TES")
        page.get_by_role("radio", name="against").check()

    press(pages[0], "2")
    by_hand(
        pages,
        "w",
        "Position",
        was=counts("#w-2 .stances dt[data-stance=oppose]", 0),
        then=sees("#w-2 .stances dt[data-stance=oppose] + dd", "TES"),
        ask=ask,
    )


def test_a_delegate_takes_a_position_on_the_provision(room: Room) -> None:
    def ask(page: Page) -> None:
        page.get_by_role("radio", name="reserves").check()
        page.get_by_label("in a few words").fill("until the council has met")

    by_hand(
        two(room, who="kes"),
        "w",
        "Position",
        was=counts(".whole .stances", 0),
        then=sees(".whole .stances dd", "KES until the council has met"),
        ask=ask,
    )


# --- what cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("f", "Choose two wordings"),
        ("t", "Choose a wording that a proposal asks for"),
        ("c", "Choose the one wording"),
        ("b", "Choose an option of the draft"),
        ("s", "Choose two wordings"),
        ("x", "Choose an option of the draft"),
        ("-", "Choose an option of the draft"),
        ("l", "Choose a wording that has brackets"),
        ("z", "Choose a wording that has brackets"),
        ("n", "Choose a wording that a proposal asks for"),
        ("y", "Choose a wording that a proposal asks for"),
        ("o", "Its status does not allow that"),
        ("v", "It is in no package"),
        ("=", "Choose an alternative where the wordings part"),
    ],
)
def test_what_cannot_be_asked_says_what_is_missing(room: Room, key: str, why: str) -> None:
    page = room.sit("chair")
    press(page, key)
    expect(page.locator("#effect")).to_contain_text(why)
    expect(page.locator("#panel")).to_be_hidden()
