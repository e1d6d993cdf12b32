"""The reading room, in a real browser."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, Route, expect

from drafting.domain import draft as values
from drafting.domain.draft import Attribution, Header, Option, Provision, ProvisionKind
from drafting.domain.text import BracketClose, BracketOpen, Paragraph, Run, Text, normal, text_of
from drafting.services import drafts
from tests.browser.test_sign_in import sign_in
from tests.cast import SETUP, Cast, call, item, make_cast

pytestmark = pytest.mark.browser
ROOM = "/drafts/lorne/dl-2/"


def bracketed(key: str, label: str) -> Provision:
    """An item whose last words are in nested brackets."""
    words = normal(
        (
            Run("to keep a store of wicks "),
            BracketOpen("b1"),
            Run("and, "),
            BracketOpen("b2"),
            Run("where it is dark,"),
            BracketClose("b2"),
            Run(" of oil"),
            BracketClose("b1"),
            Run(";"),
        )
    )
    text = Text((Paragraph(words, label),))
    option = Option(key=f"o{key[1:]}", text=text, stands=True)
    base = text_of("to keep a store of wicks;", label=label)
    return Provision(key=key, kind=ProvisionKind.ITEM, options=(option,), base=base)


def contested(key: str, label: str) -> Provision:
    """An item with two wordings of two delegations."""
    number = int(key[1:])
    options = tuple(
        Option(
            key=f"o{number + 50 * place}",
            text=text_of(words, label=label),
            attributions=(Attribution(code, literal=code),),
        )
        for place, (code, words) in enumerate(
            (("KES/75/4", "to mend it this week;"), ("VAL/70/2", "to mend it in time;"))
        )
    )
    base = text_of("to mend it at once;", label=label)
    return Provision(key=key, kind=ProvisionKind.ITEM, options=options, base=base)


def long_draft() -> values.Draft:
    """Long enough to scroll: fillers, then an item in brackets, then two options, twice."""
    head = Header(number="2", base_name="Resolution 2 (Rev. Castelmar, 2023)")
    provisions: list[Provision] = [call("p1", "resolves")]
    for place in range(2, 40):
        key, label = f"p{place}", str(place - 1)
        if place == 20:
            provisions.append(bracketed(key, label))
        elif place in (21, 35):
            provisions.append(contested(key, label))
        else:
            provisions.append(item(key, f"to count lamp number {place} every night;", label=label))
    return values.Draft(head, tuple(provisions))


def make() -> Cast:
    """The cast with a long draft DL/2, from a thread without the browser's event loop."""
    with closing(connection):
        cast = make_cast()
        text = long_draft()
        drafts.make(cast.group, "DL/2", "Lamps again", text.header, text.provisions, SETUP)
        return cast


@pytest.fixture
def cast(page: Page) -> Cast:
    """The cast; the page stands in the room of DL/2, with Kes signed in."""
    with ThreadPoolExecutor(1) as aside:
        cast = aside.submit(make).result()
    sign_in(page, "kes@seamarks.example", "a long password")
    page.goto(ROOM)
    return cast


def top_of(page: Page, key: str) -> float:
    box = page.locator(f"#{key}").bounding_box()
    assert box is not None
    return box["y"]


def test_both_ends_of_a_bracket_light_up(page: Page, cast: Cast) -> None:
    page.keyboard.press("]")
    lit = page.locator(".br.lit")
    expect(lit).to_have_count(2)
    expect(lit.first).to_be_focused()
    expect(lit.first).to_have_accessible_name("bracket 1 opens")
    assert page.evaluate("CSS.highlights.has('bracket')")
    page.keyboard.press("]")
    expect(page.locator(".br.lit").first).to_have_accessible_name("bracket 2 opens")


def test_a_key_walks_to_what_is_contested(page: Page, cast: Cast) -> None:
    for key in ("p20", "p21", "p35", "p20"):
        page.keyboard.press("j")
        expect(page.locator(f"#{key}")).to_be_focused()
        expect(page.locator(f"#{key}")).to_be_in_viewport()
    expect(page.locator("#announce")).to_have_text("resolves 19, 1 / 3")


def test_single_keys_can_be_switched_off(page: Page, cast: Cast) -> None:
    page.keyboard.press("?")
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".prov.here")).to_have_count(0)


def test_another_view_keeps_the_place(page: Page, cast: Cast) -> None:
    page.evaluate("document.getElementById('p30').scrollIntoView({block: 'start'})")
    before = top_of(page, "p30")
    page.keyboard.press("v")
    page.wait_for_url(re.compile("against=clean"))
    expect(page.get_by_role("link", name="Clean")).to_have_attribute("aria-current", "true")
    page.wait_for_function(
        "top => Math.abs(document.getElementById('p30').getBoundingClientRect().top - top) < 2",
        arg=before,
    )
    expect(page.locator("ins, del")).to_have_count(0)


def test_a_history_opens_beside_the_paper_and_gives_the_focus_back(page: Page, cast: Cast) -> None:
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.get_by_role("heading", name="resolves 19")).to_be_visible()
    with page.expect_response(re.compile(r"/history/\?")):
        page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(ROOM))
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="resolves 19")).to_have_count(0)
    expect(page.locator("#p20 [data-history]")).to_be_focused()
    page.locator("#p21 [data-history]").click()
    counted = page.locator("#history .versions .over")
    expect(counted).to_have_text(["wording 2", "wording 1"])
    page.locator("#history .versions a").last.click()
    chosen = page.get_by_role("combobox", name="to", exact=True)
    expect(chosen).to_have_value("1")
    expect(page.locator("#history .wording ins")).to_have_text("this week")


def test_a_late_answer_does_not_open_a_closed_history_again(page: Page, cast: Cast) -> None:
    held: list[Route] = []
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.get_by_role("heading", name="resolves 19")).to_be_visible()
    page.route(re.compile(r"/history/\?"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/history/\?")):
        page.get_by_role("button", name="Compare").click()
    page.keyboard.press("Escape")
    with page.expect_event("requestfinished"):
        held[0].continue_()
    # One more round to the server: by then the page has dealt with the answer before.
    page.evaluate("() => fetch('/healthz').then(answer => answer.text())")
    expect(page.get_by_role("heading", name="resolves 19")).to_have_count(0)


def test_options_stand_side_by_side_and_it_is_remembered(page: Page, cast: Cast) -> None:
    first, second = page.locator("#p21 .opt").all()
    page.keyboard.press("o")
    page.reload()
    page.locator("#p21").scroll_into_view_if_needed()
    one, two = first.bounding_box(), second.bounding_box()
    assert one is not None
    assert two is not None
    assert one["y"] == two["y"]
    assert two["x"] >= one["x"] + one["width"]


@pytest.mark.parametrize("width", [320, 375, 768, 1280, 2560])
def test_nothing_runs_out_of_the_page(page: Page, cast: Cast, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_reads_without_scripts(browser: Browser, page: Page, cast: Cast) -> None:
    context = browser.new_context(
        base_url=page.url.split("/drafts")[0],
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto(ROOM)
    expect(plain.locator("#p21 ins").first).to_have_text("this week")
    plain.get_by_role("link", name="Clean").click()
    expect(plain).to_have_url(re.compile("against=clean"))
    plain.locator("#p21").get_by_role("link", name="History").click()
    expect(plain.get_by_role("heading", name="resolves 20")).to_be_visible()
    context.close()
