"""Slots become provisions: their options, labels, kinds and states.

Rules:

- A provision nobody touched keeps its one option, the base, standing. An unattributed change
  replaces the text of that option; attributed wordings stand beside it; the base's wording goes on
  standing only if the paper prints it.
- A struck base provision is an option of kind DELETE: standing if nobody is named and no bracket
  holds it, an alternative otherwise.
- Struck text that was never the base's is asked.
- Provisions and options new to the draft continue its count of keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from drafting.domain.consolidation.likeness import said_by
from drafting.domain.consolidation.noted import with_names
from drafting.domain.draft import (
    Attribution,
    Draft,
    Note,
    NoteKind,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import (
    BracketOpen,
    FootnoteRef,
    Paragraph,
    Run,
    Text,
    inlines,
    with_label,
)
from drafting.intake.consolidated.blocks import Role
from drafting.intake.consolidated.members import Member, Members
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where
from drafting.intake.consolidated.scope import Scope
from drafting.intake.consolidated.slots import Paper, Slot
from drafting.intake.parsed import ParsedPaper

DROPPED = _("Struck in the paper; it was never in the base.")
LOST = _("The paper does not contain it, and nothing marks it as deleted.")


class Keys:
    """New keys that continue a draft's count."""

    def __init__(self, draft: Draft) -> None:
        self._provision = _highest(p.key for p in draft.provisions)
        self._option = _highest(o.key for p in draft.provisions for o in p.options)

    def provision(self) -> str:
        self._provision += 1
        return f"p{self._provision}"

    def option(self) -> str:
        self._option += 1
        return f"o{self._option}"


def _highest(keys: Iterable[str]) -> int:
    numbers = (int(found[1]) for key in keys if (found := re.fullmatch(r"[a-z]+(\d+)", key)))
    return max(numbers, default=0)


