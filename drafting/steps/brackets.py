"""Where a bracket's ends stand in a text, and the words between them taken away, as steps.

Rules:

- Positions are those of the editor. A bracket that goes on in another text has one end here: what
  lies between is then all from there to the beginning or to the end of this one.
- What is cut between two places takes brackets along that lie in it whole; one end of a bracket
  whose other stands outside stays where it is.
"""

from __future__ import annotations

from collections import Counter

from drafting.steps.acts import delete_range
from drafting.steps.rules import MARKERS
from drafting.steps.schema import Json, dump, load
from drafting.steps.settling import inline_nodes

Span = tuple[int, int]


def ends(content: Json, key: str) -> tuple[int | None, int | None]:
    """The places just inside a bracket: after its opening marker, before its closing one."""
    opens = closes = None
    for at, node in inline_nodes(load(content)):
        if node.type.name in MARKERS and node.attrs["id"] == key:
            if node.type.name == "bracket_open":
                opens = at + 1
            else:
                closes = at
    return opens, closes


def cut(content: Json, start: int, end: int) -> list[Json]:
    """Everything between two positions, without the markers that must stay."""
    inside = [node for at, node in inline_nodes(load(content)) if start <= at < end]
    markers = [node for node in inside if node.type.name in MARKERS]
    sides = Counter(node.attrs["id"] for node in markers)
    kept = [dump(node) for node in markers if sides[node.attrs["id"]] == 1]
    if not kept or start >= end:
        return delete_range(start, end)
    bare = [{key: value for key, value in node.items() if key != "marks"} for node in kept]
    return [{"stepType": "replace", "from": start, "to": end, "slice": {"content": bare}}]
