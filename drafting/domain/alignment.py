"""The paragraphs of a paper against those of a base: who corresponds to whom.

Rules:

- Links keep the order of both sides, except those marked `moved`.
- Equal folded words that are alone on both sides belong together: those that keep their order are
  anchors, the others moves. Between anchors the pairing with the greatest total likeness is
  taken; pairs below `threshold` are never linked.
- Paragraphs of different kinds are never linked: calls align with calls.
- What is left over on both sides and still alike is a move.

Every paragraph of either side stands in exactly one link. How alike two paragraphs are is told by
a `Scorer`; the one here needs the standard library alone, a faster one may be passed in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from drafting.domain.folding import fold

Scorer = Callable[[str, str], float]  # two folded paragraphs -> 0.0 (nothing shared) to 1.0 (equal)

THRESHOLD = 0.5
MOVE_THRESHOLD = 0.85
# Above this many pairs between two anchors, only pairs that share a rare word are scored.
_FULL_MATRIX = 20_000
_RARE = 8


@dataclass(frozen=True, slots=True)
class Link:
    """`paper` and `base` are indices, one of them None where nothing corresponds."""

    paper: int | None
    base: int | None
    score: float = 0.0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class _Side:
    words: tuple[str, ...]  # folded
    kinds: tuple[Hashable, ...]


_Pair = tuple[int, int]


def align(
    paper: Sequence[str],
    base: Sequence[str],
    *,
    scorer: Scorer | None = None,
    paper_kinds: Sequence[Hashable] | None = None,
    base_kinds: Sequence[Hashable] | None = None,
    threshold: float = THRESHOLD,
    move_threshold: float = MOVE_THRESHOLD,
) -> list[Link]:
    """Every paragraph of both sides, in the paper's order; a base paragraph that the paper has
    not stands after the one it followed.

    `paper_kinds` and `base_kinds` are one value per paragraph, equal where a link is allowed.
    """
    ours, theirs = _side(paper, paper_kinds), _side(base, base_kinds)
    likeness = _Likeness(ours, theirs, scorer or similarity, threshold)
    likeness.keep_together(_twins(likeness, range(len(paper)), range(len(base))))
    ordered = list(_ordered(likeness, range(len(paper)), range(len(base))))
    moved = _moves(likeness, ordered, move_threshold)
    return list(_links(likeness, ordered, moved))


def similarity(one: str, other: str) -> float:
    """Likeness of two folded paragraphs by the words they share in order, weighted by length."""
    if one == other:
        return 1.0
    a, b = one.split(), other.split()
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    shared = sum(len(" ".join(a[m.a : m.a + m.size])) for m in matcher.get_matching_blocks())
    return min(1.0, 2 * shared / (len(" ".join(a)) + len(" ".join(b))))


def _side(words: Sequence[str], kinds: Sequence[Hashable] | None) -> _Side:
    folded = tuple(fold(line, case=False, terminal=False) for line in words)
    return _Side(folded, tuple(kinds) if kinds is not None else (None,) * len(folded))


class _Likeness:
    """Scores, worked out once each; 0 for pairs that may not be linked."""

    def __init__(self, paper: _Side, base: _Side, scorer: Scorer, threshold: float) -> None:
        self.paper, self.base, self.scorer, self.threshold = paper, base, scorer, threshold
        self._tokens = [Counter(words.split()) for words in (*paper.words, *base.words)]
        self._known: dict[_Pair, float] = {}
        self._twin: dict[int, int] = {}
        self._twin_of_base: dict[int, int] = {}

    def keep_together(self, twins: list[_Pair]) -> None:
        """From now on these are alike to one another and to nothing else."""
        self._twin = dict(twins)
        self._twin_of_base = {j: i for i, j in twins}

    def __call__(self, i: int, j: int) -> float:
        if i in self._twin or j in self._twin_of_base:
            return 1.0 if self._twin.get(i) == j else 0.0
        if self.paper.kinds[i] != self.base.kinds[j]:
            return 0.0
        if (i, j) not in self._known:
            self._known[i, j] = self._score(i, j)
        return self._known[i, j]

    def _score(self, i: int, j: int) -> float:
        one, other = self.paper.words[i], self.base.words[j]
        if one == other:
            return 1.0
        if not one or not other or self._shared(i, j) < self.threshold / 2:
            return 0.0
        return self.scorer(one, other)

    def _shared(self, i: int, j: int) -> float:
        """The share of common words: a cheap sign that the scorer need not be asked."""
        a, b = self._tokens[i], self._tokens[len(self.paper.words) + j]
        return 2 * (a & b).total() / (a.total() + b.total() or 1)


def _ordered(likeness: _Likeness, ours: range, theirs: range) -> Iterator[_Pair]:
    """The order-preserving pairs of two stretches: anchors first, then what lies between."""
    start = 0
    while start < min(len(ours), len(theirs)) and _equal(likeness, ours[start], theirs[start]):
        yield ours[start], theirs[start]
        start += 1
    ours, theirs = ours[start:], theirs[start:]
    if not ours or not theirs:
        return
    anchors = _rising(_twins(likeness, ours, theirs))
    if not anchors:
        yield from _by_score(likeness, ours, theirs)
        return
    i, j = ours.start, theirs.start
    for a, b in [*anchors, (ours.stop, theirs.stop)]:
        yield from _ordered(likeness, range(i, a), range(j, b))
        if (a, b) != (ours.stop, theirs.stop):
            yield a, b
        i, j = a + 1, b + 1


def _equal(likeness: _Likeness, i: int, j: int) -> bool:
    same_words = likeness.paper.words[i] == likeness.base.words[j]
    return same_words and likeness.paper.kinds[i] == likeness.base.kinds[j]


def _twins(likeness: _Likeness, ours: range, theirs: range) -> list[_Pair]:
    """Paragraphs that are equal and alone on both sides."""
    mine = _alone([(i, (likeness.paper.kinds[i], likeness.paper.words[i])) for i in ours])
    yours = _alone([(j, (likeness.base.kinds[j], likeness.base.words[j])) for j in theirs])
    return [(i, yours[key]) for key, i in mine.items() if key in yours and key[1]]


_Key = tuple[Hashable, str]


def _alone(places: list[tuple[int, _Key]]) -> dict[_Key, int]:
    counts = Counter(key for _, key in places)
    return {key: place for place, key in places if counts[key] == 1}


def _rising(pairs: list[_Pair]) -> list[_Pair]:
    """The longest run of pairs that rises on both sides; `pairs` rise on the first."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        ends[at : at + 1] = [index]
    run: list[_Pair] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _by_score(likeness: _Likeness, ours: range, theirs: range) -> Iterator[_Pair]:
    """The ordered pairing of two stretches with the greatest sum of likeness over threshold."""
    gains = _gains(likeness, ours, theirs)
    width = len(theirs) + 1
    best = [[0.0] * width for _ in range(len(ours) + 1)]
    for row in range(len(ours) - 1, -1, -1):
        here, below, gained = best[row], best[row + 1], gains.get(ours[row], {})
        for column in range(width - 2, -1, -1):
            most = max(below[column], here[column + 1])
            gain = gained.get(theirs[column])
            here[column] = most if gain is None else max(most, gain + below[column + 1])
    yield from _retraced(best, gains, ours, theirs)


