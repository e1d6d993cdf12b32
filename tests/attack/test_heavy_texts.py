"""Texts and batches that are legal step by step, and made to keep everybody else waiting."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from drafting.services import deeds
from drafting.services.acts import rows
from drafting.steps import Applied, Invalid, Json, submit
from drafting.steps.forms import MOST_PIECES
from tests.cast import Cast
from tests.effort import within
from tests.steps.words import deletion, document, items, marked, paragraph, put, run, typed
from tests.use_cases.acts.table import Table


@pytest.fixture
def table(cast: Cast) -> Table:
    return Table(cast)


STRONG: Json = {"type": "strong"}


def shreds(number: int, *marks: Json) -> list[Json]:
    """Runs of one character, no two neighbours alike."""
    return [run("x", *marks, *([STRONG] if place % 2 else [])) for place in range(number)]


def test_a_text_does_not_grow_to_more_pieces_than_any_paper_has() -> None:
    content = document(paragraph(*shreds(MOST_PIECES * 2 // 3 - 20)))
    assert isinstance(submit(content, (), items(put(1, *shreds(10)))), Applied)
    assert isinstance(submit(content, (), items(put(1, *shreds(100)))), Invalid)


def test_marks_on_many_pieces_are_counted_as_pieces() -> None:
    content = document(paragraph(*shreds(MOST_PIECES // 3)))
    layers = [marked(1, 1 + MOST_PIECES // 3, deletion(f"d{n}", "KES")) for n in range(3)]
    assert isinstance(submit(content, (), items(*layers)), Invalid)


def test_a_text_that_came_with_more_pieces_may_still_become_smaller() -> None:
    content = document(paragraph(*shreds(MOST_PIECES)))
    less = {"stepType": "replace", "from": 1, "to": 9}
    assert isinstance(submit(content, (), items(less)), Applied)
    assert isinstance(submit(content, (), items(put(1, *shreds(3)))), Invalid)


def test_empty_paragraphs_are_pieces_too() -> None:
    content = document(*[paragraph() for _ in range(MOST_PIECES - 10)])
    assert isinstance(submit(content, (), items(put(0, *[paragraph()] * 20))), Invalid)


def test_words_under_a_tower_of_accents_are_refused_before_they_are_put_in_order(
    table: Table,
) -> None:
    tower = "a" + "\u0315\u0300" * 9_000
    within(10, lambda: table.may_not("chair", deeds.AddProvision(after="p4", words=tower)))


def test_a_provision_takes_so_many_options_and_notes_and_a_draft_so_many_provisions(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("MOST_OPTIONS", 3), ("MOST_NOTES", 2), ("MOST_PROVISIONS", 7)):
        monkeypatch.setattr(rows, name, most)
    note = deeds.AddNote(option="o4", version=0, start=1, end=1, words="why?")
    more: list[deeds.Deed] = [deeds.AddOption("p5"), note, deeds.AddProvision("p4", words="x")]
    for deed, times in zip(more, (1, 2, 1), strict=True):
        for _ in range(times):
            table.does("chair", deed)
        assert table.may_not("chair", deed).code == "invalid"


def test_a_tower_of_accents_is_refused_and_the_accents_of_a_language_are_not() -> None:
    content = document(paragraph(run("lamps")))
    tower, hebrew = "\u00e0" + "\u0300" * 11, normalize("NFC", "\u05d1\u05bc\u05b7\u0591")
    assert isinstance(submit(content, (), items(typed(1, tower))), Invalid)
    assert isinstance(submit(content, (), items(typed(1, hebrew))), Applied)
