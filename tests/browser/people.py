"""People in windows of their own, in the writing room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket, expect

from accounts.models import User
from drafting.domain import text as texts
from drafting.domain.text import Text
from drafting.models import Option
from tests.cast import Cast, make_cast

ROOM = "/drafts/lorne/dl-1/"

Seat = Callable[[str], "Window"]
"""Lets somebody of the cast sit down, in a browser window of their own."""


@dataclass
class Window:
    """One person's window on the draft."""

    name: str
    page: Page
    context: BrowserContext
    errors: list[str] = field(default_factory=list)

    def option(self, key: str) -> Locator:
        return self.page.locator(f"#{key}")

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("textbox").and_(self.page.locator(".pm"))

    @property
    def state(self) -> Locator:
        return self.page.locator("#conn")

    def write_in(self, key: str, *, at: str = "End") -> None:
        """Opens an option for writing by a click, with the caret at its end (or "Home")."""
        self.option(key).locator("> .tx p, > .tx h2").last.click()
        expect(self.option(key).locator(".pm")).to_be_focused()
        self.page.keyboard.press(f"Control+{at}")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self) -> None:
        """Waits until everything this person wrote is on disk."""
        expect(self.state).not_to_have_attribute("data-unsent", "")
        expect(self.state).to_have_text("Saved")

    def kept(self) -> None:
        """Waits until everything this person wrote without a line is on this machine's disk."""
        expect(self.state).not_to_have_attribute("data-unkept", "")
        expect(self.state).to_contain_text("changes kept")

    def leave(self) -> None:
        self.press("Escape")
        expect(self.editor).to_have_count(0)

    def offline(self) -> None:
        self.context.set_offline(True)
        expect(self.state).to_contain_text("Offline")

    def online(self) -> None:
        self.context.set_offline(False)

    def words(self, key: str) -> str:
        """What the editor or the page says in an option, without labels, names and what is gone."""
        return str(self.page.evaluate(READ, key))


def choose(window: Window, first: tuple[str, str], last: tuple[str, str] | None = None) -> None:
    """Selects words of an option, as a pointer would; to the end of words of another."""
    window.page.evaluate(CHOOSE, [*first, *(last or first)])


CHOOSE = """([first, words, last, lastWords]) => {
  const found = (key, words) => {
    const walker = document.createTreeWalker(
      document.querySelector(`#${key} > .tx p`), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.textContent.indexOf(words);
      if (at >= 0) return [walker.currentNode, at];
    }
    throw new Error('these words do not stand there');
  };
  const [start, from] = found(first, words);
  const [end, to] = found(last, lastWords);
  getSelection().setBaseAndExtent(start, from, end, to + lastWords.length);
}"""

READ = """key => {
  const words = document.getElementById(key).querySelector(':scope > .tx').cloneNode(true);
  const not = '.lab, .sig, .pens, .told, .why, .sp, .vh, .caret, [data-made], br, sub, ' +
    'del:not([data-change]):not(.p)';
  for (const one of words.querySelectorAll(not)) one.remove();
  return words.textContent.replace(/\\s+/g, ' ').trim();
}"""


@contextmanager
def seated(
    browser: Browser,
    server: str,
    user: User,
    *,
    width: int = 1280,
    heard: Callable[[WebSocket], None] | None = None,
) -> Iterator[Window]:
    """A window of somebody who has signed in, in the room, with the line up."""
    size = {"width": width, "height": 860}
    context = browser.new_context(base_url=server, reduced_motion="reduce", viewport=size)  # type: ignore[arg-type]
    sign_in(context, server, user)
    page = context.new_page()
    page.set_default_timeout(10_000)
    window = Window(user.full_name, page, context)
    page.on("pageerror", lambda error: window.errors.append(str(error)))
    if heard:
        page.on("websocket", heard)
    page.goto(ROOM)
    expect(page.locator("#conn")).to_have_text("Saved")
    yield window
    context.close()
    assert not window.errors, f"{window.name}'s page complains: {window.errors}"


def sign_in(context: BrowserContext, server: str, user: User) -> None:
    """In all of a browser's tabs, as its cookies are."""
    client = Client()
    client.force_login(user)
    morsel = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": morsel.key, "value": morsel.value, "url": server}])


def made() -> Cast:
    """The cast, from a thread without the browser's event loop."""

    def make() -> Cast:
        with closing(connection):
            return make_cast()

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(make).result()


def stored(key: str) -> Text:
    """An option's text as the database has it."""
    return texts.from_json(Option.objects.get(number=int(key[1:])).content)


def stored_words(key: str) -> str:
    """As a person reads it, pending changes in it."""
    return " ".join(texts.printed(stored(key), with_label=False).split())


def agree(windows: list[Window], key: str) -> str:
    """Every page, the database and a fresh load say the same, letter by letter."""
    for window in windows:
        window.saved()
    said = stored_words(key)
    for window in windows:
        window.page.wait_for_function(f"([key, said]) => ({READ})(key) === said", arg=[key, said])
    fresh = windows[0].context.new_page()
    fresh.goto(ROOM)
    assert fresh.evaluate(READ, key) == said
    fresh.close()
    return said
