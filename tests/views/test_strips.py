"""The strip of an import report."""

from __future__ import annotations

from drafting.intake.reading import Question
from drafting.views.strips import in_file_order, present_strip

PLACED = [
    {"index": 0, "place": "furniture", "questions": []},
    {"index": 1, "place": "asks", "questions": ["k1"]},
    {"index": 2, "place": "asks", "questions": ["k1", "k2"]},
    {"index": 3, "place": "matched", "questions": []},
]


def test_a_question_is_numbered_where_it_begins() -> None:
    strip = present_strip(PLACED, {"k1": 1, "k2": 2}, [])
    assert [cell.first for cell in strip.cells] == [0, 1, 2, 0]
    assert [cell.numbers for cell in strip.cells] == [(), (1,), (1, 2), ()]


def test_a_paragraph_is_answered_when_all_its_questions_are() -> None:
    strip = present_strip(PLACED, {"k1": 1, "k2": 2}, ["k1"])
    assert [cell.answered for cell in strip.cells] == [False, True, False, False]


def test_the_parts_are_told_in_words() -> None:
    strip = present_strip(PLACED, {"k1": 1, "k2": 2}, [])
    assert [part.words for part in strip.parts] == [
        "1 header or reason",
        "1 as in the base",
        "2 ask",
    ]


def test_questions_stand_in_the_order_of_the_file() -> None:
    asked = [
        Question(key, "kind", paragraphs, "", "", "", "", "", "", ())
        for key, paragraphs in (("late", (44,)), ("nowhere", ()), ("early", (3, 4)))
    ]
    assert [question.key for question in in_file_order(asked)] == ["early", "late", "nowhere"]
