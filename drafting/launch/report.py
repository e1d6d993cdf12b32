"""What a person at the terminal reads: one line a step, with the time it took."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A step longer than this says that it is still at work.
PATIENCE_SECONDS = 10.0


class Refusal(Exception):
    """The command cannot go on. The message is one line and says what to do."""


def say(line: str = "") -> None:
    """Prints a line at once."""
    print(line, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Prints `what ... 1.2 s` when done, and a line every ten seconds while it lasts."""
    begun = time.monotonic()
    done = threading.Event()
    watcher = threading.Thread(target=keep_telling, args=(what, begun, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    say(f"  {what} ... {time.monotonic() - begun:.1f} s")


def keep_telling(what: str, begun: float, done: threading.Event) -> None:
    """Tells every ten seconds that the step goes on, until it is done."""
    while not done.wait(PATIENCE_SECONDS):
        say(f"  {what} ... still at work, {time.monotonic() - begun:.0f} s")


def last_words(log: Path) -> str:
    """`see LOG, which ends: LINE`, for a refusal."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    told = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f"see {log}, which ends: {told}" if told else f"see {log}"


def refuse(refusal: Refusal) -> int:
    """Prints the refusal and gives the exit code."""
    print(f"drafting: {refusal}", file=sys.stderr, flush=True)
    return 2
