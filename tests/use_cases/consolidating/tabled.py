"""Proposals on the cast's draft, as a placed contribution leaves them."""

from __future__ import annotations

from collections.abc import Sequence

from drafting.domain import text as texts
from drafting.domain.text import text_of
from drafting.models import Contribution, Draft, PaperImport, Proposal, ProposedChange
from drafting.services.imports import keep
from tests.cast import SETUP

Change = tuple[str, str, str | None]
"""Operation, provision (the one an addition follows), words."""

KES: Sequence[Change] = (
    ("MOD", "p4", "to count the good lamps;"),
    ("ADD", "p4", "to paint the boats red;"),
)
VAL: Sequence[Change] = (
    ("MOD", "p4", "to count the good lamps,"),
    ("SUP", "p6", None),
)


def tabled(draft: Draft, code: str, changes: Sequence[Change]) -> Proposal:
    """One contribution with one proposal."""
    paper = PaperImport.objects.create(
        kind="contribution",
        state="placed",
        group=draft.group,
        draft=draft,
        file=keep(f"{code}.txt", b"a", "text/plain"),
    )
    contribution = Contribution(draft=draft, document=f"Document {code}", paper=paper)
    SETUP.create(contribution)
    proposal = Proposal.objects.create(draft=draft, contribution=contribution, code=code)
    rows = {row.key: row for row in draft.provisions.all()}
    for number, (operation, key, words) in enumerate(changes, 1):
        content = None if words is None else texts.to_json(text_of(words, label=key[1:]))
        adds = operation == "ADD"
        ProposedChange.objects.create(
            proposal=proposal,
            key=f"c{number}",
            operation=operation,
            target=None if adds else rows[key],
            after=rows[key] if adds else None,
            content=content,
        )
    return proposal
