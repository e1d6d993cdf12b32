"""The parts of a Word paper around its words: styles, header, footer, settings, notes.

The styles carry the names of the field's templates (Res_No, Res_title, Call, enumlev1, ...), so
that a secretariat's own template takes hold when the text is pasted into it. Measures in twips
(1/20 point): 794 is the field's first tab, 14 mm.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from drafting.domain.draft import Header
from drafting.render.opc import relation
from drafting.render.phrases import direction, header_lines, language, short_code
from drafting.render.wordml import el, field, runs, styled, xml

PAGE_WIDTH = 11906
MARGIN = 1134
PAGE_HEIGHT = 16838
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
LANDSCAPE_WIDTH = PAGE_HEIGHT - 2 * MARGIN
_RIGHT = 3289
FONT = "Calibri"

_STOPS = (794, 1361, 1928, 2495)
_CLEAR = "".join(f"<tab val='clear' pos='{stop}'/>" for stop in _STOPS)

# style id: (name, based on, next, paragraph properties, run properties), each a short XML string.
_PARAGRAPHS: dict[str, tuple[str, str, str, str, str]] = {
    "ResNo": ("Res_No", "Normal", "Restitle",
              "<keepNext/><spacing before='480'/><jc val='center'/>", "<caps/><sz val='28'/>"),
    "Restitle": ("Res_title", "Normal", "Normalaftertitle",
                 "<keepNext/><spacing before='240'/><jc val='center'/>", "<b/><sz val='28'/>"),
    "Normalaftertitle": ("Normal after title", "Normal", "Normal",
                         "<spacing before='320'/>", ""),
    "Call": ("Call", "Normal", "Normal",
             "<keepNext/><spacing before='200'/><ind left='794'/>", "<i/>"),
    "Item": ("Item", "Normal", "Item", "<ind left='794' hanging='794'/>", ""),
    "enumlev1": ("enumlev1", "Normal", "enumlev1",
                 "<spacing before='80'/><ind left='1361' hanging='567'/>", ""),
    "enumlev2": ("enumlev2", "enumlev1", "enumlev2", "<ind left='1928' hanging='567'/>", ""),
    "enumlev3": ("enumlev3", "enumlev2", "enumlev3", "<ind left='2495' hanging='567'/>", ""),
    "Attribution": ("Attribution", "Normal", "Normal",
                    "<keepNext/><spacing before='240'/><contextualSpacing/>",
                    "<b/><sz val='22'/>"),
    "OptionHeading": ("Option_heading", "Normal", "Normal",
                      "<keepNext/><spacing before='160'/>", "<b/><u val='single'/>"),
    # A note stands before what it is about.
    "Note": ("Drafting_note", "Normal", "Normal", "<keepNext/><ind left='794'/>",
             "<i/><sz val='22'/>"),
    "NoText": ("No_text", "Normal", "Normal", "<ind left='794'/>", "<i/>"),
    "Conference": ("Conference", "Normal", "Normal", "<spacing before='0'/>", "<b/>"),
    "Body": ("Originating_body", "Normal", "Normal", "<spacing before='60'/>", ""),
    "Docnumber": ("Docnumber", "Normal", "Docnumber", "<spacing before='0'/>", "<b/>"),
    "Source": ("Source", "Normal", "Normal",
               "<spacing before='600' after='120'/><jc val='center'/>", "<b/><sz val='26'/>"),
    "Closing": ("Closing_rule", "Normal", "Normal",
                "<spacing before='480'/><jc val='center'/>", ""),
    "Header": ("header", "Normal", "Header",
               "<spacing before='0'/><jc val='center'/>", "<sz val='18'/>"),
    "Footer": ("footer", "Normal", "Footer",
               f"<tabs>{_CLEAR}<tab val='right' pos='9638'/></tabs><spacing before='0'/>",
               "<sz val='18'/>"),
    "FootnoteText": ("footnote text", "Normal", "FootnoteText",
                     "<spacing before='40'/><ind left='284' hanging='284'/>", "<sz val='20'/>"),
    "CommentText": ("annotation text", "Normal", "CommentText",
                    "<spacing before='0'/>", "<sz val='20'/>"),
}  # fmt: skip
_CHARACTERS = {
    "Bracket": ("Bracket", "<b/>"),
    "FootnoteReference": ("footnote reference", "<vertAlign val='superscript'/>"),
    "CommentReference": ("annotation reference", "<sz val='16'/>"),
}
_TABLE_PARAGRAPHS: dict[str, tuple[str, str, str, str, str]] = {
    "Heading1": ("heading 1", "Normal", "Normal",
                 "<keepNext/><spacing before='480'/><jc val='center'/><outlineLvl val='0'/>",
                 "<b/><sz val='28'/>"),
    "Tablesummary": ("Table_summary", "Normal", "Normal",
                     "<spacing before='120' after='240'/><jc val='center'/>", "<sz val='22'/>"),
    "Tablehead": ("Table_head", "Normal", "Tabletext",
                  "<keepNext/><spacing before='80' after='80'/>", "<b/><sz val='20'/>"),
    "Tabletext": ("Table_text", "Normal", "Tabletext",
                  "<spacing before='40' after='40'/>", "<sz val='20'/>"),
}  # fmt: skip
_TABLE_CHARACTERS = {
    "Added": ("Added", "<color val='0B4A9E'/><u val='single'/>"),
    "Removed": ("Removed", "<strike/><color val='A01C30'/>"),
}
_TWINS = {"b": "bCs", "i": "iCs", "sz": "szCs"}


def _properties(tag: str, source: str) -> list[etree._Element]:
    """The children that `source` names, in `w:`, with the complex-script twins beside them."""
    if not source:
        return []
    made = el(tag)
    for child in etree.fromstring(f"<{tag}>{source}</{tag}>"):
        made.append(_in_w(child))
        twin = _TWINS.get(str(child.tag))
        if twin:
            made.append(el(twin, **_attributes(child)))
    return [made]


def _in_w(element: etree._Element) -> etree._Element:
    """The element and all below it, moved into the namespace `w:`."""
    return el(str(element.tag), *map(_in_w, element), **_attributes(element))


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def styles(header: Header, *, tables: bool = False) -> bytes:
    """The styles of a paper; `tables`: those of tables too."""
    fonts = el("rFonts", ascii=FONT, hAnsi=FONT, eastAsia="SimSun", cs="Times New Roman")
    size = [el("sz", val="24"), el("szCs", val="24")]
    lang = el("lang", val=_locale(header), eastAsia="zh-CN", bidi="ar-SA")
    defaults = el("rPrDefault", el("rPr", fonts, *size, lang))
    root = el("styles", el("docDefaults", defaults, el("pPrDefault")), _normal())
    wanted = _PARAGRAPHS | _TABLE_PARAGRAPHS if tables else _PARAGRAPHS
    for identity, (name, based, following, paragraph, run) in wanted.items():
        root.append(
            el(
                "style",
                el("name", val=name),
                el("basedOn", val=based),
                el("next", val=following),
                el("qFormat"),
                *_properties("pPr", paragraph),
                *_properties("rPr", run),
                type="paragraph",
                styleId=identity,
            )
        )
    root.extend(_defaults())
    for identity, (name, run) in (
        _CHARACTERS | _TABLE_CHARACTERS if tables else _CHARACTERS
    ).items():
        children = [el("name", val=name), el("basedOn", val="DefaultParagraphFont")]
        children += _properties("rPr", run)
        root.append(el("style", *children, type="character", styleId=identity))
    return xml(root)


def _locale(header: Header) -> str:
    code = language(header)
    return {"en": "en-GB", "ar": "ar-SA", "zh": "zh-CN", "und": "en-GB"}.get(
        code, f"{code}-{code.upper()}"
    )


def _normal() -> etree._Element:
    stops = [el("tab", val="left", pos=str(stop)) for stop in _STOPS]
    spacing = el("spacing", before="120", line="252", lineRule="auto")
    return el(
        "style",
        el("name", val="Normal"),
        el("qFormat"),
        el("pPr", el("tabs", *stops), spacing),
        type="paragraph",
        default="1",
        styleId="Normal",
    )


def _defaults() -> Iterable[etree._Element]:
    yield el(
        "style",
        el("name", val="Default Paragraph Font"),
        type="character",
        default="1",
        styleId="DefaultParagraphFont",
    )
    cells = el("tblCellMar", el("left", w="0", type="dxa"), el("right", w="108", type="dxa"))
    yield el(
        "style",
        el("name", val="Normal Table"),
        el("tblPr", el("tblInd", w="0", type="dxa"), cells),
        type="table",
        default="1",
        styleId="TableNormal",
    )


def heading(header: Header, width: int = TEXT_WIDTH) -> etree._Element:
    """The block at the head: the conference and body, the document's number, the group."""
    beside = width - _RIGHT
    rtl = direction(header) == "rtl"
    left = [styled("Conference", header.conference, rtl=rtl)] if header.conference else []
    if header.body:
        left.append(styled("Body", header.body, rtl=rtl))
    right = [styled("Docnumber", line, rtl=rtl) for line in header_lines(header)]
    rows = [el("tr", _cell(beside, left, ruled=True), _cell(_RIGHT, right, ruled=True))]
    if header.group:
        source = [styled("Source", header.group, rtl=rtl)]
        rows.append(el("tr", _cell(width, source, span=2)))
    properties = el(
        "tblPr",
        *([el("bidiVisual")] if rtl else []),
        el("tblW", w=str(width), type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w="0", type="dxa"), el("right", w="108", type="dxa")),
    )
    grid = el("tblGrid", el("gridCol", w=str(beside)), el("gridCol", w=str(_RIGHT)))
    return el("tbl", properties, grid, *rows)


