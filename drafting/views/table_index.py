"""The index of the table: what is contested, in a few words, nearest to agreement first.

Rules:

- What is shown is told by the address alone (`Filters`): whoever sends it sends the same list.
- A filter hides and counts nothing: the counts of the sections are always of the whole draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drafting.domain.codes import parse_code
from drafting.domain.draft import Provision, ProvisionKind, Status
from drafting.domain.table import Line, Matter, line
from drafting.selectors.positions import Stand
from drafting.selectors.table import OPEN, Wishes
from drafting.views.presenters import STATUS_WORDS
from drafting.views.shown import Designation


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the draft is listed. "" is everything; `order` "paper" or nearest first."""

    show: str = ""  # "all": also what is settled
    mine: str = ""
    delegation: str = ""
    proposal: str = ""
    status: str = ""
    since: str = ""
    section: str = ""
    order: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        return cls(**{name: query.get(name, "")[:120] for name in cls.__dataclass_fields__})

    @property
    def address(self) -> str:
        """As it stands in an address, without what is at its default."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def but(self, **other: str) -> str:
        return replace(self, **other).address

    @property
    def nearest(self) -> str:
        return self.but(order="")

    @property
    def in_paper(self) -> str:
        return self.but(order="paper")

    @property
    def any(self) -> bool:
        return bool(replace(self, order="").address)

    @property
    def revision(self) -> int | None:
        return int(self.since) if self.since.isdecimal() and len(self.since) < 6 else None


@dataclass(frozen=True, slots=True)
class LineView:
    """A provision in the index. `n` is how far it is, `what` what is in dispute."""

    key: str
    name: Designation
    n: str
    what: str
    status: Status
    status_word: str | Promise
    contested: bool
    brackets: int
    stands: int
    section: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A call, and how its provisions stand."""

    key: str
    title: str
    open: int
    bracketed: int
    agreed: int
    contested: int


@dataclass(frozen=True, slots=True)
class IndexView:
    lines: tuple[LineView, ...]
    sections: tuple[SectionLine, ...]
    total: int
    contested: int  # of the whole draft
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """For whom the index is, and what a filter needs to know beside the text."""

    acting_for: str
    stands: Mapping[str, tuple[Stand, ...]]
    changed: frozenset[str] | None = None


def present_index(
    provisions: Sequence[Provision],
    names: Mapping[str, Designation],
    wishes: Wishes,
    filters: Filters,
    seen: Seen,
) -> IndexView:
    """The lines that the filters let through, and the sections of the whole draft."""
    told = [(p, line(p, wishes.of(p.key))) for p in provisions if p.moved_to is None]
    sections = dict(_sections_of(provisions))
    awaited = _awaited(wishes, provisions)
    contested = {p.key for p, one in told if one.on_table or p.key in awaited}
    lines = [
        (one, _line_view(p, one, names, seen, contested, sections, awaited.get(p.key, 0)))
        for p, one in told
        if (p.key in contested or filters.show == "all")
        and _passes(p, one, filters, seen, sections)
    ]
    if filters.order != "paper":
        lines.sort(key=lambda item: (not item[1].contested, item[0].distance))
    return IndexView(
        lines=tuple(view for _one, view in lines),
        sections=tuple(_section_lines(provisions, sections, names, contested)),
        total=len(told),
        contested=len(contested),
        codes=tuple(sorted({code for _p, one in told for code in one.codes})),
    )


def _awaited(wishes: Wishes, provisions: Sequence[Provision]) -> dict[str, int]:
    """How many additions are asked for after each provision, and not decided.

    Those for the very beginning lie with the first.
    """
    first = provisions[0].key if provisions else ""
    found: dict[str, int] = {}
    for key, additions in wishes.additions.items():
        count = sum(not addition.over for addition in additions)
        if count:
            found[key or first] = found.get(key or first, 0) + count
    return found


def _passes(
    provision: Provision, one: Line, filters: Filters, seen: Seen, sections: Mapping[str, str]
) -> bool:
    stands = seen.stands.get(provision.key, ())
    if filters.status and provision.status != filters.status:
        return False
    if filters.proposal and filters.proposal not in one.codes:
        return False
    if filters.section and sections.get(provision.key) != filters.section:
        return False
    if seen.changed is not None and provision.key not in seen.changed:
        return False
    who = [filters.delegation] * bool(filters.delegation) + [seen.acting_for] * bool(filters.mine)
    return all(_speaks(symbol, one.codes, stands) for symbol in who)


def _speaks(symbol: str, codes: Iterable[str], stands: Iterable[Stand]) -> bool:
    """Whether a delegation has to do with it: by a proposal, by name or by what it said."""
    return any(stand.delegation == symbol for stand in stands) or any(
        code == symbol or symbol in _sources(code) for code in codes
    )


