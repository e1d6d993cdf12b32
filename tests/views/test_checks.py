"""The page of the checks by role, by filter, and against what somebody makes up."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.checks import Asked, Kind, check
from drafting.models import Option, Provision
from drafting.selectors.checks import findings_of
from drafting.views.checks_presenters import Filters, Presenter
from drafting.views.excerpts import excerpt
from tests.cast import Cast
from tests.domain.checks.drafts import call, draft, provision
from tests.live.desk import browser

CHECKS = "/drafts/lorne/dl-1/checks/"


def put(cast: Cast, number: int, words: str) -> None:
    option = Option.objects.get(draft=cast.draft, number=number)
    label = texts.from_json(option.content).label
    option.content = texts.to_json(texts.text_of(words, label=label))
    option.save()


@pytest.fixture
def odd(cast: Cast) -> Cast:
    put(cast, 2, "that lamps go out;")
    put(cast, 4, "to count the <b>lamps</b>,")
    return cast


def keys(cast: Cast) -> list[str]:
    return [finding.key for finding in findings_of(cast.draft)[1]]


def words(cast: Cast, number: int) -> str:
    content = Option.objects.get(draft=cast.draft, number=number).content
    return texts.plain(texts.from_json(content))


def post(client: Client, keys: list[str], **more: str) -> HttpResponse:
    return client.post(f"{CHECKS}mend/", {"mend": keys, **more}, follow=True)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "ticks"), [("chair", 2), ("sam", 2), ("kes", 0), ("olga", 0), ("stella", 0)]
)
def test_everybody_of_the_group_sees_and_the_desk_ticks(odd: Cast, name: str, ticks: int) -> None:
    page = browser(odd, name).get(CHECKS).content.decode()
    assert page.count('<li class="find') == 2
    assert page.count('name="mend"') == ticks


def test_words_of_the_draft_are_never_markup(odd: Cast) -> None:
    page = browser(odd, "chair").get(CHECKS).content.decode()
    assert "<b>lamps</b>" not in page
    assert "&lt;b&gt;lamps&lt;/b&gt;" in page
    confirm = post(browser(odd, "chair"), keys(odd)).content.decode()
    assert "<b>lamps</b>" not in confirm


def test_filters_keep_one_kind_and_what_can_be_mended(odd: Cast) -> None:
    put(odd, 6, "to report on resolves 9.")
    client = browser(odd, "kes")
    for query, count in (("", 3), ("?kind=punctuation", 2), ("?mends=1", 2), ("?kind=x", 3)):
        page = client.get(CHECKS + query).content.decode()
        assert page.count('<li class="find') == count, query
    assert "Nothing of this kind" in client.get(f"{CHECKS}?kind=label").content.decode()


def test_ticking_shows_what_would_change_and_changes_nothing(odd: Cast) -> None:
    page = post(browser(odd, "chair"), keys(odd)).content.decode()
    assert "Make these 2 changes" in page
    assert words(odd, 2) == "that lamps go out;"


def test_agreed_text_is_told_and_stays_agreed(odd: Cast) -> None:
    Provision.objects.filter(draft=odd.draft, number=2).update(status="agreed")
    client = browser(odd, "chair")
    page = post(client, keys(odd)).content.decode()
    assert "1 provision among them is closed, and stays closed." in " ".join(page.split())
    done = post(client, keys(odd), confirmed="1", request="x", rationale="by their places")
    assert "2 changes are made." in done.content.decode()
    assert words(odd, 2) == "that lamps go out,"
    assert Provision.objects.get(draft=odd.draft, number=2).status == "agreed"


def test_a_double_click_makes_the_sweep_once(odd: Cast) -> None:
    client, asked = browser(odd, "chair"), keys(odd)
    post(client, asked, confirmed="1", request="x")
    seq = type(odd.draft).objects.get(pk=odd.draft.pk).seq
    post(client, asked, confirmed="1", request="x")
    assert type(odd.draft).objects.get(pk=odd.draft.pk).seq == seq


def test_made_up_keys_and_nothing_at_all_are_told(odd: Cast) -> None:
    client = browser(odd, "chair")
    assert "Tick what is to be mended." in post(client, []).content.decode()
    page = post(client, ["final_mark-o2-00000000"], confirmed="1").content.decode()
    assert "1 finding is not as it was any more, and was left out." in page
    assert words(odd, 2) == "that lamps go out;"


def test_undoing_takes_a_sweep_back_and_nothing_else(odd: Cast) -> None:
    client = browser(odd, "chair")
    post(client, keys(odd), confirmed="1", request="x")
    seq = type(odd.draft).objects.get(pk=odd.draft.pk).seq
    told = client.post(f"{CHECKS}undo/", {"seq": str(seq - 1)}, follow=True)
    assert "There is nothing that could be undone here." in told.content.decode()
    client.post(f"{CHECKS}undo/", {"seq": str(seq)}, follow=True)
    assert words(odd, 2) == "that lamps go out;"


def test_an_excerpt_is_cut_at_words_and_says_so() -> None:
    text = texts.text_of(f"{'before ' * 30}odd {'after ' * 30}", label="a)")
    cut = excerpt(text.paragraphs[0], (), (210, 213), 210)
    assert (cut.starts, cut.ends, cut.label) == (False, False, ())
    assert [piece.kind for piece in cut.pieces] == ["", "odd", ""]
    assert cut.pieces[0].words.startswith("before ")


def test_a_bracket_that_is_not_closed_is_shown_as_it_stands_and_closed(cast: Cast) -> None:
    option = Option.objects.get(draft=cast.draft, number=4)
    marker = texts.BracketOpen("b1")
    (paragraph,) = texts.from_json(option.content).paragraphs
    held = texts.Text((texts.Paragraph((marker, *paragraph.inlines), paragraph.label),))
    option.content = texts.to_json(held)
    option.save()
    value, findings = findings_of(cast.draft)
    (group,) = Presenter(value, "/room/").present(findings, Filters(kind="bracket")).groups
    (row,) = group.rows
    assert row.excerpt is not None
    assert [(p.kind, p.words) for p in row.excerpt.pieces if p.kind] == [("ins", "]")]


def test_a_label_that_is_asked_for_yields_to_the_numbering_of_its_list(cast: Cast) -> None:
    """What one ticks all at once is never at odds with itself."""
    value = small(("1", "to row;"), ("1", "to sail;"), ("2", "to swim."))
    mod = Asked("KES/75/4", "p3", texts.text_of("to sail;", label="7"))
    findings = check(value, mods=[mod])
    view = Presenter(value, "/room/").present(findings, Filters())
    yielding = {row.key: row.yields for group in view.groups for row in group.rows}
    assert sorted(yielding.values()) == [False, True]
    assert [f.kind for f in findings if yielding[f.key]] == [Kind.ASKED]
    for row in (row for group in view.groups for row in group.rows):
        told = render_to_string("drafting/parts/_checks_row.html", {"row": row})
        assert ("take one of the two" in told) is row.yields


def small(*items: tuple[str, str]) -> values.Draft:
    """One call with these labelled items, adopted as they are."""
    lines = [provision(n, f"{a} {b}", f"{a} {b}") for n, (a, b) in enumerate(items, 2)]
    return draft(call(1, "resolves"), *lines)
