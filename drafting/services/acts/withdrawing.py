"""Proposals are withdrawn by those who made them, or not retained by the chair.

Rules:

- In one provision, or everywhere. Closed text stays as it is: in one provision the act is refused
  as locked, everywhere it is passed over.
- A delegate withdraws what the own delegation asks for alone. What several asked for together no
  one of them takes away; the chair or the secretary does it for them.
- Every provision in which something was asked for gets a decision, also where nothing of it was in
  the draft; of the whole proposal one more is written down, under the number 0.
- Without a code everything that anybody asks for in a provision is not retained.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from drafting.domain.dispositions import Deciding
from drafting.domain.draft import Status
from drafting.domain.lifecycle import is_closed
from drafting.domain.ownership import sole
from drafting.models import Event, ProposedChange, Provision
from drafting.services import deeds
from drafting.services.acts.naming import named, rows_naming
from drafting.services.acts.releasing import Released, release
from drafting.services.acts.rights import is_desk
from drafting.services.acts.work import Work, forbidden, gone, invalid

WHOLE = "p0"  # the key under which a decision on a whole proposal is written down


def withdraw(work: Work, deed: deeds.WithdrawProposal) -> Event:
    """Takes back what a proposal asks for."""
    if not is_desk(work.present, deed) and sole([deed.code]) != work.present.standing.acting_for:
        raise forbidden(_("You withdraw what your own delegation asks for, and nothing else."))
    out = _let_go(work, deed.code, deed.provision, Deciding.WITHDRAWN, deed.words)
    return _told(work, "proposal.withdrawn", out)


def retain_not(work: Work, deed: deeds.RetainNot) -> Event:
    """Lets go of what a proposal asks for, or in one provision of all that anybody does."""
    if deed.code is not None:
        out = _let_go(work, deed.code, deed.provision, Deciding.NOT_RETAINED, deed.rationale)
    elif deed.provision is not None:
        out = Released()
        row = work.open(deed.provision)
        names = named(work.options(row))
        work.decide(row.key, names, Deciding.NOT_RETAINED, deed.rationale)
        release(work, row, names, out)
    else:
        raise invalid(_("Say which proposal, or in which provision."))
    return _told(work, "proposal.not_retained", out)


def _told(work: Work, kind: str, out: Released) -> Event:
    removed = set(out.removed)
    return work.tell(
        kind,
        provisions=[row for row in out.provisions if row.key not in removed],
        options=[option for option in out.options if option.key not in removed],
        removed=out.removed,
    )


def _let_go(work: Work, code: str, key: str | None, what: Deciding, why: str) -> Released:
    asked = work.asked(code)
    there = rows_naming(work, code)
    if not asked and not there:
        raise gone()
    out = Released()
    if key is not None:
        row = work.open(key)
        if row not in there and all(change.target_id != row.pk for change in asked):
            raise invalid(_("It asks for nothing in this provision."))
        there = [row]
    else:
        there = _open(work, there)
        work.decide(WHOLE, [code], what, why)
    also = _open_targets(work, asked) if key is None else []
    for row in dict.fromkeys([*there, *also]):
        work.decide(row.key, [code], what, why)
    for row in there:
        release(work, row, [code], out)
    return out


def _open_targets(work: Work, asked: Sequence[ProposedChange]) -> list[Provision]:
    """The provisions that are asked to change, but those that are closed."""
    targets = {change.target_id for change in asked if change.target_id}
    rows = work.take(work.draft.provisions.filter(pk__in=targets))
    return [row for row in rows if not is_closed(Status(row.status))]


def _open(work: Work, there: Sequence[Provision]) -> list[Provision]:
    """Those that may be changed; where all are closed, stops at the first."""
    free = [row for row in there if not is_closed(Status(row.status))]
    if there and not free:
        work.opened(there[0])
    return free
