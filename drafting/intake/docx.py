"""Reads a Word file, with its tracked changes as they nest.

Rules:

- Every change around a run is kept, outermost first; nothing is accepted or rejected here.
- Of alternative contents the first is read, of a field its result, of a text box its paragraphs,
  after the paragraph it hangs on. Headers and footers are not the text; they are left out.
- What only changes how words look (`rPrChange`, `pPrChange`) changes no words.
- Labels of automatic numbering are counted for the text as it is now and as it was.

The elements are those of ECMA-376, part 1, in either namespace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from drafting.intake.docx_numbering import Counter, Numbering
from drafting.intake.docx_package import Element, Package, child, is_on, name_of, value
from drafting.intake.parsed import Change, ChangeKind, ParsedPaper, ParsedParagraph, ParsedRun
from drafting.intake.unreadable import Unreadable

CHANGES = {
    "ins": ChangeKind.INS,
    "del": ChangeKind.DEL,
    "moveFrom": ChangeKind.MOVE_FROM,
    "moveTo": ChangeKind.MOVE_TO,
}
GONE_NOW = (ChangeKind.DEL, ChangeKind.MOVE_FROM)
NOT_YET = (ChangeKind.INS, ChangeKind.MOVE_TO)
TRANSPARENT = frozenset(
    {"hyperlink", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo", "body"}
)
FIXED = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
DEPTH = 60  # nesting beyond this is an attack, not a text

Changes = tuple[Change, ...]


def read_docx(data: bytes) -> ParsedPaper:
    """The paper in the bytes of a .docx file. Raises Unreadable with a sentence."""
    package = Package(data)
    document = package.document()
    styles = package.related("styles")
    reader = _Reader(Numbering(package.related("numbering"), styles))
    body = child(document, "body")
    if body is None:
        raise Unreadable("This Word file has no text.")
    reader.blocks(body, (), None, 0)
    return ParsedPaper(
        form="docx",
        paragraphs=tuple(reader.paragraphs),
        comments=_comments(package.related("comments")),
        footnotes={
            **_notes(package.related("footnotes"), "footnote", ""),
            **_notes(package.related("endnotes"), "endnote", "e"),
        },
    )


Cell = tuple[int, int, int]


@dataclass(slots=True)
class _Field:
    """A complex field being read: its code is not text, its result is."""

    in_code: bool = True


@dataclass(slots=True)
class _Reader:
    """Walks a body once, in order."""

    numbering: Numbering
    paragraphs: list[ParsedParagraph] = field(default_factory=list)
    _now: Counter = field(init=False)
    _before: Counter = field(init=False)
    _tables: int = 0
    _moves: dict[str, tuple[str, str]] = field(default_factory=dict)
    _comments: dict[str, None] = field(default_factory=dict)
    _fields: list[_Field] = field(default_factory=list)
    _boxes: list[tuple[Element, Changes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._now, self._before = self.numbering.counter(), self.numbering.counter()

    # --- Blocks ---------------------------------------------------------------------------------

    def blocks(self, holder: Element, changes: Changes, cell: Cell | None, depth: int) -> None:
        """The block-level children of `holder`."""
        if depth > DEPTH:
            raise Unreadable("This Word file nests its parts too deeply to be a text.")
        for item in holder:
            match name_of(item):
                case "p":
                    self._paragraph(item, changes, cell, depth)
                case "tbl":
                    self._table(item, changes, depth)
                case "ins" | "del" | "moveFrom" | "moveTo" as kind:
                    self.blocks(item, (*changes, self._change(item, kind)), cell, depth + 1)
                case "mc:AlternateContent":
                    self.blocks(_first(item), changes, cell, depth + 1)
                case name if name in TRANSPARENT:
                    self.blocks(item, changes, cell, depth + 1)
                case name:
                    self._range(item, name)

    def _table(self, table: Element, changes: Changes, depth: int) -> None:
        number = self._tables
        self._tables += 1
        rows = (row for row in _through(table) if name_of(row) == "tr")
        for at, row in enumerate(rows):
            properties = child(row, "trPr")
            own = tuple(self._marks(properties)) if properties is not None else ()
            cells = (item for item in _through(row) if name_of(item) == "tc")
            for column, item in enumerate(cells):
                self.blocks(item, (*changes, *own), (number, at, column), depth + 1)

    def _paragraph(self, element: Element, changes: Changes, cell: Cell | None, depth: int) -> None:
        properties = child(element, "pPr")
        mark = (*changes, *self._marks(child(properties, "rPr")))
        place = self.numbering.place(properties)
        label = old_label = None
        if place is not None:
            gone = any(change.kind in GONE_NOW for change in mark)
            fresh = any(change.kind in NOT_YET for change in mark)
            label = None if gone else self._now.label(place)
            old_label = None if fresh else self._before.label(place)
        runs = tuple(self._runs(element, changes, depth))
        style = self.numbering.style_name(value(child(properties, "pStyle")) or "")
        self.paragraphs.append(
            ParsedParagraph(runs, mark, label or old_label, style, cell, None, old_label)
        )
        boxes, self._boxes = self._boxes, []
        for box, around in boxes:
            self.blocks(box, around, cell, depth + 1)

    def _marks(self, properties: Element | None) -> Iterator[Change]:
        for item in properties if properties is not None else ():
            kind = name_of(item)
            if kind in CHANGES:
                yield self._change(item, kind)

    # --- Runs -----------------------------------------------------------------------------------

    def _runs(self, holder: Element, changes: Changes, depth: int) -> Iterator[ParsedRun]:
        if depth > DEPTH:
            raise Unreadable("This Word file nests its parts too deeply to be a text.")
        for item in holder:
            match name_of(item):
                case "r":
                    yield from self._run(item, changes, depth)
                case "ins" | "del" | "moveFrom" | "moveTo" as kind:
                    yield from self._runs(item, (*changes, self._change(item, kind)), depth + 1)
                case "mc:AlternateContent":
                    yield from self._runs(_first(item), changes, depth + 1)
                case name if name in TRANSPARENT:
                    yield from self._runs(item, changes, depth + 1)
                case name:
                    self._range(item, name)

    def _run(self, run: Element, changes: Changes, depth: int) -> Iterator[ParsedRun]:
        properties = child(run, "rPr")
        if is_on(child(properties, "vanish")):
            return
        formats = _formats(properties)
        struck = is_on(child(properties, "strike")) or is_on(child(properties, "dstrike"))
        comments = tuple(self._comments)
        words = ""
        for item in run:
            note = _note_of(item)
            if note is not None:
                if words:
                    yield ParsedRun(words, formats, changes, struck, comments)
                    words = ""
                yield ParsedRun("", formats, changes, struck, comments, note)
            else:
                words += self._words(item, changes, depth)
        if words:
            yield ParsedRun(words, formats, changes, struck, comments)

    def _words(self, item: Element, changes: Changes, depth: int) -> str:
        """The characters of one child of a run."""
        match name_of(item):
            case "fldChar":
                self._field(value(item, "fldCharType"))
            case "mc:AlternateContent" | "drawing" | "pict" | "object":
                self._keep_boxes(item, changes)
            case "t" | "delText":
                return "" if self._in_code() else item.text or ""
            case "br":
                return "\n" if value(item, "type") in (None, "textWrapping") else ""
            case "sym":
                return _symbol(value(item, "char"))
            case name if not self._in_code():
                return FIXED.get(name, "")
        return ""

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _in_code(self) -> bool:
        return any(entry.in_code for entry in self._fields)

    def _keep_boxes(self, item: Element, changes: Changes) -> None:
        """The text boxes in a drawing: read after the paragraph they hang on."""
        holder = _first(item) if name_of(item) == "mc:AlternateContent" else item
        for found in holder.iter():
            if name_of(found) == "txbxContent" and not _inside_fallback(found, holder):
                self._boxes.append((found, changes))

    # --- Ranges and changes ---------------------------------------------------------------------

    def _range(self, item: Element, name: str) -> None:
        key = value(item, "id") or ""
        match name:
            case "commentRangeStart":
                self._comments[key] = None
            case "commentRangeEnd":
                self._comments.pop(key, None)
            case "moveFromRangeStart" | "moveToRangeStart":
                self._moves[key] = (name.removesuffix("RangeStart"), value(item, "name") or key)
            case "moveFromRangeEnd" | "moveToRangeEnd":
                self._moves.pop(key, None)

    def _change(self, item: Element, kind: str) -> Change:
        names = [name for ends, name in self._moves.values() if ends == kind]
        return Change(
            kind=CHANGES[kind],
            author=value(item, "author") or "",
            date=value(item, "date") or "",
            move=names[-1] if names else None,
        )


def _through(holder: Element) -> Iterator[Element]:
    """The children, and those of wrappers that only hold (content controls, custom XML)."""
    for item in holder:
        if name_of(item) in TRANSPARENT:
            yield from _through(item)
        else:
            yield item


def _first(alternatives: Element) -> Element:
    """The first of alternative contents."""
    chosen = next((item for item in alternatives if name_of(item) == "mc:Choice"), None)
    if chosen is None:
        chosen = next((item for item in alternatives if name_of(item) == "mc:Fallback"), None)
    return alternatives if chosen is None else chosen


def _inside_fallback(element: Element, holder: Element) -> bool:
    for above in element.iterancestors():
        if above is holder:
            return False
        if name_of(above) in ("mc:Fallback", "txbxContent"):
            return True
    return False


def _formats(properties: Element | None) -> frozenset[str]:
    found = set()
    if is_on(child(properties, "b")):
        found.add("strong")
    if is_on(child(properties, "i")):
        found.add("em")
    if is_on(child(properties, "u")):
        found.add("underline")
    raised = value(child(properties, "vertAlign"))
    if raised in ("superscript", "subscript"):
        found.add("sup" if raised == "superscript" else "sub")
    return frozenset(found)


def _note_of(item: Element) -> str | None:
    match name_of(item):
        case "footnoteReference":
            return value(item, "id")
        case "endnoteReference":
            return f"e{value(item, 'id')}"
        case _:
            return None


def _symbol(code: str | None) -> str:
    """A character of a symbol font, where it is also one of Unicode's own."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else ""


def _comments(part: Element | None) -> dict[str, tuple[str, str]]:
    return {
        value(item, "id") or "": (value(item, "author") or "", _plain(item))
        for item in (part if part is not None else ())
        if name_of(item) == "comment"
    }


def _notes(part: Element | None, name: str, prefix: str) -> dict[str, str]:
    """Footnotes by id; Word's own separators (a `type`) are none."""
    return {
        f"{prefix}{value(item, 'id')}": _plain(item).strip()
        for item in (part if part is not None else ())
        if name_of(item) == name and value(item, "type") in (None, "normal")
    }


def _plain(item: Element) -> str:
    paragraphs = (found for found in item.iter() if name_of(found) == "p")
    return "\n".join(_joined(found for found in p.iter()) for p in paragraphs)


def _joined(elements: Iterable[Element]) -> str:
    words = ""
    for item in elements:
        name = name_of(item)
        words += (item.text or "") if name == "t" else FIXED.get(name, "")
    return words
