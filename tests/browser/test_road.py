"""The whole road as a chair goes it: sign in, read, bring in, answer, place, issue, open."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from drafting import sample as invented

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
BEGINS = {
    "docx": b"PK",
    "xlsx": b"PK",
    "pdf": b"%PDF",
    "html": b"<!",
    "akn": b"<?xml",
    "txt": b"",
}
PAPERS = [
    *product(("base", "previous", "clean"), ("docx", "pdf", "html", "akn", "txt")),
    *product(("disposition",), ("docx", "xlsx")),
]


def sign_in(page: Page, sample: invented.Sample, role: str) -> None:
    person = next(p for p in sample.people if p.role == role)
    page.goto("/")
    page.get_by_label(re.compile("e-?mail", re.I)).fill(person.email)
    page.get_by_label("Password").fill(sample.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=re.compile("group", re.I)).first).to_be_visible()


def test_a_chair_goes_the_whole_road(page: Page, worker: None, conference: invented.Sample) -> None:
    sign_in(page, conference, "chair")
    page.get_by_role("link", name=conference.draft_title).first.click()
    expect(page.locator("main")).to_contain_text("recalling")
    bring_in_the_waiting_paper(page, conference)
    issue_the_next_revision(page)
    open_the_papers(page)


def bring_in_the_waiting_paper(page: Page, conference: invented.Sample) -> None:
    waiting = next(c for c in conference.contributions if c.waiting)
    page.locator("#ways summary").click()
    page.get_by_role("link", name="Bring in").click()
    page.locator("input[type=file]").set_input_files(waiting.path)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="as we read it")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name=re.compile("changes? that w"))).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.set_viewport_size({"width": 1280, "height": 720})
    questions = page.locator("[data-question]")
    assert questions.count() >= 2
    first = questions.first
    first.get_by_role("button", name=re.compile("Answer")).click()
    expect(questions.first).to_contain_text("Answered by", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Take all as assumed").click()
    page.get_by_role("button", name="Place it in the draft").click(timeout=PATIENCE_MS)
    expect(page.get_by_text(waiting.codes[0]).first).to_be_visible()


def issue_the_next_revision(page: Page) -> None:
    page.goto("/drafts/port-lorne-2027/dl-12/revisions/")
    page.locator("#issue button").click()
    confirm = page.get_by_role("dialog").get_by_role("button", name=re.compile("Issue"))
    confirm.click()
    section = page.locator("section", has=page.get_by_role("heading", name="Revision 2"))
    expect(section.get_by_role("link")).to_have_count(len(PAPERS), timeout=PATIENCE_MS)


def open_the_papers(page: Page) -> None:
    """Every paper of the Revision is a file of its kind."""
    for comparison, form in PAPERS:
        answer = page.request.get(f"/drafts/port-lorne-2027/dl-12/revisions/2/{comparison}/{form}/")
        assert answer.status == 200
        assert answer.body().startswith(BEGINS[form])
        if form in ("docx", "xlsx"):
            assert zipfile.ZipFile(io.BytesIO(answer.body())).testzip() is None


def test_a_delegate_reads_and_is_offered_no_button_of_the_desk(
    page: Page, conference: invented.Sample
) -> None:
    sign_in(page, conference, "delegate")
    page.goto("/drafts/port-lorne-2027/dl-12/")
    expect(page.get_by_role("link", name="Bring in")).to_have_count(0)
    page.goto("/drafts/port-lorne-2027/dl-12/revisions/")
    expect(page.locator("#issue")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 375, 1280, 2560])
def test_no_page_scrolls_sideways(page: Page, conference: invented.Sample, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, conference, "chair")
    draft = "/drafts/port-lorne-2027/dl-12/"
    for address in ("/", draft, f"{draft}revisions/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
