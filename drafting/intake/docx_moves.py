"""Moves that a program wrote without names: both ends are found again by their words.

Word names both ends of a move; LibreOffice names some and lets others go. Words that left one
paragraph and came to another, and to no third, moved. Labels do not count: they change on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from drafting.intake.parsed import Change, ChangeKind, ParsedParagraph, ParsedRun

LABEL = re.compile(r"^\S{0,6}\s+")
TELLING = 12  # characters: fewer may be the same by chance
ENDS = (ChangeKind.MOVE_FROM, ChangeKind.MOVE_TO)


def with_names(paragraphs: Sequence[ParsedParagraph]) -> list[ParsedParagraph]:
    """The paragraphs, with a name on the ends of each move that has none at one of them."""
    out = list(paragraphs)
    left, came = ({i: _moved(p, kind) for i, p in enumerate(out)} for kind in ENDS)
    for start, words in left.items():
        ends = [end for end, found in came.items() if found == words]
        if len(words) < TELLING or len(ends) != 1 or list(left.values()).count(words) != 1:
            continue
        if _is_unnamed(out[start]) or _is_unnamed(out[ends[0]]):
            for at in (start, ends[0]):
                out[at] = _named(out[at], f"moved {start}")
    return out


def _moved(paragraph: ParsedParagraph, kind: ChangeKind) -> str:
    """The words that left the paragraph, or that came to it, without a label."""
    words = "".join(run.text for run in paragraph.runs if _is_end(run.changes, kind))
    return " ".join(LABEL.sub("", words, count=1).split())


def _is_end(changes: Iterable[Change], kind: ChangeKind) -> bool:
    return any(change.kind is kind for change in changes)


def _is_unnamed(paragraph: ParsedParagraph) -> bool:
    changes = [change for run in paragraph.runs for change in run.changes if change.kind in ENDS]
    return not any(change.move for change in changes)


def _named(paragraph: ParsedParagraph, name: str) -> ParsedParagraph:
    return replace(paragraph, runs=tuple(_run_named(run, name) for run in paragraph.runs))


def _run_named(run: ParsedRun, name: str) -> ParsedRun:
    changes = (replace(c, move=name) if c.kind in ENDS else c for c in run.changes)
    return replace(run, changes=tuple(changes))
