"""Odd files that still have a right reading: each with the words of its first paragraph."""

from __future__ import annotations

from tests.intake.bad_files import MIB, document, of_type, spoilt, swollen
from tests.intake.builders import (
    abstract,
    docx,
    ins,
    level,
    members,
    num,
    p,
    r,
    row,
    sdt,
    style,
    table,
    within,
    zipped,
)

HUGE = "9" * 5000

STYLES = style("Item", "Item", number=1)
NUMBERING = abstract(1, level(0, "lowerLetter", "%1)")) + num(1, 1)


def listed(*body: str) -> bytes:
    """A Word file of these blocks that knows one list."""
    return docx(*body, styles=STYLES, numbering=NUMBERING)


READ: dict[str, tuple[bytes, str]] = {
    "a text in UTF-16": ("resolves".encode("utf-16"), "resolves"),
    "a text with a mark of byte order": ("resolves".encode("utf-8-sig"), "resolves"),
    "a text that begins like a zip": (b"PK Section 4 resolves", "PK Section 4 resolves"),
    "a text that begins with a brace": (
        b"{to be discussed} resolves",
        "{to be discussed} resolves",
    ),
    "a memo": (b"To: the Chair\nFrom: Valmora\n\nresolves", "To: the Chair"),
    "a text with control characters": (b"re\x07sol\x1bves", "resolves"),
    "a bomb that claims to be nothing, and is not unpacked": (
        swollen(20 * MIB, claims=0),
        "that buoys are lit;",
    ),
    "a huge number to start from": (
        docx(
            p(r("words"), number=(1, 0)),
            numbering=abstract(1, level(0, "lowerRoman", "%1)")).replace(
                '<w:start w:val="1"/>', f'<w:start w:val="{HUGE}"/>'
            )
            + num(1, 1),
        ),
        "words",
    ),
    "a level out of any range": (
        listed(p(r("words"), number=(1, 999_999))),
        "words",
    ),
    "a level that is no number": (
        listed(p(r("words"), number=(1, 0)).replace('w:ilvl w:val="0"', 'w:ilvl w:val="x"')),
        "words",
    ),
    "a list that is nowhere": (listed(p(r("words"), number=(77, 0))), "words"),
    "a list of no definition": (docx(p(r("words"), number=(1, 0)), numbering=num(1, 5)), "words"),
    "a pattern of a million signs": (
        docx(
            p(r("words"), number=(1, 0)),
            numbering=abstract(1, level(0, "decimal", "%1" * 500_000)) + num(1, 1),
        ),
        "words",
    ),
    "styles in a circle": (
        docx(p(r("words"), style="A"), styles=style("A", "A", "B") + style("B", "B", "A")),
        "words",
    ),
    "a style based on itself": (
        docx(p(r("words"), style="A"), styles=style("A", "A", "A")),
        "words",
    ),
    "a definition linked to itself": (
        docx(
            p(r("words"), number=(1, 0)),
            numbering=abstract(1, more='<w:numStyleLink w:val="A"/>') + num(1, 1),
            styles=style("A", "A", number=1),
        ),
        "words",
    ),
    "a field that never ends": (
        docx(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("words"))),
        "words",
    ),
    "a field that never began": (
        docx(p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', r("words"))),
        "words",
    ),
    "cells outside tables": (document(f"<w:tc>{p(r('words'))}</w:tc>"), "words"),
    "changes without author": (docx(p(within("ins", r("words"), who=""))), "words"),
    "a symbol that is no number": (
        docx(p(r("words"), '<w:r><w:sym w:char="zz"/></w:r>')),
        "words\ufffd",
    ),
    "marks of ranges never opened": (
        docx(p('<w:commentRangeEnd w:id="5"/><w:moveToRangeEnd w:id="6"/>', r("words"))),
        "words",
    ),
    "a comment that is nowhere": (
        docx(p(r("words"), '<w:r><w:commentReference w:id="5"/></w:r>')),
        "words",
    ),
    "a note that is nowhere": (
        docx(p(r("words"), '<w:r><w:footnoteReference w:id="5"/></w:r>')),
        "words",
    ),
    "a relation to a part that is missing": (
        zipped({k: v for k, v in members(p(r("words")), styles="").items() if "styles" not in k}),
        "words",
    ),
    "50 nested insertions": (
        docx(p("".join(["<w:ins>"] * 50), r("words"), "</w:ins>" * 50)),
        "words",
    ),
    "a macro": (of_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "words"),
    "an embedded object": (spoilt(word__embeddings__a_bin=b"x"), "that buoys are lit;"),
    "a picture from outside": (
        spoilt(
            **{
                "word___rels__document_xml.rels": (
                    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                    '<Relationship Id="r1" Type="http://a/image" Target="http://example.org/a.png" '
                    'TargetMode="External"/></Relationships>'
                )
            }
        ),
        "that buoys are lit;",
    ),
    "a table of two columns that are no two texts": (
        docx(
            p(r("words")),
            table(
                *[
                    row(p(r(f"a thing of its own, number {n}")), p(r("to be read each spring")))
                    for n in range(9)
                ]
            ),
        ),
        "words",
    ),
    "a prompt of a form": (
        docx(
            p(
                r("words"),
                sdt(r("Click to enter text.")).replace(
                    "sdtPr/", "sdtPr><w:showingPlcHdr/></w:sdtPr"
                ),
            )
        ),
        "words",
    ),
    "a choice of a form": (
        docx(
            p(
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
                '<w:listEntry w:val="a"/><w:listEntry w:val="words"/></w:ddList></w:ffData>'
                "</w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
        ),
        "words",
    ),
    "a picture": (
        docx(p(r("words"), "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>")),
        "words",
    ),
    "a list that counts in Hebrew": (
        docx(
            p(r("words"), number=(1, 0)),
            numbering=abstract(1, level(0, "hebrew1", "%1)")) + num(1, 1),
        ),
        "words",
    ),
    "nothing but an insertion": (docx(p(ins(r("words")), mark="ins")), "words"),
}
