"""The difference between two strings, word by word, as a careful secretary would mark it.

Rules:

- An atom is a word, a number, one punctuation mark or one Han or kana character. Atoms are never
  cut: "22-1/1", "WTSA-16", "2014" and "don't" are one atom each. Space is not an atom; it lies
  in the gaps between atoms.
- Joining KEEP and DEL gives the old string exactly, KEEP and INS the new one: atoms are matched
  with typography folded (curly quotes, no-break hyphens), but kept only where every character is
  the same.
- A deletion stands before the insertion that replaces it, and the space around both is kept, so
  that they neither share nor lose one.
- An island of kept atoms that says too little to be worth keeping between two changes (", ",
  "and") is absorbed by them.

The work is bounded: where the atoms repeat so much that a full comparison would be slow, unique
atoms serve as anchors and what lies between is compared, or at worst replaced whole.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple


class Op(StrEnum):
    """The fate of words or paragraphs between a base and a text."""

    KEEP = "keep"
    INS = "ins"
    DEL = "del"


Segments = tuple[tuple[Op, str], ...]


# Pure, and asked for the same words by everyone who opens a draft: a screen of 400 provisions is
# drawn from a few hundred pairs.
@lru_cache(maxsize=4096)
def redline_words(old: str, new: str) -> Segments:
    """The changes from `old` to `new`; neighbouring segments differ in their operation."""
    if old == new:
        return ((Op.KEEP, old),) if old else ()
    return tuple(_joined(_segments(_atoms(old), _atoms(new), old, new)))


# --- atoms ------------------------------------------------------------------------------------

_SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FOLD = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011", "''\"\"--")


def _punctuation() -> str:
    """Every mark and symbol of Unicode's first plane as ranges of a character class."""
    signs = [p for p in range(0x10000) if unicodedata.category(chr(p))[0] in "PS"]
    starts = [p for before, p in pairwise([-2, *signs]) if p != before + 1]
    ends = [p for p, after in pairwise([*signs, -2]) if after != p + 1]
    return "".join(f"\\u{start:04x}-\\u{end:04x}" for start, end in zip(starts, ends, strict=True))


_NO_LETTER = rf"\s{_BIDI}{_punctuation()}"
_PART = rf"[^{_NO_LETTER}{_SINGLE}]+"
_ATOM = re.compile(rf"{_PART}(?:(?:[-\u2010\u2011'\u2019/]|(?<=\d)[.,:](?=\d)){_PART})*|\S")


# Where it starts and ends in its string, and what it is compared by. A bare tuple: half of the
# time of a comparison goes into making these.
Atom = tuple[int, int, str]


def _atoms(words: str) -> list[Atom]:
    # Folding replaces character by character, so that the places stay the same.
    found = _ATOM.finditer(words.translate(_FOLD))
    return [(atom.start(), atom.end(), atom[0]) for atom in found]


# --- matching ---------------------------------------------------------------------------------

Match = tuple[int, int]  # (atom of the old, atom of the new)

_DEAR = 60_000  # comparisons of like atoms above which the plain way is too slow


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Pairs of like atoms, both ascending."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    return [
        *((i, i) for i in range(head)),
        *_middle(old, new, (head, old_end), (head, new_end)),
        *zip(range(old_end, len(old)), range(new_end, len(new)), strict=True),
    ]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many elements both begin with."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _middle(old: Sequence[str], new: Sequence[str], here: Match, there: Match) -> Iterator[Match]:
    """The matches between the atoms old[here[0]:here[1]] and new[there[0]:there[1]]."""
    (old_from, old_to), (new_from, new_to) = here, there
    ours, theirs = old[old_from:old_to], new[new_from:new_to]
    if not ours or not theirs:
        return
    in_ours, in_theirs = Counter(ours), Counter(theirs)
    if sum(count * in_theirs[atom] for atom, count in in_ours.items()) <= _DEAR:
        for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
            yield from ((old_from + block.a + k, new_from + block.b + k) for k in range(block.size))
        return
    anchors = _anchors(ours, theirs, in_ours, in_theirs)
    before = (-1, -1)
    for anchor in [*anchors, (len(ours), len(theirs))] if anchors else []:
        yield from _middle(
            old,
            new,
            (old_from + before[0] + 1, old_from + anchor[0]),
            (new_from + before[1] + 1, new_from + anchor[1]),
        )
        if anchor[0] < len(ours):
            yield old_from + anchor[0], new_from + anchor[1]
        before = anchor


