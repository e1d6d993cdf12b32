"""The words within an element of Akoma Ntoso: changes, brackets, notes.

Square brackets are pairs of empty `marker`s, because a bracket may cross what an element may not.
What is changed is gathered with its author and place: the metadata tells it once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from drafting.domain.draft import Note, NoteKind
from drafting.render.akn_ids import Ids, References, slug
from drafting.render.akn_tree import Remark
from drafting.render.akn_xml import el, write
from drafting.render.lines import Flow, Piece, Role


@dataclass
class Modification:
    """The changes that one author makes in one place."""

    source: str
    place: str
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


@dataclass
class Words:
    """Writes words into elements; gathers the changes and the notes met on the way."""

    flow: Flow
    ids: Ids
    references: References
    modifications: dict[tuple[str, str], Modification] = field(default_factory=dict)
    notes: list[etree._Element] = field(default_factory=list)
    _noted: dict[str, str] = field(default_factory=dict)  # note -> eId

    def inlines(self, parent: etree._Element, pieces: Iterable[Piece], place: str) -> None:
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
                    target.append(self.note_ref(note))
            case Role.TAB:
                pass
            case _:
                write(target, piece)
                for key in piece.notes:
                    if key in self.flow.notes and key not in self._noted:
                        target.append(self.note_ref(self.flow.notes[key]))

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

    def remarks(self, parent: etree._Element, remarks: Iterable[Remark]) -> None:
        for remark in remarks:
            parent.append(self._ref(self._add_note(remark, None)))

    def note_ref(self, note: Note) -> etree._Element:
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
