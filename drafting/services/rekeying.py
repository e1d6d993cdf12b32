"""Gives the provisions and options of a reading the keys they already have in a draft.

A reading is made beside the base alone, so the keys of what is new in it are only its own. Here a
new provision that the draft has too (the same wording under the same call) gets the draft's key;
the others get keys never given before. What is agreed and reads the same stays agreed; what was
agreed and reads otherwise is reopened, with the paper as the reason.
A paper agrees nothing: a status is the chair's, and what a file says of one is not taken over.
But what a paper strikes that was never adopted has lapsed here too: open, its words would be
printed again as if somebody asked for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from drafting.domain import text as texts
from drafting.domain.draft import Draft, Option, Provision, ProvisionKind, Status
from drafting.services.telling import told

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
    known = _by_words(now.provisions)
    kept = [int(provision.key[1:]) for provision in provisions if provision.base is not None]
    last = max([last_provision, *kept])
    fresh = (f"p{n}" for n in range(last + 1, last + 10**6))
    keys: dict[str, str] = {}
    for words, provision in _with_words(provisions):
        if provision.base is not None:
            keys[provision.key] = provision.key
        else:
            same = known[words]
            keys[provision.key] = same.pop(0) if same else next(fresh)
    return keys


def _by_words(provisions: tuple[Provision, ...]) -> dict[tuple[str, str], list[str]]:
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for words, provision in _with_words(provisions):
        if provision.base is None:
            known[words].append(provision.key)
    return known


def _with_words(
    provisions: tuple[Provision, ...],
) -> Iterator[tuple[tuple[str, str], Provision]]:
    """Each provision with its call and first wording: what makes two of them the same."""
    call = ""
    for provision in provisions:
        words = texts.plain(provision.options[0].text)
        if provision.kind is ProvisionKind.CALL:
            call = words
        yield (call, words), provision


def _options(
    provision: Provision, held: Provision | None, fresh: Iterator[str]
) -> tuple[Option, ...]:
    """A standing option keeps the standing one's key; others are known by wording and kind."""
    left = list(held.options) if held else []
    out = []
    for option in provision.options:
        same = next((o for o in left if _same(o, option)), None)
        if same:
            left.remove(same)
        out.append(replace(option, key=same.key if same else next(fresh)))
    return tuple(out)


def _same(one: Option, other: Option) -> bool:
    if one.stands and other.stands:
        return True
    alike = texts.plain(one.text) == texts.plain(other.text)
    return one.kind is other.kind and alike and one.stands is other.stands


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
