"""A paper as one HTML file that needs nothing else: no script, no font, no picture to fetch.

The marks are those of the page: added is underlined, removed is struck, pending is dashed and
signed, brackets are bold; each has a colour as well, none has a colour only. Every provision has
its key as id, so that a link can point at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from drafting.domain.draft import Note, Status
from drafting.domain.paper import BlockKind, Paper
from drafting.render.cleaning import cleaned
from drafting.render.flow import flow
from drafting.render.lines import ABOUT, Line, Piece, Role, Style
from drafting.render.notes import NoteNumbers, askers, siglum, tailed, told
from drafting.render.phrases import (
    ENGLISH,
    STATUS_WORDS,
    Phrases,
    direction,
    document_title,
    header_lines,
    language,
    legend,
    short_code,
)
from drafting.render.wordml import starts_rtl

STYLES = Path(__file__).with_name("paper.css")
_TAGS = {"em": "em", "strong": "strong", "underline": "u", "sup": "sup", "sub": "sub"}
_SETTLED = (Status.AGREED_AD_REF, Status.AGREED, Status.AGREED_HIGHER)


def render_html(paper: Paper, say: Phrases = ENGLISH, *, spoken: bool = False) -> bytes:
    """The bytes of the page, UTF-8."""
    paper = cleaned(paper)
    lang, turn = language(paper.header), direction(paper.header)
    body = "\n".join([*_head(paper, say, spoken), *_Page(paper, say, spoken).article()])
    styles = STYLES.read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{turn}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(document_title(paper))}</title>\n<style>\n{styles}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n<footer><p>{_text(short_code(paper.header))}</p>"
        "</footer>\n</body>\n</html>\n"
    ).encode()


def _text(words: str) -> str:
    return escape(words)


def _head(paper: Paper, say: Phrases, spoken: bool) -> Iterator[str]:
    head = paper.header
    left = [f"<p><strong>{_text(head.conference)}</strong></p>"] if head.conference else []
    left += [f"<p>{_text(head.body)}</p>"] if head.body else []
    right = "<br>".join(map(_text, header_lines(head, say)))
    yield f'<header><div>{"".join(left)}</div><p class="number">{right}</p></header>'
    if head.group:
        yield f'<p class="group">{_text(head.group)}</p>'
    title = legend(paper, say)
    if title:
        yield f'<p class="legend"><strong>{_text(title)}:</strong> {_marks(say, spoken)}</p>'


def _marks(say: Phrases, spoken: bool) -> str:
    bracket = f'<span class="bracket">[ ]</span> {say.bracketed}'
    if spoken:
        return bracket
    parts = [
        f"<ins>{say.added}</ins>",
        f"<del>{say.removed}</del>",
        f'<ins class="pending">{say.pending}</ins>',
        bracket,
    ]
    return " · ".join(parts)


def _said(words: str) -> str:
    return f'<span class="said">[{words}]</span>'


class _Page:
    """Writes the lines of one paper and remembers its notes and the ids it gave."""

    def __init__(self, paper: Paper, say: Phrases, spoken: bool) -> None:
        self._flow = flow(paper, say)
        self._say = say
        self._spoken = spoken
        self._numbers = NoteNumbers(self._flow)
        self._ids: set[str] = set()
        self._told: set[str] = set()
        self._unpaired = frozenset(paper.unpaired)
        self._titled = False

    def article(self) -> Iterator[str]:
        yield "<article>"
        if not self._flow.lines:
            yield f"<p>{self._say.empty}</p>"
        for index, line in enumerate(self._flow.lines):
            if line.join:
                yield f'<p class="join">{_text(line.join)}</p>'
            yield self._line(line, self._flow.loose.get(index, ()))
        yield "</article>"
        yield from self._notes()

    def _line(self, line: Line, loose: tuple[Note, ...]) -> str:
        label, words = self._content(line)
        words += "".join(self._reference(n) for n in self._numbers.loose(loose))
        tag = self._tag(line)
        level = f" level-{min(max(line.level, 1), 4)}" if line.style is Style.ITEM else ""
        hangs = " labelled" if label else ""
        attributes = f' class="{line.style.value}{level}{hangs}"{self._id(line)}'
        if starts_rtl("".join(p.text for p in line.pieces if p.role is Role.WORDS)):
            attributes += ' dir="rtl"'
        shown = f'<span class="label">{label}</span> ' if label else ""
        return f"<{tag}{attributes}>{shown}{words}{self._status(line)}</{tag}>"

    def _tag(self, line: Line) -> str:
        if line.style is Style.TITLE and not self._titled:
            self._titled = True
            return "h1"
        return "h2" if line.style is Style.CALL else "p"

    def _id(self, line: Line) -> str:
        """The provision's key on its first line, the option's on its own first line."""
        for key in (line.block.provision, line.block.option):
            if key and key not in self._ids:
                self._ids.add(key)
                return f' id="{escape("-".join(key.split()))}"'
        return ""

    def _status(self, line: Line) -> str:
        words = STATUS_WORDS[line.status]
        worded = line.block.kind is BlockKind.WORDING
        if not words or not worded or line.block.provision in self._told:
            return ""
        self._told.add(line.block.provision)
        kind = "settled" if line.status in _SETTLED else "unsettled"
        return f' <span class="status {kind}">{words}</span>'

    def _content(self, line: Line) -> tuple[str, str]:
        labels = [index for index, p in enumerate(line.pieces) if p.role is Role.LABEL]
        cut = labels[-1] + 1 if labels else 0
        plain = line.style in ABOUT
        label = "".join(self._piece(piece, plain) for piece in line.pieces[:cut])
        words = "".join(
            self._piece(part, plain)
            for piece in line.pieces[cut:]
            if piece.role is not Role.TAB
            for part in tailed(piece)
        )
        return label, words

    def _piece(self, piece: Piece, plain: bool) -> str:
        references = "".join(self._reference(n) for n in self._numbers.ending(piece))
        words = escape(piece.text).replace("\n", "<br>")
        bracket = piece.role in (Role.OPEN, Role.CLOSE)
        if bracket:
            words = self._bracket(piece)
        for name in sorted(piece.formats):
            words = f"<{_TAGS[name]}>{words}</{_TAGS[name]}>"
        if piece.text and not plain and (piece.pending or not bracket):
            words = self._changed(piece, words)
        return words + references

    def _changed(self, piece: Piece, words: str) -> str:
        say = self._say
        pairs = (
            ("ins", piece.inserted, say.begin_insertion, say.end_insertion),
            ("del", piece.deleted, say.begin_deletion, say.end_deletion),
        )
        for tag, authors, begin, end in pairs:
            if not authors:
                continue
            who = escape(", ".join(authors))
            kind = ' class="pending"' if piece.pending else ""
            if self._spoken:
                words = f"{_said(begin)} {words} {_said(end)}"
            else:
                words = f'<{tag}{kind} title="{who}">{words}</{tag}>'
        if piece.pending:
            signs = " ".join(dict.fromkeys(map(siglum, askers(piece))))
            words += f'<sup class="by">{escape(signs)}</sup>'
        return words

    def _bracket(self, piece: Piece) -> str:
        number = f"<sub>{piece.number}</sub>" if piece.number is not None else ""
        lone = f' title="{self._say.unpaired}"' if piece.mark in self._unpaired else ""
        return f'<span class="bracket"{lone}>{piece.text}{number}</span>'

    def _reference(self, number: int) -> str:
        seen = f"ref-{number}" not in self._ids
        self._ids.add(f"ref-{number}")
        identity = f' id="note-{number}-from"' if seen else ""
        link = f'<a href="#note-{number}"{identity} role="doc-noteref">{number}</a>'
        return f'<sup class="note-number">{link}</sup>'

    def _notes(self) -> Iterator[str]:
        if not self._numbers.met:
            return
        yield f'<section class="notes" role="doc-endnotes"><h2>{self._say.notes}</h2><ol>'
        for number, note in enumerate(self._numbers.met, 1):
            words = escape(told(note, self._say)).replace("\n", "<br>")
            back = f'<a href="#note-{number}-from" role="doc-backlink" aria-label="{number}">↩</a>'
            yield f'<li id="note-{number}">{words} {back}</li>'
        yield "</ol></section>"
