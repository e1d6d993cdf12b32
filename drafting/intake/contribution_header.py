"""The header of a Member's paper, and where each of its proposals begins and ends.

Rules:

- A proposal begins with a mark line (`MOD<TAB>VAL/70/2`) and ends with its reasons, or where the
  next one begins. What stands before the first mark line is the header.
- A header names the paper, its date and original language, and who submits it, a line each. The
  date of the paper is a line of its own; the days of the conference are another matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from drafting.domain.codes import MarkLine, find_designation, parse_mark_line
from drafting.intake.instrument import is_reasons
from drafting.intake.shared_steps import Line

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DATE = re.compile(rf"(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})", re.I)
_LANGUAGE = re.compile(r"original\s*:\s*(?P<language>\S.*)", re.I)
_BARE_LANGUAGE = re.compile(
    r"(?P<language>arabic|chinese|english|french|russian|spanish) only", re.I
)
_REASONS = re.compile(r"reasons?\s*:\s*", re.I)


@dataclass(frozen=True, slots=True)
class PaperHeader:
    """`document`: "Addendum 2 to Document 79-E", "" if none is printed."""

    document: str = ""
    submitted_by: str = ""
    original_language: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One proposal of a paper: the file's paragraphs `start` (its mark line) to `stop`, which is
    not of it. `end` is where its text ends and the reasons begin. `mark` is None where the paper
    has no mark line at all."""

    mark: MarkLine | None
    start: int
    end: int
    stop: int
    reasons: str = ""

    @property
    def first(self) -> int:
        """The first paragraph of its text."""
        return self.start + (self.mark is not None)


def read_header(lines: Sequence[Line]) -> PaperHeader:
    """What the lines before the first proposal say of the paper."""
    words = [line.printed.strip() for line in lines]
    designation = find_designation(" ".join(words))
    dates = [match for match in map(_DATE.fullmatch, words) if match]
    languages = [match for match in map(_language, words) if match]
    return PaperHeader(
        document=str(designation) if designation else "",
        submitted_by=_source(lines),
        original_language=languages[0]["language"].strip() if languages else "",
        date=_date(dates[0]) if dates else None,
    )


def _language(words: str) -> re.Match[str] | None:
    return _LANGUAGE.fullmatch(words) or _BARE_LANGUAGE.fullmatch(words)


def _date(match: re.Match[str]) -> date | None:
    month = _MONTHS.index(match[2].casefold()) + 1
    try:
        return date(int(match[3]), month, int(match[1]))
    except ValueError:
        return None


def _source(lines: Sequence[Line]) -> str:
    """The line in the style of a source, else the one after the language."""
    styled = [line.text for line in lines if line.style.casefold() == "source"]
    if styled:
        return styled[0].strip()
    after = [
        following.text for line, following in pairwise(lines) if _language(line.printed.strip())
    ]
    return after[0].strip() if after else ""


def segments(lines: Sequence[Line], paragraphs: int) -> list[Segment]:
    """The proposals of a paper, in order; the whole paper where no mark line is found."""
    marks = [(line.sources[0], parse_mark_line(line.printed)) for line in lines]
    starts = [(index, mark) for index, mark in marks if mark]
    if not starts:
        return [_segment(lines, None, 0, paragraphs)]
    stops = [index for index, _ in starts[1:]] + [paragraphs]
    return [
        _segment(lines, mark, index, stop)
        for (index, mark), stop in zip(starts, stops, strict=True)
    ]


def _segment(lines: Sequence[Line], mark: MarkLine | None, start: int, stop: int) -> Segment:
    inside = [line for line in lines if start <= line.sources[0] < stop]
    begins = next((i for i, line in enumerate(inside) if is_reasons(line)), None)
    if begins is None:
        return Segment(mark, start, stop, stop)
    reasons = " ".join(_reasons(inside[begins:]))
    return Segment(mark, start, inside[begins].sources[0], stop, reasons)


def _reasons(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        words = _REASONS.sub("", line.printed, count=1).strip()
        if words and not re.fullmatch(r"[_\u2013\u2014*-]+", words):
            yield words
