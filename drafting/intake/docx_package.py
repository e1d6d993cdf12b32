"""The parts of a Word file: found by their relations, parsed without entities or network."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib

from lxml import etree

from drafting.intake.unreadable import Unreadable

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD = frozenset({W, STRICT})
MEMBER_MAX = 100 * 1024 * 1024

# All that a damaged or foreign zip member raises while it is read.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)

DAMAGED = "This Word file is damaged: open it in Word, save it again, and send that."


def name_of(element: Element) -> str:
    """The local name of a word-processing (or compatibility) element, "" for any other."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _brace, local = tag.rpartition("}")
    space = space[1:]
    return local if space in WORD else f"mc:{local}" if space == MC else ""


def value(element: Element | None, name: str = "val") -> str | None:
    """The word-processing attribute of that name, whichever namespace the file uses."""
    if element is None:
        return None
    for space in WORD:
        found = element.get(f"{{{space}}}{name}")
        if found is not None:
            return str(found)
    return None


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


def parse(data: bytes) -> Element:
    """The root of an XML part. Raises Unreadable."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise Unreadable(DAMAGED)
    return root


class Package:
    """The XML parts of one file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable(DAMAGED) from error
        self._names = set(self._zip.namelist())
        self.main = self._related("", "officeDocument") or "word/document.xml"

    def document(self) -> Element:
        """The main part. Raises Unreadable where there is none."""
        root = self.part(self.main)
        if root is None or name_of(root) != "document":
            raise Unreadable(
                "This is not a Word document (.docx): save the text as one and send that."
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
            raise Unreadable("This file holds a part of more than 100 MB: send only the text.")
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
