"""The places where one text holds several wordings at once: its pending changes, fork by fork.

Rules:

- A fork is a run of neighbouring pieces of one paragraph that somebody asks to change. Within it
  each source reads what it asks for, and the base what stands if nobody is heard.
- To take a source is to reject what the others ask for, then to accept what it asks for: words
  that several ask to insert stay for those who are taken.
- Two sources agree in a fork where they read the same words in it; where those who are to be taken
  do not agree, nobody but a person can say which words are meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from drafting.domain.text import (
    BracketClose,
    BracketKind,
    BracketOpen,
    Inline,
    Run,
    Text,
    each_paragraph,
    inlines,
    normal,
    runs_by,
)


@dataclass(frozen=True, slots=True)
class Fork:
    """Neighbouring pieces with pending changes, in one paragraph."""

    pieces: tuple[Inline, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Who asks for something here, in order of first appearance."""
        found = (change.source for piece in self.pieces for change in piece.changes)
        return tuple(dict.fromkeys(found))

    def reading(self, source: str | None) -> tuple[Inline, ...]:
        """What it reads for a source; None: for the base."""
        return _without_brackets(_read(self.pieces, (source,) if source else ()))


def forks(text: Text) -> Iterator[Fork]:
    """The forks of a text in order."""
    for paragraph in text.paragraphs:
        for group in runs_by(paragraph.inlines, lambda piece: bool(piece.changes)):
            if group[0].changes:
                yield Fork(tuple(group))


def reading(text: Text, sources: Collection[str]) -> Text:
    """The text in which these sources are taken and no others. Bracket markers stay."""
    return each_paragraph(text, lambda pieces: _read(pieces, sources))


def unbracketed(text: Text, kept: Collection[str] = ()) -> Text:
    """The text without bracket markers but those of these ids."""
    return each_paragraph(
        text,
        lambda pieces: [p for p in pieces if not _is_marker(p) or getattr(p, "id", "") in kept],
    )


def disagreeing(text: Text, sources: Collection[str]) -> tuple[str, ...]:
    """Those of the sources who read different words in the first fork where they do; else ()."""
    for fork in forks(text):
        asking = [source for source in fork.sources if source in sources]
        if len({fork.reading(source) for source in asking}) > 1:
            return tuple(asking)
    return ()


def settled_brackets(before: Text, after: Text) -> frozenset[str]:
    """The contested brackets that held pending changes before, and hold none after."""
    return _asking(before) & _pairs(after) - _asking(after)


def _read(pieces: tuple[Inline, ...], sources: Collection[str]) -> tuple[Inline, ...]:
    return normal(replace(piece, changes=()) for piece in pieces if _stays(piece, sources))


def _stays(piece: Inline, sources: Collection[str]) -> bool:
    """Whether a piece is there once these are taken and all others rejected."""
    inserted = [change for change in piece.changes if change.kind == "insertion"]
    if inserted and all(change.source not in sources for change in inserted):
        return False
    return not any(c.kind == "deletion" and c.source in sources for c in piece.changes)


def _without_brackets(pieces: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return normal(piece for piece in pieces if not _is_marker(piece))


def _is_marker(piece: Inline) -> bool:
    return isinstance(piece, BracketOpen | BracketClose)


def _pairs(text: Text) -> frozenset[str]:
    """The ids of contested brackets that open and close here."""
    pieces = list(inlines(text))
    opened = {
        p.id for p in pieces if isinstance(p, BracketOpen) and p.kind is BracketKind.CONTESTED
    }
    return frozenset(opened & {p.id for p in pieces if isinstance(p, BracketClose)})


def _asking(text: Text) -> frozenset[str]:
    """The ids of brackets with a pending change between their ends."""
    around: set[str] = set()
    found: set[str] = set()
    for piece in inlines(text):
        if isinstance(piece, BracketOpen):
            around.add(piece.id)
        elif isinstance(piece, BracketClose):
            around.discard(piece.id)
        if piece.changes and isinstance(piece, Run):
            found |= around
    return frozenset(found)
