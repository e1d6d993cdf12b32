"""Where each note of a paper is told: at the words that point to it, in a line, or on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from drafting.domain.draft import Note
from drafting.domain.paper import BlockKind, Paper, ProvisionState
from drafting.render.cleaning import clean
from drafting.render.lines import Flow, Line, Piece, Role, Style


def with_notes(lines: tuple[Line, ...], paper: Paper) -> Flow:
    """The lines with the notes of their paper, each in its place."""
    notes = _notes(paper)
    anchored = {key for line in lines for piece in line.pieces for key in _pointed(piece)}
    in_lines = _note_lines(lines)
    told = frozenset(
        note.id
        for state in paper.states
        for note in state.notes
        if note.id in anchored and _is_told(state.key, notes[note.id], in_lines)
    )
    return Flow(lines, notes, _loose(lines, notes, paper.states, anchored), told)


def _notes(paper: Paper) -> dict[str, Note]:
    """All notes by id, cleaned, in the order of the paper."""
    every = [*paper.notes, *(note for state in paper.states for note in state.notes)]
    return {
        note.id: replace(note, text=clean(note.text), by=clean(note.by) if note.by else None)
        for note in every
    }


def _loose(
    lines: tuple[Line, ...],
    notes: Mapping[str, Note],
    states: Iterable[ProvisionState],
    anchored: Set[str],
) -> dict[int, tuple[Note, ...]]:
    """Notes that no words point to, told at the first wording of their provision.

    A note that the paper sets as a line of its own is not told twice.
    """
    in_lines = _note_lines(lines)
    of = {state.key: state.notes for state in states}
    found: dict[int, tuple[Note, ...]] = {}
    for key, index in _first_lines(lines).items():
        own = tuple(
            notes[note.id]
            for note in of.get(key, ())
            if note.id not in anchored and not _is_told(key, notes[note.id], in_lines)
        )
        if own:
            found[index] = own
    return found


def _pointed(piece: Piece) -> tuple[str, ...]:
    return (piece.mark,) if piece.role is Role.FOOTNOTE else piece.notes


_NoteLines = dict[str, list[str]]  # provision -> the words of its lines of notes


def _note_lines(lines: tuple[Line, ...]) -> _NoteLines:
    found: _NoteLines = {}
    for line in lines:
        if line.style is Style.NOTE:
            found.setdefault(line.block.provision, []).append(line.pieces[0].text)
    return found


def _is_told(provision: str, note: Note, told: _NoteLines) -> bool:
    """Whether a line of its own tells the note."""
    return any(note.text in words for words in told.get(provision, ()))


def _first_lines(lines: tuple[Line, ...]) -> dict[str, int]:
    """Where each provision begins to be told: its first wording that stays, else its first line."""
    first: dict[str, int] = {}
    for index, line in enumerate(lines):
        known = first.get(line.block.provision)
        if known is None or _standing(line) > _standing(lines[known]):
            first[line.block.provision] = index
    return first


def _standing(line: Line) -> int:
    return (line.block.kind is BlockKind.WORDING) + (
        line.block.kind is BlockKind.WORDING and not line.deleted
    )
