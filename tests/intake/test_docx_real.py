"""Word files as secretariats and delegations send them, each read in both views."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import drafting.sample as sample
from drafting.domain.codes import parse_attribution_line
from drafting.domain.folding import fold
from drafting.intake.docx import read_docx
from drafting.intake.parsed import ParsedPaper
from drafting.intake.shared_steps import View, lines
from tests.effort import within
from tests.intake.builders import docx, ins, p, r
from tests.sample import oracle
from tests.shared import needs_shared, shared

RULE = "_" * 14
REAL = [
    *("base_2010", "proposed_2014_tracked", "dl10_rev2"),
    *(f"contributions/{name}" for name in (
        "ARB_79A2_13", "B_75_4", "CUB_70_2", "EUR_80A1_14", "INS_82_2", "RCC_73A1_16")),
]  # fmt: skip
CONTRIBUTIONS = [name for name in REAL if "/" in name]
EXCERPT = "contributions/EUR_80A1_14"


def open_(name: str) -> ParsedPaper:
    return read_docx(shared(f"res130/{name}.docx").read_bytes())


def printed(paper: ParsedPaper, view: View) -> list[str]:
    """The lines of a view, as a reader tells them apart."""
    return [fold(line.printed) for line in lines(paper, view)]


def base() -> list[str]:
    words = shared("res130/base_2010.txt").read_text("utf-8")
    return [fold(line) for line in words.splitlines()]


def truth(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(shared(f"res130/{name}.yaml").read_text("utf-8"))
    return loaded


def line_of(change: dict[str, Any]) -> str:
    label = f"{change['label']}\t" if change["label"] else ""
    return fold(label + change["text"])


@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_rejecting_all_changes_of_a_real_paper_gives_the_base_in_its_order(name: str) -> None:
    known = base()
    kept = [line for line in printed(open_(name), View.OLD) if line in known]
    missing = [line for line in known if line not in kept]
    if name == "dl10_rev2":
        assert [line[:7] for line in missing] == ["i) that"]  # recognizing i), lost in the paper
        known.remove(missing[0])
    if name == EXCERPT:
        assert len(kept) == 12
        assert all(known.index(one) < known.index(two) for one, two in pairwise(kept))
    else:
        assert kept == known


@needs_shared
@pytest.mark.parametrize("name", CONTRIBUTIONS)
def test_accepting_all_changes_of_a_real_proposal_gives_its_text(name: str) -> None:
    known, paper = base(), open_(name)
    changes = truth(name)["changes"]
    furniture = Counter(line for line in printed(paper, View.OLD) if line not in known)
    fresh = Counter(printed(paper, View.NEW)) - furniture - Counter(known)
    assert fresh == Counter(map(line_of, changes)) - Counter(known)
    gone = Counter(printed(paper, View.OLD)) - Counter(printed(paper, View.NEW))
    assert len(list(gone.elements())) == sum(change["op"] == "MOD" for change in changes)


@needs_shared
def test_accepting_all_changes_of_the_real_proposal_of_2014_gives_its_text() -> None:
    wanted = shared("res130/proposed_2014.txt").read_text("utf-8").splitlines()
    found = printed(open_("proposed_2014_tracked"), View.NEW)
    assert [line for line in found if line in map(fold, wanted)] == [fold(line) for line in wanted]


def told(option: dict[str, Any]) -> bool:
    """Whether an option stands in the accepted text: struck proposals and deletions do not."""
    return not option["deletion"] and not option.get("struck")


@needs_shared
def test_accepting_all_changes_of_the_real_draft_gives_the_options_of_its_truth() -> None:
    found = printed(open_("dl10_rev2"), View.NEW)
    body = [line for line in found[6:-1] if not parse_attribution_line(line)]
    whole = bare(" ".join(body))
    known = truth("rev2")["provisions"]
    options = [o for provision in known for o in provision["options"] if told(o)]
    lost = [o["id"] for o in options if bare(fold(o["text"])) not in whole]
    assert lost == []
    assert len(options) > 55


def bare(words: str) -> str:
    """Without brackets, and with one space wherever a line was cut."""
    return " ".join(re.sub(r"[\[\]]", "", words).split())


PAPERS = sorted((Path(sample.__file__).parent / "docx").glob("*.docx"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
@pytest.mark.parametrize(("view", "other"), [(View.OLD, "rejected"), (View.NEW, "accepted")])
def test_a_paper_of_the_sample_reads_as_the_oracle_reads_it(
    path: Path, view: View, other: oracle.View
) -> None:
    paper = read_docx(path.read_bytes())
    body = [n for n, paragraph in enumerate(paper.paragraphs) if paragraph.cell is None]
    found = [
        oracle.plain("[" * line.brackets + line.printed.replace("\u2011", "-"))
        for line in lines(paper, view)
        if line.sources[0] in body and line.printed != RULE
    ]
    wanted = [oracle.plain(part.text) for part in oracle.paragraphs(path, other)]
    assert found == [line for line in wanted if line]


def test_two_hundred_pages_are_read_in_a_moment() -> None:
    words = "that a warning which arrives late serves nobody, whatever its reach, and that " * 3
    page = "".join(p(r(words), ins(r("all ")), r(words[:90])) for _ in range(10))
    data = docx(page * 200)
    paper = within(200, lambda: read_docx(data))
    assert len(paper.paragraphs) == 2_000
