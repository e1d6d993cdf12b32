"""Texts and batches that are legal step by step, and made to keep everybody else waiting."""

from __future__ import annotations

from drafting.steps import Applied, Invalid, Json, submit
from drafting.steps.forms import MOST_PIECES
from tests.steps.words import deletion, document, items, marked, paragraph, put, run

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
