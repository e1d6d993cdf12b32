"""Where words may be parted, and what stands between words that are put together."""

from __future__ import annotations

import pytest

from drafting.domain.seams import may_part, seam

TEXT = "to count (all) lamps; and 1,000 réve\u0301s of No.81 in 22-1/1: 我們同意。مصباح ok"


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("the lamps;", "to mend", " "),
        ("the lamps", "to mend", " "),
        ("the lamps; ", "to mend", ""),
        ("the lamps", ", and", ""),
        ("the lamps", " and", ""),
        ("(the", "lamps)", " "),
        ("(", "lamps)", ""),
        ("the", "(lamps)", ""),
        ("我們", "同意", ""),
        ("", "lamps", ""),
        ("lamps", "", ""),
    ],
)
def test_a_space_stands_where_words_would_run_together(left: str, right: str, between: str) -> None:
    assert seam(left, right) == between


def test_what_may_be_parted_is_put_together_as_it_was() -> None:
    places = [at for at in range(len(TEXT) + 1) if may_part(TEXT[:at], TEXT[at:])]
    assert len(places) > 30
    for at in places:
        assert TEXT[:at] + seam(TEXT[:at], TEXT[at:]) + TEXT[at:] == TEXT


@pytest.mark.parametrize("words", ["lamps", "re\u0301ve", "réve", "مصباح", "81a"])
def test_no_word_is_parted(words: str) -> None:
    assert not any(may_part(words[:at], words[at:]) for at in range(1, len(words)))
