"""Adopted texts, read as provisions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting.domain.draft import ProvisionKind
from drafting.domain.folding import fold
from drafting.domain.text import plain
from drafting.intake.base import read_base
from drafting.intake.docx import read_docx
from drafting.intake.parsed import ParsedPaper, ParsedRun
from drafting.intake.reading import BaseReading, Place
from drafting.intake.txt import read_txt
from tests.intake.papers import paper
from tests.shared import REPO, needs_shared, shared

SAMPLE = (REPO / "drafting/sample/base.txt").read_text("utf-8").splitlines()


def printed(reading: BaseReading) -> list[tuple[str | None, str]]:
    return [(p.base.label, plain(p.base)) for p in reading.provisions if p.base]


def expected(lines: list[str]) -> list[tuple[str | None, str]]:
    pairs = [line.rpartition("\t") for line in lines]
    return [(label or None, words) for label, _, words in pairs]


def shape(reading: BaseReading) -> str:
    return " ".join(f"{p.kind.value[0]}{p.level}" for p in reading.provisions)


def of_lines(*lines: str) -> BaseReading:
    return read_base(paper(lines), {})


HEAD = [
    "RESOLUTION 7 (Tarn, 2022)",
    "Buoys",
    "The Development Assembly (Tarn, 2022),",
    "resolves",
]


@needs_shared
def test_a_real_base_gives_its_paragraphs_and_labels_back() -> None:
    lines = shared("res130/base_2010.txt").read_text("utf-8").splitlines()
    data = shared("res130/base_2010.txt").read_bytes()
    reading = read_base(read_txt(data), {}, symbol="DL/10")
    assert len(reading.provisions) == 91
    assert printed(reading) == expected(lines)
    assert reading.questions == ()
    assert reading.warnings == ()


@needs_shared
def test_a_real_base_reads_the_same_from_a_word_file() -> None:
    lines = shared("res130/base_2010.txt").read_text("utf-8").splitlines()
    reading = read_base(read_docx(shared("res130/base_2010.docx").read_bytes()), {})
    assert printed(reading) == expected(lines)
    assert reading.questions == ()


@needs_shared
@pytest.mark.parametrize("name", ["ARB_79A2_13", "B_75_4", "CUB_70_2", "RCC_73A1_16"])
def test_a_proposal_taken_for_a_base_is_asked_about_and_gives_the_adopted_text(name: str) -> None:
    lines = shared("res130/base_2010.txt").read_text("utf-8").splitlines()
    data = shared(f"res130/contributions/{name}.docx").read_bytes()
    reading = read_base(read_docx(data), {})
    assert [q.kind for q in reading.questions] == ["tracked_changes"]
    folded = [(label, fold(words)) for label, words in printed(reading)]
    assert folded == [(label, fold(words)) for label, words in expected(lines)]


def test_the_sample_base_reads_the_same_from_a_word_file() -> None:
    data = (REPO / "drafting/sample/docx/base.docx").read_bytes()
    assert printed(read_base(read_docx(data), {})) == expected(SAMPLE)


@needs_shared
def test_a_flattened_redline_gives_the_old_text_and_asks() -> None:
    base = shared("res130/base_2010.txt").read_text("utf-8").splitlines()
    reading = read_base(read_txt(shared("seeds/000_05781ee83e4d6dab.txt").read_bytes()), {})
    spelled = [(a, b.replace("\u00a0", " ").replace("\u2011", "-")) for a, b in printed(reading)]
    assert spelled == expected(base)
    assert [q.kind for q in reading.questions] == ["flattened", "flattened_phrase"]


def test_the_sample_base_is_read_with_its_labels() -> None:
    reading = read_base(paper(SAMPLE), {}, symbol="DL/12")
    assert printed(reading) == expected(SAMPLE)
    assert reading.questions == ()
    header = reading.header
    assert (header.symbol, header.base_name) == ("DL/12", "Resolution 64 (Rev. Castelmar, 2023)")
    assert header.conference == "Plenary Conference of the World Seamarks Union (Castelmar, 2023)"


def test_keys_and_options_are_counted_in_reading_order() -> None:
    reading = read_base(paper(SAMPLE), {})
    keys = [(p.key, p.options[0].key, p.options[0].stands) for p in reading.provisions]
    assert keys == [(f"p{n}", f"o{n}", True) for n in range(1, len(SAMPLE) + 1)]


def test_kinds_and_levels_follow_the_order_of_an_instrument() -> None:
    reading = of_lines(
        *HEAD,
        "each within its mandate:",
        "1\tto keep:",
        "i)\tbuoys, namely:",
        "a)\tred ones;",
        "2\tto rest,",
        "invites Member States",
        "to help.",
    )
    assert shape(reading) == "n0 t0 f0 c0 c0 i1 i2 i3 i1 c0 i1"
    assert reading.provisions[4].kind is ProvisionKind.CHAPEAU


def test_a_title_and_a_formula_broken_over_lines_are_each_one() -> None:
    reading = of_lines(
        " RESOLUTION  7  (Tarn, 2022)",
        "Buoys ",
        "and their lights",
        "The Development Assembly",
        "(Tarn,\u00a02022),",
        "resolves",
        "to rest.",
    )
    words = [plain(p.options[0].text) for p in reading.provisions]
    assert words[:2] == ["RESOLUTION 7 (Tarn, 2022)", "Buoys and their lights"]
    assert words[2] == "The Development Assembly (Tarn,\u00a02022),"


def test_furniture_is_left_out_and_the_strip_says_so() -> None:
    reading = of_lines(
        "Assembly Records", "Resolution 7", *HEAD, "to rest.", "Reasons:\tNone.", "____________"
    )
    places = [placed.place for placed in reading.strip]
    assert places[:2] == [Place.FURNITURE] * 2
    assert places[2:7] == [Place.MATCHED] * 5
    assert places[7:] == [Place.FURNITURE] * 2
    assert shape(reading) == "n0 t0 f0 c0 i1"


def test_tracked_changes_in_an_adopted_text_are_asked_about() -> None:
    changed = paper([*HEAD, "1\tto keep [-red-][+green+] buoys;", "[+2\tto rest,+]"])
    reading = read_base(changed, {})
    assert [q.key for q in reading.questions] == ["tracked_changes"]
    assert printed(reading)[4:] == [("1", "to keep red buoys;")]
    accepted = read_base(changed, {"tracked_changes": "new"})
    assert printed(accepted)[4:] == [("1", "to keep green buoys;"), ("2", "to rest,")]


def test_an_answer_that_is_none_of_the_alternatives_changes_nothing() -> None:
    changed = paper([*HEAD, "1\tto keep [-red-][+green+] buoys;"])
    assert read_base(changed, {"tracked_changes": "perhaps"}) == read_base(changed, {})


def test_a_paragraph_cut_by_a_page_break_is_joined_and_asked_about() -> None:
    cut = [*HEAD, "1\tto keep the buoys", "and the lights;", "2\tto rest,"]
    reading = read_base(paper(cut), {})
    assert printed(reading)[4] == ("1", "to keep the buoys and the lights;")
    (question,) = reading.questions
    assert (question.key, question.assumed) == ("joined:5", "join")
    apart = read_base(paper(cut), {question.key: "apart"})
    assert printed(apart)[5] == (None, "and the lights;")


def test_a_line_in_lower_case_after_a_complete_provision_is_not_joined() -> None:
    reading = of_lines(*HEAD, "1\tto keep the buoys;", "and the lights;", "2\tto rest,")
    assert printed(reading)[5] == (None, "and the lights;")
    assert [q.kind for q in reading.questions] == ["unlabelled"]


def test_an_unlabelled_paragraph_among_labelled_ones_is_asked_about() -> None:
    lines = [*HEAD, "1\tto keep the buoys;", "Lights are buoys.", "2\tto rest,"]
    reading = read_base(paper(lines), {})
    (question,) = reading.questions
    assert (question.kind, question.assumed) == ("unlabelled", "apart")
    together = read_base(paper(lines), {question.key: "paragraph"})
    assert printed(together)[4] == ("1", "to keep the buoys;\nLights are buoys.")


def test_labels_of_automatic_numbering_are_taken_from_the_paragraph() -> None:
    built = paper([*HEAD, "to keep the buoys;", "to rest,"])
    *head, first, second = built.paragraphs
    numbered = (*head, replace(first, label="1"), replace(second, label="2"))
    reading = read_base(replace(built, paragraphs=numbered), {})
    assert [label for label, _ in printed(reading)[4:]] == ["1", "2"]


def test_emphasis_inside_an_item_stays_and_that_of_a_title_goes() -> None:
    built = paper(HEAD)
    title = replace(built.paragraphs[1], runs=(ParsedRun("Buoys", frozenset({"strong"})),))
    runs = (ParsedRun("1\tas in "), ParsedRun("resolves", frozenset({"em"})), ParsedRun(" above,"))
    item = replace(title, runs=runs)
    reading = read_base(
        ParsedPaper("docx", (built.paragraphs[0], title, *built.paragraphs[2:], item), {}, {}), {}
    )
    formats = [
        [sorted(getattr(piece, "formats", ())) for piece in p.options[0].text.paragraphs[0].inlines]
        for p in reading.provisions
    ]
    assert formats[1] == [[]]
    assert formats[4] == [[], ["em"], []]


def test_a_call_glued_to_the_item_before_by_a_hard_break_is_split_off() -> None:
    reading = of_lines(*HEAD, "1\tto rest,\ninvites Member States", "to help.")
    assert shape(reading) == "n0 t0 f0 c0 i1 c0 i1"
    assert printed(reading)[4:] == [
        ("1", "to rest,"),
        (None, "invites Member States"),
        (None, "to help."),
    ]


def test_a_title_that_is_given_takes_the_place_of_the_printed_one() -> None:
    reading = read_base(paper([*HEAD, "to rest."]), {}, title="Lights")
    assert printed(reading)[1] == (None, "Lights")


@pytest.mark.parametrize("lines", [[], ["Dear colleague,"], ["resolves"]])
def test_a_paper_that_is_no_resolution_is_read_with_a_warning(lines: list[str]) -> None:
    assert read_base(paper(lines), {}).warnings
