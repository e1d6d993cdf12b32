"""How the wordings of a provision come to lie on the table.

Rules:

- Equal wordings are one, with everybody behind it: quotes, dashes, spaces, terminal punctuation
  and labels do not count.
- Near ones stand together: a wording follows the one that it is nearest to.
- The numbers are given here, in the order of the draft's options: who counts them in the paper
  comes to the same, and typing what brings two near each other changes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from drafting.domain import forks
from drafting.domain.consolidation.likeness import footnotes_in, words_alone
from drafting.domain.disputes import Dispute, disputed
from drafting.domain.draft import Option, OptionKind, Provision
from drafting.domain.table.lying import BASE, Asked, Behind, Lying, Standing, Table
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Text,
    accepted,
    inlines,
    plain,
    sources,
)


def laid(provision: Provision, asked: Sequence[Asked] = ()) -> Table:
    """Everything that lies on the table for a provision."""
    rows = _near_together(_numbered(alike_together(wordings(provision, asked)), provision))
    return Table(provision, tuple(_by_number(rows)))


# Pure, and asked of every provision of a draft at once.
@lru_cache(maxsize=4096)
def called(provision: Provision) -> tuple[tuple[str, int], ...]:
    """The number of each option, whatever else is asked: 0 for what says the adopted text."""
    rows = _numbered(alike_together(wordings(provision, ())), provision)
    return tuple((key, row.number) for row in rows for key in row.options)


# --- what each is ---------------------------------------------------------------------------------


def wordings(provision: Provision, asked: Sequence[Asked]) -> Iterator[Lying]:
    """Each by itself: the base, then those of the draft, then what is asked for."""
    yield from _base(provision)
    yield from _options(provision)
    yield from _asked(provision, asked)


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
        holds = bool(asking) and not _is_read(option, behind, asking)
        standing = forks.reading(option.text, ()) if asking and not holds else option.text
        yield Lying(option.key, option.kind, standing, (option.key,), behind=behind, holds=holds)
        for source in asking:
            yield Lying(
                f"{option.key}/{source}",
                option.kind,
                forks.reading(option.text, (source,)),
                within=(option.key,),
                behind=(Behind(source),),
            )


def _is_read(option: Option, behind: Sequence[Behind], asking: Sequence[str]) -> bool:
    """Whether what an option says if nobody is heard in it is a wording: it stands, or somebody is
    behind it who asks for no change in it."""
    return bool(plain(forks.reading(option.text, ())).strip()) and (
        option.stands or not behind or any(one.code not in asking for one in behind)
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


# --- equal ones are one, near ones stand together -------------------------------------------------


def alike_together(entries: Iterable[Lying]) -> list[Lying]:
    """Equal ones as one, in the place of the first."""
    rows: dict[tuple[str, ...], Lying] = {}
    for entry in entries:
        key = ("holds", entry.key) if entry.holds else (entry.kind.value, *_folded(entry.text))
        rows[key] = _joined(rows[key], entry) if key in rows else entry
    return list(rows.values())


def _folded(text: Text | None) -> tuple[str, ...]:
    """The words, and the footnotes: who asks for one asks for other words."""
    if text is None:
        return ("",)
    text = accepted(text)
    return *words_alone(forks.unbracketed(text)), *footnotes_in(text)


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
    return other.text if other.options and other.text and brackets_in(other.text) else None


def brackets_in(text: Text) -> int:
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
    if not _is_weighed(row):
        return None, None
    found = [
        (told.words, place, told)
        for place, other in enumerate(out)
        if _is_weighed(other)
        for told in (disputed(other.words, row.words),)
        if told.is_near
    ]
    if not found:
        return None, None
    _words, place, told = min(found, key=lambda item: item[:2])
    return place, told


def _is_weighed(row: Lying) -> bool:
    return row.kind is OptionKind.TEXT and row.key != BASE and not row.holds


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


def _numbered(rows: Sequence[Lying], provision: Provision) -> list[Lying]:
    """Numbers beside the base: of the draft's options in their order, each with the alternatives
    in it, then of what is asked for."""
    place = {option.key: n for n, option in enumerate(provision.options)}

    def order(row: Lying) -> tuple[int, bool]:
        held = row.options or row.within
        at = min((place[key] for key in held), default=len(place))
        return (-1, False) if row.key == BASE else (at, not row.options)

    first = 0 if rows and rows[0].key == BASE else 1
    number = {row.key: n for n, row in enumerate(sorted(rows, key=order), first)}
    return [replace(row, number=number[row.key]) for row in rows]


def _by_number(rows: Sequence[Lying]) -> Iterator[Lying]:
    """`near` becomes the number of the other."""
    for row in rows:
        yield row if row.near is None else replace(row, near=rows[row.near].number)
