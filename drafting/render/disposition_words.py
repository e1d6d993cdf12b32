"""What a disposition table says about itself, in whatever form it goes out.

Rules:

- Every form says the same of the same lines; none knows where they came from.
- The words of the table's furniture follow the paper, not the interface (`phrases`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from drafting.domain.disposition import Decided
from drafting.domain.disposition_table import OUTCOMES, Line, Span, Table
from drafting.domain.dispositions import Outcome
from drafting.domain.draft import Header
from drafting.render.cleaning import clean, clean_header
from drafting.render.phrases import ENGLISH, Phrases, short_code, spoken_date


class TableForm(StrEnum):
    """A form of file. The value is the suffix of its name."""

    DOCX = "docx"
    XLSX = "xlsx"


MEDIA_TYPES: dict[TableForm, str] = {
    TableForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    TableForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TITLE = "What came of each proposal"
NOBODY = "–"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class TablePaper:
    """A disposition table under the header of its Revision. `title` is the draft's."""

    header: Header
    title: str
    table: Table


def cleaned(paper: TablePaper) -> TablePaper:
    """The paper without characters that no file may hold."""
    lines = tuple(_clean_line(line) for line in paper.table.lines)
    table = replace(paper.table, lines=lines)
    return TablePaper(clean_header(paper.header), clean(paper.title), table)


def _clean_line(line: Line) -> Line:
    who = line.decided
    return replace(
        line,
        name=clean(line.name),
        code=clean(line.code),
        document=clean(line.document),
        asked=clean(line.asked),
        words=tuple(Span(clean(span.text), span.op) for span in line.words),
        where=clean(line.where),
        decided=who and Decided(clean(who.by), clean(who.acting_for), who.at, clean(who.rationale)),
    )


def document_title(paper: TablePaper) -> str:
    """What a reader's window is called."""
    name = paper.title or paper.header.base_name
    return f"{short_code(paper.header)}: {TITLE}{f' ({name})' if name else ''}"


def summary(table: Table) -> str:
    """ "52 changes asked for by 6 proposals: 12 agreed, 20 options, 20 waiting."."""
    changes, proposals = len(table.lines), len({line.code for line in table.lines})
    found = Counter(line.outcome for line in table.lines)
    counts = ", ".join(f"{found[one]} {OUTCOMES[one]}" for one in OUTCOMES if found[one])
    asked = f"{_many(changes, 'change')} asked for by {_many(proposals, 'proposal')}"
    return f"{asked}: {counts}." if counts else f"{asked}."


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def as_of(table: Table, say: Phrases = ENGLISH) -> str:
    """The moment and the event that the table tells of."""
    when = f" of {moment(table.at, say)}" if table.at else ""
    return f"The text as after change {table.seq}{when}."


def moment(at: datetime | None, say: Phrases = ENGLISH) -> str:
    """ "12 October 2027, 10:42", "" where nobody knows."""
    return f"{spoken_date(at.date(), say)}, {at:%H:%M}" if at else ""


def decider(who: Decided | None) -> str:
    """ "Ana Ruiz (Chair)"; the name of the office where it has no person."""
    if who is None:
        return ""
    if not who.by or who.by == who.acting_for:
        return who.acting_for or who.by
    return f"{who.by} ({who.acting_for})" if who.acting_for else who.by


def source(line: Line) -> str:
    """ "KES/75/4, Document 75-E"."""
    return ", ".join(filter(None, (line.code, line.document)))


def outcome_words(outcome: Outcome) -> str:
    words = OUTCOMES[outcome]
    return words[:1].upper() + words[1:]


def filename(header: Header, form: TableForm) -> str:
    """ "DL-12-E_Rev1_disposition.docx"."""
    parts = [f"{header.symbol.replace('/', '-')}-{header.language}"]
    if header.revision:
        parts.append(f"Rev{header.revision}")
    name = _UNSAFE.sub("-", "_".join((*parts, "disposition")))
    return f"{name}.{form.value}"
