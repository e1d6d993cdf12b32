"""Reads an upload in a child process with limits on memory, time and output.

Whatever the file makes the child do, the worker survives it and its sender gets one sentence.
The child is told nothing of ours: no environment, no open files. It speaks through pipes, so that
it needs to write no file; its other limits are in `child.py`.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO, Any, TypeVar

from drafting.domain import draft as drafts
from drafting.domain.draft import Draft
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.sentences import unpack
from drafting.intake import parsed
from drafting.intake.child import REFUSED, SAID_MAX, TOO_LARGE
from drafting.intake.parsed import ParsedPaper
from drafting.intake.unreadable import Unreadable

GIB = 1024**3
CHUNK = 256 * 1024
COMPLAINT = 200  # bytes kept of what the child says on stderr
ROOT = Path(__file__).resolve().parents[2]
# Neither the user's packages nor start-up files; the environment is `_environment` alone.
ISOLATED = ("-s", "-m", "drafting.intake.child")
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
log = logging.getLogger(__name__)
Made = TypeVar("Made")

WHOLE = _("An exported draft is brought in whole: use import_draft.")
TOO_LONG = _("This file takes too long to read: send one resolution at a time.")
TOO_MUCH = _("This file is too large to be read as a text: send only the text, saved anew in Word.")
DAMAGED = _("This file could not be read: open it in Word, save it again as .docx, and send that.")


def read_in_child(path: Path, *, timeout_s: float = 60, memory_bytes: int = GIB) -> ParsedPaper:
    """The paper in the file at `path`. Raises Unreadable with one sentence, and nothing else."""
    return _understood(_paper, _told(path, timeout_s, memory_bytes))


def draft_in_child(path: Path, *, timeout_s: float = 60, memory_bytes: int = GIB) -> Draft:
    """The exported draft in the file at `path`, checked by `snapshot.py`. Raises Unreadable."""
    return _understood(drafts.from_json, _told(path, timeout_s, memory_bytes))


def _told(path: Path, timeout_s: float, memory_bytes: int) -> bytes:
    """What a child says that reads the file. Raises Unreadable."""
    deadline = monotonic() + timeout_s
    seconds = max(1, int(timeout_s) + 1)
    with subprocess.Popen(
        [sys.executable, *ISOLATED, str(path), str(memory_bytes), str(seconds)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=_environment(),
        start_new_session=True,
    ) as child:
        try:
            said, complained = _heard(child, deadline)
            code = child.wait(max(0.1, deadline - monotonic()))
        except subprocess.TimeoutExpired as error:
            raise Unreadable(TOO_LONG) from error
        finally:
            _end(child)
    _refuse_failed(code, complained)
    if code == REFUSED:
        raise Unreadable(_understood(_sentence, said))
    return said


def _environment() -> dict[str, str]:
    """Nothing of ours: no secret, no database."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _heard(child: subprocess.Popen[bytes], deadline: float) -> tuple[bytes, bytes]:
    """What the child says until it ends, and the end of its complaint.

    Raises Unreadable beyond the limits, and TimeoutExpired.
    """
    assert child.stdout is not None
    assert child.stderr is not None
    said, complained = bytearray(), b""
    for stream, chunk in _chunks([child.stdout, child.stderr], deadline):
        if stream is child.stderr:
            complained = (complained + chunk)[-COMPLAINT:]
            continue
        said += chunk
        if len(said) > SAID_MAX:
            raise Unreadable(TOO_MUCH)
    return bytes(said), complained


def _chunks(streams: list[IO[bytes]], deadline: float) -> Iterator[tuple[IO[bytes], bytes]]:
    """What comes from the streams, until all have ended. Raises TimeoutExpired."""
    with selectors.DefaultSelector() as waiting:
        for stream in streams:
            waiting.register(stream, selectors.EVENT_READ, stream)
        while waiting.get_map():
            left = deadline - monotonic()
            ready = waiting.select(left) if left > 0 else []
            if not ready:
                raise subprocess.TimeoutExpired("child", left)
            for key, _events in ready:
                chunk = os.read(key.fd, CHUNK)
                if chunk:
                    yield key.data, chunk
                else:
                    waiting.unregister(key.fileobj)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kills whatever is left of the child and of those it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _refuse_failed(code: int, complained: bytes) -> None:
    if code == -signal.SIGXCPU:
        raise Unreadable(TOO_LONG)
    if code in (TOO_LARGE, -signal.SIGKILL):  # we kill none that we ask: the system was short
        raise Unreadable(TOO_MUCH)
    if code not in (0, REFUSED):
        # Only a place in our own code: the child says nothing else there (see `tell_place`).
        log.error("Reading a paper failed (exit %d): %s", code, complained.decode(errors="replace"))
        raise Unreadable(DAMAGED)


def _understood(form: Callable[[Any], Made], said: bytes) -> Made:
    try:
        return form(json.loads(said))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(DAMAGED) from error


def _paper(told: Any) -> ParsedPaper:
    if told.get("schema") == drafts.SCHEMA:
        raise Unreadable(WHOLE)
    return parsed.from_json(told)


def _sentence(told: Any) -> str:
    sentence = unpack(told)
    if not isinstance(sentence, str):
        raise TypeError("A refusal is a sentence.")
    return sentence
