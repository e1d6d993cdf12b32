"""Labels as the field prints them: letters italic, numbers and romans upright."""

from __future__ import annotations

import pytest

from drafting.domain.labels import is_lettered


@pytest.mark.parametrize(
    ("label", "level", "italic"),
    [
        ("a)", 1, True),
        ("i)", 1, True),
        ("1", 1, False),
        ("i)", 2, False),
        ("iv)", 2, False),
        ("x)", 2, False),
        ("a)", 3, True),
        ("c)", 3, True),
        ("d)", 3, True),
        ("l)", 3, True),
    ],
)
def test_a_letter_is_italic_and_a_roman_is_not(label: str, level: int, italic: bool) -> None:
    assert is_lettered(label, level) is italic
