"""People at the table of DL/3, and what one does there: press a key, see what would come of it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

from django.db import connection
from playwright.sync_api import Browser, Page, expect

from tests.browser.gauges import TABLE, lay
from tests.browser.people import Window, sign_in
from tests.cast import Cast


class Room:
    """Lets people of the cast sit down at the table of DL/3, at any width."""

    def __init__(self, browser: Browser, server: str, cast: Cast, stack: ExitStack) -> None:
        self._browser, self._server, self._cast, self._stack = browser, server, cast, stack

    def sit(self, name: str, *, width: int = 1280, touch: bool = False, at: str = "p4") -> Page:
        context = self._browser.new_context(
            base_url=self._server,
            reduced_motion="reduce",
            viewport={"width": width, "height": 900 if width > 500 else 780},
            has_touch=touch,
        )
        sign_in(context, self._server, self._cast.users[name])
        page = context.new_page()
        page.set_default_timeout(10_000)
        window = Window(name, page, context)
        page.on("pageerror", lambda error: window.errors.append(str(error)))
        self._stack.callback(_leave, window)
        page.goto(f"{TABLE}?provision={at}" if at else TABLE)
        expect(page.locator("#conn")).to_have_text("Saved")
        return page


def _leave(window: Window) -> None:
    window.context.close()
    assert not window.errors, f"{window.name}'s page complains: {window.errors}"


@contextmanager
def table_of(browser: Browser, server: str, cast: Cast) -> Iterator[Room]:
    """The table with its draft; whoever sat down has left when it ends."""

    def make() -> None:
        with closing(connection):
            lay(cast)

    with ThreadPoolExecutor(1) as aside:
        aside.submit(make).result()
    with ExitStack() as stack:
        yield Room(browser, server, cast, stack)


def shown(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def effect(page: Page, words: str) -> None:
    expect(page.locator("#effect")).to_contain_text(words)


def do(page: Page, key: str, words: str) -> None:
    """Once to see what would come of it, once more to do it."""
    page.keyboard.press(key)
    effect(page, words)
    page.keyboard.press(key)
    effect(page, "Done")


def select(page: Page, row: str, words: str) -> None:
    """Selects words of a wording, as a pointer would."""
    page.evaluate(SELECT, [row, words])


SELECT = """([row, words]) => {
  const walker = document.createTreeWalker(
    document.querySelector(`${row} .words`), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.textContent.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(
      walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
  throw new Error('these words do not stand there');
}"""
