"""What a paper says beside a base, and what it leaves open.

A reading is a pure function of (paper, base, answers): the same file with the same answers gives
the same values, so an answer is applied by reading again. Question keys are stable: they are made
of the kind and the place in the file, never of what other answers did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from drafting.domain.draft import Header, Note, Provision
from drafting.domain.text import Text

Answers = Mapping[str, str]  # question key -> key of the alternative chosen


@dataclass(frozen=True, slots=True)
class Alternative:
    """One answer: `key` is recorded, `label` is read, `means` says what follows from it."""

    key: str
    label: str
    means: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt. `paragraphs` index the file's paragraphs, `provision` is a key of the base.

    `assumed` is the key of the alternative that holds until somebody answers, `because` the
    reason for assuming it. `in_file` and `in_base` are the words concerned, "" where there are
    none. `where` is readable: "recognizing d)". `kind` is one of a small set named in the reader.
    """

    key: str
    kind: str
    paragraphs: tuple[int, ...]
    where: str
    what: str
    in_file: str
    in_base: str
    assumed: str
    because: str
    alternatives: tuple[Alternative, ...]
    provision: str | None = None


class Place(StrEnum):
    """What became of a paragraph of the file: the strip of the import report."""

    FURNITURE = "furniture"  # header, page break, reasons: not part of the text
    MATCHED = "matched"  # found its provision, unchanged
    CHANGED = "changed"
    ADDED = "added"
    ATTRIBUTION = "attribution"
    HEADING = "heading"  # "Option 1"
    NOTE = "note"
    ASKS = "asks"


@dataclass(frozen=True, slots=True)
class PlacedParagraph:
    index: int  # of the paragraph in the file
    place: Place
    provision: str | None = None  # key in the reading (or in the base)
    questions: tuple[str, ...] = ()  # keys


@dataclass(frozen=True, slots=True)
class BaseReading:
    """An adopted text: every provision with its base standing, keys p1, p2, ... and o1, o2, ..."""

    header: Header
    provisions: tuple[Provision, ...]
    strip: tuple[PlacedParagraph, ...]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...] = ()


class Operation(StrEnum):
    """The marks of the conference's guidelines."""

    ADD = "ADD"
    MOD = "MOD"
    EDITORIAL = "(MOD)"
    SUP = "SUP"
    NOC = "NOC"


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """One change of a proposal to one provision.

    `target`: the base provision's key (MOD, SUP, NOC). `after`: for an ADD, the base provision
    or the earlier added change (its `key`) that it follows; None for the very beginning. `text`:
    the proposed wording with label and level, None for SUP and NOC. `moved_from`: for an ADD that
    carries a moved base provision, that provision's key. `notes`: the footnotes that `text` points
    to, under ids that no other change of the contribution has.
    """

    key: str  # "c1", "c2", ... within the contribution
    operation: Operation
    target: str | None
    after: str | None
    text: Text | None
    moved_from: str | None = None
    reasons: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalReading:
    """One coded request in a contribution."""

    code: str
    changes: tuple[ProposedChange, ...]
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class ContributionReading:
    """A Member's paper. `document`: "Addendum 2 to Document 79-E"; `submitted_by` as printed."""

    document: str
    submitted_by: str
    original_language: str
    date: date | None
    proposals: tuple[ProposalReading, ...]
    comments: tuple[tuple[str, str, str | None], ...]  # (author, text, provision key or None)
    strip: tuple[PlacedParagraph, ...]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftReading:
    """A consolidated draft set beside its base: the provisions in their new state and order.

    Base provisions keep the keys they have in the base; new ones continue the count. Option keys
    likewise: the option that stood keeps its key, new ones continue the count.
    """

    header: Header
    provisions: tuple[Provision, ...]
    strip: tuple[PlacedParagraph, ...]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...] = ()
