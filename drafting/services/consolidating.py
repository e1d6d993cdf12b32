"""The first consolidated draft: looked at as often as wanted, put to the group once.

Rules:

- A look changes nothing and tells nobody; it is computed from the draft as it is now.
- Putting is one transaction under the draft's lock, one event, a decision for each change that was
  taken up, and a `Before`, so that it is undone as one step. What is put is what was looked at:
  where the draft has moved on so that the outcome is another, it is refused.
- A change on which something was decided is not taken up again: neither what was put before, nor
  what was withdrawn or not retained. What was undone may be.
- The projection law is checked on what is put, and its failures are told, never hidden.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from drafting import events
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.consolidation import Asked, Consolidated, Style, consolidated
from drafting.domain.consolidation.likeness import essence, words_alone
from drafting.models import AdHocGroup, Decision, Draft, Event, FoldStyle
from drafting.permissions import Action, Actor, require
from drafting.selectors import requests
from drafting.selectors.values import draft_value
from drafting.services import befores, drafts, store
from drafting.services.recording import Hand
from drafting.services.refusals import Refused
from drafting.services.telling import told

MOST_WORDS = 60

Progress = Callable[[int, str], None]
"""Hears how far the work is: per cent, and what is being done."""


def silent(_percent: int, _doing: str) -> None:
    """For callers whom nobody is watching."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a consolidation would be. `out`: codes of changes that are not taken up again."""

    before: values.Draft
    outcome: Consolidated
    codes: tuple[str, ...]
    style: Style
    out: tuple[str, ...] = ()

    @property
    def after(self) -> values.Draft:
        return replace(self.before, provisions=self.outcome.provisions)

    @property
    def law_holds(self) -> bool:
        return not self.outcome.failures

    @property
    def attributions(self) -> int:
        """How often a proposal or delegation is named behind a wording, whole or within it."""
        options = [o for p in self.outcome.provisions for o in p.options]
        return sum(len(o.attributions) + len(texts.sources(o.text)) for o in options)

    @property
    def mark(self) -> str:
        """What makes this outcome unlike others, whatever its new keys are."""
        said = [_shape(p) for p in self.outcome.provisions if p.key in set(self.outcome.changed)]
        said += [[left.provision, *left.codes] for left in self.outcome.left]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def _shape(provision: values.Provision) -> list[object]:
    """A provision without the keys that are only given when it is put."""
    shown = [
        [
            option.kind.value,
            texts.printed(option.text),
            essence(option.text, provision.notes),  # with what its footnotes say
            texts.sources(option.text),
            [attribution.code for attribution in option.attributions],
        ]
        for option in provision.options
    ]
    return [provision.key if provision.base else "", *shown]


def style_of(group: AdHocGroup) -> Style:
    """The group's style of folding."""
    return Style(group.fold_style == FoldStyle.INLINE, group.fold_words)


def set_style(actor: Actor, group: AdHocGroup, fold_style: str, fold_words: int) -> None:
    """Keeps how the group wants different wordings shown. Raises Refused for what is no style."""
    standing = require(actor, Action.CONSOLIDATE, group)
    if fold_style not in FoldStyle.values or not 1 <= fold_words <= MOST_WORDS:
        raise Refused(_("An alternative has between 1 and %(most)d words.") % {"most": MOST_WORDS})
    if (group.fold_style, group.fold_words) != (fold_style, fold_words):
        group.fold_style, group.fold_words = fold_style, fold_words
        Hand(actor, standing.acting_for).save(group, ["fold_style", "fold_words"])


def codes_of(draft: Draft) -> list[str]:
    """The codes of all proposals on the draft, in the order of their papers."""
    return list(draft.proposals.order_by("contribution", "pk").values_list("code", flat=True))


def look(
    actor: Actor, draft: Draft, codes: Collection[str] | None = None, *, style: Style | None = None
) -> Look:
    """What would be put: all proposals, or those named. Raises Refused for codes unknown here."""
    require(actor, Action.CONSOLIDATE, draft.group)
    return _look(draft, codes, style, silent)


