"""The contributions of the sample conference, read from their Word files."""

from __future__ import annotations

from functools import cache

import pytest

from drafting.domain.draft import Draft
from drafting.domain.text import printed
from drafting.intake.base import read_base
from drafting.intake.contribution import read_contribution
from drafting.intake.docx import read_docx
from drafting.intake.reading import ContributionReading, Operation
from tests.shared import REPO

DOCX = REPO / "drafting/sample/docx"
ASKED = {
    "CPE_73A1_16": ["merged"],
    "DAR_QUI_91_3": ["other_base", "missing"],
    "ISL_79A2_13": [],
    "KES_75_4": [],
    "NRT_80A1_14": [],
    "TES_88": ["place"],
    "VAL_70_2": [],
}


@cache
def base() -> Draft:
    reading = read_base(read_docx((DOCX / "base.docx").read_bytes()), {}, symbol="DL/12")
    return Draft(reading.header, reading.provisions)


def read(name: str) -> ContributionReading:
    return read_contribution(read_docx((DOCX / f"{name}.docx").read_bytes()), base(), {})


def by_mark(reading: ContributionReading) -> list[tuple[str, list[str]]]:
    return [(p.code, [c.operation.value for c in p.changes]) for p in reading.proposals]


@pytest.mark.parametrize("name", ASKED)
def test_only_what_is_doubtful_is_asked(name: str) -> None:
    assert [q.kind for q in read(name).questions] == ASKED[name]


def test_several_marks_of_one_paper_are_told_apart() -> None:
    reading = read("TES_88")
    assert by_mark(reading) == [
        ("TES/88/1", ["MOD", "MOD", "SUP", "SUP", "(MOD)", "(MOD)"]),
        ("TES/88/2", ["(MOD)"]),
        ("TES/88/3", ["NOC"]),
        ("TES/88/4", ["ADD"]),
        ("TES/88/5", []),
    ]
    assert len(reading.warnings) == 1


def test_a_moved_provision_keeps_its_identity() -> None:
    changes = read("ISL_79A2_13").proposals[0].changes
    (moved,) = [c for c in changes if c.moved_from]
    assert (moved.operation, moved.text and moved.text.label) == (Operation.ADD, "g)")
    assert not any(c.target == moved.moved_from for c in changes)


def test_labels_of_automatic_numbering_are_the_new_ones() -> None:
    changes = read("VAL_70_2").proposals[0].changes
    labels = [c.text.label for c in changes if c.text]
    assert labels == [None, None, "2", "3", "4", "5", "6", "2", "3"]


def test_what_is_kept_is_spelled_as_in_the_base() -> None:
    changes = read("CPE_73A1_16").proposals[0].changes
    base_texts = " ".join(printed(p.options[0].text) for p in base().provisions)
    for change in changes:
        if change.operation is Operation.MOD and change.text:
            assert "\u2011" not in printed(change.text)
    assert "\u2011" not in base_texts
