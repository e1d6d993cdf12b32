"""Final marks by their place."""

from __future__ import annotations

from dataclasses import replace

from drafting.domain.checks import Kind
from drafting.domain.draft import OptionKind
from tests.domain.checks.drafts import call, draft, mends, proposed, provision, settled, told

PUNCTUATION = Kind.PUNCTUATION


def test_marks_in_their_places_are_no_finding() -> None:
    of = settled(["noting", "a) that it rains;", "b) that it snows,", "resolves", "to row."])
    assert told(of, PUNCTUATION) == []


def test_marks_out_of_place_are_told_and_mended() -> None:
    of = settled(["noting", "a) that it rains,", "b) that it snows;", "resolves", "to row;"])
    assert mends(of, PUNCTUATION) == [("o2", ",", ";"), ("o3", ";", ","), ("o5", ";", ".")]


def test_a_missing_mark_is_put_there() -> None:
    of = draft(call(1, "noting"), provision(2, "a) that it rains"), provision(3, "b) that."))
    assert mends(of, PUNCTUATION) == [("o2", "", ";")]


def test_what_says_something_by_its_end_is_left_alone() -> None:
    of = settled(["noting", "a) notably:", "b) rain, hail, etc.", "c) snow; and", "d) sleet."])
    assert told(of, PUNCTUATION) == []


def test_before_what_may_still_go_either_mark_is_right() -> None:
    for mark in ";,":
        of = draft(
            call(1, "noting"),
            provision(2, f"a) that it rains{mark}"),
            proposed(3, "b) that it snows,"),
            call(4, "resolves"),
        )
        assert told(of, PUNCTUATION) == []


def test_before_what_may_be_deleted_either_mark_is_right() -> None:
    last = provision(3, *["b) that it snows,"] * 2)
    delete = replace(last.options[0], key="o9", kind=OptionKind.DELETE, stands=False)
    of = draft(
        call(1, "noting"),
        provision(2, "a) that it rains,"),
        replace(last, options=(*last.options, delete)),
        call(4, "resolves"),
    )
    assert told(of, PUNCTUATION) == []


def test_a_struck_item_is_not_counted() -> None:
    of = draft(
        call(1, "noting"),
        provision(2, "a) that it rains;"),
        provision(3, None, "b) that it snows,"),
        call(4, "resolves"),
    )
    assert mends(of, PUNCTUATION) == [("o2", ";", ",")]
