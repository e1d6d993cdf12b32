"""`python -m tests.bench.live [seconds] [rounds]`: what live editing costs, beside its floor.

Each point (sockets, writers, edits a second of each) is run on the real server (two workers,
PostgreSQL, Valkey) and on the floor (`floor.py`: the same hub, with no database and no checks),
in turn, several rounds; what is printed is the median round. The clients are a process of their
own, and write for three seconds before anything is counted. A bare commit is one row inserted and
committed beside the load.

With `--hocuspocus` a third takes its turn: Hocuspocus, which keeps the document in memory and
acknowledges from there (`hocuspocus/`; its packages are installed when first asked for). With
`--point 20,4,2`, also several times, other points are run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests import services
from tests.bench.__main__ import stack
from tests.bench.live.figures import HEAD, line, verdicts
from tests.bench.live.hocuspocus.serve import HOCUSPOCUS, install
from tests.bench.live.room import furnish
from tests.bench.live.running import Point, run
from tests.bench.live.serving import BENEATH, OURS, Contestant, Told

POINTS: tuple[Point, ...] = ((50, 10, 2), (200, 20, 2), (500, 20, 2), (200, 50, 2))
SECONDS, ROUNDS = 10.0, 3


def bench_live(
    contestants: Sequence[Contestant], points: Sequence[Point], seconds: float, rounds: int
) -> None:
    """Prints the table and the aims; needs the stack of `tests.bench`."""
    room = furnish(max(point[0] for point in points))
    print(HEAD + "\n" + "|---" * HEAD.count(" |") + "|", flush=True)
    for point in points:
        told: dict[str, list[Told]] = {one.name: [] for one in contestants}
        for _ in range(rounds):
            for contestant in contestants:
                told[contestant.name].append(run(room, contestant, point, seconds))
        for name, runs in told.items():
            print(line(point, name, runs))
        print("\n".join(f"  {verdict}" for verdict in verdicts(told)), flush=True)


def a_point(words: str) -> Point:
    sockets, writers, rate = words.split(",")
    return int(sockets), int(writers), float(rate)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.live")
    parser.add_argument("seconds", type=float, nargs="?", default=SECONDS)
    parser.add_argument("rounds", type=int, nargs="?", default=ROUNDS)
    parser.add_argument("--hocuspocus", action="store_true", help="beside Hocuspocus too")
    parser.add_argument("--point", type=a_point, action="append", help="sockets,writers,edits/s")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    if asked.hocuspocus:
        install()
    if services.OWN_POSTGRES:
        # What is acknowledged is on disk: the tests' own haste would flatter us.
        services.OWN_POSTGRES.throwaway = False
    with stack():
        contestants = [OURS, BENEATH, *([HOCUSPOCUS] if asked.hocuspocus else [])]
        bench_live(contestants, asked.point or POINTS, asked.seconds, asked.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
