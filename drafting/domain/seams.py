"""Where words may be parted, and what stands between words that are put together.

Rule: what was parted by `may_part` and is put together by `seam` is what it was.
"""

from __future__ import annotations

import re
from unicodedata import category

# Scripts that set words side by side without a gap: a provision may be parted anywhere in them.
_GAPLESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_STOPS = ";:,.!?)]"


def may_part(left: str, right: str) -> bool:
    """Whether words may be parted between these two halves: not inside a word."""
    return not _run_together(left, right)


def seam(left: str, right: str) -> str:
    """What to set between two texts that become one: a space where they would run together."""
    return " " if _run_together(left, right) else ""


def _run_together(left: str, right: str) -> bool:
    if not left or not right:
        return False
    before, after = left[-1], right[0]
    if category(after)[0] == "M":  # an accent belongs to the letter before it
        return True
    if not after.isalnum() or _GAPLESS.match(after):
        return False
    if before in _STOPS:
        return after.isalpha()
    lettered = before.isalnum() or category(before)[0] == "M"
    return lettered and not _GAPLESS.match(before)
