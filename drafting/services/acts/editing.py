"""Many small changes in one sweep: what is editorial, and what the checks propose beside it.

Rules:

- An editorial change is exactly that (`domain.editorial`): numbering, terminal punctuation, a
  citation's edition. It is the one change of words that closed text takes, and it reopens nothing.
- A reference's label is numbering where it goes with what the reference points to: the draft tells,
  with the labels that the sweep itself sets (`checks.references`).
- What else the checks propose ("cyber security" or "cybersecurity") changes open text alone, and
  only as they propose it now.
- All of a sweep is made or none of it. Where something else stands at a place by now, or where one
  change is more than it may be, nothing is.
- A proposal marked "(MOD)" is taken up where the sweep makes all that it asks for in a provision.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.bodies import known
from drafting.domain.checks import check
from drafting.domain.checks.asked import changes_asked
from drafting.domain.checks.live import lead
from drafting.domain.checks.references import Map
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind, Status
from drafting.domain.editorial import is_editorial
from drafting.domain.edits import Change, DoesNotFit, applied
from drafting.domain.lifecycle import is_closed
from drafting.domain.text import Text
from drafting.models import Draft, Event, Option
from drafting.selectors.checks import mods_of
from drafting.selectors.values import draft_value
from drafting.services import deeds
from drafting.services.acts.work import Stopped, Work, gone, invalid, is_left

EDITORIAL, MENDED = "editorial", "mended"
SWEEPS = frozenset({EDITORIAL, MENDED})


def edit(work: Work, deed: deeds.Editorial) -> Event:
    """Makes editorial changes, in closed text too."""
    return _make(work, _Sweep(work.draft, _changes(deed.changes)), EDITORIAL, deed.rationale)


def mend(work: Work, deed: deeds.Mend) -> Event:
    """Makes what the checks propose: in closed text what is editorial, in open text all of it."""
    sweep = _Sweep(work.draft, _changes(deed.changes), mends=True)
    return _make(work, sweep, MENDED, deed.rationale)


def _changes(asked: Sequence[deeds.Edit]) -> list[Change]:
    """Each change once."""
    changes = [Change(e.option, e.paragraph, e.start, e.old, e.new, e.closes) for e in asked]
    return list(dict.fromkeys(changes))


class _Sweep:
    """The changes by option, and what the draft says of them: asked only where they need it, for
    the draft is locked meanwhile."""

    def __init__(self, draft: Draft, changes: Sequence[Change], *, mends: bool = False) -> None:
        self._draft, self._mends = draft, mends
        self.changes = changes
        self.by_option: dict[str, list[Change]] = {}
        for change in changes:
            self.by_option.setdefault(change.option, []).append(change)

    @cached_property
    def value(self) -> values.Draft:
        return draft_value(self._draft)

    @cached_property
    def followed(self) -> frozenset[Change]:
        """The references that go with what they point to, once the labels of the sweep hold."""
        leads = {lead(p).key: p.key for p in self.value.provisions}
        labels = {
            (leads[change.option], change.paragraph): change.new
            for change in self.changes
            if change.is_label and change.option in leads
        }
        return frozenset(Map(self.value).following(labels))

    @cached_property
    def proposed(self) -> frozenset[Change]:
        """What the checks propose, where that may be made."""
        findings = check(self.value) if self._mends else ()
        return frozenset(change for finding in findings for change in finding.mend)

    def after(self, key: str, text: Text, *, closed: bool) -> Text:
        """An option's text after the sweep. Stops where a change is not what it may be."""
        changes = self.by_option[key]
        try:
            after = applied(text, changes)
            if is_editorial(text, after):
                return after
            allowed = self.followed if closed else self.followed | self.proposed
            midway = applied(text, [change for change in changes if change in allowed])
        except DoesNotFit as fault:
            raise Stopped("too_old", _changed_meanwhile()) from fault
        if not is_editorial(midway, after):
            raise invalid(_more())
        return after


def _more() -> str:
    return _(
        "This is more than an editorial change: those are numbering, terminal punctuation and a "
        "citation's edition."
    )


def _changed_meanwhile() -> str:
    return _("The text has changed meanwhile: look at it and try again.")


def _make(work: Work, sweep: _Sweep, kind: str, rationale: str) -> Event:
    options = [_option(work, key) for key in sweep.by_option]
    written = []
    for option in options:
        closed = is_closed(Status(option.provision.status))
        text = texts.from_json(option.content)
        after = sweep.after(option.key, text, closed=closed)
        written.append((option, steps.become(option.content, texts.to_json(after))))
    _decide(work, sweep, rationale)
    work.write_many(written)
    changed = [option for option, taken in written if taken]
    return work.tell(
        kind,
        provisions=[option.provision for option in changed],
        options=changed,
        rationale=rationale,
    )


def _option(work: Work, key: str) -> Option:
    """An option with words, open or closed."""
    option = work.seen(key)
    if is_left(option.provision):
        raise Stopped("gone", _("This text was moved: act on it where it stands now."))
    if option.kind != OptionKind.TEXT:
        raise gone()
    return option


def _decide(work: Work, sweep: _Sweep, rationale: str) -> None:
    """Which "(MOD)" proposals the sweep takes up."""
    mods = mods_of(work.draft)
    made = set(sweep.changes)
    there = {provision.key: provision for provision in sweep.value.provisions} if mods else {}
    for asked in mods:
        provision = there.get(asked.provision)
        if provision is None or lead(provision).kind is not OptionKind.TEXT:
            continue
        changes = changes_asked(provision, lead(provision), asked.text, known())
        if changes and made.issuperset(changes):
            work.decide(asked.provision, [asked.code], Deciding.TAKEN_UP, rationale)
