"""Which blocks are wordings of one provision.

Rules:

- Wordings of one base provision share its slot. So do, under one attribution or in one bracket,
  new wordings with one label, and a wording without a label below one that has a label.
- Under "Option 1", "Option 2" the wordings of one provision share a slot as well.
- A new wording without a label, much like the struck one above it by the same proposer, replaced
  it.
- New wordings of different proposers that carry one label share a slot if they are much alike;
  else each adds a provision. Either is asked.
- A base provision that the paper lacks has a slot without blocks, after the one it followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drafting.domain.draft import Mode, Note
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.consolidated.align import Targets
from drafting.intake.consolidated.beside import Base, BaseItem, tokens
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.brackets import Bracket
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where
from drafting.intake.consolidated.scope import Scope, Scopes

ALIKE = 0.4  # from here on, new wordings of two proposers with one label compete
REPLACED = 0.6  # from here on, a wording below a struck one of its proposer stands in its place
_LONG = 4  # letters: shorter words tell nothing
_STEM = 5  # letters that two inflections of a word share


@dataclass(eq=False)
class Slot:
    """The blocks that become one provision, in reading order. `item` is its base provision.

    `further` are blocks that continue the option of the block they belong to (option items).
    """

    blocks: list[int]
    item: BaseItem | None = None
    like: BaseItem | None = None  # of a moved provision: the base text it is compared with
    moved_from: Slot | None = None
    moved_to: Slot | None = None
    mode: Mode = Mode.EXCLUSIVE
    notes: list[Note] = field(default_factory=list)
    further: dict[int, list[int]] = field(default_factory=dict)
    held: str = ""  # what became of a base provision that the paper has not


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything about the paper that the later steps look up."""

    blocks: Sequence[Block]
    targets: Targets
    scopes: Scopes
    brackets: Sequence[Bracket]
    base: Base
    tracked: bool

    def struck(self, index: int) -> bool:
        """Whether all words of the block are gone."""
        return self.blocks[index].is_struck

    def scope(self, index: int) -> Scope | None:
        return self.scopes.get(index)

    def label(self, index: int) -> str:
        """The label by which a new wording is compared with its neighbours."""
        block = self.blocks[index]
        return (block.label.new or block.label.text).strip()

    def shared_bracket(self, one: int, other: int) -> bool:
        return any(b.covers(one) and b.covers(other) for b in self.brackets)


def in_provisions(blocks: Sequence[Block], targets: Targets) -> frozenset[int]:
    """The blocks that provisions are made of: every call, options in words below one, and all
    wordings from the first of the base's on. What stands before those is furniture."""
    base = min(targets, default=len(blocks))
    calls = (index for index, block in enumerate(blocks) if block.role is Role.CALL)
    begins = {
        Role.CALL: 0,
        Role.TEXT: base,
        Role.NO_TEXT: min(base, next(calls, base)),
        Role.DELETE: min(base, next(calls, base)),
    }
    return frozenset(
        index
        for index, block in enumerate(blocks)
        if block.role in begins and index >= begins[block.role]
    )


def find_slots(paper: Paper, desk: Desk) -> list[Slot]:
    """Every provision of the paper, in its order."""
    return _Sorting(paper, desk).run()


