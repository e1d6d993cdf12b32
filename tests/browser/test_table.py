"""The chair's table, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from drafting.domain import text as texts
from drafting.models import Decision, Option, Position, Provision
from tests.browser.axe import violations
from tests.browser.gauges import TABLE
from tests.browser.sitting import Room, do, effect, press, select, shown, table_of
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def room(browser: Browser, server: str, cast: Cast) -> Iterator[Room]:
    with table_of(browser, server, cast) as room:
        yield room


# --- what lies there ------------------------------------------------------------------------------


def test_the_common_words_stand_once_and_each_difference_where_it_occurs(room: Room) -> None:
    page = room.sit("chair")
    parting = page.locator(".parting .family")
    assert parting.inner_text().count("to exchange observations from coastal gauges among") == 1
    stacks = page.locator(".parting .family > .fork")
    expect(stacks).to_have_count(3)
    expect(stacks.nth(0)).to_contain_text("all")
    expect(stacks.nth(0).locator(".by")).to_have_text(["1, 2", "4, base"])
    near = stacks.nth(1).locator(".fork")
    expect(near).to_contain_text(", where means allow,")
    expect(near.locator(".by")).to_have_text(["1", "2"])


def test_every_wording_stands_as_a_redline_with_who_is_behind_it(room: Room) -> None:
    page = room.sit("chair")
    rows = page.locator(".worded")
    expect(rows).to_have_count(6)  # base, three options, one asked for, one addition
    first = page.locator("#w-1")
    expect(first.locator("b.code").filter(has_not_text="VAL")).to_contain_text(
        ["NRT/80A1/14", "CPE/73A1/16", "KES/75/4"]
    )
    expect(first).to_contain_text("3 alike, word for word")
    expect(first.locator("ins").first).to_have_text("all")
    expect(page.locator("#w-2 mark.span")).to_have_text(", where means allow,")
    expect(page.locator("#w-2")).to_contain_text("3 words are the whole of the dispute")
    expect(page.locator("#w-3 p del").first).to_contain_text("to exchange")
    expect(page.locator("#w-4")).to_contain_text("not yet in the draft")


def test_positions_stand_beside_the_wording_they_are_about(room: Room) -> None:
    page = room.sit("kes")
    stances = page.locator("#w-1 .stances")
    expect(stances.locator("dt")).to_have_text(["for 2", "against", "reserves"])
    expect(stances.locator(".person").first).to_have_text("NRT")
    told = stances.locator(".person").first.get_attribute("title") or ""
    assert told.startswith("Land of NRT: from the floor, set down by Sam")
    expect(page.locator("#w-2 .stances")).to_contain_text("if the phrase is bracketed")
    expect(page.locator(".case > header")).to_contain_text("MER waits for instructions")


def test_the_index_begins_with_what_is_nearest_to_agreement(room: Room) -> None:
    page = room.sit("chair", at="")
    lines = page.locator("#contested a")
    expect(lines.nth(0)).to_contain_text("resolves 2")
    expect(lines.nth(0)).to_contain_text("should / shall")
    expect(lines.nth(0)).to_contain_text("1 word")
    expect(lines.nth(1)).to_contain_text("[six [working] hours]")
    expect(lines.nth(2)).to_contain_text("resolves 1")
    shown(page, "resolves 2")
    counts = page.locator(".sections tr").filter(has_text="instructs")
    expect(counts.locator("td")).to_have_text(["2", "1", ""])


def test_filters_are_in_the_address_and_hold_when_it_is_sent_on(room: Room) -> None:
    page = room.sit("chair")
    press(page, "/")
    page.locator("#filters").get_by_label("Delegation").select_option("ISL")
    expect(page.locator("#contested li")).to_have_count(3)  # nothing happens before one asks
    page.locator("#filters").get_by_role("button", name="Show").click()
    page.wait_for_url("**delegation=ISL**")
    expect(page.locator("#contested li")).to_have_count(1)
    other = room.sit("kes")
    other.goto(page.url)
    expect(other.locator("#contested li")).to_have_count(1)
    other.get_by_role("link", name="Clear").click()
    expect(other.locator("#contested li")).to_have_count(3)
    other.goto(f"{TABLE}?mine=1")
    expect(other.locator("#contested li")).to_have_count(2)  # KES/75/4 and its position
    other.goto(f"{TABLE}?show=all&order=paper&status=open")
    expect(other.locator("#contested li")).to_have_count(8)
    other.goto(f"{TABLE}?proposal=VAL%2F70%2F2")
    expect(other.locator("#contested a")).to_contain_text("resolves 1")


def test_who_is_behind_a_number_stands_above_the_forks_and_is_chosen_there(room: Room) -> None:
    page = room.sit("chair")
    voices = page.locator(".voice")
    expect(voices.nth(0)).to_have_accessible_name("base Castelmar, 2023")
    expect(voices.nth(1)).to_have_accessible_name(
        "1 NRT/80A1/14 CPE/73A1/16 KES/75/4 for 2 against 1 reserves 1"
    )
    for act in ("fold", "undo"):
        expect(page.locator(f"#cmd [data-act={act}]")).to_have_attribute("aria-disabled", "true")
    voices.nth(1).click()
    press(page, "2")
    for number in (1, 2):
        expect(voices.nth(number)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(f"#w-{number} input")).to_be_checked()
    assert page.evaluate("scrollY") == 0  # one keeps the forks in sight
    effect(page, "One text for NRT/80A1/14, CPE/73A1/16, KES/75/4, ISL/79A2/13; 1 bracket more;")
    expect(page.locator("#cmd [data-act=fold]")).not_to_have_attribute("aria-disabled", "true")


# --- by keys alone --------------------------------------------------------------------------------


def test_one_key_goes_to_the_next_contested_provision_and_one_back(room: Room) -> None:
    page = room.sit("chair", at="")
    press(page, "j")
    shown(page, "instructs the Secretary-General 1")
    expect(page.locator("#contested [aria-current]")).to_contain_text("instructs")
    assert "provision=p7" in page.url
    press(page, "j")
    shown(page, "resolves 1")
    press(page, "k")
    shown(page, "instructs the Secretary-General 1")
    page.go_back()
    shown(page, "resolves 1")


def test_from_what_is_decided_one_goes_on_to_what_came_after_it(room: Room) -> None:
    page = room.sit("chair", at="p5")
    page.get_by_role("link", name="in the order of the paper").click()
    expect(page.locator("#conn")).to_have_text("Saved")
    page.locator("#contested a[data-provision=p5]").click()
    shown(page, "resolves 2")
    press(page, "1")
    do(page, "c", "becomes the text")
    expect(page.locator("#contested li")).to_have_count(2)
    press(page, "j")
    shown(page, "instructs the Secretary-General 1")


def test_a_chair_folds_two_near_wordings_sees_it_before_and_undoes_it(room: Room) -> None:
    page = room.sit("chair")
    press(page, "1", "2")
    effect(page, "Nobody’s words are lost.")
    expect(page.locator("#cmd .main[data-act]")).to_contain_text("Fold")
    press(page, "f")
    effect(page, "Done")
    expect(page.locator("#w-1")).to_contain_text("ISL/79A2/13")
    assert Option.objects.filter(draft__slug="dl-3", number__in=[21, 22]).count() == 1
    assert {row.what for row in Decision.objects.filter(undone=False)} == {"folded"}
    press(page, "u")
    effect(page, "Undo")
    press(page, "u")
    effect(page, "Undone")
    expect(page.locator("#w-2 mark.span")).to_have_text(", where means allow,")
    assert Option.objects.filter(draft__slug="dl-3", number__in=[21, 22]).count() == 2


def test_what_nobody_has_taken_up_is_taken_up_by_its_number(room: Room) -> None:
    page = room.sit("chair")
    press(page, "4")
    effect(page, "A wording of VAL/70/2 comes")
    press(page, "t")
    effect(page, "Done")
    expect(page.locator("#w-4")).to_contain_text("Option 4")
    page.locator(".added input").check()
    effect(page, "Take up")
    press(page, "t")
    effect(page, "Done")
    expect(page.locator(".added")).to_have_count(0)
    assert Provision.objects.filter(draft__slug="dl-3", base__isnull=True).count() == 1


def test_one_wording_is_kept_and_it_says_whose_words_go(room: Room) -> None:
    page = room.sit("chair")
    press(page, "2", "c")
    effect(page, "are then read no more")
    press(page, "c")
    effect(page, "Done")
    assert Provision.objects.get(draft__slug="dl-3", number=4).options.count() == 1
    do(page, "a", "From open to agreed")
    expect(page.locator(".case > header .st")).to_have_text("agreed")


def test_selected_words_are_bracketed_alone_and_the_bracket_is_lifted(room: Room) -> None:
    page = room.sit("chair")
    select(page, "#w-2", ", where means allow,")
    effect(page, "1 bracket more")
    press(page, "b")
    effect(page, "Done")
    text = texts.from_json(Option.objects.get(draft__slug="dl-3", number=22).content)
    assert "delay and[, where means allow,] free" in texts.printed(text)
    press(page, "2", "l")
    effect(page, "Lift the brackets, the words stay: 1 bracket fewer")
    press(page, "l")
    effect(page, "Done")
    expect(page.locator("#w-2 .br")).to_have_count(0)


def test_words_of_a_text_that_holds_more_than_is_shown_are_not_bracketed_at_a_guess(
    room: Room,
) -> None:
    page = room.sit("chair")
    press(page, "1", "2")
    effect(page, "Fold: ")
    press(page, "f")
    expect(page.locator("#w-2")).to_contain_text("within the text of the draft")
    before = Option.objects.get(draft__slug="dl-3", number=21).content
    for row in ("#w-1", "#w-2"):
        select(page, row, "open to all")
        press(page, "b")
        effect(page, "holds other words too")
    assert Option.objects.get(draft__slug="dl-3", number=21).content == before


def test_a_bracket_is_walked_to_and_a_delegation_tells_what_it_thinks_of_it(room: Room) -> None:
    page = room.sit("val", at="p7")
    press(page, "]", "]")
    expect(page.locator(".br.lit")).to_have_count(2)  # both ends
    press(page, "w")
    expect(page.locator("#panel")).to_contain_text("on the bracket")
    page.get_by_role("radio", name="against").check()
    page.keyboard.press("Enter")
    expect(page.locator(".whole")).to_contain_text("On [working]")
    expect(page.locator(".whole .stances")).to_contain_text("VAL")
    assert Position.objects.get(bracket="b2").stance == "oppose"
    chair = room.sit("chair", at="p7")
    chair.locator(".br[data-b=b2]").first.click()
    effect(chair, "1 bracket fewer")
    press(chair, "l")
    effect(chair, "Done")
    text = texts.from_json(Option.objects.get(draft__slug="dl-3", number=7).content)
    assert "[six working hours]" in texts.printed(text)


def test_many_provisions_are_agreed_as_one_act_and_undone_as_one(room: Room) -> None:
    page = room.sit("chair", at="p5")
    page.goto(f"{TABLE}?show=all&order=paper&provision=p2")
    press(page, ".")
    press(page, "j", "j", "j", "j", "j", "j")
    shown(page, "instructs the Secretary-General 2")
    press(page, ".")
    do(page, "r", "agreed ad ref")
    agreed = Provision.objects.filter(draft__slug="dl-3", status="agreed_ad_ref")
    assert sorted(agreed.values_list("number", flat=True)) == [2, 8]
    press(page, "u")
    effect(page, "Undo")
    press(page, "u")
    effect(page, "Undone")
    assert not agreed.exists()


def test_reopening_asks_for_a_reason_and_shows_it(room: Room) -> None:
    page = room.sit("chair", at="p8")
    do(page, "a", "From open to agreed")
    press(page, "o")
    page.keyboard.type("a word was missed")
    page.keyboard.press("Enter")
    expect(page.locator(".case > header .st")).to_have_text("reopened")
    expect(page.locator(".reason")).to_contain_text("a word was missed")


def test_a_delegate_tells_a_position_by_keys_and_the_chair_sees_it(room: Room) -> None:
    chair, page = room.sit("chair"), room.sit("val")
    press(page, "2", "w")
    page.get_by_role("radio", name="would delete").check()
    page.get_by_label("in a few words").fill("it says nothing")
    page.keyboard.press("Enter")
    expect(page.locator("#w-2 .stances")).to_contain_text("it says nothing")
    expect(chair.locator("#w-2 .stances")).to_contain_text("VAL")
    assert Position.objects.filter(delegation__symbol="VAL", stance="delete").count() == 1


def test_a_secretary_sets_down_what_a_delegation_says_from_the_floor(room: Room) -> None:
    page = room.sit("sam")
    press(page, "1", "w")
    page.locator("#panel select").select_option("MER")
    page.get_by_role("radio", name="for", exact=True).check()
    page.keyboard.press("Enter")
    expect(page.locator("#w-1 .stances dt").first).to_have_text("for 3")
    row = Position.objects.get(delegation__symbol="MER", option__number=21)
    assert row.from_the_floor


def test_keys_can_be_switched_off_and_never_act_where_one_writes(room: Room) -> None:
    page = room.sit("chair")
    press(page, "?")
    page.locator("dialog#keys input[name=keys]").uncheck()
    page.keyboard.press("Escape")
    press(page, "1")
    expect(page.locator("input[name=wording]:checked")).to_have_count(0)


# --- live -----------------------------------------------------------------------------------------


def test_what_another_does_is_shown_at_once_and_nothing_chosen_is_lost(room: Room) -> None:
    chair, sam = room.sit("chair"), room.sit("sam")
    press(chair, "1")
    expect(chair.locator("#w-1 input")).to_be_checked()
    press(sam, "4")
    effect(sam, "VAL/70/2")
    press(sam, "t")
    effect(sam, "Done")
    expect(chair.locator("#w-4")).to_contain_text("Option 4")
    expect(chair.locator("#w-1 input")).to_be_checked()


def test_two_assistants_at_once_never_overwrite_each_other_unseen(room: Room) -> None:
    """The second one's act was on what the first has changed meanwhile: it is refused."""
    chair, sam = room.sit("chair"), room.sit("sam")
    press(chair, "1", "2")
    effect(chair, "Nobody’s words are lost.")
    chair.route("**/table/p4/", lambda route: route.abort())  # it does not see what comes
    press(sam, "2", "c")
    effect(sam, "read no more")
    press(sam, "c")
    effect(sam, "Done")
    press(chair, "f")
    effect(chair, "Not done")
    assert Provision.objects.get(draft__slug="dl-3", number=4).options.count() == 1