def _sources(code: str) -> tuple[str, ...]:
    parsed = parse_code(code)
    return tuple(parsed.sources) if parsed else ()


def _line_view(
    provision: Provision,
    one: Line,
    names: Mapping[str, Designation],
    seen: Seen,
    contested: set[str],
    sections: Mapping[str, str],
    awaited: int,
) -> LineView:
    stands = seen.stands.get(provision.key, ())
    n, what = _few_words(one, provision, stands)
    if provision.key not in contested:
        n, what = "", ""  # its status says it
    if awaited and one.matter in (Matter.NOTHING, Matter.NAMES) and not one.on_table:
        n = ngettext("%(n)d addition", "%(n)d additions", awaited) % {"n": awaited}
        what = _("asked for after it")
    return LineView(
        key=provision.key,
        name=names.get(provision.key, Designation(rest=provision.key)),
        n=n,
        what=what,
        status=provision.status,
        status_word=STATUS_WORDS[provision.status],
        contested=provision.key in contested,
        brackets=one.brackets,
        stands=len(stands),
        section=sections.get(provision.key, ""),
    )


def _few_words(one: Line, provision: Provision, stands: Sequence[Stand]) -> tuple[str, str]:
    """How far it is, and what is in dispute."""
    waiting = [stand.delegation for stand in stands if stand.stance == "waiting"]
    if waiting:
        wait = ngettext(
            "%(who)s waits for instructions", "%(who)s wait for instructions", len(waiting)
        )
        return _how_far(one), wait % {"who": ", ".join(waiting[:3])}
    if provision.status is Status.REOPENED:
        return _("reopened"), provision.status_reason or _dispute(one)
    return _how_far(one), _dispute(one)


def _how_far(one: Line) -> str:
    match one.matter:
        case Matter.SPAN:
            words = ngettext("%(n)d word", "%(n)d words", one.count)
        case Matter.BRACKETS:
            words = ngettext("%(n)d bracket", "%(n)d brackets", one.count)
        case Matter.NEAR | Matter.TEXTS | Matter.DELETION | Matter.NAMES:
            words = ngettext("%(n)d wording", "%(n)d wordings", one.count)
        case _:
            return ""
    return words % {"n": one.count}


def _dispute(one: Line) -> str:
    match one.matter:
        case Matter.SPAN:
            nothing = _("nothing")
            return " / ".join(_short(words) or nothing for words in one.words)
        case Matter.NEAR if one.apart == 0:
            return _("only where a paragraph ends")
        case Matter.NEAR if one.count > 2:  # a pair has no nearest two
            told = ngettext("two are %(n)d word apart", "two are %(n)d words apart", one.apart)
            return told % {"n": one.apart}
        case Matter.NEAR:
            told = ngettext("%(n)d word apart", "%(n)d words apart", one.apart)
            return told % {"n": one.apart}
        case Matter.BRACKETS:
            return _short(" ".join(one.words)) or _("one of its ends")
        case Matter.DELETION:
            return _("keep or delete")
        case Matter.NAMES:
            alone = _("%(who)s alone") if len(one.codes) == 1 else _("%(who)s alike")
            return alone % {"who": ", ".join(one.codes[:3])}
        case Matter.TEXTS:
            return _("at least %(n)d words apart") % {"n": one.apart}
        case _:
            return ""


def _short(words: str, most: int = 44) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "\u2026"


# --- sections -----------------------------------------------------------------------------------


def _sections_of(provisions: Iterable[Provision]) -> Iterator[tuple[str, str]]:
    """Each provision with the call it stands under; "" before the first."""
    section = ""
    for provision in provisions:
        if provision.kind is ProvisionKind.CALL:
            section = provision.key
        yield provision.key, section


def _section_lines(
    provisions: Sequence[Provision],
    sections: Mapping[str, str],
    names: Mapping[str, Designation],
    contested: set[str],
) -> Iterator[SectionLine]:
    found: dict[str, list[Provision]] = {}
    for provision in provisions:
        if provision.moved_to is None:
            found.setdefault(sections[provision.key], []).append(provision)
    for key, group in found.items():
        items = [p for p in group if p.kind in (ProvisionKind.ITEM, ProvisionKind.OTHER)]
        if items or any(p.key in contested for p in group):
            yield SectionLine(
                key=key,
                title=names[key].call if key in names else _("the head"),
                open=sum(p.status in OPEN for p in items),
                bracketed=sum(bool(line(p).brackets) for p in group),
                agreed=sum(p.status.startswith("agreed") for p in items),
                contested=sum(p.key in contested for p in group),
            )
