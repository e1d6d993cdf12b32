"""Wordings that seemed to compete all stand: each in a provision of its own.

Rules:

- The adopted wording, where it is among them, keeps its place; else the first that is named does.
  The others follow in the order in which they are named, with their keys, so that who writes in
  them goes on.
- Each is left clean, as one that is chosen; what else was proposed here is not retained.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting.domain.draft import OptionKind
from drafting.models import Event, Option, Provision
from drafting.services import deeds
from drafting.services.acts import provisions, rows
from drafting.services.acts.choosing import leave_alone, whose
from drafting.services.acts.edges import shrink
from drafting.services.acts.folding import these
from drafting.services.acts.naming import reads_as, settle_names
from drafting.services.acts.scope import entry_of, fresh
from drafting.services.acts.work import Work, invalid


def stand(work: Work, deed: deeds.LetStand) -> Event:
    """Gives each wording a provision in which it stands."""
    row = work.open(deed.provision)
    options = these(work, row, deed.options)
    if len(options) < 2 or any(option.kind != OptionKind.TEXT for option in options):
        raise invalid(_("Name two wordings at least that are to stand."))
    options.sort(key=lambda option: not option.stands)
    sources = {option.key: whose(option, None) for option in options}
    settle_names(work, row, [reads_as(o, sources[o.key]) for o in options], deed.rationale)
    lifted = shrink(work, row, work.options(row))
    scope = provisions.scope_of(work, row)
    made: list[Provision] = []
    for option in options[1:]:
        made.append(_own_place(work, (made or [row])[-1], option))
        work.made.append(made[-1].key)
    removed = leave_alone(work, row, options[0], sources[options[0].key])
    scope.change(entry_of(work, row))
    for before, there, option in zip([row, *made], made, options[1:], strict=False):
        leave_alone(work, there, option, sources[option.key])
        scope.put(fresh(entry_of(work, there)), before.number)
    scope.relabel({there.number: there for there in made})
    return work.tell(
        "options.stand", provisions=[row, *made], options=[*options, *lifted], removed=removed
    )


def _own_place(work: Work, after: Provision, option: Option) -> Provision:
    """A provision after another, which takes the option along with what is thought of it."""
    row = option.provision
    rank, _moved = rows.rank_after(work, after)
    there = rows.new_provision(work, row.kind, row.level, rank)
    work.options(row).remove(option)
    work.options(there).append(option)
    option.provision, option.place = there, 0
    work.hand.save(option, ["provision_id", "place"])
    for position in option.positions.all():
        position.provision = there
        work.hand.save(position, ["provision"])
    return there


# --- order --------------------------------------------------------------------------------------


def order(work: Work, deed: deeds.OrderOptions) -> Event:
    """Sets the options of a provision in another order."""
    row = work.open(deed.provision)
    options = these(work, row, deed.order)
    if len(options) != len(work.options(row)):
        raise invalid(_("Name every option of the provision once."))
    changed = [option for place, option in enumerate(options) if option.place != place]
    for place, option in enumerate(options):
        option.place = place
    work.hand.save_many(changed, Option, ["place"])
    work.options(row)[:] = options
    return work.tell("options.ordered", provisions=[row], options=changed)
