"""Whether two wordings say the same, and how alike they are.

Rules:

- Equal are wordings that differ in quotes, dashes, spaces, the punctuation at the end of a
  paragraph, or the label. Case counts, and so do brackets that stand inside the words.
- Alike is a share of words: 1 where all are the same in the same order, 0 where none is.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from drafting.domain.folding import fold
from drafting.domain.text import Text, printed

NEAR = 0.6  # from here on two additions are wordings of one provision
MOVED = 0.8  # from here on an added text is the deleted one in another place

Essence = tuple[str, ...]


@lru_cache(maxsize=16384)
def essence(text: Text) -> Essence:
    """What two equal wordings share: their words, paragraph by paragraph."""
    lines = printed(text, with_label=False).split("\n")
    return tuple(words for line in lines if (words := fold(line, terminal=False)))


def equal(one: Text, other: Text) -> bool:
    """Whether two wordings are one: the same after folding."""
    return essence(one) == essence(other)


def likeness(one: Text, other: Text, *, least: float = 0.0) -> float:
    """The share of words that both have in the same order; 0 where it is below `least`."""
    ours, theirs = _words(one), _words(other)
    total = len(ours) + len(theirs)
    if ours == theirs:
        return 1.0
    if not total or 2 * _shared(ours, theirs) < least * total:
        return 0.0
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    share = 2 * sum(block.size for block in blocks) / total
    return share if share >= least else 0.0


@lru_cache(maxsize=16384)
def _words(text: Text) -> tuple[str, ...]:
    return tuple(" ".join(essence(text)).casefold().split())


def _shared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """An upper bound that costs little: the words both have, in any order."""
    one, other = _counted(ours), _counted(theirs)
    if len(other) < len(one):
        one, other = other, one
    return sum(min(count, other[word]) for word, count in one.items() if word in other)


@lru_cache(maxsize=16384)
def _counted(words: tuple[str, ...]) -> Counter[str]:
    return Counter(words)
