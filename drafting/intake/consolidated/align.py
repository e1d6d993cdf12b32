"""Which base provision each block is a wording of.

Rules:

- Order decides between equals: the same item may stand under several calls. Blocks and base are
  matched without crossing; what crossed was moved and is found afterwards.
- Several blocks may be wordings of one base provision.
- A wording that is the base's own, word for word, and stands once on either side is an anchor;
  between two anchors every pair is weighed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from drafting.intake.consolidated.beside import Base, BaseItem, claimed, comparable, tokens
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.pieces import Fate

MATCH = 0.55  # below, two texts are two provisions
SAME_LABEL = 0.08
AGAIN = 0.04  # a second wording of one provision gains a little less than the first

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
    if not items:
        return {}
    gains = [_gains(blocks[i], items, base) for i in ours]
    best = [0.0] * (len(items) + 1)  # best[j + 1]: the last match is with item j, or none (0)
    trail: list[list[tuple[int, bool]]] = []
    for row in gains:
        upto = _running_best(best)
        now, back = [best[0]], [(0, False)]
        for j, gain in enumerate(row):
            options = [(best[j + 1], j + 1, False)]
            if gain > 0:
                options.append((best[upto[j]] + gain, upto[j], True))
                options.append((best[j + 1] + gain - AGAIN, j + 1, True))
            value, source, matched = max(options, key=lambda option: option[0])
            now.append(value)
            back.append((source, matched))
        best = now
        trail.append(back)
    return _read_back(best, trail, ours, items)


def _running_best(best: Sequence[float]) -> list[int]:
    """For each j the index of the best value among best[0..j]."""
    out, top = [], 0
    for j, value in enumerate(best):
        if value > best[top]:
            top = j
        out.append(top)
    return out


def _read_back(
    best: Sequence[float],
    trail: Sequence[Sequence[tuple[int, bool]]],
    ours: Sequence[int],
    items: Sequence[BaseItem],
) -> Targets:
    at = max(range(len(best)), key=lambda j: best[j])
    out: Targets = {}
    for k in range(len(trail) - 1, -1, -1):
        source, matched = trail[k][at]
        if matched:
            out[ours[k]] = items[at - 1].index
        at = source
    return out


def _gains(block: Block, items: Sequence[BaseItem], base: Base) -> list[float]:
    words = claimed(block)
    printed = block.label.text
    return [_gain(block, words, printed, item, base) for item in items]


def _gain(block: Block, words: Sequence[str], printed: str, item: BaseItem, base: Base) -> float:
    if item.is_call != (block.role is Role.CALL):
        return 0.0
    alike = base.likeness(words, item)
    if alike <= 0 or (block.role is Role.CALL and alike < 0.7):
        return 0.0
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
