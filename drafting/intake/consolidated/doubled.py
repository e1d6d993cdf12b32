"""Two phrases run together in new text whose own redline was lost: "at the gate that bridge and".

One preposition can't have two phrases behind it with nothing between them. One of the two is the
wording before the other; which one, nothing on paper tells.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

_PREPOSITION = r"\b(?:in|on|at|of|for|to|with|by|from|under|within)"
_ARTICLE = r"(?:the|this|that|these|those|its|their)"
_DOUBLED = re.compile(
    rf"{_PREPOSITION} (?P<first>{_ARTICLE} \w+(?: of \w+)?) (?P<second>{_ARTICLE} \w+)"
    r"(?= (?:and|or)\b|[,;.:)]|$)"
)


def doubled(words: str) -> tuple[Span, Span] | None:
    """The two phrases, each with the space that falls away with it; None if there are none."""
    found = _DOUBLED.search(words)
    if found is None:
        return None
    middle = found.start("second")
    return (found.start("first"), middle), (middle - 1, found.end("second"))
