"""The package around a paper: the zip, the parts that never change, and those that do.

Members are stored, not deflated, at one fixed time: compressed bytes differ between builds of
zlib, and the committed papers must come out the same everywhere.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from drafting.sample.markup import Paper
from drafting.sample.wordml import LABEL_FORMATS, Numbering, R, el

PARTS = Path(__file__).parent / "parts"
ZIP_TIME = (2027, 10, 1, 0, 0, 0)
OPEN_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PAGE = {
    "size": {"w": "11907", "h": "16840"},
    "margins": {"top": "1418", "right": "1134", "bottom": "1418", "left": "1134"}
    | {"header": "720", "footer": "720", "gutter": "0"},
}


def package(paper: Paper, blocks: Sequence[etree._Element], numbering: Numbering) -> bytes:
    """The bytes of a .docx. `blocks` are the paragraphs of the body in order."""
    parts = {
        "styles": (PARTS / "styles.xml").read_bytes(),
        "settings": (PARTS / "settings.xml").read_bytes(),
        "header1": _xml(_header(paper)),
        "header2": (PARTS / "header_first.xml").read_bytes(),
    }
    if numbering.formats:
        parts["numbering"] = _xml(_numbering(numbering))
    if paper.numbered("comment"):
        parts["comments"] = _xml(_comments(paper))
    if paper.numbered("footnote"):
        parts["footnotes"] = _xml(_footnotes(paper))
    members = {
        "[Content_Types].xml": _content_types(list(parts)),
        "_rels/.rels": _package_relations(),
        "word/document.xml": _xml(_document(paper, blocks)),
        "word/_rels/document.xml.rels": _relations(list(parts), paper.numbered("link")),
        "docProps/core.xml": _properties(paper),
    }
    return _zipped(members | {f"word/{name}.xml": data for name, data in parts.items()})


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.create_system = 0  # or the bytes would tell Windows from the rest
            archive.writestr(info, data)
    return buffer.getvalue()


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _document(paper: Paper, blocks: Sequence[etree._Element]) -> etree._Element:
    section = el(
        "sectPr",
        el("headerReference", type="default", r_id="rIdheader1"),
        el("headerReference", type="first", r_id="rIdheader2"),
        el("pgSz", **PAGE["size"]),
        el("pgMar", **PAGE["margins"]),
        el("titlePg"),
    )
    rule = el("p", el("pPr", el("spacing", before="480"), el("jc", val="center")), run("_" * 14))
    heading = [_heading(paper), el("p")] if paper.head else []
    return el("document", el("body", *heading, *blocks, rule, section))


def run(text: str, *format_: etree._Element) -> etree._Element:
    """A run of plain text."""
    words = el("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return el("r", *([el("rPr", *format_)] if format_ else []), words)


def _heading(paper: Paper) -> etree._Element:
    """The block at the head: where and what on the left, the document's number on the right."""
    head = paper.head
    left = ["World Seamarks Union", "Plenary Conference, Port Lorne, 2027"]
    left += [head["body"]] if "body" in head else ["Plenary meeting"]
    numbers = [*head["document"].split("|"), head["date"], head["language"]]
    return el(
        "tbl",
        el("tblPr", el("tblW", w="9639", type="dxa"), el("tblLayout", type="fixed")),
        el("tblGrid", el("gridCol", w="6389"), el("gridCol", w="3250")),
        el(
            "tr",
            _cell(6389, [_styled("TableText", line, bold=n == 0) for n, line in enumerate(left)]),
            _cell(3250, [_styled("Docnumber", line) for line in numbers]),
        ),
        el("tr", _cell(9639, [_styled("Source", head["source"])], span=2)),
        el("tr", _cell(9639, [_styled("Title1", head["title"])], span=2)),
    )


def _cell(width: int, paragraphs: list[etree._Element], span: int = 1) -> etree._Element:
    properties = el("tcPr", el("tcW", w=str(width), type="dxa"))
    if span > 1:
        properties.append(el("gridSpan", val=str(span)))
    else:
        rule = el("bottom", val="single", sz="8", space="0", color="auto")
        properties.append(el("tcBorders", rule))
    return el("tc", properties, *paragraphs)


def _styled(style: str, text: str, *, bold: bool = False) -> etree._Element:
    return el("p", el("pPr", el("pStyle", val=style)), run(text, *([el("b")] if bold else [])))


