"""Proposal codes, designations, attribution and mark lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain import codes
from tests.shared import REPO, needs_shared, shared

CASES: dict[str, Any] = json.loads((REPO / "tests/cases/codes.json").read_text("utf-8"))


@pytest.mark.parametrize("literal", CASES["codes"])
def test_a_code_is_parsed_field_by_field(literal: str) -> None:
    code = codes.parse_code(literal)
    assert code is not None
    for name, value in CASES["codes"][literal].items():
        got = getattr(code, name)
        assert (list(got) if isinstance(got, tuple) else got) == value
    assert str(code) == literal


@pytest.mark.parametrize("literal", CASES["not_codes"])
def test_what_is_no_code_is_refused(literal: str) -> None:
    assert codes.parse_code(literal) is None


@pytest.mark.parametrize("literal", CASES["designations"])
def test_a_designation_is_parsed_field_by_field(literal: str) -> None:
    found = codes.parse_designation(literal)
    assert found is not None
    expected = CASES["designations"][literal]
    assert [list(pair) for pair in found.modifiers] == expected["modifiers"]
    assert (found.series, found.number) == (expected["series"], expected["number"])
    assert found.language == expected["language"]


@pytest.mark.parametrize("literal", CASES["not_designations"])
def test_what_is_no_designation_is_refused(literal: str) -> None:
    assert codes.parse_designation(literal) is None


def golden() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(shared("cases/codes.json").read_text("utf-8"))
    return data


@needs_shared
def test_every_valid_code_is_parsed_field_by_field() -> None:
    for literal, expected in golden()["valid"].items():
        code = codes.parse_code(literal)
        assert code is not None, literal
        assert list(code.sources) == expected["sources"]
        assert code.kind() == expected["kind"]
        assert ("XX" if code.document is None else code.document) == expected["document"]
        assert list(code.addenda) == expected["addenda"]
        assert code.revision == expected["revision"]
        assert code.proposal == expected["proposal"]
        assert code.cpm == expected["cpm"]
        assert str(code) == literal


@needs_shared
def test_every_invalid_code_is_refused() -> None:
    assert [s for s in golden()["invalid"] if codes.parse_code(s)] == []


@needs_shared
def test_designations_are_parsed_and_the_invalid_refused() -> None:
    for literal, expected in golden()["documents_valid"].items():
        found = codes.parse_designation(literal)
        assert found is not None, literal
        assert [list(pair) for pair in found.modifiers] == expected["modifiers"]
        assert (found.series, found.number) == (expected["series"], expected["number"])
        assert found.language == expected["lang"]
    assert [s for s in golden()["documents_invalid"] if codes.parse_designation(s)] == []


@needs_shared
def test_attribution_lines_of_a_consolidated_draft_are_found_exactly() -> None:
    lines = shared("seeds/001_e24b8fc3b0803247.txt").read_text("utf-8").split("\n")
    found = {str(n): codes.parse_attribution_line(line) for n, line in enumerate(lines, 1)}
    got = {
        n: {"code": str(a.code), "name": a.name, "note": a.note, "option": a.option}
        for n, a in found.items()
        if a
    }
    assert got == golden()["attribution_lines_of_001"]


@needs_shared
def test_a_text_without_attributions_has_none() -> None:
    lines = shared("seeds/000_05781ee83e4d6dab.txt").read_text("utf-8").split("\n")
    assert [line for line in lines if codes.parse_attribution_lines(line)] == []


@pytest.mark.parametrize(
    ("line", "code", "name", "option", "note", "mark"),
    [
        ("ISL/79A2/13", "ISL/79A2/13", None, None, None, None),
        ("KES/75/4 Kestria", "KES/75/4", "Kestria", None, None, None),
        ("TES/88/1 - Tessaly Islands", "TES/88/1", "Tessaly Islands", None, None, None),
        ("CPE/73A1/16 \u2013 Cape States", "CPE/73A1/16", "Cape States", None, None, None),
        ("KES/75/4 Kestria - option 2", "KES/75/4", "Kestria", "2", None, None),
        ("KES/75/4 - option B", "KES/75/4", None, "B", None, None),
        ("KES/75/4 (Option 3)", "KES/75/4", None, "3", None, None),
        ("for the editors - VAL/70/2", "VAL/70/2", None, None, "for the editors", None),
        ("Valmora - VAL/70/2", "VAL/70/2", "Valmora", None, None, None),
        ("(MOD) VAL/70/2", "VAL/70/2", None, None, None, "(MOD)"),
        ("KES/75/4 Kestria (Free Ports of)", "KES/75/4", "Kestria (Free Ports of)", *[None] * 3),
    ],
)
def test_all_forms_of_attribution_are_read(
    line: str, code: str, name: str | None, option: str | None, note: str | None, mark: str | None
) -> None:
    found = codes.parse_attribution_line(f"  {line} ")
    assert found is not None
    assert (str(found.code), found.name, found.option) == (code, name, option)
    assert (found.note, found.mark, found.literal) == (note, mark, line)


@pytest.mark.parametrize(
    "line",
    [
        "VAL/70/2 proposes another wording",
        "the text of VAL/70/2 was taken up;",
        "VAL/70/2 Valmora, which spoke first.",
        "a)\tthe reports of 3/2 and 22-1/1 - of last year;",
        "that all was said; - VAL/70/2",
        "",
    ],
)
def test_words_that_only_mention_a_code_are_no_attribution(line: str) -> None:
    assert codes.parse_attribution_lines(line) == ()


def test_a_line_may_name_several_proposals() -> None:
    line = "ISL/79A2/13, KES/75/4 Kestria and CPE/73A1/16 - Cape States"
    assert [a.name for a in codes.parse_attribution_lines(line)] == [None, "Kestria", "Cape States"]


def test_codes_are_found_in_running_words_and_only_whole_ones() -> None:
    words = "see KES/75/4 and (VAL/70/2), not DL/10/3, xKES/75/4 or KES/75/4a"
    found = codes.find_codes(words)
    assert [words[f.start : f.end] for f in found] == ["KES/75/4", "VAL/70/2"]


def test_codes_sort_by_source_document_addendum_and_proposal() -> None:
    printed = ["VAL/XX/1", "VAL/70/10", "VAL/70/2", "KES/75/4", "VAL/70A1/1", "VAL/9/1"]
    parsed = [code for code in map(codes.parse_code, printed) if code]
    got = [str(code) for code in sorted(parsed, key=codes.sort_key)]
    assert got == ["KES/75/4", "VAL/9/1", "VAL/70/2", "VAL/70/10", "VAL/70A1/1", "VAL/XX/1"]


def test_padding_does_not_make_another_proposal() -> None:
    assert codes.parse_code("VAL/70/02") == codes.parse_code("VAL/70/2")


def test_a_designation_is_found_in_a_header_block() -> None:
    found = codes.find_designation("Ad hoc\nRevision 2 to\nDocument DL/12-E\n12 October 2027")
    assert str(found) == "Revision 2 to Document DL/12-E"
    assert found is not None
    assert (found.symbol, found.revision) == ("DL/12", 2)


def test_addenda_of_a_designation_read_as_in_a_code() -> None:
    found = codes.parse_designation("Addendum 1 to Addendum 21 to Document 24-E")
    assert found is not None
    assert found.addenda == (21, 1)


@pytest.mark.parametrize("mark", codes.MARKS)
@pytest.mark.parametrize("gap", ["\t", " ", "\t\t"])
def test_mark_lines_are_read(mark: str, gap: str) -> None:
    found = codes.parse_mark_line(f"{mark}{gap}VAL/70/2 ")
    assert found is not None
    assert (found.operation, str(found.code), found.transfer) == (mark, "VAL/70/2", False)


@pytest.mark.parametrize("line", ["MOD", "VAL/70/2", "MOD to VAL/70/2", "Mod\tVAL/70/2"])
def test_other_lines_are_no_mark_lines(line: str) -> None:
    assert codes.parse_mark_line(line) is None


def test_a_transfer_is_told_from_a_plain_mark() -> None:
    found = codes.parse_mark_line("ADD*\tVAL/70/2")
    assert found is not None
    assert (found.operation, found.transfer) == ("ADD", True)


@st.composite
def printed_codes(draw: st.DrawFn) -> str:
    sources = draw(st.lists(st.sampled_from(["KES", "VAL", "AFCP", "B", "G"]), min_size=1))
    addenda = "".join(f"A{n}" for n in draw(st.lists(st.integers(1, 99), max_size=3)))
    document = draw(st.one_of(st.just("XX"), st.integers(1, 9999).map(str)))
    revision = draw(st.sampled_from(["", "(Rev.2)", "(Cor.1)"]))
    return f"{'/'.join(sources)}/{document}{addenda}{revision}/{draw(st.integers(1, 999))}"


@given(printed_codes())
def test_what_is_printed_from_a_code_parses_back_to_it(printed: str) -> None:
    code = codes.parse_code(printed)
    assert code is not None
    assert (str(code), code.canonical) == (printed, printed)
    assert codes.parse_code(code.canonical) == code
    assert [f.code for f in codes.find_codes(f"({printed})")] == [code]


@given(st.text(alphabet="ABCEKLSU/0123456789-() \t#", max_size=30))
def test_parsers_answer_none_or_a_whole_reading_but_never_fail(words: str) -> None:
    code = codes.parse_code(words)
    assert code is None or str(code) == words
    codes.parse_attribution_lines(words)
    codes.parse_mark_line(words)
    codes.find_designation(words)
