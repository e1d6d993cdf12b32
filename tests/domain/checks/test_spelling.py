"""Terms in two spellings, and what only looks like one."""

from __future__ import annotations

import pytest

from drafting.domain.checks import Kind
from tests.domain.checks.drafts import draft, mends, provision, settled, told

SPELLING = Kind.SPELLING


def words(*lines: str) -> list[str]:
    """What is odd in adopted items with these words."""
    of = settled(["resolves", *(f"{n} {line};" for n, line in enumerate(lines, 1))])
    return [found for _, _, found in told(of, SPELLING)]


@pytest.mark.parametrize(
    ("right", "odd"),
    [
        ("cybersecurity", "cyber security"),
        ("cybersecurity", "cyber-security"),
        ("cyber security", "cyber-security"),
        ("multistakeholder", "multi-stakeholder"),
        ("cooperation", "co-operation"),
        ("organization", "organisation"),
        ("recognized", "recognised"),
        ("harbour", "harbor"),
        ("Member States", "member states"),
        ("Member States", "Member states"),
        ("High-Level Event", "High Level Event"),
    ],
)
def test_the_rarer_spelling_is_odd(right: str, odd: str) -> None:
    found = words(f"to keep {right} and", f"of {right} with", f"for {odd} in")
    assert [odd.startswith(one) for one in found] == [True], found


@pytest.mark.parametrize(
    "lines",
    [
        ("to keep long-term plans", "to think in the long term"),
        ("to go into it", "to go in to it"),
        ("at some time", "sometime"),
        ("the Partnership Against Cyber-Threats", "the cyberthreats of it"),
        (
            "the Plenary Conference and",
            "of a plenary conference and",
            "the next plenary conference",
        ),
        ("ITU-T Study Group 17 and", "the study group and"),
        ("World Summit on the Information Society", "the information society"),
        ("to advise and exercise", "the size of it"),
        ("Best practices for it", "best practices of it"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(lines: tuple[str, ...]) -> None:
    assert words(*lines) == []


def test_this_resolution_is_written_in_one_manner() -> None:
    assert words("of this resolution", "by this resolution", "of this Resolution") == ["Resolution"]


def test_among_equals_the_adopted_spelling_is_right() -> None:
    of = draft(
        provision(1, "to keep cybersecurity;", "to keep cybersecurity;"),
        provision(2, "to keep cyber-security."),
    )
    assert mends(of, SPELLING) == [("o2", "cyber-security", "cybersecurity")]


def test_where_nothing_tells_there_is_no_mend() -> None:
    of = draft(provision(1, "to keep cybersecurity;"), provision(2, "to keep cyber-security."))
    assert len(told(of, SPELLING)) == 1
    assert mends(of, SPELLING) == []


def test_the_mend_keeps_the_ending() -> None:
    of = settled(["resolves", "1 to organize;", "2 to recognize and organize;", "3 organisations."])
    assert mends(of, SPELLING) == [("o4", "organisations", "organizations")]
