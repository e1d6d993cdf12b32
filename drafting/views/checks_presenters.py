"""What the page of the checks shows: findings in their words, and what a mend would make of them.

Rules:

- A place is shown with the words around it, brackets as printed; a mend as what goes and comes.
- What is shown is what would be made: the pieces of an excerpt come from the changes themselves.
- Agreed text says so: a mend there is editorial, and leaves it agreed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from drafting.domain import draft as values
from drafting.domain.checks import Finding, Kind, Place
from drafting.domain.designations import designations
from drafting.domain.draft import Option, Provision, Status
from drafting.domain.edits import Change
from drafting.domain.lifecycle import is_closed
from drafting.domain.text import BracketClose, BracketOpen, Paragraph, Run
from drafting.services.telling import told
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
AROUND = 72  # characters shown before and after a place
MORE = 12  # further changes of one mend that are shown in a line


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: "" as it stands, "odd" what is meant, "del" and "ins" of the mend, "br" a bracket."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of one paragraph. `label`: pieces too. `starts`, `ends`: whether it is cut there."""

    label: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    starts: bool = True
    ends: bool = True


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
    agreed: int = 0  # of the changes, those in closed text
    can: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    kind: Kind
    name: str | Promise
    rows: tuple[Row, ...]

    @property
    def can(self) -> int:
        return sum(row.can for row in self.rows)


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
        language = LANGUAGES.get(draft.header.language, "en")
        self.lang, self.dir = language, "rtl" if language == "ar" else "ltr"

    def present(self, findings: Sequence[Finding], filters: Filters) -> ChecksView:
        kept = [f for f in findings if filters.kind in ("", f.kind)]
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
            sum(group.can for group in groups),
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
            agreed=sum(self._is_closed(change) for change in finding.mend),
            can=bool(finding.mend)
            and (finding.is_editorial or not any(map(self._is_closed, finding.mend))),
        )

    def _is_closed(self, change: Change) -> bool:
        return is_closed(self._options[change.option][1].status)

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


def before_and_after(option: Option, changes: Sequence[Change]) -> tuple[Excerpt, ...]:
    """The paragraphs of an option that change, whole."""
    numbers = sorted({change.paragraph for change in changes})
    return tuple(
        excerpt(
            option.text.paragraphs[number],
            [c for c in changes if c.paragraph == number],
            None,
            None,
            whole=True,
        )
        for number in numbers
        if number < len(option.text.paragraphs)
    )


def excerpt(
    paragraph: Paragraph,
    changes: Sequence[Change],
    odd: tuple[int, int] | None,
    near: int | None,
    *,
    whole: bool = False,
) -> Excerpt:
    """The words of a paragraph with its changes; around one place, or from the beginning."""
    label = next((c for c in changes if c.is_label), None)
    spans = [c for c in changes if not c.is_label]
    pieces = tuple(_joined(_pieces(paragraph, spans, odd)))
    cut = Excerpt(_label(paragraph, label), pieces)
    return cut if whole else _around(cut, near is None)


def _label(paragraph: Paragraph, change: Change | None) -> tuple[Piece, ...]:
    if change is None:
        return (Piece("", paragraph.label),) if paragraph.label else ()
    pair = (Piece("del", change.old), Piece("ins", change.new))
    return tuple(piece for piece in pair if piece.words)


def _pieces(
    paragraph: Paragraph, changes: Sequence[Change], odd: tuple[int, int] | None
) -> Iterator[Piece]:
    """Character by character; neighbours alike are joined afterwards."""
    waiting = sorted(changes, key=lambda c: c.start or 0)
    at = 0
    for inline in paragraph.inlines:
        if isinstance(inline, BracketOpen | BracketClose):
            is_odd = odd == (at, at)
            yield Piece("odd" if is_odd else "br", "[" if isinstance(inline, BracketOpen) else "]")
        if not isinstance(inline, Run):
            continue
        for char in inline.text:
            yield from _come(waiting, at)
            yield Piece(_kind(at, changes, odd), char)
            at += 1
    yield from _come(waiting, at, last=True)


def _come(waiting: list[Change], at: int, *, last: bool = False) -> Iterator[Piece]:
    """The new words of the changes that end before this place."""
    while waiting and (waiting[0].end <= at or last):
        change = waiting.pop(0)
        yield Piece("ins", change.new or ("]" if change.closes else ""))


def _kind(at: int, changes: Sequence[Change], odd: tuple[int, int] | None) -> str:
    if any(c.start is not None and c.start <= at < c.end for c in changes):
        return "del"
    return "odd" if odd and odd[0] <= at < odd[1] else ""


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for piece in pieces:
        if held and held.kind == piece.kind != "br":
            held = replace(held, words=held.words + piece.words)
            continue
        if held and held.words:
            yield held
        held = piece
    if held and held.words:
        yield held


def _around(cut: Excerpt, from_start: bool) -> Excerpt:
    """The pieces around the first that is not as it stands."""
    marked = [n for n, piece in enumerate(cut.pieces) if piece.kind not in ("", "br")]
    if from_start or not marked:
        return _first(cut)
    first, last = marked[0], marked[-1]
    before = "".join(p.words for p in cut.pieces[:first])
    after = "".join(p.words for p in cut.pieces[last + 1 :])
    head, tail = _end_of(before), _beginning_of(after)
    pieces = (Piece("", head), *cut.pieces[first : last + 1], Piece("", tail))
    kept = tuple(piece for piece in pieces if piece.words)
    label = cut.label if head == before else ()
    return Excerpt(label, kept, head == before, tail == after)


def _first(cut: Excerpt) -> Excerpt:
    words = "".join(piece.words for piece in cut.pieces)
    shown = _beginning_of(words, AROUND * 2)
    return Excerpt(cut.label, (Piece("", shown),) if shown else (), True, shown == words)


def _end_of(words: str) -> str:
    return words if len(words) <= AROUND else words[-AROUND:].partition(" ")[2]


def _beginning_of(words: str, most: int = AROUND) -> str:
    return words if len(words) <= most else words[:most].rpartition(" ")[0] or words[:most]


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
