"""What the page of the checks shows: findings in their words, and what a mend would make of them.

Rules:

- A place is shown with the words around it, a mend as what goes and what comes (`excerpts`).
- Agreed text says so: a mend there is editorial, and leaves it agreed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from drafting.domain import draft as values
from drafting.domain.checks import Finding, Kind, Place
from drafting.domain.designations import designations
from drafting.domain.draft import Option, Provision, Status
from drafting.domain.edits import Change
from drafting.domain.lifecycle import is_closed
from drafting.services.telling import told
from drafting.views.excerpts import Excerpt, before_and_after, excerpt
from drafting.views.presenters import LANGUAGES, STATUS_WORDS
from drafting.views.shown import Link

KIND_WORDS: dict[Kind, str | Promise] = {
    Kind.REFERENCE: pgettext_lazy("checks", "References"),
    Kind.EDITION: pgettext_lazy("checks", "Editions"),
    Kind.BRACKET: pgettext_lazy("checks", "Brackets"),
    Kind.LABEL: pgettext_lazy("checks", "Numbering"),
    Kind.PUNCTUATION: pgettext_lazy("checks", "Final marks"),
    Kind.SPELLING: pgettext_lazy("checks", "Spelling"),
    Kind.ASKED: pgettext_lazy("checks", "Asked for by (MOD)"),
}
MORE = 12  # further changes of one mend that are shown in a line


@dataclass(frozen=True, slots=True)
class Row:
    """One finding. `closed`: its status in words where the text is closed, else "".

    `can`: whether there is a mend that may be made here by anybody now.
    """

    key: str
    at: Link
    sentence: str
    excerpt: Excerpt | None
    more: tuple[tuple[str, str], ...] = ()
    left: int = 0
    also: tuple[Link, ...] = ()
    closed: str | Promise = ""
    wording: str = ""
    changes: int = 0
    places: str = ""  # of the changes, each a word; "!" after those in closed text
    can: bool = False
    is_editorial: bool = False
    yields: bool = False  # to the numbering of a list, which changes the same place otherwise


@dataclass(frozen=True, slots=True)
class Group:
    kind: Kind
    name: str | Promise
    rows: tuple[Row, ...]

    @property
    def can(self) -> int:
        """How many can be ticked together."""
        return sum(row.can and not row.yields for row in self.rows)


@dataclass(frozen=True, slots=True)
class Tally:
    """A filter: how many findings of a kind there are; `kind` "" is all."""

    kind: str
    name: str | Promise
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ChecksView:
    groups: tuple[Group, ...]
    tallies: tuple[Tally, ...]
    total: int
    shown: int
    can: int
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class Filters:
    """`kind`: one kind, or all; `mends`: only what can be mended."""

    kind: str = ""
    mends: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        kind = asked.get("kind", "")
        return cls(kind if kind in set(Kind) else "", asked.get("mends") == "1")


class Presenter:
    """Findings of one draft, with the addresses of its paper."""

    def __init__(self, draft: values.Draft, room: str) -> None:
        self._room = room
        self._names = designations(draft)
        self._provisions = {p.key: p for p in draft.provisions}
        self._options = {o.key: (o, p) for p in draft.provisions for o in p.options}
        self._numbered: dict[Spot, str] = {}
        language = LANGUAGES.get(draft.header.language, "en")
        self.lang, self.dir = language, "rtl" if language == "ar" else "ltr"

    def present(self, findings: Sequence[Finding], filters: Filters) -> ChecksView:
        kept = [f for f in findings if filters.kind in ("", f.kind)]
        self._numbered = _numbering(findings)
        rows = [(finding.kind, self.row(finding)) for finding in kept]
        rows = [(kind, row) for kind, row in rows if row.can or not filters.mends]
        groups = tuple(
            Group(kind, KIND_WORDS[kind], tuple(row for k, row in rows if k is kind))
            for kind in Kind
            if any(k is kind for k, _ in rows)
        )
        return ChecksView(
            groups,
            tuple(_tallies(findings, filters)),
            len(findings),
            len(rows),
            sum(row.can for _, row in rows),
            self.lang,
            self.dir,
        )

    def row(self, finding: Finding) -> Row:
        provision = self._provisions[finding.at.provision]
        first = next((c for c in finding.mend if c.option == finding.at.option), None)
        others = [c for c in finding.mend if c is not first]
        return Row(
            key=finding.key,
            at=self.link(finding.at),
            sentence=told(finding.sentence),
            excerpt=self._excerpt(finding, first),
            more=tuple(_pair(c) for c in others[:MORE]),
            left=max(0, len(others) - MORE),
            also=tuple(self._others(finding)),
            closed=STATUS_WORDS[provision.status] if is_closed(provision.status) else "",
            wording=self._wording(provision, finding.at.option),
            changes=len(finding.mend),
            places=" ".join(map(self._word, finding.mend)),
            can=bool(finding.mend)
            and (finding.is_editorial or not any(map(self._is_closed, finding.mend))),
            is_editorial=finding.is_editorial,
            yields=any(self._numbered.get(_place(c), c.new) != c.new for c in finding.mend),
        )

    def _is_closed(self, change: Change) -> bool:
        return is_closed(self._options[change.option][1].status)

    def _word(self, change: Change) -> str:
        start = "label" if change.start is None else change.start
        return f"{change.option}.{change.paragraph}.{start}{'!' * self._is_closed(change)}"

    def _others(self, finding: Finding) -> Iterator[Link]:
        seen = {finding.at.provision}
        for place in finding.also:
            if place.provision not in seen and place.provision in self._names:
                seen.add(place.provision)
                yield self.link(place)

    def link(self, place: Place) -> Link:
        name = told(self._names.get(place.provision, place.provision))
        return Link(name, f"{self._room}#{place.provision}")

    def _wording(self, provision: Provision, option: str) -> str:
        """Which of several wordings is meant: who asks for it."""
        if len(provision.options) < 2:
            return ""
        held = next(o for o in provision.options if o.key == option)
        who = [a.code or a.name or "" for a in held.attributions if not a.bracket]
        return ", ".join(filter(None, who)) or (_("the text as it stands") if held.stands else "")

    # --- excerpts ----------------------------------------------------------------------------

    def _excerpt(self, finding: Finding, change: Change | None) -> Excerpt | None:
        found = self._options.get(finding.at.option)
        if found is None:
            return None
        option, span = found[0], finding.at.span
        number = span.paragraph if span else change.paragraph if change else 0
        changes = [c for c in finding.mend if c.option == option.key and c.paragraph == number]
        paragraph = option.text.paragraphs[number]
        odd = (span.start, span.end) if span and not finding.mend else None
        near = span.start if span else None
        return excerpt(paragraph, changes, odd, near)


Spot = tuple[str, int, int | None]


def _place(change: Change) -> Spot:
    return change.option, change.paragraph, change.start


def _numbering(findings: Sequence[Finding]) -> dict[Spot, str]:
    """What the lists' own numbering would put at each place; references that go with it, too."""
    labels = (f for f in findings if f.kind is Kind.LABEL)
    return {_place(change): change.new for finding in labels for change in finding.mend}


