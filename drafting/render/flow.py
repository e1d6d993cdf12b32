"""A paper as one flow of lines and pieces: what all five forms are written from.

Rules:

- Every fate is decided here, once: which characters are inserted, which deleted, by whom, and
  whether that is a redline (done against the base) or pending (asked for).
- A clean paper keeps what is pending and nothing else: what is unsettled never looks settled.
- Labels, brackets and footnote references are pieces among the words, in printed order. A changed
  label is deleted whole and inserted whole; its tab stays where both have one.
- Brackets and lines about the text (attributions, headings, notes) are in the text only; against
  the base they are inserted.
- No character that XML forbids leaves this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from drafting.domain.draft import Header, Mode, Note, NoteKind, ProvisionKind, Status
from drafting.domain.paper import Against, Block, BlockKind, Paper, ProvisionState
from drafting.domain.redline import Op, RedParagraph, RedPiece, RedRun
from drafting.domain.text import BracketClose, BracketOpen, Changes, FootnoteRef, Marker
from drafting.render.phrases import ENGLISH, Phrases

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LETTERED = re.compile(r"\(?([a-z]{1,3})([.)]?)(.*)", re.IGNORECASE | re.DOTALL)
_SUFFIX = re.compile(r"(.*?)(bis|ter|quater|quinquies|sexies|alt)(.*)", re.DOTALL)
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)


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


def clean(words: str) -> str:
    """The words without characters that XML forbids; carriage returns become line feeds."""
    return _FORBIDDEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def cleaned(paper: Paper) -> Paper:
    """The paper with its furniture and names clean; its words are cleaned as they flow."""
    head = paper.header
    return replace(
        paper,
        header=_clean_header(head),
        title=clean(paper.title),
        against_name=clean(paper.against_name),
        blocks=tuple(_named(block, head.symbol) for block in paper.blocks),
    )


def _clean_header(head: Header) -> Header:
    values: dict[str, Any] = {item.name: getattr(head, item.name) for item in fields(head)}
    texts = {name: clean(value) for name, value in values.items() if isinstance(value, str)}
    return Header(**(values | texts))


def _named(block: Block, otherwise: str) -> Block:
    author = clean(block.author).strip() or clean(otherwise)
    return block if author == block.author else replace(block, author=author)


def flow(paper: Paper, say: Phrases = ENGLISH) -> Flow:
    """The whole paper, ready to be written in any form. Wants it `cleaned`."""
    states = {state.key: state for state in paper.states}
    numbers = _bracket_numbers(paper)
    lines = tuple(_lines(paper, states, numbers, say))
    notes = _notes(paper)
    anchored = {key for line in lines for piece in line.pieces for key in _pointed(piece)}
    spoken_for = _note_lines(lines)
    told = frozenset(
        note.id
        for state in paper.states
        for note in state.notes
        if note.id in anchored and _is_told(state.key, notes[note.id], spoken_for)
    )
    return Flow(lines, notes, _loose(lines, notes, states, anchored), told)


def _lines(
    paper: Paper, states: dict[str, ProvisionState], numbers: dict[str, int], say: Phrases
) -> Iterator[Line]:
    seen: dict[str, str | None] = {}
    for block in paper.blocks:
        state = states.get(block.provision)
        join = _join(block, state, seen, say)
        for index, line in enumerate(_block_lines(paper.against, block, numbers, say)):
            first = index == 0
            yield replace(
                line,
                first=first,
                join=join if first else "",
                status=state.status if state else Status.OPEN,
            )


def _join(
    block: Block, state: ProvisionState | None, seen: dict[str, str | None], say: Phrases
) -> str:
    """The word between two options of one provision, once, where the next option begins."""
    previous = seen.get(block.provision, block.option)
    seen[block.provision] = block.option
    if state is None or previous == block.option or previous is None or block.option is None:
        return ""
    return {Mode.EXCLUSIVE: say.alternative, Mode.CUMULATIVE: say.together}.get(state.mode, "")


def _block_lines(
    against: Against, block: Block, numbers: dict[str, int], say: Phrases
) -> Iterator[Line]:
    if block.kind is not BlockKind.WORDING:
        yield _furniture(against, block, say)
        return
    for paragraph in block.paragraphs:
        if against is Against.CLEAN and paragraph.op is Op.DEL:
            continue
        inserted, deleted = _fate(against, paragraph.op, block.author)
        pieces = _pieces(against, block, paragraph, numbers)
        if any(piece.role in (Role.OPEN, Role.CLOSE) for piece in pieces):
            deleted = ()  # brackets outlive the words between them, and so does their line
        style = _style(block.provision_kind)
        yield Line(style, paragraph.level, pieces, block, inserted, deleted)


def _furniture(against: Against, block: Block, say: Phrases) -> Line:
    words = clean(block.line) or (say.no_text if block.kind is BlockKind.NO_TEXT else "")
    op = Op.INS if against is Against.BASE else block.op
    inserted, deleted = _fate(against, op, block.author)
    piece = Piece(words, inserted=inserted, deleted=deleted)
    return Line(Style(block.kind.value), block.level, (piece,), block, inserted, deleted)


def _style(kind: ProvisionKind) -> Style:
    return Style.ITEM if kind is ProvisionKind.OTHER else Style(kind.value)


def _fate(against: Against, op: Op, author: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if against is Against.CLEAN:
        return (), ()
    return ((author,) if op is Op.INS else ()), ((author,) if op is Op.DEL else ())


def _pieces(
    against: Against, block: Block, paragraph: RedParagraph, numbers: dict[str, int]
) -> tuple[Piece, ...]:
    before, after = _split_before_label(paragraph)
    pieces: list[Piece] = [_marker(against, block, paragraph, m, numbers) for m in before]
    pieces += _label(against, block, paragraph)
    for piece in after:
        if isinstance(piece, RedRun):
            pieces += _run(against, block, piece)
        else:
            pieces.append(_marker(against, block, paragraph, piece, numbers))
    return tuple(pieces)


def _split_before_label(paragraph: RedParagraph) -> tuple[list[Marker], list[RedPiece]]:
    labelled = bool(paragraph.label.new or paragraph.label.old)
    before: list[Marker] = []
    after: list[RedPiece] = []
    for piece in paragraph.pieces:
        if labelled and isinstance(piece, BracketOpen) and piece.before_label:
            before.append(piece)
        else:
            after.append(piece)
    return before, after


def _run(against: Against, block: Block, run: RedRun) -> list[Piece]:
    """A run as a piece; nothing if it has no characters or a clean paper leaves it out."""
    words = clean(run.text)
    if not words or (against is Against.CLEAN and run.op is Op.DEL):
        return []
    adding = _asking(run.changes, "insertion")
    striking = _asking(run.changes, "deletion")
    inserted, deleted = _fate(against, run.op, block.author)
    if against is Against.CLEAN and adding:
        inserted = adding
    return [
        Piece(
            words,
            inserted=(adding or inserted) if inserted else (),
            deleted=deleted or striking,
            pending=bool(adding or striking) and run.op is not Op.DEL,
            formats=run.formats,
            notes=run.notes,
        )
    ]


def _asking(changes: Changes, kind: str) -> tuple[str, ...]:
    """Who asks for a change of that kind, each once."""
    who = (clean(change.source) for change in changes if change.kind == kind)
    return tuple(dict.fromkeys(source for source in who if source))


def _marker(
    against: Against,
    block: Block,
    paragraph: RedParagraph,
    marker: Marker,
    numbers: dict[str, int],
) -> Piece:
    adding = _asking(marker.changes, "insertion")
    striking = _asking(marker.changes, "deletion")
    new = against is Against.BASE and not isinstance(marker, FootnoteRef)
    new = new or (paragraph.op is Op.INS and against is not Against.CLEAN)
    inserted = adding or ((block.author,) if new else ())
    role, words = _printed(marker)
    goes = role is Role.FOOTNOTE and paragraph.op is Op.DEL
    return Piece(
        words,
        role,
        inserted=inserted,
        deleted=striking or ((block.author,) if goes else ()),
        pending=bool(adding or striking),
        mark=marker.id,
        number=numbers.get(marker.id) if role is not Role.FOOTNOTE else None,
    )


def _printed(marker: Marker) -> tuple[Role, str]:
    match marker:
        case BracketOpen():
            return Role.OPEN, "["
        case BracketClose():
            return Role.CLOSE, "]"
        case FootnoteRef():
            return Role.FOOTNOTE, ""


def _label(against: Against, block: Block, paragraph: RedParagraph) -> list[Piece]:
    old, new = paragraph.label.old or "", paragraph.label.new or ""
    if against is Against.CLEAN:
        return _label_pieces(new, paragraph.level) + ([_tab()] if new else [])
    if paragraph.op is not Op.KEEP:
        word = new if paragraph.op is Op.INS else old
        inserted, deleted = _fate(against, paragraph.op, block.author)
        pieces = _label_pieces(word, paragraph.level) + ([_tab()] if word else [])
        return [replace(piece, inserted=inserted, deleted=deleted) for piece in pieces]
    if old == new:
        return _label_pieces(new, paragraph.level) + ([_tab()] if new else [])
    by = (block.author,)
    gone = [replace(piece, deleted=by) for piece in _label_pieces(old, paragraph.level)]
    come = [replace(piece, inserted=by) for piece in _label_pieces(new, paragraph.level)]
    return [*gone, *come, _changed_tab(old, new, by)]


def _tab() -> Piece:
    return Piece("\t", Role.TAB)


def _changed_tab(old: str, new: str, by: tuple[str, ...]) -> Piece:
    if old and new:
        return _tab()
    return replace(_tab(), inserted=by) if new else replace(_tab(), deleted=by)


def _label_pieces(label: str, level: int) -> list[Piece]:
    """A label as the field prints it: letters italic, numbers and romans upright, *bis* italic."""
    words = clean(label).replace("\t", " ").replace("\n", " ")
    if not words:
        return []
    if is_lettered(words, level):
        return [Piece(words, Role.LABEL, formats=frozenset({"em"}))]
    suffixed = _SUFFIX.fullmatch(words)
    if not suffixed:
        return [Piece(words, Role.LABEL)]
    stem, latin, rest = suffixed.groups()
    parts = ((stem, False), (latin, True), (rest, False))
    return [
        Piece(text, Role.LABEL, formats=frozenset({"em"} if italic else ()))
        for text, italic in parts
        if text
    ]


def is_lettered(label: str, level: int) -> bool:
    """Whether a label counts in letters: "i)" does among the items, and is a roman below them."""
    found = _LETTERED.fullmatch(label)
    if not found:
        return False
    return level <= 1 or not _ROMAN.fullmatch(found.group(1))


# --- brackets ---------------------------------------------------------------------------------


def _bracket_numbers(paper: Paper) -> dict[str, int]:
    """Numbers for brackets whose partner is hard to find: nested ones and ones that leave their
    paragraph. Counted in the order in which they open.
    """
    opened: list[tuple[str, int]] = []
    hard: dict[str, None] = {}
    for place, marker in _markers(paper):
        if isinstance(marker, BracketOpen):
            if opened and opened[-1][1] == place:
                hard.setdefault(opened[-1][0])
                hard.setdefault(marker.id)
            opened.append((marker.id, place))
        elif any(key == marker.id for key, _ in opened):
            if dict(opened)[marker.id] != place:
                hard.setdefault(marker.id)
            opened = [item for item in opened if item[0] != marker.id]
    lone = set(paper.unpaired)
    order = dict.fromkeys(m.id for _, m in _markers(paper) if isinstance(m, BracketOpen))
    named = [key for key in order if key in hard and key not in lone]
    return {key: number for number, key in enumerate(named, 1)}


def _markers(paper: Paper) -> Iterator[tuple[int, BracketOpen | BracketClose]]:
    """Every bracket marker with the number of its paragraph."""
    paragraphs = (p for block in paper.blocks for p in block.paragraphs)
    for place, paragraph in enumerate(paragraphs):
        for piece in paragraph.pieces:
            if isinstance(piece, BracketOpen | BracketClose):
                yield place, piece


# --- notes ------------------------------------------------------------------------------------


def _notes(paper: Paper) -> dict[str, Note]:
    """All notes by id, cleaned, in the order of the paper."""
    every = [*paper.notes, *(note for state in paper.states for note in state.notes)]
    return {
        note.id: replace(note, text=clean(note.text), by=clean(note.by) if note.by else None)
        for note in every
    }


def _loose(
    lines: tuple[Line, ...],
    notes: dict[str, Note],
    states: dict[str, ProvisionState],
    anchored: set[str],
) -> dict[int, tuple[Note, ...]]:
    """Notes that no words point to, told at the first wording of their provision.

    A note that the paper sets as a line of its own is not told twice.
    """
    told = _note_lines(lines)
    found: dict[int, tuple[Note, ...]] = {}
    for key, index in _first_lines(lines).items():
        state = states.get(key)
        own = tuple(
            notes[note.id]
            for note in (state.notes if state else ())
            if note.id not in anchored and not _is_told(key, notes[note.id], told)
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


def is_footnote(note: Note) -> bool:
    return note.kind is NoteKind.FOOTNOTE
