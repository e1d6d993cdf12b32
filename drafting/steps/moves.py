"""How positions move when a text changes, and where a step goes over changes it has not seen.

Rules (ProseMirror's but for the last; a test asks the original about thousands of cases):

- A step of ours changes one range or none: `Range` is its map, None the map of a step that
  changes no position.
- A step is rebased by going back over one's own steps, forward over what came between, and
  forward over one's own steps as they then stood. Going over a step and its rebased self, its
  *mirror*, a position inside what it changed is found again instead of being lost.
- A replacement falls away when both its ends lay inside something deleted, `across`; one that
  merely touches a deletion stays. A mark falls away when nothing is left to carry it.
- One thing is ours: what only inserts never deletes. In the original the two ends of an insertion,
  which cling to different sides, can come apart between one's own steps, and what others wrote in
  between would go.

The Python port of ProseMirror decides both otherwise in some cases, so it is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from prosemirror.transform import AddMarkStep, AttrStep, RemoveMarkStep, ReplaceStep, Step

from drafting.steps.schema import Json


class Range(NamedTuple):
    """`old` units from `start` on became `new` units."""

    start: int
    old: int
    new: int

    def inverse(self) -> Range:
        return Range(self.start, self.new, self.old)


Map = Range | None


class Moved(NamedTuple):
    """Where a position went. `inside`: how far in a changed range it lay, where that is lost.

    `lost`: the unit on the asked side is gone. `after`: the unit after it is. `across`: both are.
    """

    position: int
    inside: int | None = None
    lost: bool = False
    after: bool = False
    across: bool = False


@dataclass(slots=True)
class Route:
    """Maps in the order in which positions go over them, and which mirrors which."""

    maps: list[Map]
    mirrors: dict[int, int]

    def move(self, position: int, side: int, *, since: int) -> Moved:
        """The position after the maps from `since` on. `side`: -1 or 1, what it clings to."""
        lost = after = across = False
        number = since
        while number < len(self.maps):
            moved = moved_over(self.maps[number], position, side)
            mirror = self.mirrors.get(number) if moved.inside is not None else None
            if mirror is not None:
                number = mirror
                position = _start(self.maps[mirror]) + (moved.inside or 0)
            else:
                position = moved.position
                lost, after = lost or moved.lost, after or moved.after
                across = across or moved.across
            number += 1
        return Moved(position, None, lost, after or across, across)


def _start(changed: Map) -> int:
    assert changed is not None, "only a range has a mirror that is asked for"
    return changed.start


def moved_over(changed: Map, position: int, side: int) -> Moved:
    """Where a position goes over one change."""
    if changed is None or position < changed.start:
        return Moved(position)
    start, old, new = changed
    end = start + old
    if position > end:
        return Moved(position + new - old)
    at_start, at_end = position == start, position == end
    clings = side if not old or not (at_start or at_end) else -1 if at_start else 1
    kept = at_start if side < 0 else at_end
    return Moved(
        start if clings < 0 else start + new,
        inside=None if kept else position - start,
        lost=not kept,
        after=bool(old) and at_start,
        across=not at_start and not at_end,
    )


def map_of(step: Json) -> Map:
    """The map of a step's JSON."""
    if step["stepType"] != "replace":
        return None
    start, to = step["from"], step["to"]
    return Range(start, to - start, _size_of_slice(step.get("slice")))


def _size_of_slice(piece: Json | None) -> int:
    if not piece:
        return 0
    opened: int = piece.get("openStart", 0) + piece.get("openEnd", 0)
    return sum(map(_size, piece["content"])) - opened


def _size(node: Json) -> int:
    if node["type"] == "text":
        return len(node["text"].encode("utf-16-le")) // 2
    if node["type"] == "paragraph":
        return 2 + sum(map(_size, node.get("content", ())))
    return 1


def moved_step(step: Step, route: Route, *, since: int) -> Step | None:
    """The step as it is after those maps, or None where nothing of it is left."""
    if isinstance(step, AttrStep):
        at = route.move(step.pos, 1, since=since)
        return None if at.after else AttrStep(at.position, step.attr, step.value)
    assert isinstance(step, ReplaceStep | AddMarkStep | RemoveMarkStep)
    start = route.move(step.from_, 1, since=since)
    end = route.move(step.to, -1, since=since)
    if isinstance(step, ReplaceStep):
        return _moved_replacement(step, start, end)
    if (start.lost and end.lost) or start.position >= end.position:
        return None
    return type(step)(start.position, end.position, step.mark)


def _moved_replacement(step: ReplaceStep, start: Moved, end: Moved) -> Step | None:
    if start.across and end.across:
        return None
    until = max(start.position, end.position)
    since = until if step.from_ == step.to else start.position
    return ReplaceStep(since, until, step.slice, step.structure)
