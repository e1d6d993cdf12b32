"""Runs trials: the clients in Node, the authority here, a line for a line."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import msgspec

from drafting.launch.frontend import node_folder, with_node
from tests.cast import make_cast
from tests.convergence.authority import Authority

CLIENTS = Path(__file__).with_name("clients.ts")


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
    in_trays: int = field(default=0, metadata={"wire": "inTrays"})


def run(
    first: int, last: int, *, clients: int = 5, rounds: int = 500, fault: str = ""
) -> Iterator[Trial]:
    """One trial after another, in the database that Django knows."""
    authority = Authority(make_cast())
    try:
        with _node(first, last, clients, rounds, *([fault] if fault else [])) as (asks, replies):
            for line in asks:
                if line.startswith(b'{"told"'):
                    yield _trial(line)
                else:
                    replies.write(authority.answer(line) + b"\n")
                    replies.flush()
    finally:
        authority.close()


def _trial(line: bytes) -> Trial:
    told = msgspec.json.decode(line)["told"]
    told["in_trays"] = told.pop("inTrays", 0)
    return Trial(**told)


@contextmanager
def _node(*arguments: object) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    node = node_folder()
    command = [str(node / "node"), str(CLIENTS), *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=with_node(node)
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield process.stdout, process.stdin
        finally:
            process.kill()
