"""What the checks find, for programs: one JSON object."""

from __future__ import annotations

from collections import Counter
from typing import Any

from drafting.domain.checks import Finding, Kind, Place
from drafting.domain.designations import designations
from drafting.domain.edits import Change
from drafting.models import Draft
from drafting.permissions import Action, Actor, require
from drafting.selectors.checks import findings_of
from drafting.services.telling import told

Json = dict[str, Any]


def report(actor: Actor, draft: Draft) -> Json:
    """Every finding with its place and mend, and how many there are of each kind."""
    require(actor, Action.EXPORT_DRAFT, draft.group)
    value, findings = findings_of(draft)
    names = {key: told(name) for key, name in designations(value).items()}
    counts = Counter(finding.kind for finding in findings)
    return {
        "draft": draft.symbol,
        "findings": [_finding(finding, names) for finding in findings],
        "counts": {kind.value: counts[kind] for kind in Kind},
    }


def _finding(finding: Finding, names: dict[str, str]) -> Json:
    return {
        "key": finding.key,
        "kind": finding.kind.value,
        "code": finding.code,
        "at": _place(finding.at, names),
        "words": finding.words,
        "sentence": told(finding.sentence),
        "mend": [_change(change) for change in finding.mend],
        "editorial": finding.is_editorial,
        "also": [_place(place, names) for place in finding.also],
    }


def _place(place: Place, names: dict[str, str]) -> Json:
    span = place.span
    return {
        "provision": place.provision,
        "name": names.get(place.provision, place.provision),
        "option": place.option or None,
        "paragraph": span.paragraph if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def _change(change: Change) -> Json:
    return {
        "option": change.option,
        "paragraph": change.paragraph,
        "start": change.start,
        "old": change.old,
        "new": change.new,
        "closes": change.closes or None,
    }
