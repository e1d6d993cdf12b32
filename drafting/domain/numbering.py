"""Labels: read as printed, placed in levels, computed for output.

Rules:

- A label is identity for nobody. What a paper prints is kept as it is; what goes out is computed.
- Items under a preambular call are lettered, under an operative call numbered from 1 again; below
  them come romans, then letters. A single item under its call has no label.
- `i)` is a letter after `h)` and a roman where something above ends with a colon: the sequence
  decides, never the characters alone.
- Duplicates, gaps and labels out of sequence are normal in a working paper and move nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from drafting.domain.calls import Phase

SUFFIXES = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies")
DEEPEST = 3


class LabelKind(StrEnum):
    LETTER = "letter"
    ROMAN = "roman"
    NUMBER = "number"
    NONE = "none"  # a dash or bullet: a place without a name


@dataclass(frozen=True, slots=True)
class Label:
    """`value` counts from 1 (a), i), 1); `suffix` is "bis", "ter", "alt" or None."""

    kind: LabelKind
    value: int
    suffix: str | None = None

    def __str__(self) -> str:
        tail = self.suffix or ""
        match self.kind:
            case LabelKind.LETTER:
                return f"{letters(self.value)}){tail}"
            case LabelKind.ROMAN:
                return f"{roman(self.value)}){tail}"
            case LabelKind.NUMBER:
                return f"{self.value}{tail}"
            case LabelKind.NONE:
                return "\u2013"


def letters(value: int) -> str:
    """a ... z, aa, bb ...: the field doubles letters and does not count in base 26."""
    times, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (times + 1)


_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman(value: int) -> str:
    out = ""
    for size, sign in _ROMAN:
        out += sign * (value // size)
        value %= size
    return out


_ROMANS = {roman(value): value for value in range(1, 90)}


# --- Reading labels ---------------------------------------------------------------------------

_SUFFIX = rf"(?:{'|'.join(SUFFIXES)}|alt)"
_MARKED = rf"\(?[a-z]{{1,8}}\)(?:[ \u00a0]?{_SUFFIX}\b)?|\(?[a-z]{{1,8}}{_SUFFIX}\)"
_NUMBERED = rf"\d{{1,3}}[.)]?(?:[ \u00a0]?{_SUFFIX}\b)?"
_DASHED = "[\u2013\u2022\u00b7-]"
_FIRM_GAP = r"(?:[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]*\u2014[ \u00a0]*)"
_LABELLED = re.compile(
    rf"\s*(?P<label>{_MARKED})(?:{_FIRM_GAP}|[ \u00a0]+|$)"
    rf"|\s*(?P<number>{_NUMBERED})(?:{_FIRM_GAP}|[ \u00a0]+(?=[a-z\[\"'\u2018\u201c]|T[oh])|$)"
    rf"|\s*(?P<dash>{_DASHED})\t"
)
_BRACKETS = re.compile(r"\s*((?:\[\s*)+)(?=\S)")
_PARTS = re.compile(
    rf"\(?(?P<core>[a-z]+?|\d+)(?P<inner>{_SUFFIX})?[.)]?\s?(?P<outer>{_SUFFIX})?"
)


class Split(NamedTuple):
    """`brackets`: how many "[" stood before the label; 0 where there is no label."""

    label: str | None
    rest: str
    brackets: int = 0


def split_label(line: str) -> Split:
    """The printed label of a line, and what follows it.

    The label ends at a tab, an em dash (a tab that was lost), or a space. "§ 15", "2014" and
    "15 States" are words. Without a label `rest` is the line as it was.
    """
    opening = _BRACKETS.match(line)
    start = opening.end() if opening else 0
    match = _LABELLED.match(line, start)
    if not match:
        return Split(None, line)
    label = match["label"] or match["number"] or match["dash"]
    if match["label"] and not readings(label):
        return Split(None, line)
    return Split(label, line[match.end() :], line.count("[", 0, start))


def parse_label(printed: str) -> Label | None:
    """The label that `printed` most likely is, seen alone; None if it is none."""
    found = readings(printed)
    return found[0] if found else None


def readings(printed: str) -> tuple[Label, ...]:
    """All that a printed label can be, the likelier first: `i)` is roman 1 or letter 9."""
    bare = printed.strip()
    if re.fullmatch(_DASHED, bare):
        return (Label(LabelKind.NONE, 0),)
    match = _PARTS.fullmatch(bare)
    if not match:
        return ()
    core, suffix = match["core"], match["inner"] or match["outer"]
    if core.isdigit():
        return (Label(LabelKind.NUMBER, int(core), suffix),)
    return tuple(_lettered(core, suffix))


def _lettered(core: str, suffix: str | None) -> Iterator[Label]:
    value = _ROMANS.get(core)
    alphabetic = Label(LabelKind.LETTER, 26 * (len(core) - 1) + ord(core[0]) - 96, suffix)
    is_letter = core == core[0] * len(core) and len(core) <= 2
    if is_letter and core not in ("i", "ii", "v", "x", "xx"):
        yield alphabetic
    if value is not None:
        yield Label(LabelKind.ROMAN, value, suffix)
    if is_letter and core in ("i", "ii", "v", "x", "xx"):
        yield alphabetic


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
    return any(
        other.kind is label.kind and other.value == label.value + 1 for other in following
    )


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
        label = Label(slot.kind if slot.kind and level > 1 else _kind(level, phase), counts[level])
        label = replace(label, suffix="alt") if slot.alternative else label
        out.append(None if alone and level == 1 and not slot.alternative else str(label))
    return out


def _kind(level: int, phase: Phase) -> LabelKind:
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


# --- Labels run together by a lost redline ----------------------------------------------------

# A printout read by machine takes one of these for the other.
_MISREAD = {"c": "e", "e": "c"}


class Renumbered(NamedTuple):
    new: str
    old: str


def unflatten_label(printed: str, base_label: str | None) -> Renumbered | None:
    """What `ib)` was before its redline was lost: new `i)`, old `b)`, if the base has `b)`.

    Either may stand first, and "c" may have been read as "e". None where the printed label cannot
    be both the base's label and another.
    """
    core, base = _core(printed), _core(base_label or "")
    if not core or not base or len(core) <= len(base):
        return None
    for old in (base, "".join(_MISREAD.get(char, char) for char in base)):
        for new in _remainders(core, old):
            if readings(_like(printed, new)) and new != base:
                return Renumbered(_like(printed, new), base_label or "")
    return None


def _core(label: str) -> str:
    match = re.fullmatch(r"\(?([a-z]{1,4}|\d{1,4})([.)]?)", label.strip())
    return match[1] if match else ""


def _remainders(core: str, old: str) -> Iterator[str]:
    """What is left when the old label is taken from the end, or from the front."""
    if core.endswith(old):
        yield core[: -len(old)]
    if core.startswith(old):
        yield core[len(old) :]


def _like(printed: str, core: str) -> str:
    """The core in the dress of the printed label."""
    return re.sub(r"[a-z]+|\d+", core, printed.strip(), count=1)
