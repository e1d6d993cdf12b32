"""A slow network: a page says what it waits for, and sends what was pressed once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import ROOM, Seat

pytestmark = pytest.mark.browser


def unanswered(page: Page, address: str) -> list[str]:
    """Nothing comes of what is sent to an address: the page stays. What was sent there."""
    came: list[str] = []

    def swallow(route: Route) -> None:
        came.append(route.request.method)
        route.fulfill(status=204)

    page.route(address, swallow)
    return came


def test_a_page_says_that_it_waits_and_sends_a_second_press_nowhere(seat: Seat) -> None:
    page = seat("chair").page
    page.goto(f"{ROOM}checks/")
    came = unanswered(page, "**/accounts/logout/")
    page.locator(".me > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".me .waiting")).to_have_text("Waiting for the server")
    expect(page.locator("#announce")).to_have_text("Waiting for the server")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    assert came == ["POST"]


def test_what_was_asked_for_twice_says_so_too(seat: Seat) -> None:
    page = seat("chair").page
    page.goto(f"{ROOM}revisions/")
    came = unanswered(page, "**/revisions/issue/")
    page.get_by_role("button", name="Issue Revision 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Issue Revision 1").click()
    expect(page.locator("#issue .waiting")).to_have_text("Waiting for the server")
    page.get_by_role("button", name="Issue Revision 1").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert came == ["POST"]


def test_who_comes_back_finds_the_page_at_rest(seat: Seat) -> None:
    page = seat("chair").page
    page.goto(f"{ROOM}revisions/")
    page.evaluate("document.getElementById('issue').setAttribute('aria-busy', 'true')")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("#issue")).not_to_have_attribute("aria-busy", "true")
