"""Folding: two spellings that a reader takes for one compare equal. For comparison only.

What the paper prints is never folded: output keeps its curly quotes, no-break spaces and
no-break hyphens. A folded string knows, on request, where each of its characters came from.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\uff07"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SAME = (
    dict.fromkeys(_DOUBLE, '"')
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_UNSEEN, "")
    | {"\u2026": "..."}
)
_TABLE = str.maketrans(_SAME)
TERMINAL = " ,;:."


@dataclass(frozen=True, slots=True)
class Folded:
    """`origin[i]` is the index in the source of folded character i; its last entry the length."""

    text: str
    origin: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the source that `text[start:end]` came from."""
        first = self.origin[start]
        return (first, first) if start >= end else (first, self.origin[end - 1] + 1)


def fold(words: str, *, case: bool = True, terminal: bool = True) -> str:
    """The words in one spelling: quotes, dashes, spaces; `case=False` ignores case too.

    `terminal=False` leaves out punctuation at the end, which belongs to an item's place in its
    list and not to its wording.
    """
    if unicodedata.is_normalized("NFC", words):
        folded = " ".join(words.translate(_TABLE).split())
    else:
        folded = folded_with_origin(words).text
    if not terminal:
        folded = folded.rstrip(TERMINAL)
    return folded if case else folded.casefold()


def folded_with_origin(words: str) -> Folded:
    """The folded words with the way back to where each character stood."""
    out: list[str] = []
    origin: list[int] = []
    for start, cluster in _clusters(words):
        for char in _folded_cluster(cluster):
            if char == " " and (not out or out[-1] == " "):
                continue
            out.append(char)
            origin.append(start)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    return Folded("".join(out), (*origin, len(words)))


def _clusters(words: str) -> list[tuple[int, str]]:
    starts = [i for i, char in enumerate(words) if i == 0 or not unicodedata.combining(char)]
    return [(start, words[start:end]) for start, end in pairwise([*starts, len(words)])]


def _folded_cluster(cluster: str) -> str:
    composed = cluster if len(cluster) == 1 else unicodedata.normalize("NFC", cluster)
    return "".join(" " if char.isspace() else _SAME.get(char, char) for char in composed)
