"""Texts that are made to keep the checks busy: everybody's page waits for them, and a sweep's lock.

The limit is many times what a busy machine needs, and a fraction of what each took before: from
twelve seconds to seven minutes.
"""

from __future__ import annotations

import pytest

from drafting.domain.checks import check
from drafting.domain.draft import Draft, Header, Option, Provision, ProvisionKind
from drafting.domain.editorial import is_editorial
from drafting.domain.text import BracketOpen, Paragraph, Run, Text, text_of
from tests.effort import within

LONG = 20_000  # characters that one deed may bring
YARDS = 600

HEAVY = (
    "(",
    ") ",
    "[",
    "Resolution 1 (",
    "Resolution 1 (Dubai, 2014) of the ",
    "(Rev. a a a a ",
    "considering a) and b), ",
    "a-b-",
    "Cyber security ",
    '"',
    " ",
    "1,",
)


def items(*texts: Text) -> Draft:
    """A draft whose items are adopted as they stand."""
    return Draft(
        Header(series="DL", number="1"),
        tuple(
            Provision(f"p{n}", ProvisionKind.ITEM, (Option(f"o{n}", text, stands=True),), base=text)
            for n, text in enumerate(texts, 1)
        ),
    )


@pytest.mark.parametrize("words", HEAVY)
def test_no_text_keeps_the_checks_busy(words: str) -> None:
    text = text_of((words * LONG)[:LONG], label="1")
    within(YARDS, lambda: list(check(items(text, text))))


def test_ends_of_brackets_without_number_do_not_either() -> None:
    pieces = (piece for n in range(1990) for piece in (BracketOpen(f"b{n}"), Run("word ")))
    text = Text((Paragraph(tuple(pieces), "1"),))
    within(YARDS, lambda: list(check(items(text, text))))


def test_no_text_keeps_a_sweep_busy_under_the_lock() -> None:
    words = ("Resolution 1 (Dubai, 2014) of the " * LONG)[:LONG]
    assert within(YARDS / 2, lambda: is_editorial(text_of(words + ";"), text_of(words + ".")))


def test_what_is_wrong_a_thousand_times_is_told_some_times() -> None:
    found = [f for f in check(items(text_of("(" * 1000, label="1"))) if f.code == "unclosed_round"]
    assert 0 < len(found) <= 20
