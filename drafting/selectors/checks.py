"""What the checks find in a draft as it is now, with what its proposals ask for as "(MOD)"."""

from __future__ import annotations

from drafting.domain import checks
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.checks import Asked, Finding
from drafting.models import Draft, ProposedChange
from drafting.selectors.values import draft_value

EDITORIAL = "(MOD)"


def findings_of(draft: Draft) -> tuple[values.Draft, tuple[Finding, ...]]:
    """The draft as a value, and every finding in it."""
    value = draft_value(draft)
    return value, checks.check(value, mods=mods_of(draft))


def mods_of(draft: Draft) -> list[Asked]:
    """What proposals ask for as an editorial change, in the order in which they came."""
    rows = (
        ProposedChange.objects.filter(proposal__draft=draft, operation=EDITORIAL)
        .exclude(content=None)
        .select_related("proposal", "target")
        .order_by("pk")
    )
    return [
        Asked(row.proposal.code, row.target.key, texts.from_json(row.content))
        for row in rows
        if row.target
    ]
