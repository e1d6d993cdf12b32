"""Two provisions become one: the words of the second go to the end of the first.

Rules:

- Nothing is lost on the way, and what was parted is as it was before (`parting`, `domain.seams`).
- What is joined to another loses its own place: never adopted, it goes; adopted, it becomes
  "delete", and its words stand in the provision before it.
- Both have one wording each.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain.draft import OptionKind, ProvisionKind
from drafting.domain.seams import seam
from drafting.models import Event, Option, Provision
from drafting.services import deeds
from drafting.services.acts import provisions, rows
from drafting.services.acts.owning import refuse_others
from drafting.services.acts.parting import refuse_odd, size_of, words_of
from drafting.services.acts.scope import Scope, entry_of
from drafting.services.acts.work import Work, invalid, is_left
from drafting.steps import Json


def join(work: Work, deed: deeds.JoinProvision) -> Event:
    """A provision's words go to the end of the one before it."""
    row = work.open(deed.provision)
    first = _before(work, row)
    refuse_others(work, deed, first, row)
    for each in (first, row):
        refuse_odd(work, each)
        if each.kind == ProvisionKind.CALL:
            raise invalid(_("A call is not joined: delete it, and its items go on in the list."))
    scope = Scope.around(work, first.rank, row.rank)
    target, source = work.lead(first), work.lead(row)
    work.write(target, _appended(target.content, source.content, apart=deed.apart))
    scope.change(entry_of(work, first))
    _gather(source, target)
    if provisions.was_adopted(row):
        rows.follow(row, first, rows.anchors([source.content]), set())
        rows.carry_positions(work, row.positions.exclude(bracket=""), first, target)
        option, _others = provisions.strike(work, row)
        scope.change(entry_of(work, row))
        scope.relabel()
        return work.tell("provision.joined", provisions=[first, row], options=[target, option])
    rows.hand_over(row, first)
    rows.carry_positions(work, row.positions.all(), first, target)
    removed = provisions.remove(work, row)
    scope.drop(row.number)
    scope.relabel()
    return work.tell("provision.joined", provisions=[first], options=[target], removed=removed)


def _before(work: Work, row: Provision) -> Provision:
    """The nearest provision before it that has words of its own."""
    found = rows.before(work, row)
    while found and (is_left(found) or work.lead(found).kind != OptionKind.TEXT):
        found = rows.before(work, found)
    if found is None:
        raise invalid(_("There is nothing before it to join it to."))
    return work.opened(found)


def _appended(content: Json, other: Json, *, apart: bool) -> list[Json]:
    content, other = steps.standard(content), steps.standard(other)
    if apart:
        return steps.append(content, other)
    first, *rest = other["content"]
    gap = seam(words_of(content["content"][-1]), words_of(first))
    pieces = _spaced(list(first.get("content", ())), gap)
    if not pieces and not rest:
        return []
    size = sum(size_of(node) for node in content["content"])
    opening = {**first, "content": pieces} if pieces else {**first}
    put = {"content": [opening, *rest], "openStart": 1}
    return [{"stepType": "replace", "from": size - 1, "to": size, "slice": put}]


def _spaced(pieces: list[Json], gap: str) -> list[Json]:
    """The pieces with a space before the first words."""
    for number, piece in enumerate(pieces):
        if gap and "text" in piece:
            pieces[number] = {**piece, "text": gap + piece["text"]}
            return pieces
    return pieces


def _gather(source: Option, target: Option) -> None:
    """Who stood behind the words that came stands behind the whole."""
    there = {(a.code, a.name, a.bracket) for a in target.attributions.all()}
    place = max((a.place for a in target.attributions.all()), default=-1)
    for row in source.attributions.all():
        if (row.code, row.name, row.bracket) not in there:
            place += 1
            row.option, row.place = target, place
            row.save(update_fields=["option", "place"])
