"""How much of a reading is right without anybody being asked, counted strictly.

A cell is asked only if some alternative of some question would change what it says: that there is
a question about its provision is not enough. So every other alternative of every question is
given as an answer, and the outcome is compared with the hand-made state cell by cell.

- *right unasked*: right, and nothing anybody can answer changes it
- *right, asked*: right by what is assumed, and an alternative would change it
- *answer right*: wrong by what is assumed, and an alternative puts it right
- *no answer right*: wrong, an alternative changes it, and none puts it right
- *silently wrong*: wrong, and no alternative so much as touches it
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from drafting.domain.draft import Draft
from drafting.intake.consolidated import read_consolidated
from drafting.intake.parsed import ParsedPaper
from drafting.intake.reading import Answers, DraftReading
from tests.intake.consolidated.compare import ASPECTS, Cell, compare


class Standing(StrEnum):
    UNASKED = "right unasked"
    ASKED = "right, asked"
    ANSWERABLE = "answer right"
    UNANSWERABLE = "no answer right"
    SILENT = "silently wrong"


@dataclass(frozen=True)
class Outcome:
    """What the paper says if one question is answered otherwise."""

    question: str
    answer: str
    cells: dict[tuple[str, str], Cell]


@dataclass(frozen=True)
class Strict:
    """Every cell of a reading with what the questions can do to it."""

    cells: dict[tuple[str, str], Cell]
    outcomes: tuple[Outcome, ...]

    def standing(self, key: tuple[str, str]) -> Standing:
        cell = self.cells[key]
        others = [found for o in self.outcomes if (found := self._changed(o, key)) is not None]
        if cell.right:
            return Standing.ASKED if others else Standing.UNASKED
        if not others:
            return Standing.SILENT
        return Standing.ANSWERABLE if any(others) else Standing.UNANSWERABLE

    def _changed(self, outcome: Outcome, key: tuple[str, str]) -> bool | None:
        """Whether the outcome puts the cell right; None if it leaves it as it is."""
        other = outcome.cells.get(key)
        if other is not None and other.found == self.cells[key].found:
            return None
        return other is not None and other.right

    def of(self, *standings: Standing) -> list[tuple[str, str]]:
        return [key for key in self.cells if self.standing(key) in standings]

    @property
    def share_unasked(self) -> float:
        return len(self.of(Standing.UNASKED)) / len(self.cells)

    def table(self) -> str:
        lines = [f"{'cells':18}{'all':>5}" + "".join(f"{name:>16}" for name in Standing)]
        held = {key: self.standing(key) for key in self.cells}
        for aspect in (*ASPECTS, "all"):
            tally = Counter(held[key] for key in self.cells if aspect in ("all", key[0]))
            counts = "".join(f"{tally[name]:16}" for name in Standing)
            lines.append(f"{aspect:18}{tally.total():5}{counts}")
        right = len(self.of(Standing.UNASKED, Standing.ASKED)) / len(self.cells)
        lines.append(f"right unasked: {100 * self.share_unasked:.1f} %, right: {100 * right:.1f} %")
        return "\n".join(lines)


def strict(paper: ParsedPaper, base: Draft, truth: dict[str, Any]) -> Strict:
    """The reading of the paper, and of the paper with every other alternative as an answer."""

    def read(answers: Answers) -> DraftReading:
        return read_consolidated(paper, base, answers)

    reading = read({})
    outcomes = (
        Outcome(key, answer, _by_key(compare(read({key: answer}), truth)))
        for key, answer in _others(reading)
    )
    return Strict(_by_key(compare(reading, truth)), tuple(outcomes))


def _others(reading: DraftReading) -> Iterable[tuple[str, str]]:
    for question in reading.questions:
        for alternative in question.alternatives:
            if alternative.key != question.assumed:
                yield question.key, alternative.key


def _by_key(cells: Iterable[Cell]) -> dict[tuple[str, str], Cell]:
    """The cells by what they are about; the second of one kind and place is counted on."""
    out: dict[tuple[str, str], Cell] = {}
    for cell in cells:
        count, key = 2, (cell.aspect, cell.place)
        while key in out:
            key, count = (cell.aspect, f"{cell.place} {count}"), count + 1
        out[key] = cell
    return out
