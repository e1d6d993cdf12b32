"""Steps that come late: every conflict in each order, and the laws that hold for all of them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.steps import Applied, Json, perform, submit
from drafting.steps.schema import dump
from tests.steps.dice import Dice, as_json
from tests.steps.words import (
    ISL,
    KES,
    applied,
    closing,
    deletion,
    doc,
    document,
    items,
    marked,
    opening,
    paragraph,
    put,
    reads,
    run,
    split,
    struck,
    typed,
    unmarked,
)

EM, STRONG = {"type": "em"}, {"type": "strong"}
seeds = st.integers(0, 2**32)


def late(base: Json, first: Json, then: Json) -> Applied:
    """`then`, made on `base`, arrives after `first`."""
    return applied(applied(base, first).content, then, missed=[first])


# One text, two steps made on it, and what is read when the one or the other arrives first.
# "abcdef": a is between the positions 1 and 2.
CONFLICTS: dict[str, tuple[Json, Json, str, str]] = {
    "both type at one place": (typed(3, "X"), typed(3, "Y"), "abXYcdef", "abYXcdef"),
    "both type, apart": (typed(2, "X"), typed(5, "Y"), "aXbcdYef", "aXbcdYef"),
    "one types inside what the other strikes": (struck(2, 6), typed(4, "X"), "af", "af"),
    "one types at the start of what the other strikes": (
        struck(2, 6),
        typed(2, "X"),
        "aXf",
        "aXf",
    ),
    "one types at the end of what the other strikes": (struck(2, 6), typed(6, "X"), "aXf", "aXf"),
    "both strike the same": (struck(2, 6), struck(2, 6), "af", "af"),
    "one strikes inside what the other strikes": (struck(2, 6), struck(3, 5), "af", "af"),
    "strikes overlap": (struck(2, 4), struck(3, 6), "af", "af"),
    "strikes touch": (struck(2, 4), struck(4, 6), "af", "af"),
    "both replace the same: the later wording stands": (
        {**typed(2, "X"), "to": 4},
        {**typed(2, "Y"), "to": 4},
        "aYdef",
        "aXdef",
    ),
    "one splits where the other types": (split(3), typed(3, "X"), "ab\nXcdef", "abX\ncdef"),
    "one splits inside what the other strikes": (split(4), struck(2, 6), "af", "af"),
    "both split at one place": (split(3), split(3), "ab\n\ncdef", "ab\n\ncdef"),
    "one labels what the other types in": (
        {"stepType": "attr", "pos": 0, "attr": "label", "value": "1"},
        typed(1, "X"),
        "1\tXabcdef",
        "1\tXabcdef",
    ),
    "both set the label": (
        {"stepType": "attr", "pos": 0, "attr": "label", "value": "1"},
        {"stepType": "attr", "pos": 0, "attr": "label", "value": "2"},
        "2\tabcdef",
        "1\tabcdef",
    ),
    "each sets one marker of a bracket": (
        put(2, opening("b1")),
        put(5, closing("b1")),
        "a[bcd]ef",
        "a[bcd]ef",
    ),
    "both bring one marker": (put(2, opening("b1")), put(5, opening("b1")), "a[bcdef", "abcd[ef"),
}


@pytest.mark.parametrize(
    ("one", "other", "after_one", "after_other"), CONFLICTS.values(), ids=CONFLICTS
)
def test_a_conflict_ends_well_in_each_order(
    one: Json, other: Json, after_one: str, after_other: str
) -> None:
    base = doc("abcdef")
    assert reads(late(base, one, other).content) == after_one
    assert reads(late(base, other, one).content) == after_other


def test_trap_2_words_typed_at_the_edge_of_a_deletion_stay() -> None:
    assert reads(late(doc("abcdef"), struck(2, 4), typed(4, "X")).content) == "aXdef"
    replaced = {**typed(2, "Y"), "to": 6}
    assert reads(late(doc("abcdef"), struck(2, 4), replaced).content) == "aYf"


@pytest.mark.parametrize("mark", [EM, deletion("c1", ISL)])
def test_a_mark_covers_what_is_left_of_its_words(mark: Json) -> None:
    done = late(doc("abcdef"), struck(3, 6), marked(2, 5, mark))
    assert done.content == document(paragraph(run("a"), run("b", mark), run("f")))


def test_a_mark_on_words_that_are_gone_falls_away_with_its_key() -> None:
    done = late(doc("abcdef"), struck(2, 6), marked(3, 5, EM))
    assert (done.steps, done.keys, done.dropped) == ((), (), ("k0",))
    assert reads(done.content) == "af"


def test_two_who_strike_the_same_words_are_both_remembered() -> None:
    one, other = deletion("c1", ISL), deletion("c2", KES)
    done = late(doc("abcdef"), marked(2, 5, one), marked(3, 6, other))
    assert done.content == document(
        paragraph(run("a"), run("b", one), run("cd", one, other), run("e", other), run("f"))
    )


def test_a_later_step_of_a_batch_finds_its_own_words_again() -> None:
    content = applied(doc("abcdef"), struck(1, 2)).content
    done = applied(content, typed(4, "XYZ"), struck(5, 6), marked(4, 6, EM), missed=[struck(1, 2)])
    assert done.dropped == ()
    assert done.content == document(paragraph(run("bc"), run("XZ", EM), run("def")))


def test_what_depends_on_a_dropped_step_is_dropped_with_it() -> None:
    content = applied(doc("abcdef"), struck(2, 6)).content
    done = applied(content, typed(4, "XYZ"), marked(4, 6, EM), typed(1, "Q"), missed=[struck(2, 6)])
    assert (done.keys, done.dropped) == (("k2",), ("k0", "k1"))
    assert reads(done.content) == "Qaf"


def test_a_late_step_that_never_fitted_is_dropped_and_not_an_error() -> None:
    content = applied(doc("abcdef"), typed(1, "X")).content
    wild = [typed(99, "x"), struck(0, 3), marked(3, 90, EM), put(2, paragraph())]
    done = submit(content, [typed(1, "X")], items(*wild, typed(2, "Y")))
    assert isinstance(done, Applied)
    assert done.dropped == ("k0", "k1", "k2", "k3")
    assert "Y" in reads(done.content)


def test_nothing_missed_is_applied_as_it_is() -> None:
    done = applied(doc("abcdef"), unmarked(2, 4, EM))
    assert done.keys == ("k0",)


def test_a_bracket_brought_back_by_two_stands_once() -> None:
    base = document(paragraph(opening("b1"), run("ab"), closing("b1")))
    gone = applied(base, struck(1, 2), struck(3, 4)).content
    back = [put(1, opening("b1")), put(4, closing("b1"))]
    once = applied(gone, *back)
    twice = applied(once.content, *back, missed=back)
    assert twice.content == once.content
    assert twice.dropped == ("k0", "k1")


@given(seeds)
def test_each_step_is_kept_or_dropped_and_others_can_apply_the_answer(seed: int) -> None:
    dice = Dice(seed)
    base = dice.document()
    own, over = as_json(dice.steps(base, 6)), as_json(dice.steps(base, 6))
    now = perform(dump(base), over)
    assert isinstance(now, Applied)
    done = submit(now.content, over, items(*own))
    assert isinstance(done, Applied)
    assert sorted((*done.keys, *done.dropped)) == [item.key for item in items(*own)]
    assert list(done.keys) == sorted(done.keys)
    seen = perform(now.content, done.steps)
    assert isinstance(seen, Applied)
    assert seen.content == done.content


@given(seeds)
def test_words_that_nobody_strikes_are_never_lost(seed: int) -> None:
    dice = Dice(seed)
    base = doc("abcdefghij")
    own, over = (
        [typed(1 + dice.random.randrange(10), letter) for letter in letters]
        for letters in ("XYZ", "UVW")
    )
    done = applied(applied(base, *over).content, *own, missed=over)
    assert done.dropped == ()
    assert sorted(reads(done.content)) == sorted("abcdefghijXYZUVW")


@given(seeds, st.integers(2, 5))
def test_many_writers_who_are_all_late_read_one_text(seed: int, writers: int) -> None:
    dice = Dice(seed)
    base = dice.document()
    content = dump(base)
    log: list[Json] = []
    for _ in range(writers):
        done = applied(content, *as_json(dice.steps(base, 3)), missed=log)
        content, log = done.content, [*log, *done.steps]
    replay = perform(dump(base), log)
    assert isinstance(replay, Applied)
    assert replay.content == content


def test_an_insertion_between_own_steps_leaves_what_others_wrote_there() -> None:
    own = [typed(5, "X"), struck(2, 4), {**typed(2, "Z"), "to": 3}, typed(3, "OO")]
    over = [typed(1, "X"), {**typed(4, "Z"), "to": 6}, typed(4, "Y")]
    done = applied(applied(doc("abcd"), *over).content, *own, missed=over)
    assert (done.steps[-1]["from"], done.steps[-1]["to"]) == (7, 7)


def test_any_two_of_them_in_any_order_give_a_text() -> None:
    base = doc("abcdef")
    steps = [pair for one, other, *_ in CONFLICTS.values() for pair in (one, other)]
    for one, other in product(steps, repeat=2):
        assert isinstance(late(base, one, other), Applied)
