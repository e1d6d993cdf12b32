"""Texts and steps from a seed: small, so that edits collide; odd, so that units are counted.

The steps are what an editor makes (typing, striking, formatting, splitting, joining, pasting a
piece of the same text), and, on request, what none would make.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from prosemirror.model import Fragment, Mark, Node, Slice
from prosemirror.transform import AddMarkStep, AttrStep, RemoveMarkStep, ReplaceStep, Step

from drafting.steps.applying import FOREIGN, after
from drafting.steps.schema import Json, dump, load, schema
from tests.steps.words import struck, typed

WORDS = (
    "the ",
    "beacon",
    " of ",
    "网络",
    "المنارة",
    "🌊🚢",
    "Orsk",
    "é",
    "x\u0301",
    ", ",
    "a",
    "\t",
)
FORMATS = ("em", "strong", "sup", "sub", "underline")
SOURCES = ("ISL/79A2/13", "KES/75/4", "Chair")


class Dice:
    """Everything that is random in a case. The same seed gives the same case."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._made = 0

    # --- texts ---

    def document(self) -> Node:
        paragraphs = [self._paragraph() for _ in range(self.random.randint(1, 3))]
        return load({"type": "doc", "content": paragraphs})

    def _paragraph(self) -> Json:
        attrs = {"label": self.random.choice((None, "a)", "2bis")), "level": self._below(4)}
        content = [dump(self.inline()) for _ in range(self._below(5))]
        return {"type": "paragraph", "attrs": attrs, "content": content}

    def inline(self) -> Node:
        kind = self.random.choice(("text",) * 6 + ("bracket_open", "bracket_close", "footnote_ref"))
        marks = self._marks()
        if kind == "text":
            return schema().text("".join(self.random.choices(WORDS, k=1 + self._below(3))), marks)
        kinds = ("contested", "deletion", "placeholder")
        told = {"kind": self.random.choice(kinds), "before_label": self.random.random() < 0.2}
        attrs: Json = {"id": self._key(), **(told if kind == "bracket_open" else {})}
        return schema().nodes[kind].create(attrs, None, marks)

    def mark(self) -> Mark:
        kind = self.random.choice((*FORMATS, "insertion", "deletion", "insertion", "deletion"))
        if kind in FORMATS:
            return schema().mark(kind)
        who = self._below(3)
        return schema().mark(kind, {"id": f"c{who}{self._below(2)}", "source": SOURCES[who]})

    def _marks(self) -> list[Mark]:
        out: list[Mark] = []
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            out = self.mark().add_to_set(out)
        return out

    def _key(self) -> str:
        self._made += 1
        return f"k{self._made}x{self.random.getrandbits(40)}"

    def _below(self, most: int) -> int:
        return self.random.randrange(most)

    # --- steps ---

    def steps(self, document: Node, most: int) -> list[Step]:
        """Steps one after the other, each on the text that the ones before leave."""
        out: list[Step] = []
        for _ in range(1 + self._below(most)):
            step, document = self._fitting(document)
            out.append(step)
        return out

    def _fitting(self, document: Node) -> tuple[Step, Node]:
        while True:
            step = self.step(document)
            changed = after(document, step)
            if changed is not None and changed.content.size < 200:
                return step, changed

    def step(self, document: Node) -> Step:
        """Any step; it need not fit."""
        kinds: tuple[Callable[[Node], Step], ...] = (
            self._typed, self._typed, self._typed, self._struck, self._struck, self._replaced,
            self._marked, self._marked, self._unmarked, self._split, self._joined, self._pasted,
            self._labelled,
        )  # fmt: skip
        return self.random.choice(kinds)(document)

    def position(self, document: Node) -> int:
        return self._below(document.content.size + 1)

    def _range(self, document: Node) -> tuple[int, int]:
        start = self.position(document)
        reach = self.random.choice((1, 2, 3, 5, 20))
        return start, min(document.content.size, start + 1 + self._below(reach))

    def _typed(self, document: Node) -> Step:
        at = self.position(document)
        return ReplaceStep(at, at, Slice(Fragment.from_(self.inline()), 0, 0))

    def _struck(self, document: Node) -> Step:
        return ReplaceStep(*self._range(document), Slice.empty)

    def _replaced(self, document: Node) -> Step:
        return ReplaceStep(*self._range(document), Slice(Fragment.from_(self.inline()), 0, 0))

    def _marked(self, document: Node) -> Step:
        return AddMarkStep(*self._range(document), self.mark())

    def _unmarked(self, document: Node) -> Step:
        there = [m for p in document.children for node in p.children for m in node.marks]
        return RemoveMarkStep(*self._range(document), self.random.choice([*there, self.mark()]))

    def _split(self, document: Node) -> Step:
        at = self.position(document)
        halves = [schema().nodes["paragraph"].create({"label": None, "level": n}) for n in (1, 2)]
        return ReplaceStep(at, at, Slice(Fragment.from_(halves), 1, 1), structure=True)

    def _joined(self, document: Node) -> Step:
        ends = [0]
        for paragraph in document.children:
            ends.append(ends[-1] + paragraph.node_size)
        at = self.random.choice(ends[1:])
        return ReplaceStep(at - 1, at + 1, Slice.empty, structure=self.random.random() < 0.5)

    def _pasted(self, document: Node) -> Step:
        start, end = self._range(document)
        try:
            piece: Any = document.slice(*self._range(document)).to_json() or {}
        except FOREIGN:
            piece = {}
        for paragraph in piece.get("content", ()):
            for node in (paragraph, *paragraph.get("content", ())):
                if "bracket" in node["type"]:
                    node["attrs"] = {**node["attrs"], "id": self._key()}
        until = end if self.random.random() < 0.5 else start
        return ReplaceStep(start, until, Slice.from_json(schema(), piece))

    def _labelled(self, document: Node) -> Step:
        at = 0
        for paragraph in document.children[: self._below(document.child_count)]:
            at += paragraph.node_size
        if self.random.random() < 0.5:
            return AttrStep(at, "level", self._below(5))
        return AttrStep(at, "label", self.random.choice((None, "b)", "3ter")))


def as_json(steps: list[Step]) -> list[Json]:
    return [dict(step.to_json()) for step in steps]


def colliding(seed: int, most: int) -> list[Json]:
    """Steps on "abcd" that type, strike and replace a letter or two at a time."""
    dice = random.Random(seed)
    steps: list[Json] = []
    size = 4
    for _ in range(dice.randint(1, most)):
        start = dice.randint(1, size)
        end = min(size + 1, start + dice.randint(1, 2))
        words = "X" * dice.randint(1, 2)
        kind = dice.choice(("type", "type", "strike", "replace") if size > 2 else ("type",))
        if kind == "type":
            end = start = dice.randint(1, size + 1)
        steps.append(struck(start, end) if kind == "strike" else {**typed(start, words), "to": end})
        size += (0 if kind == "strike" else len(words)) - (end - start)
    return steps
