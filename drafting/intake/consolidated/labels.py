"""The label of a wording: the one that stands, not the ones that were struck.

Rules:

- Tracked labels say themselves what is new. Labels that show old and new run together are read
  with the base's label beside them.
- Which of two letters run together stands is asked, unless the label before it or the one after it
  tells by counting.
- A wording of a base provision that prints no label has the base's.
- What is printed stays as printed, duplicate or out of sequence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.domain.numbering import readings, unflatten_label
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.consolidated.beside import BaseItem
from drafting.intake.consolidated.blocks import Block
from drafting.intake.consolidated.pieces import Fate
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The labels before and after one, where they are beyond doubt."""

    before: str | None = None
    after: str | None = None

    def tell(self, label: str) -> bool:
        """Whether the label is the next of the one before it or the last before the one after."""
        return _follows(self.before, label) or _follows(label, self.after)


def told(block: Block, item: BaseItem | None) -> str | None:
    """The label if it can be told without its neighbours and without asking."""
    desk = Desk({})
    found = label_of(block, item, Where("", ""), desk)
    return None if desk.questions else found


def label_of(
    block: Block,
    item: BaseItem | None,
    where: Where,
    desk: Desk,
    beside: Neighbours = Neighbours(),
) -> str | None:
    """The label under which the block's wording stands."""
    base = item.label if item else None
    if not block.label:
        return base
    printed = block.label.text.strip()
    if block.label.fates & {Fate.INSERTED, Fate.DELETED, Fate.WITHDRAWN}:
        return block.label.new.strip() or (printed if _is_gone(block) else None)
    if base is None or printed == base:
        return printed
    found = unflatten_label(printed, base)
    if found is None:
        return printed
    if not readings(printed) and _core(base) in printed:
        return found.new
    if not readings(printed) and beside.tell(found.new):
        return found.new
    return _ask(block, printed, found.new, where, desk, certain=not readings(printed))


def _follows(label: str | None, other: str | None) -> bool:
    """Whether `other` is the next label after `label`."""
    pairs = ((a, b) for a in readings(label or "") for b in readings(other or ""))
    return any(a.kind is b.kind and a.value + 1 == b.value and not b.suffix for a, b in pairs)


def _is_gone(block: Block) -> bool:
    return not block.label.new.strip() and not block.words.new.strip()


def _core(label: str) -> str:
    return re.sub(r"\W", "", label)


def _ask(block: Block, printed: str, new: str, where: Where, desk: Desk, *, certain: bool) -> str:
    choices = (
        Choice("new", new, _("The base's label was struck.")),
        Choice("printed", printed, _("The label is as printed.")),
    )
    held = desk.settle(
        Doubt.LABEL,
        "label",
        where,
        choices,
        assumed="new" if certain or Fate.STRUCK in block.label.fates else "printed",
        in_file=printed,
        because="" if certain else _("It may be a label as it stands."),
        printed=printed,
    )
    return new if held == "new" else printed
