"""How far wordings are from each other, and which words are in dispute between two of them.

Rules:

- Wordings that share too little are no two versions of one text (`families`); one that is far from
  the base stands with it all the same where it is close to another that does.
- The smallest disputed spans: no word is lit that both have there (`disputed`).
- A whole index is ordered by `words_apart`: cheap, and exact where wordings are near.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafting.domain.folding import fold
from drafting.domain.partings import Fork, Wording, letters, letters_kept, partings, read
from drafting.domain.worddiff import Op, redline_words

_ALIKE = 0.3  # the share of letters below which two wordings are two texts
_CLOSE = 0.6  # the share from which they are the same text, whatever a third one is to them


def families(wordings: Sequence[Wording]) -> tuple[tuple[Wording, ...], ...]:
    """Wordings that have something to do with each other, together; in order of their first."""
    groups: list[list[Wording]] = []
    for wording in wordings:
        group = next((g for g in groups if _share(g[0], wording) >= _ALIKE), None)
        if group is None:
            groups.append([wording])
        else:
            group.append(wording)
    order = {key: place for place, (key, _words) in enumerate(wordings)}
    joined = _with_lone(groups)
    return tuple((g[0], *sorted(g[1:], key=lambda one: order[one[0]])) for g in joined)


def _with_lone(groups: list[list[Wording]]) -> list[list[Wording]]:
    """Who would stand alone joins a family that has somebody close to it: it is a version of that
    one, however far both went from the first."""
    homes = [group for group in groups if len(group) > 1]
    for group in groups:
        home = None if len(group) > 1 else next((h for h in homes if _is_close(h, group[0])), None)
        if home is not None:
            home.append(group[0])
            group.clear()
    return [group for group in groups if group]


def _is_close(home: Sequence[Wording], lone: Wording) -> bool:
    return any(_share(one, lone) >= _CLOSE for one in home[1:])


def _share(one: Wording, other: Wording) -> float:
    """Of the letters of the shorter one, those that both have."""
    least = min(letters(one[1]), letters(other[1]))
    return letters_kept(one[1], other[1]) / max(least, 1)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one of two wordings; `lit` where the other has something else."""

    words: str
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """What lies between two wordings: each in pieces, and how many words are in dispute.

    `spans`: the disputed words, those of the first and those of the second, place by place.
    """

    one: tuple[Piece, ...]
    other: tuple[Piece, ...]
    words: int
    spans: tuple[tuple[str, str], ...]

    @property
    def is_near(self) -> bool:
        """Whether the two differ in few words beside what they share."""
        total = max(_words(_plain(self.one)), _words(_plain(self.other)))
        return 0 < self.words <= max(4, total // 5) and 2 * self.words <= total


def _plain(pieces: Iterable[Piece]) -> str:
    return "".join(piece.words for piece in pieces)


def _words(words: str) -> int:
    """How many words there are; punctuation by itself is one where there is nothing else."""
    spoken = sum(any(char.isalnum() for char in word) for word in words.split())
    return spoken or (1 if words else 0)


NEAR = 6  # words within which two wordings are worth an exact answer


def words_apart(one: str, other: str) -> int:
    """How many words lie between two wordings: exact where they are few, else at the least.

    Cheap: a whole index is ordered by it. Typography is no difference.
    """
    ours, theirs = _spoken(one), _spoken(other)
    least = max((ours - theirs).total(), (theirs - ours).total())
    return least if least > NEAR else max(least, _count(spans_apart(one, other)))


def spans_apart(one: str, other: str) -> tuple[tuple[str, str], ...]:
    """The words that differ, place by place, as one comparison tells them."""
    spans: list[tuple[str, str]] = []
    gone = come = ""
    for op, words in (*redline_words(one, other), (Op.KEEP, "")):
        if op is Op.DEL:
            gone += words
        elif op is Op.INS:
            come += words
        else:
            if fold(gone, terminal=bool(words)) != fold(come, terminal=bool(words)):
                spans.append((gone.strip(), come.strip()))
            gone = come = ""
    return tuple(spans)


def _count(spans: Iterable[tuple[str, str]]) -> int:
    return sum(max(_words(one), _words(other)) for one, other in spans)


@lru_cache(maxsize=4096)
def _spoken(words: str) -> Counter[str]:
    return Counter(fold(words, terminal=False).split())


@lru_cache(maxsize=4096)
def disputed(one: str, other: str) -> Dispute:
    """The smallest disputed spans of two wordings: no word is lit that both have there."""
    parts = partings((("1", one), ("2", other)))
    spans = tuple(
        (read(part, "1").strip(), read(part, "2").strip())
        for part in parts
        if isinstance(part, Fork)
    )
    pieces = {
        key: tuple(Piece(read(p, key), isinstance(p, Fork)) for p in parts if read(p, key))
        for key in ("1", "2")
    }
    return Dispute(pieces["1"], pieces["2"], _count(spans), spans)


def alike(wordings: Sequence[Wording]) -> tuple[tuple[str, ...], ...]:
    """Keys of equal wordings together: quotes, dashes, spaces and terminal punctuation folded."""
    groups: dict[str, list[str]] = {}
    for key, words in wordings:
        groups.setdefault(fold(words, terminal=False), []).append(key)
    return tuple(tuple(keys) for keys in groups.values())
