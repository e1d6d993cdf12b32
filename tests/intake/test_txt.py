"""Plain text: one line a paragraph, or a converter's printout with its signs."""

from __future__ import annotations

import csv
import re

import pytest

from drafting.intake.parsed import ParsedPaper, ParsedParagraph
from drafting.intake.txt import read_txt
from drafting.intake.unreadable import Unreadable
from tests.effort import within
from tests.shared import needs_shared, shared

PLAIN = "seeds/000_05781ee83e4d6dab.txt"
MARKED = "seeds/001_e24b8fc3b0803247.txt"
LINK = re.compile(r"\[([^\[\]]*)\]\(#?\)")
SIGNS = re.compile(r"^#{1,6} |^\s*- |\*\*|~~|\*|</?sub>")


def texts(paper: ParsedPaper) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs]


def one(words: str) -> ParsedParagraph:
    """The last paragraph of a text that is known to be marked."""
    return read_txt(f"**x**\n\n{words}".encode()).paragraphs[-1]


def looks(words: str) -> list[tuple[str, str]]:
    """Its runs, each with its formats."""
    return [
        (run.text, " ".join(sorted(run.formats | ({"struck"} if run.struck else set()))))
        for run in one(words).runs
    ]


# --- The two real texts -------------------------------------------------------------------------


@needs_shared
def test_every_line_of_the_plain_text_is_a_paragraph_as_it_stands() -> None:
    data = shared(PLAIN).read_bytes()
    lines = data.decode("utf-8-sig").splitlines()
    paper = read_txt(data)
    assert texts(paper) == [line for line in lines if line.strip()]
    assert [lines[(p.line or 0) - 1] for p in paper.paragraphs] == texts(paper)
    assert any("\u00a0" in text for text in texts(paper))
    assert paper.warnings == ()


@needs_shared
def test_every_line_of_the_marked_text_is_read_once_without_its_signs() -> None:
    """A paragraph's hard breaks stand for the file's lines, one after another."""
    data = shared(MARKED).read_bytes()
    raw = data.decode("utf-8-sig").splitlines()
    found = {
        (p.line or 0) + at: line
        for p in read_txt(data).paragraphs
        for at, line in enumerate(p.text.split("\n"))
    }
    wanted = {
        number: SIGNS.sub("", LINK.sub(r"\1", line.strip())).strip()
        for number, line in enumerate(raw, 1)
        if line.strip()
    }
    assert {n: line.strip() for n, line in found.items()} == wanted


@needs_shared
def test_the_lines_of_the_marked_text_are_those_that_were_classified_by_hand() -> None:
    with shared("cases/seeds-001-lines.tsv").open(encoding="utf-8", newline="") as file:
        rows = {int(row["line"]): row for row in csv.DictReader(file, delimiter="\t")}
    paper = read_txt(shared(MARKED).read_bytes())
    begun = {paragraph.line for paragraph in paper.paragraphs}
    inside = {n: row["kind"] for n, row in rows.items() if n not in begun}
    assert begun <= set(rows)
    assert list(inside) == [6, 7, 8, 15, 16, 19, 228, 263]
    assert set(inside.values()) == {"header", "title", "formula", "call"}


@needs_shared
def test_what_the_marked_text_strikes_is_struck() -> None:
    data = shared(MARKED).read_bytes()
    struck = re.findall(r"~~(.*?)~~", data.decode(), re.DOTALL)
    paper = read_txt(data)
    found = "".join(run.text for p in paper.paragraphs for run in p.runs if run.struck)
    assert found == SIGNS.sub("", "".join(struck))
    assert len(paper.warnings) == 4


# --- Signs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("*recalling*", [("recalling", "em")]),
        ("**bold *and* more**", [("bold ", "strong"), ("and", "em strong"), (" more", "strong")]),
        ("a ~~b~~c", [("a ", ""), ("b", "struck"), ("c", "")]),
        ("~~a *b*~~", [("a ", "struck"), ("b", "em struck")]),
        ("#### Option 1", [("Option 1", "")]),
        ("- ii) that", [("ii) that", "")]),
        ("  - 4 to", [("4 to", "")]),
        ("10<sub>2</sub>", [("10", ""), ("2", "sub")]),
        ("a * alone", [("a * alone", "")]),
        ("a \\*b\\* [c]", [("a ", ""), ("*", ""), ("b", ""), ("*", ""), (" [c]", "")]),
        ("[a) words;]", [("[a) words;]", "")]),
        ("[a](https://example.org)", [("[a](https://example.org)", "")]),
        ("A/RES/68/198 - note", [("A/RES/68/198 - note", "")]),
    ],
)
def test_signs_become_looks(words: str, wanted: list[tuple[str, str]]) -> None:
    assert looks(words) == wanted


def test_a_link_of_a_converter_is_its_underlined_words() -> None:
    (run,) = one("[the programme](#)").runs
    assert run.text == "the programme"
    assert "underline" in run.formats


def test_two_spaces_at_the_end_break_a_line_and_keep_it_in_its_paragraph() -> None:
    assert texts(read_txt(b"**one  \ntwo**\nthree\n")) == ["one\ntwo", "three"]


def test_signs_of_a_plain_text_stay() -> None:
    assert texts(read_txt(b"a * b\n- c\n#d")) == ["a * b", "- c", "#d"]


# --- Bytes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"a\r\nb\r\n",
        b"a\rb",
        "a\nb".encode("utf-8-sig"),
        "a\nb".encode("utf-16"),
        b"\xfe\xff" + "a\nb".encode("utf-16-be"),
        b"\n\n a\n\t\nb".replace(b" ", b""),
    ],
)
def test_other_ends_of_lines_and_encodings_are_read(data: bytes) -> None:
    assert texts(read_txt(data)) == ["a", "b"]


def test_breaks_of_other_programs_part_lines() -> None:
    paper = read_txt("a\x0bb\x0cc\u2028d\ne".encode())
    assert texts(paper) == ["a", "b", "c", "d", "e"]


def test_control_characters_are_left_out_and_told() -> None:
    paper = read_txt("a\x07b\u202ec".encode())
    assert texts(paper) == ["abc"]
    assert paper.warnings == ("Control characters were left out: 2.",)


@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t\n", "é".encode("latin-1"), b"\xff\xfea", b"a\x00b", b"x\n" * 100_001],
    ids=["empty", "blank", "latin-1", "half", "nul", "too many lines"],
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^This .*\.$"):
        read_txt(data)


@pytest.mark.parametrize("sign", ["*", "**", "~~", "[", "[a](#)", "\\", "<sub>", "# ", "- ", "* "])
def test_a_text_of_signs_alone_takes_no_time(sign: str) -> None:
    within(500, lambda: read_txt(f"**x** {sign * 20_000} words".encode()))
    within(500, lambda: read_txt(("**x**\n\n" + f"{sign}a\n" * 20_000).encode()))
