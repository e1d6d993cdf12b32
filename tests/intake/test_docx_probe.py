"""Every construct of Word that carries words, in small files of our own."""

from __future__ import annotations

import pytest

from drafting.intake.docx import read_docx
from drafting.intake.parsed import ChangeKind, ParsedPaper, from_json, to_json
from tests.intake.builders import (
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
from tests.intake.docx_views import of, seen, view

BOX = "<w:txbxContent>{}</w:txbxContent>"


def words(paper: ParsedPaper) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs]


def inline(*inner: str) -> tuple[str, str]:
    """Both views of one paragraph."""
    old, new = seen(p(*inner))
    return old[0], new[0]


# --- Changes ------------------------------------------------------------------------------------


def test_an_insertion_struck_again_is_in_neither_view() -> None:
    assert inline(r("lit"), ins(r(" and "), dele(gone("freshly ")), r("red"))) == (
        "lit",
        "lit and red",
    )


def test_changes_are_kept_as_they_nest_outermost_first() -> None:
    runs = of(p(ins(dele(gone("x"))))).paragraphs[0].runs
    assert [change.kind for change in runs[0].changes] == [ChangeKind.INS, ChangeKind.DEL]
    assert {change.author for change in runs[0].changes} == {"Valmora"}
    assert runs[0].changes[0].date == "2027-09-20T09:00:00Z"


def test_a_move_leaves_one_place_and_comes_to_another_under_one_name() -> None:
    paper = of(
        p(
            '<w:moveFromRangeStart w:id="1" w:name="m1"/>',
            within("moveFrom", r("lit buoys")),
            '<w:moveFromRangeEnd w:id="1"/>',
            r(";"),
        ),
        p(
            '<w:moveToRangeStart w:id="2" w:name="m1"/>',
            within("moveTo", r("lit "), dele(gone("old ")), ins(r("new ")), r("buoys")),
            '<w:moveToRangeEnd w:id="2"/>',
            ins(r(".")),
        ),
    )
    assert view(paper, new=False) == ["lit buoys;", ""]
    assert view(paper, new=True) == [";", "lit new buoys."]
    moves = {change.move for q in paper.paragraphs for run in q.runs for change in run.changes}
    assert moves == {"m1", None}
    assert paper.paragraphs[1].runs[-1].changes[0].move is None


def test_a_move_without_a_name_at_one_end_is_known_by_its_words() -> None:
    range_ = '<w:moveFromRangeStart w:id="5" w:name="one"/>'
    lost = within("moveFrom", r("a)\tthat lights are kept;"))
    paper = of(
        p(lost, range_),
        p(r("between")),
        p(
            within("moveTo", r("d)\tthat lights ")),
            ins(r("and buoys ")),
            within("moveTo", r("are kept;")),
        ),
    )
    left, came = (
        {change.move for run in paper.paragraphs[at].runs for change in run.changes} - {None}
        for at in (0, 2)
    )
    assert left == came
    assert len(left) == 1


def test_words_that_came_to_two_places_are_no_move() -> None:
    here = within("moveTo", r("that lights are kept;"))
    paper = of(p(within("moveFrom", r("that lights are kept;"))), p(here), p(here))
    assert not any(c.move for para in paper.paragraphs for run in para.runs for c in run.changes)


def test_a_range_of_moves_ends_where_it_ends() -> None:
    paper = of(
        p(
            '<w:moveToRangeStart w:id="1" w:name="m1"/>',
            within("moveTo", r("a")),
            '<w:moveToRangeEnd w:id="1"/>',
            r("b"),
            within("moveTo", r("c")),
        )
    )
    moves = [run.changes[0].move for run in paper.paragraphs[0].runs if run.changes]
    assert moves == ["m1", None]


def test_a_paragraph_whose_mark_is_gone_runs_on_into_the_next() -> None:
    assert seen(p(r("one "), mark="del"), p(r("two"))) == (["one ", "two"], ["one two"])
    assert seen(p(r("one "), mark="ins"), p(r("two"))) == (["one two"], ["one ", "two"])


def test_a_paragraph_inserted_or_deleted_whole_leaves_nothing_in_the_other_view() -> None:
    body = (p(r("a")), p(ins(r("b")), mark="ins"), p(dele(gone("c")), mark="del"), p(r("d")))
    assert seen(*body) == (["a", "c", "d"], ["a", "b", "d"])


def test_an_addition_made_with_enter_at_the_end_of_a_paragraph_reads_right() -> None:
    assert seen(p(r("base;"), mark="ins"), p(ins(r("added;")))) == (["base;"], ["base;", "added;"])


def test_rows_inserted_or_deleted_take_their_words_and_marks_with_them() -> None:
    body = table(
        row(p(r("a")), p(r("b"))), row(p(r("c")), tracked="ins"), row(p(r("d")), tracked="del")
    )
    assert seen(body) == (["a", "b", "d"], ["a", "b", "c"])


