"""Provisions move; the place that adopted text leaves says where it went.

Rules:

- Adopted text that moves leaves its place, marked as moved, as `domain.draft` has it; the options
  go along with their keys, so that who writes in them goes on. What was never adopted just moves.
- What comes back to the place it left is there as if it had never moved.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from drafting.domain import text as texts
from drafting.domain.draft import OptionKind, ProvisionKind, Status
from drafting.models import Event, Option, Position, ProposedChange, Provision
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.owning import refuse_others
from drafting.services.acts.provisions import remove, scope_of
from drafting.services.acts.rights import may_to_all
from drafting.services.acts.scope import NEW, Entry, Scope, entry_of, fresh
from drafting.services.acts.work import Work, invalid
from drafting.services.befores import POINTING


def move(work: Work, deed: deeds.MoveProvision) -> Event:
    """A provision goes to another place."""
    row = work.open(deed.provision)
    after = work.provision(deed.after) if deed.after else None
    if after is row:
        raise invalid(_("A provision cannot stand after itself."))
    refuse_others(work, deed, row)
    if not may_to_all(work.present, type(deed)) and row.kind == ProvisionKind.CALL:
        raise invalid(_("A call that is proposed is not moved: take it back and propose it there."))
    home = _home(work, row, after)
    if home:
        return _return(work, row, home)
    if rows.before(work, row) is after:
        return work.tell("provision.moved")
    scope = scope_of(work, row, after.rank if after else "")
    act = _carry if row.base is None else _leave
    return act(work, scope, row, after)


def _home(work: Work, row: Provision, after: Provision | None) -> Provision | None:
    """The place that a provision left, where it is to go back there."""
    if row.moved_from_id is None:
        return None
    left = work.take(work.draft.provisions.filter(pk=row.moved_from_id))[0]
    return left if after is left or rows.before(work, left) is after else None


def _return(work: Work, row: Provision, home: Provision) -> Event:
    """Takes a move back: the options are again where they were."""
    scope = scope_of(work, row, home.rank)
    coming = replace(entry_of(work, row), number=home.number)
    scope.drop(row.number)
    scope.change(coming)
    removed = [rows.remove_option(work, option) for option in list(work.options(home))]
    held = _take_along(work, row, home)
    home.status, home.status_reason = row.status, row.status_reason
    home.level, home.mode, home.placed = row.level, row.mode, row.placed
    work.hand.save(home, ["status", "status_reason", "level", "mode", "placed"])
    work.part_from(row)
    for name in POINTING:
        ProposedChange.objects.filter(**{name: row}).update(**{name: home})
    removed += remove(work, row)
    scope.relabel({row.number: home})
    work.made.append(home.key)
    return work.tell("provision.moved", provisions=[home], options=held, removed=removed)


def _carry(work: Work, scope: Scope, row: Provision, after: Provision | None) -> Event:
    """Moves what was never adopted, or has left its place before."""
    scope.drop(row.number)
    scope.put(fresh(entry_of(work, row)), after.number if after else None)
    row.rank, moved = rows.rank_after(work, after)
    work.hand.save(row, ["rank"])
    scope.relabel()
    return work.tell("provision.moved", provisions=[row, *moved])


def _leave(work: Work, scope: Scope, row: Provision, after: Provision | None) -> Event:
    """Moves adopted text: a provision there takes the options, the one here says so."""
    if row.kind in (ProvisionKind.NUMBER, ProvisionKind.TITLE, ProvisionKind.FORMULA):
        raise invalid(_("The title stays where it is."))
    label, level = _label_of(work, row), row.level
    coming = replace(fresh(entry_of(work, row)), number=NEW)
    scope.change(Entry(row.number, ()))
    scope.put(coming, after.number if after else None)
    rank, moved = rows.rank_after(work, after)
    there = rows.new_provision(
        work,
        row.kind,
        level,
        rank,
        mode=row.mode,
        status=row.status,
        status_reason=row.status_reason,
        placed=row.placed,
        moved_from=row,
    )
    row.moved_to = there
    gone_along = _take_along(work, row, there)
    row.status, row.status_reason, row.placed = Status.OPEN, "", True
    work.hand.save(row, ["status", "status_reason", "placed"])
    left = rows.new_option(
        work, row, rows.silent(label, level), kind=OptionKind.DELETE, stands=True
    )
    scope.relabel({row.number: there})
    work.made.append(there.key)
    return work.tell(
        "provision.moved", provisions=[row, there, *moved], options=[*gone_along, left]
    )


def _label_of(work: Work, row: Provision) -> str | None:
    return texts.from_json(work.lead(row).content).label


def _take_along(work: Work, row: Provision, there: Provision) -> list[Option]:
    """Options and notes go over with their keys."""
    held = list(work.options(row))
    for option in held:
        option.provision = there
    work.hand.save_many(held, Option, ["provision_id"])
    work.options(row).clear()
    work.options(there).extend(held)
    rows.hand_over(row, there)
    rows.carry_positions(work, Position.objects.filter(provision=row), there)
    for package in row.packages.all():
        work.watch([package])
        package.provisions.remove(row)
        package.provisions.add(there)
    return held
