"""The chair decides on wordings where the paper is read, and everybody sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from drafting.models import Decision, Option
from tests.browser.people import Seat, Window, agree

pytestmark = pytest.mark.browser


def in_the_menu(window: Window, option: str, line: str) -> None:
    window.option(option).hover()
    window.option(option).get_by_role("button", name="More").click()
    window.page.get_by_role("menuitem", name=line).click()


def test_a_wording_is_chosen_and_is_the_only_one_for_all(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    in_the_menu(chair, "o16", "This wording and no other")
    expect(kes.option("o5")).to_have_count(0)
    assert agree([chair, kes], "o16") == "to mend the lamps when means allow;"
    told = {row.code: row.what for row in Decision.objects.all()}
    assert told == {"VAL/70/2": "chosen", "KES/75/4": "not_retained"}


def test_who_writes_in_a_wording_sees_it_folded_and_goes_on(seat: Seat) -> None:
    chair, sam = seat("chair"), seat("sam")
    sam.write_in("o5", at="Home")
    in_the_menu(chair, "o5", "Its wordings as one text")
    expect(sam.option("o16")).to_have_count(0)
    sam.type("soon ")
    sam.saved()
    assert agree([chair, sam], "o5").startswith("soon to mend")
    sam.leave()
    in_the_menu(chair, "o5", "Its alternatives as options")
    expect(chair.page.locator("#p5 .opt")).to_have_count(2)
    assert Option.objects.filter(provision__number=5).count() == 2


def test_a_delegate_is_not_offered_to_decide(seat: Seat) -> None:
    kes = seat("kes")
    kes.option("o5").hover()
    kes.option("o5").get_by_role("button", name="More").click()
    expect(kes.page.get_by_role("menuitem", name="Copy its link")).to_be_visible()
    expect(kes.page.get_by_role("menuitem", name="This wording and no other")).to_have_count(0)
    expect(kes.page.get_by_role("menuitem", name="Retain nothing")).to_have_count(0)
