"""Small changes of words, each with its place: what a check proposes and an act carries out.

Rules:

- A place counts the characters of a paragraph's runs; markers have no width. Words that are pending
  are counted too, also those pending deletion: the place is the editor's, not the reader's.
- A change tells what stands at its place. Where something else stands there, it does not fit, and
  nothing is changed.
- New words wear what the first of the old ones wore, or the character before where none is old.
  Words that somebody asks to insert or delete are theirs: no change reaches into them; the end of a
  bracket may stand among them, for it changes no word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Inline,
    Paragraph,
    Run,
    Text,
    normal,
)


class DoesNotFit(ValueError):
    """What a change says of its place is not so."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """In one paragraph of one option: `old` becomes `new` at `start`.

    `start` None: the label ("" is none). `closes`: the id of a bracket whose missing end is set at
    `start`; `old` and `new` are then empty.
    """

    option: str
    paragraph: int
    start: int | None
    old: str
    new: str
    closes: str = ""

    @property
    def end(self) -> int:
        return (self.start or 0) + len(self.old)

    @property
    def is_label(self) -> bool:
        return self.start is None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one paragraph, as `Change` counts them."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """A paragraph as it reads if all that is pending is taken up; `origin[i]` is the place of the
    i-th character, its last entry the paragraph's length."""

    words: str
    origin: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The half-open place of `words[start:end]`."""
        first = self.origin[start]
        return (first, first) if start >= end else (first, self.origin[end - 1] + 1)


def characters(paragraph: Paragraph) -> list[tuple[str, Run]]:
    """Each character with the run it stands in."""
    return [
        (char, piece)
        for piece in paragraph.inlines
        if isinstance(piece, Run)
        for char in piece.text
    ]


def read(paragraph: Paragraph) -> Read:
    """The words as they read, without those that are pending deletion."""
    words: list[str] = []
    origin: list[int] = []
    at = 0
    for piece in paragraph.inlines:
        if isinstance(piece, Run):
            if not _is_struck(piece):
                words.append(piece.text)
                origin.extend(range(at, at + len(piece.text)))
            at += len(piece.text)
    return Read("".join(words), (*origin, at))


def _is_struck(run: Run) -> bool:
    return any(change.kind == "deletion" for change in run.changes)


def is_free(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether nothing between two places is pending, and no marker stands there.

    Between equal places: whether the character before is free.
    """
    first, at = max(0, start - (start == end)), 0
    for piece in paragraph.inlines:
        size = len(piece.text) if isinstance(piece, Run) else 0
        within = at < end and first < at + size if size else start < at < end
        if within and (piece.changes or not size):
            return False
        at += size
    return True


def applied(text: Text, changes: Iterable[Change]) -> Text:
    """The text after changes that are all of its option; the places are those before all of them.

    Raises DoesNotFit where one does not fit, or where two overlap.
    """
    by_paragraph: dict[int, list[Change]] = {}
    for change in sorted(changes, key=lambda c: (c.paragraph, -1 if c.start is None else c.start)):
        by_paragraph.setdefault(change.paragraph, []).append(change)
    if any(not 0 <= number < len(text.paragraphs) for number in by_paragraph):
        raise DoesNotFit
    return Text(
        tuple(
            _applied(paragraph, by_paragraph.get(number, ()))
            for number, paragraph in enumerate(text.paragraphs)
        )
    )


def _applied(paragraph: Paragraph, changes: Sequence[Change]) -> Paragraph:
    taken = -1
    for change in changes:
        if change.start is not None:
            if change.start < taken:
                raise DoesNotFit
            taken = change.end
    for change in reversed(changes):
        paragraph = _with_label(paragraph, change) if change.is_label else _set(paragraph, change)
    return paragraph


def _with_label(paragraph: Paragraph, change: Change) -> Paragraph:
    if (paragraph.label or "") != change.old:
        raise DoesNotFit
    return replace(paragraph, label=change.new or None)


def _set(paragraph: Paragraph, change: Change) -> Paragraph:
    assert change.start is not None
    held = characters(paragraph)
    said = "".join(char for char, _ in held[change.start : change.end])
    if change.start < 0 or said != change.old or change.start > len(held):
        raise DoesNotFit
    if not change.closes and not is_free(paragraph, change.start, change.end):
        raise DoesNotFit
    before, after = _parted(paragraph.inlines, change.start, change.end)
    if change.closes:
        return replace(paragraph, inlines=normal((*before, BracketClose(change.closes), *after)))
    wears = (
        held[min(max(0, change.start - (not change.old)), len(held) - 1)][1] if held else Run("")
    )
    new = replace(wears, text=change.new, changes=())
    return replace(paragraph, inlines=normal((*before, new, *after)))


def _parted(pieces: Sequence[Inline], start: int, end: int) -> tuple[list[Inline], list[Inline]]:
    """What stands before and after a place. Markers at the place itself: those that open stand
    before what is new there, those that close after it, unless words were there between them. They
    keep their order: what opens after one that closes stands after it still."""
    before: list[Inline] = []
    after: list[Inline] = []
    at = 0
    closed = False  # a marker at the place stands after it
    for piece in pieces:
        if not isinstance(piece, Run):
            opens = end > start or (_opens(piece) and not closed)
            stays_before = at < start or (at == start and opens)
            closed = closed or not stays_before
            (before if stays_before else after).append(piece)
            continue
        first, last = max(0, start - at), max(0, end - at)
        before.append(replace(piece, text=piece.text[:first]))
        after.append(replace(piece, text=piece.text[last:]))
        at += len(piece.text)
    return before, after


def _opens(piece: Inline) -> bool:
    return isinstance(piece, BracketOpen)
