"""Texts that somebody makes to keep the machine busy: a check looks at them once and goes on."""

from __future__ import annotations

import pytest

from drafting.domain.checks import check
from tests.domain.checks.drafts import settled
from tests.effort import within

LONG = 20_000
HEAVY = {
    "spaces": "Resolution 1 (Busan, 2014)" + " " * LONG + "x (Busan, 2014)",
    "capitals": "Aa " * (LONG // 3),
    "a name that grows": " ".join(f"Aa{n}a" for n in range(LONG // 6)),
    "numbers": "Resolution " + "1, " * (LONG // 3) + "(Busan, 2014)",
    "cities": "(Rev. " + "A " * (LONG // 2),
    "labels": "resolves " + "1, " * (LONG // 3),
    "references": "resolves 1; " * (LONG // 12),
    "hyphens": "a-" * (LONG // 2),
    "one word": "organis" * (LONG // 7),
    "quotes": '"' * LONG,
}


@pytest.mark.parametrize("words", HEAVY.values(), ids=HEAVY)
def test_no_text_keeps_a_check_busy(words: str) -> None:
    of = settled(["noting", f"a) {words};", f"b) {words},"])
    within(300, lambda: list(check(of)))
