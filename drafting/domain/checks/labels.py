"""Labels that are missing, stand twice, leave a gap, or are out of order.

Rules:

- A list is what stands at one level under one call, without anything above it in between. A single
  item needs no label.
- The provisions that a list counts are those that are there, open or not: one that may still go
  has a number meanwhile, and the others move when it goes.
- `2bis` belongs to `2` and counts for nothing. A list that counts in two manners is left alone.
- There is one finding for a list, and its mend numbers the list from its start. All wordings of a
  provision have its label. What refers to the list goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafting.domain.checks import live
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.checks.references import Map
from drafting.domain.draft import Draft, OptionKind, Provision, ProvisionKind
from drafting.domain.edits import Change
from drafting.domain.labels import SUFFIXES, Label, LabelKind, moved_by
from drafting.domain.numbering import Line, place
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import Paragraph, Text, accepted, plain


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled paragraph of a provision's leading wording. `label` is what it was read as."""

    provision: Provision
    number: int
    level: int
    printed: str | None
    label: Label | None

    @property
    def key(self) -> tuple[str, int]:
        return self.provision.key, self.number

    @property
    def at(self) -> Place:
        return Place(self.provision.key, live.lead(self.provision).key)


def check(draft: Draft) -> Iterator[Finding]:
    """Each list of the draft in which a label is odd."""
    known: Map | None = None
    for items in lists(draft):
        troubles = list(_troubles(items))
        if not troubles:
            continue
        known = known or Map(draft)
        yield _finding(items, troubles, known)


# --- lists ------------------------------------------------------------------------------------


def lists(draft: Draft) -> Iterator[list[Item]]:
    """The lists of a draft, each in reading order."""
    section: list[tuple[Provision, int, Paragraph]] = []
    for provision in live.provisions(draft):
        if provision.kind is ProvisionKind.CALL:
            yield from _in_section(section)
            section = []
        elif provision.kind is ProvisionKind.ITEM:
            section += _paragraphs(provision)
    yield from _in_section(section)


def _paragraphs(provision: Provision) -> Iterator[tuple[Provision, int, Paragraph]]:
    option = live.lead(provision)
    if option.kind is not OptionKind.TEXT:
        return
    for number, paragraph in enumerate(option.text.paragraphs):
        if not number or paragraph.label:
            yield provision, number, paragraph


def _in_section(section: Sequence[tuple[Provision, int, Paragraph]]) -> Iterator[list[Item]]:
    lines = [Line(p.label, plain(accepted(Text((p,))))) for _, _, p in section]
    open_lists: dict[int, list[Item]] = {}
    for (provision, number, paragraph), read in zip(section, place(lines), strict=True):
        level = paragraph.level or read.level
        for deeper in sorted(deep for deep in open_lists if deep > level):
            yield open_lists.pop(deeper)
        item = Item(provision, number, level, paragraph.label, read.label)
        open_lists.setdefault(level, []).append(item)
    yield from (open_lists[level] for level in sorted(open_lists))


# --- what is odd ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trouble:
    code: str
    at: Place
    sentence: str


def _troubles(items: Sequence[Item]) -> Iterator[Trouble]:
    if len(items) < 2 or all(item.printed is None for item in items):
        return
    kinds = {item.label.kind for item in items if item.label}
    if len(kinds) > 1 or LabelKind.NONE in kinds:
        return
    yield from _missing(items)
    yield from _order(items)


def _missing(items: Sequence[Item]) -> Iterator[Trouble]:
    for item in items:
        if item.printed is None:
            yield Trouble("missing", item.at, _("an item has no label"))
            continue
        for option in item.provision.options:
            bare = option.kind is OptionKind.TEXT and option.text.label is None
            if bare and item.number == 0:
                at = Place(item.provision.key, option.key)
                sentence = filled(_("a wording of {label} has no label"), label=item.printed)
                yield Trouble("missing", at, sentence)


def _order(items: Sequence[Item]) -> Iterator[Trouble]:
    """Doubles, gaps, and what is not where its number belongs. An item without a label fills a
    gap before the next."""
    labelled = [item for item in items if item.label]
    values = [item.label.value for item in labelled if item.label]
    rising, place = _rising(values), {id(item): at for at, item in enumerate(labelled)}
    held, seen = [item.label for item in labelled], set[Label]()
    last, bare = 0, 0
    for item in items:
        if item.label is None or item.printed is None:
            bare += 1
            continue
        value = item.label.value
        if item.label in seen:
            if held.count(item.label) > 1:
                yield _double(item, held.count(item.label))
                held = [label for label in held if label != item.label]
        elif place[id(item)] not in rising:
            yield Trouble(
                "order", item.at, filled(_("{label} is out of order"), label=item.printed)
            )
        elif value > last + 1 + bare and not set(range(last + 1, value)) <= set(values):
            yield _gap(item, last + 1 + bare)
        seen.add(item.label)
        if place[id(item)] in rising:
            last, bare = value, 0


