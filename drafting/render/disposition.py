"""The disposition table out: as a Word paper to be read, as a workbook to be sorted."""

from __future__ import annotations

from drafting.render.disposition_docx import render_docx
from drafting.render.disposition_words import (
    MEDIA_TYPES,
    TableForm,
    TablePaper,
    cleaned,
    filename,
)
from drafting.render.disposition_xlsx import render_xlsx

__all__ = ["MEDIA_TYPES", "TableForm", "TablePaper", "filename", "render_table"]


def render_table(paper: TablePaper, form: TableForm) -> bytes:
    """The bytes of the table in that form, the same for the same table."""
    match form:
        case TableForm.DOCX:
            return render_docx(cleaned(paper))
        case TableForm.XLSX:
            return render_xlsx(cleaned(paper))
