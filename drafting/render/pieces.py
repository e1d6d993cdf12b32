"""The pieces of a line: words with one fate, and what stands among them.

Rules:

- Labels, brackets and footnote references are pieces among the words, in printed order. A changed
  label is deleted whole and inserted whole; its tab stays where both have one.
- A clean paper keeps what is pending and nothing else: what is unsettled never looks settled.
- Brackets are in the text only; against the base they are inserted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from drafting.domain.labels import is_lettered
from drafting.domain.paper import Against, Block
from drafting.domain.redline import Op, RedParagraph, RedPiece, RedRun
from drafting.domain.text import BracketClose, BracketOpen, Changes, FootnoteRef, Marker
from drafting.render.cleaning import clean
from drafting.render.lines import Piece, Role

_SUFFIX = re.compile(r"(.*?)(bis|ter|quater|quinquies|sexies|alt)(.*)", re.DOTALL)


def fate_of(against: Against, op: Op, author: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who inserted and who deleted what has that fate; on a clean paper nobody did."""
    if against is Against.CLEAN:
        return (), ()
    return ((author,) if op is Op.INS else ()), ((author,) if op is Op.DEL else ())


def pieces_of(
    against: Against, block: Block, paragraph: RedParagraph, numbers: Mapping[str, int]
) -> tuple[Piece, ...]:
    """The label, words and marks of a paragraph in printed order. `numbers`: by bracket id."""
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
    inserted, deleted = fate_of(against, run.op, block.author)
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
    numbers: Mapping[str, int],
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
        inserted, deleted = fate_of(against, paragraph.op, block.author)
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
