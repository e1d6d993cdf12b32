"""The lines about a text that a paper prints, and the names it goes by."""

from __future__ import annotations

import re

from drafting.domain.draft import Attribution, Draft, Header, Note, ProvisionKind
from drafting.domain.lifecycle import settled_text
from drafting.domain.text import Text, accepted, plain

_GROUP = re.compile(r"\bad hoc group on \w+ (?P<number>[\w./-]+)", re.IGNORECASE)
_EDITION = re.compile(r"\((?:Rev\.\s*)?(?P<edition>[^()]*,\s*\d{4})\)", re.IGNORECASE)


def attribution_line(attribution: Attribution) -> str:
    """The line as its paper printed it, else "EUR/80A1/14 – Europe - option 1"."""
    if attribution.literal:
        return attribution.literal
    who = " – ".join(part for part in (attribution.code, attribution.name) if part)
    option = f"option {attribution.option}" if attribution.option else ""
    return " - ".join(part for part in (attribution.note, who, option) if part)


def note_line(note: Note) -> str:
    """The words of a drafting note, with whose note it is: "to be checked - VAL/70/2"."""
    return f"{note.text} - {note.by}" if note.by else note.text


# Where the text may be agreed, and where it will stand is not.
UNPLACED = "(placement to be decided)"


def body_name(header: Header) -> str:
    """Who a change belongs to where nobody is named: "AHG 64", else the body, else the paper."""
    found = _GROUP.search(header.group)
    if found:
        return f"AHG {found['number']}"
    return header.body or header.group or header.symbol


def base_name(header: Header) -> str:
    """What a reader calls the base: "Castelmar, 2023"."""
    found = _EDITION.search(header.base_name)
    return found["edition"] if found else header.base_name


def revision_name(header: Header) -> str:
    """What a reader calls an issued draft: "Revision 1"; its designation where it has none."""
    return header.designation if header.revision is None else f"Revision {header.revision}"


def title_of(draft: Draft) -> str:
    """The words of the title that stands, in one line; "" where the draft has none."""
    titles = [p for p in draft.provisions if p.kind is ProvisionKind.TITLE and not p.moved_to]
    lines = [settled_text(p) or accepted(p.options[0].text) for p in titles]
    return " ".join(filter(None, map(_one_line, lines)))


def _one_line(text: Text) -> str:
    return " ".join(plain(text).split())
