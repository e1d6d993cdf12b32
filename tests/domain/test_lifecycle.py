"""The ladder of agreement is a table; what is contested follows from the options."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain import lifecycle
from drafting.domain.draft import Attribution, Option, OptionKind, Provision, ProvisionKind, Status
from drafting.domain.lifecycle import (
    CLOSED,
    MOVES,
    Moved,
    Refused,
    is_closed,
    is_contested,
    may_move,
    move,
    operation_of,
    settled_text,
)
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Paragraph,
    PendingChange,
    Run,
    Text,
    accepted,
    text_of,
)
from tests.domain import strategies

DOCS = Path(lifecycle.__file__).parent.parent / "docs"
statuses = st.sampled_from(Status)
ISL = PendingChange("insertion", "c1", "ISL/79A2/13")


# --- the ladder -------------------------------------------------------------------------------


def test_the_picture_in_the_docs_is_the_table() -> None:
    shown = re.search(r"```mermaid\n(.*?)\n```", (DOCS / "LIFECYCLE.md").read_text(), re.DOTALL)
    assert shown is not None
    assert shown[1] == lifecycle.diagram()


@pytest.mark.parametrize(
    ("frm", "to", "legal"),
    [
        (Status.OPEN, Status.AGREED_AD_REF, True),
        (Status.AGREED_AD_REF, Status.AGREED, True),
        (Status.AGREED, Status.AGREED_HIGHER, True),
        (Status.OPEN, Status.AGREED_HIGHER, False),
        (Status.AGREED_AD_REF, Status.AGREED_HIGHER, False),
        (Status.AGREED, Status.OPEN, False),
        (Status.AGREED, Status.REOPENED, True),
        (Status.OPEN, Status.REOPENED, False),
        (Status.REOPENED, Status.AGREED, True),
        (Status.REOPENED, Status.OPEN, False),
        (Status.DEFERRED, Status.OPEN, True),
        (Status.LAPSED, Status.REOPENED, True),
        (Status.DELETED, Status.AGREED, False),
    ],
)
def test_the_table_knows_which_moves_are_legal(frm: Status, to: Status, legal: bool) -> None:
    assert may_move(frm, to) is legal


@given(statuses, statuses, st.sampled_from(("", "  ", "a delegation returned ")))
def test_a_move_is_made_or_refused_with_a_sentence(frm: Status, to: Status, reason: str) -> None:
    match move(frm, to, reason):
        case Moved() as moved:
            assert may_move(frm, to)
            assert moved == Moved(frm, to, reason.strip())
            assert to is not Status.REOPENED or reason.strip()
        case Refused(sentence):
            assert sentence.endswith(".")
            assert not may_move(frm, to) or to is Status.REOPENED


@given(statuses)
def test_closed_text_leaves_its_status_only_upwards_or_by_being_reopened(status: Status) -> None:
    for found in (m for m in MOVES if is_closed(m.frm)):
        assert found.to in (Status.REOPENED, Status.AGREED, Status.AGREED_HIGHER)
        assert found.reason is (found.to is Status.REOPENED)


def test_every_status_can_be_reached_and_left() -> None:
    reached = {Status.OPEN}
    while more := {m.to for m in MOVES if m.frm in reached} - reached:
        reached |= more
    assert reached == set(Status)
    assert {m.frm for m in MOVES} == set(Status)
    assert all(may_move(status, Status.REOPENED) for status in CLOSED)


# --- what the options say ---------------------------------------------------------------------


def provision(*options: Option, base: str | None = "to keep lights;") -> Provision:
    old = None if base is None else text_of(base, label="1")
    return Provision("p1", ProvisionKind.ITEM, options, old)


def option(words: str = "to keep lights;", label: str | None = "1") -> Option:
    return Option("o1", text_of(words, label=label), stands=True)


def test_what_nobody_touches_is_not_contested() -> None:
    assert not is_contested(provision(option()))


@pytest.mark.parametrize(
    "options",
    [
        (option(), option("to keep masts;")),
        (Option("o1", text_of("a"), attributions=(Attribution("ISL/79A2/13"),)),),
        (Option("o1", Text((Paragraph((BracketOpen("b1"), Run("a"))),))),),
        (Option("o1", Text((Paragraph((Run("a"), BracketClose("b1"))),))),),
        (Option("o1", Text((Paragraph((Run("a", changes=(ISL,)),)),))),),
    ],
    ids=["options", "attribution", "bracket", "end of a bracket", "pending change"],
)
def test_whatever_somebody_wishes_makes_it_contested(options: tuple[Option, ...]) -> None:
    assert is_contested(provision(*options))


@pytest.mark.parametrize(
    ("base", "words", "label", "operation"),
    [
        (None, "to keep lights;", "1", "ADD"),
        ("to keep lights;", "to keep lights;", "1", "NOC"),
        ("to keep lights;", "to keep masts;", "1", "MOD"),
        ("to keep lights;", "to keep lights;", "2", "(MOD)"),
        ("to keep lights;", "to keep lights,", "1", "(MOD)"),
        ("the keeper's log;", "the keeper’s log;", "1", "(MOD)"),
        ("Resolution 9 (Rev. Orsk Haven, 2019)", "Resolution 9 (Rev. Tarn, 2022)", "1", "(MOD)"),
        ("Resolution 9 (Tarn, 2022), on lights", "Resolution 9 (Rev. Hallam, 2026)", "1", "MOD"),
        ("for 12 days;", "for 14 days;", "1", "MOD"),
    ],
)
def test_an_option_says_in_a_mark_what_it_asks_for(
    base: str | None, words: str, label: str, operation: str
) -> None:
    asked = option(words, label)
    assert operation_of(provision(asked, base=base), asked) == operation


def test_options_without_text_ask_to_suppress_or_to_leave_alone() -> None:
    nothing = Option("o1", text_of(""), OptionKind.NO_TEXT)
    delete = Option("o1", text_of("", label="1"), OptionKind.DELETE)
    assert operation_of(provision(delete), delete) == "SUP"
    assert operation_of(provision(nothing), nothing) == "SUP"
    assert operation_of(provision(nothing, base=None), nothing) == "NOC"


@given(strategies.texts())
def test_an_option_that_leads_back_to_the_base_asks_for_no_change(text: Text) -> None:
    asked = Option("o1", text)
    held = Provision("p1", ProvisionKind.ITEM, (asked,), accepted(text))
    assert operation_of(held, asked) == "NOC"


def test_settled_text_is_what_stands_if_nobody_gets_their_wish() -> None:
    pending = Text((Paragraph((Run("keep"), Run(" all", changes=(ISL,)))),))
    stands = Option("o1", pending, stands=True)
    assert settled_text(provision(stands, option("b"))) == text_of("keep")
    assert settled_text(provision(Option("o1", text_of("b")))) == text_of(
        "to keep lights;", label="1"
    )
    assert settled_text(provision(Option("o1", text_of("b")), base=None)) is None
    only_wish = Text((Paragraph((Run("all", changes=(ISL,)),)),))
    assert settled_text(provision(Option("o1", only_wish, stands=True), base=None)) is None
    delete = Option("o1", text_of("", label="1"), OptionKind.DELETE, stands=True)
    assert settled_text(provision(delete)) is None
