"""Where the wordings of one provision part: the words all share once, and forks between them.

Rules:

- Reading the parts for one wording gives that wording, letter by letter (`reading`).
- The first wording is the pivot (the base, where there is one): each other is compared with it
  alone. What one types in one wording moves no fork that stands elsewhere.
- What differs in typography alone (quotes, dashes, spaces; at the end terminal punctuation too) is
  no fork, nor is a bracket around words that all have: such wordings stand together, and each keeps
  its own spelling for its reading. What is shown is the one with the most brackets. Where a
  paragraph ends is a fork.
- An island that says too little to stand between two forks belongs to them.
- In a fork, alternatives that are near each other and far from the rest are one row: their common
  stem stands once, and the few words in dispute are a fork within it.

A wording without words ("delete", "no text") is no wording here: whoever asks leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from drafting.domain.folding import fold
from drafting.domain.worddiff import Op, redline_words

Wording = tuple[str, str]  # its key, its words
Spelt = Mapping[str, str]  # by key, where a wording is spelt otherwise than what is shown


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that all have."""

    words: str
    spelt: Spelt = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alternative:
    """What some have at a fork; "" is nothing. `parts`: several near each other, parted again."""

    words: str
    keys: tuple[str, ...]
    spelt: Spelt = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Fork:
    """Alternatives at one place, in the order of the wordings; every wording is in one."""

    alternatives: tuple[Alternative, ...]


Part = Shared | Fork


def partings(wordings: Sequence[Wording]) -> tuple[Part, ...]:
    """The parts, in reading order; forks and shared words alternate. Keys must differ."""
    return _parted(wordings, last=True)


def reading(parts: Iterable[Part], key: str) -> str:
    """The wording with this key, read from the parts. Raises KeyError where a fork has no such."""
    return "".join(read(part, key) for part in parts)


def read(part: Part, key: str) -> str:
    if isinstance(part, Shared):
        return part.spelt.get(key, part.words)
    mine = next((row for row in part.alternatives if key in row.keys), None)
    if mine is None:
        raise KeyError(key)
    return reading(mine.parts, key) if mine.parts else mine.spelt.get(key, mine.words)


def _parted(wordings: Sequence[Wording], *, last: bool) -> tuple[Part, ...]:
    """`last`: nothing follows, so that punctuation at the end is the list's."""
    if not wordings:
        return ()
    texts = dict.fromkeys(words for _key, words in wordings)
    pivot = wordings[0][1]
    kept = {words: _kept(pivot, words) for words in texts}
    common = _strong(_common(pivot, kept.values()), kept)
    pieces = [dict[str, str]()]
    at = dict.fromkeys(texts, 0)
    for start, end in common:
        for words in texts:
            begin = _place(kept[words], start)
            pieces[-1][words] = words[at[words] : begin]
            at[words] = begin + end - start
        pieces += [dict.fromkeys(texts, pivot[start:end]), {}]
    pieces[-1] = {words: words[at[words] :] for words in texts}
    told = [
        _part([(key, piece[words]) for key, words in wordings], last=last and n == len(pieces) - 1)
        for n, piece in enumerate(pieces)
    ]
    return tuple(_joined(told, [key for key, _words in wordings]))


# --- what is common ---------------------------------------------------------------------------

Span = tuple[int, int]  # characters of the pivot
Kept = tuple[tuple[int, int, int], ...]  # place in the pivot, place in the wording, size


@lru_cache(maxsize=4096)
def _kept(pivot: str, words: str) -> Kept:
    """What a wording keeps of the pivot."""
    out: list[tuple[int, int, int]] = []
    here = there = 0
    for op, piece in redline_words(pivot, words):
        if op is Op.KEEP:
            out.append((here, there, len(piece)))
        here += 0 if op is Op.INS else len(piece)
        there += 0 if op is Op.DEL else len(piece)
    return tuple(out)


def _common(pivot: str, kept: Iterable[Kept]) -> list[Span]:
    """What all keep, cut wherever one of them has something between."""
    common = [(0, len(pivot))] if pivot else []
    for spans in kept:
        common = [
            (max(start, here), min(end, here + size))
            for start, end in common
            for here, _there, size in spans
            if max(start, here) < min(end, here + size)
        ]
    return common


def _place(spans: Kept, start: int) -> int:
    """Where a place of the pivot that a wording keeps is in it."""
    return next(there + start - here for here, there, size in spans if here <= start < here + size)


def _strong(common: list[Span], kept: Mapping[str, Kept]) -> list[Span]:
    """Without islands too weak to stand between two forks; one pass with a stack."""
    strong: list[Span] = []
    for span in common:
        while len(strong) > 1 and _is_weak(strong[-2], strong[-1], span, kept):
            strong.pop()
        strong.append(span)
    return _without_outer(strong, kept)


