"""What came of each proposal of a draft: its rows as the domain's table.

Moments are told in the conference's time: a table that is frozen is read by its clock for ever.
"""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.utils import timezone

from drafting.domain import disposition
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.disposition import Change, Decided, Decision
from drafting.domain.disposition_table import Table, table
from drafting.domain.dispositions import Deciding
from drafting.domain.lifecycle import CLOSED
from drafting.models import Draft, ProposedChange
from drafting.selectors.values import draft_value

# Who moved each provision into the status it has, by its history; a paper may have brought it so.
_CLOSINGS: Final = """
    SELECT DISTINCT ON (h.number) h.number, coalesce(u.full_name, ''), h.acting_for,
           h.history_date, h.status_reason
    FROM (
        SELECT *, lag(status) OVER (PARTITION BY id ORDER BY history_id) AS before
        FROM drafting_historicalprovision WHERE draft_id = %(draft)s
    ) AS h
    JOIN drafting_provision p ON p.id = h.id AND p.status = h.status
    LEFT JOIN accounts_user u ON u.id = h.history_user_id
    WHERE h.before IS DISTINCT FROM h.status AND p.status = ANY(%(closed)s)
    ORDER BY h.number, h.history_id DESC
"""


def table_of(draft: Draft, text: values.Draft | None = None) -> Table:
    """What came of all that was asked, as the draft is now. `text`: its value, if at hand."""
    text = text or draft_value(draft)
    rows = disposition.dispositions(
        text, changes_of(draft, text), decisions_of(draft), closings_of(draft)
    )
    return table(text, rows, seq=draft.seq, at=timezone.localtime())


def changes_of(draft: Draft, text: values.Draft) -> tuple[Change, ...]:
    """What the proposals of the draft ask for, as they came in."""
    rows = (
        ProposedChange.objects.filter(proposal__draft=draft)
        .select_related("proposal__contribution", "target", "after", "moved_from")
        .prefetch_related("proposal__delegations")
        .order_by("proposal__contribution_id", "proposal_id", "pk")
    )
    bases = {provision.key: provision.base for provision in text.provisions}
    return tuple(_change(row, bases) for row in rows)


def _change(row: ProposedChange, bases: dict[str, texts.Text | None]) -> Change:
    target = row.target.key if row.target else None
    asked = None if row.content is None else texts.from_json(row.content)
    return Change(
        code=row.proposal.code,
        key=row.key,
        operation=row.operation,
        target=target,
        after=row.after.key if row.after else None,
        after_key=row.after_key,
        moved_from=row.moved_from.key if row.moved_from else None,
        text=bases.get(target or "") if row.operation == "NOC" else asked,
        document=str(row.proposal.contribution),
        delegations=tuple(one.symbol for one in row.proposal.delegations.all()),
    )


def decisions_of(draft: Draft) -> tuple[Decision, ...]:
    """What was decided and not undone, oldest first."""
    return tuple(
        Decision(
            row.seq,
            f"p{row.provision}" if row.provision else "",
            row.code,
            Deciding(row.what),
            Decided(row.by, row.acting_for, timezone.localtime(row.at), row.rationale),
            row.change,
        )
        for row in draft.decisions.filter(undone=False)
    )


def closings_of(draft: Draft) -> dict[str, Decided]:
    """Who closed each provision that is closed now, by its key."""
    closed = [status.value for status in CLOSED]
    with connection.cursor() as cursor:
        cursor.execute(_CLOSINGS, {"draft": draft.pk, "closed": closed})
        rows = cursor.fetchall()
    return {
        f"p{number}": Decided(by, whom, timezone.localtime(at), why)
        for number, by, whom, at, why in rows
    }