def _anchors(
    ours: Sequence[str], theirs: Sequence[str], in_ours: Counter[str], in_theirs: Counter[str]
) -> list[Match]:
    """Atoms that each side has once, in an order both sides share: the longest such chain."""
    place = {atom: j for j, atom in enumerate(theirs) if in_theirs[atom] == 1}
    return _chain([(i, place[a]) for i, a in enumerate(ours) if in_ours[a] == 1 and a in place])


def _chain(pairs: Sequence[Match]) -> list[Match]:
    """The longest run of pairs that ascends on both sides (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(last[pile - 1] if pile else None)
        tops[pile : pile + 1] = [j]
        last[pile : pile + 1] = [index]
    chain: list[Match] = []
    step = last[-1] if last else None
    while step is not None:
        chain.append(pairs[step])
        step = before[step]
    return chain[::-1]


# --- segments ---------------------------------------------------------------------------------


def _segments(
    ours: Sequence[Atom], theirs: Sequence[Atom], old: str, new: str
) -> Iterator[tuple[Op, str]]:
    """The strings as segments: what is kept, and the gaps between."""
    matches = _matches([a[2] for a in ours], [a[2] for a in theirs])
    stretches = _stretches(_slid(matches, ours, theirs, old, new), ours, theirs, old, new)
    at_old = at_new = 0
    for stretch in _without_islands(stretches, old, new):
        yield from _gap(old[at_old : stretch.old], new[at_new : stretch.new])
        if stretch.size:
            yield Op.KEEP, old[stretch.old : stretch.old + stretch.size]
        at_old, at_new = stretch.old + stretch.size, stretch.new + stretch.size
    yield from _gap(old[at_old:], new[at_new:])


def _gap(old: str, new: str) -> Iterator[tuple[Op, str]]:
    """What stands between two kept stretches: the space both share stays outside."""
    shortest = min(len(old), len(new))
    head = next((k for k in range(shortest) if old[k] != new[k] or not old[k].isspace()), shortest)
    room = shortest - head
    tail = next(
        (k for k in range(room) if old[-k - 1] != new[-k - 1] or not old[-k - 1].isspace()), room
    )
    yield Op.KEEP, old[:head]
    yield Op.DEL, old[head : len(old) - tail]
    yield Op.INS, new[head : len(new) - tail]
    yield Op.KEEP, old[len(old) - tail :]


def _joined(segments: Iterator[tuple[Op, str]]) -> Iterator[tuple[Op, str]]:
    """Without empty segments, and neighbours of one operation in one."""
    held: tuple[Op, str] | None = None
    for op, words in segments:
        if not words:
            continue
        if held and held[0] is op:
            held = (op, held[1] + words)
            continue
        if held:
            yield held
        held = (op, words)
    if held:
        yield held


# --- tidying ----------------------------------------------------------------------------------


class Stretch(NamedTuple):
    """Characters kept: `size` of them from `old` in the old string, from `new` in the new."""

    old: int
    new: int
    size: int


def _stretches(
    matches: Sequence[Match], ours: Sequence[Atom], theirs: Sequence[Atom], old: str, new: str
) -> Iterator[Stretch]:
    """The matched atoms as stretches, together with equal space between them."""
    at_old = at_new = end_old = end_new = 0
    for i, j in matches:
        start_old, stop_old, _ = ours[i]
        start_new, stop_new, _ = theirs[j]
        if old[start_old:stop_old] != new[start_new:stop_new]:
            continue
        if old[end_old:start_old] != new[end_new:start_new] or end_old == 0:
            if end_old:
                yield Stretch(at_old, at_new, end_old - at_old)
            at_old, at_new = start_old, start_new
        end_old, end_new = stop_old, stop_new
    if end_old:
        yield Stretch(at_old, at_new, end_old - at_old)


def _without_islands(stretches: Iterable[Stretch], old: str, new: str) -> list[Stretch]:
    """The stretches without those too weak to stand between the changes around them.

    One pass with a stack: an absorbed island makes the change before the next one larger, and
    may make the island before it weak too.
    """
    edge = Stretch(len(old), len(new), 0)
    kept: list[Stretch] = []
    for stretch in stretches:
        while kept and _is_weak(kept, stretch, old, new):
            kept.pop()
        kept.append(stretch)
    while kept and _is_weak(kept, edge, old, new):
        kept.pop()
    return kept


def _is_weak(kept: Sequence[Stretch], after: Stretch, old: str, new: str) -> bool:
    island = kept[-1]
    before = kept[-2] if len(kept) > 1 else Stretch(0, 0, 0)
    left = _change_between(before, island, old, new)
    right = _change_between(island, after, old, new)
    return (any(left) and any(right)) and _says_little(
        old[island.old : island.old + island.size], left, right
    )


Change = tuple[int, int]  # letters and digits deleted, and inserted


def _change_between(one: Stretch, other: Stretch, old: str, new: str) -> Change:
    gone = old[one.old + one.size : other.old]
    come = new[one.new + one.size : other.new]
    if gone.strip() == come.strip() == "":
        return (0, 0)
    return (_weight(gone), _weight(come))


_LETTER = re.compile(rf"[^{_NO_LETTER}]")


def _weight(words: str) -> int:
    """How many letters and digits it has; a change of punctuation alone weighs something too."""
    return len(_LETTER.findall(words)) or (1 if words.strip() else 0)


def _says_little(island: str, left: Change, right: Change) -> bool:
    """Whether a reader is better served by one larger change than by this island between two.

    Unless one of the two replaces something, the island would only be struck and written again.
    The end of a clause or parenthesis is a landmark and stays.
    """
    if not (all(left) or all(right)):
        return False
    if any(mark in island for mark in ");:"):
        return False
    letters = len(_LETTER.findall(island))
    few = letters <= 6 and len(island.split()) <= 2
    return few and letters <= min(max(left), max(right))


def _slid(
    matches: list[Match], ours: Sequence[Atom], theirs: Sequence[Atom], old: str, new: str
) -> list[Match]:
    """The matches with pure insertions and deletions moved to where a reader would see them.

    "a; b; [c; b; ]d" and "a; [b; c; ]b; d" are the same change; it belongs after a stop.
    """
    matches = list(matches)
    for place in range(len(matches) - 1):
        (i, j), (after_i, after_j) = matches[place], matches[place + 1]
        if after_i == i + 1 and after_j > j + 1:
            _slide(matches, place, 1, theirs, new)
        elif after_j == j + 1 and after_i > i + 1:
            _slide(matches, place, 0, ours, old)
    return matches


def _slide(matches: list[Match], place: int, side: int, atoms: Sequence[Atom], words: str) -> None:
    """Move the unmatched atoms of `side` after matches[place] left to their best boundary."""
    start, end = matches[place][side] + 1, matches[place + 1][side]
    best, best_at, shift = _naturalness(atoms, start, end, words), 0, 0
    while _may_shift(matches, place - shift, side) and (
        atoms[start - shift - 1][2] == atoms[end - shift - 1][2]
    ):
        shift += 1
        score = _naturalness(atoms, start - shift, end - shift, words)
        if score > best:
            best, best_at = score, shift
    for k in range(best_at):
        i, j = matches[place - k]
        matches[place - k] = (i, end - k - 1) if side else (end - k - 1, j)


def _may_shift(matches: Sequence[Match], place: int, side: int) -> bool:
    """Whether the match at `place` directly continues the one before it, or is the first of all."""
    if place < 0:
        return False
    if place == 0:
        return matches[0] == (0, 0)
    (i, j), (before_i, before_j) = matches[place], matches[place - 1]
    return (before_i, before_j) == (i - 1, j - 1)


def _naturalness(atoms: Sequence[Atom], start: int, end: int, words: str) -> int:
    return _boundary(atoms, start, words) + _boundary(atoms, end, words)


def _boundary(atoms: Sequence[Atom], place: int, words: str) -> int:
    """How natural a cut before the atom at `place` is: 4 at an edge, 0 inside "word,"."""
    if place in (0, len(atoms)):
        return 4
    _, end, before = atoms[place - 1]
    if end == atoms[place][0]:
        return 0
    return {".": 3, ";": 3, ":": 3, ",": 2, ")": 2}.get(before, 1)
