"""`python -m tests.bench.acts`: many deeds as one act, on a consolidated draft of 400 provisions.

200 proposals ask for 500 changes; their draft is consolidated, and 200 deeds are done together:
wordings chosen, texts agreed, proposals taken up (into a draft that has none of them yet). Told are
the seconds on the clock and of our own processor, how long of that the draft's lock is held, the
statements, and for each deed the bytes of JSON that lead back, and what they take on disk. Every
act is undone before the next.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.bench import long_draft
from tests.bench.__main__ import stack
from tests.bench.consolidation import requests

MOST, RUNS, AIM = 200, 3, 1.5
COLUMNS = (
    "deeds",
    "min s",
    "median",
    "CPU s",
    "locked s",
    "statements",
    "undo s",
    "kept B",
    "on disk",
)
HEADER = f"{'deed':<20}" + " ".join(f"{name:>10}" for name in COLUMNS)


@dataclass
class Clock:
    """Counts statements, and tells since when the draft is locked."""

    statements: int = 0
    locked: float = 0.0
    begun: float = field(default_factory=time.perf_counter)

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.statements += 1
        found = execute(sql, *rest)
        if not self.locked and "FOR NO KEY UPDATE" in sql:
            self.locked = time.perf_counter()
        return found


@dataclass(frozen=True)
class Told:
    """What one act cost."""

    seconds: float
    processor: float
    locked: float
    statements: int
    seq: int


def act(table: Any, deed: Any) -> Told:
    """Does it, as from the chair's browser."""
    from django.db import connection

    table.writer("chair")
    clock, begun = Clock(), time.process_time()
    with connection.execute_wrapper(clock):
        done = table.does("chair", deed)
    end = time.perf_counter()
    used = time.process_time() - begun
    return Told(end - clock.begun, used, end - clock.locked, clock.statements, done.seq)


def kept(table: Any, seq: int) -> tuple[int, int]:
    """The bytes of JSON that lead back, and those that they take on disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT length(b.provisions::text) + length(b.after::text),"
            " pg_column_size(b.provisions) + pg_column_size(b.after) FROM drafting_before b"
            " JOIN drafting_event e ON e.id = b.event_id WHERE e.draft_id = %s AND e.seq = %s",
            [table.cast.draft.pk, seq],
        )
        length, held = cursor.fetchone()
        return int(length), int(held)


def row(name: str, table: Any, made: Callable[[], list[Any]]) -> float:
    """Prints what so many deeds cost together; the median."""
    from drafting.services import deeds

    did, back = [], []
    for _ in range(RUNS):
        each = made()
        did.append(act(table, deeds.Together(each)))
        size, disk = kept(table, did[-1].seq)
        back.append(act(table, deeds.Undo(did[-1].seq)))
    took = [one.seconds for one in did]
    figures = (
        f"{len(each)}",
        f"{min(took):.3f}",
        f"{statistics.median(took):.3f}",
        f"{statistics.median(one.processor for one in did):.3f}",
        f"{statistics.median(one.locked for one in did):.3f}",
        f"{did[-1].statements}",
        f"{statistics.median(one.seconds for one in back):.3f}",
        f"{size / len(each):.0f}",
        f"{disk / len(each):.0f}",
    )
    print(f"{name:<20}" + " ".join(f"{one:>10}" for one in figures), flush=True)
    return statistics.median(took)


def choices(table: Any) -> list[Any]:
    """One wording of each provision that has several, then of others."""
    from drafting.services import deeds

    rows = table.cast.draft.provisions.order_by("rank").prefetch_related("options")
    each = [list(one.options.order_by("place")) for one in rows]
    several = sorted(each, key=lambda options: len(options) < 2)
    return [
        deeds.ChooseOption(options[-1].key, seen={one.key: one.version for one in options})
        for options in several
    ]


def statuses(table: Any) -> list[Any]:
    from drafting.services import deeds

    rows = table.cast.draft.provisions.order_by("rank")
    return [deeds.MoveStatus(one.key, "agreed", was="open") for one in rows]


def takings(table: Any) -> list[Any]:
    from drafting.services import deeds

    proposals = table.cast.draft.proposals.order_by("pk")
    return [deeds.TakeUp(code) for code in proposals.values_list("code", flat=True)]


def first(of: Callable[[Any], list[Any]], table: Any, number: int) -> list[Any]:
    return of(table)[:number]


def bench() -> bool:
    """Prints the table; whether the aim is met."""
    from drafting.models import Draft
    from tests.cast import make_cast
    from tests.use_cases.acts.negotiation import negotiation
    from tests.use_cases.acts.table import Table

    asked, base = requests(200, 500), long_draft.base().provisions
    codes = {one.code for one in asked}
    print(HEADER)
    cast = make_cast()
    table = Table(negotiation(cast, asked, taken=codes, base=base).cast)
    took = 0.0
    for number in (1, 20, MOST):  # read afresh: what was undone has come further
        took = row("option.choose", table, partial(first, choices, table, number))
    for number in (1, 20, MOST):
        row("status", table, partial(first, statuses, table, number))
    Draft.objects.filter(pk=cast.draft.pk).update(symbol="DL/8", slug="dl-8")
    table = Table(negotiation(cast, asked, taken=(), base=base).cast)
    for number in (1, 20, MOST):
        row("proposal.take_up", table, partial(first, takings, table, number))
    print(f"aim: {MOST} choices under {AIM} s: {'met' if took < AIM else 'MISSED'}", flush=True)
    return took < AIM


def main() -> int:
    with stack():
        return 0 if bench() else 1


if __name__ == "__main__":
    sys.exit(main())
