"""Labels after something came, went or moved; and back again."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from drafting.domain.calls import Phase
from drafting.domain.renumbering import Slot, relabelled

CALL = Slot("call", 0, None, call=Phase.OPERATIVE)
PREAMBLE = Slot("preamble", 0, None, call=Phase.PREAMBULAR)


def slots(printed: str, call: Slot = CALL) -> list[Slot]:
    """ "1 .i) .ii) 2 2bis": a dot a level below the first; "-" has no label."""
    out = [call]
    for number, word in enumerate(printed.split()):
        label = word.lstrip(".")
        level = 1 + len(word) - len(label)
        out.append(Slot(number, level, None if label == "-" else label))
    return out


def labels(before: list[Slot], after: list[Slot]) -> str:
    changed = relabelled(before, after)
    told = [(slot.level, changed.get(slot.key, slot.label)) for slot in after if not slot.call]
    return " ".join("." * (level - 1) + (label or "-") for level, label in told)


@pytest.mark.parametrize(
    ("printed", "at", "level", "then"),
    [
        ("1 2 3", 1, 1, "1 2 3 4"),
        ("1 2 3", 0, 1, "1 2 3 4"),
        ("1 2 3", 3, 1, "1 2 3 4"),
        ("a) b) c)", 1, 1, "a) b) c) d)"),
        ("g) h) i) j)", 1, 1, "g) h) i) j) k)"),
        ("1 2 2bis 3", 1, 1, "1 2 3 3bis 4"),
        ("1 2 2bis 3", 3, 1, "1 2 2bis 3 4"),
        ("a) c) c) f)", 1, 1, "a) b) d) d) g)"),
        ("1 .i) .ii) 2", 3, 1, "1 .i) .ii) 2 3"),
        ("1 .i) .ii) 2", 2, 2, "1 .i) .ii) .iii) 2"),
        ("1 .i) .ii) 2", 1, 2, "1 .i) .ii) .iii) 2"),
        ("1 2", 1, 2, "1 .i) 2"),
        ("1 .i) ..a) ..b) 2", 4, 3, "1 .i) ..a) ..b) ..c) 2"),
        ("-", 1, 1, "1 2"),
        ("-", 0, 1, "1 2"),
        ("- -", 1, 1, "- - -"),
        ("", 0, 1, "-"),
        ("(a) (a)bis", 0, 1, "a) (b) (b)bis"),
    ],
)
def test_what_comes_takes_the_label_of_its_place(
    printed: str, at: int, level: int, then: str
) -> None:
    before = slots(printed)
    after = [*before[: at + 1], Slot("new", level, None, fresh=True), *before[at + 1 :]]
    assert labels(before, after) == then


@pytest.mark.parametrize(
    ("printed", "at", "then"),
    [
        ("1 2 3", 1, "1 2"),
        ("1 2 3", 0, "1 2"),
        ("1 2 2bis 3", 1, "1 1bis 2"),
        ("1 2 2 3", 1, "1 2 3"),
        ("1 2", 0, "-"),
        ("1 .i) .ii) .iii) 2", 1, "1 .i) .ii) 2"),
        ("a) b) d) c)", 1, "a) c) b)"),
    ],
)
def test_what_goes_lets_the_others_move_up(printed: str, at: int, then: str) -> None:
    before = slots(printed)
    assert labels(before, [s for s in before if s.key != at]) == then


def test_the_last_one_left_has_the_label_of_its_adopted_text() -> None:
    before = [CALL, Slot(0, 1, "1", alone="1"), Slot(1, 1, "2")]
    assert relabelled(before, before[:2]) == {}


def test_a_preambular_list_begins_with_a_letter() -> None:
    before = slots("-", PREAMBLE)
    assert labels(before, [*before, Slot("new", 1, None, fresh=True)]) == "a) b)"


def test_a_moved_item_takes_the_label_of_its_new_place() -> None:
    before = slots("1 2 2bis 3 4")
    moved = replace(before[5], fresh=True)
    assert labels(before, [*before[:2], moved, *before[2:5]]) == "1 2 3 3bis 4"


def test_items_of_a_call_that_is_gone_go_on_counting_in_the_list_before() -> None:
    other = [replace(s, key=("other", s.key)) for s in slots("1 2")]
    before = [*slots("1 2"), *other]
    assert labels(before, [*slots("1 2"), *other[1:]]) == "1 2 3 4"
    one = replace(slots("1")[1], alone="1")
    before = [CALL, one, *other]
    assert labels(before, [CALL, one, *other[1:]]) == "1 2 3"


def test_a_call_in_between_starts_the_count_again() -> None:
    before = slots("1 2 3")
    new = Slot("new", 0, None, call=Phase.OPERATIVE)
    assert labels(before, [*before[:3], new, *before[3:]]) == "1 2 -"
    preamble = replace(new, call=Phase.PREAMBULAR)
    before = slots("1 2 3 4")
    assert labels(before, [*before[:3], preamble, *before[3:]]) == "1 2 a) b)"


@pytest.mark.parametrize("seed", range(200))
def test_what_came_and_went_leaves_no_trace(seed: int) -> None:
    dice = random.Random(seed)
    numbers = sorted(dice.sample(range(1, 30), dice.randrange(2, 9)))
    words = [f"{dice.choice(['', '', '.'])}{n}{dice.choice(['', '', 'bis'])}" for n in numbers]
    before = [replace(s, alone=s.label) for s in slots(" ".join(words))]
    at = dice.randrange(1, len(before) + 1)
    new = Slot("new", dice.choice([1, 1, 2]), None, fresh=True)
    between = [*before[:at], new, *before[at:]]
    changed = relabelled(before, between)
    then = [replace(s, label=changed.get(s.key, s.label), fresh=False) for s in between]
    back = relabelled(then, [s for s in then if s.key != "new"])
    again = [replace(s, label=back.get(s.key, s.label)) for s in then if s.key != "new"]
    assert [s.label for s in again] == [s.label for s in before]


# --- what is only proposed --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "at", "level", "then"),
    [
        ("1 2 3", 1, 1, "1 1bis 2 3"),
        ("1 2 3", 3, 1, "1 2 3 3bis"),
        ("1 1bis 2", 1, 1, "1 1ter 1bis 2"),
        ("1 1bis 2", 2, 1, "1 1bis 1ter 2"),
        ("a) b)", 2, 1, "a) b) b)bis"),
        ("1 .i) .ii) 2", 2, 2, "1 .i) .i)bis .ii) 2"),
        ("1 .i) .ii) 2", 1, 1, "1 1bis .i) .ii) 2"),
        ("1 2", 1, 2, "1 .- 2"),
        ("1 2", 0, 1, "- 1 2"),
        ("-", 1, 1, "- -"),
        ("- - -", 2, 1, "- - - -"),
        ("", 0, 1, "-"),
    ],
)
def test_what_is_only_proposed_stands_beside_the_list(
    printed: str, at: int, level: int, then: str
) -> None:
    before = slots(printed)
    new = Slot("new", level, None, fresh=True, aside=True)
    assert labels(before, [*before[: at + 1], new, *before[at + 1 :]]) == then


def test_what_is_proposed_beside_a_single_item_is_labelled_when_there_are_two() -> None:
    single = slots("-")
    before = [*single, Slot("proposed", 1, None, aside=True)]
    after = [*before, Slot("new", 1, None, fresh=True)]
    assert labels(before, after) == "1 1bis 2"


@pytest.mark.parametrize("seed", range(200))
def test_nothing_moves_for_what_is_only_proposed(seed: int) -> None:
    dice = random.Random(seed)
    before = slots(" ".join(dice.choices(["1", "2", "2bis", "3", ".i)", ".ii)", "..a)", "-"], k=9)))
    new = Slot("new", dice.randrange(1, 4), None, fresh=True, aside=True)
    at = dice.randrange(1, len(before) + 1)
    after = [*before[:at], new, *before[at:]]
    changed = relabelled(before, after)
    assert changed.keys() <= {"new"}
    come = [replace(s, fresh=False, label=changed.get("new")) if s is new else s for s in after]
    assert relabelled(come, before) == {}
    later = Slot("later", 1, None, fresh=True)
    apart = relabelled(before, [*before, later])
    beside = relabelled(come, [*come, later])
    assert {key: label for key, label in beside.items() if key != "new"} == apart