@dataclass
class Builder:
    """Makes provisions of slots, one after the other."""

    paper: Paper
    parsed: ParsedPaper
    slots: Sequence[Slot]
    notes: dict[str, Note]
    keys: Keys
    desk: Desk
    provision_of: dict[int, str] = field(default_factory=dict)  # block -> provision key

    def __post_init__(self) -> None:
        self.members = Members(self.paper, self.slots, self.desk)

    def build(self) -> list[Provision]:
        levels = self.members.levels()
        keys = [s.item.provision.key if s.item else self.keys.provision() for s in self.slots]
        moved = {id(slot): key for slot, key in zip(self.slots, keys, strict=True)}
        out = []
        before: Slot | None = None
        for slot, key, level in zip(self.slots, keys, levels, strict=True):
            provision = self._provision(slot, key, level, after_call=self._is_call(before))
            before = slot
            if slot.moved_from is not None:
                provision = replace(provision, moved_from=moved[id(slot.moved_from)])
            if slot.moved_to is not None:
                provision = replace(provision, moved_to=moved[id(slot.moved_to)])
            out.append(provision)
        return out

    # --- provisions --------------------------------------------------------------------------

    def _provision(self, slot: Slot, key: str, level: int, *, after_call: bool) -> Provision:
        if not slot.blocks:
            return self._absent(slot)
        members = [self.members.of(slot, k, level) for k in slot.blocks]
        self._mark_alternatives(slot, members)
        for member in members:
            self.provision_of[member.index] = key
            for more in slot.further.get(member.index, ()):
                self.provision_of[more] = key
        base = slot.item.provision if slot.item else None
        options = self._with_adopted_footnotes(base, self._options(slot, members))
        status, reason = self._status(members)
        return Provision(
            key=key,
            kind=base.kind if base else self._kind(slot, members, after_call),
            options=options,
            base=base.base if base else None,
            level=level,
            mode=slot.mode,
            status=status,
            status_reason=reason,
            notes=self._notes(base, slot, options),
        )

    def _absent(self, slot: Slot) -> Provision:
        """A base provision that the paper has not."""
        if slot.item is None:
            raise ValueError("A slot has blocks, a base provision, or both.")
        provision = slot.item.provision
        deleted = _deletion(provision.options[0].key, slot.item.label, provision.level)
        if slot.moved_to is not None:
            return replace(provision, options=(deleted,))
        held = self.desk.settle(
            Doubt.MISSING,
            "missing",
            Where(provision.key, self.members.names[slot], (), provision.key),
            (
                Choice("deleted", _("Deleted"), _("The base text is struck.")),
                Choice("stands", _("It stands"), _("The base text stands unchanged.")),
            ),
            assumed="deleted",
            in_base=slot.item.words,
        )
        if held == "stands":
            return provision
        return replace(provision, options=(deleted,), status_reason=LOST)

    def _kind(self, slot: Slot, members: Sequence[Member], after_call: bool) -> ProvisionKind:
        if slot.like is not None:
            return slot.like.provision.kind
        block = members[0].block
        if block.role is Role.CALL:
            return ProvisionKind.CALL
        if not block.label and after_call and block.words.new.rstrip(" ]").endswith(":"):
            return ProvisionKind.CHAPEAU
        return ProvisionKind.ITEM

    def _is_call(self, slot: Slot | None) -> bool:
        if slot is None or not slot.blocks:
            return False
        return self.paper.blocks[slot.blocks[0]].role is Role.CALL

    # --- options -----------------------------------------------------------------------------

    def _mark_alternatives(self, slot: Slot, members: Sequence[Member]) -> None:
        """Tell alternatives from the wording that stands."""
        standing: Member | None = None
        for member in members:
            if member.scope is not None or member.alternative:
                member.alternative = True
            elif member.kind is OptionKind.DELETE and len(members) > 1:
                bracketed = any(isinstance(mark, BracketOpen) for mark in inlines(member.text))
                held = any(b.covers(member.index) for b in self.paper.brackets)
                member.alternative = bracketed or held or standing is not None
            elif slot.item is None:
                member.alternative = self._in_choice(members, member)
            else:
                member.alternative = standing is not None
            if not member.alternative:
                standing = standing or member

    def _in_choice(self, members: Sequence[Member], member: Member) -> bool:
        """Whether a bracket offers this wording beside another one."""
        return any(
            other is not member and self.paper.shared_bracket(other.index, member.index)
            for other in members
        )

    def _options(self, slot: Slot, members: Sequence[Member]) -> tuple[Option, ...]:
        kept = slot.item.provision.options[0] if slot.item else None
        out = []
        for member in members:
            stands = not member.alternative
            if stands and kept is not None:
                out.append(self._standing(slot, member, kept))
                kept = None
            else:
                out.append(self._option(member, self.keys.option(), stands=stands))
        return tuple(out)

    def _standing(self, slot: Slot, member: Member, kept: Option) -> Option:
        """The option that stood, with the wording the paper gives it."""
        if member.is_base and member.kind is OptionKind.TEXT and not _has_markers(member.text):
            return replace(kept, text=with_label(kept.text, member.label), stands=True)
        return self._option(member, kept.key, stands=True)

    def _option(self, member: Member, key: str, *, stands: bool) -> Option:
        scope = member.scope
        heading = scope.headings.get(member.index) if scope else None
        return Option(
            key=key,
            text=member.text,
            kind=member.kind,
            stands=stands,
            heading=heading,
            attributions=_attributions(scope, heading),
        )

    def _with_adopted_footnotes(
        self, base: Provision | None, options: tuple[Option, ...]
    ) -> tuple[Option, ...]:
        """The options with those footnotes as the base's that say what one of the base says."""
        notes = [n for n in (base.notes if base else ()) if n.kind is NoteKind.FOOTNOTE]
        said = {said_by(note): note.id for note in notes}
        read = (Note(f"f{key}", words) for key, words in self.parsed.footnotes.items())
        names = {note.id: said[words] for note in read if (words := said_by(note)) in said}
        return tuple(replace(o, text=with_names(o.text, names, others=True)) for o in options)

    # --- state and notes ---------------------------------------------------------------------

    def _status(self, members: Sequence[Member]) -> tuple[Status, str]:
        if members and all(member.dropped for member in members):
            return Status.LAPSED, DROPPED
        return Status.OPEN, ""

    def _notes(
        self,
        base: Provision | None,
        slot: Slot,
        options: Sequence[Option],
    ) -> tuple[Note, ...]:
        found: dict[str, Note] = {note.id: note for note in (base.notes if base else ())}
        for note in slot.notes:
            found[note.id] = note
        for option in options:
            for inline in inlines(option.text):
                for note in self._noted(inline):
                    found.setdefault(note.id, note)
        return tuple(found.values())

    def _noted(self, inline: object) -> list[Note]:
        if isinstance(inline, FootnoteRef):
            words = self.parsed.footnotes.get(inline.id.removeprefix("f"))
            return [Note(inline.id, words, NoteKind.FOOTNOTE)] if words is not None else []
        if isinstance(inline, Run):
            return [note for key in inline.notes if (note := self._note(key))]
        return []

    def _note(self, key: str) -> Note | None:
        if key in self.notes:
            return self.notes[key]
        said = self.parsed.comments.get(key.removeprefix("c"))
        return Note(key, said[1], NoteKind.COMMENT, said[0]) if said else None


def _deletion(key: str, label: str | None, level: int) -> Option:
    return Option(key, Text((Paragraph((), label, level),)), OptionKind.DELETE, stands=True)


def _has_markers(text: Text) -> bool:
    return any(not isinstance(inline, Run) for inline in inlines(text))


def _attributions(scope: Scope | None, heading: str | None) -> tuple[Attribution, ...]:
    if scope is None:
        return ()
    number = heading.split()[-1].strip("[](){}:.") if heading else None
    return tuple(
        Attribution(
            code=str(line.code),
            name=line.name,
            option=line.option or number,
            note=line.note,
            literal=line.literal,
        )
        for line in scope.lines
    )
