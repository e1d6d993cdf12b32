"""What lies on the chair's table for one provision: every wording of it, and how far they part.

Rules:

- A wording is the base, an option of the draft, what one proposer asks within an option, or what a
  proposal asked for and nobody has taken up yet.
- Equal wordings are one, with everybody behind it: quotes, dashes, spaces, terminal punctuation
  and labels do not count.
- Near ones stand together: a wording follows the one that it is nearest to.
- The numbers are given here, in this order; the base has none. They are handles for eye and voice
  and nothing is stored under them.
- What is nearest to agreement comes first: the fewer wordings, and the fewer words between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from drafting.domain import forks
from drafting.domain.draft import Option, OptionKind, Provision, Status
from drafting.domain.folding import fold
from drafting.domain.lifecycle import is_closed, is_contested
from drafting.domain.partings import (
    NEAR,
    Dispute,
    Part,
    disputed,
    families,
    partings,
    spans_apart,
    words_apart,
)
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Paragraph,
    Text,
    accepted,
    inlines,
    plain,
    printed,
    sources,
)

BASE = "base"


class Standing(StrEnum):
    """What a name behind a wording means for the draft."""

    DRAFT = "draft"  # it stands behind words of the draft
    ASKED = "asked"  # its proposal asked for this, and the draft does not have it
    PAST = "past"  # it asked for this; the draft has something else of it, or it is over


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind a wording. `code` may be a delegation's name; `note` as printed."""

    code: str
    standing: Standing = Standing.DRAFT
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proposal asks of a provision. `kind` TEXT with `text`, else DELETE.

    `over`: somebody decided on it: "not_retained", "withdrawn", ...; "" where nobody did.
    """

    code: str
    kind: OptionKind
    text: Text | None
    over: str = ""


@dataclass(frozen=True, slots=True)
class Lying:
    """One wording on the table. `options`: keys of the draft's options that say this.

    `within`: the options in which it stands as an alternative; `number` 0 is the base.
    """

    key: str
    kind: OptionKind
    text: Text | None
    options: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    behind: tuple[Behind, ...] = ()
    number: int = 0
    near: int | None = None  # the wording it follows because it is near
    dispute: Dispute | None = None  # between that one and this
    over: str = ""

    @property
    def in_draft(self) -> bool:
        return bool(self.options or self.within)

    @property
    def words(self) -> str:
        """With brackets, without labels; what proposers ask is taken up."""
        return printed(self.text, with_label=False) if self.text else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A provision with its wordings, base first. `lines`: where they part, family by family."""

    provision: Provision
    wordings: tuple[Lying, ...]

    @property
    def base(self) -> Lying | None:
        return next((one for one in self.wordings if one.key == BASE), None)

    @property
    def running(self) -> tuple[Lying, ...]:
        """Those that are still in question; the base only where somebody keeps it."""
        return tuple(
            one
            for one in self.wordings
            if one.in_draft or (not one.over and (one.key != BASE or _is_asked(one)))
        )

    def lines(self) -> tuple[tuple[Part, ...], ...]:
        """The forks of each family of wordings; a family of one is a wording by itself."""
        worded = [
            (one.key, one.words)
            for one in self.wordings
            if one.kind is OptionKind.TEXT and not one.over
        ]
        return tuple(partings(family) for family in families(worded))


def _is_asked(one: Lying) -> bool:
    return any(behind.standing is Standing.ASKED for behind in one.behind)


def laid(provision: Provision, asked: Sequence[Asked] = ()) -> Table:
    """Everything that lies on the table for a provision."""
    entries = [*_base(provision), *_options(provision), *_asked(provision, asked)]
    rows = _near_together(_alike_together(entries))
    return Table(provision, tuple(_numbered(rows)))


# --- the wordings -------------------------------------------------------------------------------


def _base(provision: Provision) -> Iterator[Lying]:
    if provision.base is not None and plain(provision.base).strip():
        yield Lying(BASE, OptionKind.TEXT, provision.base)


def _options(provision: Provision) -> Iterator[Lying]:
    for option in provision.options:
        behind = tuple(_behind(option))
        if option.kind is not OptionKind.TEXT:
            yield Lying(option.key, option.kind, None, (option.key,), behind=behind)
            continue
        asking = sources(option.text)
        standing = forks.reading(option.text, ()) if asking else option.text
        if plain(standing).strip() or not asking:
            yield Lying(option.key, option.kind, standing, (option.key,), behind=behind)
        for source in asking:
            yield Lying(
                f"{option.key}/{source}",
                option.kind,
                forks.reading(option.text, (source,)),
                within=(option.key,),
                behind=(Behind(source),),
            )


