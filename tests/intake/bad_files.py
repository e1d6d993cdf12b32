"""Files that no reader should trust: how they are made, and what their sender is told."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from itertools import pairwise

from tests.intake.builders import (
    DECLARATION,
    MAIN,
    SPACES,
    members,
    p,
    r,
    row,
    table,
    zipped,
)

MIB = 1024 * 1024
GOOD = members(p(r("that buoys are lit;")))
DAMAGED, BOMB, LARGE = "damaged", "far more than a text", "more than 200 MB"
LOCKED, ENTITIES, NO_WORD = "password", "entities", "not a Word document"


def spoilt(**parts: bytes | str) -> bytes:
    """The good file with some parts replaced; "__" in a name stands for "/", "_xml" for ".xml"."""
    replaced = {_path(name): _bytes(part) for name, part in parts.items()}
    return zipped({**GOOD, **replaced})


def _path(name: str) -> str:
    return name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin")


def _bytes(part: bytes | str) -> bytes:
    return part if isinstance(part, bytes) else part.encode()


def without(*names: str) -> bytes:
    return zipped({name: data for name, data in GOOD.items() if name not in names})


def document(inner: str, *, before: str = "") -> bytes:
    """A Word file whose main part is this body, after `before`."""
    whole = f"{DECLARATION}{before}<w:document {SPACES}><w:body>{inner}</w:body></w:document>"
    return spoilt(word__document_xml=whole)


def of_type(content_type: str) -> bytes:
    return zipped(members(p(r("words")), main=content_type))


def with_member(
    name: str, data: bytes = b"x", *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The good file with one more member under any name, with any file mode."""
    held = io.BytesIO(zipped(GOOD))
    with zipfile.ZipFile(held, "a") as package:
        info = zipfile.ZipInfo(name)
        info.compress_type = method
        info.external_attr = mode << 16
        package.writestr(info, data)
    return held.getvalue()


def twice(name: str, data: bytes) -> bytes:
    """The good file with a second member of one name (written past the library's warning)."""
    other = name[:-1] + chr(ord(name[-1]) ^ 1)
    return with_member(other, data).replace(other.encode(), name.encode())


def flagged(bit: int) -> bytes:
    """The good file with a bit set in the flags of its last member, in both its headers."""
    data = bytearray(zipped(GOOD))
    central, local = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x03\x04")
    data[central + 8] |= bit
    data[local + 6] |= bit
    return bytes(data)


def declared(size: int) -> bytes:
    """The good file whose last member declares another size than it has."""
    data = bytearray(zipped(GOOD))
    central, local = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x03\x04")
    struct.pack_into("<I", data, central + 24, size)
    struct.pack_into("<I", data, local + 22, size)
    return bytes(data)


def swollen(size: int, *, claims: int) -> bytes:
    """A main part that unpacks to `size` bytes and claims to be `claims` long."""
    packed = zlib.compress(b" " * size, 9)[2:-4]
    name = b"word/swollen.bin"
    good = zipped(GOOD)
    end = good.rfind(b"PK\x05\x06")
    central = good.index(b"PK\x01\x02")
    at = central
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(packed), claims, len(name), 0
    )
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        *(b"PK\x01\x02", 20, 20, 0, 8, 0, 33, 0, len(packed), claims, len(name)),
        *(0, 0, 0, 0, 0, at),
    )
    listed = good[central:end] + entry + name
    count = len(GOOD) + 1
    offset = central + len(local + name + packed)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listed), offset, 0)
    return good[:central] + local + name + packed + listed + tail


def nested(depth: int, tag: str) -> str:
    return f"<w:{tag}>" * depth + r("deep") + f"</w:{tag}>" * depth


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in pairwise("abcdefghi"))
    + "]>"
)
FETCH = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
AKN = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
HUGE = "9" * 5000

