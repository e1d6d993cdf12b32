"""The parts of a paper in Akoma Ntoso: preface, preamble, main body.

Mapping: a preambular call and its items are `recitals/intro/recital`, an operative call is an
`hcontainer` with `paragraph`s, what hangs below an item is `blockList/item` or `list/point`.
Options are siblings; the second and later name the first in `alternativeTo`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from drafting.domain.calls import Phase
from drafting.render.akn_ids import Ids, References, slug
from drafting.render.akn_tree import Node, Section, Tree
from drafting.render.akn_words import Words
from drafting.render.akn_xml import el
from drafting.render.lines import Flow, Piece, Role, Style


@dataclass
class Body:
    """Writes the body; `places` and `words` gather what the metadata will say about it."""

    flow: Flow
    ids: Ids = field(default_factory=Ids)
    places: dict[str, str] = field(default_factory=dict)  # provision -> eId of its first element
    _wids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.words = Words(self.flow, self.ids, References(self.ids))

    # --- the great parts --------------------------------------------------------------------

    def preface(self, tree: Tree, furniture: Iterable[str]) -> etree._Element:
        preface = el("preface", eId=self.ids.give("preface"))
        header = el("container", name="header", eId=self.ids.give("preface__header"))
        header.extend(el("p", text=line) for line in furniture)
        if len(header):
            preface.append(header)
        for node in tree.front:
            title = node.lines[0].style is Style.TITLE
            eid = self._eid(node, "preface__title" if title else "preface__number")
            inner = el("docTitle" if title else "docNumber")
            paragraph = self._paragraph(node, eid, inner)
            preface.append(paragraph)
        if not len(preface):
            preface.append(el("p"))
        return preface

    def preamble(self, tree: Tree) -> etree._Element | None:
        preamble = el("preamble", eId=self.ids.give("preamble"))
        for node in tree.formula:
            eid = self._eid(node, "formula")
            formula = el("formula", name="enactingFormula", eId=eid, wId=self._wid(node))
            formula.extend(self._paragraphs(node, eid))
            preamble.append(formula)
        for section in tree.sections:
            if section.phase is Phase.PREAMBULAR:
                preamble.append(self._recitals(section))
        return preamble if len(preamble) else None

    def main(self, tree: Tree) -> etree._Element:
        main = el("mainBody", eId=self.ids.give("body"))
        for section in tree.sections:
            if section.phase is Phase.OPERATIVE:
                main.append(self._operative(section))
        if not len(main):
            main.append(el("p"))
        return main

    # --- preamble ---------------------------------------------------------------------------

    def _recitals(self, section: Section) -> etree._Element:
        name = _call_name(section)
        wanted = f"recs_{name}"
        if not section.nodes:
            eid = self.ids.give(wanted)
            container = el("container", name="call", eId=eid)
            container.extend(self._head(section, eid))
            return container
        eid = self.ids.give(wanted)
        recitals = el("recitals", eId=eid)
        head = self._head(section, eid)
        if head:
            recitals.append(el("intro", *head, eId=self.ids.give(f"{eid}__intro")))
        recitals.extend(self._blocks("recital", section.nodes, eid, "rec"))
        return recitals

    def _head(self, section: Section, eid: str) -> list[etree._Element]:
        """The call's own paragraph and its chapeau."""
        nodes = [section.call] if section.call else []
        found = []
        for node in [*nodes, *section.chapeau]:
            self._mark_place(node, eid)
            found += self._paragraphs(node, eid)
        return found

    def _blocks(
        self, tag: str, nodes: list[Node], parent: str, prefix: str
    ) -> list[etree._Element]:
        """Items whose content is blocks: recitals, and items of a blockList."""
        made = []
        firsts: dict[str, str] = {}
        for node in nodes:
            eid = self._eid(node, f"{parent}__{prefix}_{_number(node)}")
            element = el(tag, eId=eid, **self._option(node, eid, firsts))
            element.extend(self._num_and_heading(node, eid))
            element.extend(self._paragraphs(node, eid))
            if node.children:
                below = self.ids.give(f"{eid}__list_1")
                items = self._blocks("item", node.children, below, "item")
                element.append(el("blockList", *items, eId=below))
            made.append(element)
        return made

    # --- operative part ---------------------------------------------------------------------

    def _operative(self, section: Section) -> etree._Element:
        eid = self.ids.give(f"op_{_call_name(section)}")
        wid = self._wid(section.call) if section.call else ""
        container = el("hcontainer", name="operative", eId=eid, wId=wid)
        if section.call:
            self._mark_place(section.call, eid)
            heading = el("heading", eId=self.ids.give(f"{eid}__heading"))
            for line in section.call.lines:
                self.words.inlines(heading, line.pieces, eid)
            self.words.remarks(heading, section.call.remarks)
            container.append(heading)
        introduction = [p for node in section.chapeau for p in self._chapeau(node, eid)]
        if introduction:
            container.append(el("intro", *introduction, eId=self.ids.give(f"{eid}__intro")))
        container.extend(self._hierarchy("paragraph", section.nodes, eid, "para"))
        return container

    def _chapeau(self, node: Node, eid: str) -> list[etree._Element]:
        self._mark_place(node, eid)
        return self._paragraphs(node, eid)

    def _hierarchy(
        self, tag: str, nodes: list[Node], parent: str, prefix: str
    ) -> list[etree._Element]:
        made = []
        firsts: dict[str, str] = {}
        for node in nodes:
            eid = self._eid(node, f"{parent}__{prefix}_{_number(node)}")
            element = el(tag, eId=eid, **self._option(node, eid, firsts))
            element.extend(self._num_and_heading(node, eid))
            paragraphs = self._paragraphs(node, eid)
            if node.children:
                below = self.ids.give(f"{eid}__list_1")
                intro = el("intro", *paragraphs, eId=self.ids.give(f"{below}__intro"))
                points = self._hierarchy("point", node.children, below, "point")
                element.append(el("list", intro, *points, eId=below))
            else:
                content = self.ids.give(f"{eid}__content")
                element.append(el("content", *paragraphs, eId=content))
            made.append(element)
        return made

    # --- one item ---------------------------------------------------------------------------

    def _eid(self, node: Node, wanted: str) -> str:
        eid = self.ids.give(wanted)
        self._mark_place(node, eid)
        return eid

    def _mark_place(self, node: Node, eid: str) -> None:
        self.places.setdefault(node.lines[0].block.provision, eid)

    def _wid(self, node: Node) -> str:
        """The provision's key; with the option's for its second and later wordings."""
        block = node.lines[0].block
        if block.provision not in self._wids:
            wid = block.provision
        else:
            wid = f"{block.provision}.{block.option or 'x'}"
            number = 2
            while wid in self._wids:
                wid, number = f"{block.provision}.{block.option or 'x'}.{number}", number + 1
        self._wids.add(wid)
        return "_".join(wid.split())

    def _option(self, node: Node, eid: str, firsts: dict[str, str]) -> dict[str, str]:
        """wId, and what makes an option: its class and the sibling it is an alternative to."""
        line = node.lines[0]
        first = firsts.setdefault(line.block.provision, eid)
        said = {"wId": self._wid(node)}
        empty = line.style is Style.NO_TEXT
        if first != eid or line.block.copy or empty:
            said["class_"] = "option noText" if empty else "option"
            said["refersTo"] = "#option"
        if first != eid:
            said["alternativeTo"] = first
        return said

    def _num_and_heading(self, node: Node, eid: str) -> list[etree._Element]:
        made = []
        label, _ = _split(node.lines[0].pieces)
        if label:
            num = el("num")
            self.words.inlines(num, label, eid)
            made.append(num)
        if node.heading:
            made.append(el("heading", text=node.heading))
        return made

    def _paragraphs(self, node: Node, eid: str) -> list[etree._Element]:
        made = []
        whole = node.lines[0].style in (Style.CALL, Style.FORMULA, Style.CHAPEAU)
        for index, line in enumerate(node.lines):
            paragraph = el("p", eId=self.ids.give(f"{eid}__p"))
            if index == 0:
                self.words.remarks(paragraph, node.remarks)
            label, words = _split(line.pieces)
            pieces = line.pieces if whole else words
            inner = el("i") if line.style is Style.CALL else paragraph
            self.words.inlines(inner, [*label, *words] if whole and label else pieces, eid)
            if inner is not paragraph:
                paragraph.append(inner)
            made.append(paragraph)
        for note in node.notes:
            made[-1].append(self.words.note_ref(note))
        return made

    def _paragraph(self, node: Node, eid: str, inner: etree._Element) -> etree._Element:
        paragraph = el("p", eId=eid, wId=self._wid(node))
        self.words.remarks(paragraph, node.remarks)
        for line in node.lines:
            self.words.inlines(inner, line.pieces, eid)
        for note in node.notes:
            inner.append(self.words.note_ref(note))
        paragraph.append(inner)
        return paragraph


def _split(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces of the number and those of the words; the tab between them is left out."""
    labels = [index for index, piece in enumerate(pieces) if piece.role is Role.LABEL]
    cut = labels[-1] + 1 if labels else 0
    return pieces[:cut], tuple(piece for piece in pieces[cut:] if piece.role is not Role.TAB)


def _number(node: Node) -> str:
    """The number as a part of an eId: "a", "2bis"; "x" where there is none."""
    label, _ = _split(node.lines[0].pieces)
    words = "".join(p.text for p in label if p.role is Role.LABEL and not p.deleted)
    words = words or "".join(p.text for p in label if p.role is Role.LABEL)
    return slug(words) or "x"


def _call_name(section: Section) -> str:
    if section.call is None:
        return "x"
    pieces = section.call.lines[0].pieces
    words = "".join(p.text for p in pieces if not p.deleted) or "".join(p.text for p in pieces)
    return slug(words)[:60] or "x"