def _behind(option: Option) -> Iterator[Behind]:
    for told in option.attributions:
        if told.bracket is None:
            code = told.code or told.name or told.literal
            name = (told.name or "") if told.code else ""
            yield Behind(code, name=name, note=told.note or "")


def _asked(provision: Provision, asked: Sequence[Asked]) -> Iterator[Lying]:
    mine = _codes(provision)
    for place, one in enumerate(asked):
        known = one.code in mine or bool(one.over)
        behind = (Behind(one.code, Standing.PAST if known else Standing.ASKED),)
        over = one.over or ("changed" if one.code in mine else "")
        key = f"{one.code}#{place}"  # one proposal may ask for two wordings
        yield Lying(key, one.kind, one.text, behind=behind, over=over)


def _codes(provision: Provision) -> frozenset[str]:
    """Every proposal that stands behind words of the provision as it is."""
    told = {a.code for option in provision.options for a in option.attributions if a.code}
    return frozenset(told.union(*(sources(option.text) for option in provision.options)))


def _alike_together(entries: Iterable[Lying]) -> list[Lying]:
    """Equal ones as one, in the place of the first."""
    rows: dict[tuple[OptionKind, str], Lying] = {}
    for entry in entries:
        key = (entry.kind, _folded(entry.text))
        rows[key] = _joined(rows[key], entry) if key in rows else entry
    return list(rows.values())


def _folded(text: Text | None) -> str:
    return fold(plain(accepted(text)), terminal=False) if text else ""


def _joined(one: Lying, other: Lying) -> Lying:
    known = {behind.code for behind in one.behind}
    fresh = tuple(behind for behind in other.behind if behind.code not in known)
    text = other.text if one.key != BASE and other.options and not one.options else one.text
    return replace(
        one,
        text=_marked(one, other) or text,
        options=one.options + other.options,
        within=one.within + other.within,
        behind=one.behind + fresh,
        over=one.over if not other.in_draft else "",
    )


def _marked(one: Lying, other: Lying) -> Text | None:
    """Of two that say the same, the draft's, if it bears brackets that the other has not."""
    return other.text if other.options and other.text and _brackets(other.text) else None


def _brackets(text: Text) -> int:
    return sum(isinstance(piece, BracketOpen) for piece in inlines(text)) or sum(
        isinstance(piece, BracketClose) for piece in inlines(text)
    )


def _near_together(rows: list[Lying]) -> list[Lying]:
    """Each after the one that it is nearest to, where one is near."""
    out: list[Lying] = []
    for row in rows:
        place, dispute = _nearest(out, row)
        if place is None:
            out.append(row)
        else:
            out.insert(_after(out, place), replace(row, near=place, dispute=dispute))
            out = _renamed(out, row, place)
    return out


def _nearest(out: Sequence[Lying], row: Lying) -> tuple[int | None, Dispute | None]:
    if row.kind is not OptionKind.TEXT or row.key == BASE:
        return None, None
    found = [
        (told.words, place, told)
        for place, other in enumerate(out)
        if other.kind is OptionKind.TEXT and other.key != BASE
        for told in (disputed(other.words, row.words),)
        if told.is_near
    ]
    if not found:
        return None, None
    _words, place, told = min(found, key=lambda item: item[:2])
    return place, told


def _after(out: Sequence[Lying], place: int) -> int:
    """Behind those that already follow it."""
    end = place + 1
    while end < len(out) and out[end].near is not None and (out[end].near or 0) >= place:
        end += 1
    return end


def _renamed(out: list[Lying], row: Lying, place: int) -> list[Lying]:
    """Places behind the one that came in have moved by one."""
    at = next(n for n, one in enumerate(out) if one.key == row.key)
    return [
        replace(one, near=one.near + 1)
        if one.near is not None and one.near >= at and one.key != row.key
        else one
        for one in out
    ]


def _numbered(rows: Sequence[Lying]) -> Iterator[Lying]:
    """Numbers by place, beside the base; `near` becomes the number of the other."""
    first = 0 if rows and rows[0].key == BASE else 1
    for place, row in enumerate(rows):
        near = None if row.near is None else row.near + first
        yield replace(row, number=place + first, near=near)


# --- what is in dispute -------------------------------------------------------------------------


class Matter(StrEnum):
    """What keeps a provision open, in one word; the line of the index says it in a few."""

    NOTHING = "nothing"
    REOPENED = "reopened"
    SPAN = "span"  # two wordings, one place, few words
    NEAR = "near"  # two of them are few words apart
    TEXTS = "texts"  # wordings far apart
    DELETION = "deletion"  # one asks to delete, and nobody for other words
    BRACKETS = "brackets"
    NAMES = "names"  # one wording, and somebody's name behind it: only to be agreed