def _pair(change: Change) -> tuple[str, str]:
    """What goes and what comes, where the words around them are not shown."""
    return change.old, change.new or ("]" if change.closes else "")


def _tallies(findings: Sequence[Finding], filters: Filters) -> Iterator[Tally]:
    counts = Counter(finding.kind for finding in findings)
    yield Tally("", _("All"), len(findings), not filters.kind)
    for kind in Kind:
        if counts[kind]:
            yield Tally(kind.value, KIND_WORDS[kind], counts[kind], filters.kind == kind)


# --- the list to confirm ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touched:
    """One wording that would change. `closed`: its status in words, else ""."""

    at: Link
    wording: str
    excerpts: tuple[Excerpt, ...]
    closed: str | Promise


@dataclass(frozen=True, slots=True)
class SweepView:
    """What would be made. `changes` are single changes, `agreed` provisions that are closed."""

    touched: tuple[Touched, ...]
    changes: int
    provisions: int
    agreed: int


def present_sweep(
    draft: values.Draft, presenter: Presenter, changes: Sequence[Change]
) -> SweepView:
    """The list to confirm, in reading order."""
    by_option: dict[str, list[Change]] = {}
    for change in changes:
        by_option.setdefault(change.option, []).append(change)
    touched, closed = [], set[str]()
    for provision in draft.provisions:
        for option in provision.options:
            if option.key in by_option:
                touched.append(_touched(presenter, provision, option, by_option[option.key]))
                closed |= {provision.key} if is_closed(provision.status) else set()
    places = {item.at.url for item in touched}
    return SweepView(tuple(touched), len(changes), len(places), len(closed))


def _touched(
    presenter: Presenter, provision: Provision, option: Option, changes: Sequence[Change]
) -> Touched:
    status: Status = provision.status
    return Touched(
        presenter.link(Place(provision.key, option.key)),
        presenter._wording(provision, option.key),
        before_and_after(option, changes),
        STATUS_WORDS[status] if is_closed(status) else "",
    )
