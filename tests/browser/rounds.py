"""One round of an act at the table: told before, done, seen by another, taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.sitting import Room, press

See = Callable[[Page], None]
Pair = tuple[Page, Page]
OPTIONS = ".worded:not(.base) .h"


def told(page: Page, words: str) -> None:
    """The line above the acts begins so, and goes on."""
    expect(page.locator("#effect")).to_have_text(re.compile(rf"^\s*{re.escape(words)}: \S.{{6,}}"))


def by_hand(
    pages: Pair,
    key: str,
    words: str,
    *,
    was: See,
    then: See,
    ask: See | None = None,
    enter: str = "Enter",
) -> None:
    """`words`: the act's name; `ask`: what is filled in first; `was`, `then`: what one sees."""
    page, other = pages
    was(page)
    was(other)
    press(page, key)
    if ask:
        ask(page)
    told(page, words)
    press(page, enter if ask else key)
    told(page, "Done")
    then(page)
    then(other)
    press(page, "u")
    told(page, "Undo")
    press(page, "u")
    told(page, "Undone")
    was(page)
    was(other)


def sees(selector: str, *texts: str) -> See:
    """Such elements, in this order, with these words in them."""
    return lambda page: expect(page.locator(selector)).to_contain_text(list(texts))


def counts(selector: str, number: int) -> See:
    return lambda page: expect(page.locator(selector)).to_have_count(number)


def both(*found: See) -> See:
    def look(page: Page) -> None:
        for see in found:
            see(page)

    return look


def writes(words: str) -> See:
    def ask(page: Page) -> None:
        expect(page.locator("#panel")).to_be_visible()
        page.keyboard.type(words)

    return ask


def open_status(word: str) -> See:
    return lambda page: expect(page.locator(".case > header .st")).to_have_text(word)


def two(room: Room, at: str = "p4", who: str = "chair") -> Pair:
    return room.sit(who, at=at), room.sit("olga", at=at)
