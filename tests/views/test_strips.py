"""The strip of an import report."""

from __future__ import annotations

from drafting.intake.reading import Question
from drafting.views.strips import MOST, in_file_order, present_strip

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


def test_a_long_file_is_looked_at_whole_and_loses_no_question() -> None:
    matched = [{"index": n, "place": "matched", "questions": []} for n in range(2000)]
    matched[777] = {"index": 777, "place": "asks", "questions": ["k1"]}
    matched[1500] = {"index": 1500, "place": "added", "questions": []}
    strip = present_strip(matched, {"k1": 1}, [])
    assert len(strip.cells) <= MOST
    assert strip.paragraphs == 2000
    assert [(c.index, c.first, c.numbers) for c in strip.cells if c.place == "asks"] == [
        (777, 1, (1,))
    ]
    assert [c.index for c in strip.cells if c.place == "added"] == [1500]
    assert [part.words for part in strip.parts] == ["1998 as in the base", "1 new", "1 asks"]


def test_a_file_of_as_many_paragraphs_as_there_are_cells_has_one_for_each() -> None:
    matched = [{"index": n, "place": "matched", "questions": []} for n in range(MOST)]
    assert [cell.index for cell in present_strip(matched, {}, []).cells] == list(range(MOST))
    assert present_strip([], {}, []).cells == ()
