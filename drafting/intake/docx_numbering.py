"""The labels that Word computes: "a)", "2", "ii)", from automatic numbering.

Lists count by their abstract definition, so that two lists of one definition go on counting;
an override starts anew. A paragraph whose mark is inserted counts only in the text as it is now,
one whose mark is deleted only in the text as it was: the two are counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafting.domain.numbering import letters, roman
from drafting.intake.docx_package import Element, child, name_of, value, whole

LEVELS = 9
STYLE_DEPTH = 20  # inheritance deeper than this is a circle


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `pattern` as "%1.%2)", `form` as Word names it."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""


@dataclass(slots=True)
class List:
    """A list of the document: which definition it counts by, and what it starts anew."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


Place = tuple[str, int]  # list, level


class Numbering:
    """The definitions of a document and the counters of one view of it."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, List] = {}
        self._styles = {
            value(style, "styleId") or "": style
            for style in (styles if styles is not None else ())
            if name_of(style) == "style"
        }
        for item in numbering if numbering is not None else ():
            if name_of(item) == "abstractNum":
                self._abstract[value(item, "abstractNumId") or ""] = _levels(item)
            elif name_of(item) == "num":
                self._lists[value(item, "numId") or ""] = _list(item)

    def place(self, properties: Element | None) -> Place | None:
        """The list and level that a paragraph's properties, or its style's, put it in."""
        own = _numbered(child(properties, "numPr"))
        style = self._styles.get(value(child(properties, "pStyle")) or "")
        inherited = self._from_style(style)
        number = own[0] if own and own[0] is not None else inherited[0] if inherited else None
        if number is None or number == "0" or number not in self._lists:
            return None
        level = next((place[1] for place in (own, inherited) if place and place[1] is not None), 0)
        return number, min(level, LEVELS - 1)

    def _from_style(self, style: Element | None) -> tuple[str | None, int | None] | None:
        for _ in range(STYLE_DEPTH):
            if style is None:
                return None
            found = _numbered(child(child(style, "pPr"), "numPr"))
            if found and found[0] is not None:
                return found
            style = self._styles.get(value(child(style, "basedOn")) or "")
        return None

    def style_name(self, style: str) -> str:
        """The name a person sees for a style's id."""
        return value(child(self._styles.get(style), "name")) or style

    def counter(self) -> Counter:
        return Counter(self._lists, self._abstract)


class Counter:
    """Counts the numbered paragraphs of one view, in order."""

    def __init__(self, lists: Mapping[str, List], abstract: Mapping[str, dict[int, Level]]) -> None:
        self._lists, self._abstract = lists, abstract
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[Place] = set()

    def label(self, place: Place) -> str | None:
        """The next label at this place; None for bullets and lists without a pattern."""
        number, level = place
        listed = self._lists[number]
        counts = self._counts.setdefault(listed.abstract, {})
        if level in listed.starts and place not in self._begun:
            counts[level] = listed.starts[level] - 1
        self._begun.add(place)
        first = self._level(listed, level).start
        counts[level] = counts.get(level, first - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        return self._printed(listed, level, counts)

    def _level(self, listed: List, level: int) -> Level:
        return listed.levels.get(level) or self._abstract.get(listed.abstract, {}).get(
            level, Level()
        )

    def _printed(self, listed: List, level: int, counts: dict[int, int]) -> str | None:
        definition = self._level(listed, level)
        if definition.form in ("bullet", "none") or not definition.pattern:
            return None
        label = definition.pattern
        for above in range(LEVELS):
            sign = f"%{above + 1}"
            if sign in label:
                form = self._level(listed, above)
                label = label.replace(sign, spelt(counts.get(above, form.start), form.form))
        return label.strip() or None


def spelt(number: int, form: str) -> str:
    """A number in one of Word's forms; those not known are spelt as decimals."""
    if number < 1:
        return str(number)
    match form:
        case "lowerLetter":
            return letters(min(number, 10_000))
        case "upperLetter":
            return letters(min(number, 10_000)).upper()
        case "lowerRoman" if number < 4000:
            return roman(number)
        case "upperRoman" if number < 4000:
            return roman(number).upper()
        case _:
            return str(number)


def _numbered(properties: Element | None) -> tuple[str | None, int | None] | None:
    if properties is None:
        return None
    level = value(child(properties, "ilvl"))
    return value(child(properties, "numId")), None if level is None else whole(level)


def _levels(holder: Element) -> dict[int, Level]:
    return {whole(value(item, "ilvl")): _level(item) for item in holder if name_of(item) == "lvl"}


def _level(item: Element) -> Level:
    return Level(
        start=whole(value(child(item, "start")), 1),
        form=value(child(item, "numFmt")) or "decimal",
        pattern=(value(child(item, "lvlText")) or "")[:40],
    )


def _list(item: Element) -> List:
    listed = List(value(child(item, "abstractNumId")) or "")
    for override in item:
        if name_of(override) != "lvlOverride":
            continue
        level = whole(value(override, "ilvl"))
        start = child(override, "startOverride")
        if start is not None:
            listed.starts[level] = whole(value(start), 1)
        own = child(override, "lvl")
        if own is not None:
            listed.levels[level] = _level(own)
    return listed
