"""`make fuzz`: trial after trial, until one finds a fault or the time is over.

    make fuzz                         an hour of new seeds, 2,000 rounds each
    make fuzz SEED=17 ROUNDS=500      one seed again, as `make test` plays it
    make fuzz MINUTES=600 CLIENTS=8

A fault is printed with the command that plays it again.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from itertools import count

from tests.bench.__main__ import stack

MINUTES, ROUNDS = 60, 2_000


def main() -> int:
    """The exit code: 1 where a fault was found."""
    with stack():
        from tests.cast import make_cast
        from tests.convergence.authority import Authority
        from tests.convergence.trials import CLIENTS, Trial, run

        clients, rounds = _number("CLIENTS", CLIENTS), _number("ROUNDS", ROUNDS)

        def trials() -> Iterator[Trial]:
            authority = Authority(make_cast())
            for seed in _seeds():
                yield from run(authority, [seed], clients=clients, rounds=rounds)

        for trial in trials():
            print(trial, flush=True)
            if trial.faults:
                print("\n".join(trial.faults))
                again = f"make fuzz SEED={trial.seed} ROUNDS={rounds}"
                print(again + (f" CLIENTS={clients}" if clients != CLIENTS else ""))
                return 1
    return 0


def _seeds() -> Iterator[int]:
    """The one that was asked for, or new ones while there is time."""
    asked = os.environ.get("SEED")
    if asked:
        yield int(asked)
        return
    end = time.monotonic() + 60 * _number("MINUTES", MINUTES)
    for seed in count(int(time.time()) % 1_000_000_000):
        if time.monotonic() > end:
            return
        yield seed


def _number(name: str, usual: int) -> int:
    return int(os.environ.get(name) or usual)


if __name__ == "__main__":
    sys.exit(main())
