"""Papers out: one frozen Paper in five forms.

Rules:

- Pure: the same paper gives the same bytes. No clock, no network, no database, no settings; the
  dates inside a file are the date of its header.
- Every form is written from one flow (`flow.py`), so that no two forms can say different things.
- What a form cannot hold is told in words, never dropped in silence.
"""

from __future__ import annotations

import re
from enum import StrEnum

import typst

from drafting.domain.paper import Against, Paper
from drafting.render.akn import render_akn
from drafting.render.docx import render_docx
from drafting.render.html import render_html
from drafting.render.pdf import Pdf, render_pdf
from drafting.render.txt import render_txt

__all__ = ["MEDIA_TYPES", "Form", "NotRendered", "Pdf", "filename", "render", "render_pdf"]


class NotRendered(Exception):
    """The paper could not be set in that form. The message says why."""


class Form(StrEnum):
    """A form of file. The value is the suffix of its name."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    AKN = "akn"
    TXT = "txt"


MEDIA_TYPES: dict[Form, str] = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
    Form.HTML: "text/html; charset=utf-8",
    Form.AKN: "application/akn+xml",
    Form.TXT: "text/plain; charset=utf-8",
}

_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")


def render(paper: Paper, form: Form, *, spoken: bool = False) -> bytes:
    """The bytes of the paper in that form.

    `spoken` says the changes in words ("[begin deletion] ... [end deletion]"), for readers who
    hear the paper: screen readers seldom announce a strike or an underline. It bears on PDF, HTML
    and plain text; the other forms carry their changes as data.
    """
    match form:
        case Form.DOCX:
            return render_docx(paper)
        case Form.PDF:
            return _pdf(paper, spoken)
        case Form.HTML:
            return render_html(paper, spoken=spoken)
        case Form.AKN:
            return render_akn(paper)
        case Form.TXT:
            return render_txt(paper, spoken=spoken)


def filename(paper: Paper, form: Form) -> str:
    """The name of the file, as secretariats name theirs: "DL-12-E_Rev1_against-base.docx"."""
    head = paper.header
    parts = [f"{_safe(head.symbol)}-{_safe(head.language)}"]
    if head.revision:
        parts.append(f"Rev{head.revision}")
    parts.append(_against(paper))
    suffix = "akn.xml" if form is Form.AKN else form.value
    return f"{'_'.join(parts)}.{suffix}"


def _against(paper: Paper) -> str:
    match paper.against:
        case Against.CLEAN:
            return "clean"
        case Against.BASE:
            return "against-base"
        case Against.REVISION:
            name = re.sub(r"\bRevision\s+(\d+)", r"Rev\1", paper.against_name)
            return f"against-{_safe(name) or 'revision'}"


def _safe(words: str) -> str:
    return _UNSAFE.sub("-", words).strip("-.")


def _pdf(paper: Paper, spoken: bool) -> bytes:
    try:
        return render_pdf(paper, spoken=spoken).data
    except typst.TypstError as error:
        raise NotRendered(f"The PDF could not be set: {error}") from error