def _retraced(
    best: list[list[float]], gains: dict[int, dict[int, float]], ours: range, theirs: range
) -> Iterator[_Pair]:
    row = column = 0
    while row < len(ours) and column < len(theirs):
        gain = gains.get(ours[row], {}).get(theirs[column])
        if gain is not None and best[row][column] == gain + best[row + 1][column + 1]:
            yield ours[row], theirs[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _gains(likeness: _Likeness, ours: range, theirs: range) -> dict[int, dict[int, float]]:
    """What each allowed pair adds; equal words always add something."""
    out: dict[int, dict[int, float]] = {}
    for i, j in _candidates(likeness, ours, theirs):
        gain = likeness(i, j) - likeness.threshold
        if gain >= 0:
            out.setdefault(i, {})[j] = gain + 1e-6
    return out


def _candidates(likeness: _Likeness, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[_Pair]:
    if len(ours) * len(theirs) <= _FULL_MATRIX:
        yield from ((i, j) for i in ours for j in theirs)
        return
    holders: dict[str, list[int]] = {}
    for j in theirs:
        for token in set(likeness.base.words[j].split()):
            holders.setdefault(token, []).append(j)
    for i in ours:
        tokens = set(likeness.paper.words[i].split()) & holders.keys()
        rarest = sorted(tokens, key=lambda token: (len(holders[token]), token))[:_RARE]
        yield from ((i, j) for j in sorted({j for token in rarest for j in holders[token]}))


def _moves(likeness: _Likeness, ordered: list[_Pair], threshold: float) -> list[_Pair]:
    """Pairs of what is left over, the most alike first, each paragraph at most once."""
    taken_ours, taken_theirs = {i for i, _ in ordered}, {j for _, j in ordered}
    ours = [i for i in range(len(likeness.paper.words)) if i not in taken_ours]
    theirs = [j for j in range(len(likeness.base.words)) if j not in taken_theirs]
    scored = [(likeness(i, j), i, j) for i, j in _candidates(likeness, ours, theirs)]
    found: dict[int, int] = {}
    for score, i, j in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score >= threshold and i not in found and j not in found.values():
            found[i] = j
    return sorted(found.items())


def _links(likeness: _Likeness, ordered: list[_Pair], moved: list[_Pair]) -> Iterator[Link]:
    partner, moves = dict(ordered), dict(moved)
    elsewhere = set(moves.values())
    left = iter(j for j in range(len(likeness.base.words)) if j not in elsewhere)
    waiting = next(left, None)
    for i in range(len(likeness.paper.words)):
        if i in partner:
            while waiting is not None and waiting < partner[i]:
                yield Link(None, waiting)
                waiting = next(left, None)
            waiting = next(left, None)
            yield Link(i, partner[i], likeness(i, partner[i]))
        elif i in moves:
            yield Link(i, moves[i], likeness(i, moves[i]), moved=True)
        else:
            yield Link(i, None)
    while waiting is not None:
        yield Link(None, waiting)
        waiting = next(left, None)
