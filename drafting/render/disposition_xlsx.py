"""The disposition table as a workbook: to sort, to filter, to take into a report.

Rules:

- What a paper or a person wrote is text, whatever it begins with: no cell holds a formula.
- The first row stands while one scrolls, has a filter, and comes again on each printed page.
- Pure: `openpyxl` writes the time of day into a file, and this takes it out again.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, time

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.table import Table as Ruled
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from drafting.domain.disposition_table import Line
from drafting.domain.furniture import body_name
from drafting.domain.redline import Op
from drafting.render.disposition_words import (
    TITLE,
    TablePaper,
    as_of,
    document_title,
    outcome_words,
    summary,
)
from drafting.render.phrases import UNDATED, header_lines, language

Value = str | datetime
COLUMNS = (
    ("Provision", 20),
    ("Key", 7),
    ("Proposal", 16),
    ("Document", 26),
    ("Delegations", 14),
    ("Asked", 8),
    ("What it asked", 30),
    ("Words asked for", 70),
    ("Outcome", 14),
    ("Where it went", 36),
    ("Decided by", 22),
    ("For", 14),
    ("When", 17),
    ("Rationale", 44),
)
LONGEST = 32_767  # characters in one cell
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def render_xlsx(paper: TablePaper) -> bytes:
    """The bytes of the file, the same for the same table."""
    made = datetime.combine(paper.header.date or UNDATED, time(8), UTC)
    book = Workbook()
    _about(book.create_sheet("About"), paper)
    _lines(book.worksheets[0], paper)
    properties = book.properties
    properties.title, properties.creator = document_title(paper), body_name(paper.header)
    properties.language = language(paper.header)
    properties.created = made.replace(tzinfo=None)
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue(), made)


def _lines(sheet: Worksheet, paper: TablePaper) -> None:
    sheet.title = "Disposition"
    rows = [tuple(name for name, _width in COLUMNS), *map(_values, paper.table.lines)]
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            _put(sheet.cell(number, column), value)
    for column, (_name, width) in enumerate(COLUMNS, 1):
        head = sheet.cell(1, column)
        head.font = Font(name="Calibri", bold=True)
        sheet.column_dimensions[head.column_letter].width = width
    sheet.freeze_panes = "B2"
    _ruled(sheet, len(rows))
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _ruled(sheet: Worksheet, rows: int) -> None:
    """A table that programs and those who hear it know as one, with a filter on each column."""
    last = sheet.cell(max(rows, 2), len(COLUMNS)).coordinate
    ruled = Ruled(name="Disposition", displayName="Disposition", ref=f"A1:{last}")
    ruled.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(ruled)


def _values(line: Line) -> Iterator[Value]:
    who = line.decided
    yield line.name
    yield line.provision
    yield line.code
    yield line.document
    yield ", ".join(line.delegations)
    yield line.operation
    yield line.asked
    yield "".join(span.text for span in line.words if span.op is not Op.DEL or _is_gone(line))
    yield outcome_words(line.outcome)
    yield line.where
    yield who.by if who else ""
    yield who.acting_for if who else ""
    yield who.at.replace(tzinfo=None, microsecond=0) if who and who.at else ""
    yield who.rationale if who else ""


def _is_gone(line: Line) -> bool:
    """Nothing but struck words: they are what shall go."""
    return all(span.op is Op.DEL for span in line.words)


def _about(sheet: Worksheet, paper: TablePaper) -> None:
    head = paper.header
    said = [TITLE, *header_lines(head), head.conference, head.body, head.group, paper.title]
    said += [summary(paper.table), as_of(paper.table)]
    for number, words in enumerate(filter(None, said), 1):
        _put(sheet.cell(number, 1), words)
    sheet.cell(1, 1).font = Font(name="Calibri", bold=True, size=14)
    sheet.column_dimensions["A"].width = 100


def _put(cell: Cell, value: Value) -> None:
    """A text is said to be one, or "=1+1" would be reckoned."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, datetime):
        cell.value, cell.number_format = value, "yyyy-mm-dd hh:mm"
        return
    words = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    cell.value = words or None
    if words:
        cell.data_type = "s"
    if words.startswith(_RISKY):
        cell.quotePrefix = True


def _timeless(data: bytes, made: datetime) -> bytes:
    """The same file without the moment at which it was written."""
    stamp = f"{made:%Y-%m-%dT%H:%M:%SZ}".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, made.timetuple()[:6])
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            words = old.read(name)
            if name == "docProps/core.xml":
                words = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<2>", words)
            new.writestr(member, words, compresslevel=6)
    return out.getvalue()
