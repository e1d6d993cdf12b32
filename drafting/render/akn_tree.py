"""The lines of a paper as the tree that Akoma Ntoso wants: sections, items, items below items.

A paper is flat and a document is not: an item hangs under the last item of a higher level in its
section. What is said about an item (attributions, option headings, drafting notes) is kept with
the item that follows it, or with the last one where none follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from drafting.domain.calls import Phase, parse_call
from drafting.domain.draft import Note
from drafting.domain.paper import BlockKind
from drafting.render.lines import ABOUT, Flow, Line, Role, Style


@dataclass
class Remark:
    """Words about the text: an attribution, a heading, a drafting note of a line of its own."""

    kind: str
    words: str


@dataclass
class Node:
    """One item: its paragraphs and what hangs below it."""

    lines: list[Line]
    level: int
    heading: str = ""
    remarks: list[Remark] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


@dataclass
class Section:
    """A call with its chapeau and items. `call` is None for items that stand before any call."""

    phase: Phase
    call: Node | None = None
    chapeau: list[Node] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


@dataclass
class Tree:
    front: list[Node] = field(default_factory=list)  # number and title
    formula: list[Node] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def every_node(self) -> Iterator[Node]:
        """Every node in reading order."""
        yield from self.front
        yield from self.formula
        for section in self.sections:
            if section.call:
                yield section.call
            yield from section.chapeau
            for node in section.nodes:
                yield from _deep(node)


def _deep(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _deep(child)


def tree(paper: Flow) -> Tree:
    """The whole paper as a tree."""
    builder = _Builder([note.text for key, note in paper.notes.items() if key in paper.told])
    for index, line in enumerate(paper.lines):
        builder.take(line, paper.loose.get(index, ()))
    builder.close()
    return builder.tree


class _Builder:
    def __init__(self, told: list[str]) -> None:
        self.tree = Tree()
        self._told = told  # notes that stand with the words they are about
        self._last: Node | None = None
        self._waiting: list[Remark] = []
        self._heading = ""

    def take(self, line: Line, notes: tuple[Note, ...]) -> None:
        if line.style is Style.HEADING:
            self._heading = _words(line)
        elif line.style in ABOUT and line.block.kind is not BlockKind.NO_TEXT:
            self._remark(line)
        elif self._continues(line):
            assert self._last is not None
            self._last.lines.append(line)
            self._last.notes += notes
        else:
            self._place(self._node(line, notes))

    def _remark(self, line: Line) -> None:
        words = _words(line)
        if line.style is not Style.NOTE or not any(note in words for note in self._told):
            self._waiting.append(Remark(line.style.value, words))

    def close(self) -> None:
        """What nothing followed belongs to the last item; a paper of remarks alone gets one."""
        if self._heading:
            self._waiting.append(Remark("heading", self._heading))
        if self._waiting and self._last:
            self._last.remarks += self._waiting

    def _continues(self, line: Line) -> bool:
        labelled = any(piece.role is Role.LABEL for piece in line.pieces)
        return not line.first and not labelled and self._last is not None

    def _node(self, line: Line, notes: tuple[Note, ...]) -> Node:
        node = Node([line], max(line.level, 1), self._heading, self._waiting, list(notes))
        self._heading, self._waiting, self._last = "", [], node
        return node

    def _place(self, node: Node) -> None:
        match node.lines[0].style:
            case Style.NUMBER | Style.TITLE:
                self.tree.front.append(node)
            case Style.FORMULA:
                self.tree.formula.append(node)
            case Style.CALL:
                self.tree.sections.append(Section(self._phase(node), node))
            case Style.CHAPEAU if self._section().call and not self._section().nodes:
                self._section().chapeau.append(node)
            case _:
                _hang(self._section().nodes, node)

    def _section(self) -> Section:
        if not self.tree.sections:
            self.tree.sections.append(Section(Phase.PREAMBULAR))
        return self.tree.sections[-1]

    def _phase(self, call: Node) -> Phase:
        """The preamble ends with the first operative call and does not come back."""
        before = self.tree.sections[-1].phase if self.tree.sections else Phase.PREAMBULAR
        known = parse_call(_words(call.lines[0]))
        return before if known is None or before is Phase.OPERATIVE else known.phase


def _hang(nodes: list[Node], node: Node) -> None:
    while nodes and nodes[-1].level < node.level:
        nodes = nodes[-1].children
    nodes.append(node)


def _words(line: Line) -> str:
    """The words that stand once all is accepted."""
    return "".join(p.text for p in line.pieces if p.role is Role.WORDS and not p.deleted).strip()
