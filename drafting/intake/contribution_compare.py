"""The text of one proposal beside the base: what each of its lines does to which provision.

Rules:

- What the paper shows when its changes are rejected is aligned with the base; what it shows when
  they are accepted is the wording proposed. The markup says how the two belong together.
- What an excerpt does not show is untouched. What it leaves out between two neighbouring lines,
  without "...", is asked about.
- A line that is moved is one change; a paragraph struck here and written again elsewhere is asked
  about, and one struck and written again in its place too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from drafting.domain.alignment import align
from drafting.domain.draft import Provision, ProvisionKind
from drafting.domain.folding import fold
from drafting.domain.text import plain
from drafting.intake.contribution_notes import Footnotes
from drafting.intake.instrument import Part, is_gap, parts
from drafting.intake.parsed import ChangeKind
from drafting.intake.shared_steps import Line, likeness

KNOWN = 0.6  # a line that quotes a provision is at least so much like it
REPLACED = 0.5  # a paragraph struck and written anew in its place is the same provision
MOVED = 0.85


class Fate(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Event:
    """What one line does, in file order. `target` and `moved_from` are indices of the base.

    `merged`: base provisions whose words went into this one. `tracked`: the paper marks it.
    """

    fate: Fate
    at: int  # the file's paragraph
    old: Part | None = None
    new: Part | None = None
    target: int | None = None
    moved_from: int | None = None
    merged: tuple[int, ...] = ()
    tracked: bool = True

    @property
    def starts_section(self) -> bool:
        part = self.new or self.old
        return part is not None and part.kind is ProvisionKind.CALL

    @property
    def sources(self) -> tuple[int, ...]:
        both = (*(self.old.sources if self.old else ()), *(self.new.sources if self.new else ()))
        return tuple(dict.fromkeys(both)) or (self.at,)


@dataclass(frozen=True, slots=True)
class Twin:
    """A struck and an added line that are alike: perhaps one provision, `moved` or reworded."""

    gone: Event
    added: Event
    score: float
    moved: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`missing`: base provisions left out without a mark, with the paragraph after which."""

    events: tuple[Event, ...]
    twins: tuple[Twin, ...] = ()
    missing: tuple[tuple[int, int], ...] = ()
    unknown: tuple[Event, ...] = field(default=())  # struck words that the base does not have


def compare(
    old: Sequence[Line], new: Sequence[Line], base: Sequence[Provision], footnotes: Footnotes
) -> Comparison:
    """The lines of one proposal in both views, beside the base."""
    olds = [part for part in parts(old) if part.kind]
    news = [part for part in parts(new) if part.kind]
    partners = _partners(olds, news)
    targets = _targets(olds, news, partners, base)
    events = [
        *_new_events(olds, news, targets, partners, footnotes),
        *_gone(olds, targets, partners),
        *(Event(Fate.GAP, line.sources[0]) for line in new if is_gap(line)),
    ]
    events.sort(key=lambda event: (event.at, event.fate is not Fate.GONE))
    known = tuple(e for e in events if not (e.fate is Fate.GONE and e.target is None))
    return Comparison(
        events=known,
        twins=tuple(_twins(known, base)),
        missing=tuple(_missing(olds, targets, [e.at for e in events if e.fate is Fate.GAP], base)),
        unknown=tuple(e for e in events if e.fate is Fate.GONE and e.target is None),
    )


def base_words(provision: Provision) -> str:
    return plain(provision.base) if provision.base else ""


_MARGIN = (ProvisionKind.CALL, ProvisionKind.NUMBER, ProvisionKind.TITLE, ProvisionKind.FORMULA)


def _family(kind: ProvisionKind | None) -> ProvisionKind | None:
    """Kinds that a paper and a base may see differently are one."""
    return kind if kind in _MARGIN else ProvisionKind.ITEM


def _targets(
    olds: Sequence[Part],
    news: Sequence[Part],
    partners: Sequence[Sequence[int]],
    base: Sequence[Provision],
) -> list[int | None]:
    """For each line of the old view the base provision it stands for.

    A line that strikes words the base never had is known by what it becomes.
    """
    words = [part.line.text for part in olds]
    found = _aligned(words, olds, base)
    becomes = {old: part for part, group in zip(news, partners, strict=True) for old in group[:1]}
    later = [
        becomes[i].line.text if target is None and i in becomes else words[i]
        for i, target in enumerate(found)
    ]
    return found if later == words else _aligned(later, olds, base)


def _aligned(
    words: Sequence[str], olds: Sequence[Part], base: Sequence[Provision]
) -> list[int | None]:
    links = align(
        words,
        [base_words(provision) for provision in base],
        scorer=likeness,
        paper_kinds=[_family(part.kind) for part in olds],
        base_kinds=[_family(provision.kind) for provision in base],
        threshold=KNOWN,
    )
    out: list[int | None] = [None] * len(olds)
    for link in links:
        if link.paper is not None and link.base is not None:
            out[link.paper] = link.base
    return out


# --- Old and new lines of the paper -----------------------------------------------------------


