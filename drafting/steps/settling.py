"""Pending changes accepted or rejected, as steps.

Rules:

- Accepting a deletion takes the words, whoever else asked for the same; accepting an insertion
  lifts its mark. Rejecting is the mirror of it, except that words somebody else asks to insert
  too stay as theirs.
- What others ask for on the same words stays asked for.
- All accepted is `domain.text.accepted`, all rejected is `domain.text.rejected`.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from prosemirror.model import Mark, Node
from prosemirror.transform import RemoveMarkStep

from drafting.steps.rules import CHANGES
from drafting.steps.schema import Json, load

Span = tuple[int, int]


def settle(
    content: Json,
    *,
    ids: Set[str] | None = None,
    source: str | None = None,
    within: Span | None = None,
    accept: bool,
) -> list[Json]:
    """Steps that settle the pending changes with these ids and this source; None: any.

    `within`: two positions; what lies outside them stays pending.
    """
    lifted: dict[str, tuple[Mark, Span]] = {}
    gone: list[Span] = []
    for at, node in inline_nodes(load(content)):
        span = (at, at + node.node_size)
        if within and not within[0] <= span[0] < span[1] <= within[1]:
            continue
        asked = [mark for mark in node.marks if _is_asked(mark, ids, source)]
        if _goes(node, asked, accept=accept):
            _add_span(gone, span)
            continue
        for mark in asked:
            _, (first, _) = lifted.get(_name(mark), (mark, span))
            lifted[_name(mark)] = (mark, (first, span[1]))
    steps = [_lift(mark, span) for mark, span in lifted.values()]
    return steps + [_delete(span) for span in reversed(gone)]


def inline_nodes(document: Node) -> Iterator[tuple[int, Node]]:
    """Each run and marker with its position."""
    at = 0
    for paragraph in document.children:
        inside = at + 1
        for node in paragraph.children:
            yield inside, node
            inside += node.node_size
        at += paragraph.node_size


def _is_asked(mark: Mark, ids: Set[str] | None, source: str | None) -> bool:
    return (
        mark.type.name in CHANGES
        and (ids is None or mark.attrs["id"] in ids)
        and (source is None or mark.attrs["source"] == source)
    )


def _goes(node: Node, asked: list[Mark], *, accept: bool) -> bool:
    kinds = {mark.type.name for mark in asked}
    if accept:
        return "deletion" in kinds
    others = [mark for mark in node.marks if mark not in asked]
    return "insertion" in kinds and all(mark.type.name != "insertion" for mark in others)


def _name(mark: Mark) -> str:
    return repr(mark.to_json())


def _add_span(spans: list[Span], span: Span) -> None:
    """Adds a span, joined with the last where they touch."""
    if spans and spans[-1][1] == span[0]:
        span = (spans.pop()[0], span[1])
    spans.append(span)


def _lift(mark: Mark, span: Span) -> Json:
    return dict(RemoveMarkStep(*span, mark).to_json())


def _delete(span: Span) -> Json:
    return {"stepType": "replace", "from": span[0], "to": span[1]}
