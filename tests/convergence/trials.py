"""Runs trials: the clients in Node, the authority here, a line for a line."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec
from django.db import connections

from drafting.launch.frontend import node_folder, with_node
from tests.cast import Cast
from tests.convergence.authority import Authority

PROGRAM = Path(__file__).with_name("clients.ts")
CLIENTS, ROUNDS = 5, 500
BESIDE = 2


@dataclass(frozen=True)
class Trial:
    """How one trial went. `faults`: the sentences that should have been true, and were not."""

    seed: int
    faults: list[str]
    seconds: float = 0.0
    typed: int = 0
    acked: int = 0
    events: int = 0
    resent: int = 0
    in_trays: int = 0  # characters


def run(
    authority: Authority,
    seeds: Sequence[int],
    *,
    clients: int = CLIENTS,
    rounds: int = ROUNDS,
    fault: str = "",
) -> Iterator[Trial]:
    """One trial after another. `fault`: one of `trial/faults.ts`, planted to see it found."""
    task = {"seeds": list(seeds), "clients": clients, "rounds": rounds, "fault": fault}
    with _node(msgspec.json.encode(task).decode()) as (asks, replies):
        for line in asks:
            if line.startswith(b'{"told"'):
                yield _trial(line)
            else:
                replies.write(authority.answer(line) + b"\n")
                replies.flush()


def run_beside(cast: Cast, seeds: Sequence[int], **how: Any) -> Iterator[list[Trial]]:
    """The same in two processes, of Node and of PostgreSQL each, for a machine with two cores."""

    def half(authority: Authority, some: Sequence[int]) -> list[Trial]:
        try:
            return list(run(authority, some, **how))
        finally:
            authority.close()
            connections.close_all()

    # The cast signs in here: two threads that save one person at once get in each other's way.
    authorities = [Authority(cast) for _ in range(BESIDE)]
    with ThreadPoolExecutor(BESIDE) as pool:
        yield from pool.map(half, authorities, [seeds[n::BESIDE] for n in range(BESIDE)])


def _trial(line: bytes) -> Trial:
    told = msgspec.json.decode(line)["told"]
    told["in_trays"] = told.pop("inTrays", 0)
    return Trial(**told)


@contextmanager
def _node(task: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    node = node_folder()
    command = [str(node / "node"), str(PROGRAM), task]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=with_node(node)
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield process.stdout, process.stdin
        finally:
            process.kill()
