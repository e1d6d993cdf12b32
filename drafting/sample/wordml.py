"""A paper's lines as WordprocessingML, with the habits of real Word files.

Runs are cut at places that mean nothing, spelling marks lie about, labels are typed text and a
tab (or, where the paper says `numbered`, automatic numbers that no tracked change shows). Every
choice comes from the paper's own seed, so that the same source gives the same bytes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from lxml import etree

from drafting.sample.markup import Leaf, Line, Operation

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NS = {"w": W, "r": R}

# LibreOffice joins neighbouring changes of one author within a minute.
BETWEEN_CHANGES = timedelta(minutes=3)
NO_BREAK_HYPHEN = "\u2011"
REVISION_SAVES = ("00A11E64", "003C5F12", "00D40B77", "006B2C09")
INDENTS = {"n": ("794", "794"), "e1": ("794", "397"), "e2": ("1191", "397")}
LABEL_FORMATS = (("decimal", "%1"), ("lowerLetter", "%1)"), ("lowerRoman", "%1)"))

_LABEL = re.compile(r"\[?(\d+|[a-z]+\))(?:bis|alt)?\t")
_LETTERS = re.compile(r"[a-z]+|[^a-z]+")


def el(tag: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """A `w:` element with `w:` attributes; an attribute `r_id` belongs to `r:`."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap=NS)
    for name, value in attributes.items():
        space = R if name.startswith("r_") else W
        element.set(f"{{{space}}}{name.removeprefix('r_')}", value)
    element.extend(children)
    return element


@dataclass
class Numbering:
    """Lists handed out to numbered paragraphs: each new call or chapeau starts one afresh."""

    formats: list[int] = field(default_factory=list)
    _open: dict[str, int] = field(default_factory=dict)

    def start_call(self) -> None:
        self._open.clear()

    def list_for(self, kind: str, label: str) -> int:
        """The `w:numId` for a paragraph of this kind whose source shows this label."""
        if kind == "n":
            self._open.pop("e1", None)
        if kind in ("n", "e1"):
            self._open.pop("e2", None)
        if kind not in self._open:
            self.formats.append(_format(kind, label))
            self._open[kind] = len(self.formats)
        return self._open[kind]


def _format(kind: str, label: str) -> int:
    if label[0].isdigit():
        return 0
    return 2 if kind == "e1" else 1


