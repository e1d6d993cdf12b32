"""The gate: one real negotiation, read from Word and from a printout, cell by cell."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from drafting.domain.draft import Draft
from drafting.intake.base import read_base
from drafting.intake.consolidated import read_consolidated
from drafting.intake.docx import read_docx
from drafting.intake.parsed import ParsedPaper
from drafting.intake.reading import DraftReading, Place
from drafting.intake.txt import read_txt
from tests.intake.consolidated.papers import every_answer_works, is_sound
from tests.intake.consolidated.strict import Standing, Strict, strict
from tests.shared import needs_shared, shared

pytestmark = needs_shared

# Nothing marked, two insertions one behind the other, and one base word kept out of fifteen.
NEEDS_A_PERSON = ("words", "resolves.3.o1")
PAPERS = ("res130/dl10_rev2.docx", "seeds/001_e24b8fc3b0803247.txt")


@cache
def base() -> Draft:
    reading = read_base(read_docx(shared("res130/base_2010.docx").read_bytes()), {})
    return Draft(reading.header, reading.provisions)


@cache
def parsed(path: str) -> ParsedPaper:
    data = shared(path).read_bytes()
    return read_docx(data) if Path(path).suffix == ".docx" else read_txt(data)


@cache
def reading(path: str) -> DraftReading:
    return read_consolidated(parsed(path), base(), {})


@cache
def truth() -> dict[str, Any]:
    state: dict[str, Any] = yaml.safe_load(shared("res130/rev2.yaml").read_text("utf-8"))
    return state


@cache
def strictly(path: str) -> Strict:
    """Every cell with what the questions can do to it, printed beside what is asked."""
    found = strict(parsed(path), base(), truth())
    print(f"\n{path}: {len(reading(path).questions)} questions\n{found.table()}")
    for key in found.of(Standing.ANSWERABLE, Standing.UNANSWERABLE, Standing.SILENT):
        print(f"{found.standing(key)}: {', '.join(key)}")
    return found


def count(path: str, *standings: Standing) -> int:
    return len(strictly(path).of(*standings))


def test_the_word_file_is_read_right_unasked_and_every_doubt_has_its_answer() -> None:
    """Counted strictly: a cell that any answer would change does not count as unasked."""
    found = strictly(PAPERS[0])
    assert len(reading(PAPERS[0]).provisions) == 119
    assert not found.of(Standing.SILENT, Standing.UNANSWERABLE)
    assert found.share_unasked >= 0.95
    assert count(PAPERS[0], Standing.ANSWERABLE) <= 1
    assert len(reading(PAPERS[0]).questions) <= 11


def test_the_printout_is_read_with_more_questions_and_nothing_silently_wrong() -> None:
    found = strictly(PAPERS[1])
    assert len(reading(PAPERS[1]).provisions) == 119
    assert not found.of(Standing.SILENT)
    assert found.of(Standing.UNANSWERABLE) == [NEEDS_A_PERSON]
    assert found.share_unasked >= 0.93
    assert count(PAPERS[1], Standing.ANSWERABLE) <= 8
    assert len(reading(PAPERS[1]).questions) <= 25


@pytest.mark.parametrize("path", PAPERS)
def test_reading_twice_gives_the_same(path: str) -> None:
    assert read_consolidated(parsed(path), base(), {}) == reading(path)
    is_sound(reading(path), base())


@pytest.mark.parametrize("path", PAPERS)
def test_every_alternative_of_every_question_does_what_it_says(path: str) -> None:
    print(f"\n{path}: {every_answer_works(parsed(path), base())} answers given")


@pytest.mark.parametrize("path", PAPERS)
def test_the_header_is_read(path: str) -> None:
    header, expected = reading(path).header, truth()["header"]
    assert header.designation == expected["document"]
    assert header.revision == expected["revision"]
    assert f"{header.date:%-d %B %Y}" == expected["date"]
    assert header.language_note == expected["language"]
    assert (header.body, header.group) == (expected["group"], expected["heading"])


KINDS = {
    "header": {Place.FURNITURE},
    "attribution": {Place.ATTRIBUTION},
    "note+attribution": {Place.ATTRIBUTION, Place.NOTE},
    "option-heading": {Place.HEADING},
}
WORDING = {Place.MATCHED, Place.CHANGED, Place.ADDED, Place.ASKS}


def test_the_strip_of_the_printout_agrees_with_the_lines_classified_by_hand() -> None:
    places = {}
    paragraphs = parsed(PAPERS[1]).paragraphs
    for placed in reading(PAPERS[1]).strip:
        places[paragraphs[placed.index].line] = placed.place
    with shared("cases/seeds-001-lines.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if int(row["line"]) in places]
    agree = [row for row in rows if places[int(row["line"])] in KINDS.get(row["kind"], WORDING)]
    print(f"\nstrip: {len(agree)} of {len(rows)} lines agree")
    assert len(agree) == len(rows)
