"""Who stands behind some words of an option.

Rules:

- Words that are pending become pending changes of those named, one each on the same words: that is
  how papers have an inserted span with proposers of its own (`domain.draft`).
- Words that stand go into a contested bracket that is theirs. Nothing that stands is changed by it:
  an insertion would say that the words were not there before, and would take them along when it
  is rejected.
- What stands in a bracket exactly is the bracket's: it gets these names and no second bracket.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from drafting import steps
from drafting.models import Event, Option
from drafting.services import deeds
from drafting.services.acts import attributions, rows
from drafting.services.acts.work import Work, invalid
from drafting.steps import Json

PENDING = ("insertion", "deletion")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words in the span, from position to position, with their marks."""

    start: int
    end: int
    marks: tuple[Json, ...]

    def sources(self, kind: str) -> dict[str, Json]:
        """The pending changes of a kind on these words, by whose they are."""
        return {m["attrs"]["source"]: m for m in self.marks if m["type"] == kind}


def attribute(work: Work, deed: deeds.AttributeSpan) -> Event:
    """Sets who stands behind the words between two positions."""
    option = work.option(deed.option, deed.version)
    start, end = sorted((deed.start, deed.end))
    nodes = list(_nodes(option.content))
    pieces = list(_pieces(nodes, start, end))
    if not pieces:
        raise invalid(_("There are no words at this place."))
    names = attributions.cleaned(deed.names)
    kind = next((k for k in PENDING if all(piece.sources(k) for piece in pieces)), None)
    if kind:
        _change(work, deed, option, kind, pieces, names)
    else:
        _bracket(work, deed, option, names, _around(nodes, start, end))
    return work.tell("option.attributed", provisions=[option.provision], options=[option])


def _nodes(content: Json) -> Iterator[tuple[int, Json]]:
    """Each inline node of a text, with its position."""
    at = 0
    for paragraph in steps.standard(content)["content"]:
        at += 1
        for node in paragraph.get("content", ()):
            yield at, node
            at += _size(node)
        at += 1


def _size(node: Json) -> int:
    return len(node["text"].encode("utf-16-le")) // 2 if "text" in node else 1


def _pieces(nodes: list[tuple[int, Json]], start: int, end: int) -> Iterator[_Piece]:
    for at, node in nodes:
        low, high = max(at, start), min(at + _size(node), end)
        if low < high and "text" in node:
            yield _Piece(low, high, tuple(node.get("marks", ())))


# --- pending words ----------------------------------------------------------------------------


def _change(
    work: Work,
    deed: deeds.AttributeSpan,
    option: Option,
    kind: str,
    pieces: list[_Piece],
    names: list[str],
) -> None:
    """Lays the changes of those named on the words, and takes the others' from them."""
    ids = {who: mark for piece in pieces for who, mark in piece.sources(kind).items()}
    attributions.refuse(work, deed, names, [attributions.unsaved(who) for who in ids])
    marks: dict[str, Any] = {
        name: ids.get(name) or {"type": kind, "attrs": {"id": rows.new_id("c"), "source": name}}
        for name in names
    }
    taken = []
    for piece in pieces:
        held = piece.sources(kind)
        taken += [_marking("removeMark", piece, held[who]) for who in held if who not in names]
        taken += [_marking("addMark", piece, marks[name]) for name in names if name not in held]
    if taken:
        work.write_from_outside(option, taken)


def _marking(what: str, piece: _Piece, mark: Json) -> Json:
    return {"stepType": what, "mark": mark, "from": piece.start, "to": piece.end}


# --- words that stand -------------------------------------------------------------------------


def _around(nodes: list[tuple[int, Json]], start: int, end: int) -> str:
    """The id of the bracket that has exactly these words in it; "" where there is none."""
    opens = {at + 1: n["attrs"]["id"] for at, n in nodes if n["type"] == "bracket_open"}
    closes = {at: n["attrs"]["id"] for at, n in nodes if n["type"] == "bracket_close"}
    inner, outer = opens.get(start), closes.get(end)
    return str(inner) if inner is not None and inner == outer else ""


def _bracket(
    work: Work, deed: deeds.AttributeSpan, option: Option, names: list[str], key: str
) -> None:
    """Sets those named behind the bracket around the words, which is made where there is none."""
    held = [row for row in option.attributions.all() if key and row.bracket == key]
    attributions.refuse(work, deed, names, held)
    if not key:
        key = rows.new_id("b")
        attrs = {"id": key, "kind": "contested", "before_label": False}
        opening = {"type": "bracket_open", "attrs": attrs}
        closing = {"type": "bracket_close", "attrs": {"id": key}}
        start, end = sorted((deed.start, deed.end))
        work.write_from_outside(option, steps.put_in_brackets(start, end, opening, closing))
        work.made.append(key)
    attributions.replace(work, option, key, names, held)
