"""Terminal punctuation follows the place of a settled item, on clean papers only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.draft import Attribution, Draft, Header, Option, Provision, ProvisionKind
from drafting.domain.paper import Against, Paper, compose
from drafting.domain.punctuation import ended, punctuate
from drafting.domain.redline import kept_text
from drafting.domain.text import FootnoteRef, Paragraph, Run, Text, text_of
from tests.domain import strategies
from tests.tries import examples

ITEM, CALL = ProvisionKind.ITEM, ProvisionKind.CALL


def paper(*rows: tuple[ProvisionKind, str], against: Against = Against.CLEAN) -> Paper:
    provisions = tuple(
        Provision(f"p{n}", kind, (Option(f"o{n}", text_of(words), stands=True),))
        for n, (kind, words) in enumerate(rows)
    )
    return compose(Draft(Header(), provisions), against)


def lines(paper: Paper) -> list[str]:
    return [words for block in paper.blocks for words in kept_text(block.paragraphs)]


def test_items_end_by_their_place() -> None:
    rows = [
        (CALL, "recalling"),
        (ITEM, "the lights,"),
        (ITEM, "the masts. "),
        (CALL, "resolves"),
        (ITEM, "to keep:"),
        (ITEM, "the oars"),
        (ITEM, "the buoys;"),
    ]
    assert lines(punctuate(paper(*rows))) == [
        "recalling", "the lights;", "the masts,", "resolves", "to keep:", "the oars;", "the buoys.",
    ]  # fmt: skip


def test_a_redline_is_never_punctuated() -> None:
    redline = paper((ITEM, "the lights;"), against=Against.BASE)
    assert punctuate(redline) is redline


def test_what_is_contested_is_printed_to_the_letter_but_has_its_place() -> None:
    asked = Option("o2", text_of("the masts"), attributions=(Attribution("KES/75/4"),))
    draft = Draft(
        Header(),
        (
            Provision("p1", ITEM, (Option("o1", text_of("the lights")),)),
            Provision("p2", ITEM, (asked, Option("o3", text_of("the oars")))),
        ),
    )
    made = punctuate(compose(draft, Against.CLEAN))
    assert lines(made) == ["the lights;", "the masts", "the oars"]


def test_space_after_the_last_words_goes_and_a_footnote_stays() -> None:
    words = Text((Paragraph((Run("the lights"), FootnoteRef("f1"), Run(" ", frozenset({"em"})))),))
    made = compose(Draft(Header(), (Provision("p1", ITEM, (Option("o1", words),)),)), Against.CLEAN)
    (block,) = punctuate(made).blocks
    assert kept_text(block.paragraphs) == ["the lights."]
    assert FootnoteRef("f1") in block.paragraphs[0].pieces


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lights", "lights;"),
        ("lights.", "lights;"),
        ("lights ,  ", "lights;"),
        ("lights; and", "lights; and"),
        ("lights, masts, etc.", "lights, masts, etc."),
        ("notably:", "notably:"),
        ("the “light”", "the “light”;"),
        ("  ", "  "),
    ],
)
def test_only_a_final_mark_is_replaced(words: str, expected: str) -> None:
    assert ended(words, ";") == expected


@given(strategies.drafts())
@settings(max_examples=examples(50))
def test_punctuating_changes_nothing_but_final_marks_and_space(draft: Draft) -> None:
    before = compose(draft, Against.CLEAN)
    after = punctuate(before)
    assert punctuate(after) == after
    for one, other in zip(lines(before), lines(after), strict=True):
        assert one.rstrip(" \t\u00a0,;.") == other.rstrip(" \t\u00a0,;.")


@given(st.text(), st.sampled_from(",;."))
def test_ending_twice_is_ending_once(words: str, mark: str) -> None:
    once = ended(words, mark)
    assert ended(once, mark) == once
