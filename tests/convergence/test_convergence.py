"""The real client against the real authority over a bad network, seeded.

A failure names its seed: `make fuzz SEED=n ROUNDS=500` plays it again.
"""

from __future__ import annotations

import pytest

from tests.cast import make_cast
from tests.convergence.authority import Authority
from tests.convergence.trials import run, run_beside

pytestmark = pytest.mark.django_db(transaction=True)

SEEDS = range(1, 21)


def test_nothing_acknowledged_is_lost_or_doubled_and_everybody_has_the_same() -> None:
    trials = [trial for half in run_beside(make_cast(), SEEDS) for trial in half]
    for trial in trials:
        print(trial)
    assert {
        f"make fuzz SEED={one.seed} ROUNDS=500": one.faults for one in trials if one.faults
    } == {}
    assert len(trials) == len(SEEDS)


@pytest.mark.parametrize(
    "fault",
    [
        "own steps are not rebased",
        "a resend has a new mid",
        "a lost request is never sent again",
        "an own batch that comes back is taken for another's",
    ],
)
def test_a_fault_in_the_client_is_found(fault: str) -> None:
    trials = run(Authority(make_cast()), [1, 2, 3], rounds=150, fault=fault)
    assert any(trial.faults for trial in trials)
