"""The words of one paragraph with their fates: what every later step of the reading works on.

Rules:

- A fate is what the file claims, not what is believed. Tracked changes claim much (these words
  were the base's, these are new); a mere line through words claims little (STRUCK); plain words
  of a file without tracked changes claim nothing at all.
- Slicing, joining and cleaning keep every character's fate. Nothing is dropped here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from drafting.intake.parsed import Change, ChangeKind, ParsedRun


class Fate(StrEnum):
    """What the file says about a stretch of words."""

    PLAIN = "plain"
    INSERTED = "inserted"
    DELETED = "deleted"
    WITHDRAWN = "withdrawn"  # inserted by one and struck again by another
    STRUCK = "struck"  # a line through it, and nothing tracked


GONE = (Fate.DELETED, Fate.WITHDRAWN, Fate.STRUCK)
NEVER_BASE = (Fate.INSERTED, Fate.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with one fate. `author` made the innermost tracked change.

    `sources`: proposal codes that ask for the insertion or deletion (pending). `notes`: ids of
    notes that hang on the words. `move` pairs both ends of a tracked move.
    """

    text: str
    fate: Fate = Fate.PLAIN
    formats: frozenset[str] = frozenset()
    author: str = ""
    move: str | None = None
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    footnote: str | None = None
    bracket: tuple[str, str, str] | None = None  # ("open" or "close", id, kind); the text is ""

    @property
    def is_atom(self) -> bool:
        """Whether it is a thing without width: a bracket marker or a footnote's sign."""
        return self.footnote is not None or self.bracket is not None

    @property
    def look(self) -> tuple[object, ...]:
        """Everything but the characters."""
        return (
            self.fate,
            self.formats,
            self.author,
            self.move,
            self.sources,
            self.notes,
            self.footnote,
            self.bracket,
        )

    @property
    def is_new(self) -> bool:
        """Visible if every change is accepted."""
        return self.fate not in GONE

    @property
    def is_old(self) -> bool:
        """May have been the base's."""
        return self.fate not in NEVER_BASE


@dataclass(frozen=True, slots=True)
class Words:
    """Pieces in reading order."""

    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def new(self) -> str:
        """The words if every change is accepted and every strike meant."""
        return "".join(piece.text for piece in self.pieces if piece.is_new)

    @property
    def old(self) -> str:
        """The words that may have been the base's."""
        return "".join(piece.text for piece in self.pieces if piece.is_old)

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __add__(self, other: Words) -> Words:
        return words_of((*self.pieces, *other.pieces))

    def cut(self, start: int, end: int | None = None) -> Words:
        """The characters from `start` to `end`."""
        return words_of(_cut(self.pieces, start, len(self.text) if end is None else end))

    def strip(self) -> Words:
        text = self.text
        start = len(text) - len(text.lstrip())
        return self.cut(start, max(start, len(text.rstrip())))

    def only(self, keep: Callable[[Piece], bool]) -> Words:
        return words_of(piece for piece in self.pieces if keep(piece))

    def each(self, change: Callable[[Piece], Piece]) -> Words:
        return words_of(change(piece) for piece in self.pieces)

    @property
    def fates(self) -> frozenset[Fate]:
        """The fates of everything that is more than space and brackets."""
        return frozenset(p.fate for p in self.pieces if p.text.strip(" \t\n\u00a0[]"))

    @property
    def authors(self) -> frozenset[str]:
        """Who made its tracked changes, but for those that an attribution names."""
        tracked = (p for p in self.pieces if p.fate not in (Fate.PLAIN, Fate.STRUCK))
        return frozenset(p.author for p in tracked if p.text.strip() and not p.sources)


NO_WORDS = Words()


def words_of(pieces: Iterable[Piece]) -> Words:
    """Words without empty pieces, alike neighbours joined."""
    out: list[Piece] = []
    texts: list[str] = []  # of the last piece, not yet joined
    for piece in pieces:
        if not piece.text and not piece.is_atom:
            continue
        if out and not out[-1].is_atom and out[-1].look == piece.look:
            texts.append(piece.text)
            continue
        if len(texts) > 1:
            out[-1] = replace(out[-1], text="".join(texts))
        out.append(piece)
        texts = [piece.text]
    if len(texts) > 1:
        out[-1] = replace(out[-1], text="".join(texts))
    return Words(tuple(out))


def _cut(pieces: tuple[Piece, ...], start: int, end: int) -> Iterator[Piece]:
    place = 0
    total = sum(len(piece.text) for piece in pieces)
    for piece in pieces:
        begin, stop = max(start - place, 0), min(end - place, len(piece.text))
        if begin < stop:
            yield replace(piece, text=piece.text[begin:stop])
        elif piece.is_atom and (start <= place < end or place == end == total):
            yield piece
        place += len(piece.text)


def parsed_words(runs: Iterable[ParsedRun]) -> Words:
    """The runs of a parsed paragraph as pieces."""
    return words_of(_piece(run) for run in runs)


_IN = (ChangeKind.INS, ChangeKind.MOVE_TO)


def _piece(run: ParsedRun) -> Piece:
    fate = _fate(run.changes, run.struck)
    last = run.changes[-1] if run.changes else None
    first = run.changes[0] if run.changes else None
    author = (first if fate is Fate.WITHDRAWN else last) or Change(ChangeKind.INS)
    move = next((change.move for change in run.changes if change.move), None)
    return Piece(run.text, fate, run.formats, author.author, move, footnote=run.footnote)


def _fate(changes: tuple[Change, ...], struck: bool) -> Fate:
    put_in = any(change.kind in _IN for change in changes)
    taken_out = any(change.kind not in _IN for change in changes)
    if put_in and (taken_out or struck):
        return Fate.WITHDRAWN
    if put_in:
        return Fate.INSERTED
    if taken_out:
        return Fate.DELETED
    return Fate.STRUCK if struck else Fate.PLAIN