def test_cells_inserted_or_deleted_do_so_too() -> None:
    cells = "".join(
        f"<w:tc><w:tcPr>{tracked}</w:tcPr>{p(r(word))}</w:tc>"
        for word, tracked in [
            ("a", ""),
            ("b", '<w:cellIns w:id="1"/>'),
            ("c", '<w:cellDel w:id="2"/>'),
        ]
    )
    assert seen(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == (["a", "c"], ["a", "b"])


def test_a_change_of_looks_changes_no_words() -> None:
    looks = '<w:b/><w:rPrChange w:id="1" w:author="a"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    old = '<w:pPrChange w:id="2" w:author="a"><w:pPr><w:pStyle w:val="Old"/></w:pPr></w:pPrChange>'
    paragraph = of(p(r("words", looks), style="New", more=old)).paragraphs[0]
    assert (paragraph.text, paragraph.style, paragraph.runs[0].changes) == ("words", "New", ())
    assert paragraph.runs[0].formats == {"strong"}


def test_changes_around_whole_blocks_reach_the_marks() -> None:
    assert seen(p(r("a")), within("ins", p(r("b")))) == (["a"], ["a", "b"])


# --- Words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "a\nb"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a\u2011b"),
        ("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t></w:r>", "ab"),
        ("<w:r><w:t>a</w:t><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>", "ab"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', "•"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Arial" w:char="00A7"/></w:r>', "§"),
        ("<w:r><w:t>  a  </w:t></w:r>", "a"),
        (r("  a  "), "  a  "),
        ("<w:r><w:t>a\nb</w:t></w:r>", "a b"),
        ("<w:r><w:t>a<!-- aside -->b</w:t></w:r>", "ab"),
        ("<w:r><w:t><![CDATA[a<b]]></w:t></w:r>", "a<b"),
        (f'<w:hyperlink r:id="r9">{r("link")}</w:hyperlink>', "link"),
        (f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>', "7"),
        (field_("REF a", r("see "), ins(r("b"))), "see b"),
        (field_("IF", field_("PAGE", r("7")), r("x")), "7x"),
        (f"<w:smartTag>{r('a')}</w:smartTag><w:bdo w:val='rtl'>{r('b')}</w:bdo>", "ab"),
        (sdt(r("control")), "control"),
        ("<w:proofErr/>" + r("a") + '<w:bookmarkStart w:id="1"/>' + r("b"), "ab"),
        (
            f"<w:ruby><w:rt>{r('ruby')}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby>",
            "base",
        ),
        (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f>'
            "<m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
            "</m:oMath>",
            "12",
        ),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_read(inner: str, text: str) -> None:
    assert words(of(p(inner))) == [text]


def test_a_code_nested_in_a_code_is_no_text() -> None:
    begin, part, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    nested = begin + r("IF ") + field_("PAGE", r("7")) + r(" = 7") + part + r("yes") + end
    assert words(of(p(nested))) == ["yes"]


def test_a_field_may_end_in_another_paragraph() -> None:
    begin, part, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    assert words(of(p(begin, r("TOC"), part, r("one")), p(r("two"), end))) == ["one", "two"]


def test_of_alternatives_one_branch_is_read() -> None:
    both = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="{}">{}</mc:Choice>'
        "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    text = "<w:t>{}</w:t>".format
    assert words(of(p(both.format("wps", text("new"), text("old"))))) == ["new"]
    assert words(of(p(both.format("v", "", text("old"))))) == ["old"]


def test_text_boxes_are_read_after_their_paragraph_and_once() -> None:
    box = BOX.format(p(r("boxed")) + p(dele(gone("struck"))))
    drawing = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert words(of(p(r("a"), drawing, r("b")), p(r("c")))) == ["ab", "boxed", "struck", "c"]


def test_a_text_box_inside_an_insertion_is_inserted() -> None:
    drawing = f"<w:r><w:drawing>{BOX.format(p(r('boxed')))}</w:drawing></w:r>"
    assert seen(p(r("a"), ins(drawing))) == (["a"], ["a", "boxed"])


def test_content_controls_hold_blocks_rows_and_cells() -> None:
    body = sdt(p(r("a"))) + table(sdt(row(p(r("b")), p(r("c"))))) + sdt(sdt(p(r("d"))))
    paper = of(body)
    assert words(paper) == ["a", "b", "c", "d"]
    assert [q.cell for q in paper.paragraphs] == [None, (0, 0, 0), (0, 0, 1), None]


def test_cells_of_nested_tables_are_told_apart() -> None:
    inner = table(row(p(r("in"))))
    paper = of(table(row(p(r("a")) + inner + p(r("b")), p(r("c"))), row(p(r("d")))), p(r("e")))
    assert [(q.text, q.cell) for q in paper.paragraphs] == [
        *(("a", (0, 0, 0)), ("in", (1, 0, 0)), ("b", (0, 0, 0)), ("c", (0, 0, 1))),
        *(("d", (0, 1, 0)), ("e", None)),
    ]


def test_runs_cut_at_random_become_one() -> None:
    runs = of(p(r("a"), r("b"), ins(r("c")), ins(r("d")), r("e", "<w:i/>"))).paragraphs[0].runs
    assert [(run.text, sorted(run.formats)) for run in runs] == [
        ("ab", []),
        ("cd", []),
        ("e", ["em"]),
    ]


@pytest.mark.parametrize(
    ("looks", "formats", "struck"),
    [
        ("<w:b/><w:i w:val='0'/>", {"strong"}, False),
        ("<w:u w:val='single'/>", {"underline"}, False),
        ("<w:u w:val='none'/>", set(), False),
        ("<w:vertAlign w:val='superscript'/>", {"sup"}, False),
        ("<w:vertAlign w:val='subscript'/>", {"sub"}, False),
        ("<w:strike/>", set(), True),
        ("<w:dstrike w:val='true'/>", set(), True),
        ("<w:rStyle w:val='Stress'/>", {"em"}, False),
        ("<w:rStyle w:val='Stress'/><w:i w:val='false'/>", set(), False),
    ],
)
def test_looks_become_formats(looks: str, formats: set[str], struck: bool) -> None:
    styles = '<w:style w:styleId="Stress"><w:name w:val="Stress"/><w:rPr><w:i/></w:rPr></w:style>'
    run = of(p(r("a", looks)), styles=styles).paragraphs[0].runs[0]
    assert (run.formats, run.struck) == (frozenset(formats), struck)


def test_hidden_text_is_left_out_and_told() -> None:
    paper = of(p(r("a"), r("secret", "<w:vanish/>")))
    assert words(paper) == ["a"]
    assert "hidden" in paper.warnings[0]


def test_other_documents_taken_in_are_told() -> None:
    assert "other documents" in of(p(r("a")), '<w:altChunk r:id="r1"/>').warnings[0]


# --- Notes and comments -------------------------------------------------------------------------


def test_notes_stand_where_they_are_called_and_are_kept_by_id() -> None:
    paper = of(
        p(
            r("a"),
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            r("b"),
            ins('<w:r><w:endnoteReference w:id="2"/></w:r>'),
        ),
        footnotes=f'<w:footnote w:id="0" w:type="separator">{p(r("-"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r(" the first"), dele(gone(" old")))}{p(r("more"))}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{p(r("the end"))}</w:endnote>',
    )
    runs = paper.paragraphs[0].runs
    assert [(run.text, run.footnote) for run in runs] == [
        *(("a", None), ("", "2"), ("b", None), ("", "e2"))
    ]
    assert runs[3].changes[0].kind is ChangeKind.INS
    assert paper.footnotes == {"2": "the first\nmore", "e2": "the end"}


def test_comments_lie_on_their_words_overlapping_and_across_paragraphs() -> None:
    def sign(tag: str, key: int) -> str:
        return f'<w:comment{tag} w:id="{key}"/>'

    paper = of(
        p(r("a"), sign("RangeStart", 1), r("b"), sign("RangeStart", 2), r("c")),
        p(r("d"), sign("RangeEnd", 1), r("e"), sign("RangeEnd", 2), r("f")),
        comments=f'<w:comment w:id="1" w:author="Kestria">{p(r("why?"))}</w:comment>',
    )
    held = [(run.text, run.comments) for q in paper.paragraphs for run in q.runs]
    assert held == [
        *(("a", ()), ("b", ("1",)), ("c", ("1", "2"))),
        *(("d", ("1", "2")), ("e", ("2",)), ("f", ())),
    ]
    assert paper.comments == {"1": ("Kestria", "why?")}


def test_a_comment_on_a_point_is_not_lost() -> None:
    paper = of(p(r("a"), '<w:r><w:commentReference w:id="1"/></w:r>', r("b")))
    assert [(run.text, run.comments) for run in paper.paragraphs[0].runs] == [
        *(("a", ()), ("", ("1",)), ("b", ()))
    ]


# --- Forms of the file --------------------------------------------------------------------------


def test_the_strict_form_reads_like_the_other() -> None:
    body = (p(r("that "), ins(r("lit ")), number=(1, 0), mark="del"), table(row(p(r("a")))))
    parts = {
        "numbering": abstract(1, level(0, "decimal", "%1")) + num(1, 1),
        "footnotes": "",
        "styles": style("A", "A"),
    }
    strict = read_docx(docx(*body, strict=True, **parts))
    assert strict == of(*body, **parts)
    assert strict.paragraphs[0].label == "1"


def test_a_paper_goes_through_json_unchanged() -> None:
    paper = of(
        p(r("a", "<w:b/>"), ins(dele(gone("b"))), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        table(row(p(r("c")), tracked="del")),
        footnotes=f'<w:footnote w:id="2">{p(r("note"))}</w:footnote>',
    )
    assert from_json(to_json(paper)) == paper
