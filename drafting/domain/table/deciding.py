"""What a chair may decide where the wordings part: one fork by itself, where brackets hold it.

Rules:

- A fork is held by the innermost bracket of an option between whose ends everybody who reads
  something of that option there reads it; or by several brackets beside each other, where what
  stands between them is no difference.
- To choose an alternative is to decide those brackets (`bracket.decide`): for whoever is heard in
  them, or for what stands if nobody is ("base").
- Brackets in which nobody asks for a change hold a fork where they stand whole in it: their words
  stay or go, so that what is left is the alternative. Such brackets side by side ("[shall]
  [should]") are alternatives themselves, and each is chosen alone.
- A bracket is decided as a whole: where those behind an alternative read different words elsewhere
  in the same bracket, nobody but a person can say which are meant.
- Whatever cannot be chosen says why not, in one word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from drafting.domain.draft import OptionKind
from drafting.domain.folding import fold
from drafting.domain.partings import Alternative, Fork, Part, read
from drafting.domain.table.holding import Held, Span, unmarked
from drafting.domain.table.lying import Lying, Table


class Why(StrEnum):
    """Why an alternative cannot be chosen by itself."""

    WHOLE = "whole"  # it stands between whole options, not within one text
    NOT_IN_DRAFT = "absent"  # a bracket holds the fork, but not these words
    NO_BRACKET = "open"  # one text holds the alternatives, and no bracket does
    BEYOND = "beyond"  # its bracket goes on in other text
    APART = "apart"  # those behind it read different words elsewhere in its bracket


@dataclass(frozen=True, slots=True)
class Choice:
    """The deeds: of each bracket a name, "base", or whether its words stay."""

    keep: tuple[tuple[str, bool | str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Brackets side by side: the words of each, and the choice that leaves these alone."""

    each: tuple[tuple[str, Choice], ...]


Answer = Choice | Beside | Why
Answers = tuple[Answer, ...]


def choices(table: Table, parts: Sequence[Part]) -> tuple[Answers, ...]:
    """For each fork in reading order (one within a row after the one it is in), row by row."""
    lying = {one.key: one for one in table.wordings}
    options = (o for o in table.provision.options if o.kind is OptionKind.TEXT)
    texts = [Held(option, lying.values()) for option in options]
    found = _forks(parts, dict.fromkeys(keys_of(parts), 0))
    return tuple(tuple(_answers(fork, at, lying, texts)) for fork, at in found)


def keys_of(parts: Iterable[Part]) -> tuple[str, ...]:
    """The wordings that part there; none where they do not."""
    forks = (part for part in parts if isinstance(part, Fork))
    return next((tuple(k for row in fork.alternatives for k in row.keys) for fork in forks), ())


def _forks(parts: Iterable[Part], at: Mapping[str, int]) -> Iterator[tuple[Fork, dict[str, Span]]]:
    """Each fork with where it stands in every wording, in characters as printed."""
    here = dict(at)
    for part in parts:
        ends = {key: start + len(read(part, key)) for key, start in here.items()}
        if isinstance(part, Fork):
            yield part, {key: (start, ends[key]) for key, start in here.items()}
            for row in part.alternatives:
                yield from _forks(row.parts, {key: here[key] for key in row.keys})
        here = ends


def _answers(
    fork: Fork, at: Mapping[str, Span], lying: Mapping[str, Lying], texts: Sequence[Held]
) -> Iterator[Answer]:
    spans = {key: unmarked(lying[key], span) for key, span in at.items()}
    for row in fork.alternatives:
        told = [_answer(held, fork, row, spans) for held in texts]
        yield min(told, key=_rank, default=Why.WHOLE)


_RANKS = (Why.APART, Why.BEYOND, Why.NOT_IN_DRAFT, Why.NO_BRACKET, Why.WHOLE)


def _rank(answer: Answer) -> int:
    """Of what several options answer, what can be done is told first."""
    return _RANKS.index(answer) if isinstance(answer, Why) else -1


def _answer(held: Held, fork: Fork, row: Alternative, spans: Mapping[str, Span]) -> Answer:
    """What can be done in one option about one alternative."""
    heard = [key for key in spans if key in held.read]
    if not heard:
        return Why.WHOLE
    around, beside = _around(held, heard, spans), _beside(held, heard, spans)
    brackets = around or beside
    is_alone = sum(any(key in held.read for key in one.keys) for one in fork.alternatives) == 1
    if not around and is_alone and not any(map(held.asking_in, beside)):
        return _plain(held, beside, row, heard[0], spans[heard[0]]) if beside else Why.WHOLE
    if not brackets:
        return Why.BEYOND if held.has_lone_end else Why.NO_BRACKET
    keeps = [_keep(held, bracket, row) for bracket in brackets]
    whys = [keep for keep in keeps if isinstance(keep, Why)]
    return min(whys, key=_rank) if whys else Choice(tuple(zip(brackets, keeps, strict=True)))


def _around(held: Held, heard: Sequence[str], spans: Mapping[str, Span]) -> tuple[str, ...]:
    """The innermost bracket in which somebody is heard and that holds all of the fork."""
    found = held.read[heard[0]]
    around = [
        (end - start, key)
        for key, (start, end) in found.brackets.items()
        if held.asking_in(key) and all(held.read[one].is_within(key, spans[one]) for one in heard)
    ]
    return (min(around)[1],) if around else ()


def _beside(held: Held, heard: Sequence[str], spans: Mapping[str, Span]) -> tuple[str, ...]:
    """The brackets that stand whole in the fork, where nothing differs beside them."""
    beside = tuple(held.read[heard[0]].contains(spans[heard[0]]))
    if not all(tuple(held.read[key].contains(spans[key])) == beside for key in heard):
        return ()
    left = {held.read[key].outside(spans[key], beside) for key in heard}
    return beside if len(left) == 1 else ()


def _keep(held: Held, bracket: str, row: Alternative) -> bool | str | Why:
    mine = [held.read[key].whom for key in row.keys if key in held.read]
    asking = held.asking_in(bracket)
    if not mine:
        return Why.NOT_IN_DRAFT
    if not asking:
        return True
    if len({held.said_in(bracket, whom) for whom in mine}) > 1:
        return Why.APART
    return mine[0] if mine[0] in asking else "base"


_MOST = 5  # brackets side by side of which every way to decide is tried


def _plain(held: Held, brackets: Sequence[str], row: Alternative, own: str, span: Span) -> Answer:
    """Nobody asks for a change in the brackets: what stays of them is to be the alternative."""
    found = held.read[own]
    if any(key in held.read for key in row.keys):
        if len(brackets) < 2 or any(found.outside(span, brackets)):
            return Choice(tuple((bracket, True) for bracket in brackets))
        alone = (Choice(tuple((b, b == kept) for b in brackets)) for kept in brackets)
        said = (found.said(bracket) for bracket in brackets)
        return Beside(tuple(zip(said, alone, strict=True)))
    wanted = fold("".join(read(p, row.keys[0]) for p in row.parts) or row.words.strip("[] "))
    for stays in product((True, False), repeat=len(brackets) if len(brackets) <= _MOST else 0):
        told = tuple(zip(brackets, stays, strict=True))
        gone = [bracket for bracket, is_kept in told if not is_kept]
        if fold("".join(found.outside(span, gone))) == wanted:
            return Choice(told)
    return Why.NOT_IN_DRAFT
