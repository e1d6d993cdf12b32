"""Provisions come and go; adopted text stays as "delete".

Rules:

- What was never adopted goes when it is deleted. Adopted text stays as "delete": its words are
  gone, the base is there to be struck. Bracket markers whose partner stands elsewhere stay too.
- What is only proposed does not stand, and nothing moves for it. A proposed call opens a section
  of its own, so it comes to the end of the one that it was put in.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind, ProvisionKind
from drafting.domain.text import BracketClose, BracketOpen, Paragraph, Run, Text, inlines
from drafting.models import Event, Option, ProposedChange, Provision
from drafting.permissions import Writing
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.naming import named
from drafting.services.acts.owning import refuse_others
from drafting.services.acts.rights import may_to_all
from drafting.services.acts.scope import NEW, Scope, entry, entry_of, fresh
from drafting.services.acts.work import Work, invalid
from drafting.steps import Json


def add(work: Work, deed: deeds.AddProvision) -> Event:
    """A new provision with one wording, which stands where it is not only proposed."""
    proposed = deed.proposed or work.present.writing is Writing.PENDING
    after = work.provision(deed.after) if deed.after else None
    level = _level(deed)
    text = texts.text_of(rows.clean_words(deed.words), level=level)
    scope = Scope.around(work, after.rank if after else "")
    if proposed and deed.kind == "call" and scope.rows:
        after = scope.rows[-1]
    coming = entry(NEW, deed.kind, text, aside=proposed)
    scope.put(fresh(coming), after.number if after else None)
    label = scope.labels().get((NEW, 0))
    rank, moved = rows.rank_after(work, after)
    row = rows.new_provision(work, deed.kind, level, rank)
    content = texts.to_json(texts.with_label(text, label))
    option = rows.new_option(work, row, content, stands=not proposed)
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


def shift(work: Work, deed: deeds.ShiftLevel) -> Event:
    """An item goes to another level of its list."""
    row = work.open(deed.provision)
    refuse_others(work, deed, row)
    lead = work.lead(row)
    if row.kind != ProvisionKind.ITEM or lead.kind != OptionKind.TEXT:
        raise invalid(_("Only an item with words of its own has a level."))
    scope = Scope.around(work, row.rank)
    row.level = deed.level
    work.hand.save(row, ["level"])
    work.write_many((o, steps.set_level(o.content, 0, deed.level)) for o in work.options(row))
    scope.change(fresh(entry_of(work, row)))
    scope.relabel()
    return work.tell("provision.moved", provisions=[row])


# --- deleting ---------------------------------------------------------------------------------


def delete(work: Work, deed: deeds.DeleteProvision) -> Event:
    """A provision goes, or becomes "delete"."""
    row = work.open(deed.provision)
    refuse_others(work, deed, row)
    withdrawn = not may_to_all(work.present, type(deed))
    what = Deciding.WITHDRAWN if withdrawn else Deciding.NOT_RETAINED
    work.decide(row.key, named(work.options(row)), what)
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
    work.part_from(row)
    ProposedChange.objects.filter(after=row).update(after=earlier)
    removed = [rows.remove_option(work, option) for option in list(work.options(row))]
    work.hand.delete(row)
    work.let_go(row)
    return [row.key, *removed]