def put(
    actor: Actor,
    pk: int,
    codes: Collection[str] | None = None,
    *,
    mark: str | None = None,
    style: Style | None = None,
    progress: Progress = silent,
) -> Look:
    """Puts the consolidated draft to the group. `mark` is that of the look which it should be.

    Raises Refused where the draft has moved on since, or where there is nothing to do.
    """
    with transaction.atomic():
        draft = drafts.lock(pk)
        standing = require(actor, Action.CONSOLIDATE, draft.group)
        found = _look(draft, codes, style, progress)
        if mark is not None and found.mark != mark:
            raise Refused(_("Somebody changed the draft meanwhile: look at this once more."))
        if mark is not None and not found.outcome.changed:
            raise Refused(_("There is nothing to consolidate: every proposal has its place."))
        if found.outcome.changed:
            _write(draft, found, Hand(actor, standing.acting_for, _("Consolidated")), progress)
    progress(100, _("Done."))
    return found


# --- Looking ------------------------------------------------------------------------------------


def _look(
    draft: Draft, codes: Collection[str] | None, style: Style | None, progress: Progress
) -> Look:
    progress(5, _("Reading the proposals."))
    wanted = _known(draft, codes)
    asked = requests.asked_in(draft)
    done, out = _decided(draft, asked)
    skip = done | {item.key for item in asked if item.code not in wanted}
    before = draft_value(draft)
    style = style or style_of(draft.group)
    progress(15, _("Setting %(changes)d changes side by side.") % {"changes": len(asked)})
    outcome = consolidated(
        before,
        asked,
        style,
        skip=skip,
        last_provision=draft.last_provision,
        last_option=draft.last_option,
    )
    progress(40, _("The projection law is checked."))
    return Look(before, outcome, tuple(wanted), style, tuple(c for c in wanted if c in out))


def _known(draft: Draft, codes: Collection[str] | None) -> list[str]:
    there = codes_of(draft)
    if codes is None:
        return there
    unknown = [code for code in codes if code not in there]
    if unknown:
        raise Refused(
            _("There is no proposal %(codes)s on this draft.") % {"codes": ", ".join(unknown)}
        )
    return [code for code in there if code in codes]


def _decided(draft: Draft, asked: Sequence[Asked]) -> tuple[set[str], set[str]]:
    """The changes on which something was decided already, and the codes of those that went out."""
    decided = requests.decided_on(draft)
    numbers = {number for found in decided.values() for number in found}
    wordings = requests.added_wordings(draft, numbers) if numbers else {}
    dropped = requests.dropped(draft)
    done: set[str] = set()
    out: set[str] = set()
    for item in asked:
        gone = _is_out(item, decided.get(item.code, {}), wordings)
        if gone is None and (item.code, item.key.rpartition("/")[2]) in dropped:
            gone = True
        if gone is not None:
            done.add(item.key)
            out |= {item.code} if gone else set()
    return done, out


def _is_out(
    item: Asked, decided: Mapping[int, bool], wordings: Mapping[int, Sequence[texts.Text]]
) -> bool | None:
    """Whether a change went out by what was decided on it; None where nothing was."""
    if decided.get(0):
        return True
    about = item.target or item.moved_from
    if about:
        return decided.get(int(about[1:]))
    found = [
        gone
        for number, gone in decided.items()
        if item.text and _says(item.text, wordings.get(number, ()))
    ]
    return all(found) if found else None


def _says(text: texts.Text, wordings: Sequence[texts.Text]) -> bool:
    """Whether one has these words. Footnotes are no help: some are gone with their wordings."""
    return any(words_alone(text) == words_alone(other) for other in wordings)


# --- Putting ------------------------------------------------------------------------------------


def _write(draft: Draft, found: Look, hand: Hand, progress: Progress) -> Event:
    keys = found.outcome.changed
    before = befores.states(draft, keys)
    progress(50, _("Writing %(count)d provisions.") % {"count": len(keys)})
    touched = store.write(draft, found.outcome.provisions, hand)
    progress(85, _("Keeping what was decided."))
    event = events.record(
        draft,
        "draft.consolidated",
        hand.actor,
        hand.acting_for,
        touched,
        proposals=list(found.codes),
        counts=dict(found.outcome.counts),
    )
    befores.keep(event, before, befores.states(draft, keys))
    Decision.objects.bulk_create(_decisions(draft, event, found))
    return event


def _decisions(draft: Draft, event: Event, found: Look) -> list[Decision]:
    return [
        Decision(
            draft=draft,
            seq=event.seq,
            provision=int(went.provision[1:]),
            code=went.code,
            what=went.what,
            rationale=told(went.why),
            by=event.actor_name,
            acting_for=event.acting_for,
        )
        for went in found.outcome.went
    ]
