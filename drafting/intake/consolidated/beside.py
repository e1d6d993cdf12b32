"""The base beside the paper: how much alike a block and a base provision are.

Rules:

- Words weigh by how rare they are in the base: two citations that share only the name of the
  conference share little.
- A redline whose marks were lost holds all words of the base and others between them, so what
  counts is how much of the base is found, in order, in the block. A short base provision inside a
  long new paragraph must not pass for a redline: both have to begin alike.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from drafting.domain.draft import Draft, Provision, ProvisionKind
from drafting.domain.folding import fold
from drafting.domain.text import plain
from drafting.intake.consolidated.blocks import Block
from drafting.intake.consolidated.pieces import Fate

RARE = 8  # a word that more texts hold than this does not lead to any
NEAREST = 8

_WORD = re.compile(r"\d+(?:[-/.]\d+)*|[^\W\d_][a-z\u00df-\u00ff]*|[^\W\d_]+")
_CAMEL = re.compile(r"[^\W\d_]+|\d+(?:[-/.]\d+)*")


def tokens(words: str) -> list[str]:
    """Words and numbers, folded; "CityTown" is two, as run-together redlines need."""
    out: list[str] = []
    for run in _CAMEL.findall(fold(words)):
        out += [part.casefold() for part in _WORD.findall(run)] if run[0].isalpha() else [run]
    return out


@dataclass(frozen=True, slots=True)
class BaseItem:
    """A base provision made ready for comparison."""

    index: int
    provision: Provision
    words: str
    folded: str
    tokens: tuple[str, ...]

    @property
    def is_call(self) -> bool:
        return self.provision.kind is ProvisionKind.CALL

    @property
    def label(self) -> str | None:
        return self.provision.base.label if self.provision.base else None


class Base:
    """All base provisions, and the weight of every word among them."""

    def __init__(self, draft: Draft) -> None:
        held = [provision for provision in draft.provisions if provision.base is not None]
        self.items = tuple(_item(index, provision) for index, provision in enumerate(held))
        counts = Counter(token for item in self.items for token in set(item.tokens))
        size = max(len(self.items), 1)
        self._weights = {token: math.log(1 + size / count) for token, count in counts.items()}
        self._rare = math.log(1 + size)

    def weight(self, words: Sequence[str]) -> float:
        return sum(self._weights.get(token, self._rare) for token in words)

    def likeness(self, ours: Sequence[str], item: BaseItem) -> float:
        """0 to 1: how much `ours` looks like a wording, or a flattened redline, of the item."""
        theirs = item.tokens
        if not ours or not theirs:
            return 0.0
        if tuple(ours) == theirs:
            return 1.0
        heavy, light = self.weight(theirs), self.weight(ours)
        common = self.weight(list((Counter(ours) & Counter(theirs)).elements()))
        if common < 0.45 * heavy:
            return 0.0
        blocks = SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks()
        found = sum(self.weight(theirs[b.a : b.a + b.size]) for b in blocks)
        loose = sum(
            self.weight(theirs[b.a : b.a + b.size])
            for b in blocks
            if b.size == 1 and self.weight(theirs[b.a : b.a + 1]) < self._rare / 2
        )
        ratio = 2 * found / (heavy + light)
        cover = (found - loose / 2) / heavy
        return max(ratio, 0.95 * cover if _begin_alike(theirs, ours) else 0.0)


def _begin_alike(theirs: Sequence[str], ours: Sequence[str]) -> bool:
    first = min(3, len(theirs))
    return sum(token in ours[: first + 5] for token in theirs[:first]) >= max(1, first - 1)


def _item(index: int, provision: Provision) -> BaseItem:
    words = plain(provision.base) if provision.base else ""
    folded = comparable(words)
    return BaseItem(index, provision, words, folded, tuple(tokens(words)))


def comparable(words: str) -> str:
    """One spelling for every printing of the same words: no case, brackets or last punctuation."""
    return fold(words.replace("[", "").replace("]", ""), case=False, terminal=False).strip()


def claimed(block: Block) -> list[str]:
    """The words of the block to look for in the base: what it says was the base's, else all."""
    if Fate.PLAIN in block.words.fates or Fate.DELETED in block.words.fates:
        return tokens(block.words.old.replace("[", " ").replace("]", " "))
    return tokens(block.words.text.replace("[", " ").replace("]", " "))


class Near:
    """Texts by the rarer words they hold, for finding like ones among very many."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            for word in set(text):
                self._places.setdefault(word, []).append(place)

    def to(self, words: Sequence[str]) -> list[int]:
        """The places of the texts that share most rare words with these, ascending."""
        shared: Counter[int] = Counter()
        for word in set(words):
            places = self._places.get(word, ())
            if len(places) <= RARE:
                shared.update(places)
        ranked = sorted(shared, key=lambda place: (-shared[place], place))
        return sorted(ranked[:NEAREST])