@dataclass(frozen=True, slots=True)
class Line:
    """A provision in the index. `distance` orders: the nearest to agreement first.

    `count`: how many of what `matter` says; `words`: those in dispute, in the order of the text.
    """

    provision: str
    matter: Matter
    count: int
    words: tuple[str, ...] = ()
    apart: int = 0  # words between the two that are nearest
    distance: int = 0
    brackets: int = 0
    codes: tuple[str, ...] = ()
    on_table: bool = False  # contested, reopened, or asked for otherwise and not decided


# Pure, and asked anew for every provision of a draft whenever one of them has changed.
@lru_cache(maxsize=4096)
def line(provision: Provision, asked: tuple[Asked, ...] = ()) -> Line:
    """What the index says of a provision, whether it is contested or not."""
    rows = _alike_together([*_base(provision), *_options(provision), *_asked(provision, asked)])
    table = Table(provision, tuple(rows))
    running = table.running
    brackets = sum(_brackets(o.text) for o in provision.options)
    told = _matter(table, running, brackets)
    codes = dict.fromkeys(behind.code for one in table.wordings for behind in one.behind)
    open_ = _is_on_table(provision, running)
    return replace(told, brackets=brackets, codes=tuple(codes), on_table=open_)


def _is_on_table(provision: Provision, running: Sequence[Lying]) -> bool:
    """A wish that the draft's words fulfil keeps nothing open, nor does one about closed text."""
    if provision.status is Status.REOPENED:
        return True
    if is_closed(provision.status) or provision.moved_to is not None:
        return False
    return is_contested(provision) or any(not one.in_draft for one in running)


def _matter(table: Table, running: Sequence[Lying], brackets: int) -> Line:
    key, status = table.provision.key, table.provision.status
    worded = [one for one in running if one.kind is OptionKind.TEXT]
    weight = 20 * max(len(running) - 2, 0) + 3 * brackets
    if status is Status.REOPENED and len(running) < 2:
        return Line(key, Matter.REOPENED, 1, distance=weight + 6)
    if len(worded) > 1:
        return _between(key, running, worded, weight)
    if len(running) > 1:
        return Line(key, Matter.DELETION, len(running), distance=weight + 30)
    if brackets:
        words = tuple(_bracketed(table.provision))
        length = sum(len(part.split()) for part in words)
        return Line(key, Matter.BRACKETS, brackets, words, distance=weight + min(length, 25))
    if running and running[0].behind:
        return Line(key, Matter.NAMES, 1, distance=1 + _far(table, running[0]) // 4)
    return Line(key, Matter.NOTHING, 0)


_WEIGHED = 5  # wordings that are weighed against each other; a chair has no eyes for more at once


def _between(key: str, running: Sequence[Lying], worded: Sequence[Lying], weight: int) -> Line:
    """The nearest two of the wordings that are in question."""
    apart = [
        (words_apart(one.words, other.words), one, other)
        for one, other in combinations(worded[:_WEIGHED], 2)
    ]
    least, one, other = min(apart, key=lambda item: item[0])
    distance = weight + sum(min(words, 40) for words, _one, _other in apart[:6])
    if len(running) == 2 and least <= NEAR:
        spans = spans_apart(one.words, other.words)
        if len(spans) == 1:
            return Line(key, Matter.SPAN, least, spans[0], distance=distance)
    if least <= NEAR:
        return Line(key, Matter.NEAR, len(running), apart=least, distance=distance)
    return Line(key, Matter.TEXTS, len(running), apart=least, distance=distance + 10)


def _far(table: Table, one: Lying) -> int:
    return words_apart(table.base.words, one.words) if table.base and one.text else 8


def bracketed(provision: Provision, key: str) -> str:
    """A bracket with the words in it, as printed; those in it alone, where one end is missing."""
    for option in provision.options:
        pieces = list(inlines(option.text))
        ends = [n for n, piece in enumerate(pieces) if getattr(piece, "id", "") == key]
        if ends:
            inside = tuple(pieces[ends[0] : ends[-1] + 1])
            return printed(Text((Paragraph(inside),)), with_label=False)
    return "[ ]"


def _bracketed(provision: Provision) -> Iterator[str]:
    """The words in each outermost bracket that closes in its own paragraph."""
    for option in provision.options:
        for words in printed(option.text, with_label=False).split("\n"):
            yield from _outermost(words)


def _outermost(words: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, char in enumerate(words):
        if char == "[":
            start = start if depth else place
            depth += 1
        elif char == "]" and depth:
            depth -= 1
            if not depth:
                yield words[start : place + 1]
