"""The committed papers of the sample, read by the oracle beside this file."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import drafting.sample as sample
from drafting.sample.build import OUTPUT, build
from tests.sample.oracle import W, paragraphs, plain
from tests.shared import needs_shared, shared

SAMPLE = sample.load()
BASE = [
    plain(line.removeprefix("\t"))
    for line in SAMPLE.base_text.read_text(encoding="utf-8").splitlines()
]
TRUTH = tomllib.loads(SAMPLE.consolidated_truth.read_text(encoding="utf-8"))
WHOLE = [paper.path for paper in SAMPLE.contributions if not (paper.excerpt or paper.waiting)]
FURNITURE = {"Proposal", "Reasons"}


def read(path: Path, view: Any) -> list[str]:
    return [plain(p.text) for p in paragraphs(path, view) if p.style not in FURNITURE]


def by_name(path: Path) -> str:
    return path.stem


def test_the_committed_papers_are_what_their_sources_give(tmp_path: Path) -> None:
    built = {path.name: path.read_bytes() for path in build(tmp_path)}
    committed = {path.name: path.read_bytes() for path in OUTPUT.glob("*.docx")}
    assert sorted(built) == sorted(committed)
    assert [name for name in built if built[name] != committed[name]] == []


def test_the_base_reads_the_same_as_text_and_as_a_word_file() -> None:
    assert read(SAMPLE.base_docx, "rejected") == BASE
    assert read(SAMPLE.base_docx, "accepted") == BASE


@pytest.mark.parametrize("path", [*WHOLE, SAMPLE.consolidated], ids=by_name)
def test_rejecting_all_changes_gives_the_base(path: Path) -> None:
    assert read(path, "rejected") == BASE


def sections(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The paragraphs under each mark line of a paper, all changes rejected."""
    for paragraph in paragraphs(path, "rejected"):
        if paragraph.style == "Proposal":
            mark, texts = paragraph.text.split("\t")[0], list[str]()
            yield mark, texts
        elif paragraph.style != "Reasons" and paragraph.text != "...":
            texts.append(plain(paragraph.text))


@pytest.mark.parametrize("path", [p.path for p in SAMPLE.contributions if p.excerpt], ids=by_name)
def test_an_excerpt_quotes_the_base_in_its_order(path: Path) -> None:
    for mark, texts in list(sections(path)):  # filled only as the paper is read on
        if mark in ("MOD", "(MOD)", "NOC"):
            places = [BASE.index(text) for text in texts]
            assert places == sorted(places)
            assert places


def test_the_waiting_paper_leaves_out_one_provision_and_strikes_words_the_base_never_had() -> None:
    waiting = next(paper for paper in SAMPLE.contributions if paper.waiting)
    texts = read(waiting.path, "rejected")
    assert [line for line in BASE if line not in texts] == [BASE[14], BASE[34]]
    assert [line for line in texts if line not in BASE] == [
        f"{BASE[34]} and to report interruptions of more than six hours to every "
        "administration within sight of the light;"
    ]


def printed(provision: dict[str, Any]) -> Iterator[str]:
    """The lines in which the truth says that a provision is printed, all changes accepted."""
    if provision.get("deleted") or "moved_to" in provision:
        return
    label = provision.get("label", "")
    base = BASE[provision["base"] - 1] if "base" in provision else ""
    for option in provision.get("option", [{"text": base.rpartition("\t")[2]}]):
        yield from option.get("heads", ())
        if "fragment" in option:
            yield from option["fragment"][0]["printed"]
        elif option.get("op") != "DELETE":
            shown = option.get("label", label)
            yield option.get("opens", "") + (f"{shown}\t" if shown else "") + option["text"]
    if "note" in provision:
        yield provision["note"]


def test_accepting_all_changes_of_the_draft_gives_the_texts_of_its_truth() -> None:
    expected = [plain(line) for provision in TRUTH["provision"] for line in printed(provision)]
    assert read(SAMPLE.consolidated, "accepted") == expected


