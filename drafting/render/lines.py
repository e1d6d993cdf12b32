"""What a paper is set from: lines, and pieces of one fate each, whatever the form of file.

Every fate is decided before a renderer sees it: which characters are inserted, which deleted, by
whom, and whether that is a redline (done against the base) or pending (asked for).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from drafting.domain.draft import Note, NoteKind, Status
from drafting.domain.paper import Block


class Role(StrEnum):
    """What a piece is."""

    WORDS = "words"
    LABEL = "label"
    TAB = "tab"  # between a label and its words
    OPEN = "open"  # "["
    CLOSE = "close"  # "]"
    FOOTNOTE = "footnote"  # no characters: `mark` is the note's id


class Style(StrEnum):
    """How a line is set."""

    NUMBER = "number"
    TITLE = "title"
    FORMULA = "formula"
    CALL = "call"
    CHAPEAU = "chapeau"
    ITEM = "item"
    ATTRIBUTION = "attribution"
    HEADING = "heading"
    NO_TEXT = "no_text"
    NOTE = "note"


# Lines about the text, not of it: on a page that shows changes they are not marked as changes.
ABOUT = (Style.ATTRIBUTION, Style.HEADING, Style.NO_TEXT, Style.NOTE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with one fate. `inserted`, `deleted`: who did or asks it; empty = nobody.

    `pending`: it is asked for, not done. `mark`: the id of the bracket or footnote. `number`:
    1, 2, ... of a bracket that is nested or far from its partner, so that the two can be found.
    """

    text: str
    role: Role = Role.WORDS
    inserted: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    pending: bool = False
    formats: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    mark: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph to set. `inserted`, `deleted`: the fate of the whole paragraph.

    `first`: it opens its block. `join`: "or"/"and" before the second and later options of a
    provision whose mode is known.
    """

    style: Style
    level: int
    pieces: tuple[Piece, ...]
    block: Block
    inserted: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    first: bool = True
    status: Status = Status.OPEN
    join: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """The lines of a paper and the notes they point to.

    `loose`: by the index of a line, the notes of its provision that no words point to. `told`:
    notes that words point to and that stand in a line of their own as well.
    """

    lines: tuple[Line, ...]
    notes: dict[str, Note] = field(default_factory=dict)
    loose: dict[int, tuple[Note, ...]] = field(default_factory=dict)
    told: frozenset[str] = frozenset()


def is_footnote(note: Note) -> bool:
    return note.kind is NoteKind.FOOTNOTE
