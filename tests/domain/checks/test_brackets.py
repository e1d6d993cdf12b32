"""Brackets and quotation marks without their other end."""

from __future__ import annotations

from dataclasses import replace

from drafting.domain.checks import Kind
from drafting.domain.draft import Option, Provision, ProvisionKind
from drafting.domain.edits import applied
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Inline,
    Paragraph,
    Run,
    Text,
    printed,
)
from tests.domain.checks.drafts import draft, found, settled, told

BRACKET = Kind.BRACKET


def held(key: int, *pieces: Inline) -> Provision:
    option = Option(f"o{key}", Text((Paragraph(pieces, "1"),)), stands=True)
    return Provision(f"p{key}", ProvisionKind.ITEM, (option,))


def test_a_bracket_over_two_provisions_is_paired() -> None:
    of = draft(
        held(1, BracketOpen("b1"), Run("to mend;")), held(2, Run("to sail."), BracketClose("b1"))
    )
    assert told(of, BRACKET) == []


def test_a_bracket_that_never_closes_is_closed_by_its_mend() -> None:
    of = draft(held(1, BracketOpen("b1"), Run("to mend.")))
    (finding,) = found(of, BRACKET)
    assert (finding.code, finding.is_editorial) == ("unclosed", False)
    text = applied(of.provisions[0].options[0].text, finding.mend)
    assert printed(text, with_label=False) == "[to mend.]"
    option = replace(of.provisions[0].options[0], text=text)
    assert told(draft(replace(of.provisions[0], options=(option,))), BRACKET) == []


def test_a_bracket_that_nowhere_opens_has_no_mend() -> None:
    of = draft(held(1, Run("to mend."), BracketClose("b1")))
    assert [(f.code, f.mend) for f in found(of, BRACKET)] == [("unopened", ())]


def test_a_round_bracket_that_never_closes_is_told() -> None:
    of = settled(["noting", "Question 3/2 (former Question 22 (Securing networks), as it stands,"])
    (finding,) = found(of, BRACKET)
    assert finding.code == "unclosed_round"
    assert finding.mend[0].new == ")"


def test_labels_and_pairs_are_no_odd_brackets() -> None:
    of = settled(["noting", "under a) above, (b) below and (for i) of it) networks (ICTs),"])
    assert told(of, BRACKET) == []


def test_a_quotation_that_does_not_end_is_told() -> None:
    of = settled(["noting", 'a) that it says "without delay;', "b) “without delay” or “at once,"])
    assert [code for code, _, _ in told(of, BRACKET)] == ["unpaired_quote"] * 2


def test_labels_within_round_brackets_are_labels() -> None:
    of = settled(["noting", "a) what it (see a) and ii) of it) says;", "b) that (see a) it rains,"])
    assert told(of, BRACKET) == []


def test_ten_thousand_brackets_are_no_burden() -> None:
    of = settled(["noting", "(" * 10_000 + ")" * 10_000 + ","])
    assert told(of, BRACKET) == []
