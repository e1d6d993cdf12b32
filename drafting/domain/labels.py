"""A printed label: what it can be, where it ends, and what two labels run together were.

Rules:

- A label is kept as printed. What it is (letter, roman, number) may be open when seen alone: `i)`
  is both; the sequence decides, in `numbering`.
- A label ends at a tab, an em dash (a tab that was lost) or a space. "§ 15" and "2014" are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

SUFFIXES = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies")


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


def moved_by(printed: str, label: Label, steps: int) -> str:
    """The printed label so many places further on, in its own dress: "(b)bis" is "(c)bis"."""
    value = max(1, label.value + steps)
    if value == label.value or label.kind is LabelKind.NONE:
        return printed
    old, new = (str(Label(label.kind, number)).removesuffix(")") for number in (label.value, value))
    return printed.replace(old, new, 1)


def letters(value: int) -> str:
    """a ... z, aa, bb ...: the field doubles letters and does not count in base 26."""
    times, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (times + 1)


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


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
_PARTS = re.compile(rf"\(?(?P<core>[a-z]+?|\d+)(?P<inner>{_SUFFIX})?[.)]?\s?(?P<outer>{_SUFFIX})?")


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


_LETTERED = re.compile(r"\(?([a-z]{1,3})([.)]?)(.*)", re.IGNORECASE | re.DOTALL)
# No list counts fifty in romans: there, c), d), l) and m) are letters.
_SMALL_ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)


def is_lettered(label: str, level: int) -> bool:
    """Whether a label counts in letters: "i)" does among the items, and is a roman below them."""
    found = _LETTERED.fullmatch(label)
    if not found:
        return False
    return level <= 1 or not _SMALL_ROMAN.fullmatch(found.group(1))


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
