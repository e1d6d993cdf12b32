"""The floor: large type that follows the chair, is browsed by keys, and shows nothing private."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from drafting.services import deeds
from drafting.services.acts import perform
from drafting.services.writing import Accepted
from tests.browser.axe import violations
from tests.browser.people import Seat, sign_in
from tests.cast import Cast
from tests.live import desk

pytestmark = pytest.mark.browser

FLOOR = "/drafts/lorne/dl-1/floor/"
SCREENS = {"phone": (375, 812), "laptop": (1280, 720), "hall": (2560, 1440)}

Watch = Callable[..., Page]


@pytest.fixture
def watch(browser: Browser, server: str, cast: Cast) -> Iterator[Watch]:
    """A screen of somebody of the cast, on the floor, with the line up."""
    opened: list[Page] = []
    errors: list[str] = []

    def open_floor(name: str = "olga", query: str = "", screen: str = "laptop") -> Page:
        width, height = SCREENS[screen]
        context = browser.new_context(
            base_url=server,
            reduced_motion="reduce",
            viewport={"width": width, "height": height},
        )
        sign_in(context, server, cast.users[name])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        opened.append(page)
        page.goto(FLOOR + query)
        expect(page.locator("#floor-time")).to_contain_text("as it stands at")
        return page

    yield open_floor
    for page in opened:
        page.context.close()
    assert not errors, f"The floor complains: {errors}"


def leads(cast: Cast, provision: str | None) -> None:
    """The chair shows a provision on the floor, or the running text."""
    does(cast, deeds.LeadFloor(provision))


def does(cast: Cast, deed: deeds.Deed) -> None:
    def act() -> object:
        with closing(connection):
            return perform(desk.writer(cast, "chair"), 1, deed)

    with ThreadPoolExecutor(1) as aside:
        answer = aside.submit(act).result()
    assert isinstance(answer, Accepted), answer


def shows(page: Page, name: str, key: str) -> None:
    """That one provision is shown, by its name, and no other."""
    expect(page.locator("#floor-name")).to_contain_text(name)
    expect(page.locator(f"#{key}")).to_be_visible()
    assert page.locator(".prov:visible").count() == 1


def size(page: Page) -> float:
    """The size of the type, in px."""
    return float(
        page.locator(".prov:visible .tx p").first.evaluate(
            "e => parseFloat(getComputedStyle(e).fontSize)"
        )
    )


# --- following and browsing ----------------------------------------------------------------------


def test_every_screen_turns_to_what_the_chair_shows(cast: Cast, watch: Watch) -> None:
    hall, own = watch("olga", screen="hall"), watch("kes")
    expect(hall.locator("#floor-name")).to_contain_text("The running text")
    leads(cast, "p5")
    for page in (hall, own):
        shows(page, "resolves 2", "p5")
    leads(cast, "p6")
    for page in (hall, own):
        shows(page, "resolves 3", "p6")
    leads(cast, None)
    expect(hall.locator("#floor-name")).to_contain_text("The running text")
    assert hall.locator(".prov:visible").count() == 6


def test_a_remark_that_is_made_meanwhile_does_not_come_to_the_screen(
    cast: Cast, watch: Watch
) -> None:
    page = watch("olga", query="?provision=p5")
    does(cast, deeds.AddNote("o5", 0, 0, 0, words="for us alone", kind="comment"))
    does(cast, deeds.AddOption("p5", "delete"))
    expect(page.locator("#p5 > .opt")).to_have_count(3)
    expect(page.locator(".notes")).to_have_count(0)


def test_who_comes_later_sees_what_the_chair_shows(cast: Cast, watch: Watch) -> None:
    leads(cast, "p4")
    shows(watch("val"), "resolves 1", "p4")


def test_who_browses_stays_there_and_one_key_follows_again(cast: Cast, watch: Watch) -> None:
    page = watch("kes")
    leads(cast, "p4")
    shows(page, "resolves 1", "p4")
    page.keyboard.press("ArrowRight")
    shows(page, "resolves 2", "p5")
    leads(cast, "p2")
    expect(page.locator("#floor-seq")).to_have_text(str(cast_seq(cast)))
    shows(page, "resolves 2", "p5")
    expect(page.locator("#floor-follow")).not_to_have_attribute("aria-current", "true")
    page.keyboard.press("f")
    shows(page, "considering a)", "p2")
    expect(page.locator("#floor-follow")).to_have_attribute("aria-current", "true")


def cast_seq(cast: Cast) -> int:
    cast.draft.refresh_from_db()
    return cast.draft.seq


def test_keys_go_through_the_paper_and_to_what_is_to_be_settled(cast: Cast, watch: Watch) -> None:
    page = watch("kes", "?provision=p4")
    for key, name, shown in (
        ("PageDown", "resolves 2", "p5"),
        ("PageUp", "resolves 1", "p4"),
        ("ArrowLeft", "resolves", "p3"),
        ("j", "resolves 2", "p5"),
    ):
        page.keyboard.press(key)
        shows(page, name, shown)
    page.keyboard.press("t")
    expect(page.locator("#floor-name")).to_contain_text("The running text")
    expect(page.locator("#p5")).to_be_in_viewport()
    page.keyboard.press("t")
    shows(page, "resolves 2", "p5")
    page.keyboard.press("v")
    expect(page.locator(".paper")).to_have_attribute("data-against", "base")
    shows(page, "resolves 2", "p5")
    expect(page.locator("#o5 ins").first).to_be_visible()


def test_single_keys_can_be_switched_off_and_the_arrows_stay(cast: Cast, watch: Watch) -> None:
    page = watch("kes", "?provision=p4")
    page.keyboard.press("?")
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    shows(page, "resolves 1", "p4")
    page.keyboard.press("ArrowRight")
    shows(page, "resolves 2", "p5")


def test_the_links_say_the_same_as_the_keys_also_after_a_reload(cast: Cast, watch: Watch) -> None:
    page = watch("kes", "?provision=p4")
    page.get_by_role("link", name="Next").click()
    shows(page, "resolves 2", "p5")
    assert page.url.endswith("?provision=p5")
    page.reload()
    shows(page, "resolves 2", "p5")
    page.get_by_role("link", name="Running text").click()
    page.reload()
    expect(page.locator("#floor-name")).to_contain_text("The running text")


# --- what is being changed -----------------------------------------------------------------------


def test_what_somebody_writes_appears_with_for_whom_and_never_who(
    cast: Cast, watch: Watch, seat: Seat
) -> None:
    hall = watch("olga", "?provision=p6", screen="hall")
    chair = seat("chair")
    chair.write_in("o6", at="Home")
    chair.type("at once ")
    expect(hall.locator("#o6")).to_contain_text("at once to report each year.")
    expect(hall.locator("#o6 .now")).to_have_text("Chair is writing")
    fresh = "[...CSS.highlights.get('fresh')].map(range => range.toString()).join('|')"
    assert "at once" in hall.evaluate(fresh)
    chair.leave()
    expect(hall.locator("#o6 .now")).to_have_count(0)
    assert "Kes" not in hall.locator("body").inner_text()


def test_brackets_are_counted_here_and_in_the_paper_as_they_come(
    cast: Cast, watch: Watch, seat: Seat
) -> None:
    page = watch("olga", "?provision=p6")
    left = page.locator("#floor-left")
    expect(left).to_have_text("Brackets: 0 here, 0 in the paper")
    chair = seat("chair")
    chair.write_in("o6", at="Home")
    chair.type("[now] ")
    expect(left).to_have_text("Brackets: 1 here, 1 in the paper")
    washed = "[...CSS.highlights.get('bracket')].map(range => range.toString()).join('|')"
    page.wait_for_function(f"() => {washed} === 'now'")
    page.keyboard.press("k")
    shows(page, "resolves 2", "p5")
    expect(left).to_have_text("Brackets: 0 here, 1 in the paper")


def test_a_status_that_moves_is_told_beside_the_name(cast: Cast, watch: Watch) -> None:
    page = watch("olga", "?provision=p6")
    expect(page.locator("#floor-name .st")).to_have_text("open")
    does(cast, deeds.MoveStatus("p6", "agreed_ad_ref"))
    expect(page.locator("#floor-name .st")).to_have_text("agreed ad ref")


def minutes(said: str) -> int:
    hours, past = said[-5:].split(":")
    return int(hours) * 60 + int(past)


def test_the_floor_says_which_text_it_is_and_when_it_stood_so(cast: Cast, watch: Watch) -> None:
    page = watch("olga")
    expect(page.locator(".floor-head")).to_contain_text("DL/1, on its way to Revision 1")
    leads(cast, "p5")
    expect(page.locator("#floor-seq")).to_have_text(str(cast_seq(cast)))
    said = page.locator("#floor-time").inner_text()
    assert re.fullmatch(r"The text as it stands at \d\d:\d\d", said)
    page.context.set_offline(True)
    expect(page.locator("#floor-time")).to_contain_text("No line to the server")
    kept = page.locator("#floor-time").inner_text()
    assert re.fullmatch(r"No line to the server: the text as it stood at \d\d:\d\d", kept)
    # The last beat may have come in between, and with it another minute: never more than one.
    assert (minutes(kept) - minutes(said)) % (24 * 60) in (0, 1)
    page.context.set_offline(False)
    expect(page.locator("#floor-time")).to_contain_text("as it stands at", timeout=30_000)


# --- how it looks --------------------------------------------------------------------------------


@pytest.mark.parametrize(("screen", "least"), [("phone", 18), ("laptop", 26), ("hall", 55)])
def test_a_provision_is_seen_whole_in_the_largest_type_that_fits(
    cast: Cast, watch: Watch, screen: str, least: int
) -> None:
    page = watch("olga", "?provision=p5", screen)
    main = page.locator(".floor-main")
    assert main.evaluate("e => e.scrollHeight <= e.clientHeight")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert size(page) >= least


@pytest.mark.parametrize("screen", SCREENS)
def test_words_that_stand_alone_begin_where_their_name_begins(
    cast: Cast, watch: Watch, screen: str
) -> None:
    page = watch("kes", "?provision=p4", screen)
    edges = [page.locator(at).bounding_box() for at in ("#floor-name", "#p4 .tx")]
    assert edges[0]
    assert edges[1]
    assert abs(edges[0]["x"] - edges[1]["x"]) < 1


def test_one_leaves_the_floor_by_a_key_to_the_same_place_in_the_paper(
    cast: Cast, watch: Watch
) -> None:
    page = watch("kes", "?provision=p4")
    page.keyboard.press("ArrowRight")
    shows(page, "resolves 2", "p5")
    page.keyboard.press("p")
    expect(page.locator("#room")).to_be_visible()
    expect(page.locator("#p5")).to_be_in_viewport()


def test_long_text_is_never_smaller_than_the_back_of_a_hall_reads(cast: Cast, watch: Watch) -> None:
    does(cast, deeds.AddProvision("p6", words="to keep every lamp lit through the night; " * 60))
    page = watch("olga", "?provision=p7", "hall")
    assert size(page) >= 42
    assert page.locator(".floor-main").evaluate("e => e.scrollHeight > e.clientHeight")


@contextmanager
def without_scripts(browser: Browser, server: str, cast: Cast) -> Iterator[Page]:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    sign_in(context, server, cast.users["olga"])
    yield context.new_page()
    context.close()


def test_without_scripts_the_links_still_turn_the_pages(
    browser: Browser, server: str, cast: Cast
) -> None:
    leads(cast, "p5")
    with without_scripts(browser, server, cast) as page:
        page.goto(FLOOR)
        expect(page.locator("#floor-name")).to_contain_text("resolves 2")
        assert page.locator(".prov:visible").count() == 1
        page.get_by_role("link", name="Next").click()
        expect(page.locator("#floor-name")).to_contain_text("resolves 3")
        assert page.locator(".prov:visible").count() == 1


def test_the_floor_is_for_everybody(cast: Cast, watch: Watch) -> None:
    page = watch("olga", "?provision=p5")
    found = []
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{width} {scheme}: {fault}" for fault in violations(page)]
    page.keyboard.press("t")
    found += violations(page)
    page.keyboard.press("?")
    found += violations(page)
    assert not found, "\n".join(found)


# --- what it does not show -----------------------------------------------------------------------


def test_nothing_private_is_on_the_floor(cast: Cast, watch: Watch, seat: Seat) -> None:
    kes = seat("kes")
    does(cast, deeds.AddNote("o6", 0, 0, 0, "to be checked at home", "comment"))
    page = watch("kes", "?provision=p6")
    kes.option("o6").locator("> .tx p").last.click()
    said = page.locator("body").inner_text()
    markup = page.content()
    for user in cast.users.values():
        assert user.email not in markup
    assert "to be checked at home" not in said
    assert "Kes" not in said
    assert page.locator(".caret, .pm, [contenteditable]").count() == 0
    assert page.locator("form:visible").count() == 0


# --- what delegations think ----------------------------------------------------------------------


def test_what_delegations_think_stands_beside_what_they_think_it_of(
    cast: Cast, watch: Watch, seat: Seat
) -> None:
    page = watch("olga", "?provision=p5", "hall")
    does(cast, deeds.TakePosition("p5", option="o5", stance="support", delegation="KES"))
    expect(page.locator("#o5 .stands")).to_have_text("KES for")
    does(cast, deeds.TakePosition("p5", option="o5", stance="oppose", delegation="VAL"))
    expect(page.locator("#o5 .stands")).to_have_text("KES for; VAL against")
    expect(page.locator("#o5 > .who")).to_have_attribute("data-called", "1")  # as at the table
    does(cast, deeds.TakePosition("p5", stance="waiting", delegation="VAL"))
    expect(page.locator("#floor-thought")).to_have_text("VAL waits")
    chair = seat("chair")
    chair.write_in("o6", at="Home")
    chair.type("[now] ")
    chair.saved()
    page.keyboard.press("ArrowRight")
    shows(page, "resolves 3", "p6")
    expect(page.locator("#floor-thought")).to_have_text("")
    expect(page.locator("#o6 .br").first).to_be_visible()
    bracket = page.locator("#o6 .br").first.get_attribute("data-b")
    does(cast, deeds.TakePosition("p6", bracket=bracket, stance="delete", delegation="KES"))
    expect(page.locator("#floor-thought")).to_have_text("now KES would delete")
