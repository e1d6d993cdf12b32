"""ProseMirror itself, in one Node process for all questions."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from drafting.launch.frontend import STATIC, node_folder
from drafting.steps.schema import FILE, Json

PACKAGES = STATIC / "package.json"
PROGRAM = Path(__file__).with_name("original.mjs")
AT_ONCE = 50  # questions that wait in the pipe, so that neither side waits for the other


class Original:
    """Answers what the browser's library would say."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._ask, self._hear = process.stdin, process.stdout

    def answers(self, ask: str, questions: Sequence[Json]) -> list[Any]:
        """The answers in the order of the questions."""
        out: list[Any] = []
        for first in range(0, len(questions), AT_ONCE):
            some = questions[first : first + AT_ONCE]
            for question in some:
                self._ask.write(json.dumps({"ask": ask, **question}) + "\n")
            self._ask.flush()
            out += [json.loads(self._hear.readline()) for _ in some]
        return out


def started() -> Iterator[Original]:
    """The running original, ended afterwards. Skips where the front end's packages are missing."""
    node = node_folder() / "node"
    if not node.exists() or not (STATIC / "node_modules" / "prosemirror-collab").exists():
        pytest.skip("Node or the front end's packages are not installed (make test does it).")
    command = [str(node), str(PROGRAM), str(PACKAGES), str(FILE)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:
        yield Original(process)
        assert process.stdin
        process.stdin.close()