def _partners(olds: Sequence[Part], news: Sequence[Part]) -> list[list[int]]:
    """For each new line the old lines it was made of, by the paragraphs and moves they share."""
    holders: dict[int, list[int]] = {}
    departures: dict[str, int] = {}
    for index, part in enumerate(olds):
        for source in part.sources:
            holders.setdefault(source, []).append(index)
        for move in _moves(part, ChangeKind.MOVE_FROM):
            departures[move] = index
    out = []
    for part in news:
        found = [old for source in part.sources for old in holders.get(source, ())]
        arrived = _moves(part, ChangeKind.MOVE_TO)
        found = found or [departures[move] for move in arrived if move in departures]
        out.append(sorted(dict.fromkeys(found), key=lambda old: -_shared(olds[old], part)))
    return out


def _moves(part: Part, kind: ChangeKind) -> list[str]:
    return [
        change.move
        for line in (part.line, *part.more)
        for piece in line.pieces
        for change in piece.run.changes
        if change.kind is kind and change.move
    ]


def _shared(old: Part, new: Part) -> int:
    """Characters of the new line that stood in the old one's paragraphs and were kept."""
    sources = set(old.sources)
    return sum(
        len(piece.text)
        for piece in new.line.pieces
        if piece.source in sources and piece.run.is_old and piece.run.is_new
    )


def _new_events(
    olds: Sequence[Part],
    news: Sequence[Part],
    targets: Sequence[int | None],
    partners: Sequence[Sequence[int]],
    footnotes: Footnotes,
) -> Iterator[Event]:
    taken: set[int] = set()
    for part, found in zip(news, partners, strict=True):
        free = [old for old in found if old not in taken]
        taken.update(free)
        at = part.sources[0]
        if not free:
            yield Event(Fate.ADDED, at, new=part, tracked=is_tracked_part(part))
            continue
        old = olds[free[0]]
        target = targets[free[0]]
        merged = tuple(t for t in (targets[other] for other in free[1:]) if t is not None)
        if target is None:
            yield Event(Fate.ADDED, at, old, part, tracked=is_tracked_part(part))
        elif not set(old.sources) & set(part.sources):
            yield Event(Fate.ADDED, at, old, part, moved_from=target)
        else:
            as_before = not merged and not footnotes.changed(old, part)
            same = old.line.printed == part.line.printed and as_before
            fate = Fate.SAME if same else Fate.CHANGED
            yield Event(fate, at, old, part, target, merged=merged)


def is_tracked_part(part: Part) -> bool:
    """Whether any of its words is an insertion."""
    return any(piece.run.changes for line in (part.line, *part.more) for piece in line.pieces)


def _gone(
    olds: Sequence[Part], targets: Sequence[int | None], partners: Sequence[Sequence[int]]
) -> Iterator[Event]:
    """Old lines of which nothing is left."""
    kept = {old for found in partners for old in found}
    for index, part in enumerate(olds):
        if index not in kept:
            yield Event(Fate.GONE, part.sources[0], old=part, target=targets[index])


# --- What is asked about ----------------------------------------------------------------------


def _twins(events: Sequence[Event], base: Sequence[Provision]) -> Iterator[Twin]:
    """Struck lines and the added lines they may have become, the most alike first."""
    gone = [e for e in events if e.fate is Fate.GONE]
    added = [e for e in events if e.fate is Fate.ADDED and e.moved_from is None]
    scored = [
        Twin(g, a, _alike(g, a, base), not _beside(g, a, events)) for g in gone for a in added
    ]
    used: set[int] = set()
    for twin in sorted(scored, key=lambda twin: -twin.score):
        enough = twin.score >= (MOVED if twin.moved else REPLACED)
        if enough and not {id(twin.gone), id(twin.added)} & used:
            used |= {id(twin.gone), id(twin.added)}
            yield twin


def _alike(gone: Event, added: Event, base: Sequence[Provision]) -> float:
    if gone.target is None or added.new is None:
        return 0.0
    words = base_words(base[gone.target])
    ours = fold(added.new.line.text, case=False, terminal=False)
    return likeness(ours, fold(words, case=False, terminal=False))


def _beside(gone: Event, added: Event, events: Sequence[Event]) -> bool:
    """Whether nothing stands between the two but other struck and added lines."""
    low, high = sorted((gone.at, added.at))
    between = [e for e in events if low < e.at < high]
    return all(e.fate in (Fate.GONE, Fate.ADDED) for e in between)


def _missing(
    olds: Sequence[Part],
    targets: Sequence[int | None],
    gaps: Sequence[int],
    base: Sequence[Provision],
) -> Iterator[tuple[int, int]]:
    """Base provisions passed over between neighbouring lines, and the paragraph before them.

    A paper that shows the number and most of the text shows all of it, so that what lacks at its
    end is missing too.
    """
    placed = [(t, part.sources[-1]) for t, part in zip(targets, olds, strict=True) if t is not None]
    shown = {t for t, _ in placed}
    for (before, at), (after, then) in pairwise(placed):
        if not any(at < gap < then for gap in gaps):
            yield from ((j, at) for j in range(before + 1, after) if j not in shown)
    whole = placed and placed[0][0] == 0 and 2 * len(placed) > len(base) and not gaps
    if whole:
        last, at = placed[-1]
        yield from ((j, at) for j in range(last + 1, len(base)) if j not in shown)
