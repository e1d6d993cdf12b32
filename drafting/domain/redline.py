"""The redline between a base and a text: computed, never stored.

Laws (property-tested): reading only what is KEEP or DEL gives the base; reading only what is KEEP
or INS gives the text with its pending changes accepted, once words pending deletion are left out.
Words and numbers are never cut; a deletion stands before the insertion that replaces it.

A base that itself carries pending changes (an earlier Revision) is read as it stands if none of
them is taken up; so is the text when the two are compared, and its own pending changes are then
laid over. A change of format alone is no change: what is kept wears the text's formats.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeGuard

from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Changes,
    FootnoteRef,
    Inline,
    Marker,
    Paragraph,
    Run,
    Text,
    as_seen,
    normal,
    rejected,
)
from drafting.domain.worddiff import Op, Segments, redline_words

__all__ = [
    "Op",
    "RedLabel",
    "RedParagraph",
    "RedPiece",
    "RedRun",
    "Redline",
    "accepted_text",
    "kept_base",
    "kept_text",
    "redline",
    "redline_words",
    "unchanged",
]


@dataclass(frozen=True, slots=True)
class RedRun:
    """Characters with one fate. `op` is against the base; `changes` are pending on top of it.

    Words pending insertion are always INS; words pending deletion are KEEP or INS and carry the
    deletion in `changes`. `sources`: who asks, from `changes`.
    """

    text: str
    op: Op
    formats: frozenset[str] = frozenset()
    changes: Changes = ()
    notes: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.source for change in self.changes))

    @property
    def pending_deletion(self) -> bool:
        return any(change.kind == "deletion" for change in self.changes)


RedPiece = RedRun | Marker  # markers are in the text only; they have no width and no fate


@dataclass(frozen=True, slots=True)
class RedLabel:
    """The printed label, before and after; equal where it did not change."""

    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class RedParagraph:
    """`op`: the fate of the paragraph itself (its mark): INS and DEL are whole paragraphs."""

    pieces: tuple[RedPiece, ...]
    op: Op = Op.KEEP
    label: RedLabel = RedLabel(None, None)
    level: int = 1


Redline = tuple[RedParagraph, ...]


def redline(base: Text | None, text: Text | None) -> Redline:
    """The changes from `base` to `text`. No base: everything is INS; no text: everything is DEL."""
    old = rejected(base).paragraphs if base else ()
    new = text.paragraphs if text else ()
    return tuple(
        _compared(
            old[i] if i is not None else None,
            new[j] if j is not None else None,
        )
        for i, j in _paired(old, new)
    )


def unchanged(text: Text) -> Redline:
    """The text as a redline in which everything is KEEP but what is pending (a clean paper).

    Words pending insertion stay INS: what is unsettled never looks settled.
    """
    return redline(text, text)


# --- readings ---------------------------------------------------------------------------------


def kept_base(paragraphs: Iterable[RedParagraph]) -> list[str]:
    """The words of each paragraph of the base: what is KEEP or DEL."""
    return [_words(p, Op.INS) for p in paragraphs if p.op is not Op.INS]


def kept_text(paragraphs: Iterable[RedParagraph]) -> list[str]:
    """The words of each paragraph of the text with its pending changes accepted."""
    return [_words(p, Op.DEL) for p in paragraphs if p.op is not Op.DEL]


def _words(paragraph: RedParagraph, without: Op) -> str:
    return "".join(
        piece.text
        for piece in paragraph.pieces
        if isinstance(piece, RedRun)
        and piece.op is not without
        and not (without is Op.DEL and piece.pending_deletion)
    )


def accepted_text(paragraphs: Iterable[RedParagraph]) -> Text | None:
    """The text that accepting all changes leaves, with formats, notes and markers."""
    left = tuple(
        Paragraph(normal(_accepted_pieces(p.pieces)), p.label.new, p.level)
        for p in paragraphs
        if p.op is not Op.DEL
    )
    return Text(left) if left else None


def _accepted_pieces(pieces: Iterable[RedPiece]) -> Iterator[Inline]:
    for piece in pieces:
        if any(change.kind == "deletion" for change in piece.changes):
            continue
        if not isinstance(piece, RedRun):
            yield replace(piece, changes=())
        elif piece.op is not Op.DEL:
            yield Run(piece.text, piece.formats, (), piece.notes)


# --- one paragraph ----------------------------------------------------------------------------


def _compared(old: Paragraph | None, new: Paragraph | None) -> RedParagraph:
    label = RedLabel(old.label if old else None, new.label if new else None)
    if new is None:
        assert old is not None
        pieces = _laid_over(((Op.DEL, _standing(old)),), old.inlines, ())
        return RedParagraph(pieces, Op.DEL, label, old.level)
    if old is None:
        pieces = _laid_over(((Op.INS, _standing(new)),), (), new.inlines)
        return RedParagraph(pieces, Op.INS, label, new.level)
    segments = redline_words(_standing(old), _standing(new))
    return RedParagraph(_laid_over(segments, old.inlines, new.inlines), Op.KEEP, label, new.level)


def _standing(paragraph: Paragraph) -> str:
    """The words that are there if no pending change is taken up, each in its place; what is raised
    or lowered is told by its sign, so that a change of it shows."""
    return "".join(as_seen(piece) for piece in paragraph.inlines if _stands(piece))


def _stands(piece: Inline) -> TypeGuard[Run]:
    if not isinstance(piece, Run):
        return False
    return not piece.changes or all(change.kind != "insertion" for change in piece.changes)


def _laid_over(
    segments: Segments, old: Iterable[Inline], new: Iterable[Inline]
) -> tuple[RedPiece, ...]:
    """The segments cut at the runs of both sides, with the text's markers and pending changes."""
    before, after = _Front(old), _Front(new)
    out: list[RedPiece] = []
    for op, words in segments:
        if op is Op.DEL:
            out += after.closing()
            out += _deleted(before.take(len(words), op))
            continue
        out += after.take(len(words), op)
        if op is Op.KEEP:
            before.take(len(words), op)
    out += after.rest()
    return tuple(_alike_joined(out))


