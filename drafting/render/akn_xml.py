"""Elements of Akoma Ntoso, and words within them."""

from __future__ import annotations

from lxml import etree

from drafting.render.lines import Piece

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NSMAP: dict[str, str] = {None: AKN}  # type: ignore[dict-item]  # the default namespace
_FORMATS = {"em": "i", "strong": "b", "underline": "u", "sup": "sup", "sub": "sub"}
_ROOT = etree.Element(f"{{{AKN}}}root", nsmap=NSMAP)


def el(tag: str, *children: etree._Element, text: str = "", **attributes: str) -> etree._Element:
    """An element of Akoma Ntoso. `as_` and `class_` stand for `as` and `class`."""
    element = _ROOT.makeelement(f"{{{AKN}}}{tag}", None, NSMAP)
    for name, value in attributes.items():
        if value:
            element.set(name.rstrip("_"), value)
    if text:
        element.text = text
    element.extend(children)
    return element


def write(target: etree._Element, piece: Piece) -> None:
    """The words of a piece at the end of an element, inside the elements of their formats."""
    for name in sorted(piece.formats):
        inner = el(_FORMATS[name])
        target.append(inner)
        target = inner
    first, *rest = piece.text.replace("\t", " ").split("\n")
    _append_text(target, first)
    for line in rest:
        target.append(el("eol"))
        _append_text(target, line)


def _append_text(target: etree._Element, words: str) -> None:
    if len(target):
        last = target[-1]
        last.tail = (last.tail or "") + words
    else:
        target.text = (target.text or "") + words
