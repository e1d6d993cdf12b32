"""Who may only propose, whose marks are whose, and how often a bracket opens."""

from __future__ import annotations

import pytest
from hypothesis import given

from drafting.domain.text import Text, from_json, to_json
from drafting.steps import (
    Json,
    brackets_are_single,
    brings_marks,
    marks_are_honest,
    may_only_propose,
    settle,
    standard,
)
from drafting.steps.rules import without
from tests.domain import strategies
from tests.steps.words import (
    ISL,
    KES,
    closing,
    deletion,
    document,
    insertion,
    marked,
    opening,
    paragraph,
    put,
    run,
    split,
    struck,
    typed,
    unmarked,
    value,
)

# Positions: a1 bc2 de4 fg6 ... "the" stands, "new" is asked for by ISL, "old" is struck by KES.
CONTENT = document(
    paragraph(
        run("the"),
        run("new", insertion("i1", ISL)),
        run("old", deletion("d1", KES)),
        run("end"),
        label="a)",
    )
)

PROPOSALS: dict[str, Json] = {
    "to insert words": typed(2, "x", insertion("i2", ISL)),
    "to insert inside one's own": typed(5, "x", insertion("i1", ISL)),
    "to strike standing words": marked(1, 4, deletion("i3", ISL)),
    "to strike what another strikes too": marked(7, 10, deletion("i3", ISL)),
    "to take back one's own words": struck(4, 7),
    "to take back some of them": struck(5, 6),
    "to format one's own words": marked(4, 7, {"type": "em"}),
    "a bracket": put(2, {**opening("b1"), "marks": [insertion("i2", ISL)]}),
}

OVERREACH: dict[str, Json] = {
    "types without a mark": typed(2, "x"),
    "types in another's name": typed(2, "x", insertion("k1", KES)),
    "takes standing words": struck(1, 2),
    "takes words another strikes": struck(7, 8),
    "passes standing words off as an insertion": marked(1, 4, insertion("i2", ISL)),
    "passes another's struck words off as an insertion": marked(7, 9, insertion("i2", ISL)),
    "makes an insertion plain": unmarked(4, 7, insertion("i1", ISL)),
    "lifts another's deletion": unmarked(7, 10, deletion("d1", KES)),
    "strikes in another's name": marked(1, 4, deletion("d2", KES)),
    "formats standing words": marked(1, 4, {"type": "strong"}),
    "splits a paragraph": split(2),
    "sets a label": {"stepType": "attr", "pos": 0, "attr": "label", "value": "b)"},
    "sets a level": {"stepType": "attr", "pos": 0, "attr": "level", "value": 3},
    "sets a bracket": put(2, opening("b1")),
    "adds a note": marked(1, 3, {"type": "note", "attrs": {"id": "n1"}}),
}


@pytest.mark.parametrize("step", PROPOSALS.values(), ids=PROPOSALS)
def test_who_may_only_propose_may(step: Json) -> None:
    assert may_only_propose(value(CONTENT), value(CONTENT, step), ISL)


@pytest.mark.parametrize("step", OVERREACH.values(), ids=OVERREACH)
def test_trap_6_who_may_only_propose_may_not_have_done_it(step: Json) -> None:
    assert not may_only_propose(value(CONTENT), value(CONTENT, step), ISL)


@given(strategies.texts())
def test_taking_back_all_of_ones_own_is_always_a_proposal(text: Text) -> None:
    content = standard(to_json(text))
    taken = value(content, *settle(content, source=ISL, accept=False))
    both = any(
        {c.source for c in p.changes if c.kind == "insertion"} == {ISL, KES}
        for paragraph in text.paragraphs
        for p in paragraph.inlines
    )
    assert both or may_only_propose(from_json(content), taken, ISL)
    assert without(without(text, ISL), ISL) == without(text, ISL)


# --- whose marks --------------------------------------------------------------------------------


def honest(
    step: Json, *, any_known: bool = False, known: set[tuple[str, str]] | None = None
) -> bool:
    before, after = value(CONTENT), value(CONTENT, step)
    return marks_are_honest(before, after, ISL, any_known=any_known, known=known or set())