class _Front:
    """Inline pieces from which characters are taken off the front."""

    def __init__(self, pieces: Iterable[Inline]) -> None:
        self._left = deque(pieces)

    def closing(self) -> list[RedPiece]:
        """The markers at the front that belong to what stands before them."""
        out: list[RedPiece] = []
        while self._left and isinstance(piece := self._left[0], Marker) and _closes(piece):
            out.append(piece)
            self._left.popleft()
        return out

    def take(self, size: int, op: Op) -> list[RedPiece]:
        """The next `size` standing characters, and all without a place of its own before them."""
        out: list[RedPiece] = []
        while size:
            piece = self._left.popleft()
            if not _stands(piece):
                out.append(_marked(piece, op))
                continue
            if len(piece.text) > size:
                self._left.appendleft(_part(piece, piece.text[size:]))
                piece = _part(piece, piece.text[:size])
            size -= len(piece.text)
            out.append(_marked(piece, op))
        return out

    def rest(self) -> list[RedPiece]:
        return [_marked(piece, Op.KEEP) for piece in self._left]


def _part(run: Run, words: str) -> Run:
    return Run(words, run.formats, run.changes, run.notes)


def _closes(marker: Marker) -> bool:
    if isinstance(marker, BracketOpen):
        return marker.before_label
    return isinstance(marker, BracketClose | FootnoteRef)


def _marked(piece: Inline, op: Op) -> RedPiece:
    if not isinstance(piece, Run):
        return piece
    fate = op if _stands(piece) else Op.INS
    return RedRun(piece.text, fate, piece.formats, piece.changes, piece.notes)


def _deleted(pieces: Iterable[RedPiece]) -> Iterator[RedRun]:
    """Struck words keep their look; markers and notes of the base are not the text's."""
    for piece in pieces:
        if isinstance(piece, RedRun):
            yield RedRun(piece.text, Op.DEL, piece.formats)


def _alike_joined(pieces: Iterable[RedPiece]) -> Iterator[RedPiece]:
    """The pieces with empty runs dropped and neighbouring alike runs joined."""
    held: RedRun | None = None
    for piece in pieces:
        if isinstance(piece, RedRun) and (not piece.text or (held and _alike(held, piece))):
            held = replace(held, text=held.text + piece.text) if held and piece.text else held
            continue
        if held:
            yield held
        held = piece if isinstance(piece, RedRun) else None
        if held is None:
            yield piece
    if held:
        yield held


def _alike(one: RedRun, other: RedRun) -> bool:
    return (one.op, one.formats, one.changes, one.notes) == (
        other.op,
        other.formats,
        other.changes,
        other.notes,
    )


# --- paragraphs -------------------------------------------------------------------------------

Pair = tuple[int | None, int | None]  # a paragraph of the base, a paragraph of the text

_ALIKE = 0.35  # below this share of common words two paragraphs are two
_MANY = 2_500  # pairs of paragraphs above which each is not weighed against each


def _paired(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Pair]:
    """Which paragraph became which, in order; where both stand alone they are one."""
    if len(old) == len(new) == 1:
        yield 0, 0
        return
    ours, theirs = [_standing(p) for p in old], [_standing(p) for p in new]
    at_old = at_new = 0
    for i, j, size in SequenceMatcher(None, ours, theirs).get_matching_blocks():
        yield from _between(old, new, range(at_old, i), range(at_new, j))
        yield from zip(range(i, i + size), range(j, j + size), strict=True)
        at_old, at_new = i + size, j + size


def _between(
    old: Sequence[Paragraph], new: Sequence[Paragraph], ours: range, theirs: range
) -> Iterator[Pair]:
    if len(ours) * len(theirs) > _MANY:
        pairs: list[tuple[int, int]] = list(zip(ours, theirs, strict=False))
    else:
        pairs = _best(old, new, ours, theirs)
    at_old, at_new = ours.start, theirs.start
    for i, j in [*pairs, (ours.stop, theirs.stop)]:
        yield from ((k, None) for k in range(at_old, i))
        yield from ((None, k) for k in range(at_new, j))
        if i < ours.stop and j < theirs.stop:
            yield i, j
        at_old, at_new = i + 1, j + 1


def _best(
    old: Sequence[Paragraph], new: Sequence[Paragraph], ours: range, theirs: range
) -> list[tuple[int, int]]:
    """The pairs, ascending on both sides, with the greatest likeness in all."""
    bags = [_bag(old[i]) for i in ours], [_bag(new[j]) for j in theirs]
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(theirs) + 1)]
    for row, i in enumerate(ours):
        line: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for column, j in enumerate(theirs):
            choice = max(best[row][column + 1], line[column], key=lambda scored: scored[0])
            likeness = _likeness(bags[0][row], bags[1][column], old[i].label, new[j].label)
            score, pairs = best[row][column]
            if likeness >= _ALIKE and score + likeness > choice[0]:
                choice = (score + likeness, [*pairs, (i, j)])
            line.append(choice)
        best.append(line)
    return best[-1][-1][1]


def _bag(paragraph: Paragraph) -> Counter[str]:
    return Counter(_standing(paragraph).split())


def _likeness(one: Counter[str], other: Counter[str], label: str | None, new: str | None) -> float:
    """The share of common words, 0 to 1; like labels weigh a tenth more."""
    total = one.total() + other.total()
    share = 2 * (one & other).total() / total if total else 1.0
    return share + (0.1 if share and label == new is not None else 0.0)
