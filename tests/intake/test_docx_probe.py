"""Word files by hand, one phenomenon each: what stands in the old text and in the new."""

from __future__ import annotations

import pytest

from drafting.intake.docx import read_docx
from drafting.intake.parsed import ChangeKind, ParsedPaper, ParsedRun
from drafting.intake.shared_steps import View
from tests.intake.builders import (
    WHO,
    abstract,
    dele,
    docx,
    field_,
    gone,
    ins,
    level,
    num,
    p,
    r,
    row,
    sdt,
    style,
    table,
    within,
)


def seen(paper: ParsedPaper, view: View) -> list[str]:
    """The paragraphs of a view with their labels; one whose mark is gone runs on."""
    out: list[str] = []
    waiting = ""
    for paragraph in paper.paragraphs:
        waiting += "".join(run.text for run in paragraph.runs if view.shows(run))
        if view.drops(paragraph.mark):
            continue
        label = paragraph.old_label if view is View.OLD else paragraph.label
        out.append(f"{label} {waiting}" if label else waiting)
        waiting = ""
    return [*out, waiting] if waiting else out


def both(*body: str, strict: bool = False, **parts: str) -> tuple[list[str], list[str]]:
    paper = read_docx(docx(*body, strict=strict, **parts))
    return seen(paper, View.OLD), seen(paper, View.NEW)


def runs(*body: str, **parts: str) -> list[ParsedRun]:
    paper = read_docx(docx(*body, **parts))
    return [run for paragraph in paper.paragraphs for run in paragraph.runs]


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
    assert both(body, strict=strict) == (old, new)


def test_changes_are_kept_outermost_first_with_author_and_date() -> None:
    first, second = 'w:author="A" w:date="2027-01-01T00:00:00Z"', 'w:author="B"'
    (run,) = runs(p(within("ins", within("del", gone("x"), who=second), who=first)))
    assert [(c.kind, c.author, c.date) for c in run.changes] == [
        (ChangeKind.INS, "A", "2027-01-01T00:00:00Z"),
        (ChangeKind.DEL, "B", ""),
    ]


def test_both_ends_of_a_move_have_its_name() -> None:
    found = runs(p(moved("moveFrom", "m7", r("x")), moved("moveTo", "m7", r("x"))))
    assert [(c.kind.value, c.move) for run in found for c in run.changes] == [
        ("move_from", "m7"),
        ("move_to", "m7"),
    ]


def test_looks_are_formats_and_a_drawn_line_is_struck() -> None:
    looks = '<w:b/><w:i/><w:u w:val="single"/><w:vertAlign w:val="superscript"/><w:strike/>'
    (run,) = runs(p(r("x", looks)))
    assert run.formats == {"strong", "em", "underline", "sup"}
    assert run.struck
    off = '<w:b w:val="0"/><w:i w:val="false"/><w:u w:val="none"/><w:strike w:val="0"/>'
    (run,) = runs(p(r("x", off)))
    assert run.formats == frozenset()
    assert not run.struck


def test_notes_and_comments_hang_on_their_words() -> None:
    body = p(
        r("one "),
        '<w:commentRangeStart w:id="4"/>',
        r("two"),
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>',
    ) + p(r("three"), '<w:commentRangeEnd w:id="4"/>', r(" four"))
    note = f'<w:footnote w:id="2">{p(r(" a note"))}</w:footnote>'
    separator = f'<w:footnote w:id="0" w:type="separator">{p(r("x"))}</w:footnote>'
    paper = read_docx(
        docx(
            body,
            footnotes=separator + note,
            endnotes=note.replace("footnote", "endnote").replace("a note", "an end"),
            comments=f'<w:comment w:id="4" w:author="Kestria">{p(r("Why?"))}{p(r("Why so?"))}'
            "</w:comment>",
        )
    )
    assert paper.comments == {"4": ("Kestria", "Why?\nWhy so?")}
    assert paper.footnotes == {"2": "a note", "e2": "an end"}
    found = [run for paragraph in paper.paragraphs for run in paragraph.runs]
    assert [run.text for run in found if run.comments == ("4",)] == ["two", "", "", "three"]
    assert [run.footnote for run in found if run.footnote] == ["2", "e2"]


