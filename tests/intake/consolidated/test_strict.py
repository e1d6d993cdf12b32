"""The strict count: a cell is asked only where an answer changes it."""

from __future__ import annotations

import pytest

from tests.intake.consolidated.compare import Cell
from tests.intake.consolidated.strict import Outcome, Standing, Strict

KEY = ("words", "p1")


@pytest.mark.parametrize(
    ("assumed", "answers", "standing"),
    [
        ("oil", ["oil"], Standing.UNASKED),
        ("oil", ["oil", "wax"], Standing.ASKED),
        ("wax", ["wax", "tar", "oil"], Standing.ANSWERABLE),
        ("wax", ["tar", None], Standing.UNANSWERABLE),
        ("wax", ["wax", "wax"], Standing.SILENT),
        ("wax", [], Standing.SILENT),
    ],
)
def test_a_cell_stands_by_what_the_answers_do_to_it(
    assumed: str, answers: list[str | None], standing: Standing
) -> None:
    """The right word is oil; None: under this answer there is no such cell."""

    def cells(found: str | None) -> dict[tuple[str, str], Cell]:
        return {} if found is None else {KEY: Cell(*KEY, "oil", found)}

    outcomes = tuple(Outcome("q", str(n), cells(found)) for n, found in enumerate(answers))
    found = Strict(cells(assumed), outcomes)
    assert found.standing(KEY) is standing
    assert found.share_unasked == (standing is Standing.UNASKED)
