"""Runs one step several times in processes of its own and reports time and peak memory."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from drafting.domain.worddiff import redline_words

RUNS = 5


@dataclass(frozen=True)
class Figure:
    """`seconds` of each run; `peak` MiB of the process and of its children."""

    name: str
    seconds: tuple[float, ...]
    peak: float
    floor: float | None = None
    remark: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def row(self) -> str:
        spread = f"{min(self.seconds):8.3f} {self.median:8.3f} {max(self.seconds):8.3f}"
        floor = f"{self.floor:8.3f} {self.median / self.floor:6.1f}" if self.floor else " " * 15
        return f"{self.name:<34} {spread} {floor} {self.peak:9.0f}  {self.remark}"


COLUMNS = ("min s", "median", "max", "floor s", "times", "peak MiB")
HEADER = f"{'step':<34} {COLUMNS[0]:>8} {COLUMNS[1]:>8} {COLUMNS[2]:>8} " + (
    f"{COLUMNS[3]:>8} {COLUMNS[4]:>6} {COLUMNS[5]:>9}"
)


def measure(
    name: str,
    step: Callable[[], Any],
    *,
    floor: Callable[[], Any] | None = None,
    runs: int = RUNS,
    remark: str = "",
) -> Figure:
    """The step's figure; the floor's median stands beside it."""
    seconds, peak = _apart(step, runs)
    least = statistics.median(_apart(floor, runs)[0]) if floor else None
    figure = Figure(name, tuple(seconds), peak, least, remark)
    print(figure.row(), flush=True)
    return figure


def _apart(step: Callable[[], Any], runs: int) -> tuple[list[float], float]:
    """Each run in a forked process, so that its peak memory is its own."""
    context = get_context("fork")
    seconds, peaks = [], []
    for _ in range(runs):
        ours, theirs = context.Pipe()
        child = context.Process(target=_run, args=(step, theirs))
        child.start()
        theirs.close()
        took, peak = ours.recv()
        child.join()
        seconds.append(took)
        peaks.append(peak)
    return seconds, max(peaks)


def _run(step: Callable[[], Any], answer: Any) -> None:
    from django.db import connections

    for connection in connections.all():
        connection.inc_thread_sharing()
        connection.connection = None
    # What the parent has drawn already must not make the child look fast.
    redline_words.cache_clear()
    begin = time.perf_counter()
    step()
    took = time.perf_counter() - begin
    used = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    answer.send((took, used / 1024))
    answer.close()
    os._exit(0)
