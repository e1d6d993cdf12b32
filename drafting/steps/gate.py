"""The gate: what comes from outside is looked at as plain JSON before any library sees it.

Rules:

- Everything is refused that `forms` does not name.
- A batch is bounded: steps, bytes, keys that differ.
- Words are NFC, without control characters, lone surrogates or anything that turns or hides the
  words around it. Joiners and the direction marks that Arabic, Persian, Hebrew and Indic
  languages are written with stay. So does the tab: papers bring it along.
- No letter carries more accents than any script sets on one: a tower of them lies over the lines
  around it, and takes long to be put in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from unicodedata import category, is_normalized

import msgspec

from drafting.steps import forms
from drafting.steps.forms import AddMark, AnyStep, RemoveMark, Replace, SetAttribute
from drafting.steps.outcome import Invalid, Item

NO_STEPS = Invalid("A batch holds at least one step.")
TOO_MANY_STEPS = Invalid("A batch holds too many steps.")
TOO_LARGE = Invalid("A batch is too large.")
ODD_KEYS = Invalid("Each step has a key of its own.")
ODD_FORM = Invalid("A step has a form that is not known here.")
BACKWARDS = Invalid("A step ends before it begins.")
ODD_VALUE = Invalid("An attribute has a value it cannot have.")
ODD_SLICE = Invalid("What a step inserts is not whole.")
ODD_WORDS = Invalid("The text holds characters that no text needs.")
NOT_NFC = Invalid("The text is not in the composed form of Unicode.")

UNWANTED = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f"
    "\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
ACCENTS_MAX = 10


def _accents() -> str:
    """The marks that are set on the letter before them, as ranges of a character class."""
    marks = [p for p in range(0x20000) if category(chr(p)) in ("Mn", "Me")]
    starts = [p for before, p in pairwise([-2, *marks]) if p != before + 1]
    ends = [p for p, after in pairwise([*marks, -2]) if after != p + 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


TOWER = re.compile(f"[{_accents()}]{{{ACCENTS_MAX + 1}}}")
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")


def examine(items: Sequence[Item]) -> Invalid | None:
    """What is wrong with a batch as it came, or None."""
    return _bounds(items) or _shapes(items)


def _bounds(items: Sequence[Item]) -> Invalid | None:
    if not items:
        return NO_STEPS
    if len(items) > forms.MOST_STEPS:
        return TOO_MANY_STEPS
    keys = [item.key for item in items]
    if not all(isinstance(key, str) and KEY.match(key) for key in keys):
        return ODD_KEYS
    return ODD_KEYS if len(set(keys)) < len(keys) else None


def _shapes(items: Sequence[Item]) -> Invalid | None:
    try:
        steps = msgspec.convert([item.step for item in items], list[AnyStep])
        size = len(msgspec.json.encode(steps))
    except msgspec.ValidationError:
        return ODD_FORM
    except UnicodeEncodeError:
        return ODD_WORDS
    if size > forms.MOST_BYTES:
        return TOO_LARGE
    return next(filter(None, map(_fault, steps)), None)


def _fault(step: AnyStep) -> Invalid | None:
    match step:
        case SetAttribute():
            return _fault_of_attribute(step)
        case AddMark() | RemoveMark():
            return BACKWARDS if step.start > step.to else _fault_of_words(_sources([step.mark]))
        case Replace():
            if step.start > step.to:
                return BACKWARDS
            return _fault_of_slice(step.slice) if step.slice else None


def _fault_of_attribute(step: SetAttribute) -> Invalid | None:
    if step.attr == "level":
        return None if isinstance(step.value, int) else ODD_VALUE
    if isinstance(step.value, int):
        return ODD_VALUE
    return _fault_of_words([step.value or ""])


def _fault_of_slice(piece: forms.SliceForm) -> Invalid | None:
    paragraphs = [node for node in piece.content if isinstance(node, forms.ParagraphForm)]
    if paragraphs and len(paragraphs) < len(piece.content):
        return ODD_SLICE
    if (piece.openStart or piece.openEnd) and not paragraphs:
        return ODD_SLICE
    return _fault_of_words(_words(piece))


def _words(piece: forms.SliceForm) -> Iterator[str]:
    """Everything in it that people read."""
    for node in piece.content:
        if isinstance(node, forms.ParagraphForm):
            yield node.attrs.label or ""
        for inline in (node.content or ()) if isinstance(node, forms.ParagraphForm) else (node,):
            if isinstance(inline, forms.TextForm):
                yield inline.text
            yield from _sources(inline.marks or ())


def _sources(marks: Sequence[forms.MarkForm]) -> Iterator[str]:
    return (m.attrs.source for m in marks if isinstance(m, forms.Insertion | forms.Deletion))


def _fault_of_words(words: Iterator[str] | list[str]) -> Invalid | None:
    for found in words:
        if UNWANTED.search(found) or TOWER.search(found):
            return ODD_WORDS
        if not is_normalized("NFC", found):
            return NOT_NFC
    return None
