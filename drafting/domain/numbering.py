"""Labels in their lists: placed in levels as read, computed for output.

Rules:

- A label is identity for nobody. What a paper prints is kept as it is; what goes out is computed.
- Items under a preambular call are lettered, under an operative call numbered from 1 again; below
  them come romans, then letters. A single item under its call has no label.
- `i)` is a letter after `h)` and a roman where something above ends with a colon: the sequence
  decides, never the characters alone.
- Duplicates, gaps and labels out of sequence are normal in a working paper and move nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from drafting.domain.calls import Phase
from drafting.domain.labels import (
    SUFFIXES,
    Label,
    LabelKind,
    Renumbered,
    Split,
    letters,
    parse_label,
    readings,
    roman,
    split_label,
    unflatten_label,
)

__all__ = [
    "SUFFIXES",
    "Insertions",
    "Label",
    "LabelKind",
    "Line",
    "Placed",
    "Renumbered",
    "Slot",
    "Split",
    "compute_labels",
    "kind_at",
    "letters",
    "parse_label",
    "place",
    "readings",
    "roman",
    "split_label",
    "unflatten_label",
]

DEEPEST = 3


# --- Levels -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """What placing needs of a paragraph: a call (or any heading) starts the count again."""

    label: str | None
    text: str = ""
    starts_section: bool = False


class Placed(NamedTuple):
    """`label` is None where nothing is printed; level 0 is the margin (calls)."""

    label: Label | None
    level: int


# Levels above a label that the paper did not print, as in an excerpt.
_UNSEEN = (Label(LabelKind.NONE, 0),) * DEEPEST


def place(lines: Sequence[Line]) -> list[Placed]:
    """The meaning and level of each printed label, by kind, sequence and colon."""
    out: list[Placed] = []
    stack: list[Label] = []
    introduced = False
    for index, line in enumerate(lines):
        if line.starts_section:
            stack, introduced = [], False
            out.append(Placed(None, 0))
            continue
        possible = readings(line.label) if line.label else ()
        if not possible:
            out.append(Placed(None, 1))
            continue
        label, depth = _placed(possible, stack, introduced, _ahead(lines, index))
        above = (*stack, *_UNSEEN)[:depth]
        stack = [*above, label]
        out.append(Placed(label, min(depth + 1, DEEPEST)))
        introduced = line.text.rstrip(" ]").endswith(":")
    return out


def _ahead(lines: Sequence[Line], index: int) -> str | None:
    """The next printed label of the same section."""
    for line in lines[index + 1 :]:
        if line.starts_section:
            return None
        if line.label:
            return line.label
    return None


def _placed(
    possible: Sequence[Label], stack: Sequence[Label], introduced: bool, ahead: str | None
) -> tuple[Label, int]:
    """Which reading holds, and at which depth of the open lists (0 is the first level)."""
    opened = _opens(possible, stack)
    continued = _continues(possible, stack)
    if introduced and opened and not (continued and _goes_on(continued[0], ahead)):
        return opened, len(stack)
    if continued and not (opened and opened.value == 1 and _goes_on(opened, ahead)):
        return continued
    if opened and stack and _goes_on(opened, ahead):
        return opened, len(stack)
    return _loosely(possible, stack)


def _opens(possible: Sequence[Label], stack: Sequence[Label]) -> Label | None:
    """The reading that may begin a list below what is open."""
    taken = {label.kind for label in stack[-1:]}
    first = [label for label in possible if label.value == 1 and label.kind not in taken]
    return first[0] if first and stack else None


def _continues(possible: Sequence[Label], stack: Sequence[Label]) -> tuple[Label, int] | None:
    """The reading that follows directly on an open list, the deepest first."""
    for depth in range(len(stack) - 1, -1, -1):
        for label in possible:
            before = stack[depth]
            step = label.value - before.value
            if label.kind is before.kind and (step == 1 or (step == 0 and label.suffix)):
                return label, depth
    return None


def _goes_on(label: Label, ahead: str | None) -> bool:
    """Whether the label after this one is the next of its kind, and of no other kind."""
    following = readings(ahead)[:1] if ahead else ()
    return any(other.kind is label.kind and other.value == label.value + 1 for other in following)


def _loosely(possible: Sequence[Label], stack: Sequence[Label]) -> tuple[Label, int]:
    """A duplicate, a gap, or the first of its kind: kept where its kind already stands."""
    ranked = _ranked(possible, stack)
    for depth in range(len(stack) - 1, -1, -1):
        for label in ranked:
            if label.kind is stack[depth].kind:
                return label, depth
    label = ranked[0]
    if label.kind is LabelKind.NUMBER:
        return label, 0
    if label.kind is LabelKind.LETTER:
        return label, min(len(stack), 2)
    return label, max(1, min(len(stack), 2))


def _ranked(possible: Sequence[Label], stack: Sequence[Label]) -> list[Label]:
    """A first roman without anything above it is more likely the letter i) after a gap."""
    above = {label.kind for label in stack}
    return sorted(possible, key=lambda label: label.kind not in above)


# --- Labels for output ------------------------------------------------------------------------


class Insertions(StrEnum):
    """How inserted items are labelled: all counted anew, or beside the base's labels."""

    RENUMBER = "renumber"
    BIS = "bis"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to be labelled, in reading order. `phase` is set on calls only.

    `level` 0 takes no label (title, chapeau). `base` is the label it had in the base, None where
    it is new. `alternative` puts it in the place of the item before: *alt* of its label. `kind`:
    how it was printed, which decides at level 2 and below where the house has no rule (None).
    """

    level: int = 1
    phase: Phase | None = None
    base: str | None = None
    alternative: bool = False
    kind: LabelKind | None = None


def compute_labels(
    slots: Sequence[Slot], *, insertions: Insertions = Insertions.RENUMBER
) -> list[str | None]:
    """The label of each slot, None where it has none."""
    out: list[str | None] = []
    for section in _sections(slots):
        phase = section[0].phase or Phase.OPERATIVE
        if insertions is Insertions.BIS and any(slot.base for slot in section):
            out += _beside_base(section)
        else:
            out += _counted(section, phase)
    return out


def _sections(slots: Sequence[Slot]) -> Iterator[Sequence[Slot]]:
    starts = [i for i, slot in enumerate(slots) if slot.phase or i == 0]
    for start, end in zip(starts, [*starts[1:], len(slots)], strict=True):
        yield slots[start:end]


def _counted(section: Sequence[Slot], phase: Phase) -> list[str | None]:
    counts = [0] * (DEEPEST + 1)
    alone = sum(slot.level == 1 and not slot.phase for slot in section) == 1
    out: list[str | None] = []
    for slot in section:
        level = min(slot.level, DEEPEST)
        if slot.phase or level == 0:
            out.append(None)
            continue
        if not slot.alternative:
            counts[level] += 1
            counts[level + 1 :] = [0] * (DEEPEST - level)
        label = Label(
            slot.kind if slot.kind and level > 1 else kind_at(level, phase), counts[level]
        )
        label = replace(label, suffix="alt") if slot.alternative else label
        out.append(None if alone and level == 1 and not slot.alternative else str(label))
    return out


def kind_at(level: int, phase: Phase) -> LabelKind:
    """How the house labels a level of a section."""
    if level == 2:
        return LabelKind.ROMAN
    lettered = level == DEEPEST or phase is Phase.PREAMBULAR
    return LabelKind.LETTER if lettered else LabelKind.NUMBER


def _beside_base(section: Sequence[Slot]) -> list[str | None]:
    """Base labels stay; what is new after a) is a)bis, a)ter ...; before the first, a)pre."""
    out: list[str | None] = []
    last: dict[int, tuple[str, int]] = {}
    for index, slot in enumerate(section):
        if slot.phase or slot.level == 0:
            out.append(None)
        elif slot.base:
            last[slot.level] = (slot.base, 0)
            last = {level: seen for level, seen in last.items() if level <= slot.level}
            out.append(slot.base)
        elif slot.level in last:
            label, added = last[slot.level]
            if not slot.alternative:
                last[slot.level] = (label, added + 1)
            out.append(label + ("alt" if slot.alternative else _suffix(added)))
        else:
            out.append(_first_base(section[index:], slot.level))
    return out


def _suffix(added: int) -> str:
    return SUFFIXES[added] if added < len(SUFFIXES) else f"({added + 2})"


def _first_base(section: Sequence[Slot], level: int) -> str | None:
    following = (slot.base for slot in section if slot.level == level and slot.base)
    label = next(following, None)
    return f"{label}pre" if label else None
