"""Small pieces of WordprocessingML: elements, runs, and the properties whose order matters.

Rules (ECMA-376 part 1, 17.3): inside `w:rPr` and `w:pPr` the order of children is fixed; deleted
characters stand in `w:delText`; leading and trailing spaces survive with `xml:space` only; a run
of a right-to-left script needs `w:rtl` and the complex-script twins of bold, italic and size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NSMAP = {"w": W, "r": R}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ROOT = etree.Element(f"{{{W}}}root", nsmap=NSMAP)

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
_RTL_SPAN = re.compile(f"[{_RTL}](?:[^A-Za-z\u00c0-\u058f\u0900-\u1fff]*[{_RTL}])*")
_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_FIRST_STRONG = re.compile(f"[{_RTL}]|[A-Za-z\u00c0-\u058f\u0900-\u1fff\u2e80-\ud7ff]")
_BREAKS = re.compile("([\t\n])")


def el(tag: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """A `w:` element with `w:` attributes; an attribute `r_id` belongs to `r:`."""
    element = _ROOT.makeelement(f"{{{W}}}{tag}", None, NSMAP)
    for name, value in attributes.items():
        space, plain = (R, name[2:]) if name.startswith("r_") else (W, name)
        element.set(f"{{{space}}}{plain}", value)
    element.extend(children)
    return element


def xml(root: etree._Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def starts_rtl(words: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    found = _FIRST_STRONG.search(words)
    return bool(found and re.match(f"[{_RTL}]", found.group()))


def runs(
    words: str,
    formats: frozenset[str] = frozenset(),
    *,
    deleted: bool = False,
    style: str = "",
) -> Iterator[etree._Element]:
    """The words as `w:r` elements: one, or several where the script changes."""
    for part, rtl in by_script(words):
        properties = _properties(part, formats, style, rtl=rtl)
        content = list(_content(part, deleted))
        yield el("r", *([properties] if len(properties) else []), *content)


def by_script(words: str) -> Iterator[tuple[str, bool]]:
    """The words cut where right-to-left script begins or ends; True for right to left."""
    place = 0
    for found in _RTL_SPAN.finditer(words):
        if found.start() > place:
            yield words[place : found.start()], False
        yield found.group(), True
        place = found.end()
    if place < len(words):
        yield words[place:], False


def _content(words: str, deleted: bool) -> Iterator[etree._Element]:
    for part in _BREAKS.split(words):
        if part == "\t":
            yield el("tab")
        elif part == "\n":
            yield el("br")
        elif part:
            text = el("delText" if deleted else "t")
            text.text = part
            if part != part.strip() or "  " in part:
                text.set(_SPACE, "preserve")
            yield text


def _properties(words: str, formats: frozenset[str], style: str, *, rtl: bool) -> etree._Element:
    """`w:rPr` in the order of the schema: rStyle rFonts b i u vertAlign rtl lang."""
    han = bool(_HAN.search(words))
    children = [el("rStyle", val=style)] if style else []
    if han:
        children.append(el("rFonts", hint="eastAsia"))
    if "strong" in formats:
        children += [el("b"), el("bCs")]
    if "em" in formats:
        children += [el("i"), el("iCs")]
    if "underline" in formats:
        children.append(el("u", val="single"))
    if "sup" in formats or "sub" in formats:
        children.append(el("vertAlign", val="superscript" if "sup" in formats else "subscript"))
    if rtl:
        children += [el("rtl"), el("lang", bidi="ar-SA")]
    elif han:
        children.append(el("lang", eastAsia="zh-CN"))
    return el("rPr", *children)


def field(instruction: str, shown: str) -> list[etree._Element]:
    """A field such as PAGE as the five runs that every reader of the format understands."""
    code = el("instrText")
    code.text = f" {instruction} "
    code.set(_SPACE, "preserve")
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", code),
        el("r", el("fldChar", fldCharType="separate")),
        *runs(shown),
        el("r", el("fldChar", fldCharType="end")),
    ]


def styled(style: str, words: str, *, rtl: bool = False) -> etree._Element:
    """A paragraph of plain words in a named style."""
    properties = el("pPr", el("pStyle", val=style), *([el("bidi")] if rtl else []))
    return el("p", properties, *runs(words))
