"""How much of the processor a piece of work takes, told in yards.

A second tells of the machine and of what else it does. A yard is a fixed piece of work, measured
beside: some 10 ms on a machine of today. What was made to take minutes takes thousands of them.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import TypeVar

T = TypeVar("T")
TRIES = 3


def within(yards: float, work: Callable[[], T]) -> T:
    """Does the work and gives what it gives; fails where it took more yards whenever tried."""
    taken = []
    for _ in range(TRIES):
        before = yard()
        begun = process_time()
        done = work()
        took = process_time() - begun
        taken.append(took / max(before, yard()))
        if taken[-1] <= yards:
            return done
    told = ", ".join(f"{one:.0f}" for one in taken)
    raise AssertionError(f"It took {told} yards, and should take {yards:.0f} at most.")


def yard() -> float:
    """The seconds of the processor that a fixed piece of work takes now."""
    begun = process_time()
    words = sorted(str(number * 7919 % 10_007) for number in range(50_000))
    assert len("".join(words)) > 20_000
    return process_time() - begun