def _cell(
    width: int, paragraphs: list[etree._Element], *, span: int = 1, ruled: bool = False
) -> etree._Element:
    properties = el("tcPr", el("tcW", w=str(width), type="dxa"))
    if span > 1:
        properties.append(el("gridSpan", val=str(span)))
    if ruled:
        rule = el("bottom", val="single", sz="8", space="0", color="auto")
        properties.append(el("tcBorders", rule))
        properties.append(el("tcMar", el("bottom", w="120", type="dxa")))
    return el("tc", properties, *(paragraphs or [el("p")]))


def page_header(header: Header) -> bytes:
    """ "– 2 –" over the code of the paper, from the second page on."""
    number = el("p", el("pPr", el("pStyle", val="Header")), *runs("– "), *field("PAGE", "2"))
    number.extend(runs(" –"))
    return xml(el("hdr", number, styled("Header", short_code(header))))


def empty_header() -> bytes:
    return xml(el("hdr", el("p", el("pPr", el("pStyle", val="Header")))))


def footer(header: Header, width: int = TEXT_WIDTH) -> bytes:
    """The code of the paper, and "1/7" at the other end."""
    properties = el("pPr", el("pStyle", val="Footer"))
    if width != TEXT_WIDTH:
        ends = (("clear", TEXT_WIDTH), ("right", width))
        properties.append(el("tabs", *(el("tab", val=kind, pos=str(at)) for kind, at in ends)))
    line = el("p", properties, *runs(f"{short_code(header)}\t"))
    line.extend([*field("PAGE", "1"), *runs("/"), *field("NUMPAGES", "1")])
    return xml(el("ftr", line))