class _Sorting:
    def __init__(self, paper: Paper, desk: Desk) -> None:
        self.paper = paper
        self.desk = desk
        self.slots: list[Slot] = []
        self.by_item: dict[int, Slot] = {}
        self.ahead: list[Note] = []  # notes of the wording to come
        self.section = 0  # index of the first slot after the last call

    def run(self) -> list[Slot]:
        held = in_provisions(self.paper.blocks, self.paper.targets)
        for index, block in enumerate(self.paper.blocks):
            if index in held and block.role is Role.CALL:
                self._call(index)
            elif index in held and block.role is Role.TEXT:
                self._wording(index)
            elif index in held:
                self.slots[-1].blocks.append(index)
            elif block.role is Role.NOTE and self.slots:
                self._note(index)
            if block.role in (Role.CALL, Role.TEXT) and self.slots:
                self.slots[-1].notes += self.ahead
                self.ahead = []
        return with_missing(self.slots, self.paper)

    def _note(self, index: int) -> None:
        """A note belongs to the wording before it, or to the one below its attribution."""
        above = self.paper.blocks[index - 1].role if index else Role.EMPTY
        below = above in (Role.ATTRIBUTION, Role.HEADING)
        (self.ahead if below else self.slots[-1].notes).append(_note(self.paper.blocks[index]))

    def _call(self, index: int) -> None:
        self._new(index)
        self.section = len(self.slots)

    def _new(self, index: int) -> None:
        """Begin a slot; what the base has only once is a new provision the second time."""
        target = self.paper.targets.get(index)
        known = target is None or target in self.by_item
        slot = Slot([index], None if known else self.paper.base.items[target or 0])
        self.slots.append(slot)
        if slot.item is not None:
            self.by_item[slot.item.index] = slot

    def _wording(self, index: int) -> None:
        target = self.paper.targets.get(index)
        known = self.by_item.get(target) if target is not None else None
        if known is not None:
            if self._stands_elsewhere(known, index):
                self.slots.append(Slot([index], like=known.item))
            else:
                known.blocks.append(index)
            return
        if target is not None or not self._joins_last(index):
            self._new(index)

    def _stands_elsewhere(self, slot: Slot, index: int) -> bool:
        """Whether the slot is struck, and this wording of it stands apart from it."""
        if slot is self.slots[-1] or self.paper.scope(index) or self.paper.struck(index):
            return False
        return all(self.paper.struck(k) and not self.paper.scope(k) for k in slot.blocks)

    # --- new wordings ------------------------------------------------------------------------

    def _joins_last(self, index: int) -> bool:
        """Whether the new wording is one more of the slot before; if so, it is put there."""
        if len(self.slots) <= self.section:
            return False
        slot = self.slots[-1]
        last = max([slot.blocks[-1], *(k for more in slot.further.values() for k in more)])
        ours, theirs = self.paper.scope(index), self.paper.scope(last)
        together = False
        if ours is not None and ours is theirs:
            together = self._in_one_scope(slot, index, last)
        elif ours is not None and theirs is not None:
            together = self._of_two_proposers(slot, index, last)
        elif ours is None and theirs is None:
            together = self._in_one_bracket(slot, index, last)
        if together and not any(index in more for more in slot.further.values()):
            slot.blocks.append(index)
        return together

    def _in_one_scope(self, slot: Slot, index: int, last: int) -> bool:
        label = self.paper.label(index)
        if label:
            if label == self._slot_label(slot):
                return True
            return self._continues_option(slot, index, last)
        if self.paper.struck(last) and _alike(self.paper, index, last) >= REPLACED:
            return True
        if self.paper.struck(last) or self._slot_label(slot):
            return self._ask_unlabelled(slot, index)
        return slot.mode is Mode.UNKNOWN and self._ask_unlabelled(slot, index)

    def _continues_option(self, slot: Slot, index: int, last: int) -> bool:
        """Whether the block is a further item of the option that `last` belongs to."""
        scope = self.paper.scopes[index]
        heading = scope.headings.get(index)
        if heading is None or heading != scope.headings.get(last):
            return False
        if any(k > index and other != heading for k, other in scope.headings.items()):
            _continue(slot, last, index)
            return True
        held = self.desk.settle(
            Doubt.SCOPE,
            "scope.option",
            self._where(slot, index),
            (
                Choice(
                    "common", _("A provision of its own"), _("It stands whichever option is taken.")
                ),
                Choice(
                    "option",
                    filled(_("A part of {heading}"), heading=heading),
                    _("It stands or falls with the option."),
                ),
            ),
            assumed="common",
            in_file=self.paper.blocks[index].words.text,
            heading=heading,
        )
        if held == "option":
            _continue(slot, last, index)
            return True
        for k in [k for k, other in scope.headings.items() if k >= index and other == heading]:
            del scope.headings[k]
        return False

    def _slot_label(self, slot: Slot) -> str:
        if slot.item is not None and slot.item.label:
            return slot.item.label
        return next((label for k in slot.blocks if (label := self.paper.label(k))), "")

    def _ask_unlabelled(self, slot: Slot, index: int) -> bool:
        held = self.desk.settle(
            Doubt.GROUPING,
            "grouping.unlabelled",
            self._where(slot, index),
            _TOGETHER_OR_APART,
            assumed="together",
            in_file=self.paper.blocks[index].words.text,
        )
        if held == "together":
            slot.mode = Mode.UNKNOWN
        return held == "together"

    def _of_two_proposers(self, slot: Slot, index: int, last: int) -> bool:
        """New wordings under two attributions, one after the other, with one label."""
        label = self.paper.label(index)
        if not label and self._codes(index) == self._codes(last) and self._slot_label(slot):
            return slot.item is None and self._ask_unlabelled(slot, index)
        if slot.item is not None or not label or label != self._slot_label(slot):
            return False
        if self._options_of_one(index, last):
            return True
        alike = _alike(self.paper, index, slot.blocks[0]) >= ALIKE
        held = self.desk.settle(
            Doubt.GROUPING,
            "grouping.same_label",
            self._where(slot, index),
            _TOGETHER_OR_APART,
            assumed="together" if alike else "apart",
            in_file=self.paper.blocks[index].words.text,
            label=label,
            because=_("The two wordings are much alike.")
            if alike
            else _("The two say different things."),
        )
        chosen = any(
            k in self.paper.scopes[k].headings for k in slot.blocks if k in self.paper.scopes
        )
        if held == "together" and not chosen:
            slot.mode = Mode.UNKNOWN
        return held == "together"

    def _options_of_one(self, index: int, last: int) -> bool:
        """Whether one proposer numbered the two as options."""
        numbered = all(
            self.paper.scopes[k].headings.get(k)
            or all(line.option for line in self.paper.scopes[k].lines)
            for k in (index, last)
        )
        return numbered and self._codes(index) == self._codes(last)

    def _codes(self, index: int) -> frozenset[str]:
        return frozenset(str(line.code) for line in self.paper.scopes[index].lines)

    def _in_one_bracket(self, slot: Slot, index: int, last: int) -> bool:
        """Unattributed wordings with one label in one bracket."""
        label = self.paper.label(index)
        if not label or label != self._slot_label(slot):
            return False
        return self.paper.shared_bracket(index, last)

    def _where(self, slot: Slot, index: int) -> Where:
        block = self.paper.blocks[index]
        known = slot.item.provision.key if slot.item else None
        return Where(block.place, "", block.paragraphs, known)


