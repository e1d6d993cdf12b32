"""Looks at an upload before anything opens it: what it is, and whether it is safe to read.

Rules:

- The form is decided by what the bytes are; the name is only looked at to explain a refusal.
- A zip is measured by reading it, with bounds, never by the sizes it declares.
- Macros, embedded files and links to the outside are reported and never run or followed.

The limits are those under which a reader of ours stays within 1 GiB.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
import stat
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from drafting.intake.docx_package import DAMAGE, DAMAGED
from drafting.intake.unreadable import Unreadable

__all__ = ["Form", "Inspected", "Unreadable", "inspect"]

MIB = 1024 * 1024
UPLOAD_MAX = 25 * MIB
MEMBER_MAX = 100 * MIB
TOTAL_MAX = 200 * MIB
RATIO_MAX = 200
MEMBERS_MAX = 2_000
CHUNK = 64 * 1024
RATIO_FROM = MIB  # below this a high ratio harms nobody

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIN_PART = re.compile(r'ContentType="[^"]*wordprocessingml\.(document|template)\.main\+xml"')
MACRO_PART = re.compile(r'ContentType="application/vnd\.ms-word\.[^"]*macroEnabled[^"]*"')


class Form(StrEnum):
    """A form of file that can be read."""

    DOCX = "docx"
    TXT = "txt"
    AKN = "akn"
    JSON = "json"

    @property
    def media_type(self) -> str:
        return {
            Form.DOCX: DOCX,
            Form.TXT: "text/plain",
            Form.AKN: "application/akn+xml",
            Form.JSON: "application/json",
        }[self]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the upload is, and what a person should know about it."""

    form: Form
    warnings: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        return self.form.media_type


OTHERS = {
    b"%PDF": "This is a PDF: its words cannot be taken back surely. Send the Word file.",
    b"{\\rtf": "This is an RTF file: open it in Word and save it as .docx.",
    b"\xd0\xcf\x11\xe0": "This is an old or encrypted Office file: open it in Word and save it "
    "as .docx, without a password.",
    b"\x1f\x8b": "This is a packed file: unpack it and send the paper itself.",
    b"7z\xbc\xaf": "This is a packed file: unpack it and send the paper itself.",
    b"Rar!": "This is a packed file: unpack it and send the paper itself.",
    b"\x89PNG": "This is a picture: send the paper as Word or text.",
    b"\xff\xd8\xff": "This is a picture: send the paper as Word or text.",
}
NOT_A_PAPER = "This is not a paper that can be read: send Word (.docx), plain text or AKN."


def inspect(name: str, data: bytes) -> Inspected:
    """What the bytes are. Raises Unreadable with one sentence for what cannot be read."""
    if not data.strip():
        raise Unreadable("This file is empty: choose another.")
    if len(data) > UPLOAD_MAX:
        raise Unreadable("This file is larger than 25 MB: send the text without its pictures.")
    for beginning, sentence in OTHERS.items():
        if data.startswith(beginning):
            raise Unreadable(sentence)
    if data.startswith(b"PK"):
        return Inspected(Form.DOCX, _zip(data))
    return Inspected(_text_form(data))


def _text_form(data: bytes) -> Form:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        _refuse_dtd(data)
        if b"akomaNtoso" not in data[:65536]:
            raise Unreadable("This XML is not Akoma Ntoso: send Word (.docx), text or AKN.")
        return Form.AKN
    if start.startswith(b"{"):
        return _json_form(data)
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(NOT_A_PAPER)
    return Form.TXT


def _json_form(data: bytes) -> Form:
    try:
        schema = json.loads(data).get("schema")
    except (ValueError, RecursionError, AttributeError) as error:
        raise Unreadable("This JSON is damaged: export the draft again.") from error
    if not str(schema).startswith("drafting/draft-"):
        raise Unreadable("This JSON is not an exported draft.")
    return Form.JSON


def _refuse_dtd(data: bytes) -> None:
    """Any mention of a document type or entity, in any of the encodings XML may come in."""
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        for word in ("<!DOCTYPE", "<!ENTITY"):
            if word.encode(coding) in data or word.lower().encode(coding) in data:
                raise Unreadable("This file defines entities, which no paper needs: save it anew.")


# --- Zip ----------------------------------------------------------------------------------------


def _zip(data: bytes) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _names(members)
            types = _contents(package, members, len(data))
    except DAMAGE as error:
        raise Unreadable(DAMAGED) from error
    except NotImplementedError as error:
        raise Unreadable(DAMAGED) from error
    if types is None or not (MAIN_PART.search(types) or MACRO_PART.search(types)):
        raise Unreadable(_other_zip({member.filename for member in members}))
    return tuple(_warnings([member.filename for member in members], types))


def _names(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBERS_MAX:
        raise Unreadable("This file holds more than 2,000 parts: it is no Word document.")
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise Unreadable(DAMAGED)
    for member in members:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path:
            raise Unreadable(DAMAGED)
        if member.flag_bits & 0x1:
            raise Unreadable("This file is locked with a password: save it without one.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Unreadable(DAMAGED)


def _contents(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed: int) -> str | None:
    """Reads every part within its bounds; gives the list of content types."""
    total, types = 0, None
    for member in members:
        is_xml = member.filename.endswith((".xml", ".rels"))
        kept = io.BytesIO()
        size = 0
        with package.open(member) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                total += len(chunk)
                _refuse_size(size, total, packed)
                if is_xml:
                    kept.write(chunk)
        if is_xml:
            _refuse_dtd(kept.getvalue())
        if member.filename == "[Content_Types].xml":
            types = kept.getvalue().decode("utf-8", "replace")
    return types


def _refuse_size(member: int, total: int, packed: int) -> None:
    if member > MEMBER_MAX or total > TOTAL_MAX:
        raise Unreadable("This file unpacks to more than 200 MB: send only the text.")
    if total > RATIO_FROM and total > RATIO_MAX * packed:
        raise Unreadable("This file unpacks to far more than a text can be: save it anew in Word.")


def _other_zip(names: set[str]) -> str:
    if "content.xml" in names or "mimetype" in names:
        return "This is an OpenDocument file: save it as Word (.docx) and send that."
    folders = {posixpath.dirname(name) for name in names}
    if "xl" in folders or "ppt" in folders:
        return "This is a table or a presentation: send the paper as a Word document."
    return "This is a packed file: unpack it and send the paper itself."


def _warnings(names: list[str], types: str) -> list[str]:
    told = []
    if MACRO_PART.search(types) or any("vbaProject" in name for name in names):
        told.append("The file holds macros; they were not run.")
    if any("/embeddings/" in name or "/activeX/" in name for name in names):
        told.append("The file holds embedded objects; they were left out.")
    return told
