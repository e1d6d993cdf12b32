"""Automatic numbering: the labels that a file does not say and Word prints."""

from __future__ import annotations

import pytest

from tests.intake.builders import abstract, dele, gone, ins, level, num, p, r, style
from tests.intake.docx_views import of, seen

THREE = abstract(
    1,
    level(0, "decimal", "%1"),
    level(1, "lowerRoman", "%2)"),
    level(2, "lowerLetter", "%1.%3)"),
)


def labels(*body: str, **parts: str) -> list[str | None]:
    return [paragraph.label for paragraph in of(*body, **parts).paragraphs]


def at(*levels: int, number: int = 1) -> str:
    return "".join(p(r("x"), number=(number, n)) for n in levels)


def test_levels_count_and_begin_again_below_a_higher_one() -> None:
    assert labels(at(0, 1, 1, 2, 0, 1, 2), numbering=THREE + num(1, 1)) == [
        *("1", "i)", "ii)", "1.a)", "2", "i)", "2.a)")
    ]


def test_lists_of_one_definition_count_on_and_an_override_begins_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = THREE + num(1, 1) + num(2, 1) + num(3, 1, anew)
    body = at(0, 0) + at(0, number=2) + at(0, 0, number=3) + at(0)
    assert labels(body, numbering=numbering) == ["1", "2", "3", "5", "6", "7"]


def test_an_override_may_replace_the_level_itself() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "(%1)", 3)}</w:lvlOverride>'
    assert labels(at(0, 0), numbering=THREE + num(1, 1, other)) == ["(C)", "(D)"]


def test_a_level_may_never_begin_again_or_write_decimals_only() -> None:
    legal = abstract(
        1,
        level(0, "upperRoman", "%1"),
        level(1, "decimal", "%1.%2", more='<w:lvlRestart w:val="0"/><w:isLgl/>'),
    )
    assert labels(at(0, 1, 0, 1), numbering=legal + num(1, 1)) == ["I", "1.1", "II", "2.2"]


@pytest.mark.parametrize(
    ("form", "start", "label"),
    [
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 49, "XLIX"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("decimalZero", 7, "07"),
        ("lowerRoman", 4000, "4000"),
        ("chineseCounting", 3, "3"),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, start: int, label: str) -> None:
    numbering = abstract(1, level(0, form, "%1", start)) + num(1, 1)
    assert labels(at(0), numbering=numbering) == [label]


def test_bullets_are_no_labels() -> None:
    numbering = abstract(1, level(0, "bullet", "\uf0b7")) + num(1, 1)
    assert labels(at(0), numbering=numbering) == [None]


def test_a_style_numbers_its_paragraphs_and_those_based_on_it() -> None:
    styles = style("Item", "Item 1", number=1) + style("Sub", "Sub", based_on="Item")
    body = p(r("x"), style="Item") + p(r("x"), style="Sub") + p(r("x"), style="Sub", number=(0, 0))
    paper = of(body, numbering=THREE + num(1, 1), styles=styles)
    assert [(q.label, q.style) for q in paper.paragraphs] == [
        *(("1", "Item 1"), ("2", "Sub"), (None, "Sub"))
    ]


def test_the_level_that_names_a_style_is_its_level() -> None:
    linked = abstract(
        1,
        level(0, "decimal", "%1", more='<w:pStyle w:val="One"/>'),
        level(1, "lowerRoman", "%2)", more='<w:pStyle w:val="Two"/>'),
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:styleId="{key}"><w:name w:val="{key}"/>{numbered}</w:style>'
        for key in ("One", "Two")
    )
    body = "".join(p(r("x"), style=key) for key in ("One", "Two", "Two", "One"))
    assert labels(body, numbering=linked + num(1, 1), styles=styles) == ["1", "i)", "ii)", "2"]


def test_a_definition_may_be_that_of_a_numbering_style() -> None:
    numbering = THREE + abstract(2, more='<w:numStyleLink w:val="L"/>') + num(1, 2) + num(2, 1)
    assert labels(at(0, 1), numbering=numbering, styles=style("L", "L", number=2)) == ["1", "i)"]


def test_each_view_counts_its_own_paragraphs() -> None:
    def item(word: str, mark: str = "") -> str:
        tracked = {"ins": ins(r(word)), "del": dele(gone(word)), "": r(word)}[mark]
        return p(tracked, number=(1, 0), mark=mark)

    body = (item("a"), item("b", "ins"), item("c"), item("d", "del"), item("e"))
    assert seen(*body, numbering=THREE + num(1, 1)) == (
        ["1 a", "2 c", "3 d", "4 e"],
        ["1 a", "2 b", "3 c", "4 e"],
    )


@pytest.mark.parametrize(
    ("form", "third"),
    [("arabicAlpha", "ت"), ("arabicAbjad", "ج"), ("russianLower", "в"), ("russianUpper", "В")],
)
def test_other_alphabets_count_by_their_letters(form: str, third: str) -> None:
    numbering = abstract(1, level(0, form, "%1)")) + num(1, 1)
    assert labels(at(0, 0, 0), numbering=numbering)[2] == f"{third})"


def was(number: int | None, level_: int = 0) -> str:
    """A tracked change of the paragraph's list: the one it had before."""
    list_ = f'<w:numPr><w:ilvl w:val="{level_}"/><w:numId w:val="{number}"/></w:numPr>'
    return f'<w:pPrChange w:id="3"><w:pPr>{list_ if number else ""}</w:pPr></w:pPrChange>'


def both_labels(*body: str) -> list[tuple[str | None, str | None]]:
    found = of(*body, numbering=THREE + num(1, 1) + num(2, 1)).paragraphs
    return [(paragraph.label, paragraph.old_label) for paragraph in found]


def test_a_tracked_change_of_list_counts_each_view_by_its_own() -> None:
    assert both_labels(
        at(0),
        p(r("lowered"), number=(1, 1), more=was(1, 0)),
        p(r("taken out"), more=was(1, 0)),
        p(r("put in"), number=(1, 0), more=was(None)),
        at(0),
    ) == [("1", "1"), ("i)", "2"), (None, "3"), ("2", None), ("3", "4")]


def test_another_list_at_the_same_level_is_not_believed() -> None:
    assert both_labels(at(0), p(r("x"), number=(1, 0), more=was(2, 0)), at(0)) == [
        *(("1", "1"), ("2", "2"), ("3", "3"))
    ]


def test_a_list_that_was_put_on_a_paragraph_was_not_there_before() -> None:
    put_on = p(r("x"), number=(1, 0)).replace("</w:numPr>", '<w:ins w:id="4"/></w:numPr>')
    assert both_labels(put_on, at(0)) == [("1", None), ("2", "1")]
