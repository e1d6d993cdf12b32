"""Labels after something came, went or moved in a list: the place decides, the print is respected.

Rules:

- What comes to a place takes the label of the place; what stands after it in the same list moves by
  as many places as it moved. Nothing else changes: gaps, doubles and labels out of sequence stay as
  odd as they were printed. Where there were no doubles, taking the change back gives the old labels
  back.
- A list is what stands at one level, without anything above it in between, under one call.
- A suffix stays: `2bis` is beside `2` and becomes `3bis` where that becomes `3`. It counts for
  nothing, nor does a double (`2` after `2`).
- A single item under its call has no label. The second one gives both a label; the last one left
  has the label that the adopted text gave it, if any.
- What is only proposed (`aside`) stands beside the list: it comes as `2bis`, `2ter`, under the
  label before it, and nothing moves for it. Where nothing before it is labelled, it has none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from drafting.domain.calls import Phase
from drafting.domain.labels import SUFFIXES, Label, LabelKind, moved_by
from drafting.domain.numbering import Line, kind_at, place


@dataclass(frozen=True, slots=True)
class Slot:
    """One line in reading order. `key` tells it again after the change.

    `level` 0 takes no label. `call`: the phase that it opens. `fresh`: it comes to this place now.
    `alone`: its label where it is the only item under its call. `aside`: it is only proposed.
    """

    key: Hashable
    level: int
    label: str | None
    text: str = ""
    call: Phase | None = None
    fresh: bool = False
    alone: str | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """`ordinal` counts the labels of the list up to here; `peers` the items under the call.

    `bare`: none of those has a label. `section`: the key of the call, or of the first line of all.
    """

    ordinal: int
    label: Label | None
    phase: Phase
    peers: int
    bare: bool
    section: Hashable


Places = dict[Hashable, _Place]


def relabelled(before: Sequence[Slot], after: Sequence[Slot]) -> dict[Hashable, str | None]:
    """The labels of `after` that are to be others than those it has."""
    were = _places(before)
    lists = _Lists(were, _places(after, were), after)
    labels = [(slot, lists.label(index)) for index, slot in enumerate(after)]
    return {slot.key: label for slot, label in labels if label != slot.label}


class _Lists:
    """Gives each line its label in turn; `last` is the latest label at each open level."""

    def __init__(self, were: Places, now: Places, slots: Sequence[Slot]) -> None:
        self.were, self.now, self.slots = were, now, slots
        self.last: dict[int, Label] = {}

    def label(self, index: int) -> str | None:
        """The label of a line; to be asked of every line in its turn."""
        slot = self.slots[index]
        if slot.call:
            self.last = {}
        if slot.call or not slot.level:
            return slot.label
        self.last = {level: seen for level, seen in self.last.items() if level <= slot.level}
        label, printed = self._of_place(index) if self._is_new(slot) else self._moved_on(slot)
        if label and _counts(label):
            self.last[slot.level] = label
        return printed

    def _is_new(self, slot: Slot) -> bool:
        """Whether the label is the place's: the line came here, or is no longer alone."""
        was, here = self.were.get(slot.key), self.now[slot.key]
        if slot.fresh or was is None:
            return slot.fresh
        joined = slot.level == 1 and slot.label is None and was.peers == 1 < here.peers
        return joined or was.phase is not here.phase

    def _moved_on(self, slot: Slot) -> tuple[Label | None, str | None]:
        was, here = self.were.get(slot.key), self.now[slot.key]
        if was and slot.level == 1 and here.peers == 1 < was.peers and slot.alone is None:
            return None, None
        if was is None or was.label is None or slot.label is None:
            return here.label, slot.label
        steps = here.ordinal - was.ordinal
        moved = replace(was.label, value=max(1, was.label.value + steps))
        return moved, moved_by(slot.label, was.label, steps)

    def _of_place(self, index: int) -> tuple[Label | None, str | None]:
        """The label after the one before, or the one of the line that it pushes on."""
        slot = self.slots[index]
        before = self.last.get(slot.level)
        if slot.aside:
            return None, self._beside(before, index)
        pushed = next(self._pushed(index), None) if slot.fresh else None
        if before:
            label = Label(before.kind, before.value + 1)
        elif pushed:
            label = Label(pushed.kind, pushed.value)
        elif slot.level == 1 and self._prints_none(slot):
            return None, None
        else:
            label = Label(kind_at(slot.level, self.now[slot.key].phase), 1)
        return label, str(label)

    def _beside(self, before: Label | None, index: int) -> str | None:
        """The first `2bis`, `2ter` ... that is not taken in this list."""
        if before is None:
            return None
        taken = {label.suffix for label in self._list(index) if label.value == before.value}
        free = (suffix for suffix in SUFFIXES if suffix not in taken)
        return next((str(replace(before, suffix=suffix)) for suffix in free), None)

    def _list(self, index: int) -> Iterator[Label]:
        """All labels of the list that a line is in."""
        level = self.slots[index].level
        behind = takewhile(lambda slot: self._goes_on(slot, level), self.slots[index + 1 :])
        ahead = takewhile(lambda slot: self._goes_on(slot, level), self.slots[index::-1])
        for slot in (*ahead, *behind):
            label = self.now[slot.key].label if slot.level == level else None
            if label:
                yield label

    @staticmethod
    def _goes_on(slot: Slot, level: int) -> bool:
        return not slot.call and not 0 < slot.level < level

    def _pushed(self, index: int) -> Iterator[Label]:
        """The labels of what follows in the same list."""
        level = self.slots[index].level
        for other in takewhile(lambda one: self._goes_on(one, level), self.slots[index + 1 :]):
            label = self.now[other.key].label if other.level == level else None
            if label and _counts(label):
                yield label

    def _prints_none(self, slot: Slot) -> bool:
        """Whether the item is alone, or among several of which none has a label."""
        here = self.now[slot.key]
        return here.peers == 1 or (here.peers > 2 and here.bare)


