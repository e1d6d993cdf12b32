"""Proposals stand behind some words: pending ones change hands, others go into a bracket."""

from __future__ import annotations

import random

import pytest

from drafting.domain import text as texts
from drafting.domain.text import BracketClose, BracketOpen, Run
from drafting.models import Attribution, Event
from drafting.services import deeds
from drafting.services.deeds import AttributeSpan
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_rights import set_mode

WORDS = "to count the lamps;"


def behind(table: Table, key: str = "o4") -> list[tuple[str, str]]:
    rows = Attribution.objects.filter(option=table.option(key)).order_by("place")
    return [(row.code or row.name, row.bracket) for row in rows]


def changes(table: Table, key: str = "o4") -> list[tuple[str, list[str]]]:
    """The runs with whose changes they carry."""
    runs = [piece for piece in texts.inlines(table.text(key)) if isinstance(piece, Run)]
    return [(run.text, sorted(f"{c.kind} {c.source}" for c in run.changes)) for run in runs]


def with_pending(table: Table, kind: str = "insertion", *sources: str) -> None:
    """ "to count |them twice| the lamps;", the middle pending."""
    marks = [{"type": kind, "attrs": {"id": f"c{who}", "source": who}} for who in sources]
    nodes = [
        {"type": "text", "text": "to count "},
        {"type": "text", "text": "them twice", "marks": marks},
        {"type": "text", "text": " the lamps;"},
    ]
    attrs = {"label": "1", "level": 1}
    table.write(
        "o4",
        {"type": "doc", "content": [{"type": "paragraph", "attrs": attrs, "content": nodes}]},
    )


# --- words that stand -------------------------------------------------------------------------


def test_words_that_stand_go_into_a_bracket_that_is_theirs(table: Table) -> None:
    answer = table.does("chair", AttributeSpan("o4", 0, 4, 9, ["KES/75/4", "VAL"]))
    (key,) = answer.made
    pieces = [p for p in texts.inlines(table.text("o4")) if not isinstance(p, Run)]
    assert pieces == [BracketOpen(key), BracketClose(key)]
    assert texts.printed(table.text("o4"), with_label=False) == "to [count] the lamps;"
    assert behind(table) == [("KES/75/4", key), ("VAL", key)]
    told = Event.objects.filter(draft=table.cast.draft, seq__gt=1).order_by("seq")
    assert [event.kind for event in told] == ["text", "option.attributed"]


def test_choosing_nobody_leaves_what_stood(table: Table) -> None:
    before = table.text("o4")
    (key,) = table.does("chair", AttributeSpan("o4", 0, 4, 9, ["KES"])).made
    assert texts.rejected(table.text("o4")) == table.text("o4")
    table.does("chair", deeds.LiftBracket(key))
    assert table.text("o4") == before
    assert behind(table) == []


def test_what_stands_in_a_bracket_exactly_gets_no_second_one(table: Table) -> None:
    (key,) = table.does("chair", AttributeSpan("o4", 0, 4, 9, ["KES"])).made
    assert table.does("chair", AttributeSpan("o4", 1, 5, 10, ["VAL"])).made == ()
    assert behind(table) == [("VAL", key)]
    (inner,) = table.does("chair", AttributeSpan("o4", 1, 5, 7, ["KES"])).made
    assert behind(table) == [("VAL", key), ("KES", inner)]


# --- pending words ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["insertion", "deletion"])
def test_pending_words_become_changes_of_those_named(table: Table, kind: str) -> None:
    with_pending(table, kind, "VAL")
    assert table.does("chair", AttributeSpan("o4", 0, 10, 20, ["VAL", "KES/75/4"])).made == ()
    assert changes(table)[1] == ("them twice", [f"{kind} KES/75/4", f"{kind} VAL"])
    table.does("chair", AttributeSpan("o4", 1, 10, 20, ["KES/75/4"]))
    assert changes(table)[1] == ("them twice", [f"{kind} KES/75/4"])
    assert behind(table) == []


