"""Who thinks what of a wording, who asks to add one, and what was decided: as the table shows it.

Rules:

- Who thinks what is told with names, by stance; nobody is counted who did not speak.
- Each name tells who set it down and when, and whether it was said from the floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from drafting.domain.positions import Stance
from drafting.domain.redline import redline
from drafting.models import Decision
from drafting.selectors.positions import Stand
from drafting.selectors.table import Addition
from drafting.views.redline_html import Marking, body_html, label_html
from drafting.views.shown import Row


@dataclass(frozen=True, slots=True)
class StanceView:
    """Who takes one stance: "for": NRT, CPE."""

    stance: str
    sign: str
    word: str | Promise
    people: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    delegation: str
    words: str
    title: str


STANCES: Mapping[Stance, tuple[str, str | Promise]] = {
    Stance.SUPPORT: ("+", pgettext_lazy("stance", "for")),
    Stance.OPPOSE: ("\u2212", pgettext_lazy("stance", "against")),
    Stance.RESERVE: ("~", pgettext_lazy("stance", "reserves")),
    Stance.DELETE: ("\u00d7", pgettext_lazy("stance", "would delete")),
    Stance.AMEND: ("=", pgettext_lazy("stance", "would amend")),
    Stance.WAITING: ("\u2026", pgettext_lazy("stance", "waits")),
}


def present_stances(stands: Sequence[Stand]) -> tuple[StanceView, ...]:
    """By stance, in the order of the list of stances."""
    return tuple(
        StanceView(stance.value, sign, word, tuple(map(_person, people)))
        for stance, (sign, word) in STANCES.items()
        if (people := [stand for stand in stands if stand.stance == stance.value])
    )


def _person(stand: Stand) -> PersonView:
    told = _("from the floor, set down by %(who)s") if stand.from_the_floor else _("%(who)s")
    when = _when(stand.at)
    title = f"{stand.name}: {told % {'who': stand.said_by}}, {when}"
    return PersonView(stand.delegation, stand.words, title)


def _when(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F, H:i")


OVER: Mapping[str, str | Promise] = {
    "changed": pgettext_lazy("of a proposal's wording", "as tabled; the draft has moved on"),
    "not_retained": pgettext_lazy("of a proposal's wording", "not retained"),
    "withdrawn": pgettext_lazy("of a proposal's wording", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class AdditionView:
    code: str
    change: str
    rows: tuple[Row, ...]
    over: str


def present_additions(additions: Iterable[Addition]) -> tuple[AdditionView, ...]:
    """What proposals ask to add after the provision."""
    return tuple(
        AdditionView(
            addition.code,
            addition.change,
            tuple(
                Row(label_html(p, Marking()), body_html(p, Marking()), p.level)
                for p in redline(None, addition.text)
            ),
            str(OVER.get(addition.over, addition.over)) if addition.over else "",
        )
        for addition in additions
    )


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What one act did with the words of several, once."""

    codes: tuple[str, ...]
    what: str
    who: str
    when: str
    rationale: str


DONE: Mapping[str, str | Promise] = {
    "taken_up": pgettext_lazy("what was done with a proposal", "taken up"),
    "folded": pgettext_lazy("what was done with a proposal", "folded"),
    "chosen": pgettext_lazy("what was done with a proposal", "chosen"),
    "not_retained": pgettext_lazy("what was done with a proposal", "not retained"),
    "withdrawn": pgettext_lazy("what was done with a proposal", "withdrawn"),
}


def present_decisions(rows: Iterable[Decision]) -> tuple[DecisionView, ...]:
    acts: dict[tuple[int, str, str], list[Decision]] = {}
    for row in rows:
        acts.setdefault((row.seq, row.what, row.rationale), []).append(row)
    return tuple(_decision(group) for group in acts.values())


def _decision(group: Sequence[Decision]) -> DecisionView:
    row = group[0]
    own = row.acting_for and row.acting_for != row.by
    return DecisionView(
        tuple(sorted(one.code for one in group)),
        str(DONE.get(row.what, row.what)),
        f"{row.by} ({row.acting_for})" if own else row.by,
        _when(row.at),
        row.rationale,
    )
