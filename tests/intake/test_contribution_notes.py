"""Footnotes of Members' papers, beside those of the base."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from drafting.domain.draft import Draft
from drafting.domain.text import FootnoteRef, Run, Text
from drafting.intake.base import read_base
from drafting.intake.contribution import read_contribution
from drafting.intake.docx import read_docx
from drafting.intake.parsed import ParsedPaper, from_json, to_json
from drafting.intake.reading import ContributionReading, Operation, ProposedChange
from tests.intake.builders import dele, docx, footnote, footnotes_of, ins, p, r

HEAD = ["RESOLUTION 7 (Tarn, 2022)", "Buoys", "The Development Assembly (Tarn, 2022),", "resolves"]
ADOPTED = "Small harbours included."
LAST = "2\tto count the buoys once a year"


def file(*lines: str, footnotes: Sequence[str] = (), marks: Sequence[str] = ()) -> ParsedPaper:
    body = "".join(p(r(line)) for line in (*marks, *HEAD)) + "".join(lines)
    return read_docx(docx(body, footnotes=footnotes_of(*footnotes)))


@cache
def base() -> Draft:
    kept = p(r("1\tto keep the buoys"), footnote(2), r(" where they are;"))
    reading = read_base(file(kept, p(r(LAST)), footnotes=["x", ADOPTED]), {}, symbol="DL/12")
    return Draft(reading.header, reading.provisions)


def read(*lines: str, footnotes: Sequence[str] = ()) -> ContributionReading:
    paper = file(*lines, footnotes=footnotes, marks=["Document 70-E", "MOD\tVAL/70/2"])
    paper = from_json(to_json(paper))  # as it comes from the child process
    return read_contribution(paper, base(), {})


def told(reading: ContributionReading) -> list[tuple[Operation, str]]:
    (proposal,) = reading.proposals
    return [(change.operation, shown(change)) for change in proposal.changes]


def shown(change: ProposedChange) -> str:
    """The words with each footnote in braces where it stands."""
    said = {note.id: note.text for note in change.notes}
    pieces = change.text.paragraphs[0].inlines if change.text else ()
    return "".join(
        piece.text if isinstance(piece, Run) else "{" + said[piece.id] + "}"
        for piece in pieces
        if isinstance(piece, Run | FootnoteRef)
    )


QUOTED = p(r("1\tto keep the buoys"), footnote(1), r(" where they are;"))


def test_a_footnote_that_is_only_quoted_changes_nothing() -> None:
    assert told(read(QUOTED, p(r(LAST)), footnotes=[ADOPTED])) == []


def test_an_inserted_footnote_is_a_change_though_no_word_is() -> None:
    last = p(r(LAST), ins(footnote(2)))
    assert told(read(QUOTED, last, footnotes=[ADOPTED, "Lost ones too."])) == [
        (Operation.MOD, "to count the buoys once a year{Lost ones too.}")
    ]


def test_a_struck_footnote_is_a_change_though_no_word_is() -> None:
    first = p(r("1\tto keep the buoys"), dele(footnote(1)), r(" where they are;"))
    assert told(read(first, p(r(LAST)), footnotes=[ADOPTED])) == [
        (Operation.MOD, "to keep the buoys where they are;")
    ]


def test_a_footnote_that_is_reworded_is_a_change_though_no_word_of_the_text_is() -> None:
    body = p(r("Small harbours "), dele(r("included")), ins(r("excluded")), r("."))
    assert told(read(QUOTED, p(r(LAST)), footnotes=[body])) == [
        (Operation.MOD, "to keep the buoys{Small harbours excluded.} where they are;")
    ]


def test_words_that_change_keep_the_adopted_footnote_in_the_words_of_the_base() -> None:
    first = p(r("1\tto keep "), ins(r("all ")), r("the buoys"), footnote(1), r(" where they are;"))
    slip = "Small  harbors included"
    assert told(read(first, p(r(LAST)), footnotes=[slip])) == [
        (Operation.MOD, "to keep all the buoys{Small harbours included.} where they are;")
    ]


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ((r("keep "), ins(r("all ")), r("the buoys where")), "keep all the buoys{} where"),
        ((r("keep the buoys "), ins(r("just ")), r("where")), "keep the buoys{} just where"),
        ((r("keep the "), dele(r("buoys")), ins(r("lamps")), r(" where")), "the lamps{} where"),
    ],
)
def test_a_paper_that_does_not_print_a_footnote_does_not_strike_it(
    first: tuple[str, ...], words: str
) -> None:
    line = p(r("1\tto "), *first, r(" they are;"))
    ((operation, said),) = told(read(line, p(r(LAST))))
    assert operation is Operation.MOD
    assert words.format("{" + ADOPTED + "}") in said


def test_an_added_text_brings_its_footnotes_under_ids_of_the_change() -> None:
    added = p(ins(r("3\tto paint"), footnote(2), r(" and to ring"), footnote(1)), mark="ins")
    reading = read(QUOTED, p(r(LAST)), added, footnotes=["One.", "Two."])
    (change,) = reading.proposals[0].changes
    assert (change.operation, shown(change)) == (Operation.ADD, "to paint{Two.} and to ring{One.}")
    assert {n.id for n in change.notes} == {f"{change.key}.n1", f"{change.key}.n2"}


def test_a_reference_to_a_footnote_that_is_not_there_is_left_out() -> None:
    added = p(ins(r("3\tto paint them"), footnote(7)), mark="ins")
    (change,) = read(QUOTED, p(r(LAST)), added, footnotes=[ADOPTED]).proposals[0].changes
    assert change.text is not None
    assert (change.notes, _refs(change.text)) == ((), [])


def _refs(text: Text) -> list[FootnoteRef]:
    return [piece for piece in text.paragraphs[0].inlines if isinstance(piece, FootnoteRef)]
