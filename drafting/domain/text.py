"""The text of an option, as frozen values.

Rules that hold everywhere:

- A text is one or more paragraphs; a paragraph is a printed label, a level and inline pieces.
- Bracket markers have no width. Two markers with one id are a bracket; either may be missing.
- A pending change is a mark on a run or marker: it says what somebody asks, not what was done.
  Several may lie on the same words.
- `normal` text: neighbouring runs that are alike are one run, and no run is empty. Every
  constructor function here returns normal text, so equal texts compare equal.

The JSON form is a ProseMirror document; `schema.json` beside this file is its schema, shared
with the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any, Literal

FORMATS = ("em", "strong", "sup", "sub", "underline")

Json = dict[str, Any]


class BracketKind(StrEnum):
    """What a pair of square brackets says; it differs from forum to forum."""

    CONTESTED = "contested"
    DELETION = "deletion"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True, order=True)
class PendingChange:
    """A tracked insertion or deletion that `source` (a proposal code or symbol) asks for."""

    kind: Literal["insertion", "deletion"]
    id: str
    source: str


Changes = tuple[PendingChange, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that share their formats, pending changes and notes. `notes` are note ids."""

    text: str
    formats: frozenset[str] = frozenset()
    changes: Changes = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BracketOpen:
    """Prints as "[". `before_label`: it stands before the paragraph's label, as in "[a)"."""

    id: str
    kind: BracketKind = BracketKind.CONTESTED
    before_label: bool = False
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class BracketClose:
    """Prints as "]"."""

    id: str
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """Points to the note of kind footnote with this id."""

    id: str
    changes: Changes = ()


Marker = BracketOpen | BracketClose | FootnoteRef
Inline = Run | Marker


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph. `label` is as printed ("a)", "2", "ii)", "2bis") or None.

    `level`: 0 for calls, titles and whatever stands at the margin, 1 for items, 2 and 3 below.
    """

    inlines: tuple[Inline, ...] = ()
    label: str | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """The wording of an option: at least one paragraph."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def label(self) -> str | None:
        """The printed label of the first paragraph: the option's label."""
        return self.paragraphs[0].label

    @property
    def level(self) -> int:
        return self.paragraphs[0].level


def text_of(words: str, *, label: str | None = None, level: int = 1) -> Text:
    """Plain words as a text; every line feed begins another paragraph (without a label)."""
    first, *rest = words.split("\n")
    return Text(
        (
            Paragraph(normal((Run(first),)), label, level),
            *(Paragraph(normal((Run(line),)), None, level) for line in rest),
        )
    )


