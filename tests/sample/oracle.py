"""A reader of tracked changes for these tests alone: small, and no kin of the importer.

It gives the paragraphs of a .docx as they read with every change rejected or accepted. A run is
seen in the old view unless an insertion holds it, in the new unless a deletion does; a paragraph
whose mark is not seen runs on into the next. Automatic numbers are counted in the view asked for.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
View = Literal["rejected", "accepted"]
HIDDEN = {
    "rejected": {f"{W}ins", f"{W}moveTo"},
    "accepted": {f"{W}del", f"{W}moveFrom"},
}
RULE = "_" * 14
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True)
class Paragraph:
    style: str
    text: str


def part(path: Path, name: str) -> etree._Element | None:
    with zipfile.ZipFile(path) as archive:
        if name not in archive.namelist():
            return None
        return etree.fromstring(archive.read(name))


def paragraphs(path: Path, view: View) -> list[Paragraph]:
    """The body's paragraphs outside tables, without the blank ones and the closing rule.

    One that this view alone has emptied stays: Word would show it.
    """
    document = part(path, "word/document.xml")
    assert document is not None
    formats = _formats(part(path, "word/numbering.xml"))
    counts: Counter[str] = Counter()
    found: list[Paragraph] = []
    carried = ""
    for element in document.iter(f"{W}p"):
        if any(True for _ in element.iterancestors(f"{W}tbl")):
            continue
        words = "".join(_words(element, view))
        marked = {child.tag for child in element.findall(f"{W}pPr/{W}rPr/*")}
        if marked & HIDDEN[view]:
            carried += words
            continue
        text = carried + words
        carried = ""
        if element.find(f".//{W}r") is not None and text != RULE:
            found.append(Paragraph(_style(element), _number(element, formats, counts) + text))
    return found


def _words(element: etree._Element, view: View) -> Iterator[str]:
    for child in element:
        if child.tag in HIDDEN[view] or child.tag == f"{W}pPr":
            continue
        if child.tag in (f"{W}t", f"{W}delText"):
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield "\t"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        else:
            yield from _words(child, view)


def _style(element: etree._Element) -> str:
    style = element.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _formats(numbering: etree._Element | None) -> dict[str, str]:
    if numbering is None:
        return {}
    kinds = {
        _attribute(definition, "", "abstractNumId"): _attribute(definition, ".//numFmt", "val")
        for definition in numbering.iter(f"{W}abstractNum")
    }
    return {
        _attribute(use, "", "numId"): kinds[_attribute(use, "abstractNumId", "val")]
        for use in numbering.iter(f"{W}num")
    }


def _attribute(element: etree._Element, path: str, name: str) -> str:
    found = element.find(re.sub(r"(\w+)$", rf"{W}\1", path)) if path else element
    assert found is not None
    return found.get(f"{W}{name}", "")


def _number(element: etree._Element, formats: dict[str, str], counts: Counter[str]) -> str:
    found = element.find(f"{W}pPr/{W}numPr/{W}numId")
    if found is None:
        return ""
    which = found.get(f"{W}val", "")
    counts[which] += 1
    count = counts[which]
    letter = {"lowerLetter": f"{chr(96 + count)})", "lowerRoman": f"{ROMANS[count - 1]})"}
    return letter.get(formats[which], str(count)) + "\t"


def plain(text: str) -> str:
    """As typists differ: straight apostrophes, ordinary spaces, none double."""
    return re.sub(r"[ \u00a0]+", " ", text.replace("’", "'")).strip()