def _continue(slot: Slot, last: int, index: int) -> None:
    """Make the block a further item of the option whose latest block is `last`."""
    owner = next((k for k, more in slot.further.items() if last in more), last)
    slot.further.setdefault(owner, []).append(index)


_TOGETHER_OR_APART = (
    Choice("together", _("Wordings of one provision"), _("They stand side by side as options.")),
    Choice("apart", _("Provisions of their own"), _("Each is added by itself.")),
)


def named(paper: Paper, slots: Sequence[Slot]) -> dict[Slot, str]:
    """Every slot as people name it: "recognizing d)"."""
    out: dict[Slot, str] = {}
    call = ""
    for slot in slots:
        block = paper.blocks[slot.blocks[0]] if slot.blocks else None
        if block is not None and block.role is Role.CALL:
            call = block.words.new.strip() or block.words.text.strip()
        out[slot] = name_of(paper, slot, call)
    return out


def name_of(paper: Paper, slot: Slot, call: str) -> str:
    """A slot below a call, by its base label or the first label printed."""
    label = slot.item.label if slot.item and slot.item.label else ""
    label = label or next((p for k in slot.blocks if (p := paper.label(k))), "")
    kind = slot.item.provision.kind.value if slot.item else ""
    return f"{call} {label}".strip() or kind


def _alike(paper: Paper, one: int, other: int) -> float:
    """The share of the shorter wording's longer words that the other has too, inflected or not."""
    ours, theirs = (
        {word[:_STEM] for word in tokens(paper.blocks[k].words.text) if len(word) >= _LONG}
        for k in (one, other)
    )
    shorter = min(len(ours), len(theirs))
    return len(ours & theirs) / shorter if shorter else 0.0


def _note(block: Block) -> Note:
    words = block.words.text.strip()
    by = None
    head = words.partition(":")[0]
    for link in (" by the ", " from the ", " by ", " from "):
        if link in head:
            by = head.partition(link)[2].strip() or None
            break
    return Note(f"n{block.first}", words, by=by)


def with_missing(slots: Sequence[Slot], paper: Paper) -> list[Slot]:
    """The slots together with one for every base provision that the paper has not, each after
    the provision it followed."""
    found = {slot.item.index for slot in slots if slot.item is not None}
    after: dict[int, list[Slot]] = {}
    last = -1
    for item in paper.base.items:
        if item.index in found:
            last = item.index
        else:
            after.setdefault(last, []).append(Slot([], item))
    out = list(after.get(-1, ()))
    for slot in slots:
        out.append(slot)
        if slot.item is not None:
            out += after.get(slot.item.index, ())
    return out
