"""Paragraphs of a paper against those of a base."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.alignment import Link, align, similarity
from drafting.domain.calls import is_call
from drafting.domain.folding import fold, folded_with_origin
from tests.effort import within
from tests.shared import REPO

SAMPLE = [
    line.split("\t", 1)[1]
    for line in (REPO / "drafting/sample/base.txt").read_text("utf-8").splitlines()
]


def pairs(links: list[Link]) -> list[tuple[int | None, int | None]]:
    return [(link.paper, link.base) for link in links]


words = st.sampled_from(["sea", "gauge", "light", "coast", "watch", "keeper", "store", "reef"])
paragraphs = st.lists(st.lists(words, min_size=1, max_size=9).map(" ".join), max_size=12)


@given(paragraphs)
def test_a_text_aligns_with_itself(lines: list[str]) -> None:
    links = align(lines, lines)
    assert pairs(links) == [(i, i) for i in range(len(lines))]
    assert all(link.score == 1.0 for link in links)


@given(paragraphs, paragraphs)
def test_every_paragraph_stands_in_exactly_one_link(one: list[str], other: list[str]) -> None:
    links = align(one, other)
    assert [link.paper for link in links if link.paper is not None] == list(range(len(one)))
    assert sorted(link.base for link in links if link.base is not None) == list(range(len(other)))


@given(paragraphs, paragraphs)
def test_links_that_are_no_moves_keep_the_order_of_the_base(
    one: list[str], other: list[str]
) -> None:
    order = [x.base for x in align(one, other) if x.base is not None and not x.moved]
    assert order == sorted(order)


@given(st.sets(st.integers(0, len(SAMPLE) - 1), max_size=20))
def test_what_was_deleted_is_exactly_what_finds_no_partner(gone: set[int]) -> None:
    kept = [i for i in range(len(SAMPLE)) if i not in gone]
    lines = [SAMPLE[i] for i in kept]
    there, back = align(lines, SAMPLE), align(SAMPLE, lines)
    assert {x.base for x in there if x.paper is None} == gone
    assert {x.paper for x in back if x.base is None} == gone
    assert [x.base for x in there if x.paper is not None] == kept


@given(st.randoms(use_true_random=False))
def test_a_shuffled_text_finds_every_partner_by_moves(dice: random.Random) -> None:
    order = list(range(len(SAMPLE)))
    dice.shuffle(order)
    links = align([SAMPLE[i] for i in order], SAMPLE)
    assert all(x.paper is not None and x.base is not None for x in links)
    assert [SAMPLE[x.base or 0] for x in links] == [SAMPLE[i] for i in order]


def _dice(one: str, other: str) -> float:
    a, b = set(one.split()), set(other.split())
    return 2 * len(a & b) / (len(a) + len(b))


def _best(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The greatest gain of any ordered pairing, by brute force."""
    if not one or not other:
        return 0.0
    score = _dice(one[0], other[0])
    linked = score - 0.5 + _best(one[1:], other[1:]) if score >= 0.5 else 0.0
    return max(linked, _best(one[1:], other), _best(one, other[1:]))


few = st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), max_size=5)


@given(few, few)
def test_between_anchors_no_ordered_pairing_is_better(one: list[str], other: list[str]) -> None:
    if set(one) & set(other):
        return  # equal paragraphs are anchors, whatever else that costs
    links = [x for x in align(one, other, scorer=_dice) if x.score and not x.moved]
    gain = sum(link.score - 0.5 for link in links)
    assert abs(gain - _best(tuple(one), tuple(other))) < 1e-3


def test_a_reworded_paragraph_finds_its_base_and_a_new_one_none() -> None:
    lines = [*SAMPLE]
    lines[5] = lines[5].replace("unattended", "manned and unattended")
    lines.insert(7, "the thanks owed to those who keep watch on reefs, with or without pay;")
    links = align(lines, SAMPLE)
    assert (5, 5) in pairs(links)
    assert (7, None) in pairs(links)
    assert (8, 7) in pairs(links)


