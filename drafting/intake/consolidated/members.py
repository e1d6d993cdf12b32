"""The blocks of a slot become wordings: labelled, woven, or struck.

Rules:

- A struck base provision is a wish to delete it; struck text that was never the base's is asked.
- The level of a new provision is told by its label in sequence, or by its style where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from drafting.domain.draft import OptionKind
from drafting.domain.numbering import Line, place
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import Paragraph, Text
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.doubled import doubled
from drafting.intake.consolidated.labels import Neighbours, label_of, told
from drafting.intake.consolidated.pieces import Fate
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where
from drafting.intake.consolidated.scope import Scope
from drafting.intake.consolidated.slots import Paper, Slot, named
from drafting.intake.consolidated.weave import (
    all_struck,
    only_markers,
    paragraph,
    unstruck,
    weave,
)

_DROPPED = Choice("dropped", _("It was dropped"), _("It is kept on record as lapsed."))
_SUPERSEDED = Choice(
    "superseded", _("It was replaced"), _("An earlier wording of the same proposal.")
)


@dataclass
class Member:
    """One block on its way to becoming an option."""

    index: int
    block: Block
    scope: Scope | None
    label: str | None
    text: Text
    kind: OptionKind = OptionKind.TEXT
    alternative: bool = False
    is_base: bool = False
    dropped: bool = False


@dataclass
class Members:
    """Makes wordings of blocks. `changed`: block -> "matched", "changed" or "added"."""

    paper: Paper
    slots: Sequence[Slot]
    desk: Desk
    changed: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = named(self.paper, self.slots)
        self._neighbours: dict[Slot, Neighbours] = {}

    def of(self, slot: Slot, index: int, level: int) -> Member:
        """The wording of one block of the slot."""
        block = self.paper.blocks[index]
        scope = self.paper.scope(index)
        label = self._label(slot, index)
        item = slot.item or slot.like
        if block.role in (Role.NO_TEXT, Role.DELETE):
            kind = OptionKind.NO_TEXT if block.role is Role.NO_TEXT else OptionKind.DELETE
            label = self._first_label(slot)
            text = only_markers(block, label, level)
            return Member(index, block, scope, label, text, kind, alternative=True)
        if self.paper.struck(index):
            return self._struck(slot, index, label, level)
        where = self.where(slot, block)
        beside = item if slot.like or index in self.paper.targets else None
        wording = weave(
            block,
            beside,
            where,
            self.desk,
            tracked=self.paper.tracked,
            attributed=scope is not None,
        )
        parts = [paragraph(block, wording, label, level)]
        parts += [self._further(k) for k in slot.further.get(index, ())]
        same = not wording.differs and len(parts) == 1
        if slot.item is not None:
            self.changed[index] = "matched" if same else "changed"
        else:
            self.changed[index] = "changed" if slot.like else "added"
        return Member(index, block, scope, label, Text(tuple(parts)), is_base=same)

    def _first_label(self, slot: Slot) -> str | None:
        return self._label(slot, slot.blocks[0], quiet=True)

    def _further(self, index: int) -> Paragraph:
        block = self.paper.blocks[index]
        where = Where(block.place, "", block.paragraphs)
        wording = weave(block, None, where, self.desk, tracked=self.paper.tracked)
        self.changed[index] = "added"
        printed = block.label.new.strip() or block.label.text.strip() or None
        placed = place([Line(printed, block.words.new)])
        return paragraph(block, wording, printed, placed[0].level)

    def _struck(self, slot: Slot, index: int, label: str | None, level: int) -> Member:
        block = self.paper.blocks[index]
        scope = self.paper.scope(index)
        if slot.item is not None:
            self.changed[index] = "changed"
            text = only_markers(block, slot.item.label, level)
            return Member(index, block, scope, label, text, OptionKind.DELETE)
        self.changed[index] = "added"
        held = self._ask_struck(slot, index)
        block = self._ask_doubled(slot, block)
        plain = paragraph(block, unstruck(block), label, level)
        if held == "superseded":
            codes = [str(line.code) for line in scope.lines] if scope else []
            plain = paragraph(block, all_struck(block, codes), label, level)
        member = Member(index, block, scope, label, Text((plain,)))
        member.dropped = held == "dropped"
        member.alternative = member.dropped or held == "superseded"
        return member

    def _ask_struck(self, slot: Slot, index: int) -> str:
        """What a strike through words means that were never the base's."""
        block = self.paper.blocks[index]
        replaced = self.paper.scope(index) is not None and any(k > index for k in slot.blocks)
        tracked = Fate.WITHDRAWN in block.words.fates
        assumed = "superseded" if replaced else "dropped" if tracked else "insertion"
        other = _SUPERSEDED if replaced else _DROPPED
        choices = (Choice("insertion", _("It was inserted"), _("The text is new.")), other)
        return self.desk.settle(
            Doubt.STRUCK,
            f"struck.{assumed}",
            self.where(slot, block),
            choices,
            assumed=assumed,
            in_file=block.words.text,
        )

    def _ask_doubled(self, slot: Slot, block: Block) -> Block:
        """The block without one of two phrases that its lost redline left side by side."""
        text = block.words.text
        found = doubled(text)
        if found is None:
            return block
        without = [(text[:start] + text[end:]).strip() for start, end in found]
        held = self.desk.settle(
            Doubt.WORDING,
            "wording.doubled",
            self.where(slot, block),
            (
                Choice("printed", _("All printed words kept"), text.strip()),
                Choice("first", _("The first of the two phrases"), without[1]),
                Choice("second", _("The second of the two phrases"), without[0]),
            ),
            assumed="printed",
            in_file=text,
        )
        if held == "printed":
            return block
        start, end = found[1 if held == "first" else 0]
        marks = block.words.cut(start, end).only(lambda piece: piece.is_atom)
        return replace(block, words=block.words.cut(0, start) + marks + block.words.cut(end))

    # --- labels and levels ---------------------------------------------------------------------

    def levels(self) -> list[int]:
        """The level of each slot: the base's, or told by label and sequence."""
        placed = place([self._line(slot) for slot in self.slots])
        out: list[int] = []
        for slot, spot in zip(self.slots, placed, strict=True):
            if slot.item is not None:
                out.append(slot.item.provision.level)
            elif slot.like is not None:
                out.append(slot.like.provision.level)
            else:
                out.append(self._styled_level(slot) or spot.level)
        return out

    def _line(self, slot: Slot) -> Line:
        if not slot.blocks:
            words = slot.item.words if slot.item else ""
            return Line(slot.item.label if slot.item else None, words)
        block = self.paper.blocks[slot.blocks[0]]
        label = self._label(slot, slot.blocks[0], quiet=True)
        return Line(label, block.words.new or block.words.text, block.role is Role.CALL)

    def _styled_level(self, slot: Slot) -> int | None:
        """The level that a paragraph style names, where no label tells it."""
        block = self.paper.blocks[slot.blocks[0]]
        found = re.fullmatch(r"enumlev\s?(\d)", block.style, re.IGNORECASE)
        return int(found[1]) + 1 if found and not block.label else None

    def _label(self, slot: Slot, index: int, *, quiet: bool = False) -> str | None:
        block = self.paper.blocks[index]
        item = slot.item or slot.like
        desk = Desk(self.desk.answers) if quiet else self.desk
        if slot.item is None and slot.like is None and not block.label:
            return None
        return label_of(block, item, self.where(slot, block), desk, self._beside(slot))

    def _beside(self, slot: Slot) -> Neighbours:
        """The labels of the wordings before and after the slot."""
        if not self._neighbours:
            shown = [s for s in self.slots if s.blocks]
            labels = [None, *(self._told_label(s) for s in shown), None]
            around = zip(shown, labels, labels[2:], strict=False)
            self._neighbours = {s: Neighbours(before, after) for s, before, after in around}
        return self._neighbours[slot]

    def _told_label(self, slot: Slot) -> str | None:
        block = self.paper.blocks[slot.blocks[0]]
        return told(block, slot.item or slot.like)

    def where(self, slot: Slot, block: Block) -> Where:
        item = slot.item or slot.like
        return Where(
            block.place,
            self.names[slot],
            block.paragraphs,
            item.provision.key if item else None,
        )
