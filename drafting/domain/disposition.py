"""What came of each change that the proposals asked for: the disposition table.

Laws (property-tested, whatever was done with the draft):

- Every change of every proposal stands in exactly one row.
- What the text says comes first: whose code stands at a wording, a bracket or pending words is in
  the draft, whatever was decided before. Then what was decided last, then the words alone.
- Words count as there when they are the same after folding: quotes, dashes, spaces, terminal
  punctuation, labels and brackets aside. Whether a wording is still the one asked for is told
  beside it.
- Who decided, when and why is told where a decision bears the outcome out, and of text that was
  closed where its closing does. What nobody wrote down is told as nobody's.
- A decision that was undone weighs nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from drafting.domain.disposition_places import Change, Ident, Places, is_there, reading, same
from drafting.domain.dispositions import Deciding, Outcome
from drafting.domain.draft import Draft, Option, Provision, Status
from drafting.domain.lifecycle import is_closed, settled_text
from drafting.domain.table import called
from drafting.domain.text import BracketClose, BracketOpen, inlines

AGREED = frozenset({Status.AGREED_AD_REF, Status.AGREED, Status.AGREED_HIGHER})
GONE = frozenset({Status.LAPSED, Status.DELETED})

# Which decisions bear an outcome out.
BEARS: dict[Outcome, frozenset[Deciding]] = {
    Outcome.WAITING: frozenset(),
    Outcome.OPTION: frozenset({Deciding.TAKEN_UP, Deciding.FOLDED, Deciding.CHOSEN}),
    Outcome.FOLDED: frozenset({Deciding.TAKEN_UP, Deciding.FOLDED, Deciding.CHOSEN}),
    Outcome.TAKEN: frozenset({Deciding.TAKEN_UP, Deciding.FOLDED, Deciding.CHOSEN}),
    Outcome.AGREED: frozenset({Deciding.TAKEN_UP, Deciding.FOLDED, Deciding.CHOSEN}),
    Outcome.WITHDRAWN: frozenset({Deciding.WITHDRAWN}),
    Outcome.NOT_RETAINED: frozenset({Deciding.NOT_RETAINED}),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """By whom, for whom, when and why."""

    by: str
    acting_for: str = ""
    at: datetime | None = None
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One act on one proposal's words. `provision` is a key, "" for the whole proposal, or for the
    one change of it that is named by `change`."""

    seq: int
    provision: str
    code: str
    what: Deciding
    who: Decided
    change: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one change.

    `provision`: where it is, else where it was asked; None where nothing can be said. `beside`: an
    addition that is nowhere, asked for after that provision. `option` and `place`: the wording it
    is in, by key and by number where there are several (None: the adopted text). `as_asked`: its
    words are the proposal's.
    """

    change: Change
    outcome: Outcome
    provision: str | None
    beside: bool = False
    option: str | None = None
    place: int | None = None
    as_asked: bool = True
    decided: Decided | None = None


def dispositions(
    draft: Draft,
    changes: Sequence[Change],
    decisions: Iterable[Decision] = (),
    closings: dict[str, Decided] | None = None,
) -> tuple[Row, ...]:
    """One row a change, in the order of the changes.

    `closings`: who closed a provision that is closed now, by its key.
    """
    known = _Known(draft, changes, tuple(sorted(decisions, key=lambda d: d.seq)), closings or {})
    return tuple(known.row(change) for change in changes)


def in_reading_order(draft: Draft, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows as their provisions stand in the draft; those that stand nowhere come last."""
    order = {provision.key: n for n, provision in enumerate(draft.provisions)}
    return tuple(sorted(rows, key=lambda row: order.get(row.provision or "", len(order))))


@dataclass(frozen=True, slots=True)
class _Stands:
    """Where the words of a change are in the text, and how."""

    outcome: Outcome
    option: Option | None = None
    as_asked: bool = True


@dataclass(slots=True)
class _Known:
    """The draft and what was decided, asked for one change after another."""

    draft: Draft
    changes: Sequence[Change]
    decisions: Sequence[Decision]
    closings: dict[str, Decided]
    places: Places = field(init=False)
    _made: dict[tuple[str, str], list[Decision]] = field(init=False)
    _of_one: dict[Ident, list[Decision]] = field(init=False)

    def __post_init__(self) -> None:
        self._made, self._of_one = {}, {}
        for decision in self.decisions:
            of_one = bool(decision.change)
            key = decision.code, decision.change if of_one else decision.provision
            (self._of_one if of_one else self._made).setdefault(key, []).append(decision)
        self.places = Places(self.draft, self.changes, self._made)

    def row(self, change: Change) -> Row:
        provision = self.places.of(change)
        made = self._on(change)
        last = made[-1].what if made else None
        stands = _stands(change, provision, last)
        return Row(
            change=change,
            outcome=stands.outcome,
            provision=self.places.key_of(change),
            beside=change.target is None and provision is None,
            option=stands.option.key if stands.option else None,
            place=_place(provision, stands.option),
            as_asked=stands.as_asked,
            decided=self._decided(stands.outcome, provision, made),
        )

    def _on(self, change: Change) -> list[Decision]:
        """The decisions on a change, and on its proposal as a whole, oldest first."""
        keys = dict.fromkeys((*self.places.decided_at(change), ""))
        found = [one for key in keys for one in self._made.get((change.code, key), ())]
        found += self._of_one.get(change.ident, ())
        return sorted(found, key=lambda one: one.seq)

    def _decided(
        self, outcome: Outcome, provision: Provision | None, made: Sequence[Decision]
    ) -> Decided | None:
        bearing = [one.who for one in made if one.what in BEARS[outcome]]
        closed = self.closings.get(provision.key) if provision else None
        if closed and outcome is Outcome.AGREED:
            why = closed.rationale or (bearing[-1].rationale if bearing else "")
            return Decided(closed.by, closed.acting_for, closed.at, why)
        if bearing:
            return bearing[-1]
        return closed if outcome is Outcome.NOT_RETAINED else None


