"""Steps on a document: the one place where the library is asked to change something.

Rules:

- Half a dozen kinds of exception come out of the library on input it does not expect. Here, and
  only here, they become "does not fit".
- A step made on this very text must fit. A step that comes late is moved over what it missed, and
  is dropped, with its key, when nothing of it is left or it no longer fits.
- The two markers of a bracket are unique: a late step that brings a marker which is there already
  is dropped, whoever brought it back first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from prosemirror.model import Fragment, Node
from prosemirror.transform import AttrStep, ReplaceStep, Step

from drafting.steps.moves import Map, Route, map_of, moved_step
from drafting.steps.rules import MARKERS
from drafting.steps.schema import Json, schema

FOREIGN = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError)

Keyed = tuple[str, Step]
Marker = tuple[str, str]


@dataclass(slots=True)
class Outcome:
    """The document after the steps that fitted, and the keys of those that did not."""

    document: Node
    steps: list[Json] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def read_step(step: Json) -> Step | None:
    """The library's step, or None if it refuses."""
    try:
        return Step.from_json(schema(), step)
    except FOREIGN:
        return None


def after(document: Node, step: Step) -> Node | None:
    """The document after a step, or None if it does not fit."""
    try:
        if isinstance(step, AttrStep) and not _is_paragraph(document.node_at(step.pos)):
            return None
        return step.apply(document).doc
    except FOREIGN:
        return None


def _is_paragraph(node: Node | None) -> bool:
    return node is not None and node.type.name == "paragraph"


def apply_all(document: Node, steps: Sequence[Keyed]) -> Outcome | None:
    """All of them as they are, or None if one does not fit."""
    out = Outcome(document)
    for key, step in steps:
        changed = after(out.document, step)
        if changed is None:
            return None
        _take(out, key, step, changed)
    return out


def rebase(document: Node, missed: Sequence[Json], steps: Sequence[Keyed]) -> Outcome:
    """Those that still fit, moved over `missed`. `document`: as it is after the missed steps."""
    backwards = [_inverse(map_of(_json(step))) for _, step in reversed(steps)]
    route = Route([*backwards, *map(map_of, missed)], {})
    out = Outcome(document)
    for number, (key, step) in enumerate(steps):
        own = len(steps) - 1 - number
        moved = moved_step(step, route, since=own + 1)
        changed = after(out.document, moved) if moved else None
        if moved is None or changed is None or _brings_twice(out.document, moved, changed):
            out.dropped.append(key)
            continue
        route.mirrors[own] = len(route.maps)
        route.maps.append(map_of(_json(moved)))
        _take(out, key, moved, changed)
    return out


def _inverse(changed: Map) -> Map:
    return changed and changed.inverse()


def _take(out: Outcome, key: str, step: Step, changed: Node) -> None:
    out.document = changed
    out.steps.append(_json(step))
    out.keys.append(key)


def _json(step: Step) -> Json:
    return dict(step.to_json())


def _brings_twice(before: Node, step: Step, changed: Node) -> bool:
    """Whether a bracket has two openings or two closings which it had not before."""
    if not isinstance(step, ReplaceStep) or not set(_markers(step.slice.content)):
        return False
    found = list(_markers(changed.content))
    there = list(_markers(before.content))
    return any(found.count(one) > max(1, there.count(one)) for one in set(found))


def _markers(content: Fragment) -> Iterator[Marker]:
    for node in content.content:
        if node.type.name in MARKERS:
            yield node.type.name, str(node.attrs["id"])
        yield from _markers(node.content)
