"""Footnotes of a proposal on their way into a provision.

Rules:

- A footnote that says what one of the provision says is that one, so that a proposal which quotes
  the adopted text with its footnote points to the adopted footnote.
- Every other one becomes a note of the provision, under a key never given before: papers count
  their footnotes from 1, each for itself.
- A reference to a note that the paper does not have points to nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.domain.consolidation.likeness import said_by
from drafting.domain.draft import Note, NoteKind
from drafting.domain.text import FootnoteRef, Inline, Text, each_paragraph, inlines

Notes = tuple[Note, ...]


def entered(text: Text, notes: Notes, there: Notes, fresh: Iterator[str]) -> tuple[Text, Notes]:
    """The text as a wording of a provision that has the notes `there`, and the notes it brings.

    `notes`: those of its paper that it points to; `fresh` gives keys.
    """
    if not has_footnotes(text):
        return text, ()
    said = {said_by(note): note.id for note in reversed(there) if _is_footnote(note)}
    names: dict[str, str] = {}
    brought: list[Note] = []
    for note in pointed_to(text, notes):
        words = said_by(note)
        if words not in said:
            said[words] = next(fresh)
            brought.append(replace(note, id=said[words]))
        names[note.id] = said[words]
    return with_names(text, names), tuple(brought)


def keys_of(prefix: str, there: Notes) -> Iterator[str]:
    """Keys of notes that begin with the key of an option, which is given once."""
    taken = {note.id for note in there}
    return (key for n in range(1, 10**6) if (key := f"{prefix}.n{n}") not in taken)


def has_footnotes(text: Text) -> bool:
    return any(isinstance(piece, FootnoteRef) for piece in inlines(text))


def pointed_to(text: Text, notes: Notes) -> Notes:
    """The footnotes among `notes` that a text points to, in its order, each once."""
    held = {note.id: note for note in notes if _is_footnote(note)}
    keys = (piece.id for piece in inlines(text) if isinstance(piece, FootnoteRef))
    return tuple(held[key] for key in dict.fromkeys(keys) if key in held)


def _is_footnote(note: Note) -> bool:
    return note.kind is NoteKind.FOOTNOTE


def with_names(text: Text, names: dict[str, str], *, others: bool = False) -> Text:
    """The text with its footnotes under these names; `others`: whether those without stay."""
    if not has_footnotes(text):
        return text

    def of(pieces: tuple[Inline, ...]) -> Iterator[Inline]:
        for piece in pieces:
            if isinstance(piece, FootnoteRef) and piece.id in names:
                yield replace(piece, id=names[piece.id])
            elif others or not isinstance(piece, FootnoteRef):
                yield piece

    return each_paragraph(text, of)