def _header(paper: Paper) -> etree._Element:
    name = paper.head.get("document", "Resolution 64").replace("|", " ").removeprefix("Document ")
    page = el("fldSimple", run("2"), instr=" PAGE ")
    style = el("pPr", el("pStyle", val="Header"))
    return el("hdr", el("p", style, run("– "), page, run(" –")), _styled("Header", name))


def _numbering(numbering: Numbering) -> etree._Element:
    """One definition for each kind of label, and one list, starting at its first, for each use."""
    definitions = [
        el(
            "abstractNum",
            el("multiLevelType", val="singleLevel"),
            el(
                "lvl",
                el("start", val="1"),
                el("numFmt", val=kind),
                el("lvlText", val=text),
                el("lvlJc", val="left"),
                *([el("rPr", el("i"))] if kind == "lowerLetter" else []),
                ilvl="0",
            ),
            abstractNumId=str(number),
        )
        for number, (kind, text) in enumerate(LABEL_FORMATS)
    ]
    lists = [
        el(
            "num",
            el("abstractNumId", val=str(kind)),
            el("lvlOverride", el("startOverride", val="1"), ilvl="0"),
            numId=str(number),
        )
        for number, kind in enumerate(numbering.formats, start=1)
    ]
    return el("numbering", *definitions, *lists)


def _comments(paper: Paper) -> etree._Element:
    comments = el("comments")
    for number, value in paper.numbered("comment").items():
        key, _, text = value.partition("| ")
        author = paper.head[f"author {key}"]
        comments.append(
            el(
                "comment",
                _styled("CommentText", text),
                id=number,
                author=author,
                initials="".join(word[0] for word in author.split()),
                date=f"2027-09-20T1{number}:00:00Z",
            )
        )
    return comments


def _footnotes(paper: Paper) -> etree._Element:
    footnotes = el("footnotes")
    for number, kind in (("-1", "separator"), ("0", "continuationSeparator")):
        footnotes.append(el("footnote", el("p", el("r", el(kind))), type=kind, id=number))
    for number, text in paper.numbered("footnote").items():
        mark = el("r", el("rPr", el("rStyle", val="FootnoteReference")), el("footnoteRef"))
        style = el("pPr", el("pStyle", val="FootnoteText"))
        footnotes.append(el("footnote", el("p", style, mark, run(f" {text}")), id=number))
    return footnotes


def _content_types(parts: list[str]) -> bytes:
    space = f"{OPEN_PACKAGE}/content-types"
    root = etree.fromstring(f'<Types xmlns="{space}"/>')
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    for extension, kind in (("rels", rels), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    names = {f"/word/{part}.xml": f"{WORD_TYPE}.{part.rstrip('12')}+xml" for part in parts}
    names["/word/document.xml"] = f"{WORD_TYPE}.document.main+xml"
    names["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    for name, kind in names.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=name, ContentType=kind)
    return _xml(root)


def _package_relations() -> bytes:
    core = f"{OPEN_PACKAGE}/relationships/metadata/core-properties"
    return _relationships(
        [("rId1", f"{R}/officeDocument", "word/document.xml"), ("rId2", core, "docProps/core.xml")]
    )


def _relations(parts: list[str], links: dict[str, str]) -> bytes:
    rows = [(f"rId{part}", f"{R}/{part.rstrip('12')}", f"{part}.xml") for part in parts]
    rows += [(f"rIdL{number}", f"{R}/hyperlink", address) for number, address in links.items()]
    return _relationships(rows)


def _relationships(rows: list[tuple[str, str, str]]) -> bytes:
    space = f"{OPEN_PACKAGE}/relationships"
    root = etree.fromstring(f'<Relationships xmlns="{space}"/>')
    for identity, kind, target in rows:
        tag = f"{{{space}}}Relationship"
        row = etree.SubElement(root, tag, Id=identity, Type=kind, Target=target)
        if kind.endswith("/hyperlink"):
            row.set("TargetMode", "External")
    return _xml(root)


def _properties(paper: Paper) -> bytes:
    core = f"{OPEN_PACKAGE}/metadata/core-properties"
    spaces = {"cp": core, "dc": "http://purl.org/dc/elements/1.1/"}
    root = etree.Element(f"{{{core}}}coreProperties", nsmap=spaces)
    title = etree.SubElement(root, f"{{{spaces['dc']}}}title")
    title.text = paper.head.get("document", "Resolution 64").replace("|", " ")
    creator = etree.SubElement(root, f"{{{spaces['dc']}}}creator")
    creator.text = "World Seamarks Union"
    return _xml(root)