def test_cells_are_counted_and_words_outside_have_none() -> None:
    cells = table(row(p(r("a")), p(r("b"))), row(p(r("c")), table(row(p(r("d")))) + p(r("e"))))
    paper = read_docx(docx(p(r("x")), cells, p(r("y"))))
    assert [(pp.text, pp.cell) for pp in paper.paragraphs] == [
        ("x", None), ("a", (0, 0, 0)), ("b", (0, 0, 1)), ("c", (0, 1, 0)), ("d", (1, 0, 0)),
        ("e", (0, 1, 1)), ("y", None),
    ]  # fmt: skip


# --- Automatic labels ---------------------------------------------------------------------------

OUTLINE = abstract(
    1,
    level(0, "lowerLetter", "%1)"),
    level(1, "lowerRoman", "%2)"),
    level(2, "decimal", "%1.%2.%3"),
)


def labels(*body: str, numbering: str, styles: str = "") -> tuple[list[str], list[str]]:
    paper = read_docx(docx(*body, numbering=numbering, styles=styles))
    old = [p_.old_label or "" for p_ in paper.paragraphs]
    return old, [p_.label or "" for p_ in paper.paragraphs]


def at(*places: tuple[int, int]) -> str:
    return "".join(p(r("x"), number=place) for place in places)


def test_levels_count_and_lower_ones_begin_again_after_a_higher() -> None:
    body = at((1, 0), (1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1))
    _, new = labels(body, numbering=OUTLINE + num(1, 1))
    assert new == ["a)", "b)", "i)", "ii)", "b.ii.1", "c)", "i)"]


def test_lists_of_one_definition_go_on_and_an_override_begins_again() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = OUTLINE + num(1, 1) + num(2, 1) + num(3, 1, override)
    _, new = labels(at((1, 0), (2, 0), (3, 0), (3, 0)), numbering=numbering)
    assert new == ["a)", "b)", "a)", "b)"]


def test_an_override_may_redefine_a_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "(%1)", 5)}</w:lvlOverride>'
    _, new = labels(at((1, 0), (1, 0)), numbering=OUTLINE + num(1, 1, override))
    assert new == ["(5)", "(6)"]


def test_a_style_and_the_style_it_is_based_on_put_paragraphs_in_a_list() -> None:
    styles = style("Item", "ITU Item", number=1) + style("Sub", "ITU Sub", based_on="Item")
    body = p(r("x"), style="Item") + p(r("y"), style="Sub") + p(r("z"), style="Sub", number=(0, 0))
    paper = read_docx(docx(body, numbering=OUTLINE + num(1, 1), styles=styles))
    assert [p_.label for p_ in paper.paragraphs] == ["a)", "b)", None]
    assert [p_.style for p_ in paper.paragraphs] == ["ITU Item", "ITU Sub", "ITU Sub"]


def test_the_two_views_count_apart() -> None:
    body = (
        p(r("x"), number=(1, 0))
        + p(ins(r("new")), number=(1, 0), mark="ins")
        + p(dele(gone("old")), number=(1, 0), mark="del")
        + p(r("y"), number=(1, 0))
    )
    old, new = labels(body, numbering=OUTLINE + num(1, 1))
    assert old == ["a)", "", "b)", "c)"]
    assert new == ["a)", "b)", "b)", "c)"]  # one that is gone shows the label it had


@pytest.mark.parametrize(
    ("form", "start", "label"),
    [
        ("decimal", 9, "9"), ("upperRoman", 4, "IV"), ("lowerRoman", 1999, "mcmxcix"),
        ("upperLetter", 27, "AA"), ("decimalZero", 3, "03"), ("none", 1, ""),
        ("lowerLetter", 0, "0"), ("chicago", 2, "2"),
    ],
)  # fmt: skip
def test_numbers_are_spelt_as_word_spells_them(form: str, start: int, label: str) -> None:
    _, new = labels(at((1, 0)), numbering=abstract(1, level(0, form, "%1", start)) + num(1, 1))
    assert new == [label]


def test_bullets_are_no_labels() -> None:
    _, new = labels(at((1, 0)), numbering=abstract(1, level(0, "bullet", "•")) + num(1, 1))
    assert new == [""]
