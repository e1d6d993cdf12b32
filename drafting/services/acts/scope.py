"""The sections that an act touches: their provisions in order, and the labels that follow from it.

Rules:

- Only provisions of the touched sections are read: what an act costs does not grow with the draft.
- The act says what the list will be; the labels are computed (`domain.renumbering`), then written
  as steps, so that an open editor takes them like anybody's typing.
- All options of a provision share its label where they did before. A text that is closed is
  renumbered too: its number is its place, not its wording. The base keeps its own label.
- What has no words here (moved away, to be deleted, "no text") is not counted and keeps its label.
- What is only proposed stands beside the list (`Slot.aside`): nothing moves for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from drafting.domain import text as texts
from drafting.domain.calls import Phase, parse_call
from drafting.domain.draft import OptionKind, ProvisionKind
from drafting.domain.renumbering import Slot, relabelled
from drafting.domain.text import Text
from drafting.models import Option, Provision
from drafting.services.acts.owning import is_proposed
from drafting.services.acts.work import Work, is_left
from drafting.steps import Json, set_label

NEW = 0  # the number of a provision that is not made yet

SlotKey = tuple[int, int]  # a provision's number, and which of its paragraphs


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision as the list sees it."""

    number: int
    slots: tuple[Slot, ...]


class Scope:
    """The provisions of some sections, as they are and as they will be."""

    def __init__(self, work: Work, rows: Sequence[Provision]) -> None:
        self._work = work
        self.rows = list(rows)
        self._before = [entry_of(work, row) for row in rows]
        self._after = list(self._before)

    @classmethod
    def around(cls, work: Work, *ranks: str) -> Scope:
        """The sections in which these ranks are; "" is before everything."""
        return cls(work, work.take_sections(ranks))

    def put(self, entry: Entry, after: int | None) -> None:
        """Sets an entry after the one with this number; None or one that is not here: first."""
        numbers = [held.number for held in self._after]
        place = numbers.index(after) + 1 if after in numbers else 0
        self._after.insert(place, entry)

    def drop(self, number: int) -> Entry:
        found = next(entry for entry in self._after if entry.number == number)
        self._after.remove(found)
        return found

    def change(self, entry: Entry) -> None:
        """Sets an entry in its own place. Where it was not counted before, it comes to the list."""
        held = next(held for held in self._after if held.number == entry.number)
        comes = not held.slots or (_stood_bare(held) and not _stood_bare(entry))
        self._after[self._after.index(held)] = fresh(entry) if comes else entry

    def labels(self) -> dict[SlotKey, str | None]:
        """The labels that are to change; that of the new provision is at `(NEW, 0)`."""
        if self._before == self._after:
            return {}
        changed = relabelled(_slots(self._before), _slots(self._after))
        return {key: label for key, label in changed.items() if isinstance(key, tuple)}

    def relabel(self, heirs: Mapping[int, Provision] = MappingProxyType({})) -> None:
        """Writes the labels into the options there are; `heirs` have those of a number now."""
        labels = self.labels()
        here = {row.number: row for row in self.rows} | dict(heirs)
        by_number: dict[int, dict[int, str | None]] = {}
        for (number, place), label in labels.items():
            by_number.setdefault(number, {})[place] = label
        self._work.write_many(
            change
            for number, wanted in by_number.items()
            if number in here
            for change in _steps(self._work, here[number], wanted)
        )


def entry_of(work: Work, row: Provision) -> Entry:
    """A provision as it is."""
    lead = work.lead(row)
    if is_left(row):
        return Entry(row.number, ())
    if lead.kind != OptionKind.TEXT:
        return _call(row) if row.kind == ProvisionKind.CALL else Entry(row.number, ())
    alone = texts.from_json(row.base).label if row.base else None
    text, aside = texts.from_json(lead.content), is_proposed(work, row)
    return entry(row.number, row.kind, text, alone=alone, aside=aside)


def _call(row: Provision) -> Entry:
    """A call that is to be deleted still opens its section: what stands under it is not moved."""
    words = texts.from_json(row.base) if row.base else texts.text_of("")
    return entry(row.number, row.kind, words)


def entry(
    number: int, kind: str, text: Text, *, alone: str | None = None, aside: bool = False
) -> Entry:
    """A provision with this wording."""
    if kind == ProvisionKind.CALL:
        return Entry(number, (_opening(number, text),))
    if kind != ProvisionKind.ITEM:
        return Entry(number, ())
    slots = (
        Slot(
            (number, place),
            p.level,
            p.label,
            _words(p),
            alone=None if place else alone,
            aside=aside,
        )
        for place, p in enumerate(text.paragraphs)
        if not place or p.label
    )
    return Entry(number, tuple(slots))


def _stood_bare(found: Entry) -> bool:
    """Whether it stands beside the list without a label."""
    return bool(found.slots) and found.slots[0].aside and found.slots[0].label is None


def fresh(found: Entry) -> Entry:
    """The same, coming to another place: its first label is the place's."""
    first, *rest = found.slots or (None,)
    return replace(found, slots=(replace(first, fresh=True), *rest)) if first else found


def _opening(number: int, text: Text) -> Slot:
    call = parse_call(texts.plain(texts.accepted(text)).replace("\n", " "))
    return Slot((number, 0), 0, None, call=call.phase if call else Phase.OPERATIVE)


def _words(paragraph: texts.Paragraph) -> str:
    return texts.plain(Text((paragraph,)))


def _slots(entries: Iterable[Entry]) -> list[Slot]:
    return [slot for entry in entries for slot in entry.slots]


def _steps(
    work: Work, row: Provision, wanted: Mapping[int, str | None]
) -> Iterator[tuple[Option, list[Json]]]:
    """The steps by which a provision's options get their labels, by paragraph."""
    lead = work.lead(row)
    held = texts.from_json(lead.content).label
    for option in work.options(row):
        if option is lead:
            yield (
                option,
                [step for at in wanted for step in set_label(lead.content, at, wanted[at])],
            )
        elif 0 in wanted and texts.from_json(option.content).label == held:
            yield option, set_label(option.content, 0, wanted[0])