def settings(header: Header, *, tracked: bool = True) -> bytes:
    """Changes to a text go on being tracked.

    `w:percent` is required of `w:zoom`, which is therefore here.
    """
    mode = el(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val="15",
    )
    notes = el("footnotePr", el("footnote", id="-1"), el("footnote", id="0"))
    return xml(
        el(
            "settings",
            el("zoom", percent="100"),
            *([el("trackRevisions")] if tracked else []),
            el("defaultTabStop", val="794"),
            el("characterSpacingControl", val="doNotCompress"),
            notes,
            el("compat", mode),
            el("themeFontLang", val=_locale(header)),
            el("decimalSymbol", val="."),
            el("listSeparator", val=","),
        )
    )


def font_table() -> bytes:
    """The one face the styles ask for, and what resembles it where it is missing."""
    font = el("font", el("altName", val="Carlito"), el("family", val="swiss"), name=FONT)
    return xml(el("fonts", font))


def comments(entries: list[etree._Element]) -> bytes:
    return xml(el("comments", *entries))


def footnotes(entries: list[etree._Element]) -> bytes:
    """The footnotes after the two separators that Word demands."""
    rules = [
        el("footnote", el("p", el("r", el(kind))), type=kind, id=number)
        for number, kind in (("-1", "separator"), ("0", "continuationSeparator"))
    ]
    return xml(el("footnotes", *rules, *entries))


def section(*, landscape: bool = False) -> etree._Element:
    references = [
        el("headerReference", type="default", r_id=relation("header1")),
        el("headerReference", type="first", r_id=relation("header2")),
        el("footerReference", type="default", r_id=relation("footer1")),
        el("footerReference", type="first", r_id=relation("footer2")),
    ]
    sides = dict.fromkeys(("top", "bottom"), "1418")
    sides |= {side: str(MARGIN) for side in ("right", "left")}
    return el(
        "sectPr",
        *references,
        _page(landscape),
        el("pgMar", **sides, header="720", footer="720", gutter="0"),
        el("titlePg"),
    )


def _page(landscape: bool) -> etree._Element:
    if landscape:
        return el("pgSz", w=str(PAGE_HEIGHT), h=str(PAGE_WIDTH), orient="landscape")
    return el("pgSz", w=str(PAGE_WIDTH), h=str(PAGE_HEIGHT))
