"""Each phenomenon of tracked changes once: the old text and the new, in both forms of Word file."""

from __future__ import annotations

import pytest

from drafting.intake.docx import read_docx
from tests.intake.builders import (
    WHO,
    dele,
    docx,
    field_,
    gone,
    ins,
    p,
    r,
    row,
    sdt,
    table,
    within,
)
from tests.intake.docx_views import view


def moved(kind: str, name: str, words: str) -> str:
    """Words with the range of their move around them."""
    start = f'<w:{kind}RangeStart w:id="5" w:name="{name}" {WHO}/>'
    return f'{start}{within(kind, words)}<w:{kind}RangeEnd w:id="5"/>'


BOX = (
    "<w:drawing><wp:anchor><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></wp:anchor>"
    "</w:drawing>"
)
PICT = "<w:pict><v:shape><v:textbox><w:txbxContent>{words}</w:txbxContent></v:textbox></v:shape></w:pict>"  # noqa: E501
SPACE = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


def alternative(choice: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps" {SPACE}>{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


PROBE: dict[str, tuple[str, list[str], list[str]]] = {
    "an insertion and a deletion": (
        p(r("a "), ins(r("new ")), dele(gone("old ")), r("word")),
        ["a old word"], ["a new word"],
    ),
    "a deletion in an insertion": (
        p(r("a "), ins(r("kept "), dele(gone("struck "))), r("word")),
        ["a word"], ["a kept word"],
    ),
    "an insertion in a deletion": (
        p(r("a "), dele(gone("old "), ins(r("both "))), r("word")),
        ["a old word"], ["a word"],
    ),
    "a move": (
        p(moved("moveFrom", "m1", r("here "))) + p(r("stays "), moved("moveTo", "m1", r("here"))),
        ["here ", "stays "], ["", "stays here"],
    ),
    "a deletion in moved words": (
        p(moved("moveTo", "m1", dele(gone("old ")) + r("new"))), [""], ["new"],
    ),
    "a paragraph mark inserted": (
        p(r("one "), mark="ins") + p(r("two")), ["one two"], ["one ", "two"],
    ),
    "a paragraph mark deleted": (
        p(r("one "), mark="del") + p(r("two")), ["one ", "two"], ["one two"],
    ),
    "two marks deleted in a row": (
        p(r("a"), mark="del") + p(r("b"), mark="del") + p(r("c")), ["a", "b", "c"], ["abc"],
    ),
    "a whole paragraph inserted": (
        p(r("one")) + p(ins(r("new")), mark="ins") + p(r("two")), ["one", "two"],
        ["one", "new", "two"],
    ),
    "a row inserted and one deleted": (
        table(row(p(r("a"))), row(p(r("b")), tracked="ins"), row(p(r("c")), tracked="del")),
        ["a", "c"], ["a", "b"],
    ),
    "a content control around blocks": (
        sdt(p(r("one")), sdt(p(r("two")))), ["one", "two"], ["one", "two"],
    ),
    "a content control in a line": (
        p(r("one "), sdt(ins(r("new ")), r("two"))), ["one two"], ["one new two"],
    ),
    "a content control around rows": (
        table(sdt(row(p(r("a")))), row(p(r("b")), tracked="ins")), ["a"], ["a", "b"],
    ),
    "a content control around cells": (
        table(row(p(r("a"))).replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>").replace(
            "</w:tc>", "</w:tc></w:sdtContent></w:sdt>")), ["a"], ["a"],
    ),
    "a hyperlink": (
        p(r("see "), '<w:hyperlink r:id="r9">', r("the "), ins(r("new ")), r("page"),
          "</w:hyperlink>"), ["see the page"], ["see the new page"],
    ),
    "a simple field": (
        p(r("page "), '<w:fldSimple w:instr="PAGE">', r("7"), "</w:fldSimple>"),
        ["page 7"], ["page 7"],
    ),
    "a complex field": (p(r("page "), field_("PAGE", r("7"))), ["page 7"], ["page 7"]),
    "a field in the code of a field": (
        p(field_("IF x", r("yes")).replace(
            "<w:r><w:instrText>IF x</w:instrText></w:r>", field_("REF y", r("code")))),
        ["yes"], ["yes"],
    ),
    "a field in the result of a field": (
        p(field_("REF a", r("see "), field_("PAGEREF", r("9")))), ["see 9"], ["see 9"],
    ),
    "a field over two paragraphs": (
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
          '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("one"))
        + p(r("two"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        ["one", "two"], ["one", "two"],
    ),
    "the code of a deleted field": (
        p(dele("<w:r><w:delInstrText>PAGE</w:delInstrText></w:r>"), r("x")), ["x"], ["x"],
    ),
    "no-break and soft hyphens": (
        p("<w:r><w:t>22</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:t>/1</w:t></w:r>"),
        ["22\u20111/1"], ["22\u20111/1"],
    ),
    "tabs and breaks": (
        p("<w:r><w:t>a)</w:t><w:tab/><w:t>one</w:t><w:br/><w:t>two</w:t><w:cr/></w:r>"),
        ["a)\tone\ntwo\n"], ["a)\tone\ntwo\n"],
    ),
    "symbols": (
        p('<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Arial" w:char="00A7"/></w:r>'),
        ["α§"], ["α§"],
    ),
    "a text box": (
        p(r("before "), f"<w:r>{BOX.format(words=p(r('in the box')))}</w:r>", r("after")),
        ["before after", "in the box"], ["before after", "in the box"],
    ),
    "a text box in two forms": (
        p(r("words"), "<w:r>", alternative(BOX.format(words=p(r("box"))),
                                           PICT.format(words=p(r("box")))), "</w:r>"),
        ["words", "box"], ["words", "box"],
    ),
    "alternative runs": (
        p(alternative(r("first"), r("second"))), ["first"], ["first"],
    ),
    "an inserted text box": (
        p(r("words"), ins(f"<w:r>{BOX.format(words=p(r('box')))}</w:r>")), ["words"],
        ["words", "box"],
    ),
    "looks that changed": (
        p(r("words", '<w:b/><w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange>'),
          more='<w:pPrChange w:id="2"><w:pPr><w:pStyle w:val="X"/></w:pPr></w:pPrChange>'),
        ["words"], ["words"],
    ),
    "hidden words": (
        p(r("seen "), r("hidden ", "<w:vanish/>"), r("again", '<w:vanish w:val="0"/>')),
        ["seen again"], ["seen again"],
    ),
    "wrappers that only hold": (
        p("<w:smartTag>", r("a"), "<w:customXml>", r("b"), "</w:customXml></w:smartTag>",
          "<w:bdo>", r("c"), "</w:bdo><w:proofErr/><w:bookmarkStart/>"), ["abc"], ["abc"],
    ),
    "spaces at the ends of a run": (p(r(" a "), r(" b")), [" a  b"], [" a  b"]),
    "a property change of deleted words": (
        p(dele('<w:r><w:rPr><w:rPrChange w:id="3"/></w:rPr><w:delText>x</w:delText></w:r>')),
        ["x"], [""],
    ),
}  # fmt: skip


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
@pytest.mark.parametrize("name", PROBE)
def test_both_views_of_a_paper_are_read(name: str, strict: bool) -> None:
    body, old, new = PROBE[name]
    paper = read_docx(docx(body, strict=strict))
    assert (view(paper, new=False), view(paper, new=True)) == (old, new)
