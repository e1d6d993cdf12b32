"""The words a paper says about itself, by the language of the paper.

A paper speaks its own language, whatever the language of the person who downloads it: these words
follow `Header.language`, not the interface, and stay out of gettext for that reason. A language
without a table of its own speaks English and says so with `lang="en"` around the furniture.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from drafting.domain.draft import Header, Status
from drafting.domain.paper import Against, Paper

# Stands where a format demands a date and the paper has none.
UNDATED = date(2000, 1, 1)

# The letter that closes a document's symbol -> (BCP 47, ISO 639-2/T, direction).
LANGUAGES: dict[str, tuple[str, str, str]] = {
    "A": ("ar", "ara", "rtl"),
    "C": ("zh", "zho", "ltr"),
    "E": ("en", "eng", "ltr"),
    "F": ("fr", "fra", "ltr"),
    "R": ("ru", "rus", "ltr"),
    "S": ("es", "spa", "ltr"),
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every fixed phrase of a paper. `{}` marks take names and numbers."""

    revision_to: str = "Revision {number} to"
    months: tuple[str, ...] = (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    )  # fmt: skip
    day: str = "{day} {month} {year}"
    page_of: str = "Page {page} of {pages}"
    compared_with: str = "Changes from {name}"
    added: str = "added"
    removed: str = "removed"
    pending: str = "pending, with the symbol of those who ask for it"
    bracketed: str = "not agreed"
    no_text: str = "No text"
    delete_asked: str = "{who}: delete"
    begin_insertion: str = "begin insertion"
    end_insertion: str = "end insertion"
    begin_deletion: str = "begin deletion"
    end_deletion: str = "end deletion"
    asked_by: str = "Asked for by {names}."
    drafting_note: str = "Drafting note"
    comment: str = "Comment"
    notes: str = "Notes"
    alternative: str = "or"
    together: str = "and"
    empty: str = "This paper has no provisions."
    by: str = "{what} ({who})"
    original: str = "the adopted text"
    unpaired: str = "A bracket whose partner is missing"


ENGLISH = Phrases()

STATUS_WORDS: dict[Status, str] = {
    Status.OPEN: "",
    Status.AGREED_AD_REF: "agreed ad ref",
    Status.AGREED: "agreed",
    Status.AGREED_HIGHER: "agreed higher up",
    Status.REOPENED: "reopened",
    Status.DEFERRED: "deferred",
    Status.LAPSED: "lapsed",
    Status.DELETED: "deleted",
}


def language(header: Header) -> str:
    """The BCP 47 code of the paper's words: "en" for "E", "und" for a letter nobody knows."""
    return LANGUAGES.get(header.language, ("und", "und", "ltr"))[0]


def iso_language(header: Header) -> str:
    """The three-letter code AKN wants: "eng" for "E"."""
    return LANGUAGES.get(header.language, ("und", "und", "ltr"))[1]


def direction(header: Header) -> str:
    """ "rtl" for Arabic, "ltr" for the rest."""
    return LANGUAGES.get(header.language, ("und", "und", "ltr"))[2]


def issued(header: Header, say: Phrases = ENGLISH) -> str:
    """ "12 October 2027", or "" where the paper has no date."""
    return spoken_date(header.date, say) if header.date else ""


def spoken_date(day: date, say: Phrases = ENGLISH) -> str:
    return say.day.format(day=day.day, month=say.months[day.month - 1], year=day.year)


def header_lines(header: Header, say: Phrases = ENGLISH) -> list[str]:
    """The lines at the top right: "Revision 1 to", "Document DL/12-E", the date, "English only"."""
    revision = say.revision_to.format(number=header.revision) if header.revision else ""
    lines = [revision, header.designation, issued(header, say), header.language_note]
    return [line for line in lines if line]


def short_code(header: Header) -> str:
    """ "DL/12(Rev.1)-E": what stands at the foot of every page."""
    revision = f"(Rev.{header.revision})" if header.revision else ""
    return f"{header.symbol}{revision}-{header.language}"


def document_title(paper: Paper) -> str:
    """What a reader's window is called: "DL/12(Rev.1)-E: Resolution 64 ..."."""
    name = paper.title or paper.header.base_name or paper.header.group
    code = short_code(paper.header)
    return f"{code}: {name}" if name else code


def legend(paper: Paper, say: Phrases = ENGLISH) -> str:
    """ "Changes from Resolution 64 (Rev. Castelmar, 2023)", "" on a clean paper."""
    if paper.against is Against.CLEAN:
        return ""
    return say.compared_with.format(name=paper.against_name or say.original)


def phrase_names() -> list[str]:
    """The phrases a new language has to bring."""
    return [item.name for item in fields(Phrases)]
