"""Walks the text of a Word file once, in order, and gathers its paragraphs.

One table says what each element does; an element that is not in it says nothing, and neither do
those inside it. What is around an element (changes, comments, cell) is state while it is walked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from drafting.domain.sentences import gettext_noop as _
from drafting.intake.docx_alternatives import chosen, is_shadowed
from drafting.intake.docx_numbering import Counter, Numbering
from drafting.intake.docx_package import Element, child, name_of, value
from drafting.intake.docx_styles import Styles, looked
from drafting.intake.docx_symbols import symbol
from drafting.intake.docx_unsaid import PICTURE, PROMPT, entry, holds_picture, is_prompt
from drafting.intake.parsed import Change, ChangeKind, ParsedParagraph, ParsedRun
from drafting.intake.unreadable import Unreadable

DEPTH = 120  # nesting beyond this is an attack, not a text
TOO_DEEP = _("This Word file nests its parts too deeply to be a text.")

CHANGES = {
    "ins": ChangeKind.INS,
    "del": ChangeKind.DEL,
    "moveFrom": ChangeKind.MOVE_FROM,
    "moveTo": ChangeKind.MOVE_TO,
    "cellIns": ChangeKind.INS,
    "cellDel": ChangeKind.DEL,
}
GONE_NOW = (ChangeKind.DEL, ChangeKind.MOVE_FROM)
NOT_YET = (ChangeKind.INS, ChangeKind.MOVE_TO)
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
NO_LOOKS: frozenset[str] = frozenset()

HIDDEN = _("The file holds hidden text; it was left out.")
ELSEWHERE = _("The file takes in other documents; their text was left out.")
NO_CHARACTER = _("The file holds signs of a picture font; they stand as �.")
OTHER_NUMBERS = _("A list of the file counts in a way not known here; its labels stand as 1, 2, 3.")

Changes = tuple[Change, ...]
Cell = tuple[int, int, int]
Around = tuple[frozenset[str], Changes, tuple[str, ...]]  # looks, changes, comments


@dataclass(slots=True)
class Story:
    """The paragraphs of one part. `hides_codes`: the codes of fields are not text."""

    styles: Styles
    numbering: Numbering
    hides_codes: bool = True
    paragraphs: list[ParsedParagraph] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)
    in_code: bool = False
    _changes: Changes = ()
    _comments: tuple[str, ...] = ()
    _anchored: set[str] = field(default_factory=set)
    _cell: Cell | None = None
    _tables: int = 0
    _moves: dict[str, tuple[str, str]] = field(default_factory=dict)
    _fields: list[bool] = field(default_factory=list)  # whether in its code, one a field
    _boxes: list[tuple[Element, Changes]] = field(default_factory=list)
    _runs: list[ParsedRun] = field(default_factory=list)
    _looks: frozenset[str] = NO_LOOKS
    _words: list[str] = field(default_factory=list)
    _around: Around = (NO_LOOKS, (), ())  # what the waiting words have in common
    _depth: int = 0
    _now: Counter = field(init=False)
    _before: Counter = field(init=False)

    def __post_init__(self) -> None:
        self._now, self._before = self.numbering.counter(), self.numbering.counter()

    def walk(self, holder: Element) -> None:
        """Everything inside `holder`. Raises Unreadable where it nests without end."""
        self._depth += 1
        if self._depth > DEPTH:
            raise Unreadable(TOO_DEEP)
        for item in holder:
            act = ACTS.get(name_of(item))
            if act is not None:
                act(self, item)
        self._depth -= 1

    # --- Blocks ---------------------------------------------------------------------------------

    def paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        mark = (*self._changes, *self._marks(child(properties, "rPr")))
        label, old_label = self._labels(properties, mark)
        style = value(child(properties, "pStyle")) or ""
        runs: list[ParsedRun] = []
        boxes: list[tuple[Element, Changes]] = []
        outer = (self._runs, self._boxes)
        self._runs, self._boxes = runs, boxes
        self.walk(element)
        self._close_run()
        self._runs, self._boxes = outer
        self.paragraphs.append(
            ParsedParagraph(
                tuple(runs), mark, label, self.styles.name(style), self._cell, None, old_label
            )
        )
        for box, around in boxes:
            self._within(box, around)

    def _labels(self, properties: Element | None, mark: Changes) -> tuple[str | None, str | None]:
        """The label as it is now (or was last), and as it was."""
        place, old = self.numbering.places(properties)
        if any(self.numbering.is_unknown(one) for one in (place, old) if one):
            self.warnings[OTHER_NUMBERS] = None
        gone = any(change.kind in GONE_NOW for change in mark)
        fresh = any(change.kind in NOT_YET for change in mark)
        old_label = self._before.label(old) if old and not fresh else None
        if gone:
            return old_label, old_label
        return (self._now.label(place) if place else None), old_label

    def table(self, element: Element) -> None:
        outer = self._cell
        self._cell = (self._tables, -1, -1)
        self._tables += 1
        self.walk(element)
        self._cell = outer

    def row(self, element: Element) -> None:
        table, at, _ = self._cell or (0, -1, -1)
        self._cell = (table, at + 1, -1)
        self._within(element, (*self._changes, *self._marks(child(element, "trPr"))))

    def cell(self, element: Element) -> None:
        table, at, column = self._cell or (0, 0, -1)
        self._cell = (table, at, column + 1)
        self._within(element, (*self._changes, *self._marks(child(element, "tcPr"))))

    def control(self, element: Element) -> None:
        """A content control; what it prompts for is nobody's text."""
        if is_prompt(element):
            self.warnings[PROMPT] = None
        else:
            self.walk(element)

    def elsewhere(self, _element: Element) -> None:
        self.warnings[ELSEWHERE] = None

    # --- Changes --------------------------------------------------------------------------------

    def change(self, element: Element) -> None:
        self._within(element, (*self._changes, self._change(element)))

    def _within(self, element: Element, changes: Changes) -> None:
        outer, self._changes = self._changes, changes
        self.walk(element)
        self._changes = outer

    def _marks(self, properties: Element | None) -> list[Change]:
        items = properties if properties is not None else ()
        return [self._change(item) for item in items if name_of(item) in CHANGES]

    def _change(self, element: Element) -> Change:
        kind = name_of(element)
        names = [name for ends, name in self._moves.values() if ends == kind]
        return Change(
            kind=CHANGES[kind],
            author=value(element, "author") or "",
            date=value(element, "date") or "",
            move=names[-1] if names else None,
        )

    def move_start(self, element: Element) -> None:
        kind = name_of(element).removesuffix("RangeStart")
        key = value(element, "id") or ""
        self._moves[f"{kind}{key}"] = (kind, value(element, "name") or key)

    def move_end(self, element: Element) -> None:
        kind = name_of(element).removesuffix("RangeEnd")
        self._moves.pop(f"{kind}{value(element, 'id') or ''}", None)

    # --- Runs -----------------------------------------------------------------------------------

    def run(self, element: Element) -> None:
        outer, self._looks = self._looks, NO_LOOKS
        first = element[0] if len(element) else None
        if first is not None and name_of(first) == "rPr":
            style = value(child(first, "rStyle"))
            self._looks = looked(first, self.styles.looks(style) if style else NO_LOOKS)
        self.walk(element)
        self._looks = outer

    def text(self, element: Element) -> None:
        words = element.text or ""
        if words != words.strip() and element.get(PRESERVE) != "preserve":
            words = words.strip(" \t\r\n")
        self._say(words.replace("\n", " "))

    def _say(self, words: str) -> None:
        """Words with all that is around them now; runs that are alike become one."""
        if not words or (self.in_code and self.hides_codes):
            return
        if "hidden" in self._looks:
            self.warnings[HIDDEN] = None
            return
        around = (self._looks, self._changes, self._comments)
        if around != self._around:
            self._close_run()
            self._around = around
        self._words.append(words)

    def _close_run(self) -> None:
        if self._words:
            looks, changes, comments = self._around
            self._runs.append(_run("".join(self._words), looks, changes, comments))
            self._anchored.update(comments)
            self._words = []

    def symbol(self, element: Element) -> None:
        character = symbol(value(element, "font") or "", value(element, "char") or "")
        if character == "\ufffd":
            self.warnings[NO_CHARACTER] = None
        self._say(character)

    def note(self, element: Element) -> None:
        self._close_run()
        prefix = "" if name_of(element) == "footnoteReference" else "e"
        key = f"{prefix}{value(element, 'id')}"
        self._runs.append(_run("", self._looks, self._changes, self._comments, key))
        self._anchored.update(self._comments)

    def field(self, element: Element) -> None:
        match value(element, "fldCharType"):
            case "begin":
                self._say(entry(element))
                self._fields.append(True)
            case "separate" if self._fields:
                self._fields[-1] = False
            case "end" if self._fields:
                self._fields.pop()
        self.in_code = any(self._fields)

    # --- Comments, boxes, alternatives ----------------------------------------------------------

    def comment_start(self, element: Element) -> None:
        self._comments = (*self._comments, value(element, "id") or "")

    def comment_end(self, element: Element) -> None:
        key = value(element, "id") or ""
        self._comments = tuple(open_ for open_ in self._comments if open_ != key)

    def comment(self, element: Element) -> None:
        """The sign of a comment: where no words carry it, an empty run does."""
        self._close_run()
        key = value(element, "id") or ""
        if key not in self._anchored:
            self._runs.append(_run("", NO_LOOKS, self._changes, (*self._comments, key)))
            self._anchored.add(key)

    def drawing(self, element: Element) -> None:
        """Its text boxes are read after the paragraph they hang on."""
        if holds_picture(element):
            self.warnings[PICTURE] = None
        for found in element.iter():
            if name_of(found) == "txbxContent" and not is_shadowed(found, element):
                self._boxes.append((found, self._changes))

    def alternatives(self, element: Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self.walk(branch)


def _run(
    words: str,
    looks: frozenset[str],
    changes: Changes,
    comments: tuple[str, ...],
    footnote: str | None = None,
) -> ParsedRun:
    formats = looks - {"struck", "hidden"}
    return ParsedRun(words, formats, changes, "struck" in looks, comments, footnote)


def _says(words: str) -> Callable[[Story, Element], None]:
    return lambda story, _element: story._say(words)


# These only hold other elements.
HOLDERS = (
    *("sdtContent", "hyperlink", "fldSimple", "smartTag", "customXml", "dir", "bdo"),
    *("ruby", "rubyBase"),
)
FORMULAS = (
    *("oMathPara", "oMath", "r", "e", "num", "den", "sub", "sup", "deg", "fName", "lim", "f"),
    *("rad", "nary", "d", "func", "sSup", "sSub", "sSubSup", "sPre", "limLow", "limUpp", "m"),
    *("mr", "acc", "bar", "box", "borderBox", "groupChr", "phant", "eqArr"),
)
ACTS: dict[str, Callable[[Story, Element], None]] = {
    "p": Story.paragraph,
    "sdt": Story.control,
    "tbl": Story.table,
    "tr": Story.row,
    "tc": Story.cell,
    "r": Story.run,
    "t": Story.text,
    "delText": Story.text,
    "m:t": Story.text,
    "tab": _says("\t"),
    "ptab": _says("\t"),
    "br": _says("\n"),
    "cr": _says("\n"),
    "noBreakHyphen": _says("\u2011"),
    "sym": Story.symbol,
    "fldChar": Story.field,
    "footnoteReference": Story.note,
    "endnoteReference": Story.note,
    "commentRangeStart": Story.comment_start,
    "commentRangeEnd": Story.comment_end,
    "commentReference": Story.comment,
    "mc:AlternateContent": Story.alternatives,
    "altChunk": Story.elsewhere,
    "subDoc": Story.elsewhere,
    **dict.fromkeys(("drawing", "pict", "object"), Story.drawing),
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo"), Story.change),
    **dict.fromkeys(("moveFromRangeStart", "moveToRangeStart"), Story.move_start),
    **dict.fromkeys(("moveFromRangeEnd", "moveToRangeEnd"), Story.move_end),
    **dict.fromkeys(HOLDERS, Story.walk),
    **dict.fromkeys((f"m:{name}" for name in FORMULAS), Story.walk),
}