class Writer:
    """Turns lines into body elements. One writer serves one paper and keeps its counters."""

    def __init__(self, seed: int, starts: datetime, *, numbered: bool = False) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same cuts every time, no secret
        self._moment = starts
        self._next_id = 100
        self._numbered = numbered
        self.numbering = Numbering()

    def block(self, line: Line) -> etree._Element:
        """One paragraph, inside a content control where the line says so."""
        paragraph = self.paragraph(line)
        if "sdt" not in line.flags:
            return paragraph
        properties = el("sdtPr", el("alias", val="Council"), el("id", val="640046"))
        return el("sdt", properties, el("sdtContent", paragraph))

    def paragraph(self, line: Line) -> etree._Element:
        leaves = list(line.leaves)
        number = self._take_label(line, leaves)
        paragraph = el("p")
        properties = self._properties(line, number)
        if len(properties):
            paragraph.append(properties)
        paragraph.extend(self._content(_italic_labels(line, leaves)))
        if line.mark and line.mark[0].kind.startswith("move"):
            self._bracket_move(paragraph, line.mark[0])
        return paragraph

    def _take_label(self, line: Line, leaves: list[Leaf]) -> int | None:
        """Where labels are automatic, cut the typed one off and give its list's number."""
        if line.kind == "call":
            self.numbering.start_call()
        if not self._numbered or line.kind not in ("n", "e1", "e2"):
            return None
        label = _LABEL.match(leaves[0].text)
        if not label:
            return None
        first = leaves[0]
        leaves[0] = Leaf(first.text[label.end() :], first.operations, first.reformatted)
        return self.numbering.list_for(line.kind, label[1])

    def _properties(self, line: Line, number: int | None) -> etree._Element:
        properties = el("pPr")
        if line.style:
            properties.append(el("pStyle", val=line.style))
        if number is not None:
            properties.append(el("numPr", el("ilvl", val="0"), el("numId", val=str(number))))
            left, hanging = INDENTS[line.kind]
            properties.append(el("ind", left=left, hanging=hanging))
        if "pfmt" in line.flags:
            properties.append(el("jc", val="both"))
        if line.mark:
            marks = [self._change(operation) for operation in line.mark]
            properties.append(el("rPr", *marks))
        if "pfmt" in line.flags:
            author = next(leaf.operations[0].author for leaf in line.leaves if leaf.operations)
            changed = self._change(Operation("pPrChange", author))
            changed.append(el("pPr"))
            properties.append(changed)
        return properties

    def _content(self, leaves: list[tuple[Leaf, bool]]) -> Iterator[etree._Element]:
        """Leaves with one link and one tracking go into one element; points stand alone."""

        def together(pair: tuple[Leaf, bool]) -> tuple[str, tuple[Operation, ...], str, str]:
            leaf, _ = pair
            return (leaf.link, leaf.operations[:1], leaf.point, leaf.ref)

        for (link, layers, _, _), pairs in groupby(leaves, together):
            group = list(pairs)
            if group[0][0].point.endswith("comment"):
                for leaf, _ in group:
                    yield from self._comment(leaf)
                continue
            wrapped = list(self._tracked(group, layers[0] if layers else None))
            yield from [el("hyperlink", *wrapped, r_id=f"rIdL{link}")] if link else wrapped

    def _tracked(
        self, group: list[tuple[Leaf, bool]], layer: Operation | None
    ) -> Iterator[etree._Element]:
        if layer is None:
            for leaf, italic in group:
                yield from self._runs(leaf, italic)
            return
        outer = self._change(layer)
        for leaf, italic in group:
            runs = self._runs(leaf, italic)
            if len(leaf.operations) > 1:
                inner = self._change(leaf.operations[1])
                inner.extend(runs)
                outer.append(inner)
            else:
                outer.extend(runs)
        yield outer

    def _runs(self, leaf: Leaf, italic: bool) -> Iterator[etree._Element]:
        if leaf.point == "footnote":
            style = el("rPr", el("rStyle", val="FootnoteReference"))
            yield el("r", style, el("footnoteReference", id=leaf.ref))
            return
        deleted = any(operation.kind == "del" for operation in leaf.operations)
        for piece in self._cut(leaf.text):
            run = el("r", *self._run_format(leaf, italic))
            if self._random.random() < 0.3:
                run.set(f"{{{W}}}rsidR", self._random.choice(REVISION_SAVES))
            run.extend(_characters(piece, deleted=deleted))
            misspelt = not leaf.operations and self._random.random() < 0.08
            yield from _as_misspelt(run) if misspelt else [run]

    def _run_format(self, leaf: Leaf, italic: bool) -> list[etree._Element]:
        if leaf.reformatted:
            was = self._change(Operation("rPrChange", leaf.reformatted))
            was.append(el("rPr"))
            return [el("rPr", el("b"), was)]
        if leaf.link:
            return [el("rPr", el("rStyle", val="Hyperlink"))]
        return [el("rPr", el("i"))] if italic else []

    def _cut(self, text: str) -> Iterator[str]:
        while len(text) > 30 and self._random.random() < 0.55:
            at = self._random.randrange(4, len(text) - 2)
            yield text[:at]
            text = text[at:]
        yield text

    def _comment(self, leaf: Leaf) -> Iterator[etree._Element]:
        if leaf.point == "comment":
            yield el("commentRangeStart", id=leaf.ref)
            return
        yield el("commentRangeEnd", id=leaf.ref)
        style = el("rPr", el("rStyle", val="CommentReference"))
        yield el("r", style, el("commentReference", id=leaf.ref))

    def _change(self, operation: Operation) -> etree._Element:
        self._moment += BETWEEN_CHANGES
        return el(
            operation.kind,
            id=str(self._take_id()),
            author=operation.author,
            date=self._moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def _bracket_move(self, paragraph: etree._Element, move: Operation) -> None:
        """Word pairs the two ends of a move by the name on their range marks."""
        start = self._change(Operation(f"{move.kind}RangeStart", move.author))
        start.set(f"{{{W}}}name", "move64")
        paragraph.insert(1, start)
        paragraph.append(el(f"{move.kind}RangeEnd", id=start.get(f"{{{W}}}id", "")))

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id


def _italic_labels(line: Line, leaves: list[Leaf]) -> list[tuple[Leaf, bool]]:
    """Leaves with whether they are italic: the letter of a letter label, never its bracket."""
    pairs: list[tuple[Leaf, bool]] = []
    in_label = line.kind == "n" and any("\t" in leaf.text[:8] for leaf in leaves[:4])
    for leaf in leaves:
        label, tab, rest = leaf.text.partition("\t") if in_label else ("", "", leaf.text)
        if in_label and not tab and len(leaf.text) > 8:
            label, rest = "", leaf.text
        for part in _LETTERS.findall(label):
            pairs.append((_with_text(leaf, part), part.isalpha()))
        if tab or rest or leaf.point:
            pairs.append((_with_text(leaf, tab + rest), False))
        in_label = in_label and not tab
    return pairs


def _with_text(leaf: Leaf, text: str) -> Leaf:
    return Leaf(text, leaf.operations, leaf.reformatted, leaf.link, leaf.point, leaf.ref)


def _as_misspelt(run: etree._Element) -> Iterator[etree._Element]:
    yield el("proofErr", type="spellStart")
    yield run
    yield el("proofErr", type="spellEnd")


def _characters(text: str, *, deleted: bool) -> Iterator[etree._Element]:
    """The content of a run: tabs and no-break hyphens are elements, the rest is text."""
    for part in re.split(f"(\t|{NO_BREAK_HYPHEN})", text):
        if part == "\t":
            yield el("tab")
        elif part == NO_BREAK_HYPHEN:
            yield el("noBreakHyphen")
        elif part:
            words = el("delText" if deleted else "t")
            words.text = part
            words.set(XML_SPACE, "preserve")
            yield words
