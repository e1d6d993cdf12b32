"""What the index of the table says of one provision: what is in dispute, and how far it is.

What is nearest to agreement comes first: the fewer wordings, and the fewer words between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from drafting.domain.disputes import NEAR, spans_apart, words_apart
from drafting.domain.draft import OptionKind, Provision, Status
from drafting.domain.lifecycle import is_closed, is_contested
from drafting.domain.table.bracketed import outermost
from drafting.domain.table.laying import alike_together, brackets_in, wordings
from drafting.domain.table.lying import Asked, Lying, Table


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
    table = Table(provision, tuple(alike_together(wordings(provision, asked))))
    running = table.running
    brackets = sum(brackets_in(o.text) for o in provision.options)
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
        words = tuple(outermost(table.provision))
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
