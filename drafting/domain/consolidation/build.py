"""Builds the consolidated draft. The rules are told in the package's docstring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from drafting.domain.consolidation import law
from drafting.domain.consolidation.additions import ORDERED, Anchor, Papers, landed, woven
from drafting.domain.consolidation.asked import (
    ADD,
    NOC,
    SUP,
    Asked,
    Consolidated,
    Left,
    Style,
    Went,
)
from drafting.domain.consolidation.likeness import MOVED, Essence, essence, likeness
from drafting.domain.consolidation.provisions import Change, Keys, Made, added, amended, change_of
from drafting.domain.draft import Draft, Provision
from drafting.domain.lifecycle import is_closed
from drafting.domain.projection import reading, stands_behind, wording
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import Text, sources

WORKED_ON = _("It has been worked on: take the proposals up by hand.")
CLOSED = _("It is closed: reopen it first.")
MOVED_AWAY = _("It was moved: take the proposals up where it stands now.")
GONE = _("What it is about is no longer there.")


def consolidated(
    draft: Draft,
    asked: Sequence[Asked],
    style: Style,
    *,
    skip: Collection[str] = frozenset(),
    last_provision: int = 0,
    last_option: int = 0,
) -> Consolidated:
    """The draft with what is asked built into every provision whose base stands alone.

    `skip`: keys of changes that are not to be built; they only tell where others stand after them.
    `last_provision` and `last_option` are the last keys given; those in the draft count anyway.
    """
    keys = Keys(
        max([last_provision, *(int(p.key[1:]) for p in draft.provisions)]),
        max([last_option, *(int(o.key[1:]) for p in draft.provisions for o in p.options)]),
    )
    wanted = with_moves([item for item in asked if item.key not in skip], draft)
    passed = [item for item in asked if item.key in skip]
    return _Builder(draft, style, keys).build(wanted, passed)


def with_moves(asked: Sequence[Asked], draft: Draft) -> list[Asked]:
    """What is asked, with additions that carry suppressed text elsewhere known as moves."""
    bases = {p.key: p.base for p in draft.provisions if p.base is not None}
    gone: dict[str, list[str]] = defaultdict(list)
    for item in asked:
        if item.operation == SUP and item.target in bases:
            gone[item.code].append(item.target or "")
    taken = {item.moved_from for item in asked if item.moved_from}
    out = []
    for item in asked:
        if item.operation == ADD and not item.moved_from and item.text is not None:
            left = [key for key in gone[item.code] if key not in taken]
            origin = _origin(item.text, left, bases)
            if origin:
                gone[item.code].remove(origin)
                item = replace(item, moved_from=origin)
        out.append(item)
    return out


def _origin(text: Text, keys: Sequence[str], bases: Mapping[str, Text]) -> str | None:
    """The suppressed provision whose words these are, the most alike."""
    alike = [(likeness(bases[key], text, least=MOVED), key) for key in keys]
    share, key = max(alike, default=(0.0, ""), key=lambda pair: pair[0])
    return key if share else None


@dataclass(slots=True)
class _Builder:
    """One consolidation under way."""

    draft: Draft
    style: Style
    keys: Keys
    went: list[Went] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    folded: int = 0
    explained: dict[str, str] = field(default_factory=dict)
    left: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    taken: list[Asked] = field(default_factory=list)
    known: dict[str, Anchor] = field(default_factory=dict)  # additions that are not made
    gone: set[tuple[str, str]] = field(default_factory=set)  # what is let go already, and by whom
    held: dict[str, Provision] = field(default_factory=dict)
    standing: dict[tuple[str | None, Essence], str] = field(default_factory=dict)

    def build(self, asked: Sequence[Asked], passed: Sequence[Asked]) -> Consolidated:
        self.held = {provision.key: provision for provision in self.draft.provisions}
        self.standing = _added_already(self.draft)
        aimed = self._aimed(asked)
        additions = self._additions(asked, passed, aimed)
        places = landed(additions, self.known, self.draft.provisions)
        provisions = tuple(self._all(aimed, places))
        return self._told(replace(self.draft, provisions=provisions))

    def _told(self, draft: Draft) -> Consolidated:
        changed = set(self.changed)
        new = [provision for provision in draft.provisions if provision.key in changed]
        before = {o.key for provision in self.draft.provisions for o in provision.options}
        return Consolidated(
            provisions=draft.provisions,
            changed=tuple(self.changed),
            counts={
                "provisions": len(new),
                "options": sum(o.key not in before for p in new for o in p.options),
                "attributions": sum(map(_attributions, new)),
                "folded": self.folded,
            },
            failures=law.law(self.draft, self.taken, draft, known=self.known),
            left=tuple(Left(key, tuple(codes), why) for (key, why), codes in self.left.items()),
            went=tuple(self.went),
            explanations=self.explained,
        )

    # --- what is asked of what there is ---------------------------------------------------------

    def _aimed(self, asked: Sequence[Asked]) -> dict[str, list[Change]]:
        """The changes by the provision they are made in."""
        out: dict[str, list[Change]] = defaultdict(list)
        moves = {(item.code, item.moved_from) for item in asked if item.moved_from}
        for item in sorted(asked, key=lambda a: a.order):
            target = item.moved_from if item.operation == ADD else item.target
            if item.operation == ADD and target is None:
                continue
            if item.operation == SUP and (item.code, target) in moves:
                continue  # the addition that carries the text says it too
            change = Change(item.code, None, moves=True) if item.moved_from else change_of(item)
            provision = self.held.get(target or "")
            if provision and not _is_open(provision) and _stands(provision, change):
                self.gone |= {(item.code, provision.key)} if change.moves else set()
                continue
            why = self._why_left(provision)
            if why:
                self._leave(target or "", item.code, why)
                continue
            out[target or ""].append(change)
            if item.operation != ADD:
                self.taken.append(item)
        return out

    def _leave(self, key: str, code: str, why: str) -> None:
        codes = self.left[key, why]
        if code not in codes:
            codes.append(code)

    @staticmethod
    def _why_left(provision: Provision | None) -> str:
        """Why nothing is done there; "" where the base stands alone."""
        if provision is None:
            return GONE
        if provision.moved_to is not None:
            return MOVED_AWAY
        if _is_open(provision):
            return ""
        return CLOSED if is_closed(provision.status) else WORKED_ON

    def _additions(
        self,
        asked: Sequence[Asked],
        passed: Sequence[Asked],
        aimed: Mapping[str, Sequence[Change]],
    ) -> list[Asked]:
        """The additions to be made; where the others stand is noted for what follows them."""
        out = []
        over = {item.key for item in passed}
        wanted = [item for item in (*asked, *passed) if item.operation == ADD and item.text]
        for item in sorted(wanted, key=lambda a: a.order):
            stands = self._standing(item)
            if stands or self._stays(item, aimed) or item.key in over:
                self.known[item.key] = stands or item.after
            else:
                out.append(item)
        self.taken += out
        return out

    def _stays(self, item: Asked, aimed: Mapping[str, Sequence[Change]]) -> bool:
        """Whether the text that an addition would carry elsewhere is not let go."""
        origin = item.moved_from
        if origin is None or (item.code, origin) in self.gone:
            return False
        return not _moves(aimed.get(origin, ()), item.code)

    def _standing(self, item: Asked) -> str | None:
        """The provision without a base in which an addition stands already."""
        assert item.text is not None
        return self.standing.get((item.code, essence(item.text, item.notes)))

    # --- writing it -----------------------------------------------------------------------------

    def _all(
        self, aimed: Mapping[str, Sequence[Change]], places: Mapping[Anchor, Papers]
    ) -> Iterator[Provision]:
        yield from self._new(places.get(None, {}))
        for provision in self.draft.provisions:
            changes = aimed.get(provision.key)
            if changes:
                yield self._made(amended(provision, changes, self.style, self.keys))
            else:
                yield provision
            yield from self._new(places.get(provision.key, {}))

    def _new(self, papers: Papers) -> Iterator[Provision]:
        for slot in woven(list(papers.values())):
            provision = self._made(added(slot.asked, self.keys))
            if len(papers) > 1:
                self.explained[provision.key] = ORDERED
            yield provision

    def _made(self, made: Made) -> Provision:
        self.went += made.went
        self.folded += made.folded
        if made.provision != self.held.get(made.provision.key):
            self.changed.append(made.provision.key)
        return made.provision


def is_untouched(provision: Provision) -> bool:
    """Whether the base stands alone, and nobody has asked for anything."""
    if provision.base is None or len(provision.options) != 1 or provision.moved_to is not None:
        return False
    (option,) = provision.options
    return option.stands and option.text == provision.base and not option.attributions


def _is_open(provision: Provision) -> bool:
    """Whether it is to be built."""
    return is_untouched(provision) and not is_closed(provision.status)


def _stands(provision: Provision, change: Change) -> bool:
    """Whether choosing the proposal gives what it asks already."""
    codes = frozenset([change.code])
    found = reading(provision, codes)
    if change.operation == NOC:
        return any(stands_behind(option, codes) for option in provision.options)
    if change.text is None or found is None:
        behind = any(stands_behind(option, codes) for option in provision.options)
        return change.text is None and found is None and behind
    asked = essence(wording(change.text, codes), change.notes)
    return essence(found.text, provision.notes) == asked


def _moves(changes: Sequence[Change], code: str) -> bool:
    return any(change.moves and change.code == code for change in changes)


def _attributions(provision: Provision) -> int:
    """How often a proposal is named behind a wording of it, whole or within."""
    whole = sum(len(option.attributions) for option in provision.options)
    return whole + sum(len(sources(option.text)) for option in provision.options)


def _added_already(draft: Draft) -> dict[tuple[str | None, Essence], str]:
    return {
        (attribution.code, essence(option.text, provision.notes)): provision.key
        for provision in draft.provisions
        if provision.base is None
        for option in provision.options
        for attribution in option.attributions
    }
