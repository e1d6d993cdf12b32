"""Steps that every reading of a paper takes, whatever the paper is.

Rules:

- A paper is looked at in one view at a time: OLD (all changes rejected) or NEW (all accepted). A
  paragraph whose mark is gone in a view runs on into the next one.
- A line is what a reader sees as one paragraph: its printed label apart, its words, and the file's
  paragraphs they came from. Hard breaks split a line only where a call begins or ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from drafting.domain.calls import parse_call
from drafting.domain.draft import ProvisionKind
from drafting.domain.folding import fold
from drafting.domain.numbering import split_label
from drafting.domain.text import (
    FORMATS,
    BracketClose,
    BracketOpen,
    FootnoteRef,
    Inline,
    Run,
    Text,
    normal,
)
from drafting.intake.parsed import Change, ChangeKind, ParsedPaper, ParsedParagraph, ParsedRun


class View(StrEnum):
    OLD = "old"
    NEW = "new"

    def shows(self, run: ParsedRun) -> bool:
        return run.is_old if self is View.OLD else run.is_new

    def drops(self, mark: tuple[Change, ...]) -> bool:
        """Whether a paragraph mark with these changes is gone."""
        gone = (
            (ChangeKind.INS, ChangeKind.MOVE_TO)
            if self is View.OLD
            else (ChangeKind.DEL, ChangeKind.MOVE_FROM)
        )
        return any(change.kind in gone for change in mark)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one view, and the file's paragraph it stands in."""

    run: ParsedRun
    source: int

    @property
    def text(self) -> str:
        return self.run.text


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a view. `sources` are the file's paragraphs, never empty; `brackets` count
    the "[" before the label. `text` is stripped and without the label."""

    sources: tuple[int, ...]
    label: str | None
    pieces: tuple[Piece, ...]
    brackets: int = 0
    style: str = ""
    cell: tuple[int, int, int] | None = None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def printed(self) -> str:
        return f"{self.label}\t{self.text}" if self.label else self.text


_STRUCK = Change(ChangeKind.DEL)


def with_struck_deleted(paper: ParsedPaper) -> ParsedPaper:
    """The paper with words that are drawn through taken as deleted: plain text has no other sign.

    A paragraph that is struck whole is gone with its mark.
    """
    if not any(run.struck for paragraph in paper.paragraphs for run in paragraph.runs):
        return paper
    return replace(paper, paragraphs=tuple(map(_struck_deleted, paper.paragraphs)))


def _struck_deleted(paragraph: ParsedParagraph) -> ParsedParagraph:
    runs = tuple(
        replace(run, struck=False, changes=(*run.changes, _STRUCK)) if run.struck else run
        for run in paragraph.runs
    )
    whole = all(run.struck for run in paragraph.runs if run.text.strip())
    mark = (*paragraph.mark, _STRUCK) if whole and paragraph.text.strip() else paragraph.mark
    return replace(paragraph, runs=runs, mark=mark)


def lines(paper: ParsedPaper, view: View) -> list[Line]:
    """The paper as one view shows it; empty paragraphs are left out."""
    out: list[Line] = []
    waiting: list[Piece] = []
    for index, paragraph in enumerate(paper.paragraphs):
        waiting += [Piece(run, index) for run in paragraph.runs if view.shows(run)]
        if view.drops(paragraph.mark) and index + 1 < len(paper.paragraphs):
            continue
        out += _lines_of(paragraph, index, waiting, view)
        waiting = []
    return out


def _lines_of(
    paragraph: ParsedParagraph, index: int, pieces: Sequence[Piece], view: View
) -> Iterator[Line]:
    sources = tuple(dict.fromkeys(piece.source for piece in pieces if piece.text.strip()))
    whole = Line(sources or (index,), None, tuple(pieces), 0, paragraph.style, paragraph.cell)
    automatic = paragraph.label
    if view is View.OLD:
        automatic = paragraph.old_label or automatic
    for number, line in enumerate(_at_calls(whole)):
        found = labelled(line, automatic if number == 0 else None)
        if found.text or any(piece.run.footnote for piece in found.pieces):
            yield found


def labelled(line: Line, automatic: str | None = None) -> Line:
    """The line with its printed label apart; `automatic` is one that is not in the words."""
    if automatic:
        return replace(line, label=automatic.strip(), pieces=_stripped(line.pieces))
    split = split_label(line.text.rstrip())
    if split.label is None:
        return replace(line, pieces=_stripped(line.pieces))
    cut = len(line.text.rstrip()) - len(split.rest)
    rest = _stripped(cut_pieces(line.pieces, cut))
    return replace(line, label=split.label, pieces=rest, brackets=split.brackets)


def _at_calls(line: Line) -> Iterator[Line]:
    """The line split at hard breaks beside a call; other hard breaks become spaces."""
    parts = _broken(line.pieces)
    groups: list[list[tuple[Piece, ...]]] = []
    for part in parts:
        words = "".join(piece.text for piece in part)
        alone = parse_call(words) is not None and len(parts) > 1
        if alone or not groups:
            groups.append([part])
        else:
            groups[-1].append(part)
        if alone:
            groups.append([])
    for group in groups:
        pieces = tuple(piece for part in _spaced(group) for piece in part)
        sources = tuple(dict.fromkeys(piece.source for piece in pieces if piece.text.strip()))
        if pieces:
            yield replace(line, pieces=pieces, sources=sources or line.sources)


def _broken(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        parts[-1].append(replace(piece, run=replace(piece.run, text=first)))
        parts += [[replace(piece, run=replace(piece.run, text=words))] for words in rest]
    return [tuple(part) for part in parts]


def _spaced(parts: Sequence[tuple[Piece, ...]]) -> Iterator[tuple[Piece, ...]]:
    for index, part in enumerate(parts):
        if index and part:
            before = "".join(piece.text for piece in parts[index - 1])
            gap = "" if not before or before.endswith((" ", "\u00a0")) else " "
            first = replace(part[0], run=replace(part[0].run, text=gap + part[0].text))
            yield (first, *part[1:])
        else:
            yield part


def cut_pieces(pieces: Sequence[Piece], start: int) -> tuple[Piece, ...]:
    """The pieces from character `start` on."""
    out: list[Piece] = []
    for piece in pieces:
        kept = piece.text[start:] if start > 0 else piece.text
        start -= len(piece.text)
        if kept or piece.run.footnote:
            out.append(replace(piece, run=replace(piece.run, text=kept)))
    return tuple(out)


def _stripped(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    words = "".join(piece.text for piece in pieces)
    kept = cut_pieces(pieces, len(words) - len(words.lstrip()))
    surplus = len(words) - len(words.rstrip())
    out: list[Piece] = []
    for piece in reversed(kept):
        text = piece.text[: len(piece.text) - surplus] if surplus else piece.text
        surplus = max(0, surplus - len(piece.text))
        if text or piece.run.footnote:
            out.append(replace(piece, run=replace(piece.run, text=text)))
    return tuple(reversed(out))


def joined(several: Sequence[Line]) -> Line:
    """Lines as one, a space between them."""
    first, *others = several
    pieces = list(first.pieces)
    for line in others:
        space = Piece(ParsedRun(" "), line.sources[0])
        pieces += [space, *line.pieces]
    sources = tuple(dict.fromkeys(n for line in several for n in line.sources))
    whole = replace(first, pieces=tuple(pieces), sources=sources)
    if first.label:
        return whole
    return replace(whole, pieces=tuple(_one_space(pieces)))


def _one_space(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Runs of ordinary spaces are layout: a title's words stand one space apart."""
    before = " "
    for piece in pieces:
        words = "".join(
            char
            for last, char in zip(before + piece.text, piece.text, strict=False)
            if not (char == " " and last == " ")
        )
        before = piece.text[-1:] or before
        yield replace(piece, run=replace(piece.run, text=words))