def _without_outer(common: list[Span], kept: Mapping[str, Kept]) -> list[Span]:
    """The first and the last may be islands too, where something stands outside of them."""
    if len(common) > 1 and _is_weak(None, common[0], common[1], kept):
        common = common[1:]
    if len(common) > 1 and _is_weak(common[-2], common[-1], None, kept):
        common = common[:-1]
    return common


def _is_weak(
    before: Span | None, island: Span, after: Span | None, kept: Mapping[str, Kept]
) -> bool:
    pivot = next(iter(kept))
    left = [_gap(words, kept[words], before, island) for words in kept]
    right = [_gap(words, kept[words], island, after) for words in kept]
    if not (any(left) and any(right)):
        return False
    return _says_little(pivot[island[0] : island[1]], left, right)


def _gap(words: str, kept: Kept, one: Span | None, other: Span | None) -> str:
    """What a wording has between two common spans, or outside of one."""
    start = _place(kept, one[0]) + one[1] - one[0] if one else 0
    end = _place(kept, other[0]) if other else len(words)
    return words[start:end]


def _says_little(island: str, left: Sequence[str], right: Sequence[str]) -> bool:
    """As between two wordings (`worddiff`): the end of a clause is a landmark and stays."""
    weight_here = letters(island)
    if not weight_here and not island.strip():
        return True
    if any(mark in island for mark in ");:"):
        return False
    if not (all(left) or all(right)):
        return False
    weight = min(max(map(letters, left)), max(map(letters, right)))
    return weight_here <= min(6, weight) and len(island.split()) <= 2


def letters(words: str) -> int:
    return sum(char.isalnum() for char in words)


# --- one place --------------------------------------------------------------------------------


def _part(pieces: Sequence[Wording], *, last: bool) -> Part:
    """What stands at one place: shared where all say the same but for typography."""
    rows: dict[str, list[Wording]] = {}
    for key, words in pieces:
        rows.setdefault(_same(words, last=last), []).append((key, words))
    if len(rows) == 1:
        words = _shown(pieces)
        return Shared(words, _otherwise(pieces, words))
    return Fork(tuple(_row(row, last=last) for row in _near_together(list(rows.values()))))


def _same(words: str, *, last: bool) -> str:
    """Equal where two say the same: typography is no difference, nor is a bracket around words."""
    lines = words.replace("[", "").replace("]", "").split("\n")
    return "\n".join([*map(fold, lines[:-1]), fold(lines[-1], terminal=not last)])


def _shown(pieces: Sequence[Wording]) -> str:
    """Of several spellings the first of those with the most brackets: what is open looks open."""
    return max(
        (words for _key, words in pieces), key=lambda words: words.count("[") + words.count("]")
    )


def _otherwise(pieces: Iterable[Wording], words: str) -> Spelt:
    return {key: own for key, own in pieces if own != words}


def _row(row: list[Wording], *, last: bool) -> Alternative:
    words, keys = _shown(row), tuple(key for key, _words in row)
    if len({_same(own, last=last) for _key, own in row}) == 1:
        return Alternative(words, keys, _otherwise(row, words))
    return Alternative(words, keys, _otherwise(row, words), _parted(row, last=last))


def _near_together(rows: list[list[Wording]]) -> list[list[Wording]]:
    """Rows that share a stem, as one; never all of them, for then nothing would be parted."""
    if len(rows) < 3:
        return rows
    groups: list[list[list[Wording]]] = []
    for row in rows:
        group = next((g for g in groups if _has_stem(g[0][0][1], row[0][1])), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    if len(groups) == 1:
        return rows
    return [[piece for row in group for piece in row] for group in groups]


_STEM = 12  # letters that two alternatives must share to be set as one row


def _has_stem(one: str, other: str) -> bool:
    """Whether two alternatives say the same for the greater part."""
    common = letters_kept(one, other)
    return common >= _STEM and 2 * common >= max(letters(one), letters(other))


def letters_kept(one: str, other: str) -> int:
    return sum(letters(words) for op, words in redline_words(one, other) if op is Op.KEEP)


def _joined(parts: Iterable[Part], keys: Sequence[str]) -> Iterator[Part]:
    """Without empty words, and shared words that meet as one."""
    held: Shared | None = None
    for part in parts:
        if isinstance(part, Shared):
            held = _one(held, part, keys) if held else part
            continue
        if held and (held.words or held.spelt):
            yield held
        held = None
        yield part
    if held and (held.words or held.spelt):
        yield held


def _one(one: Shared, other: Shared, keys: Sequence[str]) -> Shared:
    words = one.words + other.words
    own = ((key, read(one, key) + read(other, key)) for key in keys)
    return Shared(words, _otherwise(own, words))
