"""The disposition table on screen: what it says, how it is sifted, that it follows the draft."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from accounts.models import User
from drafting import sample as invented
from drafting.domain.draft import Status
from drafting.models import Draft, ProposedChange
from drafting.permissions import Actor
from drafting.services import provisions
from tests.browser.axe import violations
from tests.browser.test_road import sign_in

pytestmark = pytest.mark.browser

PAGE = "/drafts/port-lorne-2027/dl-12/disposition/"
WIDTHS = (375, 1280, 2560)
ROW = "[data-line]"


def total() -> int:
    return ProposedChange.objects.filter(proposal__draft__symbol="DL/12").count()


def tallies(page: Page) -> dict[str, int]:
    """What the numbers above the picture say."""
    found = page.locator(".tallies a").all_inner_texts()
    return {" ".join(w.split()[1:]): int(w.split()[0]) for w in found}


def test_every_change_has_a_row_and_a_sign_in_the_picture(
    page: Page, conference: invented.Sample
) -> None:
    sign_in(page, conference, "delegate")
    page.goto(PAGE)
    asked = total()
    assert asked > 50
    expect(page.locator(ROW)).to_have_count(asked)
    expect(page.locator(".strip-of use")).to_have_count(asked)
    assert sum(tallies(page).values()) == asked
    page.get_by_role("link", name="By proposal").click()
    expect(page.locator(ROW)).to_have_count(asked)


def test_the_numbers_sift_by_outcome_and_the_codes_by_proposal(
    page: Page, conference: invented.Sample
) -> None:
    sign_in(page, conference, "observer")
    page.goto(PAGE)
    agreed = tallies(page)["agreed"]
    page.locator(".tallies .is-agreed").click()
    expect(page.locator(ROW)).to_have_count(agreed)
    expect(page.get_by_role("status").filter(has_text="shown")).to_contain_text(
        f"{agreed} of {total()}"
    )
    page.locator(".tallies .is-agreed").click()
    expect(page.locator(ROW)).to_have_count(total())
    page.locator(".strips a", has_text="VAL/70/2").click()
    assert set(page.locator(f"{ROW} .code").all_inner_texts()) == {"VAL/70/2"}
    page.get_by_role("link", name="Show all").click()
    page.get_by_label("Delegation").select_option("ISL")
    expect(page.locator(ROW)).to_have_count(total())  # nothing happens before one asks
    page.locator(".by-party").get_by_role("button", name="Show").click()
    page.wait_for_url("**delegation=ISL**")
    assert {code.split("/")[0] for code in page.locator(f"{ROW} .code").all_inner_texts()} == {
        "ISL"
    }


def test_the_table_follows_the_draft_and_what_is_unfolded_stays_so(
    page: Page, conference: invented.Sample
) -> None:
    sign_in(page, conference, "chair")
    page.goto(PAGE)
    before = tallies(page)
    page.locator("details.said-words").first.locator("summary").click()
    opened = page.locator("details.said-words[open]").first.get_attribute("data-key")
    agree(taken(page))
    page.wait_for_function(
        "n => Number(document.querySelector('.tallies .is-agreed b').textContent) > n",
        arg=before["agreed"],
        timeout=20_000,
    )
    assert tallies(page)["taken"] < before["taken"]
    expect(page.locator(f'details[data-key="{opened}"]')).to_have_attribute("open", "")
    assert sum(tallies(page).values()) == total()


def taken(page: Page) -> str:
    """The key of a provision in which something is taken and not agreed."""
    link = page.locator("td.is-taken").first.locator("a").first
    option = (link.get_attribute("href") or "").split("#")[1]
    draft = Draft.objects.get(symbol="DL/12")
    return draft.provisions.get(options__number=int(option[1:])).key


def agree(key: str) -> None:
    """The machine marks it agreed, as somebody else's act would."""

    def act() -> None:
        with closing(connection):
            draft = Draft.objects.get(symbol="DL/12")
            person = User.objects.get(memberships__role="chair", memberships__group=draft.group)
            chair = Actor.person(person)
            provisions.move_status(chair, draft.pk, int(key[1:]), Status.AGREED)

    with ThreadPoolExecutor(1) as aside:
        aside.submit(act).result()


def test_the_page_is_for_everybody_and_nothing_runs_over_its_edge(
    page: Page, conference: invented.Sample
) -> None:
    sign_in(page, conference, "chair")
    page.goto(PAGE)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{width} {scheme}: {fault}" for fault in violations(page)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not found, "\n".join(found)


OVERLAPS = """() => [...document.querySelectorAll('.strip-of')].flatMap(strip => {
  const boxes = [...strip.querySelectorAll('use')].map(one => one.getBoundingClientRect());
  boxes.sort((a, b) => a.left - b.left);
  return boxes.slice(1).filter((box, n) => box.left < boxes[n].right - 1 &&
    Math.abs(box.left - boxes[n].left) > 1).map(box => Math.round(box.left));
})"""


def test_on_a_phone_no_sign_lies_on_its_neighbour_and_the_codes_stand(
    page: Page, conference: invented.Sample
) -> None:
    sign_in(page, conference, "observer")
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(PAGE)
    assert page.evaluate(OVERLAPS) == []
    picture, code = page.locator(".strips"), page.locator(".strips a").first
    before = code.bounding_box()
    moved = picture.evaluate("one => { one.scrollLeft = 200; return one.scrollLeft; }")
    assert moved == 200
    assert code.bounding_box() == before


def test_what_came_of_it_is_said_once(page: Page, conference: invented.Sample) -> None:
    sign_in(page, conference, "observer")
    page.goto(PAGE)
    expect(page.locator("td.is-not_retained").first).to_have_text("Not retained")
    agreed = page.locator("td.is-agreed").first.inner_text()
    assert agreed.lower().count("agreed") == 1


def test_on_paper_every_outcome_keeps_its_sign(page: Page, conference: invented.Sample) -> None:
    sign_in(page, conference, "observer")
    page.goto(PAGE)
    page.emulate_media(media="print")
    shapes = page.locator("[id^=sign-] *")
    assert shapes.count() >= 7
    hidden = "all => all.filter(one => getComputedStyle(one).display === 'none').length"
    assert shapes.evaluate_all(hidden) == 0


def test_what_several_ask_alike_is_told_once(page: Page, conference: invented.Sample) -> None:
    sign_in(page, conference, "observer")
    page.goto(PAGE)
    number = page.locator("tbody", has=page.get_by_role("rowheader", name="the number")).first
    expect(number.locator("tr")).to_have_count(1)
    assert number.locator(f"{ROW} .code").count() > 3


def test_one_comes_from_a_row_to_where_the_words_are(
    page: Page, conference: invented.Sample
) -> None:
    sign_in(page, conference, "observer")
    page.goto(PAGE)
    link = page.locator("td.is-option a").first
    option = (link.get_attribute("href") or "").split("#")[1]
    link.click()
    expect(page.locator(f"#{option}")).to_be_in_viewport()
