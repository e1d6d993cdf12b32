"""The words that stand in brackets of a provision, as printed."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.domain.draft import Provision
from drafting.domain.text import Paragraph, Text, inlines, printed


def bracketed(provision: Provision, key: str) -> str:
    """A bracket with the words in it, as printed; those in it alone, where one end is missing."""
    for option in provision.options:
        pieces = list(inlines(option.text))
        ends = [n for n, piece in enumerate(pieces) if getattr(piece, "id", "") == key]
        if ends:
            inside = tuple(pieces[ends[0] : ends[-1] + 1])
            return printed(Text((Paragraph(inside),)), with_label=False)
    return "[ ]"


def outermost(provision: Provision) -> Iterator[str]:
    """The words in each outermost bracket that closes in its own paragraph."""
    for option in provision.options:
        for words in printed(option.text, with_label=False).split("\n"):
            yield from _outermost_in(words)


def _outermost_in(words: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, char in enumerate(words):
        if char == "[":
            start = start if depth else place
            depth += 1
        elif char == "]" and depth:
            depth -= 1
            if not depth:
                yield words[start : place + 1]
