"""Which base provision each block is a wording of.

Rules:

- Order decides between equals: the same item may stand under several calls. Blocks and base are
  matched without crossing; what crossed was moved and is found afterwards.
- Several blocks may be wordings of one base provision.
- `domain.alignment` pairs one paragraph with one; here many wordings share a provision, and a
  flattened redline holds more words than its base, so likeness is judged otherwise.
- A wording that is the base's own, word for word, and stands once on either side is an anchor;
  between two anchors every pair is weighed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from drafting.intake.consolidated.beside import Base, BaseItem, Near, claimed, comparable, tokens
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.pieces import Fate

MATCH = 0.55  # below, two texts are two provisions
SAME_LABEL = 0.08
AGAIN = 0.04  # a second wording of one provision gains a little less than the first
_FULL = 20_000  # pairs: in larger runs only items that share rare words are compared

Targets = dict[int, int]  # index of a block -> index of a base item


def align(blocks: Sequence[Block], base: Base) -> Targets:
    """For every call or wording that has one, its base item."""
    ours = [i for i, block in enumerate(blocks) if block.is_wording]
    keys = [comparable(_likely(blocks[i])) for i in ours]
    anchors = _anchors(keys, [blocks[i].role is Role.CALL for i in ours], base.items)
    targets = {ours[k]: j for k, j in anchors}
    edges = [(-1, -1), *anchors, (len(ours), len(base.items))]
    for (k0, j0), (k1, j1) in pairwise(edges):
        between = ours[k0 + 1 : k1]
        if between:
            items = base.items[max(j0, 0) : min(j1 + 1, len(base.items))]
            targets |= _gap(between, blocks, items, base)
    return targets


def _likely(block: Block) -> str:
    """The wording that is compared as a whole."""
    fates = block.words.fates
    if Fate.PLAIN in fates or Fate.DELETED in fates:
        return block.words.old
    return block.words.text


def _anchors(
    keys: Sequence[str], calls: Sequence[bool], items: Sequence[BaseItem]
) -> list[tuple[int, int]]:
    """Texts that are unique on both sides, in an order both share."""
    in_keys = Counter(keys)
    in_base = Counter(item.folded for item in items)
    place = {item.folded: item for item in items if in_base[item.folded] == 1}
    pairs = [
        (k, place[key].index)
        for k, key in enumerate(keys)
        if in_keys[key] == 1 and key in place and place[key].is_call == calls[k]
    ]
    return _ascending(pairs)


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain that ascends on both sides."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        last[pile : pile + 1] = [index]
    chain, step = [], last[-1] if last else -1
    while step >= 0:
        chain.append(pairs[step])
        step = before[step]
    return chain[::-1]


def _gap(
    ours: Sequence[int], blocks: Sequence[Block], items: Sequence[BaseItem], base: Base
) -> Targets:
    """The best matching, without crossing, of a run of blocks with a run of base items."""
    few = len(ours) * len(items) <= _FULL
    near = None if few else Near([item.tokens for item in items])
    chain = _Chain(len(items))
    for i in ours:
        words = claimed(blocks[i])
        places = range(len(items)) if near is None else near.to(words)
        gains = ((j, _gain(blocks[i], words, items[j], base)) for j in places)
        chain.add(i, [(j, gain) for j, gain in gains if gain > 0])
    return {i: items[j].index for i, j in chain.best()}


@dataclass(frozen=True, slots=True)
class _Step:
    """One match of a chain: its value up to here, and the step before."""

    value: float
    block: int = -1
    item: int = -1
    before: _Step | None = None


class _Chain:
    """The heaviest chain of matches whose base items do not decrease (prefix maxima by item)."""

    def __init__(self, size: int) -> None:
        self._tops = [_NOTHING] * (size + 1)  # Fenwick tree of the best step by item
        self._ends: dict[int, _Step] = {}  # the best chain that ends with the item

    def add(self, block: int, gains: Sequence[tuple[int, float]]) -> None:
        """One block with what each item would gain, in the order of the paper."""
        steps = [self._step(block, j, gain) for j, gain in gains]
        for step in steps:
            if step.value > self._ends.get(step.item, _NOTHING).value:
                self._ends[step.item] = step
                self._raise(step)

    def best(self) -> list[tuple[int, int]]:
        """The matches (block, item) of the best chain."""
        out = []
        step: _Step | None = self._upto(len(self._tops) - 2)
        while step is not None and step.before is not None:
            out.append((step.block, step.item))
            step = step.before
        return out[::-1]

    def _step(self, block: int, item: int, gain: float) -> _Step:
        before = self._upto(item - 1)
        again = self._ends.get(item, _NOTHING)
        if again.value - AGAIN > before.value:
            return _Step(again.value - AGAIN + gain, block, item, again)
        return _Step(before.value + gain, block, item, before)

    def _upto(self, item: int) -> _Step:
        best, place = _NOTHING, item + 1
        while place > 0:
            best = max(best, self._tops[place], key=lambda step: step.value)
            place -= place & -place
        return best

    def _raise(self, step: _Step) -> None:
        place = step.item + 1
        while place < len(self._tops):
            if step.value > self._tops[place].value:
                self._tops[place] = step
            place += place & -place


_NOTHING = _Step(0.0)


def _gain(block: Block, words: Sequence[str], item: BaseItem, base: Base) -> float:
    if item.is_call != (block.role is Role.CALL):
        return 0.0
    alike = base.likeness(words, item)
    if alike <= 0 or (block.role is Role.CALL and alike < 0.7):
        return 0.0
    printed = block.label.text
    bonus = SAME_LABEL if printed and item.label and item.label in printed else 0.0
    return max(alike + bonus - MATCH, 0.0) + (0.3 if item.is_call else 0.0)


def same_wording(block: Block, item: BaseItem, base: Base) -> float:
    """How much the block, read as it would stand, is the base's own wording: 0 to 1."""
    new = tokens(block.words.new.replace("[", " ").replace("]", " "))
    if not new:
        return 0.0
    if tuple(new) == item.tokens:
        return 1.0
    common = sum((Counter(new) & Counter(item.tokens)).values())
    return 2 * common / (len(new) + len(item.tokens))
