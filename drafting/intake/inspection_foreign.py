"""What a secretariat is really sent in the place of a paper, and what its sender is told.

Each is told by its bytes: the name and the ending of a file are never believed. What is written
in letters, such as an e-mail, could be read as plain text, and would be nonsense: it is refused.
"""

from __future__ import annotations

import re

from drafting.domain.sentences import gettext_noop as _

PACKED = _("This is a packed file: unpack it and send the paper itself.")
PICTURE = _("This is a picture: send the paper as Word or text.")
PDF = _("This is a PDF: its words cannot be taken back surely. Send the Word file.")
RTF = _("This is an RTF file: open it in Word and save it as .docx.")
LOCKED = _("This file is locked with a password: save it without one.")
OLD_WORD = _("This is an old Office file (.doc): open it in Word and save it as .docx.")
TABLE = _("This is a table or a presentation: send the paper as a Word document.")
LETTER = _("This is an e-mail: send the paper that is attached to it, as Word or plain text.")
WEB_ARCHIVE = _("This is a web page saved as one file: open it in Word and save it as .docx.")
WORD_XML = _("This is Word's own XML: open it in Word and save it as .docx.")
OWNER = _("This small file is kept by Word while a paper is open: choose the paper itself.")

BEGINNINGS = {
    b"%PDF": PDF,
    b"{\\rtf": RTF,
    b"\x1f\x8b": PACKED,
    b"7z\xbc\xaf": PACKED,
    b"Rar!": PACKED,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# Names in the list of contents of an old Office file, in the order in which they decide.
CONTENTS = {
    "EncryptedPackage": LOCKED,
    "WordDocument": OLD_WORD,
    "__substg1.0_": LETTER,
    "Workbook": TABLE,
    "PowerPoint": TABLE,
}
BLANK = b"\xef\xbb\xbf \t\r\n"
OWNER_SIZE, NAME_MAX = 162, 54  # Word's "~$paper.docx": the length of a name, the name, and again
HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t].*|[ \t]+\S.*")
OF_MAIL = re.compile(rb"^(?:mime-version|message-id|received|return-path|x-mailer):", re.I | re.M)
OF_ARCHIVE = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)


def foreign(data: bytes) -> str | None:
    """What the sender of the bytes is told where they are no paper; None where they may be one."""
    if data.startswith(OLD_OFFICE):
        return _of_old_office(data)
    if len(data) == OWNER_SIZE and 0 < data[0] <= NAME_MAX and b"\x00" in data:
        return OWNER
    begins = data[:1024].lstrip(BLANK)
    for beginning, sentence in BEGINNINGS.items():
        if begins.startswith(beginning):
            return sentence
    return _of_mail(data[: 64 * 1024].lstrip(BLANK))


def _of_old_office(data: bytes) -> str:
    names = (name for name in CONTENTS if name.encode("utf-16-le") in data)
    return CONTENTS[next(names, "WordDocument")]


def _of_mail(data: bytes) -> str | None:
    """A block of header lines with one that only mail has; a memo's "To:" and "From:" is text."""
    lines = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if not all(HEADER.fullmatch(line) for line in lines.split(b"\n")) or not OF_MAIL.search(lines):
        return None
    unfolded = re.sub(rb"\n[ \t]+", b" ", lines)
    return WEB_ARCHIVE if OF_ARCHIVE.search(unfolded) else LETTER
