"""Looks at an upload before anything opens it: what it is, and whether it is safe to read.

Rules:

- The form is decided by what the bytes are; the name of a file is never believed.
- A zip is measured by reading it, with bounds, never by the sizes it declares.
- Macros, embedded files and links to the outside are reported and never run or followed.

The limits are those under which a reader of ours stays within 1 GiB.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from enum import StrEnum

from drafting.domain.sentences import gettext_noop as _
from drafting.intake.inspection_zip import MIB, look_into, refuse_dtd
from drafting.intake.unreadable import Unreadable

__all__ = ["Form", "Inspected", "Unreadable", "inspect"]

UPLOAD_MAX = 25 * MIB
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON_OBJECT = re.compile(r'\{\s*["}]')
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


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
    b"%PDF": _("This is a PDF: its words cannot be taken back surely. Send the Word file."),
    b"{\\rtf": _("This is an RTF file: open it in Word and save it as .docx."),
    b"\x1f\x8b": _("This is a packed file: unpack it and send the paper itself."),
    b"7z\xbc\xaf": _("This is a packed file: unpack it and send the paper itself."),
    b"Rar!": _("This is a packed file: unpack it and send the paper itself."),
    b"\x89PNG": _("This is a picture: send the paper as Word or text."),
    b"\xff\xd8\xff": _("This is a picture: send the paper as Word or text."),
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
EXPORTED = b'"drafting/draft-'
NOT_A_PAPER = _("This is not a paper that can be read: send Word (.docx), plain text or AKN.")


def inspect(_name: str, data: bytes) -> Inspected:
    """What the bytes are. Raises Unreadable with one sentence for what cannot be read."""
    if not data.strip():
        raise Unreadable(_("This file is empty: choose another."))
    if len(data) > UPLOAD_MAX:
        raise Unreadable(_("This file is larger than 25 MB: send the text without its pictures."))
    for beginning, sentence in OTHERS.items():
        if data.startswith(beginning):
            raise Unreadable(sentence)
    if data.startswith(OLD_OFFICE):
        raise Unreadable(_old_office(data))
    if data.startswith(ZIP):
        return Inspected(Form.DOCX, look_into(data))
    return Inspected(_text_form(data))


def _old_office(data: bytes) -> str:
    if LOCKED in data:
        return _("This file is locked with a password: save it without one.")
    return _("This is an old Office file (.doc): open it in Word and save it as .docx.")


def _text_form(data: bytes) -> Form:
    words = _beginning(data)
    if words.startswith("<"):
        refuse_dtd(io.BytesIO(data))
        if words[:200].casefold().startswith(("<html", "<!doctype html")):
            raise Unreadable(_("This is a web page: send the paper as Word or plain text."))
        if "akomaNtoso" not in words:
            raise Unreadable(_("This XML is not Akoma Ntoso: send Word (.docx), text or AKN."))
        return Form.AKN
    if JSON_OBJECT.match(words):
        return _json_form(data)
    if b"\x00" in data and not data.startswith(UTF_16):
        raise Unreadable(NOT_A_PAPER)
    return Form.TXT


def _beginning(data: bytes) -> str:
    coding = "utf-16" if data.startswith(UTF_16) else "utf-8-sig"
    return data[: 64 * 1024].decode(coding, "ignore").lstrip()


def _json_form(data: bytes) -> Form:
    """Told by a name that every export holds. To take the JSON apart is the child's work."""
    if EXPORTED not in data:
        raise Unreadable(_("This JSON is not an exported draft."))
    return Form.JSON
