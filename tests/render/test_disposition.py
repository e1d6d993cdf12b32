"""The disposition table as a Word paper and as a workbook."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Emu
from openpyxl import load_workbook

from drafting.domain.disposition import Decided
from drafting.domain.disposition_table import Line, Span, Table
from drafting.domain.dispositions import Outcome
from drafting.domain.draft import Header
from drafting.domain.redline import Op
from drafting.render.disposition import TableForm, TablePaper, filename, render_table
from drafting.render.disposition_docx import COLUMNS
from drafting.render.disposition_words import summary

HEAD = Header(
    series="DL", number="12", revision=2, date=date(2027, 10, 12), conference="Plenary Conference",
    body="Committee 5", group="Ad Hoc Group on Resolution 64",
)  # fmt: skip
CHAIR = Decided("Ana Ruiz", "Chair", datetime(2027, 10, 12, 10, 42, tzinfo=UTC), "by consensus")


def line(number: int = 1, **about: object) -> Line:
    given = Line(
        provision=f"p{number}",
        name=f"resolves {number}",
        code="KES/75/4",
        key=f"c{number}",
        document="Document 75-E",
        delegations=("KES",),
        operation="MOD",
        asked=f"Change resolves {number}",
        words=(Span("to mend the lamps ", Op.KEEP), Span("at once", Op.DEL), Span("soon", Op.INS)),
        outcome=Outcome.AGREED,
        where=f"Agreed as resolves {number}",
        decided=CHAIR,
    )
    return replace(given, **about)  # type: ignore[arg-type]


def paper(*lines: Line) -> TablePaper:
    return TablePaper(HEAD, "Beacons and buoys", Table(lines, 412, CHAIR.at))


def docx(made: TablePaper) -> bytes:
    return render_table(made, TableForm.DOCX)


def xlsx(made: TablePaper) -> bytes:
    return render_table(made, TableForm.XLSX)


FULL = paper(
    line(1),
    line(2, outcome=Outcome.WAITING, where="Not taken up yet", decided=None),
    line(2, code="VAL/70/2", key="c9", operation="SUP", words=(Span("to sing;", Op.DEL),)),
    line(3, words=(Span("to one\nto two", Op.INS),), operation="ADD"),
)


def test_the_same_table_gives_the_same_bytes() -> None:
    for form in TableForm:
        assert render_table(FULL, form) == render_table(FULL, form)


def test_the_file_is_called_as_secretariats_call_theirs() -> None:
    assert filename(HEAD, TableForm.DOCX) == "DL-12-E_Rev2_disposition.docx"
    assert filename(replace(HEAD, revision=None), TableForm.XLSX) == "DL-12-E_disposition.xlsx"


def test_the_summary_counts_changes_proposals_and_outcomes() -> None:
    assert summary(FULL.table) == "4 changes asked for by 2 proposals: 3 agreed, 1 waiting."


def word(data: bytes) -> Any:
    return Document(io.BytesIO(data))


# --- Word ---------------------------------------------------------------------------------------


def test_the_word_paper_says_each_line_in_one_row_of_one_table() -> None:
    document = word(docx(FULL))
    _head, table = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == [name for name, _width in COLUMNS]
    assert [row[0] for row in rows[1:]] == ["resolves 1", "resolves 2", "resolves 2", "resolves 3"]
    assert rows[1] == [
        "resolves 1",
        "KES/75/4, Document 75-E",
        "MOD  Change resolves 1\nto mend the lamps at once soon",
        "Agreed as resolves 1",
        "Ana Ruiz (Chair)\n12 October 2027, 10:42",
        "by consensus",
    ]
    assert all(words for row in rows for words in row), "whoever hears it hears each cell"


def test_what_several_ask_alike_is_one_row_with_all_its_sources() -> None:
    asked = [line(1), line(2), line(1, code="VAL/70/2", key="c7", document="Document 70-E")]
    rows = word(docx(paper(*sorted(asked, key=lambda one: one.name)))).tables[1].rows
    assert [row.cells[1].text for row in rows[1:]] == [
        "KES/75/4\nVAL/70/2",
        "KES/75/4, Document 75-E",
    ]


def test_no_word_is_half_in_bold() -> None:
    folded = paper(line(1, outcome=Outcome.FOLDED, where="Folded into resolves 2"))
    runs = word(docx(folded)).tables[1].rows[1].cells[3].paragraphs[0].runs
    assert [(r.text, bool(r.bold)) for r in runs] == [("Folded into", True), (" resolves 2", False)]


def test_the_head_row_comes_again_on_each_page_and_no_row_breaks() -> None:
    table = word(docx(FULL)).tables[1]
    fixed = [row._tr.trPr for row in table.rows]
    assert [p.find(qn("w:tblHeader")) is not None for p in fixed] == [True, *[False] * 4]
    assert all(p.find(qn("w:cantSplit")) is not None for p in fixed)


def test_who_cannot_see_the_table_is_told_what_it_is() -> None:
    properties = word(docx(FULL)).tables[1]._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "What came of each proposal"
    assert "4 changes" in properties.find(qn("w:tblDescription")).get(qn("w:val"))
    assert properties.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"


def test_the_page_lies_on_its_side_under_a_heading_and_the_head_of_the_issued_papers() -> None:
    document = word(docx(FULL))
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert document.paragraphs[0].style.name == "Heading 1"
    assert "Revision 2 to" in document.tables[0].rows[0].cells[1].text
    widths = sum(width for _name, width in COLUMNS)
    margins = section.left_margin + section.right_margin
    assert widths == Emu(section.page_width - margins).twips


def test_words_are_shown_against_the_adopted_text_and_nothing_is_tracked() -> None:
    data = docx(FULL)
    document = word(data)
    runs = document.tables[1].rows[1].cells[2].paragraphs[1].runs
    assert [(r.text, r.style.name) for r in runs[1:] if r.text.strip()] == [
        ("at once", "Removed"),
        ("soon", "Added"),
    ]
    whole = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    assert b"<w:ins " not in whole
    assert b"<w:del " not in whole
    assert b"trackRevisions" not in zipfile.ZipFile(io.BytesIO(data)).read("word/settings.xml")


@pytest.mark.parametrize("form", list(TableForm))
def test_the_file_keeps_to_the_schema_of_its_format(form: TableForm, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed.")
    path = tmp_path / f"table.{form}"
    path.write_bytes(render_table(FULL, form))
    faults = [str(error) for error in audit.OpenXmlValidator().validate(path).errors]
    habits = ("theme", "inline-string", "fonts")  # openpyxl's; Excel reads them all
    assert [fault for fault in faults if not any(habit in fault for habit in habits)] == []


@pytest.mark.parametrize("form", list(TableForm))
def test_no_character_that_files_forbid_breaks_a_table(form: TableForm) -> None:
    odd = line(
        1, name="resolves\x0b 1", asked="Change\x00 it", decided=replace(CHAIR, by="A\ufffe")
    )
    assert render_table(paper(odd), form)


# --- the workbook -------------------------------------------------------------------------------


def sheet(made: TablePaper, name: str = "Disposition") -> Any:
    return load_workbook(io.BytesIO(xlsx(made)))[name]


def test_the_workbook_has_a_row_a_change_that_can_be_sorted_by_time() -> None:
    found = sheet(FULL)
    rows = [[cell.value for cell in row] for row in found.iter_rows()]
    assert rows[0][:3] == ["Provision", "Key", "Proposal"]
    assert rows[1] == [
        "resolves 1", "p1", "KES/75/4", "Document 75-E", "KES", "MOD", "Change resolves 1",
        "to mend the lamps soon", "Agreed", "Agreed as resolves 1", "Ana Ruiz", "Chair",
        datetime(2027, 10, 12, 10, 42), "by consensus",
    ]  # fmt: skip
    assert rows[3][7] == "to sing;"
    assert len(rows) == 5


def test_the_head_row_stands_has_filters_and_comes_again_in_print() -> None:
    found = sheet(FULL)
    assert found.freeze_panes == "B2"
    assert found.print_title_rows == "$1:$1"
    assert found.tables["Disposition"].ref == "A1:N5"
    assert found.tables["Disposition"].autoFilter.ref == "A1:N5"
    assert all(found.column_dimensions[letter].width > 5 for letter in "ABCDEFGHIJKLMN")


@pytest.mark.parametrize(
    "words",
    ["=1+1", '=HYPERLINK("http://x.example","y")', "+1", "-1+2", "@SUM(A1)", "\t=1", "=cmd|x"],
)
def test_what_looks_like_a_formula_is_text(words: str) -> None:
    odd = line(
        1, name=words, code=words, asked=words, where=words, words=(Span(words, Op.INS),),
        delegations=(words,), document=words, decided=Decided(words, words, None, words),
    )  # fmt: skip
    data = xlsx(paper(odd))
    for name in ("Disposition", "About"):
        for row in load_workbook(io.BytesIO(data))[name].iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}
            assert all(cell.quotePrefix for cell in row if cell.value == words)
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert not any(b"<f>" in parts.read(n) for n in parts.namelist() if n.startswith("xl/work"))


def test_words_longer_than_a_cell_say_that_they_go_on() -> None:
    found = sheet(paper(line(1, words=(Span("word " * 10_000, Op.INS),))))
    assert found["H2"].value.endswith("…")
    assert len(found["H2"].value) == 32_767


def test_a_table_of_nothing_is_a_table() -> None:
    assert sheet(paper())["A1"].value == "Provision"
    assert docx(paper())


def test_the_second_sheet_says_what_it_is_a_table_of() -> None:
    said = [row[0].value for row in sheet(FULL, "About").iter_rows()]
    assert said[:3] == ["What came of each proposal", "Revision 2 to", "Document DL/12-E"]
    assert said[-1] == "The text as after change 412 of 12 October 2027, 10:42."
