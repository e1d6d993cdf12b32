"""What the proposals of a draft ask for, as the domain's values, and what was decided on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from drafting.domain import text as texts
from drafting.domain.consolidation import Asked
from drafting.domain.dispositions import Deciding
from drafting.models import Decision, Draft, Option, ProposedChange, Provision

OUT = (Deciding.WITHDRAWN, Deciding.NOT_RETAINED)


def asked_in(draft: Draft, codes: Collection[str]) -> list[Asked]:
    """Every change that these proposals ask for, in the order of their papers."""
    rows = (
        ProposedChange.objects.filter(proposal__draft=draft, proposal__code__in=codes)
        .select_related("proposal", "target", "after", "moved_from")
        .order_by("proposal__contribution", "pk")
    )
    return [_asked(row, order) for order, row in enumerate(rows)]


def _asked(row: ProposedChange, order: int) -> Asked:
    paper = str(row.proposal.contribution_id)
    after = f"{paper}/{row.after_key}" if row.after_key else None
    return Asked(
        code=row.proposal.code,
        key=f"{paper}/{row.key}",
        operation=row.operation,
        target=row.target.key if row.target else None,
        after=row.after.key if row.after else after,
        moved_from=row.moved_from.key if row.moved_from else None,
        text=None if row.content is None else texts.from_json(row.content),
        order=order,
        paper=paper,
    )


def decided_out(draft: Draft) -> dict[str, set[int]]:
    """For each proposal the provisions in which it was withdrawn or not retained; 0: everywhere."""
    out: dict[str, set[int]] = defaultdict(set)
    rows = Decision.objects.filter(draft=draft, undone=False, what__in=OUT)
    for code, provision in rows.values_list("code", "provision"):
        out[code].add(provision)
    return out


def wordings_gone(draft: Draft, numbers: Iterable[int]) -> list[texts.Text]:
    """Every wording that the provisions with these numbers had, of those that are there no more."""
    there = set(draft.provisions.values_list("number", flat=True))
    gone = [number for number in numbers if number and number not in there]
    if not gone:
        return []
    were = Provision.history.filter(draft_id=draft.pk, number__in=gone)
    rows = Option.history.filter(draft_id=draft.pk, provision_id__in=were.values("id"))
    return [texts.from_json(content) for content in rows.values_list("content", flat=True)]
