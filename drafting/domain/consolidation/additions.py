"""Additions: where each stands, and in which order those stand that compete for one place.

Rules:

- An addition stands right after what it follows, and after what was added there before.
- An addition that names itself or a later one as what it follows stands where that one would.
- Each paper's own order holds. What two papers add at one place is laid side by side: texts on one
  level that say nearly the same (`NEAR`) are wordings of one provision.
- What stands between is ordered by the labels its authors gave it; where the labels say nothing,
  by the order of the papers. What stands below an item stays with it.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drafting.domain.consolidation.asked import Asked
from drafting.domain.consolidation.likeness import NEAR, essence, likeness
from drafting.domain.draft import Provision
from drafting.domain.labels import Label, readings
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import Text

ORDERED = _(
    "Several papers add text here. Each paper's own order is kept; what says nearly the same "
    "stands together; the rest follows the labels its authors gave it, then the order of the "
    "papers."
)


@dataclass(slots=True)
class Slot:
    """One provision to be: the additions that are wordings of it."""

    asked: list[Asked]
    words: list[Text] = field(default_factory=list)

    @property
    def text(self) -> Text:
        return self.words[0]

    def take(self, other: Slot) -> None:
        self.asked += other.asked
        known = {essence(text) for text in self.words}
        self.words += [text for text in other.words if essence(text) not in known]


Anchor = str | None  # the key of a provision; None is the very beginning
Papers = dict[str, list[Asked]]


def landed(
    additions: Sequence[Asked], known: Mapping[str, Anchor], provisions: Sequence[Provision]
) -> dict[Anchor, Papers]:
    """The additions by the provision they will stand after, each paper's in its own order.

    `known`: where those changes stand, or would, that are not among the additions.
    """
    places: dict[Anchor, int] = {p.key: at for at, p in enumerate(provisions)}
    out: dict[Anchor, Papers] = defaultdict(lambda: defaultdict(list))
    found = _rooted(additions, known)
    for anchor in sorted(found, key=lambda key: places.get(key, -1)):
        at = _landing(provisions, places.get(anchor, -1))
        for paper, roots in found[anchor].items():
            out[provisions[at].key if at >= 0 else None][paper] += roots
    return out


def _landing(provisions: Sequence[Provision], at: int) -> int:
    """The last of what stands at this place and was added after it."""
    while at + 1 < len(provisions) and provisions[at + 1].base is None:
        at += 1
    return at


def _rooted(additions: Sequence[Asked], known: Mapping[str, Anchor]) -> dict[Anchor, Papers]:
    keys = {asked.key for asked in additions}
    below: dict[str, list[Asked]] = defaultdict(list)
    roots: dict[Anchor, Papers] = defaultdict(lambda: defaultdict(list))
    later = {asked.key: asked.after for asked in additions}
    unmade = ChainMap(later, dict(known))
    for asked in sorted(additions, key=lambda a: a.order):
        after = _resolved(asked.after, unmade)
        del later[asked.key]
        if after in keys:
            below[after or ""].append(asked)
        else:
            roots[after][asked.paper or asked.code].append(asked)
    return {
        anchor: {name: list(_unrolled(tree, below)) for name, tree in papers.items()}
        for anchor, papers in roots.items()
    }


def _resolved(after: Anchor, known: Mapping[str, Anchor]) -> Anchor:
    """What an addition follows, where those before it are not made."""
    seen: set[str] = set()
    while after in known and after not in seen:
        seen.add(after or "")
        after = known[after or ""]
    return None if after in known else after


def _unrolled(roots: Sequence[Asked], below: Mapping[str, list[Asked]]) -> Iterator[Asked]:
    """Each addition, then what follows it."""
    waiting = list(reversed(roots))
    while waiting:
        asked = waiting.pop()
        yield asked
        waiting += reversed(below.get(asked.key, ()))


def woven(papers: Sequence[Sequence[Asked]]) -> list[Slot]:
    """What several papers add at one place, as one sequence."""
    out: list[Slot] = []
    for paper in papers:
        slots = [Slot([asked], [asked.text]) for asked in paper if asked.text is not None]
        out = _merged(out, slots) if out else slots
    return out


def _merged(ours: list[Slot], theirs: list[Slot]) -> list[Slot]:
    out: list[Slot] = []
    at = their_at = 0
    for i, j in [*_pairs(ours, theirs), (len(ours), len(theirs))]:
        out += _between(ours[at:i], theirs[their_at:j])
        if i < len(ours):
            ours[i].take(theirs[j])
            out.append(ours[i])
        at, their_at = i + 1, j + 1
    return out


# --- what says nearly the same ------------------------------------------------------------------


def _pairs(ours: Sequence[Slot], theirs: Sequence[Slot]) -> list[tuple[int, int]]:
    """Which of the two say nearly the same, ascending on both sides: the most alike in all."""
    alike = {
        (i, j): share
        for j, their in enumerate(theirs)
        for i, our in enumerate(ours)
        if (share := _alike(our, their))
    }
    best: dict[tuple[int, int], float] = defaultdict(float)
    if not alike:
        return []
    for i in range(len(ours)):
        for j in range(len(theirs)):
            paired = best[i, j] + alike[i, j] if (i, j) in alike else 0.0
            best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], paired)
    return _traced(best, alike, len(ours), len(theirs))


def _traced(
    best: Mapping[tuple[int, int], float], alike: Mapping[tuple[int, int], float], i: int, j: int
) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            out.append((i, j))
    return out[::-1]


def _alike(our: Slot, their: Slot) -> float:
    """How alike the nearest wordings are; 0 for those on different levels or of one proposal."""
    codes = {asked.code for asked in our.asked}
    if our.text.level != their.text.level or any(a.code in codes for a in their.asked):
        return 0.0
    return max(likeness(text, their.text, least=NEAR) for text in our.words)


# --- what stands between ------------------------------------------------------------------------


def _between(ours: Sequence[Slot], theirs: Sequence[Slot]) -> Iterator[Slot]:
    """Both sequences in one, each in its own order, block by block."""
    first, second = _blocks(ours), _blocks(theirs)
    while first and second:
        earlier = second if _before(second[0][0], first[0][0]) else first
        yield from earlier.pop(0)
    for block in (*first, *second):
        yield from block


def _blocks(slots: Sequence[Slot]) -> list[list[Slot]]:
    """Each item with what stands below it."""
    out: list[list[Slot]] = []
    for slot in slots:
        if out and slot.text.level > out[-1][0].text.level:
            out[-1].append(slot)
        else:
            out.append([slot])
    return out


def _before(one: Slot, other: Slot) -> bool:
    """Whether the label of one says that it stands before the other."""
    if one.text.level != other.text.level:
        return one.text.level > other.text.level
    for label in readings(one.text.label or ""):
        for their in readings(other.text.label or ""):
            if label.kind is their.kind:
                return _rank(label) < _rank(their)
    return False


def _rank(label: Label) -> tuple[int, str]:
    return label.value, label.suffix or ""
