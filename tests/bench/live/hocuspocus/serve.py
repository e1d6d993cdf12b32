"""Hocuspocus, installed when first asked for and started for one run.

- Its packages are locked beside this file and belong to no other part of the project.
- One process, as it is meant to be used: a document lives in one, whatever the number of cores.
- After a run each text must hold the words that were written in it, before those it had.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from drafting.launch.frontend import MANIFESTS, fingerprint, node_folder, with_node
from drafting.launch.processes import start
from drafting.launch.valkey import free_port
from drafting.launch.venv import read
from tests.bench.live.room import Room
from tests.bench.live.serving import Contestant, Told, Up
from tests.browser.server import wait

HERE = Path(__file__).parent
STAMP = HERE / "node_modules" / ".stamp"


def install() -> None:
    """The locked packages, unless they are there."""
    locked = fingerprint(HERE / name for name in MANIFESTS)
    if read(STAMP) == locked:
        return
    node = node_folder()
    command = [str(node / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([*command, "--loglevel=error"], cwd=HERE, env=with_node(node), check=True)
    STAMP.write_text(locked)


@contextmanager
def up(room: Room, folder: Path) -> Iterator[Up]:
    """The server, with all texts of the draft as one document."""
    port, log, words = free_port(), folder / "log", folder / "paragraphs"
    words.write_text(json.dumps(list(room.words.values())))
    node = node_folder()
    command = [str(node / "node"), str(HERE / "server.mjs"), str(port), str(words)]
    env = with_node(node) | {"NODE_ENV": "production"}
    child = start("Hocuspocus", command, env=env, log=log, patience=5.0)
    try:
        wait(child, port, log)
        firsts = [paragraph["first"] for paragraph in paragraphs(port)]
        reached = {"speaks": "Hocuspocus", "host": "127.0.0.1", "port": port, "path": "/"}
        reached |= {"firsts": dict(zip(room.words, firsts, strict=True))}
        yield Up(child, reached, lambda told: misplaced(room, paragraphs(port), told))
    finally:
        child.stop()


def paragraphs(port: int) -> list[dict[str, Any]]:
    with urlopen(f"http://127.0.0.1:{port}/paragraphs", timeout=20) as answer:
        told: list[dict[str, Any]] = json.load(answer)
        return told


def misplaced(room: Room, found: list[dict[str, Any]], told: Told) -> dict[str, int]:
    """How many texts are not what was written in them, the newest word first."""
    wrong = 0
    for (option, words), paragraph in zip(room.words.items(), found, strict=True):
        written = range(told["written"].get(option, 0), 0, -1)
        wrong += paragraph["words"] != "".join(f"w{mid} " for mid in written) + words
    return {"texts that are not what was written": wrong} if wrong else {}


HOCUSPOCUS = Contestant("Hocuspocus", up)
