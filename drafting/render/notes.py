"""What hangs on the words of a paper: notes by number, and the symbols of those who ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from drafting.domain.draft import Note, NoteKind
from drafting.render.lines import Flow, Piece, Role
from drafting.render.phrases import Phrases


class Endings:
    """Which notes end with a piece: a note on several runs is told after the last of them.

    Notes that stand in a line of their own are told there.
    """

    def __init__(self, paper: Flow) -> None:
        self._notes = {key: note for key, note in paper.notes.items() if key not in paper.told}
        self._left = Counter(
            key for line in paper.lines for piece in line.pieces for key in piece.notes
        )

    def of(self, piece: Piece) -> list[Note]:
        """Its notes, in order. Ask once for each piece, in reading order."""
        ended = [piece.mark] if piece.role is Role.FOOTNOTE else []
        for key in piece.notes:
            self._left[key] -= 1
            if self._left[key] == 0:
                ended.append(key)
        return [self._notes[key] for key in ended if key in self._notes]


class NoteNumbers:
    """Numbers the notes in the order in which they are met; one note keeps one number."""

    def __init__(self, paper: Flow) -> None:
        self._endings = Endings(paper)
        self._numbers: dict[str, int] = {}
        self.met: list[Note] = []

    def ending(self, piece: Piece) -> list[int]:
        return [self._number(note) for note in self._endings.of(piece)]

    def loose(self, notes: tuple[Note, ...]) -> list[int]:
        return [self._number(note) for note in notes]

    def _number(self, note: Note) -> int:
        if note.id not in self._numbers:
            self.met.append(note)
            self._numbers[note.id] = len(self.met)
        return self._numbers[note.id]


def told(note: Note, say: Phrases) -> str:
    """A note as it is read at the foot of the page: a footnote alone, a remark with its giver."""
    if note.kind is NoteKind.FOOTNOTE:
        return note.text
    what = say.drafting_note if note.kind is NoteKind.DRAFTING else say.comment
    who = say.by.format(what=what, who=note.by) if note.by else what
    return f"{who}: {note.text}"


def askers(piece: Piece) -> tuple[str, ...]:
    """Who asks for what is pending: for the deletion where there is one, else for the insertion."""
    return piece.deleted or piece.inserted


def tailed(piece: Piece) -> tuple[Piece, ...]:
    """The piece without the spaces at its end, and those apart: what is hung on a piece (a note's
    number, a symbol) belongs to its last word.
    """
    words = piece.text.rstrip(" ")
    if words == piece.text or not words or not (piece.pending or piece.notes):
        return (piece,)
    tail = Piece(piece.text[len(words) :], formats=piece.formats)
    return replace(piece, text=words), tail


def siglum(source: str) -> str:
    """The short sign of a source: "ISL" of "ISL/79A2/13", "DAR/QUI" of "DAR/QUI/91/3"."""
    parts = source.split("/")
    names = [part for part in parts if part and not part[0].isdigit()]
    return "/".join(names) or source