def _double(item: Item, times: int) -> Trouble:
    if times == 2:
        return Trouble("twice", item.at, filled(_("{label} stands twice"), label=item.printed))
    sentence = filled(_("{label} stands {times} times"), label=item.printed, times=times)
    return Trouble("twice", item.at, sentence)


def _rising(values: Sequence[int]) -> set[int]:
    """The places of the longest run of values that do not fall; among the longest, the last."""
    best: list[tuple[int, int | None]] = []
    for at, value in enumerate(values):
        before = [(best[i][0], i) for i in range(at) if values[i] <= value]
        length, follows = max(before, default=(0, None), key=lambda pair: pair[0])
        best.append((length + 1, follows))
    link = max(range(len(best)), default=None, key=lambda i: (best[i][0], i))
    out = set[int]()
    while link is not None:
        out.add(link)
        link = best[link][1]
    return out


def _gap(item: Item, first: int) -> Trouble:
    """`first`: the number that is missed first."""
    assert item.label is not None
    assert item.printed is not None
    start = moved_by(item.printed, item.label, first - item.label.value)
    end = moved_by(item.printed, item.label, -1)
    if start == end:
        return Trouble("gap", item.at, filled(_("{label} is missing"), label=start))
    sentence = filled(_("{first} to {last} are missing"), first=start, last=end)
    return Trouble("gap", item.at, sentence)


# --- the finding and its mend -----------------------------------------------------------------

MOST_TOLD = 12  # of what is wrong with one list: nobody reads more, and the mend makes all of it


def _finding(items: Sequence[Item], troubles: Sequence[Trouble], known: Map) -> Finding:
    first, *others = troubles
    sentence, *more = dict.fromkeys(trouble.sentence for trouble in troubles)
    for other in more[:MOST_TOLD]:
        sentence = filled(_("{one}; {other}"), one=sentence, other=other)
    if more[MOST_TOLD:]:
        count = len(more[MOST_TOLD:])
        sentence = filled(_("{what}; and {count} more"), what=sentence, count=count)
    section = known.now.section_of(first.at.provision)
    call = section.name if section else ""
    sentence = filled(_("Under {call}: {what}."), call=call, what=sentence)
    words = next((item.printed or "" for item in items if item.at == first.at), "")
    also = tuple(dict.fromkeys(t.at for t in others))
    return Finding(
        Kind.LABEL, first.code, first.at, words, sentence, _mend(items, known), True, also
    )


def _mend(items: Sequence[Item], known: Map) -> tuple[Change, ...]:
    wanted = _counted(items)
    changes = [change for item in items for change in _relabelled(item, wanted[item.key])]
    return tuple(dict.fromkeys((*changes, *known.following(wanted))))


def _counted(items: Sequence[Item]) -> dict[tuple[str, int], str]:
    """The labels of a list that is counted from its start, in the dress of its first plain one."""
    out: dict[tuple[str, int], str] = {}
    value, beside = 0, 0
    for item in items:
        suffix = item.label.suffix if item.label and value else None
        value, beside = (value, beside + 1) if suffix else (value + 1, 0)
        if suffix in SUFFIXES:
            suffix = SUFFIXES[min(beside, len(SUFFIXES)) - 1]
        out[item.key] = _dressed(items, value) + (suffix or "")
    return out


def _dressed(items: Sequence[Item], value: int) -> str:
    plain_ones = (item for item in items if item.label and not item.label.suffix)
    model = next(plain_ones, None)
    if model and model.label and model.printed:
        return moved_by(model.printed, model.label, value - model.label.value)
    kind = next(item.label.kind for item in items if item.label)
    return str(Label(kind, value))


def _relabelled(item: Item, label: str) -> Iterator[Change]:
    """The label for every wording of the provision that shared it, or had none."""
    lead = live.lead(item.provision)
    for option in item.provision.options:
        if option.kind is not OptionKind.TEXT or item.number >= len(option.text.paragraphs):
            continue
        held = option.text.paragraphs[item.number].label
        shares = option is lead or (item.number == 0 and held in (None, item.printed))
        if shares and held != label:
            yield Change(option.key, item.number, None, held or "", label)
