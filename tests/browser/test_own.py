"""A delegate who may only propose: new items, levels and options of the delegation's own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from drafting.models import Option, Provision
from tests.browser.people import Seat, Window, agree, choose, stored
from tests.browser.test_structure import label, order, stand_alike

pytestmark = pytest.mark.browser


def propose(kes: Window, words: str) -> tuple[str, str]:
    """Enter in text of others; the keys of the proposed item and its option."""
    kes.write_in("o4")
    kes.press("Enter")
    kes.type(words)
    item = kes.page.locator(".prov.k-item", has_text=words)
    expect(item).to_be_visible()
    kes.saved()
    return str(item.get_attribute("id")), str(item.locator(".opt").get_attribute("id"))


def names(window: Window, option: str) -> Locator:
    return window.option(option).locator("> .who .code")


def test_enter_makes_a_proposed_item_and_typing_goes_on_in_it(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    key, option = propose(kes, "to oil them;")
    expect(kes.option(option).locator(".pm")).to_be_focused()
    assert agree([chair, kes], option) == "to oil them;"
    expect(names(chair, option)).to_have_text("KES")
    expect(chair.option(option).locator("ins.p")).to_have_count(0)
    row = Option.objects.get(provision__number=int(key[1:]))
    assert not row.stands
    assert order().index(key) == order().index("p4") + 1
    kes.leave()
    stand_alike(chair, kes)
    assert [label(chair, one) for one in ("o4", option, "o6")] == ["1", "1bis", "3"]


def test_a_proposed_item_has_its_level_and_is_parted_and_joined_by_keys(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    key, option = propose(kes, "to oil them;")
    kes.press("Tab")
    expect(chair.option(option).locator(".row.l2")).to_have_count(1)
    kes.press("Shift+Tab")
    expect(chair.option(option).locator(".row.l1")).to_have_count(1)
    kes.press("Enter")
    kes.type("to light them;")
    second = kes.page.locator(".prov.k-item", has_text="to light them;")
    expect(second).to_be_visible()
    kes.saved()
    assert label(kes, str(second.locator(".opt").get_attribute("id"))) == "1ter"
    kes.press("Home", "Backspace")
    expect(kes.option(option).locator(".pm")).to_be_focused()
    assert agree([chair, kes], option) == "to oil them; to light them;"
    stand_alike(chair, kes)
    assert order().count(key) == 1
    assert len(order()) == 7


def test_an_empty_proposal_goes_with_backspace(seat: Seat) -> None:
    kes = seat("kes")
    kes.write_in("o4")
    kes.press("Enter")
    expect(kes.option("o17").locator(".pm")).to_be_focused()
    kes.press("Backspace")
    expect(kes.option("o4").locator(".pm")).to_be_focused()
    kes.saved()
    assert not Option.objects.filter(number=17).exists()


def test_on_text_of_others_a_level_is_not_the_delegates(seat: Seat) -> None:
    kes = seat("kes")
    kes.write_in("o4")
    kes.press("Tab")
    expect(kes.option("o4").locator(".told")).to_contain_text("for the chair and the secretary")
    kes.page.get_by_role("button", name="Add an option of ours").click()
    expect(kes.option("o17").locator(".pm")).to_be_focused()
    kes.press("Control+End")
    kes.type(" Daily.")
    kes.saved()
    assert stored("o4").label == "1"
    assert agree([kes], "o17") == "to count the lamps; Daily."
    assert not any(piece.changes for piece in stored("o17").paragraphs[0].inlines)


def test_ones_own_is_taken_back_and_nothing_else(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    key, _option = propose(kes, "to oil them;")
    kes.leave()
    expect(kes.page.locator(f"#{key}")).to_be_focused()
    kes.press("Delete")
    expect(chair.page.locator(f"#{key}")).to_have_count(0)
    kes.page.locator("#p4").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    kes.press("Delete")
    expect(kes.option("o4").locator(".told")).to_contain_text("your delegation’s alone")
    kes.press("m")
    expect(kes.page.get_by_role("menuitem", name="Delete it")).to_have_count(0)
    expect(kes.page.get_by_role("menuitem", name="Take this option away")).to_have_count(0)
    kes.press("Escape")
    kes.option("o5").hover()
    kes.option("o5").get_by_role("button", name="More").click()
    kes.page.get_by_role("menuitem", name="Take this option away").click()
    expect(chair.option("o5")).to_have_count(0)
    assert not Option.objects.get(number=16).stands
    assert len(order()) == 6


def test_what_the_chair_adds_as_pending_is_a_proposal(seat: Seat) -> None:
    chair = seat("chair")
    chair.write_in("o4")
    chair.page.get_by_role("button", name="As pending").click()
    chair.option("o4").locator(".pm").focus()
    chair.press("Control+End", "Enter")
    expect(chair.option("o17").locator(".pm")).to_be_focused()
    chair.saved()
    assert not Option.objects.get(number=17).stands


def test_the_chair_deletes_and_shifts_by_keys(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    chair.write_in("o4")
    chair.press("Enter")
    chair.type("to count them twice;")
    expect(olga.page.locator(".prov", has_text="count them twice")).to_be_visible()
    chair.press("Control+m", ">")
    expect(olga.page.locator("#p7 .row.l2")).to_have_count(1)
    assert label(olga, "o17") == "i)"
    chair.option("o17").locator(".pm").focus()
    chair.press("Control+Shift+Backspace")
    expect(olga.page.locator("#p7")).to_have_count(0)
    assert not Provision.objects.filter(number=7).exists()


# --- behind some words ------------------------------------------------------------------------


def test_words_are_set_behind_a_proposal_where_one_writes(seat: Seat) -> None:
    chair, olga = seat("chair"), seat("olga")
    chair.write_in("o4", at="Home")
    chair.press("Control+Alt+w")
    expect(chair.option("o4").locator(".told")).to_contain_text("Select the words first")
    for _ in range(len("to count")):
        chair.press("Shift+ArrowRight")
    chair.press("Control+Alt+w")
    question = chair.page.get_by_label("Who stands behind “to count”")
    expect(question).to_be_focused()
    chair.type("KES/75/4")
    chair.press("Enter")
    expect(olga.option("o4").locator(".br")).to_have_count(2)
    expect(names(olga, "o4")).to_contain_text("KES/75/4")
    expect(chair.option("o4").locator(".pm")).to_be_focused()
    assert agree([chair, olga], "o4").replace(" ", "") == "[tocount]thelamps;"


def test_words_are_set_behind_a_proposal_where_one_reads(seat: Seat) -> None:
    chair, kes, olga = seat("chair"), seat("kes"), seat("olga")
    kes.write_in("o4")
    kes.type(" Daily.")
    kes.saved()
    kes.leave()
    expect(chair.option("o4")).to_contain_text("Daily")
    choose(chair, ("o4", "Daily."))
    chair.press("m")
    line = chair.page.get_by_role("menuitem", name="Who stands behind the selected words")
    expect(line).to_be_visible()
    chair.press("w")
    field = chair.page.get_by_label("Who stands behind “Daily.”")
    expect(field).to_have_value("KES")
    field.fill("KES, VAL/70/2")
    chair.press("Enter")
    expect(olga.option("o4").locator("ins.p[data-c*=' ']")).to_have_count(1)
    said = {c.source for piece in stored("o4").paragraphs[0].inlines for c in piece.changes}
    assert said == {"KES", "VAL/70/2"}
    choose(kes, ("o4", "Daily."))
    kes.press("m")
    expect(kes.page.get_by_role("menuitem", name="the selected words")).to_have_count(0)


def test_a_delegate_is_offered_to_withdraw_what_is_theirs_and_to_settle_nothing(seat: Seat) -> None:
    kes, val = seat("kes"), seat("val")
    kes.write_in("o4", at="Home")
    kes.type("now ")
    kes.saved()
    toolbar = kes.page.get_by_role("toolbar", name="Writing")
    expect(toolbar.get_by_role("button", name="Withdraw")).to_be_visible()
    expect(toolbar.get_by_role("button", name="Accept")).to_have_count(0)
    kes.leave()
    theirs = val.option("o4").locator(".asked")
    expect(theirs).to_contain_text("KES adds “now”")
    expect(theirs.get_by_role("button")).to_have_count(0)
    asked = kes.option("o4").locator(".asked")
    expect(asked.get_by_role("button")).to_have_text(["Withdraw"])
    asked.get_by_role("button").click()
    expect(asked).to_have_count(0)
    assert agree([kes, val], "o4") == "to count the lamps;"
