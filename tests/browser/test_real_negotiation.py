"""The real negotiation at the chair's table, in a real browser: from six proposals to one text.

The base and the six papers come in as papers do, one command consolidates them, and from there on
everything is done with keys: wording by wording, three Revisions on the way, until no bracket is
left and the disposition table accounts for every change that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from drafting.domain.draft import Status
from drafting.domain.lifecycle import is_contested
from drafting.models import Draft, Membership, ProposedChange, Role
from drafting.selectors.values import draft_value
from tests.browser.people import sign_in
from tests.cast import SETUP
from tests.emptying import wait_for_others
from tests.intake.test_real_contributions import NAMES
from tests.shared import needs_shared, shared
from tests.use_cases.test_commands import run

pytestmark = [pytest.mark.browser, needs_shared]

PATIENCE_MS = 60_000
CHANGES = 58  # 52, and the number of the resolution six times
CONTESTED = re.compile(r"(\d+) contested")


@pytest.fixture
def chair(transactional_db: None) -> User:
    """The chair of the group whose draft was consolidated by one command."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(_negotiated).result()


def _negotiated() -> User:
    with closing(connection):
        run("import_base", shared("res130/base_2010.docx"), "--symbol", "DL/10")
        for name in NAMES:
            file = shared(f"res130/contributions/{name}.docx")
            run("import_contribution", file, "--draft", "DL/10", "--accept-defaults")
        run("consolidate", "--draft", "DL/10")
        chair = User.objects.create_user(
            "chair@seamarks.example", "a long password", full_name="Chair"
        )
        group = Draft.objects.get(symbol="DL/10").group
        SETUP.create(Membership(group=group, user=chair, role=Role.CHAIR))
        return chair


@pytest.fixture
def table(browser: Browser, server: str, chair: User) -> Iterator[Page]:
    context = browser.new_context(base_url=server, reduced_motion="reduce")
    sign_in(context, server, chair)
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(_address("table/"))
    expect(page.locator("#conn")).to_have_text("Saved")
    yield page
    context.close()
    wait_for_others()
    assert not errors, f"The page complains: {errors}"


def _address(rest: str) -> str:
    draft = Draft.objects.select_related("conference").get(symbol="DL/10")
    return f"/drafts/{draft.conference.slug}/{draft.slug}/{rest}"


def contested(page: Page) -> int:
    found = CONTESTED.search(page.locator("#index").inner_text())
    return int(found[1]) if found else 0


def settle_one(page: Page) -> None:
    """The first wording beside the base becomes the only one: what it would do, then done."""
    told = page.locator("#effect")
    left = contested(page)
    page.keyboard.press("1")
    expect(told).to_contain_text("Keep only this: ")
    page.keyboard.press("c")
    expect(told).to_contain_text("Done")
    expect(page.locator("#index")).not_to_contain_text(f"{left} contested")
    if left > 1:
        go_on(page)


def go_on(page: Page) -> None:
    """To the next that is contested, or from the last one back."""
    key = page.locator("main[data-provision]").get_attribute("data-provision") or ""
    at_end = page.locator("#contested li").last.locator("[aria-current]").count() > 0
    page.keyboard.press("k" if at_end else "j")
    expect(page.locator("main[data-provision]")).not_to_have_attribute("data-provision", key)
    expect(page.locator("#effect")).to_contain_text("Choose wordings")


def issue(page: Page, number: int) -> None:
    """The Revision is issued, and one goes back to the table."""
    page.goto(_address("revisions/"))
    page.locator("#issue button").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Issue")).click()
    expect(page.locator("body")).to_contain_text(f"Revision {number} is frozen")
    page.goto(_address("table/"))
    expect(page.locator("#conn")).to_have_text("Saved")


def agree_on_all(page: Page) -> None:
    """What is no longer contested is agreed, in one act."""
    page.goto(_address("table/?show=all"))
    expect(page.locator("#conn")).to_have_text("Saved")
    boxes = page.locator("#index input[name=pick]")
    count = boxes.count()
    for box in boxes.all():
        box.check()
    told = page.locator("#effect")
    said = f"Agree: {count} provisions: from open to agreed."
    expect(told).to_contain_text(said, timeout=PATIENCE_MS)
    page.keyboard.press("a")
    expect(told).to_contain_text("Done", timeout=PATIENCE_MS)


def outcomes(page: Page) -> dict[str, int]:
    """What the numbers above the picture of the disposition table say."""
    page.goto(_address("disposition/"))
    found = page.locator(".tallies a").all_inner_texts()
    return {" ".join(words.split()[1:]): int(words.split()[0]) for words in found}


def test_a_chair_takes_six_proposals_to_one_text_and_every_change_is_accounted_for(
    table: Page,
) -> None:
    at_first = contested(table)
    assert at_first > 20
    for number, until in ((1, at_first * 2 // 3), (2, at_first // 3), (3, 0)):
        while contested(table) > until:
            settle_one(table)
        issue(table, number)
    draft = Draft.objects.get(symbol="DL/10")
    text = draft_value(draft)
    assert not [p.key for p in text.provisions if is_contested(p)]
    assert [row.number for row in draft.revisions.order_by("number")] == [1, 2, 3]

    agree_on_all(table)
    assert {p.status for p in draft_value(draft).provisions} <= {Status.AGREED, Status.DELETED}
    found = outcomes(table)
    asked = ProposedChange.objects.filter(proposal__draft=draft)
    assert sum(found.values()) == asked.count() == CHANGES
    assert sum(found[name] for name in ("agreed", "not retained")) == CHANGES
    expect(table.locator("[data-line]")).to_have_count(CHANGES)