# --- Words ------------------------------------------------------------------------------------


def likeness(one: str, other: str) -> float:
    """How alike two folded paragraphs are, 0.0 to 1.0; a `Scorer` for alignment."""
    return fuzz.ratio(one, other) / 100


def same_words(one: str, other: str, *, terminal: bool = True) -> bool:
    """Whether a reader takes both for the same; `terminal=False` leaves the last comma out."""
    return fold(one, terminal=terminal) == fold(other, terminal=terminal)


def inlines_of(pieces: Iterable[Piece], *, plain: bool = False) -> tuple[Inline, ...]:
    """The pieces as inline text, tracked changes resolved. `plain` drops formats, which in titles
    and calls are the style of the paper and not emphasis."""
    out: list[Inline] = []
    for piece in pieces:
        if piece.run.footnote:
            out.append(FootnoteRef(piece.run.footnote))
            continue
        formats = frozenset() if plain else piece.run.formats & frozenset(FORMATS)
        out.append(Run(piece.text, formats))
    return normal(out)


def all_alike(pieces: Sequence[Piece]) -> bool:
    """Whether every word has the same formats: then they are the paragraph's, not emphasis."""
    kinds = {piece.run.formats for piece in pieces if piece.text.strip()}
    return len(kinds) <= 1


def with_markers(text: Text, prefix: str, *, before_label: int = 0) -> Text:
    """The text with "[" and "]" as markers; pairs share an id, `prefix` keeps ids apart."""
    stack: list[str] = []
    count = 0
    paragraphs = []
    for number, paragraph in enumerate(text.paragraphs):
        out: list[Inline] = []
        for _ in range(before_label if number == 0 else 0):
            count += 1
            stack.append(f"{prefix}b{count}")
            out.append(BracketOpen(stack[-1], before_label=True))
        for piece in paragraph.inlines:
            for part in re.split(r"([\[\]])", piece.text) if isinstance(piece, Run) else [piece]:
                if part == "[":
                    count += 1
                    stack.append(f"{prefix}b{count}")
                    out.append(BracketOpen(stack[-1]))
                elif part == "]":
                    count += not stack
                    out.append(BracketClose(stack.pop() if stack else f"{prefix}b{count}"))
                else:
                    out.append(_like(piece, part))
        paragraphs.append(replace(paragraph, inlines=normal(out)))
    return Text(tuple(paragraphs))


def _like(piece: Inline, part: Any) -> Inline:
    return replace(piece, text=part) if isinstance(piece, Run) else piece


def where(section: str, label: str | None, kind: ProvisionKind | None = None) -> str:
    """How people name a place: recognizing d)."""
    if label:
        return f"{section} {label}".strip()
    return section or (kind.value if kind else "")