def test_the_truth_places_every_base_paragraph_once() -> None:
    places = [p["base"] for p in TRUTH["provision"] if "base" in p]
    assert places == list(range(1, len(BASE) + 1))


def test_the_truth_counts_the_brackets_that_are_printed() -> None:
    text = "".join(read(SAMPLE.consolidated, "accepted"))
    assert text.count("[") == len(TRUTH["bracket"])
    assert text.count("]") == sum("closes" in bracket for bracket in TRUTH["bracket"])


def test_the_truth_names_ends_of_brackets_that_exist() -> None:
    options = {p["id"]: len(p.get("option", [0])) for p in TRUTH["provision"]}
    ends = [b[end] for b in TRUTH["bracket"] for end in ("opens", "closes") if end in b]
    assert [end for end in ends if not 1 <= end[1] <= options.get(end[0], 0)] == []


def test_only_known_proposals_stand_behind_the_options() -> None:
    known = {code for paper in SAMPLE.contributions for code in paper.codes}
    named = {c for p in TRUTH["provision"] for o in p.get("option", ()) for c in o.get("by", ())}
    assert named <= known


def test_every_wording_of_the_draft_stands_in_the_paper_it_is_attributed_to() -> None:
    """Brackets are the group's own; labels may differ."""
    papers = {code: paper.path for paper in SAMPLE.contributions for code in paper.codes}
    for provision in TRUTH["provision"]:
        for option in provision.get("option", ()):
            wording = plain(re.sub(r"[\[\]]", "", option.get("text", ""))).rstrip(".,;")
            for code in option.get("by", ()) if option["op"] in ("ADD", "MOD") else ():
                lines = read(papers[code], "accepted")
                assert any(wording in line for line in lines), (code, wording)


def test_three_proposals_carry_one_wording() -> None:
    alike = ("NRT_80A1_14.docx", "CPE_73A1_16.docx", "KES_75_4.docx")
    wordings = {
        line
        for name in alike
        for line in read(OUTPUT / name, "accepted")
        if line.startswith("2\tto exchange")
    }
    assert len(wordings) == 1


PHENOMENA = (
    *("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart"),
    *("ins//del", "ins/del/r", "pPr/rPr/ins", "pPr/rPr/del", "rPrChange", "pPrChange"),
    *("commentRangeStart", "footnoteReference", "hyperlink", "numPr", "noBreakHyphen", "sdt"),
    "proofErr",
)


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_some_contribution_shows(phenomenon: str) -> None:
    path = ".//" + "/".join(f"{W}{step}" if step else "" for step in phenomenon.split("/"))
    documents = (
        etree.fromstring(zipfile.ZipFile(paper.path).read("word/document.xml"))
        for paper in SAMPLE.contributions
    )
    assert any(document.find(path) is not None for document in documents)


def test_the_five_marks_and_their_codes_are_printed() -> None:
    marks = {
        tuple(paragraph.text.split("\t"))
        for paper in SAMPLE.contributions
        for paragraph in paragraphs(paper.path, "accepted")
        if paragraph.style == "Proposal"
    }
    assert {mark for mark, _ in marks} == {"MOD", "(MOD)", "NOC", "ADD", "SUP"}
    assert {code for _, code in marks} == {c for p in SAMPLE.contributions for c in p.codes}


def six_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}


def own_lines() -> Iterator[tuple[str, str]]:
    """Every line we wrote, by file. A document's designation is a form, not a sentence."""
    ours = Path(sample.__file__).parent
    for path in [*ours.rglob("*.txt"), *ours.glob("*.toml"), ours / "story.py"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("document: "):
                yield path.name, line


@needs_shared
def test_no_six_words_in_a_row_come_from_the_real_papers() -> None:
    kinds = {".txt", ".yaml", ".tsv", ".json"}
    real: set[tuple[str, ...]] = set()
    for folder in ("seeds", "res130"):
        for path in shared(folder).rglob("*"):
            if path.suffix in kinds:
                real |= six_words(path.read_text(encoding="utf-8"))
    assert real
    assert [
        (name, six_words(line) & real) for name, line in own_lines() if six_words(line) & real
    ] == []
