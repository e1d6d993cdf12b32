"""The import report: what a paper says beside its draft, as JSON that a page can show.

The report is made anew from the parsed paper and the answers each time; it holds no state.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drafting.domain import draft as values
from drafting.intake import parsed as papers
from drafting.intake.base import read_base
from drafting.intake.consolidated import read_consolidated
from drafting.intake.contribution import read_contribution
from drafting.intake.reading import (
    Alternative,
    BaseReading,
    ContributionReading,
    DraftReading,
    Question,
)
from drafting.models import Draft, PaperImport
from drafting.models.intake import ImportKind
from drafting.selectors.values import base_value

Report = dict[str, Any]
Reading = BaseReading | ContributionReading | DraftReading


def reading_of(paper: PaperImport) -> Reading:
    """The paper set beside its draft, with the answers given so far."""
    answers = dict(paper.answers.values_list("question", "alternative"))
    parsed = papers.from_json(paper.parsed)
    if paper.kind == ImportKind.BASE:
        return read_base(parsed, answers)
    base = base_value(_draft_of(paper))
    if paper.kind == ImportKind.CONTRIBUTION:
        return read_contribution(parsed, base, answers)
    return read_consolidated(parsed, base, answers)


def _draft_of(paper: PaperImport) -> Draft:
    assert paper.draft is not None  # the constraint import_has_a_draft_unless_it_makes_one
    return paper.draft


def make(paper: PaperImport) -> Report:
    """The report of a paper whose `parsed` is set."""
    reading = reading_of(paper)
    return {
        "questions": [asdict(question) for question in reading.questions],
        "strip": [asdict(placed) for placed in reading.strip],
        "warnings": [*papers.from_json(paper.parsed).warnings, *reading.warnings],
        "counts": counts(reading),
    }


def questions(paper: PaperImport) -> list[Question]:
    """The questions of the last report."""
    return [
        Question(
            **{
                **item,
                "paragraphs": tuple(item["paragraphs"]),
                "alternatives": tuple(Alternative(**choice) for choice in item["alternatives"]),
            }
        )
        for item in paper.report.get("questions", [])
    ]


def counts(reading: Reading) -> dict[str, Any]:
    """What a script or a page is told of a reading: the figures of the three commands."""
    asked = {"questions": len(reading.questions)}
    match reading:
        case BaseReading():
            calls = [p for p in reading.provisions if p.kind is values.ProvisionKind.CALL]
            return {"provisions": len(reading.provisions), "calls": len(calls), **asked}
        case ContributionReading():
            changes = sum(len(proposal.changes) for proposal in reading.proposals)
            codes = [proposal.code for proposal in reading.proposals]
            return {"proposals": codes, "changes": changes, **asked}
        case DraftReading():
            return {**draft_counts(reading.provisions), **asked}


def draft_counts(provisions: tuple[values.Provision, ...]) -> dict[str, int]:
    """Provisions, options, attributions (lines, pending spans included) and brackets."""
    from drafting.domain import brackets
    from drafting.domain import text as texts

    options = [option for provision in provisions for option in provision.options]
    pairs = brackets.pair((option.key, option.text) for option in options)
    attributed = sum(len(option.attributions) for option in options)
    spans = sum(len(texts.sources(option.text)) for option in options)
    return {
        "provisions": len(provisions),
        "options": len(options),
        "attributions": attributed + spans,
        "brackets": len(pairs.brackets),
        "unpaired": sum(1 for bracket in pairs.brackets if bracket.close is None),
    }