def test_a_move_is_told_from_a_deletion_and_an_addition() -> None:
    lines = [*SAMPLE]
    lines.insert(20, lines.pop(9))
    (moved,) = [link for link in align(lines, SAMPLE) if link.moved]
    assert (moved.paper, moved.base) == (20, 9)


def test_calls_align_with_calls_only() -> None:
    kinds = [is_call(line) for line in SAMPLE]
    links = align(["invites Member States"], SAMPLE, paper_kinds=[False], base_kinds=kinds)
    assert all(link.paper is None or link.base is None for link in links)


def test_the_same_call_twice_is_told_apart_by_its_neighbours() -> None:
    first = SAMPLE.index("invites Member States")
    lines = [*SAMPLE[:first], *SAMPLE[first + 3 :]]
    links = align(lines, SAMPLE, paper_kinds=[is_call(x) for x in lines], base_kinds=_kinds())
    assert links[first] == Link(None, first)


def _kinds() -> list[bool]:
    return [is_call(line) for line in SAMPLE]


def _long_paper(size: int, dice: random.Random) -> list[str]:
    stock = [f"{a}{b}" for a in ("sea", "reef", "tide", "gauge", "buoy") for b in range(300)]
    return [" ".join(dice.choices(stock, k=dice.randint(5, 60))) + ";" for _ in range(size)]


def _reworded(line: str, dice: random.Random) -> str:
    words = line.split()
    for _ in range(max(1, len(words) // 12)):
        words[dice.randrange(len(words))] = "newly"
    return " ".join(words)


def test_two_thousand_paragraphs_align_in_well_under_a_second() -> None:
    dice = random.Random(64)
    base = _long_paper(2048, dice)
    kept = [i for i in range(2048) if dice.random() > 0.04]
    paper = [_reworded(base[i], dice) if dice.random() < 0.4 else base[i] for i in kept]
    links = within(150, lambda: align(paper, base))
    right = sum(x.base == kept[x.paper] for x in links if x.paper is not None)
    assert right >= 0.99 * len(kept)


def test_a_paper_with_no_equal_paragraph_still_aligns_in_time() -> None:
    dice = random.Random(12)
    base = _long_paper(1200, dice)
    paper = [_reworded(line, dice) for line in base]
    links = within(1000, lambda: align(paper, base))
    assert sum(x.paper == x.base for x in links) >= 1190


def test_likeness_is_that_of_words_in_order() -> None:
    assert similarity("the sea is wide", "the sea is wide") == 1.0
    assert similarity("the sea is wide", "no gauge") == 0.0
    assert 0.6 < similarity("the sea is wide", "the sea was wide") < 0.95


@given(st.text(max_size=40), st.booleans(), st.booleans())
def test_folding_twice_changes_nothing_more(line: str, case: bool, terminal: bool) -> None:
    once = fold(line, case=case, terminal=terminal)
    assert fold(once, case=case, terminal=terminal) == once


@given(st.text(alphabet="ab \u00a0\u2019\u2011\u200b\u2026e\u0301", max_size=30))
def test_a_folded_span_leads_back_to_its_source(line: str) -> None:
    folded = folded_with_origin(line)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    for at, char in enumerate(folded.text):
        start, end = folded.source_span(at, at + 1)
        assert start < end or char == " "
        assert char in (fold(line[start:end]) or " ") or line[end : end + 1] == "\u0301"


@given(st.text(max_size=40) | st.text(alphabet="a\u0301 \u00a0\u2019\u2026\u200b", max_size=9))
def test_folding_is_the_same_with_and_without_the_way_back(line: str) -> None:
    assert fold(line) == folded_with_origin(line).text


def test_spellings_that_a_reader_takes_for_one_fold_alike() -> None:
    assert fold("\u201cMembers\u2019 22\u20111/1\u201d\u00a0 ;") == '"Members\' 22-1/1" ;'
    assert fold("Sea,", case=False, terminal=False) == fold("sea;", case=False, terminal=False)
