"""Labels read, placed and computed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.calls import Phase, parse_call
from drafting.domain.numbering import (
    Insertions,
    Label,
    LabelKind,
    Line,
    Slot,
    compute_labels,
    parse_label,
    place,
    readings,
    split_label,
    unflatten_label,
)
from tests.shared import REPO, SHARED, needs_shared


@pytest.mark.parametrize(
    ("line", "split"),
    [
        ("a)\tthe sea", ("a)", "the sea", 0)),
        ("c) \tthe sea", ("c)", "the sea", 0)),
        ("3\t the sea", ("3", "the sea", 0)),
        ("a) the sea", ("a)", "the sea", 0)),
        ("2 to watch", ("2", "to watch", 0)),
        ("2\u2014to watch", ("2", "to watch", 0)),
        ("d) \u2014 that it is", ("d)", "that it is", 0)),
        ("[a) the sea]", ("a)", "the sea]", 1)),
        ("[[2\u2014to watch", ("2", "to watch", 2)),
        ("[6 to watch", ("6", "to watch", 1)),
        ("iii)\u00a0the sea", ("iii)", "the sea", 0)),
        ("b)bis\tthe sea", ("b)bis", "the sea", 0)),
        ("2 bis\tto watch", ("2 bis", "to watch", 0)),
        ("2bis to watch", ("2bis", "to watch", 0)),
        ("3alt\tto watch", ("3alt", "to watch", 0)),
        ("(a)\tthe sea", ("(a)", "the sea", 0)),
        ("1.\tTo watch", ("1.", "To watch", 0)),
        ("\u2013\tthe sea", ("\u2013", "the sea", 0)),
        ("ib) the sea", (None, "ib) the sea", 0)),
        ("\u00a7 15 of the Charter", (None, "\u00a7 15 of the Charter", 0)),
        ("2014 was dry", (None, "2014 was dry", 0)),
        ("15 States agreed", (None, "15 States agreed", 0)),
        ("[that the sea", (None, "[that the sea", 0)),
        ("recalling", (None, "recalling", 0)),
        ("I) the sea", (None, "I) the sea", 0)),
        ("etc) the sea", (None, "etc) the sea", 0)),
        ("", (None, "", 0)),
    ],
)
def test_labels_are_split_from_their_lines(line: str, split: tuple[str | None, str, int]) -> None:
    assert tuple(split_label(line)) == split


def test_a_label_that_may_be_two_things_says_both() -> None:
    assert readings("i)") == (Label(LabelKind.ROMAN, 1), Label(LabelKind.LETTER, 9))
    assert readings("c)")[0] == Label(LabelKind.LETTER, 3)
    assert readings("aa)") == (Label(LabelKind.LETTER, 27),)
    assert parse_label("2bis") == Label(LabelKind.NUMBER, 2, "bis")
    assert parse_label("b)bis") == Label(LabelKind.LETTER, 2, "bis")
    assert parse_label("je)") is None


def _lines(words: str) -> list[Line]:
    """Labels by spaces; "x:" ends with a colon, "|" is a call."""
    return [
        Line(None, "resolves", starts_section=True)
        if word == "|"
        else Line(word.rstrip(":"), ":" if word.endswith(":") else ";")
        for word in words.split()
    ]


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("| a) b) c)", "0111"),
        ("| g) h) i) j)", "01111"),
        ("| g) h) i)", "0111"),
        ("| g) h): i) ii) i)", "011221"),
        ("| g) h): i) ii) iii) i) j)", "01122211"),
        ("| h): i) j)", "0111"),
        ("| 1: i) ii) iii): a) b) 2 3", "012223311"),
        ("| 1: i) ii) iii): a) b) iv) 2", "012223321"),
        ("| 1 i) ii) 2", "01221"),
        ("| 1: a) b) 2: a) b)", "0122122"),
        ("| a) a) a) b) a) g) h)", "01111111"),
        ("| c) c) a) b)", "01111"),
        ("| f) h) i) k)", "01111"),
        ("| 1 2 2 2 3 5 5 6", "011111111"),
        ("| 1 1bis 2", "0111"),
        ("| u) v) w) x)", "01111"),
        ("| i) ii) iii)", "0222"),
        ("| a) b) | 1 2 | 1: i) ii)", "0110110122"),
    ],
)
def test_levels_follow_kind_sequence_and_colon(words: str, levels: str) -> None:
    assert "".join(str(placed.level) for placed in place(_lines(words))) == levels


CASES = json.loads((REPO / "tests/cases/labels.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["levels"], ids=lambda case: " ".join(case["labels"]))
def test_golden_lists_are_placed(case: dict[str, Any]) -> None:
    placed = place(_lines(" ".join(["|", *case["labels"]])))
    assert [one.level for one in placed[1:]] == case["levels"]


@pytest.mark.parametrize("case", CASES["run_together"], ids=lambda case: f"{case['printed']}")
def test_golden_labels_come_apart(case: dict[str, str | None]) -> None:
    found = unflatten_label(str(case["printed"]), case["base"])
    assert (found.new if found else None) == case["new"]
    assert (found.old if found else None) == case["old"]


def test_the_letter_i_and_the_roman_one_are_told_apart() -> None:
    placed = place(_lines("| g) h): i) ii) i)"))
    kinds = [one.label.kind for one in placed if one.label]
    assert kinds[2:] == [LabelKind.ROMAN, LabelKind.ROMAN, LabelKind.LETTER]


def _slots(lines: list[str]) -> tuple[list[Slot], list[str | None]]:
    """The slots of a base, `label<TAB>text` a line, and the labels it prints."""
    slots: list[Slot] = []
    printed: list[str | None] = []
    pairs = [(split_label(line), parse_call(line.strip())) for line in lines]
    placed = place([Line(s.label, s.rest, starts_section=bool(c)) for s, c in pairs])
    for index, ((split, call), at) in enumerate(zip(pairs, placed, strict=True)):
        chapeau = index > 0 and pairs[index - 1][1] and split.rest.rstrip().endswith(":")
        outside = index < 3 or (chapeau and not split.label)
        slots.append(Slot(0 if outside else at.level, call.phase if call else None))
        printed.append(split.label)
    return slots, printed


@needs_shared
def test_the_labels_of_a_real_base_are_computed_exactly() -> None:
    lines = (SHARED / "res130/base_2010.txt").read_text("utf-8").splitlines()
    slots, printed = _slots(lines)
    assert len(printed) == 91
    assert compute_labels(slots) == printed


def test_the_labels_of_the_sample_are_computed_exactly() -> None:
    lines = (REPO / "drafting/sample/base.txt").read_text("utf-8").splitlines()
    slots, printed = _slots(lines)
    assert compute_labels(slots) == printed


CALL = Slot(0, Phase.OPERATIVE)
PREAMBLE = Slot(0, Phase.PREAMBULAR)


def test_numbers_begin_again_under_each_operative_call() -> None:
    slots = [CALL, Slot(), Slot(), Slot(2), Slot(2), CALL, Slot(0), Slot(), Slot()]
    assert compute_labels(slots) == [None, "1", "2", "i)", "ii)", None, None, "1", "2"]


def test_a_single_item_has_no_label_until_another_joins_it() -> None:
    assert compute_labels([CALL, Slot(), PREAMBLE, Slot()]) == [None] * 4
    assert compute_labels([CALL, Slot(), Slot()]) == [None, "1", "2"]


def test_inserted_items_stand_beside_the_labels_of_the_base_where_the_house_asks() -> None:
    slots = [PREAMBLE, Slot(), Slot(base="a)"), Slot(), Slot(), Slot(base="b)")]
    slots.append(Slot(alternative=True))
    got = compute_labels(slots, insertions=Insertions.BIS)
    assert got == [None, "a)pre", "a)", "a)bis", "a)ter", "b)", "b)alt"]


def test_letters_are_doubled_after_z() -> None:
    slots = [PREAMBLE, *[Slot()] * 28]
    assert compute_labels(slots)[-3:] == ["z)", "aa)", "bb)"]


@pytest.mark.parametrize(
    ("printed", "base", "pair"),
    [
        ("ib)", "b)", ("i)", "b)")),
        ("je)", "c)", ("j)", "c)")),
        ("ed)", "c)", ("d)", "c)")),
        ("ed)", "d)", ("e)", "d)")),
        ("ef)", "e)", ("f)", "e)")),
        ("hf)", "f)", ("h)", "f)")),
        ("ig)", "g)", ("i)", "g)")),
        ("kh)", "h)", ("k)", "h)")),
        ("de)", "e)", ("d)", "e)")),
        ("34", "3", ("4", "3")),
        ("b)", "b)", None),
        ("ib)", "d)", None),
        ("ib)", None, None),
        ("xyz)", "b)", None),
    ],
)
def test_labels_run_together_come_apart_beside_the_base(
    printed: str, base: str | None, pair: tuple[str, str] | None
) -> None:
    found = unflatten_label(printed, base)
    assert (tuple(found) if found else None) == pair


@given(
    st.builds(
        Label,
        st.sampled_from([LabelKind.LETTER, LabelKind.ROMAN, LabelKind.NUMBER]),
        st.integers(1, 39),
        st.sampled_from([None, "bis", "ter", "alt"]),
    )
)
def test_a_printed_label_can_be_read_back(label: Label) -> None:
    assert label in readings(str(label))
    split = split_label(f"{label}\tto watch")
    assert (split.label, split.rest) == (str(label), "to watch")


section = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=12)


@given(st.sampled_from([Phase.PREAMBULAR, Phase.OPERATIVE]), section)
def test_what_is_computed_is_placed_at_the_levels_it_was_computed_for(
    phase: Phase, items: list[tuple[int, int]]
) -> None:
    slots, lines = [Slot(0, phase)], [Line(None, "", starts_section=True)]
    for seconds, thirds in items:
        slots.append(Slot(1))
        lines.append(Line("?", ":" if seconds else ";"))
        for nth in range(seconds):
            # Under lettered items, d) after a third-level c) says nothing of its level.
            below = thirds if nth == 0 and phase is Phase.OPERATIVE else 0
            slots += [Slot(2), *[Slot(3)] * below]
            lines += [Line("?", ":" if below else ";"), *[Line("?", ";")] * below]
    labels = compute_labels(slots)
    relabelled = [
        Line(label, line.text, line.starts_section)
        for label, line in zip(labels, lines, strict=True)
    ]
    assert [placed.level for placed in place(relabelled)] == [slot.level for slot in slots]


@given(st.text(alphabet="abiv)1290[ \t\u2014.-(xbister", max_size=12))
def test_splitting_loses_no_words(line: str) -> None:
    split = split_label(line)
    assert line.endswith(split.rest)
    assert split.label is None or readings(split.label)
