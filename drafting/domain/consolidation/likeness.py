"""Whether two wordings say the same, and how alike they are.

Rules:

- Equal are wordings that differ in quotes, dashes, spaces, the punctuation at the end of a
  paragraph, or the label. Case counts, and so do brackets that stand inside the words, where a
  paragraph ends, and what is raised or lowered: ten to the sixth is not 106.
- Footnotes count: what they say, and after which word. On which side of a space or of the sign at
  the end a footnote's number stands does not. Within a provision a footnote is known by its id;
  between papers, which count their own, by what it says: then give the notes of each.
- Alike is a share of words: 1 where all are the same in the same order, 0 where none is. Footnotes
  have no part in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from drafting.domain.draft import Note, NoteKind
from drafting.domain.folding import fold
from drafting.domain.text import FootnoteRef, Paragraph, Run, Text, inlines, printed

NEAR = 0.6  # from here on two additions are wordings of one provision
MOVED = 0.8  # from here on an added text is the deleted one in another place

LONG = 3000  # words of two texts, above which a comparison word by word takes too long

NOTED = "\0"  # begins what an essence tells of a footnote; no text has it

Essence = tuple[str, ...]


def essence(text: Text, notes: tuple[Note, ...] = ()) -> Essence:
    """What two equal wordings share: their words, paragraph by paragraph, and their footnotes.

    `notes`: those that the text points to; a footnote that is not among them is told by its id.
    """
    words, is_noted = told(text)
    return (*words, *footnotes_in(text, notes)) if is_noted else words


def words_alone(text: Text) -> Essence:
    """The words of a text, paragraph by paragraph, whatever its footnotes are."""
    return told(text)[0]


@lru_cache(maxsize=16384)
def told(text: Text) -> tuple[Essence, bool]:
    """The words, paragraph by paragraph, and whether there are footnotes."""
    lines = printed(text, with_label=False).split("\n")
    words = tuple(words for line in lines if (words := fold(line, terminal=False)))
    return words, any(isinstance(piece, FootnoteRef) for piece in inlines(text))


def footnotes_in(text: Text, notes: tuple[Note, ...] = ()) -> tuple[str, ...]:
    """What equal wordings share of their footnotes: which there are, and after which letter."""
    pieces = inlines(text)
    return tuple(_noted(text, notes)) if any(isinstance(p, FootnoteRef) for p in pieces) else ()


def _noted(text: Text, notes: tuple[Note, ...]) -> Iterator[str]:
    said = {note.id: said_by(note) for note in notes if note.kind is NoteKind.FOOTNOTE}
    number = 0
    for paragraph in text.paragraphs:
        for place, key in _places(paragraph):
            yield f"{NOTED}{number}.{place} {said.get(key, NOTED + key)}"
        number += bool(fold(printed(Text((paragraph,)), with_label=False), terminal=False))


def said_by(note: Note) -> str:
    """What two equal footnotes share."""
    return fold(note.text, terminal=False)


def _places(paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    """Each footnote of a paragraph with the letters and signs that stand before it."""
    words = ""
    for piece in paragraph.inlines:
        if isinstance(piece, Run):
            words += piece.text
        elif isinstance(piece, FootnoteRef):
            yield len(fold(words, terminal=False).replace(" ", "")), piece.id


def equal(one: Text, other: Text) -> bool:
    """Whether two wordings of one provision are one: the same after folding."""
    return essence(one) == essence(other)


def likeness(one: Text, other: Text, *, least: float = 0.0) -> float:
    """The share of words that both have in the same order; 0 where it is below `least`."""
    ours, theirs = _words(one), _words(other)
    total = len(ours) + len(theirs)
    if ours == theirs:
        return 1.0
    if not total or 2 * _shared(ours, theirs) < least * total:
        return 0.0
    share = 2 * _in_order(ours, theirs) / total
    return share if share >= least else 0.0


def _in_order(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """How many words both have in the same order; of long texts, how many after the same word."""
    if len(ours) + len(theirs) > LONG:
        return _shared(tuple(pairwise(ours)), tuple(pairwise(theirs)))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


@lru_cache(maxsize=16384)
def _words(text: Text) -> tuple[str, ...]:
    return tuple(" ".join(words_alone(text)).casefold().split())


def _shared(ours: tuple[object, ...], theirs: tuple[object, ...]) -> int:
    """How many both have, in any order: of words, an upper bound that costs little."""
    one, other = _counted(ours), _counted(theirs)
    if len(other) < len(one):
        one, other = other, one
    return sum(min(count, other[word]) for word, count in one.items() if word in other)


@lru_cache(maxsize=16384)
def _counted(words: tuple[object, ...]) -> Counter[object]:
    return Counter(words)