def test_a_part_of_what_is_pending_may_be_somebody_elses(table: Table) -> None:
    with_pending(table, "insertion", "VAL")
    table.does("chair", AttributeSpan("o4", 0, 15, 20, ["KES"]))
    assert changes(table)[1:3] == [("them ", ["insertion VAL"]), ("twice", ["insertion KES"])]


def test_who_stays_keeps_the_same_change(table: Table) -> None:
    with_pending(table, "insertion", "VAL", "KES")
    table.does("chair", AttributeSpan("o4", 0, 10, 20, ["KES"]))
    (change,) = [c for piece in texts.inlines(table.text("o4")) for c in piece.changes]
    assert (change.id, change.source) == ("cKES", "KES")


def test_words_of_which_some_stand_are_bracketed(table: Table) -> None:
    with_pending(table, "insertion", "VAL")
    (key,) = table.does("chair", AttributeSpan("o4", 0, 4, 20, ["KES"])).made
    assert behind(table) == [("KES", key)]
    assert ("them twice", ["insertion VAL"]) in changes(table)


# --- what may not be --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (AttributeSpan("o4", 0, 4, 4, ["KES"]), "invalid"),
        (AttributeSpan("o4", 0, 900, 950, ["KES"]), "invalid"),
        (AttributeSpan("o4", 0, 0, 1, ["KES"]), "invalid"),
        (AttributeSpan("o4", 0, 4, 9, ["Nobody"]), "invalid"),
        (AttributeSpan("o4", 0, 4, 9, [" "]), "invalid"),
        (AttributeSpan("o4", 7, 4, 9, ["KES"]), "unknown"),
        (AttributeSpan("o99", 0, 4, 9, ["KES"]), "gone"),
    ],
)
def test_what_cannot_be_attributed_is_refused(table: Table, deed: AttributeSpan, code: str) -> None:
    assert table.may_not("chair", deed).code == code


def test_closed_text_is_not_attributed(table: Table) -> None:
    table.does("sam", deeds.MoveStatus("p4", "agreed"))
    assert table.may_not("chair", AttributeSpan("o4", 0, 4, 9, ["KES"])).code == "locked"


def test_a_delegate_sets_the_own_delegation_behind_words_and_no_other(table: Table) -> None:
    set_mode(table.cast, "d")
    with_pending(table, "insertion", "VAL")
    may_not = [AttributeSpan("o4", 0, 10, 20, ["KES"]), AttributeSpan("o4", 0, 1, 3, ["VAL"])]
    for deed in may_not:
        assert table.may_not("kes", deed).code == "forbidden"
    table.does("kes", AttributeSpan("o4", 0, 10, 20, ["VAL", "KES"]))
    table.does("kes", AttributeSpan("o4", 1, 1, 3, ["KES/75/9"]))


# --- always -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_no_word_comes_or_goes_whatever_is_attributed(table: Table, seed: int) -> None:
    dice = random.Random(seed)
    with_pending(table, dice.choice(["insertion", "deletion"]), "VAL", "KES")
    table.option("o4").history.update(content=table.option("o4").content)
    laws = Laws(table.cast.draft)
    words = _runs(table)
    for _ in range(12):
        start, end = dice.randrange(1, 45), dice.randrange(1, 45)
        names = dice.sample(["KES", "VAL", "KES/75/4", "VAL/70/2"], dice.randrange(1, 4))
        table.asks("chair", AttributeSpan("o4", table.version("o4"), start, end, names))
        laws.hold()
        assert _runs(table) == words
        assert {mark for _, mark in behind(table)} <= _brackets(table)


def _runs(table: Table) -> str:
    pieces = texts.inlines(table.text("o4"))
    return "".join(piece.text for piece in pieces if isinstance(piece, Run))


def _brackets(table: Table) -> set[str]:
    return {p.id for p in texts.inlines(table.text("o4")) if isinstance(p, BracketOpen)}
