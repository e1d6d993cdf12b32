"""Steps that every reading of a paper takes, whatever the paper is.

Rules:

- A paper is looked at in one view at a time: OLD (all changes rejected) or NEW (all accepted). A
  paragraph whose mark is gone in a view runs on into the next one.
- A line is what a reader sees as one paragraph: its printed label apart, its words, and the file's
  paragraphs they came from. Hard breaks split a line only where a call begins or ends.
- The parts of an instrument stand in one order: number, title, formula, then calls with chapeaux
  and items. What stands before the number, and after the reasons begin, is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from drafting.domain.calls import Call, parse_call
from drafting.domain.codes import parse_mark_line
from drafting.domain.draft import ProvisionKind
from drafting.domain.folding import fold
from drafting.domain.numbering import Line as NumberedLine
from drafting.domain.numbering import place, split_label
from drafting.domain.text import (
    FORMATS,
    BracketClose,
    BracketOpen,
    FootnoteRef,
    Inline,
    Paragraph,
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


def lines(paper: ParsedPaper, view: View) -> list[Line]:
    """The paper as one view shows it; empty paragraphs are left out."""
    out: list[Line] = []
    waiting: list[Piece] = []
    for index, paragraph in enumerate(paper.paragraphs):
        waiting += [Piece(run, index) for run in paragraph.runs if view.shows(run)]
        if view.drops(paragraph.mark) and index + 1 < len(paper.paragraphs):
            continue
        out += _lines_of(paragraph, index, waiting)
        waiting = []
    return out


def _lines_of(paragraph: ParsedParagraph, index: int, pieces: Sequence[Piece]) -> Iterator[Line]:
    sources = tuple(dict.fromkeys(piece.source for piece in pieces if piece.text.strip()))
    whole = Line(sources or (index,), None, tuple(pieces), 0, paragraph.style, paragraph.cell)
    for line in _at_calls(whole):
        found = labelled(line, paragraph.label)
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


# --- The parts of an instrument ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A line with its place in the instrument. `kind` None: furniture. A title broken over several
    lines is one part, its `line` joined; `more` are further paragraphs of the same provision."""

    kind: ProvisionKind | None
    line: Line
    level: int = 0
    call: Call | None = None
    more: tuple[Line, ...] = ()

    @property
    def sources(self) -> tuple[int, ...]:
        return tuple(n for line in (self.line, *self.more) for n in line.sources)


_INSTRUMENT = (
    r"(?:draft\s+)?(?:(?:new|revised|revision\s+(?:of|to))\s+)*"
    r"(?:resolution|decision|recommendation|opinion|declaration)"
)
NUMBER = re.compile(
    rf"{_INSTRUMENT}\s+(?:No\.\s*)?\[?(?P<number>[\w./-]+)\]?(?:\s*\([^()]*\))?", re.I | re.S
)
_LONGEST_NUMBER = 160
_EDITION_LINE = re.compile(r"\((?:rev\.\s*)?[^()]+,\s*[\d\s/]+\)", re.I)
_FORMULA = re.compile(
    r"the\s.*\b(?:conference|assembly|council|congress|forum|summit|union)\b", re.I
)
_RULE = re.compile(r"[_\u2014\u2013*=-]{3,}")
_REASONS = re.compile(r"reasons?\s*:", re.I)
GAP = re.compile(r"[\[(]?\s*(?:\.{3,}|\u2026|(?:\. ){2,}\.)\s*[\])]?")


def is_gap(line: Line) -> bool:
    """Whether the line stands for text that is not shown."""
    return bool(GAP.fullmatch(line.text.strip()))


def is_reasons(line: Line) -> bool:
    return bool(_REASONS.match(line.text))


def number_of(words: str) -> str | None:
    """ "64" of "RESOLUTION 64 (Rev. Castelmar, 2023)"; None if the line numbers no instrument."""
    match = NUMBER.fullmatch(words.strip())
    return match["number"] if match and len(words) <= _LONGEST_NUMBER else None


