"""Measures a Word file's zip by reading it through, and tells what it holds besides words.

The sizes that a zip declares are never believed: every part is read from end to end, and counted.
"""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
from collections.abc import Iterator
from typing import IO, cast

from drafting.domain.sentences import gettext_noop as _
from drafting.intake.docx_package import DAMAGE, DAMAGED
from drafting.intake.inspection_foreign import LOCKED, PACKED, TABLE
from drafting.intake.unreadable import Unreadable

MIB = 1024 * 1024
MEMBER_MAX = 100 * MIB
TOTAL_MAX = 200 * MIB
RATIO_MAX = 200
MEMBERS_MAX = 2_000
LIST_MAX = MIB  # of content types and of relations
CHUNK = 64 * 1024
RATIO_FROM = MIB  # below this a high ratio harms nobody

MAIN_PART = re.compile(r'ContentType="[^"]*wordprocessingml\.(document|template)\.main\+xml"')
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
HYPERLINK = re.compile(r'Type="[^"]*/hyperlink"')
MACRO_PART = re.compile(r'ContentType="application/vnd\.ms-word\.[^"]*macroEnabled[^"]*"')
DTD = tuple(
    word.encode(coding)
    for word in ("<!DOCTYPE", "<!doctype", "<!ENTITY", "<!entity")
    for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
DTD_LONGEST = max(map(len, DTD))
TOO_MANY = _("This file holds more than 2,000 parts: it is no Word document.")


def look_into(data: bytes) -> tuple[str, ...]:
    """What a person should know of the file. Raises Unreadable unless it is a safe Word file."""
    if data.count(b"PK\x01\x02") > 2 * MEMBERS_MAX:  # before the list of them fills the memory
        raise Unreadable(TOO_MANY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _refuse_names(members)
            meter = _Meter(len(data))
            for member in members:
                _read_through(package, member, meter)
            names = {member.filename for member in members}
            types = _part(package, "[Content_Types].xml", names)
            relations = [_part(package, name, names) for name in names if name.endswith(".rels")]
    except DAMAGE as error:
        raise Unreadable(DAMAGED) from error
    if not (MAIN_PART.search(types) or MACRO_PART.search(types)):
        raise Unreadable(_other_zip(names))
    return tuple(_warnings(names, types, relations))


def _refuse_names(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBERS_MAX:
        raise Unreadable(TOO_MANY)
    if len({member.filename.casefold() for member in members}) != len(members):
        raise Unreadable(DAMAGED)
    for member in members:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path:
            raise Unreadable(DAMAGED)
        if member.flag_bits & 0x1:
            raise Unreadable(LOCKED)
        if stat.S_ISLNK(member.external_attr >> 16) or "\x00" in member.orig_filename:
            raise Unreadable(DAMAGED)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(DAMAGED)


class _Meter:
    """Counts what parts unpack to, and refuses beyond the limits."""

    def __init__(self, packed: int) -> None:
        self._packed = packed
        self._total = self._size = self._packed_size = 0

    def begin(self, member: zipfile.ZipInfo) -> None:
        self._size, self._packed_size = 0, min(member.compress_size, self._packed)

    def count(self, more: int) -> None:
        self._size += more
        self._total += more
        if self._size > MEMBER_MAX or self._total > TOTAL_MAX:
            raise Unreadable(_("This file unpacks to more than 200 MB: send only the text."))
        if _is_bomb(self._size, self._packed_size) or _is_bomb(self._total, self._packed):
            raise Unreadable(
                _("This file unpacks to far more than a text can be: save it anew in Word.")
            )


def _is_bomb(size: int, packed: int) -> bool:
    return size > RATIO_FROM and size > RATIO_MAX * packed


class _Metered(io.RawIOBase):
    """A part that is being measured while it is read."""

    def __init__(self, stream: IO[bytes], meter: _Meter) -> None:
        self._stream, self._meter = stream, meter

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._meter.count(len(chunk))
        return chunk


def _read_through(package: zipfile.ZipFile, member: zipfile.ZipInfo, meter: _Meter) -> None:
    """One part from end to end within its bounds, whatever size it declares."""
    meter.begin(member)
    with package.open(member) as stream:
        metered = cast("IO[bytes]", _Metered(stream, meter))
        if member.filename.casefold().endswith((".xml", ".rels")):
            refuse_dtd(metered)
        else:
            while metered.read(CHUNK):
                pass


def _part(package: zipfile.ZipFile, name: str, names: set[str]) -> str:
    """The beginning of a part that is a list; "" where there is none."""
    if name not in names:
        return ""
    with package.open(name) as stream:
        return stream.read(LIST_MAX).decode("utf-8", "replace")


def _other_zip(names: set[str]) -> str:
    if "content.xml" in names or "mimetype" in names:
        return _("This is an OpenDocument file: save it as Word (.docx) and send that.")
    folders = {posixpath.dirname(name) for name in names}
    if "xl" in folders or "ppt" in folders:
        return TABLE
    return PACKED


def _warnings(names: set[str], types: str, relations: list[str]) -> Iterator[str]:
    if MACRO_PART.search(types) or any("vbaProject" in name for name in names):
        yield _("The file holds macros; they were not run.")
    if any("/embeddings/" in name or "/activeX/" in name for name in names):
        yield _("The file holds embedded objects; they were left out.")
    if any(_links_outside(part) for part in relations):
        yield _("The file takes pictures or other parts from outside; they were not fetched.")


def _links_outside(relations: str) -> bool:
    """Whether anything but a hyperlink, which only a reader follows, points outside."""
    return any(
        'TargetMode="External"' in found and not HYPERLINK.search(found)
        for found in RELATION.findall(relations)
    )


# --- Entities -----------------------------------------------------------------------------------


def refuse_dtd(stream: IO[bytes]) -> None:
    """Any mention of a document type or entity, in any of the encodings XML may come in."""
    for chunk in _overlapping(stream):
        if any(mention in chunk for mention in DTD):
            raise Unreadable(_("This file defines entities, which no paper needs: save it anew."))


def _overlapping(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces, each with the end of the one before."""
    before = b""
    while chunk := stream.read(CHUNK):
        yield before + chunk
        before = chunk[-DTD_LONGEST:]