def normal(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The same pieces with empty runs dropped and neighbouring alike runs joined."""
    out: list[Inline] = []
    for piece in inlines:
        if isinstance(piece, Run):
            if not piece.text:
                continue
            last = out[-1] if out else None
            if isinstance(last, Run) and _alike(last, piece):
                out[-1] = replace(last, text=last.text + piece.text)
                continue
        out.append(piece)
    return tuple(out)


def _alike(one: Run, other: Run) -> bool:
    return (one.formats, one.changes, one.notes) == (other.formats, other.changes, other.notes)


def inlines(text: Text) -> Iterator[Inline]:
    """Every inline piece, paragraph after paragraph."""
    for paragraph in text.paragraphs:
        yield from paragraph.inlines


def plain(text: Text) -> str:
    """The words alone, without labels, brackets or note references; paragraphs by line feeds.

    Pending insertions and words pending deletion are both in it.
    """
    return "\n".join(
        "".join(piece.text for piece in paragraph.inlines if isinstance(piece, Run))
        for paragraph in text.paragraphs
    )


# Letter by letter, so that places in a line are places in its text.
_HEIGHTS = {
    "sup": str.maketrans(
        "0123456789+-\u2212=()abcdefghijklmnoprstuvwxyz",
        "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207b\u207c\u207d\u207e"
        "\u1d43\u1d47\u1d9c\u1d48\u1d49\u1da0\u1d4d\u02b0\u2071\u02b2\u1d4f\u02e1\u1d50\u207f\u1d52\u1d56"
        "\u02b3\u02e2\u1d57\u1d58\u1d5b\u02b7\u02e3\u02b8\u1dbb",
    ),
    "sub": str.maketrans(
        "0123456789+-\u2212=()aehijklmnoprstuvx",
        "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208b\u208c\u208d\u208e"
        "\u2090\u2091\u2095\u1d62\u2c7c\u2096\u2097\u2098\u2099\u2092\u209a\u1d63\u209b\u209c\u1d64\u1d65\u2093",
    ),
}


def as_seen(run: Run) -> str:
    """The words of a run where nothing but letters can be told: a raised 2 is a "²"."""
    height = next((h for h in _HEIGHTS if h in run.formats), None)
    return run.text.translate(_HEIGHTS[height]) if height else run.text


def printed(text: Text, *, with_label: bool = True) -> str:
    """The words as a reader sees them: with brackets, raised and lowered signs as such, and labels
    followed by a tab."""
    return "\n".join(_printed_paragraph(p, with_label) for p in text.paragraphs)


def _printed_paragraph(paragraph: Paragraph, with_label: bool) -> str:
    before, after = "", ""
    for piece in paragraph.inlines:
        match piece:
            case Run():
                after += as_seen(piece)
            case BracketOpen(before_label=True) if with_label and paragraph.label:
                before += "["
            case BracketOpen():
                after += "["
            case BracketClose():
                after += "]"
            case FootnoteRef():
                pass
    label = f"{paragraph.label}\t" if with_label and paragraph.label else ""
    return before + label + after


def accepted(text: Text) -> Text:
    """The text with every pending change accepted: insertions plain, deleted words gone."""
    return _resolve(text, gone="deletion")


def rejected(text: Text) -> Text:
    """The text with every pending change rejected: as it stands if none is taken up."""
    return _resolve(text, gone="insertion")


def _resolve(text: Text, *, gone: str) -> Text:
    def kept(piece: Inline) -> bool:
        return all(change.kind != gone for change in piece.changes)

    return each_paragraph(
        text, lambda pieces: [replace(piece, changes=()) for piece in pieces if kept(piece)]
    )


def each_paragraph(text: Text, change: Callable[[tuple[Inline, ...]], Iterable[Inline]]) -> Text:
    """The text with `change` applied to the inline pieces of each paragraph."""
    return Text(tuple(replace(p, inlines=normal(change(p.inlines))) for p in text.paragraphs))


def sources(text: Text) -> tuple[str, ...]:
    """The sources of its pending changes, in order of first appearance."""
    found = (change.source for piece in inlines(text) for change in piece.changes)
    return tuple(dict.fromkeys(found))


def with_label(text: Text, label: str | None) -> Text:
    """The same text under another label."""
    first, *rest = text.paragraphs
    return Text((replace(first, label=label), *rest))


# --- JSON -------------------------------------------------------------------------------------


def to_json(text: Text) -> Json:
    """The ProseMirror document (see `schema.json`). `from_json` gives the text back."""
    return {"type": "doc", "content": [_paragraph_json(p) for p in text.paragraphs]}


def _paragraph_json(paragraph: Paragraph) -> Json:
    node: Json = {
        "type": "paragraph",
        "attrs": {"label": paragraph.label, "level": paragraph.level},
    }
    if paragraph.inlines:
        node["content"] = [_inline_json(piece) for piece in paragraph.inlines]
    return node


def _inline_json(piece: Inline) -> Json:
    marks = _marks_json(piece)
    match piece:
        case Run(text=words):
            node: Json = {"type": "text", "text": words}
        case BracketOpen(id=key, kind=kind, before_label=before):
            attrs = {"id": key, "kind": kind.value, "before_label": before}
            node = {"type": "bracket_open", "attrs": attrs}
        case BracketClose(id=key):
            node = {"type": "bracket_close", "attrs": {"id": key}}
        case FootnoteRef(id=key):
            node = {"type": "footnote_ref", "attrs": {"id": key}}
    return {**node, "marks": marks} if marks else node


def _marks_json(piece: Inline) -> list[Json]:
    marks: list[Json] = []
    if isinstance(piece, Run):
        marks += [{"type": name} for name in FORMATS if name in piece.formats]
    marks += [
        {"type": change.kind, "attrs": {"id": change.id, "source": change.source}}
        for change in piece.changes
    ]
    if isinstance(piece, Run):
        marks += [{"type": "note", "attrs": {"id": key}} for key in piece.notes]
    return marks


def from_json(document: Json) -> Text:
    """The text of a document that `to_json` made.

    Raises ValueError, KeyError or TypeError on anything else; a stricter gate for what comes
    from outside is the business of the room that lets it in.
    """
    if document.get("type") != "doc" or not document.get("content"):
        raise ValueError("A text is a doc with at least one paragraph.")
    return Text(tuple(_paragraph_from(node) for node in document["content"]))


def _paragraph_from(node: Json) -> Paragraph:
    attrs = node.get("attrs", {})
    pieces = normal(_inline_from(child) for child in node.get("content", ()))
    return Paragraph(pieces, attrs.get("label"), int(attrs.get("level", 1)))


def _inline_from(node: Json) -> Inline:
    marks = node.get("marks", ())
    changes = tuple(
        PendingChange(mark["type"], mark["attrs"]["id"], mark["attrs"]["source"])
        for mark in marks
        if mark["type"] in ("insertion", "deletion")
    )
    attrs = node.get("attrs", {})
    match node["type"]:
        case "text":
            formats = frozenset(mark["type"] for mark in marks if mark["type"] in FORMATS)
            notes = tuple(mark["attrs"]["id"] for mark in marks if mark["type"] == "note")
            return Run(node["text"], formats, changes, notes)
        case "bracket_open":
            before = bool(attrs.get("before_label", False))
            return BracketOpen(attrs["id"], BracketKind(attrs["kind"]), before, changes)
        case "bracket_close":
            return BracketClose(attrs["id"], changes)
        case "footnote_ref":
            return FootnoteRef(attrs["id"], changes)
        case other:
            raise ValueError(f"Unknown kind of inline node: {other!r}.")


def by_paragraph(words: str) -> list[str]:
    """The paragraphs of a plain text."""
    return words.split("\n")


def runs_by(pieces: Iterable[Inline], key: Callable[[Inline], Any]) -> Iterator[list[Inline]]:
    """Neighbouring pieces with the same `key`, group by group."""
    for _, group in groupby(pieces, key):
        yield list(group)
