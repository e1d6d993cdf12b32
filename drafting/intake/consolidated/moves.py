"""Provisions that stand in another place than in the base.

Rules:

- A struck or missing base provision and a new wording much like it, elsewhere, are one provision
  that was moved. Tracked moves say so themselves; a wording that stands once in the base and is
  the same here, or has nothing but a later edition, is no doubt; every other is asked.
- What was left behind stays in its place, deleted, and points to what stands now.
"""

from __future__ import annotations

from collections.abc import Sequence

from drafting.domain.sentences import gettext_noop as _
from drafting.intake.consolidated.beside import BaseItem, Near, tokens
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where
from drafting.intake.consolidated.slots import Paper, Slot
from drafting.intake.consolidated.three_way import judge

_TELLING = 4  # words: fewer may be the same by chance
MOVED = 0.75  # from here on, a struck and a standing wording are one provision


def find_moves(slots: Sequence[Slot], paper: Paper, desk: Desk) -> None:
    """Pair struck base provisions with standing new wordings much like them."""
    standing = _Standing([slot for slot in slots if _is_standing(slot, paper)], paper)
    for old in slots:
        if old.item is None or not _is_gone(old, old.item, paper):
            continue
        new = standing.like(old, old.item)
        if new is not None and _is_move(old, old.item, new, paper, desk):
            old.moved_to, new.moved_from, new.like = new, old, old.item
            standing.take(new)
        elif new is not None and new.like is old.item:
            new.like = None


def _is_gone(slot: Slot, item: BaseItem, paper: Paper) -> bool:
    struck = all(paper.struck(k) and not paper.scope(k) for k in slot.blocks)
    return struck and bool(item.tokens) and not item.is_call


def _is_standing(slot: Slot, paper: Paper) -> bool:
    if slot.item is not None or not slot.blocks:
        return False
    first = slot.blocks[0]
    is_text = paper.blocks[first].role is Role.TEXT
    return is_text and not paper.scope(first) and not paper.struck(first)


class _Standing:
    """The standing new wordings, found by the rarer words they hold."""

    def __init__(self, slots: Sequence[Slot], paper: Paper) -> None:
        self._base = paper.base
        self._slots = {slot: tokens(paper.blocks[slot.blocks[0]].words.new) for slot in slots}
        self._marks = {slot: _move_marks(slot, paper) for slot in slots}
        self._paper = paper
        self._near = Near(list(self._slots.values()))
        self._order = list(self._slots)

    def like(self, old: Slot, item: BaseItem) -> Slot | None:
        """The slot that most likely carries the old one's wording."""
        marks = _move_marks(old, self._paper)
        for slot, found in self._marks.items():
            if slot.like is item or found & marks:
                return slot
        near = [self._order[k] for k in self._near.to(item.tokens)]
        scored = [
            (self._base.likeness(self._slots[slot], item), slot)
            for slot in near
            if slot in self._marks
        ]
        best = max(scored, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] >= MOVED else None

    def take(self, slot: Slot) -> None:
        del self._marks[slot]


def _move_marks(slot: Slot, paper: Paper) -> frozenset[str]:
    pieces = (piece for k in slot.blocks for piece in paper.blocks[k].words.pieces)
    return frozenset(piece.move for piece in pieces if piece.move)


def _is_move(old: Slot, item: BaseItem, new: Slot, paper: Paper, desk: Desk) -> bool:
    if _move_marks(old, paper) & _move_marks(new, paper):
        return True
    block = paper.blocks[new.blocks[0]]
    if _is_same(block, item, paper):
        return True
    struck = (p for k in old.blocks for p in paper.blocks[k].paragraphs)
    held = desk.settle(
        Doubt.MOVE,
        "move",
        Where(block.place, "", (*struck, *block.paragraphs), item.provision.key),
        (
            Choice("moved", _("Moved"), _("One provision, in a new place.")),
            Choice("apart", _("Deleted and added"), _("Two provisions.")),
        ),
        assumed="moved",
        in_file=block.words.text,
        in_base=item.words,
    )
    return held == "moved"


def _is_same(block: Block, item: BaseItem, paper: Paper) -> bool:
    """Whether nothing but editions tells the block from a provision that the base has once."""
    if len(item.tokens) < _TELLING or sum(i.folded == item.folded for i in paper.base.items) > 1:
        return False
    return judge(block.words, item.words).editions
