"""The real client against the real authority over a bad network, seeded.

A failure names its seed: `make fuzz SEED=n` plays it again.
"""

from __future__ import annotations

import pytest

from tests.convergence.trials import run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("first", [1, 11])
def test_nothing_acknowledged_is_lost_or_doubled_and_everybody_has_the_same(first: int) -> None:
    for trial in run(first, first + 9):
        print(trial)
        assert trial.faults == [], f"make fuzz SEED={trial.seed}"
