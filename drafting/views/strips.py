"""The file of an import as a strip: one cell for each paragraph, questions numbered on it.

A long file has one cell for several paragraphs, which shows the most telling of them: a strip is
looked at whole, also on a phone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import ngettext

from drafting.intake.reading import Place, Question

MOST = 170  # cells: each is a point wide on the narrowest phone, with a point between
# Where paragraphs share a cell, it shows the first of these that is among them.
TELLING = (
    *(Place.ASKS, Place.ADDED, Place.CHANGED, Place.HEADING, Place.ATTRIBUTION, Place.NOTE),
    *(Place.MATCHED, Place.FURNITURE),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A paragraph of the file: what became of it, and the numbers of its questions.

    `first` is the number of a question that begins here, 0 where none does.
    """

    index: int
    place: str
    numbers: tuple[int, ...] = ()
    answered: bool = False
    first: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """How many paragraphs became the same thing, in words."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    cells: tuple[Cell, ...]
    paragraphs: int
    parts: tuple[Part, ...]


def in_file_order(questions: Iterable[Question]) -> list[Question]:
    """The questions in the order of the file; those about no paragraph of it come last."""
    return sorted(questions, key=lambda question: (not question.paragraphs, question.paragraphs))


def present_strip(
    placed: Iterable[Mapping[str, Any]], numbers: Mapping[str, int], answered: Iterable[str]
) -> Strip:
    """The strip of a report.

    `placed` are the report's paragraphs as JSON (`index`, `place`, `questions`); `numbers` gives
    the number of each question by its key, `answered` the keys of those that have an answer.
    """
    done = frozenset(answered)
    cells = tuple(_with_first(_cell(item, numbers, done) for item in placed))
    found = Counter(cell.place for cell in cells)
    shown = tuple(_joined(cells))
    parts = tuple(Part(p.value, _words(p, found[p.value])) for p in Place if found[p.value])
    return Strip(shown, len(cells), parts)


def _joined(cells: Sequence[Cell]) -> Iterator[Cell]:
    """No more than `MOST` cells, each of as many paragraphs."""
    size = -(-len(cells) // MOST) or 1
    for start in range(0, len(cells), size):
        together = cells[start : start + size]
        asking = [cell for cell in together if cell.numbers]
        telling = min(together, key=lambda cell: (TELLING.index(Place(cell.place)), not cell.first))
        yield replace(
            telling,
            numbers=tuple(sorted({n for cell in asking for n in cell.numbers})),
            answered=bool(asking) and all(cell.answered for cell in asking),
            first=telling.first,
        )


def _cell(item: Mapping[str, Any], numbers: Mapping[str, int], done: frozenset[str]) -> Cell:
    keys = tuple(key for key in item["questions"] if key in numbers)
    return Cell(
        index=item["index"],
        place=str(item["place"]),
        numbers=tuple(sorted(numbers[key] for key in keys)),
        answered=bool(keys) and all(key in done for key in keys),
    )


def _with_first(cells: Iterable[Cell]) -> Iterator[Cell]:
    seen: set[int] = set()
    for cell in cells:
        new = [number for number in cell.numbers if number not in seen]
        seen.update(new)
        yield replace(cell, first=new[0] if new else 0)


def _words(place: Place, n: int) -> str:
    match place:
        case Place.MATCHED:
            words = ngettext("%(n)d as in the base", "%(n)d as in the base", n)
        case Place.CHANGED:
            words = ngettext("%(n)d changed", "%(n)d changed", n)
        case Place.ADDED:
            words = ngettext("%(n)d new", "%(n)d new", n)
        case Place.ATTRIBUTION:
            words = ngettext("%(n)d attribution", "%(n)d attributions", n)
        case Place.HEADING:
            words = ngettext("%(n)d option heading", "%(n)d option headings", n)
        case Place.NOTE:
            words = ngettext("%(n)d note", "%(n)d notes", n)
        case Place.FURNITURE:
            words = ngettext("%(n)d header or reason", "%(n)d headers and reasons", n)
        case Place.ASKS:
            words = ngettext("%(n)d asks", "%(n)d ask", n)
    return words % {"n": n}
