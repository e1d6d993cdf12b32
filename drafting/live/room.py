"""One draft that is open in this process: who watches, and how far the log was passed on.

Rules:

- A room remembers one number of its draft, the `seq` it passed on last, and no text.
- Posts come in any order, doubled or not at all. What is next is passed on, what is old is dropped,
  what is early waits for what is missing; the hub fetches that from the log.
"""

from __future__ import annotations

from typing import Final

from drafting.live.line import Line
from drafting.live.ready import Frame

EARLY_MAX: Final = 2000


class Room:
    """`seq` is None until the log was asked for the first time."""

    def __init__(self, draft: int) -> None:
        self.draft = draft
        self.seq: int | None = None
        self.lines: set[Line] = set()
        self._early: dict[int, Frame] = {}

    @property
    def has_gap(self) -> bool:
        return bool(self._early)

    def hear(self, seq: int, frame: Frame) -> None:
        """Takes a post in: passes it on and what waited for it, or lets it wait."""
        if self.seq is None or seq <= self.seq:
            return
        if len(self._early) < EARLY_MAX:
            self._early[seq] = frame
        while (ready := self._early.pop(self.seq + 1, None)) is not None:
            self.seq += 1
            for line in self.lines:
                line.event(self.seq, ready)

    def begin(self, seq: int) -> None:
        """The log has come this far for sure; only for a room that has not begun."""
        if self.seq is None:
            self.seq = seq

    def tell(self, frame: Frame, *, greeted: bool = True) -> None:
        """Tells everybody; with `greeted` only those who have said hello."""
        for line in self.lines:
            if line.seq is not None or not greeted:
                line.tell(frame)
