"""Proposals are withdrawn by those who made them, or not retained by the chair.

Rules:

- In one provision, or everywhere. Closed text stays as it is: in one provision the act is refused
  as locked, everywhere it is passed over.
- One change is what is asked for in its provision. An addition is looked for where the disposition
  table finds it; one that stands nowhere is let go alone, by a decision that names it.
- A delegate withdraws what the own delegation asks for under a code or a name of its own: where
  others stand behind the same wording, it stays theirs. What several tabled under one code none of
  them takes away alone, nor the own name from it: the code names them all, and there is no other.
- Every provision in which something was asked for gets a decision, also where nothing of it was in
  the draft; of the whole proposal one more is written down, under the number 0.
- Without a code everything that anybody asks for in a provision is not retained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from drafting.domain.disposition_places import Places
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import Status
from drafting.domain.lifecycle import is_closed
from drafting.domain.ownership import belongs, sole
from drafting.models import Event, ProposedChange, Provision
from drafting.selectors.dispositions import changes_of, decisions_of
from drafting.selectors.values import draft_value
from drafting.services import deeds
from drafting.services.acts.naming import named, rows_naming
from drafting.services.acts.releasing import Released, release
from drafting.services.acts.rights import is_desk
from drafting.services.acts.work import Work, forbidden, gone, invalid, is_left

WHOLE = "p0"  # the key under which a decision on a whole proposal is written down


def withdraw(work: Work, deed: deeds.WithdrawProposal) -> Event:
    """Takes back what a proposal asks for."""
    if not is_desk(work.present, deed):
        _refuse_others(deed.code, work.present.standing.acting_for)
    out = _let_go(work, deed.code, deed, Deciding.WITHDRAWN, deed.words)
    return _told(work, "proposal.withdrawn", out)


def _refuse_others(code: str, own: str) -> None:
    if sole([code]) == own:
        return
    if belongs(code, own):
        raise forbidden(
            _("%(code)s names all who tabled it: the chair or the secretary withdraws it for you.")
            % {"code": code}
        )
    raise forbidden(_("You withdraw what your own delegation asks for, and nothing else."))


def retain_not(work: Work, deed: deeds.RetainNot) -> Event:
    """Lets go of what a proposal asks for, or in one provision of all that anybody does."""
    if deed.code is not None:
        out = _let_go(work, deed.code, deed, Deciding.NOT_RETAINED, deed.rationale)
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


@dataclass(frozen=True)
class _Asked:
    """What a proposal asks for, the provisions that name it, and what is done with it, and why."""

    work: Work
    code: str
    changes: Sequence[ProposedChange]
    there: Sequence[Provision]
    what: Deciding
    why: str

    def decide(self, key: str, change: str = "") -> None:
        self.work.decide(key, [self.code], self.what, self.why, change)


def _let_go(
    work: Work,
    code: str,
    deed: deeds.WithdrawProposal | deeds.RetainNot,
    what: Deciding,
    why: str,
) -> Released:
    asked = _Asked(work, code, work.asked(code), rows_naming(work, code), what, why)
    if not asked.changes and not asked.there:
        raise gone()
    if deed.change is not None:
        return _one(asked, deed.change)
    if deed.provision is not None:
        return _here(asked, work.open(deed.provision))
    return _all(asked)


def _all(asked: _Asked) -> Released:
    """Everywhere but in closed text."""
    there = _open(asked.work, asked.there)
    asked.decide(WHOLE)
    for row in dict.fromkeys([*there, *_open_targets(asked.work, asked.changes)]):
        asked.decide(row.key)
    return _released(asked, there)


def _here(asked: _Asked, row: Provision) -> Released:
    targets = {change.target_id for change in asked.changes}
    if row not in asked.there and row.pk not in targets:
        raise invalid(_("It asks for nothing in this provision."))
    asked.decide(row.key)
    return _released(asked, [row])


def _one(asked: _Asked, key: str) -> Released:
    """One change: what is asked for where it is, or an addition that stands nowhere."""
    change = next((one for one in asked.changes if one.key == key), None)
    if change is None:
        raise gone()
    place = _place(asked.work, change)
    if place is not None:
        return _here(asked, asked.work.open(place))
    asked.decide(WHOLE, change.key)
    return Released()


def _released(asked: _Asked, rows: Sequence[Provision]) -> Released:
    out = Released()
    for row in rows:
        release(asked.work, row, [asked.code], out)
    return out


def _place(work: Work, change: ProposedChange) -> str | None:
    """The provision in which a change is; None of an addition that is in none."""
    pk = change.target_id or change.moved_from_id
    if pk:
        row = work.take_id(pk)
        return row.moved_to.key if is_left(row) else row.key
    if not work.draft.provisions.filter(base__isnull=True, moved_from=None).exists():
        return None
    text = draft_value(work.draft)
    decided = {(one.code, one.provision) for one in decisions_of(work.draft) if not one.change}
    changes = changes_of(work.draft, text)
    places = Places(text, changes, dict.fromkeys(decided))
    ident = change.proposal.code, change.key
    found = places.of(next(one for one in changes if one.ident == ident))
    return found.key if found else None


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
