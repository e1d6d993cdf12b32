"""Provisions that stand in another place than in the base.

Rules:

- A struck or missing base provision and a new wording much like it, elsewhere, are one provision
  that was moved. Tracked moves say so themselves; every other is asked.
- What was left behind stays in its place, deleted, and points to what stands now.
"""

from __future__ import annotations

from collections.abc import Sequence

from drafting.intake.consolidated.beside import tokens
from drafting.intake.consolidated.blocks import Role
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where
from drafting.intake.consolidated.slots import Paper, Slot

MOVED = 0.75  # from here on, a struck and a standing wording are one provision


def find_moves(slots: Sequence[Slot], paper: Paper, desk: Desk) -> None:
    """Pair struck base provisions with standing new wordings much like them."""
    gone = [
        slot
        for slot in slots
        if slot.item is not None
        and slot.item.tokens
        and not slot.item.is_call
        and all(paper.struck(k) and not paper.scope(k) for k in slot.blocks)
    ]
    standing = [
        slot
        for slot in slots
        if slot.item is None
        and slot.blocks
        and paper.blocks[slot.blocks[0]].role is Role.TEXT
        and not paper.scope(slot.blocks[0])
        and not paper.struck(slot.blocks[0])
    ]
    for old in gone:
        new = _moved(old, standing, paper)
        if new is not None and _is_move(old, new, slots, paper, desk):
            old.moved_to, new.moved_from, new.like = new, old, old.item
            standing.remove(new)
        elif new is not None and new.like is old.item:
            new.like = None


def _moved(old: Slot, standing: Sequence[Slot], paper: Paper) -> Slot | None:
    """The standing slot that most likely carries the old one's wording."""
    marks = _move_marks(old, paper)
    for slot in standing:
        if slot.like is old.item or (marks and marks & _move_marks(slot, paper)):
            return slot
    assert old.item is not None
    scored = [(paper.base.likeness(_new_words(s, paper), old.item), s) for s in standing]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= MOVED else None


def _new_words(slot: Slot, paper: Paper) -> list[str]:
    return tokens(paper.blocks[slot.blocks[0]].words.new)


def _move_marks(slot: Slot, paper: Paper) -> frozenset[str]:
    pieces = (piece for k in slot.blocks for piece in paper.blocks[k].words.pieces)
    return frozenset(piece.move for piece in pieces if piece.move)


def _is_move(old: Slot, new: Slot, slots: Sequence[Slot], paper: Paper, desk: Desk) -> bool:
    if _move_marks(old, paper) & _move_marks(new, paper):
        return True
    assert old.item is not None
    block = paper.blocks[new.blocks[0]]
    return (
        desk.settle(
            Doubt.MOVE,
            "move",
            Where(
                block.place,
                "",
                (*(p for k in old.blocks for p in paper.blocks[k].paragraphs), *block.paragraphs),
                old.item.provision.key,
            ),
            (
                Choice("moved", "Moved", "One provision, in a new place."),
                Choice("apart", "Deleted and added", "Two provisions."),
            ),
            assumed="moved",
            in_file=block.words.text,
            in_base=old.item.words,
        )
        == "moved"
    )