def parts(seen: Sequence[Line]) -> list[Part]:
    """Every line with its place. Furniture before the number is recognised only where there is a
    number, so that an excerpt may begin with a call or an item."""
    call = next((i for i, line in enumerate(seen) if parse_call(line.printed)), len(seen))
    numbered = [i for i, line in enumerate(seen[: max(call, 1)]) if number_of(line.text)]
    start = numbered[-1] if numbered else None
    body = start if start is not None else 0
    end = next((i for i in range(body, len(seen)) if _ends(seen[i])), len(seen))
    out = [Part(None, line) for line in seen[:body]]
    out += _instrument(seen[body:end], has_number=start is not None)
    return out + [Part(None, line) for line in seen[end:]]


def _ends(line: Line) -> bool:
    return is_reasons(line) or parse_mark_line(line.printed) is not None


def _instrument(seen: Sequence[Line], *, has_number: bool) -> list[Part]:
    call_at = next((i for i, line in enumerate(seen) if parse_call(line.printed)), len(seen))
    head = seen[:call_at] if has_number else []
    return [*_head(head), *_body(seen[len(head) :])]


def _head(seen: Sequence[Line]) -> Iterator[Part]:
    """Number, title and formula; each may be broken over lines."""
    if not seen:
        return
    rest = list(seen)
    number = [rest.pop(0)]
    while rest and _EDITION_LINE.fullmatch(rest[0].text) and "(" not in number[0].text:
        number.append(rest.pop(0))
    yield Part(ProvisionKind.NUMBER, joined(number))
    gaps = next((i for i, line in enumerate(rest) if is_gap(line)), len(rest))
    rest, after = rest[:gaps], rest[gaps:]
    formula = next((i for i, line in enumerate(rest) if _begins_formula(rest[i:], line)), len(rest))
    if rest[:formula]:
        yield Part(ProvisionKind.TITLE, joined(rest[:formula]))
    if rest[formula:]:
        yield Part(ProvisionKind.FORMULA, joined(rest[formula:]))
    yield from _body(after)


def _begins_formula(seen: Sequence[Line], line: Line) -> bool:
    """Whether `line` opens the formula: it names a conference and the whole ends in a comma."""
    return bool(_FORMULA.match(line.text)) and seen[-1].text.rstrip().endswith(",")


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


def _body(seen: Sequence[Line]) -> list[Part]:
    calls = [parse_call(line.printed) if line.label is None else None for line in seen]
    numbered = [
        NumberedLine(line.label, line.text, starts_section=call is not None)
        for line, call in zip(seen, calls, strict=True)
    ]
    placed = place(numbered)
    out: list[Part] = []
    for index, (line, call) in enumerate(zip(seen, calls, strict=True)):
        kind = _kind(line, call, out[-1] if out else None)
        level = placed[index].level if kind is ProvisionKind.ITEM else 0
        out.append(Part(kind, line, level, call))
    return out


def _kind(line: Line, call: Call | None, before: Part | None) -> ProvisionKind | None:
    if call:
        return ProvisionKind.CALL
    if is_gap(line) or _RULE.fullmatch(line.text.strip()):
        return None
    if line.label is None and before and before.call and line.text.rstrip(" ]").endswith(":"):
        return ProvisionKind.CHAPEAU
    return ProvisionKind.ITEM


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


def text_of_part(part: Part) -> Text:
    """The wording of a part, with its label and level."""
    bare = part.kind is not ProvisionKind.ITEM
    labels = [part.line.label, *[None] * len(part.more)]
    return Text(
        tuple(
            Paragraph(
                inlines_of(line.pieces, plain=bare or _all_alike(line.pieces)), label, part.level
            )
            for label, line in zip(labels, (part.line, *part.more), strict=True)
        )
    )


def _all_alike(pieces: Sequence[Piece]) -> bool:
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
    """ "recognizing d)": how people name a place."""
    if label:
        return f"{section} {label}".strip()
    return section or (kind.value if kind else "")