def _counts(label: Label) -> bool:
    return label.suffix is None and label.kind is not LabelKind.NONE


def _is_beside(slot: Slot, label: Label | None) -> bool:
    """Whether it is no item of the list. A paper may print what is proposed as one: then it is."""
    return slot.aside and (slot.fresh or label is None or not _counts(label))


# --- places -----------------------------------------------------------------------------------


def _places(slots: Sequence[Slot], were: Places | None = None) -> Places:
    """Where each line is. `were`: where they were, for the after of a change."""
    read = place([Line(slot.label, slot.text, slot.call is not None) for slot in slots])
    out: Places = {}
    for section in _sections(list(zip(slots, (found.label for found in read), strict=True))):
        out |= _in_section(section, were or {})
    return out


Read = tuple[Slot, Label | None]


def _sections(slots: Sequence[Read]) -> Iterator[Sequence[Read]]:
    starts = [i for i, (slot, _) in enumerate(slots) if slot.call or i == 0]
    for start, end in pairwise([*starts, len(slots)]):
        yield slots[start:end]


def _in_section(section: Sequence[Read], were: Places) -> Iterator[tuple[Hashable, _Place]]:
    key = section[0][0].key
    phase = section[0][0].call or Phase.OPERATIVE
    items = [s for s, label in section if s.level == 1 and not s.call and not _is_beside(s, label)]
    bare = all(slot.label is None for slot in items)
    counts: dict[int, int] = {}
    last: dict[int, tuple[Label, Hashable]] = {}
    for slot, label in section:
        level = slot.level
        # What had the same label in another section is no double here.
        origin = were[slot.key].section if slot.key in were else key
        if level and not slot.call:
            counts = {deep: count for deep, count in counts.items() if deep <= level}
            last = {deep: seen for deep, seen in last.items() if deep <= level}
            if slot.fresh and not slot.aside:
                counts[level] = counts.get(level, 0) + 1
            elif not slot.fresh and label and _counts(label) and (label, origin) != last.get(level):
                counts[level], last[level] = counts.get(level, 0) + 1, (label, origin)
        label = None if slot.fresh else label
        yield slot.key, _Place(counts.get(level, 0), label, phase, len(items), bare, key)
