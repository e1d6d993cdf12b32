"""Which function does which deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from drafting.models import Event
from drafting.services import deeds
from drafting.services.acts import (
    attributions,
    brackets,
    joining,
    moving,
    notes,
    options,
    parting,
    pending,
    provisions,
    spans,
    statuses,
)

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
}
