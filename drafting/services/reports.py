"""The import report: what a paper says beside its draft, as JSON that a page can show.

The report is made anew from the parsed paper and the answers each time; it holds no state.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_noop

from accounts.models import Delegation
from drafting.domain import brackets
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.codes import parse_code
from drafting.domain.sentences import filled, pack, unpack
from drafting.intake import parsed as papers
from drafting.intake.base import read_base
from drafting.intake.consolidated import read_consolidated
from drafting.intake.contribution import read_contribution
from drafting.intake.reading import (
    Alternative,
    BaseReading,
    ContributionReading,
    DraftReading,
    Place,
    Question,
)
from drafting.intake.unreadable import Unreadable
from drafting.models import Draft, PaperImport
from drafting.models.intake import ImportKind, ImportState
from drafting.selectors.values import base_value
from drafting.services import proposals
from drafting.services.reports_said import said

NOT_TAKEN = gettext_noop(
    "The positions and packages of this file were left out: this draft has its own."
)

Report = dict[str, Any]
Reading = BaseReading | ContributionReading | DraftReading


def reading_of(paper: PaperImport) -> Reading:
    """The paper set beside its draft, with the answers given so far."""
    if is_snapshot(paper.parsed):
        return snapshot_reading(_beside(_draft_of(paper), values.from_json(paper.parsed)))
    answers = dict(paper.answers.values_list("question", "alternative"))
    parsed = papers.from_json(paper.parsed)
    if paper.kind == ImportKind.BASE:
        return read_base(parsed, answers, symbol=paper.symbol)
    base = base_value(_draft_of(paper))
    if paper.kind == ImportKind.CONTRIBUTION:
        return read_contribution(parsed, base, answers, code=paper.code or None)
    return read_consolidated(parsed, base, answers)


def is_snapshot(parsed: Report) -> bool:
    """Whether the file was an exported draft: it says everything and asks nothing."""
    return parsed.get("schema") == values.SCHEMA


def snapshot_reading(draft: values.Draft) -> DraftReading:
    """An exported draft as a reading."""
    told = (NOT_TAKEN,) if draft.positions or draft.packages else ()
    return DraftReading(draft.header, draft.provisions, (), (), told)


def _beside(draft: Draft, snapshot: values.Draft) -> values.Draft:
    """The snapshot, if it stands on the draft's adopted text, which nothing changes.

    Raises Unreadable: keys alone do not tell one draft's provisions from another's.
    """
    if _adopted(snapshot) != _adopted(base_value(draft)):
        raise Unreadable(
            filled(
                gettext_noop(
                    "This exported draft stands on another adopted text than {symbol}: "
                    "check the file."
                ),
                symbol=draft.symbol,
            )
        )
    return snapshot


def _adopted(draft: values.Draft) -> dict[str, tuple[values.ProvisionKind, texts.Text]]:
    return {p.key: (p.kind, p.base) for p in draft.provisions if p.base is not None}


def _draft_of(paper: PaperImport) -> Draft:
    assert paper.draft is not None  # the constraint import_has_a_draft_unless_it_makes_one
    return paper.draft


def make(paper: PaperImport) -> Report:
    """The report of a paper whose `parsed` is set."""
    reading = reading_of(paper)
    return {
        "questions": [pack(asdict(question)) for question in reading.questions],
        "strip": [asdict(placed) for placed in reading.strip],
        "warnings": pack(_warnings_of(paper, reading)),
        "counts": counts(reading),
        "said": said(reading, base_value(paper.draft) if paper.draft else None),
    }


def _warnings_of(paper: PaperImport, reading: Reading) -> list[str]:
    said = () if is_snapshot(paper.parsed) else papers.from_json(paper.parsed).warnings
    return [*said, *reading.warnings]


def warnings(paper: PaperImport) -> list[str]:
    """The warnings of the last report."""
    return list(unpack(paper.report.get("warnings", [])))


def strangers(paper: PaperImport) -> list[str]:
    """The symbols in a contribution's codes that no delegation has: nobody speaks for them here."""
    codes = paper.report.get("counts", {}).get("proposals", ())
    found = [source for code in codes if (c := parse_code(code)) for source in c.sources]
    known = set(Delegation.objects.filter(symbol__in=found).values_list("symbol", flat=True))
    return [symbol for symbol in dict.fromkeys(found) if symbol not in known]


@dataclass(frozen=True, slots=True)
class Before:
    """Codes of a contribution that its draft has already, and those of which something came."""

    codes: list[str]
    bound: list[str]


def placed_before(paper: PaperImport) -> Before:
    """What of the paper another paper brought: it may take its place while nothing came of it."""
    codes = paper.report.get("counts", {}).get("proposals", ())
    if paper.draft is None or paper.state == ImportState.PLACED:
        return Before([], [])
    known = proposals.known_codes(paper.draft, codes)
    return Before(known, proposals.bound_codes(paper.draft, known))


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
        for item in unpack(paper.report.get("questions", []))
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
            return {**draft_counts(reading), **asked}


def draft_counts(reading: DraftReading) -> dict[str, int]:
    """`options` are the wordings that differ from the base; `attributions` the lines that name
    somebody (of an exported draft: the attributions themselves)."""
    options = [(p, option) for p in reading.provisions for option in p.options]
    paired = brackets.pair_draft(values.Draft(reading.header, reading.provisions))
    lines = sum(1 for placed in reading.strip if placed.place is Place.ATTRIBUTION)
    return {
        "provisions": len(reading.provisions),
        "options": sum(1 for provision, option in options if _differs(provision, option)),
        "attributions": lines or sum(len(option.attributions) for _, option in options),
        "brackets": len(paired.brackets),
        "unpaired": sum(1 for bracket in paired.brackets if bracket.close is None),
    }


def _differs(provision: values.Provision, option: values.Option) -> bool:
    """Whether the option is a wording of its own, beside the base."""
    if provision.base is None or option.kind is not values.OptionKind.TEXT:
        return True
    return not option.stands or texts.plain(option.text) != texts.plain(provision.base)
