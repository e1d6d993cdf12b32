"""Small Word files by hand: the parts as text, zipped.

`docx(p(r("words")))` is a whole file. Everything gives XML as text, so that a test shows what it
reads. `strict` writes the namespaces of the strict form of the standard.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = {W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
          R: "http://purl.oclc.org/ooxml/officeDocument/relationships"}  # fmt: skip
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WHO = 'w:author="Valmora" w:date="2027-09-20T09:00:00Z"'

# --- Words --------------------------------------------------------------------------------------


def r(words: str, looks: str = "") -> str:
    """A run; `looks` are its properties."""
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def gone(words: str) -> str:
    """A run as it stands inside a deletion."""
    return f'<w:r><w:delText xml:space="preserve">{escape(words)}</w:delText></w:r>'


def within(tag: str, *inner: str, who: str = WHO, key: int = 1) -> str:
    """Something tracked: `tag` is ins, del, moveFrom or moveTo."""
    return f'<w:{tag} w:id="{key}" {who}>{"".join(inner)}</w:{tag}>'


def ins(*inner: str) -> str:
    return within("ins", *inner)


def dele(*inner: str) -> str:
    return within("del", *inner)


def p(*inner: str, mark: str = "", style: str = "", number: tuple[int, int] | None = None,
      more: str = "") -> str:  # fmt: skip
    """A paragraph. `mark` is "ins" or "del" on its mark; `number` is (numId, ilvl)."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += (
            f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
        )
    if mark:
        properties += f'<w:rPr><w:{mark} w:id="9" {WHO}/></w:rPr>'
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{''.join(inner)}</w:p>"


def sdt(*inner: str) -> str:
    """A content control, around blocks, rows or runs alike."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{''.join(inner)}</w:sdtContent></w:sdt>"


def field_(code: str, *result: str) -> str:
    """A complex field."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in _FIELD]
    instruction = f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>"
    return f"{marks[0]}{instruction}{marks[1]}{''.join(result)}{marks[2]}"


_FIELD = ("begin", "separate", "end")


def row(*cells: str, tracked: str = "") -> str:
    """A table row of cells, each one paragraph; `tracked` is "ins" or "del"."""
    properties = f'<w:trPr><w:{tracked} w:id="8" {WHO}/></w:trPr>' if tracked else ""
    return f"<w:tr>{properties}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


# --- Numbering and styles -----------------------------------------------------------------------


def level(number: int, form: str, pattern: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(key: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def style(key: str, name: str, based_on: str = "", number: int = 0, level: int = 0) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    listed = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        if number
        else ""
    )
    return f'<w:style w:styleId="{key}"><w:name w:val="{name}"/>{base}{listed}</w:style>'


# --- Packages -----------------------------------------------------------------------------------


def footnote(number: int) -> str:
    """A reference to the footnote with this number."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def footnotes_of(*notes: str) -> str:
    """The insides of the part of footnotes, numbered from 1; each is words, or a paragraph."""
    bodies = (said if said.startswith("<w:p>") else p(r(said)) for said in notes)
    return "".join(
        f'<w:footnote w:id="{number}">{body}</w:footnote>' for number, body in enumerate(bodies, 1)
    )


def docx(*body: str, strict: bool = False, **parts: str) -> bytes:
    """A Word file of these blocks; `parts` are the insides of numbering, styles, comments, ..."""
    return zipped(members(*body, strict=strict, **parts))


def members(*body: str, strict: bool = False, main: str = MAIN, **parts: str) -> dict[str, bytes]:
    """The parts of such a file by name, to be spoilt."""
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(parts)
    )
    texts = {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f"{DECLARATION}<w:document {SPACES}><w:body>{''.join(body)}"
        "<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": f"{DECLARATION}"
        f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }
    for name, inner in parts.items():
        texts[f"word/{name}.xml"] = f"{DECLARATION}<w:{name} {SPACES}>{inner}</w:{name}>"
    if strict:
        texts = {name: _strict(words) for name, words in texts.items()}
    return {name: words.encode() for name, words in texts.items()}


def _strict(words: str) -> str:
    for transitional, other in STRICT.items():
        words = words.replace(transitional, other)
    return words


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return held.getvalue()
