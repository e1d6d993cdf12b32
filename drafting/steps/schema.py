"""One schema in one file, and the documents that are made by it.

Rules:

- `domain/schema.json` is what the browser loads too; nothing is added to it here.
- A document in hand is *standard*: attributes complete, marks in the schema's order, neighbouring
  runs that are alike joined. Two standard documents that say the same are the same JSON.
- Positions count UTF-16 units, as they do in the browser.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import msgspec
from prosemirror.model import Fragment, Mark, Node, ResolvedPos, Schema

from drafting import domain

Json = dict[str, Any]

# The library keeps every document in which it has looked up a position, and never lets go of it.
ResolvedPos.resolve_cached = ResolvedPos.resolve  # type: ignore[method-assign]

FILE = Path(domain.__file__).with_name("schema.json")


@cache
def schema() -> Schema[str, str]:
    """The schema of an option's text."""
    return Schema(json.loads(FILE.read_text(encoding="utf-8")))


def load(content: Json) -> Node:
    """The standard document of some JSON that the database holds.

    Raises ValueError, KeyError or TypeError on what is no document of this schema.
    """
    found = Node.from_json(schema(), content)
    return found if is_standard(found.content) else _standard(found)


def dump(document: Node) -> Json:
    """Its JSON: what is stored, sent and summed."""
    return cast(Json, document.to_json())


def standard(content: Json) -> Json:
    """The same text as the browser writes it. Whatever is stored should have been through this."""
    return dump(load(content))


def checksum(content: Json) -> int:
    """CRC-32 of the canonical JSON: keys sorted, no spaces, UTF-8, attributes complete."""
    return zlib.crc32(canonical(content))


def canonical(content: Json) -> bytes:
    """The JSON both languages write alike."""
    return msgspec.json.encode(content, order="sorted")


def is_standard(content: Fragment) -> bool:
    """Whether no two neighbouring runs are alike, and every set of marks is in order."""
    nodes = content.content
    if any(one.is_text and one.same_markup(two) for one, two in pairwise(nodes)):
        return False
    if any(len(node.marks) > 1 and not _in_order(node.marks) for node in nodes):
        return False
    return all(is_standard(node.content) for node in nodes if node.is_block)


def _in_order(marks: list[Mark]) -> bool:
    return Mark.same_set(_set_of(marks), marks)


def _set_of(marks: list[Mark]) -> list[Mark]:
    """The marks as the schema lets them stand together."""
    out: list[Mark] = []
    for mark in marks:
        out = mark.add_to_set(out)
    return out


def _standard(document: Node) -> Node:
    return document.copy(
        Fragment.from_(
            [
                paragraph.copy(
                    Fragment.from_([node.mark(_set_of(node.marks)) for node in paragraph.children])
                )
                for paragraph in document.children
            ]
        )
    )
