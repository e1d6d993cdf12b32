"""How much one account may send: a bucket that fills with time and empties with each frame.

Counted by account, since a whole conference may sit behind one address. A person cannot type so
fast; whoever empties the bucket is a program gone wrong, and is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second for as long as one likes, and so many at once."""

    a_second: float
    at_once: float


WRITES: Final = Rate(40, 120)  # batches of few steps, and acts
STEPS: Final = 20  # of a batch, that count as much as a batch
DEEDS: Final = 4  # of several done together, that count as much as an act
FRAMES: Final = Rate(120, 400)
READS: Final = Rate(20, 200)  # wordings: as many as a page has, at once
PASTS: Final = Rate(1, 20)  # each may be a thousand events
MANY: Final = 10_000  # accounts remembered


def weight_of(steps: int, as_much: int = STEPS) -> float:
    """How much a batch of so many steps counts: work is done for each of them."""
    return 1.0 + (steps - 1) / as_much


class Limits:
    """The buckets of one kind, one an account."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._level: dict[int, tuple[float, float]] = {}

    def allow(self, account: int, weight: float = 1.0) -> bool:
        """Takes one, or as much as it weighs, if there is so much."""
        now = self._clock()
        level, then = self._level.get(account, (self._rate.at_once, now))
        level = min(self._rate.at_once, level + (now - then) * self._rate.a_second)
        if len(self._level) > MANY:
            self._level.clear()
        self._level[account] = (max(level - weight, 0.0), now)
        return level >= weight
