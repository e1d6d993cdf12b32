"""What a paper was read as, for the person who must say whether that is right.

JSON for the report: what the paper is ("is"), and of a contribution each proposal with its changes
("proposals"). A change holds the key of its target; the adopted wording is in the draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.draft import ProvisionKind
from drafting.intake.reading import (
    BaseReading,
    ContributionReading,
    DraftReading,
    ProposalReading,
    ProposedChange,
)
from drafting.intake.shared_steps import where

Json = dict[str, Any]
Reading = BaseReading | ContributionReading | DraftReading


def said(reading: Reading, base: values.Draft | None) -> Json:
    """What the reading says. `base` is the adopted text that a contribution is on."""
    if isinstance(reading, ContributionReading):
        places = _places(base.provisions if base else ())
        proposals = [_proposal(proposal, places) for proposal in reading.proposals]
        return {"is": _is_contribution(reading), "proposals": proposals}
    header = reading.header
    title = next((p for p in reading.provisions if p.kind is ProvisionKind.TITLE), None)
    return {
        "is": {
            "document": _designated(header) if isinstance(reading, DraftReading) else "",
            "base": header.base_name,
            "title": texts.plain(title.options[0].text) if title and title.options else "",
            "date": header.date.isoformat() if header.date else "",
        },
        "proposals": [],
    }


def _designated(header: values.Header) -> str:
    revision = f"Revision {header.revision} to " if header.revision else ""
    return revision + header.designation


def _is_contribution(reading: ContributionReading) -> Json:
    return {
        "document": reading.document,
        "submitted_by": reading.submitted_by,
        "language": reading.original_language,
        "date": reading.date.isoformat() if reading.date else "",
    }


def _proposal(proposal: ProposalReading, places: dict[str, str]) -> Json:
    return {
        "code": proposal.code,
        "changes": list(_changes(proposal.changes, dict(places))),
        "reasons": proposal.reasons,
    }


def _changes(changes: Sequence[ProposedChange], places: dict[str, str]) -> Iterator[Json]:
    """The changes in order. What follows an addition stands where that one does."""
    for change in changes:
        after = places.get(change.after or "", "")
        places[change.key] = after
        yield {
            "operation": change.operation.value,
            "target": change.target or change.moved_from,
            "moved": change.moved_from is not None,
            "where": places.get(change.target or "", ""),
            "after": after,
            "text": None if change.text is None else texts.to_json(change.text),
        }


def _places(provisions: Sequence[values.Provision]) -> dict[str, str]:
    """What people call each provision: recognizing d)."""
    out: dict[str, str] = {}
    call = ""
    for provision in provisions:
        base = provision.base
        if base and provision.kind is ProvisionKind.CALL:
            call = texts.plain(base)
        out[provision.key] = where(call, base.label if base else None, provision.kind)
    return out
