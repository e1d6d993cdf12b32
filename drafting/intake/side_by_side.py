"""A paper that sets the present and the proposed text beside each other in a table.

Read line by line it would give every provision twice. Which column is proposed only a person can
tell, and nothing in it is tracked: it is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafting.domain.folding import fold
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.parsed import ParsedPaper
from drafting.intake.shared_steps import likeness
from drafting.intake.unreadable import Unreadable

SENTENCE = _(
    "This paper sets two texts side by side in a table: send one text, with its changes tracked."
)
ROWS = 4  # fewer may be a header or a table of the text itself
ALIKE = 0.6
TELLING = 20  # characters


def refuse_side_by_side(paper: ParsedPaper) -> None:
    """Raises Unreadable where rows of a table say the same twice."""
    if sum(map(_says_twice, _rows(paper))) >= ROWS:
        raise Unreadable(SENTENCE)


def _rows(paper: ParsedPaper) -> Iterator[list[str]]:
    """The words of each row of the file's tables, by column."""
    found: dict[tuple[int, int], dict[int, list[str]]] = {}
    for paragraph in paper.paragraphs:
        if paragraph.cell:
            table, row, column = paragraph.cell
            found.setdefault((table, row), {}).setdefault(column, []).append(paragraph.text)
    for columns in found.values():
        yield [" ".join(columns[column]) for column in sorted(columns)]


def _says_twice(columns: list[str]) -> bool:
    if len(columns) != 2 or min(map(len, columns)) < TELLING:
        return False
    left, right = (fold(words, case=False, terminal=False) for words in columns)
    return likeness(left, right) >= ALIKE
