"""The furniture of a paper: body, designation, Revision, date, language, group.

Rules:

- Furniture is what stands before the first provision. Its lines are told by their form: the group
  names itself, the originating body is a line of capitals and figures, or the first other line.
- What the paper does not say is taken from the draft it belongs to.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from drafting.domain.codes import find_designation, parse_designation
from drafting.domain.draft import Header

_MONTHS = [name.casefold() for name in month_name]
_DATE = re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[A-Za-z]+) (?P<year>\d{4})")
_LANGUAGE = re.compile(r"(?:Original\s*:\s*\w+|\w+ only)", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:ad[ -]hoc|drafting|working|contact|informal)\b.*\bgroup\b", re.IGNORECASE
)
_DESIGNATED = re.compile(
    r"(?:(?:Revision|Addendum|Corrigendum) \d+ to|Document [A-Z0-9/() .-]+)", re.IGNORECASE
)

_BODY = re.compile(r"[A-Z]{2,}[A-Z0-9 ./-]*")  # COM 5 AHG 64
_CONFERENCE = re.compile(r"\b(?:conference|assembly|congress|council)\b.*\b\d{4}\b", re.IGNORECASE)


def read_header(lines: Sequence[str], base: Header) -> Header:
    """The header that the furniture lines give, on the ground of the draft's own."""
    clean = [" ".join(line.split()) for line in lines if line.strip()]
    header = _designated(base, clean)
    when = next((found for line in clean if (found := _date(line))), None)
    language = next((line for line in clean if _LANGUAGE.fullmatch(line)), None)
    group = next((line for line in clean if _GROUP.search(line)), None)
    others = [line for line in clean if _is_plain(line) and line != group]
    body = next((line for line in others if _BODY.fullmatch(line)), None)
    conference = next((line for line in others if _CONFERENCE.search(line)), None)
    return replace(
        header,
        conference=header.conference or conference or "",
        date=when or header.date,
        language_note=language or header.language_note,
        group=group or header.group,
        body=body or next(iter(others), None) or header.body,
    )


def _designated(base: Header, lines: Iterable[str]) -> Header:
    whole = " ".join(lines)
    found = parse_designation(whole) or find_designation(whole)
    if found is None:
        return base
    return replace(
        base,
        series=found.series or "",
        number=found.number,
        language=found.language,
        revision=found.revision,
    )


def _date(line: str) -> date | None:
    found = _DATE.fullmatch(line)
    if not found or found["month"].casefold() not in _MONTHS:
        return None
    month = _MONTHS.index(found["month"].casefold())
    day = int(found["day"])
    try:
        return date(int(found["year"]), month, day)
    except ValueError:
        return None


def _is_plain(line: str) -> bool:
    """Whether the line has none of the forms above."""
    forms = (_DATE, _LANGUAGE, _DESIGNATED)
    return not any(form.fullmatch(line) for form in forms) and any(map(str.isalpha, line))
