"""Puts a reading into its draft: a base makes one, a contribution adds proposals, a consolidated
draft replaces the options. Runs inside the placing transaction of `services.imports`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Delegation
from drafting import events
from drafting.domain import text as texts
from drafting.domain.codes import parse_code
from drafting.domain.draft import Header
from drafting.intake.reading import (
    BaseReading,
    ContributionReading,
    DraftReading,
    ProposalReading,
)
from drafting.intake.reading import (
    ProposedChange as Change,
)
from drafting.models import (
    AdHocGroup,
    Contribution,
    Draft,
    PaperImport,
    Proposal,
    ProposedChange,
    Provision,
)
from drafting.selectors.values import draft_value
from drafting.services import drafts, proposals, reports, store
from drafting.services.fitting import fit
from drafting.services.recording import Hand
from drafting.services.refusals import Refused
from drafting.services.rekeying import rekeyed

CODE_MAX = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of it: the draft it is in now, and the figures of the reading."""

    draft: Draft
    counts: dict[str, Any]


def place(paper: PaperImport, hand: Hand, *, anew: bool = False) -> Placed:
    """Reads the paper beside the draft as it is now and writes what it says.

    `anew`: proposals that the draft has take the paper's wording, as long as nothing came of them.
    """
    if paper.draft_id:
        paper.draft = drafts.lock(paper.draft_id)
    reading = reports.reading_of(paper)
    match reading:
        case BaseReading():
            paper.draft = _base(paper, reading, hand)
        case ContributionReading():
            _contribution(paper, reading, hand, anew=anew)
        case DraftReading():
            _consolidated(paper, reading, hand)
    assert paper.draft is not None
    return Placed(paper.draft, reports.counts(reading))


def _base(paper: PaperImport, reading: BaseReading, hand: Hand) -> Draft:
    return drafts.make(
        paper.group, paper.symbol, paper.title, reading.header, reading.provisions, hand
    )


# --- Contributions ------------------------------------------------------------------------------


def _contribution(
    paper: PaperImport, reading: ContributionReading, hand: Hand, *, anew: bool
) -> None:
    draft = paper.draft
    assert draft is not None
    _refuse_uncoded(reading)
    known = proposals.known_codes(draft, [proposal.code for proposal in reading.proposals])
    if known and not anew:
        _refuse_known(known)
    _take_away(draft, known, hand)
    contribution = Contribution(
        draft=draft,
        document=fit(Contribution, "document", reading.document),
        submitted_by=fit(Contribution, "submitted_by", reading.submitted_by),
        original_language=fit(Contribution, "original_language", reading.original_language),
        date=reading.date,
        paper=paper,
    )
    hand.create(contribution)
    provisions = {row.key: row for row in draft.provisions.all()}
    for proposal in reading.proposals:
        _proposal(contribution, proposal, provisions, hand)
    codes = [proposal.code for proposal in reading.proposals]
    events.record(draft, "contribution.placed", hand.actor, hand.acting_for, proposals=codes)


def _refuse_uncoded(reading: ContributionReading) -> None:
    if not reading.proposals:
        raise Refused(
            _("No proposal was found in this paper: it has no line such as MOD KES/75/4.")
        )
    codes = [proposal.code for proposal in reading.proposals]
    if not all(codes):
        raise Refused(_("This paper prints no proposal code: bring it in again with its code."))
    if any(len(code) > CODE_MAX for code in codes):
        raise Refused(
            _("A proposal code in this paper is too long to be one: look at its MOD line.")
        )


def _refuse_known(known: Sequence[str]) -> None:
    refusal = ngettext(
        "%(codes)s stands in this draft already: the same paper was placed before.",
        "%(codes)s stand in this draft already: the same paper was placed before.",
        len(known),
    )
    raise Refused(refusal % {"codes": ", ".join(known)})


def _take_away(draft: Draft, codes: Sequence[str], hand: Hand) -> None:
    """What a paper asked for, where another takes its place; history keeps the contribution."""
    if bound := proposals.bound_codes(draft, codes):
        refusal = _("%(codes)s: something came of it in the draft already. Change it there.")
        raise Refused(refusal % {"codes": ", ".join(bound)})
    gone = draft.proposals.filter(code__in=codes)
    papers = list(draft.contributions.filter(proposals__in=gone).distinct())
    gone.delete()
    for paper in papers:
        if not paper.proposals.exists():
            hand.delete(paper)


def _proposal(
    contribution: Contribution,
    reading: ProposalReading,
    provisions: dict[str, Provision],
    hand: Hand,
) -> None:
    proposal = Proposal(
        draft=contribution.draft,
        contribution=contribution,
        code=reading.code,
        reasons=reading.reasons,
    )
    proposal.save(force_insert=True)
    proposal.delegations.set(_delegations(reading.code))
    ProposedChange.objects.bulk_create(
        _change(proposal, change, provisions) for change in reading.changes
    )


def _delegations(code: str) -> list[Delegation]:
    parsed = parse_code(code)
    return list(Delegation.objects.filter(symbol__in=parsed.sources)) if parsed else []


def _change(proposal: Proposal, change: Change, provisions: dict[str, Provision]) -> ProposedChange:
    return ProposedChange(
        proposal=proposal,
        key=change.key,
        operation=change.operation.value,
        target=provisions.get(change.target or ""),
        after=provisions.get(change.after or ""),
        after_key="" if change.after in provisions else change.after or "",
        moved_from=provisions.get(change.moved_from or ""),
        content=None if change.text is None else texts.to_json(change.text),
        notes=[{"id": note.id, "text": note.text} for note in change.notes],
        reasons=change.reasons,
    )


# --- Consolidated drafts ------------------------------------------------------------------------


def _consolidated(paper: PaperImport, reading: DraftReading, hand: Hand) -> None:
    draft = paper.draft
    assert draft is not None
    now = draft_value(draft)
    provisions = rekeyed(
        reading.provisions,
        now,
        last_provision=draft.last_provision,
        last_option=draft.last_option,
        reason=hand.reason,
    )
    touched = store.write(draft, provisions, hand)
    _take_header(draft, reading.header, hand)
    events.record(draft, "draft.imported", hand.actor, hand.acting_for, touched, paper=paper.pk)


def _take_header(draft: Draft, header: Header, hand: Hand) -> None:
    """The date as printed; and the names of body and group where nobody has set them up."""
    if header.date and header.date != draft.date:
        draft.date = header.date
        hand.save(draft, ["date"])
    group = draft.group
    if group.body == "" and header.body:
        group.body = fit(AdHocGroup, "body", header.body)
        group.name = fit(AdHocGroup, "name", header.group or group.name)
        hand.save(group, ["body", "name"])