def test_the_index_follows_what_is_agreed(room: Room) -> None:
    chair, olga = room.sit("chair", at="p5"), room.sit("olga")
    expect(olga.locator("#contested li")).to_have_count(3)
    do(chair, "r", "agreed ad ref")
    expect(olga.locator("#contested li")).to_have_count(2)
    expect(olga.locator(".index h2").first).to_have_text("2 contested")


def test_who_only_reads_has_no_acts(room: Room) -> None:
    page = room.sit("olga")
    expect(page.locator("#cmd [data-act]")).to_have_count(0)
    expect(page.locator("#cmd [data-do=next]")).to_be_visible()


# --- for everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [375, 768, 1280])
def test_the_table_breaks_no_rule_of_accessibility(room: Room, width: int) -> None:
    page = room.sit("chair", width=width)
    press(page, "1", "2")
    effect(page, "Fold")
    assert violations(page) == []
    press(page, "w")
    assert violations(page) == []


@pytest.mark.parametrize("width", [375, 768])
def test_a_thumb_reaches_the_acts_and_nothing_is_wider_than_the_screen(
    room: Room, width: int
) -> None:
    page = room.sit("chair", width=width, touch=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    bar = page.locator("#cmd").bounding_box()
    height = page.viewport_size["height"] if page.viewport_size else 0
    assert bar is not None
    assert bar["y"] > height * 0.75
    row = page.locator("#cmd .deeds-list")
    assert row.evaluate("row => row.scrollWidth <= row.clientWidth")
    expect(row.locator("> [data-act]")).to_have_count(3 if width < 500 else 4)
    assert_thick(page.locator("#cmd .btn:visible"))
    page.locator("#more summary").tap()
    assert_thick(page.locator("#more [role=menuitem]"))
    page.locator("#more summary").tap()
    page.locator("#w-1 label").tap()
    page.locator("#w-2 label").tap()
    effect(page, "Nobody’s words are lost.")
    page.locator("#cmd [data-act=fold]").tap()
    effect(page, "Done")
    page.locator("#cmd [data-do=previous]").tap()
    shown(page, "instructs the Secretary-General 1")


def assert_thick(buttons: Locator) -> None:
    """Each is as thick as a thumb."""
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_what_fits_what_is_chosen_is_in_front_on_a_phone(room: Room) -> None:
    page = room.sit("chair", width=375, touch=True)
    front = page.locator("#cmd .deeds-list > [data-act]")
    expect(front).to_contain_text(["Agree ad ref", "Agree", "Position"])
    page.locator("#w-4 label").tap()
    expect(front).to_contain_text(["Take up", "Do not retain", "Withdraw"])
    effect(page, "Take up: ")
    page.locator("#cmd .deeds-list > [data-act=take]").tap()
    effect(page, "Done")
    expect(front.first).to_contain_text("Undo")
    page.locator("#w-1 label").tap()
    page.locator("#w-2 label").tap()
    expect(front).to_contain_text(["Fold", "Both stand", "Bracket"])
    page.locator("#more summary").tap()
    page.get_by_role("menuitem", name="Agree ad ref").tap()
    effect(page, "Agree ad ref: From open to agreed ad ref")
