"""Fixtures of the browser tests: a real server, a real browser, a fresh window for each test.

Tests that use `page` write to the database for good (no transaction hides it from the server),
so the tables are emptied after each.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright

from drafting import sample as invented
from tests.browser.chromium import find
from tests.browser.people import Seat, made, seated
from tests.browser.server import served, working
from tests.cast import Cast
from tests.emptying import wait_for_others

# A machine that runs all tests at once may let a page wait; a passing test waits no longer for it.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all browser tests, and gone before others want an event loop."""
    chromium = find()
    # Playwright keeps an event loop in this thread, at which Django takes us for a coroutine.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(
            executable_path=chromium.path,
            args=list(chromium.switches),
            env=dict(chromium.env),
            headless=True,
        )
        yield launched
        launched.close()
        # Within the loop Django has a connection of its own, which nobody else would close.
        connection.close()


@pytest.fixture(scope="package")
def server(
    django_db_setup: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a server on the test database."""
    with served(tmp_path_factory.mktemp("server") / "web.log") as address:
        yield address


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A Celery worker on the test database; gone before the tables are emptied under it."""
    with working(tmp_path / "worker.log"):
        yield


@pytest.fixture
def page(browser: Browser, server: str, transactional_db: None) -> Iterator[Page]:
    """A window of its own, which fails the test on any error in the page's scripts."""
    context = browser.new_context(base_url=server, reduced_motion="reduce")
    errors: list[str] = []
    window = context.new_page()
    window.set_default_timeout(10_000)
    window.on("pageerror", lambda error: errors.append(str(error)))
    window.on("console", lambda said: errors.extend(complaint(said)))
    window.on("response", lambda answer: errors.extend(missing_part(answer)))
    yield window
    context.close()
    wait_for_others()
    assert not errors, f"The page complains: {errors}"


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    """The cast, in the database."""
    yield made()
    wait_for_others()


@pytest.fixture
def seat(browser: Browser, server: str, cast: Cast) -> Iterator[Seat]:
    """Lets somebody of the cast sit down, in a browser window of their own."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(seated(browser, server, cast.users[name]))


@pytest.fixture
def conference(transactional_db: None) -> invented.Sample:
    """The sample, in the database."""
    # The browser's driver keeps an event loop in this thread; services want one without.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(load_and_let_go).result()
    return invented.load()


def load_and_let_go() -> None:
    # Imported late: models want Django's settings, which pytest-django reads after this file.
    from drafting.services import samples

    samples.load()
    connection.close()


def complaint(said: ConsoleMessage) -> list[str]:
    """An error on the console; failed loads are told better by the response itself."""
    failed_load = said.text.startswith("Failed to load resource")
    return [said.text] if said.type == "error" and not failed_load else []


def missing_part(answer: Response) -> list[str]:
    """A part of a page that did not load. A page itself may be refused: tests try that."""
    is_page = answer.request.resource_type == "document" or answer.url.endswith("/favicon.ico")
    return [f"{answer.status} {answer.url}"] if answer.status >= 400 and not is_page else []
