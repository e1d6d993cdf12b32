"""A paper as PDF: tagged, archivable (PDF/UA-1 and PDF/A-2a), set by Typst.

Rules:

- The words go in as data (JSON), never as markup.
- A character that no face can show is replaced by U+FFFD and reported: a paper that lacks a glyph
  is better than no paper, and nobody is left to find it out by himself.
- The same paper gives the same bytes: the file's date is the paper's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from drafting.domain.draft import Note, Status
from drafting.domain.paper import BlockKind, Paper
from drafting.render.cleaning import cleaned
from drafting.render.flow import flow
from drafting.render.fonts import REPLACEMENT, compiled, faces, missing
from drafting.render.lines import ABOUT, Flow, Line, Piece, Role, Style
from drafting.render.notes import Endings, askers, siglum, tailed, told
from drafting.render.phrases import (
    ENGLISH,
    STATUS_WORDS,
    UNDATED,
    Phrases,
    direction,
    document_title,
    header_lines,
    language,
    legend,
    short_code,
)
from drafting.render.wordml import starts_rtl

TEMPLATE = Path(__file__).with_name("paper.typ")
_SETTLED = (Status.AGREED_AD_REF, Status.AGREED, Status.AGREED_HIGHER)
_LABEL_FITS = 6  # characters in the hanging box; a wider label pushes the words on

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pdf:
    """The file, and the characters it could not show."""

    data: bytes
    replaced: tuple[str, ...] = ()


def render_pdf(paper: Paper, say: Phrases = ENGLISH, *, spoken: bool = False) -> Pdf:
    """The paper as PDF/UA-1 and PDF/A-2a. `spoken`: changes are told in words."""
    paper = cleaned(paper)
    source = json.dumps(_data(paper, say, spoken), ensure_ascii=False)
    source = source.replace("\ufeff", "\u2060")  # the one invisible character PDF/A forbids
    lacking = missing(set(source))
    for character in lacking:
        source = source.replace(character, REPLACEMENT)
    day = paper.header.date or UNDATED
    moment = int(datetime.combine(day, time(), UTC).timestamp())
    data = compiled(TEMPLATE.read_bytes(), {"paper": source}, max(moment, 0))
    return Pdf(data, tuple(sorted(lacking)))


def _data(paper: Paper, say: Phrases, spoken: bool) -> Json:
    """What `paper.typ` is handed."""
    head = paper.header
    day = head.date or UNDATED
    code = short_code(head)
    return {
        "title": document_title(paper),
        "author": head.group or head.body or code,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "lang": language(head),
        "rtl": direction(head) == "rtl",
        "code": code,
        "conference": head.conference,
        "body": head.body,
        "group": head.group,
        "lines": header_lines(head, say),
        "legend": legend(paper, say),
        "spoken": spoken,
        "say": _phrases(say),
        "fonts": {"serif": faces().serif, "sans": faces().sans},
        "flow": list(_lines(flow(paper, say), say)),
    }


def _phrases(say: Phrases) -> dict[str, str]:
    names = (
        "page_of", "added", "removed", "pending", "bracketed", "empty",
        "begin_insertion", "end_insertion", "begin_deletion", "end_deletion",
    )  # fmt: skip
    return {name: getattr(say, name) for name in names}


def _lines(paper: Flow, say: Phrases) -> Iterator[Json]:
    told: set[str] = set()  # provisions whose status is shown already
    pieces = _Pieces(paper, say)
    titled = stacked = False
    for index, line in enumerate(paper.lines):
        made = pieces.line(line, paper.loose.get(index, ()))
        made["stacked"] = stacked and line.style is Style.ATTRIBUTION
        stacked = line.style is Style.ATTRIBUTION
        worded = any(piece["t"].strip() for piece in made["body"])
        made["heading"] = 2 if titled and line.style is not Style.TITLE else 1
        if not worded:
            made["heading"] = 0  # a heading without words is refused
        titled = titled or (worded and line.style is Style.TITLE)
        if line.block.kind is BlockKind.WORDING and line.block.provision not in told:
            told.add(line.block.provision)
            made |= _status(line)
        yield made


def _status(line: Line) -> Json:
    words = STATUS_WORDS[line.status]
    return {"status": words, "settled": line.status in _SETTLED} if words else {}


class _Pieces:
    """Pieces as JSON. It remembers which notes still have words that point to them."""

    def __init__(self, paper: Flow, say: Phrases) -> None:
        self._endings = Endings(paper)
        self._say = say

    def line(self, line: Line, loose: tuple[Note, ...]) -> Json:
        """One line: `label` hangs, `body` runs on."""
        label = [piece for piece in line.pieces if piece.role is Role.LABEL]
        cut = line.pieces.index(label[-1]) + 1 if label else 0
        body = [piece for piece in line.pieces[cut:] if piece.role is not Role.TAB]
        hangs = line.style in (Style.ITEM, Style.CHAPEAU)
        before = [self._piece(piece) for piece in line.pieces[:cut]]
        plain = line.style in ABOUT
        after = [self._piece(part, plain=plain) for piece in body for part in tailed(piece)]
        if before and not hangs:
            before, after = [], [*before, {"t": " "}, *after]
        if loose:
            after.append({"t": "", "notes": [self._told(note) for note in loose]})
        made: Json = {
            "style": line.style.value,
            "level": line.level,
            "label": before,
            "body": after,
            "wide": sum(len(piece.text) for piece in line.pieces[:cut]) > _LABEL_FITS,
        }
        if starts_rtl("".join(piece.text for piece in body)):
            made["rtl"] = True
        if line.join:
            made["join"] = line.join
        return made

    def _piece(self, piece: Piece, *, plain: bool = False) -> Json:
        made: Json = {"t": piece.text}
        if piece.formats:
            made["f"] = sorted(piece.formats)
        if piece.inserted and not plain:
            made["i"] = 1
        if piece.deleted and not plain:
            made["d"] = 1
        if piece.role in (Role.OPEN, Role.CLOSE):
            made["b"] = True
        if piece.number is not None:
            made["n"] = piece.number
        if piece.pending:
            made["p"] = True
            made["s"] = "\u00a0".join(dict.fromkeys(map(siglum, askers(piece))))
        notes = [self._told(note) for note in self._endings.of(piece)]
        return made | ({"notes": notes} if notes else {})

    def _told(self, note: Note) -> str:
        return told(note, self._say)
