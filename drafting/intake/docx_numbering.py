"""The labels that Word computes: "a)", "2", "ii)", from automatic numbering.

Lists count by their abstract definition, so that two lists of one definition go on counting;
an override starts anew. A paragraph whose mark is inserted counts only in the text as it is now,
one whose mark is deleted only in the text as it was: the two are counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafting.intake.docx_counting import KNOWN, spelt
from drafting.intake.docx_package import Element, child, is_on, name_of, value, whole
from drafting.intake.docx_styles import Styles, listed

LEVELS = 9
LINKS = 5  # a definition that points further than this points to itself


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `pattern` as "%1.%2)", `form` as Word names it.

    `restart`: the level (from 1) after which it counts anew; None: after any above, 0: never.
    """

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    decimal: bool = False  # the numbers of the levels above are written as decimals
    style: str = ""  # paragraphs of this style are at this level


@dataclass(slots=True)
class List:
    """A list of the document: which definition it counts by, and what it starts anew."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """An abstract list. `link`: the numbering style whose list defines the levels instead."""

    levels: Mapping[int, Level]
    link: str = ""


Place = tuple[str, int]  # list, level


class Numbering:
    """The definitions of a document and the counters of one view of it."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self._definitions: dict[str, Definition] = {}
        self._lists: dict[str, List] = {}
        self._styles = styles
        for item in numbering if numbering is not None else ():
            if name_of(item) == "abstractNum":
                self._definitions[value(item, "abstractNumId") or ""] = _definition(item)
            elif name_of(item) == "num":
                self._lists[value(item, "numId") or ""] = _list(item)

    def places(self, properties: Element | None) -> tuple[Place | None, Place | None]:
        """The place a paragraph has now and the one it had, where its list is a tracked change.

        What was before is written whole in `pPrChange`; `ins` in `numPr` says there was no list.
        Another list at the same level is not believed: LibreOffice names there the lists of the
        file that it read, and not of the one that it writes.
        """
        now = self.place(properties)
        changed = child(properties, "pPrChange")
        if changed is not None:
            old = self.place(child(changed, "pPr"))
            return now, now if now and old and now[1] == old[1] else old
        inserted = child(child(properties, "numPr"), "ins") is not None
        return now, None if inserted else now

    def place(self, properties: Element | None) -> Place | None:
        """The list and level that a paragraph's properties, or its style's, put it in."""
        own = listed(child(properties, "numPr"))
        inherited = self._styles.listed(value(child(properties, "pStyle")) or "")
        if own and own[0] is not None:
            number, level = own
        elif inherited:
            number, level = inherited[1]
            if own and own[1] is not None:
                level = own[1]
        else:
            return None
        if number is None or number not in self._lists:
            return None
        if level is None:
            level = self._level_of_style(number, inherited[0]) if inherited else 0
        return number, min(level, LEVELS - 1)

    def _level_of_style(self, number: str, style: str) -> int:
        levels = self.levels(number)
        return next((n for n, level in levels.items() if level.style == style), 0)

    def levels(self, number: str) -> dict[int, Level]:
        """The levels of a list: its definition's, laid over with its own."""
        chosen = self._lists[number]
        definition = self._definitions.get(chosen.abstract, Definition({}))
        for _ in range(LINKS):
            linked = self._styles.listed(definition.link) if definition.link else None
            other = self._lists.get((linked and linked[1][0]) or "")
            if other is None:
                break
            definition = self._definitions.get(other.abstract, Definition({}))
        return {**definition.levels, **chosen.levels}

    def is_unknown(self, place: Place) -> bool:
        """Whether labels here are written in a way of Word's that nobody taught us."""
        number, level = place
        return self.levels(number).get(level, Level()).form not in KNOWN

    def counter(self) -> Counter:
        return Counter(self)

    def list(self, number: str) -> List:
        return self._lists[number]


class Counter:
    """Counts the numbered paragraphs of one view, in order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[Place] = set()
        self._levels: dict[str, dict[int, Level]] = {}

    def label(self, place: Place) -> str | None:
        """The next label at this place; None for bullets and lists without a pattern."""
        number, level = place
        chosen = self._numbering.list(number)
        levels = self._levels.setdefault(number, self._numbering.levels(number))
        counts = self._counts.setdefault(chosen.abstract, {})
        if level in chosen.starts and place not in self._begun:
            counts.pop(level, None)
        self._begun.add(place)
        first = chosen.starts.get(level, levels.get(level, Level()).start)
        counts[level] = counts[level] + 1 if level in counts else first
        for deeper in [known for known in counts if known > level]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                del counts[deeper]
        return _printed(levels, level, counts)


def _printed(levels: dict[int, Level], level: int, counts: dict[int, int]) -> str | None:
    own = levels.get(level, Level())
    if own.form == "bullet" or not own.pattern:
        return None
    label = own.pattern
    for above in range(LEVELS):
        sign = f"%{above + 1}"
        if sign in label:
            other = levels.get(above, Level())
            form = "decimal" if own.decimal and other.form != "none" else other.form
            label = label.replace(sign, spelt(counts.get(above, other.start), form))
    return label.strip() or None


def _definition(item: Element) -> Definition:
    return Definition(_levels(item), value(child(item, "numStyleLink")) or "")


def _levels(holder: Element) -> dict[int, Level]:
    return {whole(value(item, "ilvl")): _level(item) for item in holder if name_of(item) == "lvl"}


def _level(item: Element) -> Level:
    restart = value(child(item, "lvlRestart"))
    return Level(
        start=whole(value(child(item, "start")), 1),
        form=value(child(item, "numFmt")) or "decimal",
        pattern=(value(child(item, "lvlText")) or "")[:40],
        restart=None if restart is None else whole(restart),
        decimal=is_on(child(item, "isLgl")),
        style=value(child(item, "pStyle")) or "",
    )


def _list(item: Element) -> List:
    found = List(value(child(item, "abstractNumId")) or "")
    for override in item:
        if name_of(override) != "lvlOverride":
            continue
        level = whole(value(override, "ilvl"))
        start = child(override, "startOverride")
        if start is not None:
            found.starts[level] = whole(value(start), 1)
        own = child(override, "lvl")
        if own is not None:
            found.levels[level] = _level(own)
    return found