REFUSED: dict[str, tuple[bytes, str]] = {
    # Not a paper at all
    "nothing": (b"", "empty"),
    "spaces only": (b" \n\t ", "empty"),
    "more than 25 MB": (b"a" * (25 * MIB + 1), "25 MB"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
    "RTF": (rb"{\rtf1\ansi words}", "RTF"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), ".docx"),
    "Word with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "table"),
    "a letter out of Outlook": (OLE + "__substg1.0_0037".encode("utf-16-le"), "e-mail"),
    "PDF after a line": (b"\xef\xbb\xbf\r\n%PDF-1.4 words", "PDF"),
    "e-mail": (
        b"Received: from a\r\n by b\r\nSubject: our proposal\r\nTo: c@example.org\r\n\r\nDear all",
        "e-mail",
    ),
    "web page in one file": (
        b"MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=a\n\n--a\nwords",
        "web page",
    ),
    "Word's flat XML": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package/>',
        "Word's own XML",
    ),
    "the file Word keeps beside an open one": (b"\x05Maria" + bytes(156), "choose the paper"),
    "two texts side by side": (
        zipped(
            members(
                table(
                    *[
                        row(
                            p(r(f"{n} that buoys are lit by night;")),
                            p(r(f"{n} that buoys and lights are lit by night;")),
                        )
                        for n in range(4)
                    ]
                )
            )
        ),
        "side by side",
    ),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(20), "unpack"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture"),
    "bytes of no kind": (bytes(range(256)) * 4, "not a paper"),
    "OpenDocument": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        "OpenDocument",
    ),
    "spreadsheet": (
        zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"}),
        "table",
    ),
    "presentation": (zipped({"[Content_Types].xml": b"<Types/>", "ppt/a.xml": b"<a/>"}), "table"),
    "any zip": (zipped({"photo.jpg": b"x"}), "unpack"),
    "zip without members": (zipped({}), "unpack"),
    "web page": (b"<!DOCTYPE html><html><body>words</body></html>", ENTITIES),
    "web page without a type": (b"<html><body>words</body></html>", "web page"),
    "XML of another kind": (b"<note>words</note>", "Akoma Ntoso"),
    "Latin-1 text": ("Résolution".encode("latin-1"), "UTF-8"),
    "UTF-8 cut in a character": ("Résolution é".encode()[:-1], "UTF-8"),
    "UTF-16 cut in a character": ("words".encode("utf-16")[:-1], "UTF-8"),
    "text with NUL": (b"words\x00words", "not a paper"),
    "JSON of another kind": (b'{"a": 1}', "exported draft"),
    "JSON cut short": (b'{"schema": "drafting/dr', "JSON"),
    "an exported draft cut short": (b'{"schema": "drafting/draft-1", ', "it is not JSON"),
    "JSON nested without end": (b'{"a":' * 100_000, "JSON"),
    "an exported draft nested without end": (
        b'{"schema": "drafting/draft-1", "a":' + b'{"a":' * 100_000,
        "nested too deeply",
    ),
    "an exported draft of nothing": (b'{"schema": "drafting/draft-1"}', "damaged"),
    # Zips that lie
    "cut in the middle": (zipped(GOOD)[:400], DAMAGED),
    "cut at the end": (zipped(GOOD)[:-10], DAMAGED),
    "only the end": (zipped(GOOD)[-22:], DAMAGED),
    "bytes of a part changed": (zipped(GOOD, 0).replace(b"buoys", b"birds"), DAMAGED),
    "part declared shorter": (declared(5), DAMAGED),
    "encrypted member": (flagged(0x1), LOCKED),
    "member that climbs out": (with_member("../evil.xml"), DAMAGED),
    "member that climbs out, backwards": (with_member("word\\..\\..\\evil.xml"), DAMAGED),
    "absolute member": (with_member("/etc/evil"), DAMAGED),
    "member on a drive": (with_member("C:/evil"), DAMAGED),
    "symbolic link": (with_member("word/link", b"/etc/hostname", mode=0o120777), DAMAGED),
    "two members of one name": (twice("word/document.xml", b"<a/>"), DAMAGED),
    "names that differ in case": (with_member("WORD/document.xml", b"<a/>"), DAMAGED),
    "member of another method": (
        with_member("a.bin", b"a" * 999, method=zipfile.ZIP_BZIP2),
        DAMAGED,
    ),
    "2,001 members": (zipped({**GOOD, **{f"a/{n}": b"" for n in range(2_001)}}), "2,000"),
    "100,000 members": (zipped({f"a/{n}": b"" for n in range(65_000)}), "2,000"),
    "bomb of one part": (spoilt(word__bomb_xml=b" " * (20 * MIB)), BOMB),
    "bomb that is no XML": (spoilt(word__bomb_bin=bytes(20 * MIB)), BOMB),
    "bomb of many parts": (
        zipped({**GOOD, **{f"a/{n}.xml": b" " * (MIB - 1) for n in range(60)}}),
        BOMB,
    ),
    "bomb beside a part that packs badly": (
        zipped({**GOOD, "a.bin": random.Random(7).randbytes(MIB), "b.xml": b" " * (20 * MIB)}),
        BOMB,
    ),
    "bomb that claims to be small": (swollen(20 * MIB, claims=100), DAMAGED),
    "bomb in a bomb": (spoilt(word__inner_bin=zipped({"a": bytes(40 * MIB)}) * 100), BOMB),
    # Word files that are none
    "no content types": (without("[Content_Types].xml"), "unpack"),
    "no main part": (without("word/document.xml"), NO_WORD),
    "content type of a table": (of_type(MAIN.replace("wordprocessing", "spreadsheet")), "unpack"),
    "main part of another kind": (spoilt(word__document_xml="<a/>"), NO_WORD),
    "no body": (
        spoilt(word__document_xml=f"<w:document {SPACES}/>"),
        "no text",
    ),
    "main part is no XML": (spoilt(word__document_xml="that buoys are lit"), DAMAGED),
    "main part is empty": (spoilt(word__document_xml=""), DAMAGED),
    "main part is cut": (spoilt(word__document_xml=GOOD["word/document.xml"][:-9]), DAMAGED),
    "main part is no UTF-8": (spoilt(word__document_xml=b"<a>\xff\xfe</a>"), DAMAGED),
    "main part of an unknown encoding": (
        spoilt(word__document_xml=b'<?xml version="1.0" encoding="klingon"?><a/>'),
        DAMAGED,
    ),
    "NUL in the words": (
        spoilt(word__document_xml=GOOD["word/document.xml"].replace(b"lit", b"l\x00t")),
        DAMAGED,
    ),
    "unbound prefix": (spoilt(word__document_xml="<w:document><w:body/></w:document>"), DAMAGED),
    "document type": (document(p(r("a")), before="<!DOCTYPE w>"), ENTITIES),
    "document type, UTF-16": (
        spoilt(word__document_xml="<!DOCTYPE w><w/>".encode("utf-16")),
        ENTITIES,
    ),
    "billion laughs": (document(p(r("&i;")), before=LAUGHS), ENTITIES),
    "entity from outside": (document(p(r("&a;")), before=FETCH), ENTITIES),
    "document type in another part": (spoilt(word__styles_xml="<!DOCTYPE w><w/>"), ENTITIES),
    "document type after a long comment": (
        spoilt(word__document_xml=f"<!--{'-~' * 50_000}--><!DOCTYPE w><w/>"),
        ENTITIES,
    ),
    "100,000 nested elements": (document(nested(100_000, "ins")), BOMB),
    "30,000 nested elements": (document(nested(30_000, "ins")), DAMAGED),
    "200 nested insertions": (document(p(nested(200, "ins"))), "too deeply"),
    "200 nested tables' worth": (document(nested(150, "sdt")), "too deeply"),
    "relations are no XML": (spoilt(**{"_rels__.rels": "words"}), DAMAGED),
    "numbering is cut": (
        zipped({**members(p(r("a")), numbering=""), "word/numbering.xml": b"<w:numbering"}),
        DAMAGED,
    ),
    # AKN that is none
    "AKN with a document type": (f"<!DOCTYPE a>{AKN}<act/></akomaNtoso>".encode(), ENTITIES),
    "AKN with laughs": (f"{LAUGHS}{AKN}<act>&i;</act></akomaNtoso>".encode(), ENTITIES),
    "AKN that fetches": (f"{FETCH}{AKN}<act>&a;</act></akomaNtoso>".encode(), ENTITIES),
    "AKN cut short": (f"{AKN}<statement><p>words".encode(), DAMAGED),
    "AKN without words": (f"{AKN}</akomaNtoso>".encode(), "no text"),
    "AKN, 100,000 nested elements": (
        f"{AKN}{'<p>' * 100_000}{'</p>' * 100_000}</akomaNtoso>".encode(),
        DAMAGED,
    ),
}
