"""The parts of a Word file: found by their relations, parsed without entities or network."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from functools import cache

from lxml import etree

from drafting.domain.sentences import gettext_noop as _
from drafting.intake.unreadable import Unreadable

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
STRICT_MATH = "http://purl.oclc.org/ooxml/officeDocument/math"
PREFIXES = {W: "", STRICT: "", MC: "mc:", MATH: "m:", STRICT_MATH: "m:"}
MEMBER_MAX = 100 * 1024 * 1024

# All that a damaged or foreign zip member raises while it is read.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,  # NotImplementedError for methods and versions, too
    ValueError,
    struct.error,
    OverflowError,
)

DAMAGED = _("This Word file is damaged: open it in Word, save it again, and send that.")


def name_of(element: Element) -> str:
    """The local name of a word-processing element, "mc:..." or "m:..." for compatibility and
    mathematics, "" for any other."""
    return _name(element.tag)


@cache
def _name(tag: object) -> str:
    if not isinstance(tag, str):
        return ""
    space, _brace, local = tag.rpartition("}")
    prefix = PREFIXES.get(space[1:])
    return "" if prefix is None else prefix + local


def value(element: Element | None, name: str = "val") -> str | None:
    """The word-processing attribute of that name, whichever namespace the file uses."""
    if element is None:
        return None
    found = element.get(f"{{{W}}}{name}")
    return found if found is not None else element.get(f"{{{STRICT}}}{name}")


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    if element is None:
        return None
    return next((item for item in element if name_of(item) == name), None)


def is_on(element: Element | None) -> bool:
    """A toggle such as `w:i`: on where it stands, unless it says otherwise."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def whole(words: str | None, fallback: int = 0) -> int:
    """A number written in a file; `fallback` for anything else, and nothing beyond nine digits."""
    digits = (words or "").strip()
    if not digits.isascii() or not digits.isdigit():
        return fallback
    return int(digits[:9])


def parse(data: bytes, damaged: str = DAMAGED) -> Element:
    """The root of an XML part. Raises Unreadable with the sentence `damaged`."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(damaged) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(damaged)
    return root


class Package:
    """The XML parts of one file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise Unreadable(DAMAGED) from error
        self._names = set(self._zip.namelist())
        self.main = self._related("", "officeDocument") or "word/document.xml"

    def document(self) -> Element:
        """The main part. Raises Unreadable where there is none."""
        root = self.part(self.main)
        if root is None or name_of(root) != "document":
            raise Unreadable(
                _("This is not a Word document (.docx): save the text as one and send that.")
            )
        return root

    def related(self, kind: str) -> Element | None:
        """The part that the main part calls its `kind` ("comments", "numbering")."""
        name = self._related(self.main, kind)
        return self.part(name) if name else None

    def part(self, name: str) -> Element | None:
        if name not in self._names:
            return None
        try:
            with self._zip.open(name) as member:
                data = member.read(MEMBER_MAX + 1)
        except DAMAGE as error:
            raise Unreadable(DAMAGED) from error
        if len(data) > MEMBER_MAX:
            raise Unreadable(_("This file holds a part of more than 100 MB: send only the text."))
        return parse(data)

    def _related(self, source: str, kind: str) -> str | None:
        folder, file = posixpath.split(source)
        relations = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in relations if relations is not None else ():
            if str(relation.get("Type", "")).rpartition("/")[2] != kind:
                continue
            if relation.get("TargetMode") == "External":
                continue
            target = str(relation.get("Target", ""))
            return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return None
