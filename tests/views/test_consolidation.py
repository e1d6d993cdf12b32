"""The page on which the consolidated draft is looked at, asked for as a browser would."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from drafting.domain import text as texts
from drafting.models import Draft, ProposedChange
from drafting.services import consolidating
from drafting.services.refusals import Refused
from drafting.views.telling_progress import lines
from tests.cast import Cast
from tests.use_cases.consolidating.tabled import KES, VAL, tabled

LOOK = reverse("consolidation", kwargs={"conference": "lorne", "slug": "dl-1"})
PUT = reverse("consolidation-put", kwargs={"conference": "lorne", "slug": "dl-1"})
STYLE = reverse("consolidation-style", kwargs={"conference": "lorne", "slug": "dl-1"})


@pytest.fixture
def asked(cast: Cast) -> Cast:
    tabled(cast.draft, "KES/75/9", KES)
    tabled(cast.draft, "VAL/70/9", VAL)
    return cast


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def test_the_page_tells_what_it_would_be_and_that_the_law_holds(asked: Cast) -> None:
    page = client_of(asked, "chair").get(LOOK)
    look = page.context["look"]
    assert dict(look.counts) == {"provisions": 3, "options": 3, "attributions": 4, "folded": 1}
    assert look.holds
    assert b"KES/75/9" in page.content
    assert [section.title for section in look.room.sections] == ["resolves"]


def test_it_is_never_kept_by_a_browser(asked: Cast) -> None:
    assert "no-store" in client_of(asked, "chair").get(LOOK)["Cache-Control"]


def test_a_draft_without_proposals_says_so(cast: Cast) -> None:
    page = client_of(cast, "chair").get(LOOK)
    assert page.context["look"].room is None
    assert b"No proposal has come in yet" in page.content


def test_what_is_left_is_named_with_its_reason(asked: Cast) -> None:
    tabled(asked.draft, "KES/75/10", (("MOD", "p5", "to mend no lamps;"),))
    page = client_of(asked, "chair").get(LOOK)
    (left,) = page.context["look"].left
    assert (str(left.place.name), left.codes) == ("resolves 2", ("KES/75/10",))
    assert left.place.url.endswith("#p5")
    assert left.why in page.content.decode()


def test_where_the_law_cannot_be_met_the_provision_is_shown_with_its_proposal(asked: Cast) -> None:
    changes = (("MOD", "p4", "to count all lamps;"), ("MOD", "p4", "to count no lamps;"))
    tabled(asked.draft, "KES/75/10", changes)
    page = client_of(asked, "chair").get(LOOK)
    look = page.context["look"]
    assert not look.holds
    (failure,) = look.failures
    assert (str(failure.place.name), failure.code) == ("resolves 1", "KES/75/10")
    assert failure.why in page.content.decode()
    assert b"Nothing is lost" not in page.content


def test_an_unknown_proposal_is_told_and_the_page_is_shown_without_it(asked: Cast) -> None:
    page = client_of(asked, "chair").get(LOOK, {"proposal": "XX/1/1"}, follow=True)
    assert "XX/1/1" in page.content.decode()
    assert page.context["look"].chosen == 2


def test_the_style_keeps_the_proposals_that_were_ticked(asked: Cast) -> None:
    about = {"fold_style": "inline", "fold_words": "5", "proposal": ["VAL/70/9"]}
    answer = client_of(asked, "sam").post(STYLE, about, follow=True)
    assert answer.context["look"].codes == ("VAL/70/9",)
    assert answer.context["look"].inline


@pytest.mark.parametrize("words", ["", "0", "-3", "99999", "x", "61"])
def test_a_threshold_that_is_none_is_told(asked: Cast, words: str) -> None:
    about = {"fold_style": "inline", "fold_words": words}
    answer = client_of(asked, "chair").post(STYLE, about, follow=True)
    assert "between 1 and" in answer.content.decode()
    asked.group.refresh_from_db()
    assert asked.group.fold_style == "options"


def test_putting_it_goes_to_the_table(asked: Cast) -> None:
    client = client_of(asked, "chair")
    mark = client.get(LOOK).context["look"].mark
    answer = client.post(PUT, {"mark": mark})
    assert answer["Location"] == reverse("table", kwargs={"conference": "lorne", "slug": "dl-1"})
    assert Draft.objects.get().events.filter(kind="draft.consolidated").exists()


@pytest.mark.parametrize("mark", ["", "made up"])
def test_nothing_is_put_that_was_not_looked_at(asked: Cast, mark: str) -> None:
    client_of(asked, "chair").post(PUT, {"mark": mark})
    assert not Draft.objects.get().events.filter(kind="draft.consolidated").exists()


# --- progress -----------------------------------------------------------------------------------


async def told(work: Any) -> list[dict[str, Any]]:
    return [json.loads(line) async for line in lines(work, "/there/")]


async def test_a_run_is_told_line_by_line_and_says_where_to_go() -> None:
    def work(progress: consolidating.Progress) -> None:
        progress(10, "Reading.")
        progress(60, "Writing.")

    assert await told(work) == [
        {"percent": 10, "doing": "Reading."},
        {"percent": 60, "doing": "Writing."},
        {"go": "/there/"},
    ]


async def test_what_is_refused_ends_the_telling_with_its_reason() -> None:
    def work(progress: consolidating.Progress) -> None:
        progress(10, "Reading.")
        raise Refused("Look once more.")

    assert await told(work) == [
        {"percent": 10, "doing": "Reading."},
        {"refused": "Look once more."},
    ]


async def test_a_fault_of_ours_is_told_as_one_and_nothing_of_it_is_shown() -> None:
    def work(progress: consolidating.Progress) -> None:
        raise RuntimeError("the secret of the house")

    (last,) = await told(work)
    assert "log" in last["refused"]
    assert "secret" not in last["refused"]


ODD = (
    ("MOD", "p4", ""),
    ("MOD", "p6", "\u200f\u05dc\u05d3\u05d5\u05d5\u05d7 22;"),
    ("ADD", "p6", ""),
    ("ADD", "p6", "the lamps " * 2000),
    ("NOC", "p2", None),
)


def test_odd_proposals_are_looked_at_and_put_like_any_other(asked: Cast) -> None:
    tabled(asked.draft, "ISL/79/3", ODD)
    for style in ("options", "inline"):
        consolidating.set_style(asked.actor("chair"), asked.group, style, 8)
        page = client_of(asked, "chair").get(LOOK)
        assert (page.status_code, page.context["look"].holds) == (200, True)
    mark = page.context["look"].mark
    assert client_of(asked, "chair").post(PUT, {"mark": mark}).status_code == 302
    assert client_of(asked, "chair").get(LOOK).context["look"].room is None


def test_a_footnote_that_is_asked_for_is_shown_and_part_of_what_is_looked_at(asked: Cast) -> None:
    change = ProposedChange.objects.get(proposal__code="KES/75/9", target__number=4)
    text = texts.from_json(change.content)
    first = text.paragraphs[0]
    noted = replace(first, inlines=(*first.inlines, texts.FootnoteRef("c1.n1")))
    change.content = texts.to_json(texts.Text((noted,)))
    marks = set()
    for words in ("Small harbours included.", "Small harbours excluded."):
        change.notes = [{"id": "c1.n1", "text": words}]
        change.save()
        page = client_of(asked, "chair").get(LOOK)
        assert words in page.content.decode()
        assert page.context["look"].holds
        marks.add(page.context["look"].mark)
    assert len(marks) == 2
