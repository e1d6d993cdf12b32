"""Reads an upload in a child process with limits on memory, time and output.

Whatever the file makes the child do, the worker survives it and its sender gets one sentence.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from drafting.intake import parsed
from drafting.intake.child import REFUSED, SAID_MAX, TOO_LARGE
from drafting.intake.parsed import ParsedPaper
from drafting.intake.unreadable import Unreadable

GIB = 1024**3
ROOT = Path(__file__).resolve().parents[2]
# Neither the user's packages nor start-up files; the environment is `_environment` alone.
ISOLATED = ("-s", "-m", "drafting.intake.child")
log = logging.getLogger(__name__)

TOO_LONG = "This file takes too long to read: send one resolution at a time."
TOO_MUCH = "This file is too large to be read as a text: send only the text, saved anew in Word."
DAMAGED = "This file could not be read: open it in Word, save it again as .docx, and send that."


def read_in_child(path: Path, *, timeout_s: float = 60, memory_bytes: int = GIB) -> ParsedPaper:
    """The paper in the file at `path`. Raises Unreadable with one sentence, and nothing else."""
    seconds = max(1, int(timeout_s) + 1)
    # Files and not pipes: the child's own limits bound what it can write.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        child = subprocess.Popen(
            [sys.executable, *ISOLATED, str(path), str(memory_bytes), str(seconds)],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=complained,
            cwd=ROOT,
            env=_environment(),
            start_new_session=True,
        )
        try:
            code = child.wait(timeout=timeout_s)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(TOO_LONG) from error
        finally:
            _end(child)
        return _understood(code, _read(said), _read(complained))


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(SAID_MAX + 1)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kills whatever is left of the child and of those it started."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _environment() -> dict[str, str]:
    """Nothing of ours: no secret, no database."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _understood(code: int, said: bytes, complained: bytes) -> ParsedPaper:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unreadable(TOO_LONG)
    if code == TOO_LARGE:
        raise Unreadable(TOO_MUCH)
    if code not in (0, REFUSED):
        # Only a place in our own code: the child says nothing else there (see `tell_place`).
        log.error(
            "Reading a paper failed (exit %d): %s", code, complained[-200:].decode(errors="replace")
        )
        raise Unreadable(DAMAGED)
    try:
        told = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise Unreadable(DAMAGED) from error
    if code == REFUSED:
        raise Unreadable(str(told))
    return parsed.from_json(told)
