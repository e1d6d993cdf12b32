"""What people write is words on every page, whatever code is in it.

The pages are opened without their content security policy: what runs nowhere even then is kept
out by escaping, and not by the second wall.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Delegation
from drafting.models import Attribution, Note, Provision
from tests.browser.people import ROOM, sign_in
from tests.cast import SETUP, Cast

CODE = "<img src=x onerror=\"window.ran='yes'\"><script>window.ran='yes'</script>"
PAGES = (
    "/",
    "/groups/lorne/lamps/",
    ROOM,
    f"{ROOM}?against=clean",
    f"{ROOM}provisions/p4/history/",
    f"{ROOM}revisions/",
    f"{ROOM}bring-in/",
)


@pytest.fixture
def naked(browser: Browser, server: str, written: Cast) -> Iterator[BrowserContext]:
    """The chair's browser, in which whatever gets into a page would run."""
    context = browser.new_context(base_url=server, bypass_csp=True)
    sign_in(context, server, written.users["chair"])
    yield context
    context.close()


@pytest.fixture
def written(cast: Cast) -> Cast:
    """The cast, with code wherever a person gives words."""
    chair = cast.users["chair"]
    chair.full_name = CODE[:100]
    chair.save()
    cast.group.name = cast.group.mandate = CODE
    SETUP.save(cast.group, ["name", "mandate"])
    cast.draft.title = CODE
    SETUP.save(cast.draft, ["title"])
    Delegation.objects.filter(symbol="KES").update(name=CODE)
    row = Provision.objects.get(draft=cast.draft, number=4)
    Note.objects.create(provision=row, key="n1", text=CODE, by=CODE[:100])
    Attribution.objects.create(option=row.options.get(), place=7, name=CODE, literal=CODE)
    return cast


def is_quiet(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize("address", PAGES)
def test_no_page_runs_what_people_wrote(naked: BrowserContext, address: str) -> None:
    page = naked.new_page()
    page.goto(address)
    expect(page.locator("body")).to_contain_text("onerror")
    is_quiet(page)


def test_what_is_typed_and_heard_runs_nowhere(naked: BrowserContext) -> None:
    writes, hears = naked.new_page(), naked.new_page()
    for page in (writes, hears):
        page.goto(ROOM)
        expect(page.locator("#conn")).to_have_text("Saved")
    writes.locator("#o6 > .tx p").click()
    expect(writes.locator("#o6 .pm")).to_be_focused()
    writes.keyboard.type(CODE)
    expect(hears.locator("#o6")).to_contain_text("onerror")
    for page in (writes, hears):
        is_quiet(page)