def test_a_new_mark_carries_the_source_of_its_batch() -> None:
    assert honest(typed(2, "x", insertion("i2", ISL)))
    assert not honest(typed(2, "x", insertion("k2", KES)))


def test_trap_6_an_id_keeps_its_source() -> None:
    assert not honest(marked(1, 4, deletion("d1", ISL)))
    assert not honest(typed(2, "x", insertion("d1", ISL)))


def test_a_mark_that_stands_may_grow_shrink_and_go() -> None:
    assert honest(typed(5, "x", insertion("i1", ISL)))
    assert honest(marked(1, 4, deletion("d1", KES)))
    assert honest(struck(4, 10))


def test_one_id_may_stand_for_an_insertion_and_a_deletion() -> None:
    assert honest(marked(1, 4, deletion("i1", ISL)))


def test_a_new_id_has_one_source() -> None:
    twice = put(2, run("x", insertion("i2", ISL)), run("y", insertion("i2", KES)))
    assert not honest(twice)
    assert not honest(twice, any_known=True)


def test_who_writes_directly_may_move_what_the_text_knows() -> None:
    assert honest(typed(2, "x", insertion("k2", KES)), any_known=True)
    assert not honest(typed(2, "x", insertion("k2", "Chair")), any_known=True)


def test_what_once_stood_may_return_to_its_source_only() -> None:
    known = {("k2", KES)}
    assert honest(typed(2, "x", insertion("k2", KES)), known=known)
    assert not honest(typed(2, "x", insertion("k2", ISL)), known=known)


def test_an_id_that_a_paper_gave_to_several_stays_with_them() -> None:
    content = document(paragraph(run("x", deletion("p1.1", ISL), deletion("p1.1", KES)), run("y")))
    after = value(content, marked(2, 3, deletion("p1.1", KES)))
    assert marks_are_honest(value(content), after, ISL, any_known=False)


# --- brackets -----------------------------------------------------------------------------------


def test_a_bracket_opens_once_and_closes_once() -> None:
    content = document(paragraph(opening("b1"), run("x"), closing("b1"), run("y")))
    assert brackets_are_single(value(content), value(content, put(2, opening("b2"))))
    assert not brackets_are_single(value(content), value(content, put(2, opening("b1"))))
    assert not brackets_are_single(value(content), value(content, put(2, closing("b1"))))


def test_a_new_bracket_is_not_brought_twice() -> None:
    content = document(paragraph(run("x")))
    twice = put(1, opening("b1"), run("y"), opening("b1"))
    assert not brackets_are_single(value(content), value(content, twice))


def test_what_a_paper_brought_twice_may_stay_and_not_grow() -> None:
    content = document(paragraph(opening("b1"), run("x"), opening("b1")))
    assert brackets_are_single(value(content), value(content, typed(2, "y")))
    assert not brackets_are_single(value(content), value(content, put(2, opening("b1"))))


# --- when there is something to judge -----------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        typed(2, "x", insertion("i2", ISL)),
        marked(1, 4, deletion("i2", ISL)),
        put(2, opening("b1")),
        put(2, closing("b1")),
        put(0, paragraph(run("x"), closing("b1"))),
        put(0, paragraph(run("x", deletion("i2", ISL)))),
    ],
)
def test_a_mark_or_marker_that_is_brought_is_seen(step: Json) -> None:
    assert brings_marks([typed(2, "x"), step])


@pytest.mark.parametrize(
    "step",
    [
        typed(2, "x", {"type": "em"}),
        struck(1, 9),
        split(2),
        unmarked(4, 7, insertion("i1", ISL)),
        marked(1, 4, {"type": "note", "attrs": {"id": "n1"}}),
        {"stepType": "attr", "pos": 0, "attr": "level", "value": 3},
    ],
)
def test_what_brings_none_breaks_no_rule_about_them(step: Json) -> None:
    assert not brings_marks([step])
    before, after = value(CONTENT), value(CONTENT, step)
    assert marks_are_honest(before, after, "Chair", any_known=False)
    assert brackets_are_single(before, after)
