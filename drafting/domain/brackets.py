"""Square brackets over a whole draft: which belong together, what they cover, how many there are.

Rules:

- Two markers with one id are a bracket, wherever they stand: inside a word, over paragraphs, over
  provisions. Nothing is required to balance: a marker whose partner is missing, or stands before
  it, is a bracket with one end.
- A bracket with one end covers the location it stands in and nothing else, since nobody knows
  how far it goes. It encloses no other.
- Brackets may cross. `depth` counts the brackets that are open where this one opens, itself
  included; `parent` is the innermost that holds it whole.
- Every bracket is counted once, where it begins.

A location is any key the caller reads its texts by; they are given in the order of the paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

from drafting.domain.draft import Draft
from drafting.domain.text import BracketClose, BracketKind, BracketOpen, Paragraph, Run, Text

K = TypeVar("K")

LONG = 200  # characters after which a reader no longer sees the other end


@dataclass(frozen=True, slots=True)
class Place(Generic[K]):
    """Where a marker stands: `offset` counts the characters before it in its paragraph.

    `order` counts the characters and markers before it in the whole paper.
    """

    location: K
    paragraph: int
    offset: int
    order: int


@dataclass(frozen=True, slots=True)
class Bracket(Generic[K]):
    """At least one of `open` and `close` is there. `covers`: locations in reading order.

    `number` is the small number printed at both ends where the eye cannot pair them: of brackets
    that are nested, crossed, over several paragraphs or long. None for all others.
    """

    id: str
    kind: BracketKind
    open: Place[K] | None
    close: Place[K] | None
    covers: tuple[K, ...]
    depth: int = 1
    parent: str | None = None
    number: int | None = None

    @property
    def is_paired(self) -> bool:
        return self.open is not None and self.close is not None

    @property
    def begins(self) -> Place[K]:
        place = self.open or self.close
        assert place is not None
        return place

    @property
    def span(self) -> tuple[int, int]:
        """First and last place in the order of the paper; alike where an end is missing."""
        return self.begins.order, (self.close or self.begins).order

    def encloses(self, other: Self) -> bool:
        return self.span[0] < other.span[0] and other.span[1] < self.span[1]

    def crosses(self, other: Self) -> bool:
        first, second = sorted((self.span, other.span))
        return first[0] < second[0] < first[1] < second[1]


@dataclass(frozen=True, slots=True)
class Brackets(Generic[K]):
    """All brackets of a paper in the order in which they begin."""

    brackets: tuple[Bracket[K], ...]

    @property
    def pairs(self) -> tuple[Bracket[K], ...]:
        return tuple(bracket for bracket in self.brackets if bracket.is_paired)

    @property
    def unclosed(self) -> tuple[Bracket[K], ...]:
        return tuple(bracket for bracket in self.brackets if bracket.close is None)

    @property
    def unopened(self) -> tuple[Bracket[K], ...]:
        return tuple(bracket for bracket in self.brackets if bracket.open is None)

    @property
    def unpaired(self) -> tuple[str, ...]:
        """The ids of brackets with one end, each once."""
        return tuple(dict.fromkeys(b.id for b in self.brackets if not b.is_paired))

    def covering(self, location: K) -> tuple[Bracket[K], ...]:
        """The brackets that cover some of this location, the first to begin first."""
        return tuple(bracket for bracket in self.brackets if location in bracket.covers)

    def enclosing(self, bracket: Bracket[K]) -> tuple[Bracket[K], ...]:
        """The brackets that hold this one whole, outermost first."""
        return tuple(other for other in self.pairs if other.encloses(bracket))


def pair(texts: Iterable[tuple[K, Text]]) -> Brackets[K]:
    """The brackets of texts given in reading order. Never fails, whatever does not balance."""
    located = list(texts)
    locations = list(dict.fromkeys(key for key, _ in located))
    rank = {key: n for n, key in enumerate(locations)}
    ends = _ends(_markers(located))
    found = [_bracket(opened, closed, locations, rank) for opened, closed in ends]
    return Brackets(tuple(_numbered(list(_nested(sorted(found, key=_beginning))))))


def pair_draft(draft: Draft) -> Brackets[tuple[str, str]]:
    """The brackets of a draft; a location is the keys of a provision and of its option."""
    return pair(
        ((provision.key, option.key), option.text)
        for provision in draft.provisions
        for option in provision.options
    )


def count_contested(brackets: Brackets[K]) -> int:
    """How many brackets say that their words are not agreed; also those with one end."""
    return sum(bracket.kind is BracketKind.CONTESTED for bracket in brackets.brackets)


def count_by_provision(brackets: Brackets[tuple[str, str]]) -> Counter[str]:
    """How many brackets of any kind begin in each provision; a key without any counts 0."""
    return Counter(bracket.begins.location[0] for bracket in brackets.brackets)


# --- pairing ----------------------------------------------------------------------------------

Opened = tuple[Place[K], BracketOpen]
Closed = tuple[Place[K], BracketClose]


def _markers(
    texts: Iterable[tuple[K, Text]],
) -> Iterator[tuple[Place[K], BracketOpen | BracketClose]]:
    order = 0
    for key, text in texts:
        for number, paragraph in enumerate(text.paragraphs):
            for offset, before, marker in _markers_in(paragraph):
                yield Place(key, number, offset, order + before), marker
            order += sum(
                len(piece.text) if isinstance(piece, Run) else 1 for piece in paragraph.inlines
            )


def _markers_in(paragraph: Paragraph) -> Iterator[tuple[int, int, BracketOpen | BracketClose]]:
    """Each bracket marker with the characters, and the characters and markers, before it."""
    offset = before = 0
    for piece in paragraph.inlines:
        if isinstance(piece, Run):
            offset += len(piece.text)
            before += len(piece.text)
            continue
        if isinstance(piece, BracketOpen | BracketClose):
            yield offset, before, piece
        before += 1


def _ends(
    markers: Iterable[tuple[Place[K], BracketOpen | BracketClose]],
) -> Iterator[tuple[Opened[K] | None, Closed[K] | None]]:
    """Each closing marker with the latest unclosed opening one of its id, then what is left."""
    waiting: dict[str, list[Opened[K]]] = {}
    for place, marker in markers:
        if isinstance(marker, BracketOpen):
            waiting.setdefault(marker.id, []).append((place, marker))
        elif opened := waiting.get(marker.id):
            yield opened.pop(), (place, marker)
        else:
            yield None, (place, marker)
    for left in waiting.values():
        yield from ((opened, None) for opened in left)


def _bracket(
    opened: Opened[K] | None, closed: Closed[K] | None, locations: list[K], rank: dict[K, int]
) -> Bracket[K]:
    first, last = opened or closed, closed or opened
    assert first is not None
    assert last is not None
    return Bracket(
        id=first[1].id,
        kind=opened[1].kind if opened else BracketKind.CONTESTED,
        open=opened[0] if opened else None,
        close=closed[0] if closed else None,
        covers=tuple(locations[rank[first[0].location] : rank[last[0].location] + 1]),
    )


def _beginning(bracket: Bracket[K]) -> int:
    return bracket.begins.order


# --- nesting and numbers ----------------------------------------------------------------------


def _nested(brackets: Iterable[Bracket[K]]) -> Iterator[Bracket[K]]:
    """The brackets with their depth and parent. `brackets` in the order in which they begin."""
    around: list[Bracket[K]] = []
    for bracket in brackets:
        around = [other for other in around if other.span[1] > bracket.span[0]]
        holders = [other for other in around if other.encloses(bracket)]
        parent = holders[-1].id if holders else None
        yield replace(bracket, depth=len(around) + 1, parent=parent)
        around.append(bracket)  # one with a single end is over before the next begins


def _numbered(brackets: list[Bracket[K]]) -> Iterator[Bracket[K]]:
    number = 0
    tangled = _tangled(brackets)
    for bracket in brackets:
        if bracket.is_paired and (bracket.span in tangled or _is_long(bracket)):
            number += 1
            bracket = replace(bracket, number=number)
        yield bracket


def _tangled(brackets: Iterable[Bracket[K]]) -> set[tuple[int, int]]:
    """The spans of the brackets that hold, cross or are held by another pair."""
    tangled: set[tuple[int, int]] = set()
    around: list[Bracket[K]] = []
    for bracket in brackets:
        around = [other for other in around if other.span[1] > bracket.span[0]]
        if bracket.is_paired:
            if around:
                tangled |= {bracket.span, *(other.span for other in around)}
            around.append(bracket)
    return tangled


def _is_long(bracket: Bracket[K]) -> bool:
    assert bracket.open is not None
    assert bracket.close is not None
    one, other = bracket.open, bracket.close
    same = (one.location, one.paragraph) == (other.location, other.paragraph)
    return not same or other.offset - one.offset > LONG
