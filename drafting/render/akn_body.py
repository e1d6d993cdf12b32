"""The words of a paper in Akoma Ntoso: preface, preamble, main body.

Mapping: a preambular call and its items are `recitals/intro/recital`, an operative call is an
`hcontainer` with `paragraph`s, what hangs below an item is `blockList/item` or `list/point`.
Options are siblings; the second and later name the first in `alternativeTo`. Square brackets are
pairs of empty `marker`s, because a bracket may cross what an element may not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from drafting.domain.calls import Phase
from drafting.domain.draft import Note, NoteKind
from drafting.render.akn_ids import Ids, References, slug
from drafting.render.akn_tree import Node, Remark, Section, Tree
from drafting.render.flow import Flow, Piece, Role, Style

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NSMAP: dict[str, str] = {None: AKN}  # type: ignore[dict-item]  # the default namespace
_FORMATS = {"em": "i", "strong": "b", "underline": "u", "sup": "sup", "sub": "sub"}
_ROOT = etree.Element(f"{{{AKN}}}root", nsmap=NSMAP)


def el(tag: str, *children: etree._Element, text: str = "", **attributes: str) -> etree._Element:
    """An element of Akoma Ntoso. `as_` and `class_` stand for `as` and `class`."""
    element = _ROOT.makeelement(f"{{{AKN}}}{tag}", None, NSMAP)
    for name, value in attributes.items():
        if value:
            element.set(name.rstrip("_"), value)
    if text:
        element.text = text
    element.extend(children)
    return element


@dataclass
class Modification:
    """The changes that one author makes in one place."""

    source: str
    place: str
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


@dataclass
class Body:
    """Writes the body and gathers what the metadata will say about it."""

    flow: Flow
    ids: Ids = field(default_factory=Ids)
    modifications: dict[tuple[str, str], Modification] = field(default_factory=dict)
    notes: list[etree._Element] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)  # provision -> eId of its first element
    _noted: dict[str, str] = field(default_factory=dict)  # note -> eId
    _wids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.references = References(self.ids)

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
                self._inlines(heading, line.pieces, eid, section.call)
            self._remarks(heading, section.call)
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
            self._inlines(num, label, eid, node)
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
                self._remarks(paragraph, node)
            label, words = _split(line.pieces)
            pieces = line.pieces if whole else words
            inner = el("i") if line.style is Style.CALL else paragraph
            self._inlines(inner, [*label, *words] if whole and label else pieces, eid, node)
            if inner is not paragraph:
                paragraph.append(inner)
            made.append(paragraph)
        for note in node.notes:
            made[-1].append(self._note_ref(note))
        return made

    def _paragraph(self, node: Node, eid: str, inner: etree._Element) -> etree._Element:
        paragraph = el("p", eId=eid, wId=self._wid(node))
        self._remarks(paragraph, node)
        for line in node.lines:
            self._inlines(inner, line.pieces, eid, node)
        for note in node.notes:
            inner.append(self._note_ref(note))
        paragraph.append(inner)
        return paragraph

    # --- words ------------------------------------------------------------------------------

    def _inlines(
        self, parent: etree._Element, pieces: Iterable[Piece], place: str, node: Node
    ) -> None:
        for (inserted, deleted, pending), group in groupby(pieces, _fate):
            target = self._change(parent, inserted, deleted, pending, place)
            for piece in group:
                self._piece(parent if piece.role in _MARKS else target, piece)

    def _change(
        self,
        parent: etree._Element,
        inserted: tuple[str, ...],
        deleted: tuple[str, ...],
        pending: bool,
        place: str,
    ) -> etree._Element:
        """The innermost of the `ins` and `del` that these words need, or the parent itself."""
        target = parent
        for tag, authors in (("ins", inserted), ("del", deleted)):
            if not authors:
                continue
            eid = self.ids.give(f"{tag}_1")
            refers = " ".join(self.references.of(who) for who in authors[:1])
            kind = "pending" if pending else ""
            made = el(tag, eId=eid, class_=kind, refersTo=refers)
            target.append(made)
            target = made
            for who in authors:
                self._record(who, place, tag, eid)
        return target

    def _record(self, who: str, place: str, tag: str, eid: str) -> None:
        source = self.references.of(who)
        made = self.modifications.setdefault((place, source), Modification(source, place))
        (made.new if tag == "ins" else made.old).append(eid)

    def _piece(self, target: etree._Element, piece: Piece) -> None:
        match piece.role:
            case Role.OPEN | Role.CLOSE:
                target.append(self._marker(piece))
            case Role.FOOTNOTE:
                note = self.flow.notes.get(piece.mark)
                if note:
                    target.append(self._note_ref(note))
            case Role.TAB:
                pass
            case _:
                _write(target, piece)
                for key in piece.notes:
                    if key in self.flow.notes and key not in self._noted:
                        target.append(self._note_ref(self.flow.notes[key]))

    def _marker(self, piece: Piece) -> etree._Element:
        opens = piece.role is Role.OPEN
        eid = self.ids.give(f"br_{slug(piece.mark) or 'x'}_{'open' if opens else 'close'}")
        return el(
            "marker",
            eId=eid,
            name="bracketOpen" if opens else "bracketClose",
            refersTo="#bracket",
            class_="bracket-open" if opens else "bracket-close",
        )

    # --- notes ------------------------------------------------------------------------------

    def _remarks(self, parent: etree._Element, node: Node) -> None:
        for remark in node.remarks:
            parent.append(self._ref(self._add_note(remark, None)))

    def _note_ref(self, note: Note) -> etree._Element:
        known = self._noted.get(note.id)
        if known is None:
            kind = "footnote" if note.kind is NoteKind.FOOTNOTE else note.kind.value
            known = self._noted[note.id] = self._add_note(Remark(kind, note.text), note.by)
        return self._ref(known)

    def _ref(self, note: str) -> etree._Element:
        return el("noteRef", href=f"#{note}", marker="*")

    def _add_note(self, remark: Remark, by: str | None) -> str:
        eid = self.ids.give("note_1")
        refers = self.references.of(by) if by else ""
        note = el("note", eId=eid, placement="inline", class_=remark.kind, refersTo=refers)
        for line in remark.words.split("\n"):
            note.append(el("p", eId=self.ids.give(f"{eid}__p"), text=line))
        self.notes.append(note)
        return eid


_MARKS = (Role.OPEN, Role.CLOSE, Role.FOOTNOTE)


def _fate(piece: Piece) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What groups neighbouring words; marks stand between the groups, inside neither."""
    if piece.role in _MARKS or piece.role is Role.TAB:
        return (), (), False
    return piece.inserted, piece.deleted, piece.pending


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


def _write(target: etree._Element, piece: Piece) -> None:
    """The words of a piece at the end of an element, inside the elements of their formats."""
    for name in sorted(piece.formats):
        inner = el(_FORMATS[name])
        target.append(inner)
        target = inner
    first, *rest = piece.text.replace("\t", " ").split("\n")
    _append_text(target, first)
    for line in rest:
        target.append(el("eol"))
        _append_text(target, line)


def _append_text(target: etree._Element, words: str) -> None:
    if len(target):
        last = target[-1]
        last.tail = (last.tail or "") + words
    else:
        target.text = (target.text or "") + words
