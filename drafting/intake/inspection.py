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
from drafting.intake.inspection_foreign import WORD_XML, foreign
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


EXPORTED = b'"drafting/draft-'
NOT_A_PAPER = _("This is not a paper that can be read: send Word (.docx), plain text or AKN.")


def inspect(_name: str, data: bytes) -> Inspected:
    """What the bytes are. Raises Unreadable with one sentence for what cannot be read."""
    if not data.strip():
        raise Unreadable(_("This file is empty: choose another."))
    if len(data) > UPLOAD_MAX:
        raise Unreadable(_("This file is larger than 25 MB: send the text without its pictures."))
    sentence = foreign(data)
    if sentence is not None:
        raise Unreadable(sentence)
    if data.startswith(ZIP):
        return Inspected(Form.DOCX, look_into(data))
    return Inspected(_text_form(data))


def _text_form(data: bytes) -> Form:
    words = _beginning(data)
    if words.startswith("<"):
        refuse_dtd(io.BytesIO(data))
        if words[:200].casefold().startswith(("<html", "<!doctype html")):
            raise Unreadable(_("This is a web page: send the paper as Word or plain text."))
        if 'progid="Word.Document"' in words or "/office/word/" in words[:2000]:
            raise Unreadable(WORD_XML)
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
