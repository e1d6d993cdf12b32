"""Acts on a text as steps: what the chair and the secretary do without typing.

Rules:

- Positions are those of the editor: UTF-16 units, 1 is the first place in the first paragraph.
- A function here only writes steps down. Whether they fit is told by `perform`, or by `submit`
  where a part of them (a position, a label, a marker) came from outside.
- A later step counts in the text that the earlier ones leave.
"""

from __future__ import annotations

from drafting.steps.applying import FOREIGN
from drafting.steps.outcome import Invalid
from drafting.steps.rules import MARKERS
from drafting.steps.schema import Json, dump, load
from drafting.steps.settling import inline_nodes

OUTSIDE = Invalid("The place is not in the text.")


def insert_marker(position: int, node: Json) -> list[Json]:
    """A bracket marker or footnote reference at a position."""
    return [_replacement(position, position, [node])]


def put_in_brackets(start: int, end: int, opening: Json, closing: Json) -> list[Json]:
    """Both markers around a range."""
    return [*insert_marker(end, closing), *insert_marker(start, opening)]


def lift_bracket(content: Json, key: str) -> list[Json]:
    """Both markers of a bracket taken away, or the one that is there; the words stay."""
    found = [
        (at, at + 1)
        for at, node in inline_nodes(load(content))
        if node.type.name in MARKERS and node.attrs["id"] == key
    ]
    return [step for span in reversed(found) for step in delete_range(*span)]


def add_note(start: int, end: int, key: str) -> list[Json]:
    """A note anchored to the words between two positions."""
    mark = {"type": "note", "attrs": {"id": key}}
    return [{"stepType": "addMark", "mark": mark, "from": start, "to": end}]


def delete_range(start: int, end: int) -> list[Json]:
    """Everything between two positions."""
    return [_replacement(start, end, [])] if start < end else []


def replace_all(content: Json, other: Json) -> list[Json]:
    """One text put in the place of another."""
    return [_replacement(0, load(content).content.size, dump(load(other))["content"])]


def append(content: Json, other: Json) -> list[Json]:
    """The paragraphs of another text after those of this one."""
    size = load(content).content.size
    return [_replacement(size, size, dump(load(other))["content"])]


def set_label(content: Json, paragraph: int, label: str | None) -> list[Json]:
    """The printed label of a paragraph, by its number from 0."""
    return [_attribute(content, paragraph, "label", label)]


def set_level(content: Json, paragraph: int, level: int) -> list[Json]:
    """The level of a paragraph, by its number from 0."""
    return [_attribute(content, paragraph, "level", level)]


def slice_json(content: Json, start: int, end: int | None = None) -> Json | Invalid:
    """The part of a text between two positions, as a text of its own."""
    try:
        whole = load(content)
        whole.resolve_no_cache(start)  # raises where cutting does not
        part = whole.cut(start, end)
        part.check()
    except FOREIGN:
        return OUTSIDE
    return dump(part)


def _replacement(start: int, end: int, nodes: list[Json]) -> Json:
    step: Json = {"stepType": "replace", "from": start, "to": end}
    return {**step, "slice": {"content": nodes}} if nodes else step


def _attribute(content: Json, paragraph: int, name: str, value: str | int | None) -> Json:
    before = load(content).children[:paragraph]
    position = sum(node.node_size for node in before)
    return {"stepType": "attr", "pos": position, "attr": name, "value": value}
