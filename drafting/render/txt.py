"""A paper as plain text, UTF-8, one paragraph a line, label, tab, words.

What is compared is told in the words themselves:

    [-deleted-]{+inserted+}             done against the base or Revision
    {+ISL: inserted+} [-NRT: deleted-]  pending, with the symbols of those who ask
    [begin deletion] ... [end deletion] the same, spoken (`spoken=True`)

A clean paper has pending changes only. Labels are not marked unless they changed. Notes stand at
the end and are referred to as (note 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from drafting.domain.draft import Note
from drafting.domain.paper import Paper
from drafting.render.cleaning import cleaned
from drafting.render.flow import flow
from drafting.render.lines import ABOUT, Line, Piece, Role, Style
from drafting.render.notes import NoteNumbers, siglum, tailed, told
from drafting.render.phrases import ENGLISH, Phrases, header_lines, legend

_INDENT = "\t"
_APART = (Style.CALL, Style.TITLE, Style.FORMULA, Style.ATTRIBUTION, Style.HEADING)
_TOGETHER = (Style.ATTRIBUTION, Style.HEADING)


def render_txt(paper: Paper, say: Phrases = ENGLISH, *, spoken: bool = False) -> bytes:
    """The bytes of the text; lines end with a line feed."""
    paper = cleaned(paper)
    lines = [*_head(paper, say), *_body(paper, say, spoken)]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _head(paper: Paper, say: Phrases) -> Iterator[str]:
    head = paper.header
    yield from (line for line in (head.conference, head.body) if line)
    yield from header_lines(head, say)
    if head.group:
        yield from ("", head.group)
    told_ = legend(paper, say)
    if told_:
        yield from ("", told_)
    yield ""


def _body(paper: Paper, say: Phrases, spoken: bool) -> Iterator[str]:
    lines = flow(paper, say)
    if not lines.lines:
        yield say.empty
    numbers = NoteNumbers(lines)
    before = None
    for index, line in enumerate(lines.lines):
        if line.style in _APART and before not in _TOGETHER:
            yield ""
        before = line.style
        if line.join:
            yield f"({line.join})"
        references = numbers.loose(lines.loose.get(index, ()))
        yield _line(line, numbers, say, spoken) + "".join(map(_reference, references))
    if numbers.met:
        yield from ("", say.notes)
        yield from _notes(numbers.met, say)


def _notes(notes: list[Note], say: Phrases) -> Iterator[str]:
    for number, note in enumerate(notes, 1):
        yield f"{number}\t{told(note, say)}".replace("\n", " ")


def _line(line: Line, numbers: NoteNumbers, say: Phrases, spoken: bool) -> str:
    pieces = [part for piece in line.pieces for part in tailed(piece)]
    about = line.style in ABOUT
    words = ""
    for fate, group in groupby(pieces, lambda piece: None if about else _fate(piece)):
        joined = "".join(
            piece.text + "".join(map(_reference, numbers.ending(piece))) for piece in group
        )
        words += _marked(joined, fate, say, spoken) if fate else joined
    return _INDENT * max(line.level - 1, 0) + words.replace("\n", " ")


_Fate = tuple[tuple[str, ...], tuple[str, ...], bool]


def _fate(piece: Piece) -> _Fate | None:
    """Who adds, who removes, and whether it is pending; None for what is not marked."""
    bracket = piece.role in (Role.OPEN, Role.CLOSE) and not piece.pending
    if bracket or piece.role is Role.TAB or not (piece.inserted or piece.deleted):
        return None
    return piece.inserted, piece.deleted, piece.pending


def _marked(words: str, fate: _Fate, say: Phrases, spoken: bool) -> str:
    inserted, deleted, pending = fate
    signs = " ".join(dict.fromkeys(map(siglum, deleted or inserted)))
    who = f"{signs}: " if pending else ""
    if inserted:
        words = _added(words if deleted else who + words, say, spoken)
    return _removed(who + words, say, spoken) if deleted else words


def _added(words: str, say: Phrases, spoken: bool) -> str:
    return f"[{say.begin_insertion}] {words} [{say.end_insertion}]" if spoken else f"{{+{words}+}}"


def _removed(words: str, say: Phrases, spoken: bool) -> str:
    return f"[{say.begin_deletion}] {words} [{say.end_deletion}]" if spoken else f"[-{words}-]"


def _reference(number: int) -> str:
    return f" (note {number})"
