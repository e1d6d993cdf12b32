"""The page of the checks: looked at, ticked, confirmed, undone; and told when it is old."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from drafting import sample as invented
from drafting.domain import text as texts
from drafting.models import Draft, Option
from tests.browser.axe import violations
from tests.browser.people import Seat, sign_in, stored_words
from tests.cast import Cast

pytestmark = pytest.mark.browser

CHECKS = "/drafts/lorne/dl-1/checks/"


def words(key: int, said: str) -> None:
    text = texts.text_of(said, label=texts.from_json(Option.objects.get(number=key).content).label)
    Option.objects.filter(number=key).update(content=texts.to_json(text))


@pytest.fixture
def odd(cast: Cast) -> Cast:
    """A draft with two odd final marks, and a reference that leads nowhere."""
    words(2, "that lamps go out;")
    words(4, "to count the lamps,")
    words(6, "to report on resolves 9.")
    return cast


def test_a_chair_ticks_confirms_and_undoes(odd: Cast, seat: Seat) -> None:
    page = seat("chair").page
    page.goto(CHECKS)
    page.get_by_role("checkbox", name="considering a)").check()
    page.get_by_role("checkbox", name="resolves 1").check()
    expect(page.locator("#ticked")).to_contain_text("2 of 2 ticked: 2 changes")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator(".sweep .find")).to_have_count(2)
    assert stored_words("o2") == "that lamps go out;"
    page.get_by_label("Why, in a few words").fill("by their places")
    page.get_by_role("button", name="Make these 2 changes").click()
    expect(page.get_by_text("2 changes are made.")).to_be_visible()
    assert (stored_words("o2"), stored_words("o4")) == ("that lamps go out,", "to count the lamps;")
    page.get_by_role("button", name="Undo what was just mended").click()
    expect(page.get_by_text("It is undone.")).to_be_visible()
    assert (stored_words("o2"), stored_words("o4")) == ("that lamps go out;", "to count the lamps,")


def test_keys_walk_and_tick(odd: Cast, seat: Seat) -> None:
    page = seat("chair").page
    page.goto(CHECKS)
    page.keyboard.press("j")
    expect(page.locator(".find").first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#ticked")).to_contain_text("1 of 2 ticked")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("k")
    expect(page.locator(".find").first).to_be_focused()


def test_all_that_is_editorial_is_ticked_by_one_key(odd: Cast, seat: Seat) -> None:
    page = seat("chair").page
    page.goto(CHECKS)
    page.keyboard.press("e")
    expect(page.locator("#ticked")).to_contain_text("2 of 2 ticked")
    page.keyboard.press("e")
    expect(page.locator("#ticked")).to_contain_text("Tick what is to be mended.")


def test_a_delegate_sees_and_ticks_nothing(odd: Cast, seat: Seat) -> None:
    page = seat("kes").page
    page.goto(CHECKS)
    expect(page.locator(".find")).to_have_count(3)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Show what would change")).to_have_count(0)


def test_a_finding_leads_to_its_place_in_the_paper(odd: Cast, seat: Seat) -> None:
    page = seat("kes").page
    page.goto(CHECKS)
    page.locator(".find").first.get_by_role("link", name="resolves 3").click()
    expect(page).to_have_url(re.compile("/drafts/lorne/dl-1/#p6$"))


def test_what_changed_meanwhile_is_told_and_not_made(odd: Cast, seat: Seat) -> None:
    chair, sam = seat("chair"), seat("sam")
    chair.page.goto(CHECKS)
    chair.page.get_by_role("checkbox", name="considering a)").check()
    sam.write_in("o2")
    sam.press("Backspace")
    sam.type(",")
    sam.saved()
    expect(chair.page.locator("#stale")).to_contain_text("The draft has changed since.")
    chair.page.get_by_role("button", name="Show what would change").click()
    expect(chair.page.get_by_text("1 finding is not as it was any more")).to_be_visible()
    expect(chair.page.locator(".sweep")).to_have_count(0)


def test_a_clean_draft_says_so(cast: Cast, seat: Seat) -> None:
    page = seat("olga").page
    page.goto(CHECKS)
    expect(page.get_by_text("Nothing was found")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280, 2560])
def test_the_page_is_accessible_and_fits(
    conference: invented.Sample, page: Page, server: str, width: int, theme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    sign_in(page.context, server, User.objects.get(email="anselm.vane@seamarks.example"))
    address = f"/drafts/{Draft.objects.get().conference.slug}/dl-12/checks/"
    page.goto(address)
    expect(page.locator(".find")).not_to_have_count(0)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator(".sweep .find")).not_to_have_count(0)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
