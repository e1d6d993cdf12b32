"""Editions as a paper prints them, token by token: "Rev. City Name, 2014"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafting.intake.consolidated.tokens import Token

_YEAR = re.compile(r"(?:1[89]|20|21)\d\d")


def edition(tokens: Sequence[Token], start: int) -> int | None:
    """The end of "Rev. City Name, 2014" if it begins at `start`."""
    place = start
    if place < len(tokens) and says_rev(tokens[place]):
        place += 1
        place += place < len(tokens) and tokens[place].text == "."
    names = 0
    while place < len(tokens) and names < 4 and _is_name(tokens[place]):
        place, names = place + 1, names + 1
    if not names or place + 1 >= len(tokens) or tokens[place].text != ",":
        return None
    return place + 2 if _YEAR.fullmatch(tokens[place + 1].text) else None


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.text[:1].isalpha()


def says_rev(token: Token) -> bool:
    return token.text.casefold() == "rev"
