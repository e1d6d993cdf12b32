"""What a batch may do to a text, judged on the text before and after it, never on its steps.

Rules:

- Who may only propose leaves everything as it was but their own pending changes: with their own
  insertions taken out and their own deletion marks lifted, the text is the same before and after.
  That covers what no list of forbidden steps would: paragraphs split, labels set, another's mark
  lifted, standing words passed off as one's own insertion.
- The id of a pending change says for whom it stands, for good. (Papers may bring one id with
  several sources; then all of them stand.)
- A bracket has one opening and one closing marker. What a paper brought otherwise may stay, and
  nothing may be added to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Changes,
    Inline,
    PendingChange,
    Run,
    Text,
    each_paragraph,
    inlines,
)
from drafting.steps.schema import Json

CHANGES = ("insertion", "deletion")
MARKERS = ("bracket_open", "bracket_close")

Stands = tuple[str, str]
"""The id of a pending change, and whose it is."""


def may_only_propose(before: Text, after: Text, source: str) -> bool:
    """Whether nothing changed but the pending changes of `source`."""
    return without(before, source) == without(after, source)


def leaves_others_be(before: Text, after: Text, source: str) -> bool:
    """Whether nobody else's change lies on more words than it did: one may take one's own words
    away from under it, and lay it on none."""
    had = _covered(before, source)
    return all(size <= had.get(change, size) for change, size in _covered(after, source).items())


def _covered(text: Text, source: str) -> Counter[PendingChange]:
    """How much lies under each change that is not of `source`."""
    covered: Counter[PendingChange] = Counter()
    for piece in inlines(text):
        for change in piece.changes:
            if change.source != source:
                covered[change] += len(piece.text) if isinstance(piece, Run) else 1
    return covered


def dresses(before: Json, after: Json, source: str) -> bool:
    """Whether formats or notes on markers changed, which a `Text` does not tell."""
    return _dressed(before, source) != _dressed(after, source)


def _dressed(content: Json, source: str) -> list[tuple[str, Json]]:
    return [
        (node["type"] + node["attrs"]["id"], mark)
        for paragraph in content["content"]
        for node in paragraph.get("content", ())
        if node["type"] != "text" and not _is_own(node, source)
        for mark in node.get("marks", ())
        if mark["type"] not in CHANGES
    ]


def _is_own(node: Json, source: str) -> bool:
    marks = [mark for mark in node.get("marks", ()) if mark["type"] == "insertion"]
    return any(mark["attrs"]["source"] == source for mark in marks)


def without(text: Text, source: str) -> Text:
    """The text as if `source` had asked for nothing."""
    return each_paragraph(text, lambda pieces: _without(pieces, source))


def _without(pieces: tuple[Inline, ...], source: str) -> Iterator[Inline]:
    for piece in pieces:
        own = {change.kind for change in piece.changes if change.source == source}
        others = {change.kind for change in piece.changes if change.source != source}
        if "insertion" not in own or "insertion" in others:  # what others ask for too is theirs
            yield replace(piece, changes=_others(piece.changes, source)) if own else piece


def _others(changes: Changes, source: str) -> Changes:
    return tuple(change for change in changes if change.source != source)


def marks_are_honest(
    before: Text,
    after: Text,
    source: str,
    *,
    any_known: bool,
    known: Set[Stands] = frozenset(),
) -> bool:
    """Whether every pending change that is new carries `source`, and no old one another's.

    `any_known`: the writer may also make marks for sources that the text or `known` knows, as
    one does who moves or restores words. `known`: what once stood in this option and may return.
    """
    stood = stands(before) | known
    ids = {key for key, _ in stood}
    may = {source} | ({who for _, who in stood} if any_known else set())
    new = stands(after) - stood
    one_each = len({key for key, _ in new}) == len(new)
    return one_each and all(key not in ids and who in may for key, who in new)


def brings_marks(steps: Iterable[Json]) -> bool:
    """Whether steps bring a pending change or a bracket marker: only then can the two rules about
    them be broken. Most typing brings none, and needs no texts to be compared."""
    return any(map(_brings_marks, steps))


def _brings_marks(step: Json) -> bool:
    if step["stepType"] == "addMark":
        return step["mark"]["type"] in CHANGES
    nodes = (step.get("slice") or {}).get("content", ())
    return any(
        node["type"] in MARKERS or any(mark["type"] in CHANGES for mark in node.get("marks", ()))
        for outer in nodes
        for node in (outer, *outer.get("content", ()))
    )


def stands(text: Text) -> set[Stands]:
    """Each pending change of the text with its source."""
    return {(change.id, change.source) for piece in inlines(text) for change in piece.changes}


def brackets_are_single(before: Text, after: Text) -> bool:
    """Whether no marker was added to one with the same id and side."""
    had = _markers(before)
    return all(count <= max(1, had[marker]) for marker, count in _markers(after).items())


def _markers(text: Text) -> Counter[tuple[bool, str]]:
    return Counter(
        (isinstance(piece, BracketOpen), piece.id)
        for piece in inlines(text)
        if isinstance(piece, BracketOpen | BracketClose)
    )
