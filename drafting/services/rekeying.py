"""Gives the provisions and options of a reading the keys they already have in a draft.

A reading is made beside the base alone, so the keys of what is new in it are only its own. Here a
new provision that the draft has too (the same wording under the same call, or nearly: a paper that
corrects a word of it) gets the draft's key; the others get keys never given before. What is agreed
and reads the same stays agreed; what was agreed and reads otherwise is reopened, with the paper as
the reason.
A paper agrees nothing: a status is the chair's, and what a file says of one is not taken over.
But what a paper strikes that was never adopted has lapsed here too: open, its words would be
printed again as if somebody asked for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafting.domain import text as texts
from drafting.domain.draft import Draft, Option, Provision, ProvisionKind, Status
from drafting.intake.shared_steps import likeness
from drafting.services.telling import told

NEAR = 0.75  # from here on two wordings are one, corrected; as for moves in a paper
SETTLED = (Status.AGREED_AD_REF, Status.AGREED, Status.AGREED_HIGHER)


def rekeyed(
    provisions: tuple[Provision, ...],
    now: Draft,
    *,
    last_provision: int,
    last_option: int,
    reason: str,
) -> tuple[Provision, ...]:
    """`provisions` with keys and statuses that fit the draft `now`."""
    held = {provision.key: provision for provision in now.provisions}
    keys = _provision_keys(provisions, now, last_provision)
    fresh = (f"o{n}" for n in range(last_option + 1, last_option + 10**6))
    fitted = tuple(
        _settle(
            replace(
                provision,
                key=keys[provision.key],
                moved_from=keys.get(provision.moved_from or ""),
                moved_to=keys.get(provision.moved_to or ""),
                options=_options(provision, held.get(keys[provision.key]), fresh),
            ),
            held.get(keys[provision.key]),
            reason,
        )
        for provision in provisions
    )
    return _with_agreed(fitted, now, reason)


def _with_agreed(fitted: tuple[Provision, ...], now: Draft, reason: str) -> tuple[Provision, ...]:
    """What was agreed and is not in the paper stays, reopened, where it stood."""
    out = list(fitted)
    before = None
    for provision in now.provisions:
        if all(p.key != provision.key for p in out):
            if provision.status not in SETTLED:
                continue
            keys = [p.key for p in out]
            kept = replace(provision, status=Status.REOPENED, status_reason=reason)
            out.insert(keys.index(before) + 1 if before in keys else 0, kept)
        before = provision.key
    return tuple(out)


def _provision_keys(
    provisions: tuple[Provision, ...], now: Draft, last_provision: int
) -> dict[str, str]:
    kept = [int(provision.key[1:]) for provision in provisions if provision.base is not None]
    last = max([last_provision, *kept])
    fresh = (f"p{n}" for n in range(last + 1, last + 10**6))
    known = _known(list(_added(provisions)), list(_added(now.provisions)))
    return {
        p.key: p.key if p.base is not None else known.get(p.key) or next(fresh) for p in provisions
    }


Placed = tuple[str, Provision]  # the call above, the provision


def _added(provisions: tuple[Provision, ...]) -> Iterator[Placed]:
    """The provisions that are not of the base, with the words of their call."""
    call = ""
    for provision in provisions:
        if provision.kind is ProvisionKind.CALL:
            call = texts.plain(provision.options[0].text)
        if provision.base is None:
            yield call, provision


def _known(new: list[Placed], old: list[Placed]) -> dict[str, str]:
    """The draft's key of each new provision that it has: the same words first, then the nearest."""
    pairs = _of_same_words(new, old)
    taken = set(pairs.values())
    asked = [_Wordings.of(one) for one in new if one[1].key not in pairs]
    left = [_Wordings.of(one) for one in old if one[1].key not in taken]
    near = [
        (-score, place, there)
        for place, one in enumerate(asked)
        for there, other in enumerate(left)
        if (score := one.alike(other)) >= NEAR
    ]
    for _score, place, there in sorted(near):
        mine, theirs = asked[place].key, left[there].key
        if mine not in pairs and theirs not in taken:
            pairs[mine] = theirs
            taken.add(theirs)
    return pairs


def _of_same_words(new: list[Placed], old: list[Placed]) -> dict[str, str]:
    """Those under the same call whose first wording is the same; where it says nothing, all are."""
    known: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for call, provision in old:
        known[(call, *_said(provision))].append(provision.key)
    pairs: dict[str, str] = {}
    for call, provision in new:
        if same := known[(call, *_said(provision))]:
            pairs[provision.key] = same.pop(0)
    return pairs


def _said(provision: Provision) -> tuple[object, ...]:
    first, *others = (texts.plain(option.text) for option in provision.options)
    return (provision.kind, first) if first else (provision.kind, first, *others)


@dataclass(frozen=True, slots=True)
class _Wordings:
    """What a provision says, for being set beside others."""

    key: str
    place: tuple[str, str]  # its kind and its call; a call has none above it
    words: tuple[str, ...]

    @classmethod
    def of(cls, placed: Placed) -> _Wordings:
        call, provision = placed
        above = "" if provision.kind is ProvisionKind.CALL else call
        words = tuple(texts.plain(option.text) for option in provision.options)
        return cls(provision.key, (provision.kind.value, above), words)

    def alike(self, other: _Wordings) -> float:
        """How alike the wordings are that are most alike; 0 in another place."""
        if self.place != other.place:
            return 0.0
        return max(_alike(mine, theirs) for mine in self.words for theirs in other.words)


def _alike(one: str, other: str) -> float:
    """How alike two wordings are; those that say nothing are not."""
    return likeness(one, other) if one and other else 0.0


def _options(
    provision: Provision, held: Provision | None, fresh: Iterator[str]
) -> tuple[Option, ...]:
    """A standing option keeps the standing one's key; others are known by wording and kind, then
    by the wording that is nearest."""
    left = list(held.options) if held else []
    keys: dict[int, str] = {}
    for is_same in (_same, _near):
        for place, option in enumerate(provision.options):
            same = next((o for o in left if place not in keys and is_same(o, option)), None)
            if same:
                left.remove(same)
                keys[place] = same.key
    return tuple(
        replace(option, key=keys.get(place) or next(fresh))
        for place, option in enumerate(provision.options)
    )


def _same(one: Option, other: Option) -> bool:
    if one.stands and other.stands:
        return True
    alike = texts.plain(one.text) == texts.plain(other.text)
    return one.kind is other.kind and alike and one.stands is other.stands


def _near(one: Option, other: Option) -> bool:
    as_before = one.kind is other.kind and one.stands is other.stands
    return as_before and _alike(texts.plain(one.text), texts.plain(other.text)) >= NEAR


def _settle(provision: Provision, held: Provision | None, reason: str) -> Provision:
    if held is None or held.status is Status.OPEN:
        if _was_dropped(provision):
            return replace(provision, status_reason=told(provision.status_reason))
        return replace(provision, status=Status.OPEN, status_reason="")
    same = [o.text for o in held.options] == [o.text for o in provision.options]
    if same or held.status not in SETTLED:
        return replace(provision, status=held.status, status_reason=held.status_reason)
    return replace(provision, status=Status.REOPENED, status_reason=reason)


def _was_dropped(provision: Provision) -> bool:
    """Whether nobody adopted it and nothing of it stands: a lapse that takes nothing away."""
    lapsed = provision.status is Status.LAPSED
    return lapsed and provision.base is None and provision.standing is None
