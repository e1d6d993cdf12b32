"""A paper as it was read from its file, before anybody asks what it means.

The forms of file (docx, plain text, AKN) end here: whatever reads on knows only these values.
`to_json`/`from_json` carry a paper from the child process that read it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from drafting.domain import sentences


class ChangeKind(StrEnum):
    INS = "ins"
    DEL = "del"
    MOVE_FROM = "move_from"
    MOVE_TO = "move_to"


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked operation around a run or on a paragraph mark. `move` pairs both ends."""

    kind: ChangeKind
    author: str = ""
    date: str = ""  # ISO 8601 as in the file
    move: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedRun:
    """Characters with one set of formats and one stack of changes, outermost first.

    Tabs are "\\t", line breaks inside a paragraph are "\\n", no-break hyphens U+2011.
    `struck`: drawn with a line through, without a tracked change (as `~~ ~~` in plain text).
    """

    text: str
    formats: frozenset[str] = frozenset()
    changes: tuple[Change, ...] = ()
    struck: bool = False
    comments: tuple[str, ...] = ()
    footnote: str | None = None  # the text is then ""

    @property
    def is_new(self) -> bool:
        """Visible when all changes are accepted."""
        return all(c.kind not in (ChangeKind.DEL, ChangeKind.MOVE_FROM) for c in self.changes)

    @property
    def is_old(self) -> bool:
        """Visible when all changes are rejected."""
        return all(c.kind not in (ChangeKind.INS, ChangeKind.MOVE_TO) for c in self.changes)


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    """One paragraph of the file. `mark` are the changes on the paragraph mark itself.

    `label`: from automatic numbering, when the label is not in the text; else None. `old_label`:
    the same when all changes are rejected (a list counts otherwise without its insertions).
    `style`: the style's name. `cell`: (table, row, column) counted from 0, None outside tables.
    `line`: the first line of the file (plain text), counted from 1.
    """

    runs: tuple[ParsedRun, ...]
    mark: tuple[Change, ...] = ()
    label: str | None = None
    style: str = ""
    cell: tuple[int, int, int] | None = None
    line: int | None = None
    old_label: str | None = None

    @property
    def text(self) -> str:
        """Everything that can be seen, inserted and deleted alike."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ParsedPaper:
    """A whole file. `warnings` are sentences for a person (macros that were not run, ...)."""

    form: str  # "docx", "txt", "akn"
    paragraphs: tuple[ParsedParagraph, ...]
    comments: dict[str, tuple[str, str]]  # id -> (author, text)
    footnotes: dict[str, str]  # id -> text
    warnings: tuple[str, ...] = ()
    footnotes_before: dict[str, str] = field(default_factory=dict)  # of those that it rewords


def to_json(paper: ParsedPaper) -> dict[str, Any]:
    data = asdict(paper)
    for paragraph in data["paragraphs"]:
        for run in paragraph["runs"]:
            run["formats"] = sorted(run["formats"])
    data["warnings"] = sentences.pack(data["warnings"])
    return data


def from_json(data: dict[str, Any]) -> ParsedPaper:
    return ParsedPaper(
        form=data["form"],
        paragraphs=tuple(_paragraph(item) for item in data["paragraphs"]),
        comments={key: (author, words) for key, (author, words) in data["comments"].items()},
        footnotes=dict(data["footnotes"]),
        warnings=tuple(sentences.unpack(data["warnings"])),
        footnotes_before=dict(data.get("footnotes_before", {})),  # none in papers read before
    )


def _paragraph(data: dict[str, Any]) -> ParsedParagraph:
    cell = data["cell"]
    return ParsedParagraph(
        runs=tuple(_run(item) for item in data["runs"]),
        mark=tuple(_change(item) for item in data["mark"]),
        label=data["label"],
        style=data["style"],
        cell=None if cell is None else (cell[0], cell[1], cell[2]),
        line=data["line"],
        old_label=data["old_label"],
    )


def _run(data: dict[str, Any]) -> ParsedRun:
    return ParsedRun(
        text=data["text"],
        formats=frozenset(data["formats"]),
        changes=tuple(_change(item) for item in data["changes"]),
        struck=data["struck"],
        comments=tuple(data["comments"]),
        footnote=data["footnote"],
    )


def _change(data: dict[str, Any]) -> Change:
    return Change(ChangeKind(data["kind"]), data["author"], data["date"], data["move"])
