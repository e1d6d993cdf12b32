"""What the chair and the secretary do without typing."""

from __future__ import annotations

import pytest

from drafting.domain.text import from_json
from drafting.steps import (
    Applied,
    Invalid,
    Json,
    add_note,
    append,
    delete_range,
    insert_marker,
    lift_bracket,
    perform,
    put_in_brackets,
    replace_all,
    set_label,
    set_level,
    slice_json,
)
from tests.steps.words import closing, doc, document, opening, paragraph, reads, run

TEXT = document(paragraph(run("the beacon"), label="a)"), paragraph(run("of Orsk"), level=2))


def done(content: Json, steps: list[Json]) -> Json:
    outcome = perform(content, steps)
    assert isinstance(outcome, Applied), outcome
    return outcome.content


def test_a_marker_is_put_at_a_place() -> None:
    assert reads(done(TEXT, insert_marker(5, opening("b1")))) == "a)\tthe [beacon\nof Orsk"


def test_a_range_is_put_in_brackets_also_over_paragraphs() -> None:
    steps = put_in_brackets(5, 15, opening("b1"), closing("b1"))
    assert reads(done(TEXT, steps)) == "a)\tthe [beacon\nof] Orsk"


def test_a_bracket_is_lifted_with_both_markers_and_no_word() -> None:
    content = document(
        paragraph(opening("b1"), run("a"), opening("b2"), run("b"), closing("b1")), paragraph()
    )
    assert reads(done(content, lift_bracket(content, "b1"))) == "a[b\n"
    assert lift_bracket(content, "b9") == []


def test_a_note_is_anchored_to_its_words() -> None:
    note = {"type": "note", "attrs": {"id": "n1"}}
    assert done(doc("abc"), add_note(2, 3, "n1")) == document(
        paragraph(run("a"), run("b", note), run("c"))
    )


def test_a_range_is_deleted() -> None:
    assert reads(done(TEXT, delete_range(4, 15))) == "a)\tthe Orsk"
    assert delete_range(4, 4) == []


def test_a_text_is_put_in_the_place_of_another() -> None:
    assert done(TEXT, replace_all(TEXT, doc("new\nwords"))) == doc("new\nwords")


def test_paragraphs_are_appended() -> None:
    assert reads(done(doc("one"), append(doc("one"), TEXT))) == "one\na)\tthe beacon\nof Orsk"


def test_a_text_is_cut_in_two_and_put_together_again() -> None:
    first, second = slice_json(TEXT, 0, 12), slice_json(TEXT, 12)
    assert not isinstance(first, Invalid)
    assert not isinstance(second, Invalid)
    assert (reads(first), reads(second)) == ("a)\tthe beacon", "of Orsk")
    assert done(first, append(first, second)) == TEXT


def test_a_cut_inside_a_paragraph_leaves_its_label_on_both_parts() -> None:
    first, second = slice_json(TEXT, 0, 5), slice_json(TEXT, 5)
    assert not isinstance(first, Invalid)
    assert not isinstance(second, Invalid)
    assert (reads(first), reads(second)) == ("a)\tthe ", "a)\tbeacon\nof Orsk")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, 99), (99, None), (-3, 5), (5, 2)])
def test_a_cut_outside_the_text_is_told(start: int, end: int | None) -> None:
    assert isinstance(slice_json(TEXT, start, end), Invalid)


def test_a_label_and_a_level_are_set() -> None:
    text = from_json(done(TEXT, [*set_label(TEXT, 1, "b)"), *set_level(TEXT, 0, 3)]))
    assert [(p.label, p.level) for p in text.paragraphs] == [("a)", 3), ("b)", 2)]


def test_a_paragraph_that_is_not_there_has_no_label() -> None:
    assert isinstance(perform(TEXT, set_label(TEXT, 2, "b)")), Invalid)
