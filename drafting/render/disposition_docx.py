"""The disposition table as a Word paper: landscape, under the head of the issued papers.

Rules:

- One table, one head row that comes again on each page; no cell is merged and none is empty, so
  that who hears it always knows in which column they are. No row breaks over a page.
- What several proposals ask alike, and of which the same came, is one row with all their codes. A
  code names its document; that is spelt out where one proposal stands alone.
- The words asked for are shown beside the adopted text: underlined and struck by styles of the
  file, not as tracked changes. Nobody is asked to accept a record.
- A heavier rule stands where another provision begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import groupby

from lxml import etree

from drafting.domain.disposition_table import Line, Table, alike, run_together
from drafting.domain.furniture import body_name
from drafting.domain.redline import Op
from drafting.render import docx_parts as parts
from drafting.render.disposition_words import (
    NOBODY,
    TITLE,
    TablePaper,
    as_of,
    decider,
    document_title,
    moment,
    outcome_words,
    source,
    summary,
)
from drafting.render.opc import Properties, package
from drafting.render.phrases import UNDATED, direction, language
from drafting.render.wordml import el, runs, styled, xml

COLUMNS = (
    ("Provision", 1700),
    ("Source", 2200),
    ("What it asked", 4870),
    ("Where it went", 2200),
    ("By whose decision, and when", 2000),
    ("Rationale", 1600),
)
_STYLES = {Op.INS: "Added", Op.DEL: "Removed", Op.KEEP: ""}


def render_docx(paper: TablePaper) -> bytes:
    """The bytes of the file, the same for the same table."""
    head, width = paper.header, parts.LANDSCAPE_WIDTH
    body = el(
        "body",
        parts.heading(head, width),
        styled("Heading1", TITLE),
        styled("Tablesummary", f"{summary(paper.table)} {as_of(paper.table)}"),
        _table(paper),
        styled("Closing", "_" * 14),
        parts.section(landscape=True),
    )
    members = {
        "styles": parts.styles(head, tables=True),
        "settings": parts.settings(head, tracked=False),
        "fontTable": parts.font_table(),
        "header1": parts.page_header(head),
        "header2": parts.empty_header(),
        "footer1": parts.footer(head, width),
        "footer2": parts.footer(head, width),
        "footnotes": parts.footnotes([]),
    }
    made = datetime.combine(head.date or UNDATED, time(8), UTC)
    properties = Properties(document_title(paper), body_name(head), language(head), made)
    return package(xml(el("document", body)), members, properties)


def _table(paper: TablePaper) -> etree._Element:
    grid = el("tblGrid", *(el("gridCol", w=str(width)) for _name, width in COLUMNS))
    head = [[styled("Tablehead", name)] for name, _width in COLUMNS]
    made = el("tbl", _properties(paper), grid, _row(head, is_head=True))
    made.extend(_rows(paper.table))
    return made


def _properties(paper: TablePaper) -> etree._Element:
    """In the order of the schema; the last two are what who cannot see it is told."""
    sides = ("top", "bottom", "insideH")
    rules = (el(side, val="single", sz="4", space="0", color="808080") for side in sides)
    rtl = [el("bidiVisual")] if direction(paper.header) == "rtl" else []
    look = el("tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0",
              noHBand="1", noVBand="1")  # fmt: skip
    return el(
        "tblPr",
        *rtl,
        el("tblW", w=str(parts.LANDSCAPE_WIDTH), type="dxa"),
        el("tblBorders", *rules),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w="0", type="dxa"), el("right", w="142", type="dxa")),
        look,
        el("tblCaption", val=TITLE),
        el("tblDescription", val=summary(paper.table)),
    )


def _rows(table: Table) -> Iterator[etree._Element]:
    before = None
    for place, lines in groupby(table.lines, lambda line: (line.provision, line.name)):
        for row in alike(lines):
            yield _row(list(_cells(row)), is_new=before != place)
            before = place


def _cells(lines: Sequence[Line]) -> Iterator[list[etree._Element]]:
    """The cells of what is asked alike: its sources, and once what holds for all of them."""
    line = lines[0]
    who = line.decided
    yield [_said(line.name)]
    yield [_said(one.code if lines[1:] else source(one), strong=one.code) for one in lines]
    yield [_asked(line), *_words(line)]
    yield [_went(line)]
    yield [_said(decider(who)), *([_said(moment(who.at))] if who and who.at else [])]
    yield [_said(who.rationale if who else "")]


def _said(words: str, *, strong: str = "") -> etree._Element:
    """A paragraph of a cell, with its first words in bold; a dash where there is nothing to say."""
    rest = words.removeprefix(strong) if strong else words
    paragraph = _paragraph()
    paragraph.extend(runs(strong, frozenset({"strong"})) if strong else ())
    paragraph.extend(runs(rest or ("" if strong else NOBODY)))
    return paragraph


def _went(line: Line) -> etree._Element:
    """The outcome in bold, then where; where the sentence begins with it, it is said once.

    "Folded in" is also the beginning of "Folded into", of which all is bold.
    """
    outcome = outcome_words(line.outcome)
    if line.where.startswith(outcome):
        rest = line.where.removeprefix(outcome)
        return _said(line.where, strong=outcome + rest.partition(" ")[0])
    return _said(f"{outcome}. {line.where}", strong=f"{outcome}.")


def _asked(line: Line) -> etree._Element:
    paragraph = _said(f"{line.operation}  {line.asked}", strong=line.operation)
    if line.words:
        paragraph[0].append(el("keepNext"))
    return paragraph


def _words(line: Line) -> Iterator[etree._Element]:
    if line.words:
        paragraph = _paragraph()
        for before, span in zip((None, *line.words), line.words, strict=False):
            if before and run_together(before, span):
                paragraph.extend(runs(" "))
            paragraph.extend(runs(span.text, style=_STYLES[span.op]))
        yield paragraph


def _paragraph() -> etree._Element:
    return el("p", el("pPr", el("pStyle", val="Tabletext")))


def _row(
    cells: Iterable[list[etree._Element]], *, is_head: bool = False, is_new: bool = False
) -> etree._Element:
    fixed = el("trPr", el("cantSplit"), *([el("tblHeader")] if is_head else []))
    row = el("tr", fixed)
    for (_name, width), paragraphs in zip(COLUMNS, cells, strict=True):
        row.append(_cell(width, paragraphs, is_head=is_head, is_new=is_new))
    return row


def _cell(
    width: int, paragraphs: list[etree._Element], *, is_head: bool, is_new: bool
) -> etree._Element:
    properties = el("tcPr", el("tcW", w=str(width), type="dxa"))
    if is_head or is_new:
        rule = {"val": "single", "sz": "8", "space": "0", "color": "auto"}
        edges = [el("top", **rule), *([el("bottom", **rule)] if is_head else [])]
        properties.append(el("tcBorders", *edges))
    return el("tc", properties, *paragraphs)
