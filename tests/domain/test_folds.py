"""Several wordings folded into one text: it reads for each as each wrote it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.brackets import pair
from drafting.domain.consolidation import equal, folded
from drafting.domain.consolidation.folds import MOST_NAMES
from drafting.domain.draft import Attribution, Option, OptionKind
from drafting.domain.projection import wording
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    FootnoteRef,
    Paragraph,
    Run,
    Text,
    plain,
    printed,
    text_of,
)
from tests.domain.consolidation_cases import CODES, noted, wordings
from tests.tries import examples


def option(n: int, text: Text, *codes: str) -> Option:
    return Option(f"o{n}", text, attributions=tuple(Attribution(code) for code in codes))


@st.composite
def families(draw: st.DrawFn) -> tuple[Text, list[Option]]:
    """A base, and up to five wordings made of it, each with a proposal behind it."""
    base = draw(noted(draw(wordings())))
    count = draw(st.integers(1, len(CODES)))
    theirs = [draw(noted(draw(wordings(base)))) for _ in CODES[:count]]
    return base, [option(n, text, CODES[n]) for n, text in enumerate(theirs)]


def read(text: Text, *codes: str) -> Text:
    return wording(text, frozenset(codes))


@given(families())
@settings(max_examples=examples(150))
def test_one_text_reads_for_each_as_each_wrote_it_and_for_nobody_as_the_base(
    family: tuple[Text, list[Option]],
) -> None:
    base, options = family
    text = folded(options, base, key="o9")
    if text is None:
        assert all(equal(o.text, base) for o in options)  # nobody asks for anything else
        return
    assert read(text) == base
    for one in options:
        assert equal(read(text, str(one.attributions[0].code)), one.text)


@given(families())
@settings(max_examples=examples(100))
def test_without_a_base_the_first_wording_is_the_pivot(
    family: tuple[Text, list[Option]],
) -> None:
    _base, options = family
    text = folded(options, None, key="o9")
    assert text is not None
    for one in options:
        assert equal(read(text, str(one.attributions[0].code)), one.text)


@given(families())
@settings(max_examples=examples(60))
def test_every_fork_stands_in_a_pair_of_brackets_of_its_own(
    family: tuple[Text, list[Option]],
) -> None:
    base, options = family
    text = folded(options, base, key="o9")
    if text is None:
        return
    brackets = pair([("here", text)])
    assert brackets.unpaired == ()
    assert all(bracket.depth == 1 for bracket in brackets.brackets)
    inside = 0
    for piece in text.paragraphs[0].inlines:
        inside += isinstance(piece, BracketOpen)
        inside -= isinstance(piece, BracketClose)
        assert not piece.changes or inside == 1


def test_equal_wordings_share_an_alternative() -> None:
    base = text_of("to count the lamps each year;")
    options = [
        option(1, text_of("to count the lamps each month;"), "KES/75/4"),
        option(2, text_of("to count the lamps each month,"), "VAL/70/2"),
        option(3, text_of("to count the lamps each week;"), "ISL/79A2/13", "ORS/80/1"),
    ]
    text = folded(options, base, key="o9")
    assert text is not None
    assert printed(text) == "to count the lamps each [yearmonthweek];"
    sources = {
        piece.text: {change.source for change in piece.changes}
        for piece in text.paragraphs[0].inlines
        if isinstance(piece, Run) and piece.changes
    }
    assert sources == {
        "year": {"KES/75/4", "VAL/70/2", "ISL/79A2/13", "ORS/80/1"},
        "month": {"KES/75/4", "VAL/70/2"},
        "week": {"ISL/79A2/13", "ORS/80/1"},
    }


def test_differences_that_overlap_are_one_fork_and_others_are_not() -> None:
    base = text_of("to keep the old lamps of the harbour lit by night")
    options = [
        option(1, text_of("to keep the new lamps of the harbour lit by day"), "KES/75/4"),
        option(2, text_of("to keep the new bright buoys of the harbour lit by night"), "VAL/70/2"),
    ]
    text = folded(options, base, key="o9")
    assert text is not None
    assert printed(text) == (
        "to keep the [old lampsnew lampsnew bright buoys] of the harbour lit by [nightday]"
    )


def test_differences_that_touch_are_one_fork() -> None:
    base = text_of("to keep old lamps")
    options = [
        option(1, text_of("to keep lamps"), "KES/75/4"),
        option(2, text_of("to keep very old lamps"), "VAL/70/2"),
    ]
    text = folded(options, base, key="o9")
    assert text is not None
    assert printed(text) == "to keep [old very old ]lamps"


def test_a_footnote_is_an_alternative_like_words_and_stays_where_all_have_it() -> None:
    ref, other = FootnoteRef("n1"), FootnoteRef("n2")
    base = Text((Paragraph((Run("to count the lamps"), ref, Run(" each year;"))),))
    options = [
        option(1, Text((Paragraph((Run("to count the lamps"), ref, Run(" at night;"))),)), "A"),
        option(2, Text((Paragraph((Run("to count the lamps"), other, Run(" each year"))),)), "B"),
    ]
    text = folded(options, base, key="o9")
    assert text is not None
    assert printed(text) == "to count the lamps[] [each yearat night];"
    told = [
        (piece.id, [(change.kind, change.source) for change in piece.changes])
        for piece in text.paragraphs[0].inlines
        if isinstance(piece, FootnoteRef)
    ]
    assert told == [("n1", [("deletion", "B")]), ("n2", [("insertion", "B")])]
    assert read(text, "A") == options[0].text


def test_a_sign_that_stands_for_a_footnote_is_none_that_the_words_have() -> None:
    rare = "".join(map(chr, range(0x2800, 0x2810)))
    base = Text((Paragraph((Run(f"lamps {rare}"), FootnoteRef("n1"))),))
    text = folded([option(1, text_of(f"all lamps {rare}"), "A")], base, key="o9")
    assert text is not None
    assert (read(text), plain(read(text, "A"))) == (base, f"all lamps {rare}")


def test_formats_of_the_words_come_along() -> None:
    base = text_of("to apply what is considered above")
    own = Text((Paragraph((Run("to apply "), Run("noting", frozenset({"em"})), Run(" above"))),))
    text = folded([option(1, own, "KES/75/4")], base, key="o9")
    assert text is not None
    assert read(text, "KES/75/4") == own


def test_what_cannot_be_folded_without_loss_is_not() -> None:
    base = text_of("to count the lamps")
    bracket = Text((Paragraph((BracketOpen("b1"), Run("to count"), BracketClose("b1"))),))
    twice = [option(n, text_of(f"to count {n}"), "KES/75/4") for n in (1, 2)]
    crowd = tuple(f"K{n}" for n in range(MOST_NAMES + 1))
    for options in (
        [option(1, text_of("one\ntwo"), "KES/75/4")],
        [option(1, bracket, "KES/75/4")],
        twice,
        [option(1, text_of("to count all"), *crowd)],
        [Option("o1", base, OptionKind.DELETE, attributions=(Attribution("KES/75/4"),))],
    ):
        assert folded(options, base, key="o9") is None


def test_who_is_named_without_a_code_is_the_source_by_name_and_nobody_is_the_chair() -> None:
    base = text_of("to count the lamps")
    named = Option(
        "o1", text_of("to count all lamps"), attributions=(Attribution(None, "Kestria"),)
    )
    own = Option("o2", text_of("to count some lamps"))
    text = folded([named, own], base, key="o9")
    assert text is not None
    assert read(text, "Kestria") == named.text
    assert read(text, "Chair") == own.text
