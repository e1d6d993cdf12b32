"""Which function does which deed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from msgspec import structs

from drafting.models import Event
from drafting.services import deeds
from drafting.services.acts import (
    attributions,
    brackets,
    choosing,
    deciding,
    editing,
    floors,
    folding,
    joining,
    moving,
    notes,
    options,
    packages,
    parting,
    pending,
    places,
    positions,
    provisions,
    rows,
    spans,
    standing,
    statuses,
    taking,
    together,
    undoing,
    unfolding,
    withdrawing,
)
from drafting.services.acts.work import Work

DOES: Final[dict[type, Callable[[Any, Any], Event]]] = {
    deeds.AddProvision: provisions.add,
    deeds.DeleteProvision: provisions.delete,
    deeds.SplitProvision: parting.split,
    deeds.JoinProvision: joining.join,
    deeds.MoveProvision: moving.move,
    deeds.ShiftLevel: provisions.shift,
    deeds.AddOption: options.add,
    deeds.RemoveOption: options.remove,
    deeds.Attribute: attributions.attribute,
    deeds.AttributeSpan: spans.attribute,
    deeds.AddNote: notes.add,
    deeds.SettlePending: pending.settle,
    deeds.PairBracket: brackets.pair,
    deeds.LiftBracket: brackets.lift,
    deeds.MoveStatus: statuses.move,
    deeds.TakePosition: positions.take,
    deeds.TiePackage: packages.tie,
    deeds.UntiePackage: packages.untie,
    deeds.Place: places.put,
    deeds.LeadFloor: floors.lead,
    deeds.Editorial: editing.edit,
    deeds.Mend: editing.mend,
    deeds.FoldOptions: folding.fold,
    deeds.UnfoldOption: unfolding.unfold,
    deeds.OrderOptions: standing.order,
    deeds.LetStand: standing.stand,
    deeds.ChooseOption: choosing.choose,
    deeds.DecideBracket: deciding.decide,
    deeds.BracketAround: deciding.around,
    deeds.TakeUp: taking.take_up,
    deeds.WithdrawProposal: withdrawing.withdraw,
    deeds.RetainNot: withdrawing.retain_not,
    deeds.Together: lambda work, deed: together.do_all(work, deed, do),
    deeds.Undo: undoing.undo,
}


def do(work: Work, deed: deeds.Deed) -> Event:
    """Does a deed, unless the options are not those that the person saw."""
    deed = _clean(deed)
    if deed.seen is not None:
        named = (getattr(deed, "provision", None), getattr(deed, "option", None))
        work.refuse_unseen(deed.seen, *filter(None, named))
    return DOES[type(deed)](work, deed)


def _clean(deed: deeds.Deed) -> deeds.Deed:
    """A reason is kept, printed and read by everybody: it takes no more than a text does."""
    said = {name: getattr(deed, name, None) for name in ("rationale", "words")}
    changed = {name: rows.clean_words(words) for name, words in said.items() if words}
    return structs.replace(deed, **changed) if changed else deed


def each(deed: deeds.Deed) -> Iterator[deeds.Deed]:
    """The deed, and those that are done in it."""
    yield deed
    if isinstance(deed, deeds.Together):
        yield from deed.deeds
