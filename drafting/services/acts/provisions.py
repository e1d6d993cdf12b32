"""Provisions come, go and move; what is left of adopted text says where it went.

Rules:

- What was never adopted goes when it is deleted. Adopted text stays as "delete": its words are
  gone, the base is there to be struck. Bracket markers whose partner stands elsewhere stay too.
- Adopted text that moves leaves its place, marked as moved, as `domain.draft` has it; the options
  go along with their keys, so that who writes in them goes on. What was never adopted just moves.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.draft import OptionKind, ProvisionKind, Status
from drafting.domain.text import BracketClose, BracketOpen, Paragraph, Run, Text, inlines
from drafting.models import Event, Option, ProposedChange, Provision
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.scope import NEW, Entry, Scope, entry, entry_of, fresh
from drafting.services.acts.work import Work, invalid
from drafting.steps import Json


def add(work: Work, deed: deeds.AddProvision) -> Event:
    """A new provision with one wording that stands."""
    after = work.provision(deed.after) if deed.after else None
    level = _level(deed)
    text = texts.text_of(rows.clean_words(deed.words), level=level)
    scope = Scope.around(work, after.rank if after else "")
    scope.put(fresh(entry(NEW, deed.kind, text)), after.number if after else None)
    label = scope.labels().get((NEW, 0))
    rank, moved = rows.rank_after(work, after)
    row = rows.new_provision(work, deed.kind, level, rank)
    content = texts.to_json(texts.with_label(text, label))
    option = rows.new_option(work, row, content, stands=True)
    rows.attribute_to_whom(work, option)
    scope.relabel()
    work.made += [row.key, option.key]
    return work.tell("provision.added", provisions=[row, *moved], options=[option])


def _level(deed: deeds.AddProvision) -> int:
    match ProvisionKind(deed.kind):
        case ProvisionKind.CALL:
            return 0
        case ProvisionKind.ITEM:
            return max(1, deed.level)
        case _:
            return deed.level


# --- deleting ---------------------------------------------------------------------------------


def delete(work: Work, deed: deeds.DeleteProvision) -> Event:
    """A provision goes, or becomes "delete"."""
    row = work.open(deed.provision)
    scope = scope_of(work, row)
    if was_adopted(row):
        option, removed = strike(work, row)
        scope.change(entry_of(work, row))
        scope.relabel()
        return work.tell("provision.removed", provisions=[row], options=[option], removed=removed)
    removed = remove(work, row)
    scope.drop(row.number)
    scope.relabel()
    return work.tell("provision.removed", removed=removed)


def scope_of(work: Work, row: Provision, *more: str) -> Scope:
    """The section of a provision; of a call also the one before, which may go on in its place."""
    ranks = {row.rank, *more}
    if row.kind == ProvisionKind.CALL:
        earlier = rows.before(work, row)
        ranks.add(earlier.rank if earlier else "")
    return Scope.around(work, *ranks)


def was_adopted(row: Provision) -> bool:
    """Whether there is adopted text behind it, here or where it was moved from."""
    return row.base is not None or row.moved_from_id is not None


def strike(work: Work, row: Provision) -> tuple[Option, list[str]]:
    """Leaves one option, "delete", in the place of all; the keys of the others."""
    lead = work.lead(row)
    others = [option for option in work.options(row) if option is not lead]
    if lead.kind == OptionKind.DELETE and not others:
        raise invalid(_("This is to be deleted already."))
    removed = [rows.remove_option(work, option) for option in others]
    work.write(lead, steps.replace_all(lead.content, _struck(lead.content)))
    lead.kind, lead.stands = OptionKind.DELETE, True
    work.hand.save(lead, ["kind", "stands"])
    return lead, removed


def _struck(content: Json) -> Json:
    """Nothing but the label, and the markers whose partners stand elsewhere."""
    text = texts.from_json(content)
    pieces = [piece for piece in inlines(text) if not isinstance(piece, Run)]
    sides = {
        BracketOpen: {p.id for p in pieces if isinstance(p, BracketOpen)},
        BracketClose: {p.id for p in pieces if isinstance(p, BracketClose)},
    }
    whole = sides[BracketOpen] & sides[BracketClose]
    kept = [
        replace(piece, changes=())
        for piece in pieces
        if isinstance(piece, BracketOpen | BracketClose) and piece.id not in whole
    ]
    return texts.to_json(Text((Paragraph(tuple(kept), text.label, text.level),)))


def remove(work: Work, row: Provision) -> list[str]:
    """Deletes a provision with its options; the keys of all."""
    earlier = rows.before(work, row)
    # What a contribution would set after this one is to be set where this one stood.
    ProposedChange.objects.filter(after=row).update(after=earlier)
    removed = [rows.remove_option(work, option) for option in list(work.options(row))]
    work.hand.delete(row)
    return [row.key, *removed]


# --- moving -----------------------------------------------------------------------------------


def move(work: Work, deed: deeds.MoveProvision) -> Event:
    """A provision goes to another place."""
    row = work.open(deed.provision)
    after = work.provision(deed.after) if deed.after else None
    if after is row:
        raise invalid(_("A provision cannot stand after itself."))
    if rows.before(work, row) is after:
        return work.tell("provision.moved")
    scope = scope_of(work, row, after.rank if after else "")
    act = _carry if row.base is None else _leave
    return act(work, scope, row, after)


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
        moved_from=row,
    )
    row.moved_to = there
    gone_along = _take_along(work, row, there)
    row.status, row.status_reason = Status.OPEN, ""
    work.hand.save(row, ["status", "status_reason"])
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
    return held