def _place(provision: Provision | None, option: Option | None) -> int | None:
    """Its number, the one under which the table and the floor speak of it."""
    if provision is None or option is None or len(provision.options) < 2:
        return None
    return dict(called(provision))[option.key] or None


# --- what the text says -----------------------------------------------------------------------


def _stands(change: Change, provision: Provision | None, last: Deciding | None) -> _Stands:
    if provision is None:
        return _Stands(_nowhere(last))
    if provision.status in GONE:
        return _of_what_is_gone(change, provision, last)
    named = _named(change, provision)
    if named is not None:
        return named
    if last in (Deciding.WITHDRAWN, Deciding.NOT_RETAINED):
        return _Stands(_nowhere(last))
    return _unnamed(change, provision, last)


def _nowhere(last: Deciding | None) -> Outcome:
    """Of words that stand nowhere."""
    match last:
        case None:
            return Outcome.WAITING
        case Deciding.WITHDRAWN:
            return Outcome.WITHDRAWN
        case _:
            return Outcome.NOT_RETAINED


def _of_what_is_gone(change: Change, provision: Provision, last: Deciding | None) -> _Stands:
    """A deleted or lapsed provision: what asked for just that is agreed, nothing else is left."""
    if last is Deciding.WITHDRAWN:
        return _Stands(Outcome.WITHDRAWN)
    agreed = same(settled_text(provision), change.text)
    return _Stands(Outcome.AGREED if agreed else Outcome.NOT_RETAINED)


def _named(change: Change, provision: Provision) -> _Stands | None:
    """Where the proposal's own name stands: at a wording, a bracket, or words that are pending."""
    mine = [o for o in provision.options if _proposes(o, change.code)]
    if mine:
        exact = next((option for option in mine if is_there(option, change)), None)
        option = exact or mine[0]
        outcome = _of_option(provision, option)
        if outcome is not Outcome.AGREED and change.code in _within(option):
            outcome = Outcome.FOLDED  # it shares the option, and has alternatives of its own in it
        return _Stands(outcome, option, exact is not None)
    for option in provision.options:
        if change.code in _within(option):
            return _Stands(Outcome.FOLDED, option, is_there(option, change))
    return None


def _unnamed(change: Change, provision: Provision, last: Deciding | None) -> _Stands:
    """Where nobody wrote the proposal's name: by its words, else by what was decided."""
    option = next((o for o in provision.options if is_there(o, change)), None)
    if option is not None and (last or _is_news(change, provision, option)):
        return _Stands(_of_option(provision, option), option)
    closed = is_closed(provision.status)
    if last in (Deciding.FOLDED, Deciding.CHOSEN):
        chosen = provision.standing or provision.options[0]
        return _Stands(_after(provision, chosen, last), chosen, as_asked=False)
    return _Stands(Outcome.NOT_RETAINED if closed else _nowhere(last))


def _after(provision: Provision, option: Option, last: Deciding) -> Outcome:
    """Of words that were folded or chosen, and went on from there."""
    outcome = _of_option(provision, option)
    folded = last is Deciding.FOLDED and outcome is not Outcome.AGREED
    return Outcome.FOLDED if folded else outcome


def _is_news(change: Change, provision: Provision, option: Option) -> bool:
    """Whether the words are there because they were asked for, and not as they always were.

    A change of a label or a comma has the words of the base: it is there once it is there exactly.
    """
    if change.text is None or not same(provision.base, change.text):
        return True
    return change.operation == "NOC" or reading(option.text, change.code) == change.text


def _of_option(provision: Provision, option: Option) -> Outcome:
    several = len(provision.options) > 1
    if provision.status in AGREED and (option.stands or not several):
        return Outcome.AGREED
    is_all = option.stands and not several and not _is_open(option)
    return Outcome.TAKEN if is_all else Outcome.OPTION


def _is_open(option: Option) -> bool:
    """Whether brackets or pending words are left in it."""
    return any(
        piece.changes or isinstance(piece, BracketOpen | BracketClose)
        for piece in inlines(option.text)
    )


def _proposes(option: Option, code: str) -> bool:
    return any(a.code == code and a.bracket is None for a in option.attributions)


def _within(option: Option) -> Collection[str | None]:
    """The proposals behind brackets and pending words of an option."""
    pending = {change.source for piece in inlines(option.text) for change in piece.changes}
    return pending | {a.code for a in option.attributions if a.bracket is not None}


def counted(rows: Iterable[Row]) -> dict[Outcome, int]:
    """How many changes came to what; every outcome is there."""
    found = dict.fromkeys(Outcome, 0)
    for row in rows:
        found[row.outcome] += 1
    return found


__all__ = [
    "Change",
    "Decided",
    "Decision",
    "Ident",
    "Row",
    "counted",
    "dispositions",
    "in_reading_order",
]
