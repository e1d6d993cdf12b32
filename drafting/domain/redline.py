"""The redline between a base and a text: computed, never stored.

Laws (property-tested): reading only what is KEEP or DEL gives the base; reading only what is KEEP
or INS gives the text with its pending changes accepted, once words pending deletion are left out.
Words and numbers are never cut; a deletion stands before the insertion that replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafting.domain.text import Changes, Marker


class Op(StrEnum):
    KEEP = "keep"
    INS = "ins"
    DEL = "del"


@dataclass(frozen=True, slots=True)
class RedRun:
    """Characters with one fate. `op` is against the base; `changes` are pending on top of it.

    Words pending insertion are always INS; words pending deletion are KEEP or INS and carry the
    deletion in `changes`. `sources`: who asks, from `changes`.
    """

    text: str
    op: Op
    formats: frozenset[str] = frozenset()
    changes: Changes = ()
    notes: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.source for change in self.changes))

    @property
    def pending_deletion(self) -> bool:
        return any(change.kind == "deletion" for change in self.changes)


RedPiece = RedRun | Marker  # markers are in the text only; they have no width and no fate


@dataclass(frozen=True, slots=True)
class RedLabel:
    """The printed label, before and after; equal where it did not change."""

    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class RedParagraph:
    """`op`: the fate of the paragraph itself (its mark): INS and DEL are whole paragraphs."""

    pieces: tuple[RedPiece, ...]
    op: Op = Op.KEEP
    label: RedLabel = RedLabel(None, None)
    level: int = 1


Redline = tuple[RedParagraph, ...]
