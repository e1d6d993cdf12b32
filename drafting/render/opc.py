"""The zip that a Word file is: parts, their types and the relations between them.

Members are stored at one fixed time and in one fixed order, so that the same paper gives the same
bytes. They are deflated by the `zlib` at hand: the same bytes on one machine, which is what the
hash of an issued file is taken on.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from drafting.render.wordml import R, xml

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = f"{_PACKAGE}/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

# Part -> what follows the last dot of its content type; its relation bears the same name, except
# for headers and footers, which are numbered.
_KINDS = {
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "comments": "comments",
    "footnotes": "footnotes",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "footer2": "footer",
}


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself. `moment` is UTC and stands for creation and change."""

    title: str
    creator: str
    language: str
    moment: datetime


def package(document: bytes, parts: Mapping[str, bytes], properties: Properties) -> bytes:
    """The bytes of a .docx. `parts`: name without folder and suffix ("styles") -> XML."""
    members = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _roots(),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(parts),
        "docProps/core.xml": _properties(properties),
        **{f"word/{name}.xml": data for name, data in parts.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(_member(name, properties.moment), data, compresslevel=6)
    return buffer.getvalue()


def _member(name: str, moment: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0  # or the bytes would tell one operating system from another
    return info


def _default(name: str) -> dict[str, str]:
    """A namespace of the package as the one without a prefix."""
    return {None: f"{_PACKAGE}/{name}"}  # type: ignore[dict-item]


def _content_types(parts: Mapping[str, bytes]) -> bytes:
    root = etree.Element("Types", nsmap=_default("content-types"))
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    for extension, kind in (("rels", rels), ("xml", "application/xml")):
        etree.SubElement(root, "Default", Extension=extension, ContentType=kind)
    names = {"/word/document.xml": f"{_WORD}.document.main+xml"}
    names["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    names |= {f"/word/{name}.xml": f"{_WORD}.{_KINDS[name]}+xml" for name in parts}
    for name, kind in names.items():
        etree.SubElement(root, "Override", PartName=name, ContentType=kind)
    return xml(root)


def _roots() -> bytes:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relationships(
        [("rId1", f"{R}/officeDocument", "word/document.xml"), ("rId2", core, "docProps/core.xml")]
    )


def relation(part: str) -> str:
    """The id by which the document points to one of its parts."""
    return f"rId_{part}"


def _relations(parts: Mapping[str, bytes]) -> bytes:
    return _relationships(
        [(relation(name), f"{R}/{_KINDS[name]}", f"{name}.xml") for name in parts]
    )


def _relationships(rows: list[tuple[str, str, str]]) -> bytes:
    root = etree.Element("Relationships", nsmap=_default("relationships"))
    for identity, kind, target in rows:
        etree.SubElement(root, "Relationship", Id=identity, Type=kind, Target=target)
    return xml(root)


def _properties(properties: Properties) -> bytes:
    spaces = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=spaces)
    etree.SubElement(root, f"{{{_DC}}}title").text = properties.title
    etree.SubElement(root, f"{{{_DC}}}creator").text = properties.creator
    etree.SubElement(root, f"{{{_DC}}}language").text = properties.language
    for name in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        moment.text = f"{properties.moment:%Y-%m-%dT%H:%M:%SZ}"
    return xml(root)
