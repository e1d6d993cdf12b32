"""What a chair may decide where the wordings part: one fork by itself, where brackets hold it.

Rules:

- A fork is held by the innermost bracket of an option between whose ends everybody who reads
  something of that option there reads it; or by several brackets beside each other, where what
  stands between them is no difference.
- To choose an alternative is to decide those brackets (`bracket.decide`): for whoever is heard in
  them, for what stands if nobody is ("base"), or, where nobody asks for a change in one, that its
  words stay or go.
- A bracket is decided as a whole: where those behind an alternative read different words elsewhere
  in the same bracket, nobody but a person can say which are meant.
- Whatever cannot be chosen says why not, in one word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drafting.domain.draft import OptionKind
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


Answer = Choice | Why
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
    return -1 if isinstance(answer, Choice) else _RANKS.index(answer)


def _answer(held: Held, fork: Fork, row: Alternative, spans: Mapping[str, Span]) -> Answer:
    """What can be done in one option about one alternative."""
    heard = [key for key in spans if key in held.read]
    brackets = _brackets(held, heard, spans)
    if not brackets:
        return _without(held, fork)
    keeps = [_keep(held, bracket, row, spans) for bracket in brackets]
    whys = [keep for keep in keeps if isinstance(keep, Why)]
    pairs = zip(brackets, keeps, strict=True)
    return min(whys, key=_rank) if whys else Choice(tuple((b, k) for b, k in pairs))


def _without(held: Held, fork: Fork) -> Why:
    """Why no bracket of an option holds a fork."""
    if held.has_lone_end:
        return Why.BEYOND
    rows = [row for row in fork.alternatives if any(key in held.read for key in row.keys)]
    return Why.NO_BRACKET if len(rows) > 1 else Why.WHOLE


def _brackets(held: Held, heard: Sequence[str], spans: Mapping[str, Span]) -> tuple[str, ...]:
    if not heard:
        return ()
    found = held.read[heard[0]]
    around = [
        (end - start, key)
        for key, (start, end) in found.brackets.items()
        if all(held.read[one].is_within(key, spans[one]) for one in heard)
    ]
    if around:
        return (min(around)[1],)
    beside = tuple(found.contains(spans[heard[0]]))
    whole = all(tuple(held.read[k].contains(spans[k])) == beside for k in heard)
    if not beside or not whole:
        return ()
    left = {held.read[key].outside(spans[key], beside) for key in heard}
    return beside if len(left) == 1 else ()


def _keep(
    held: Held, bracket: str, row: Alternative, spans: Mapping[str, Span]
) -> bool | str | Why:
    mine = [held.read[key].whom for key in row.keys if key in held.read]
    asking = held.asking_in(bracket)
    if not asking and mine:
        return True  # nobody asks for a change in it: its words stay
    if not mine:
        return False if not asking and _is_without(held, bracket, row, spans) else Why.NOT_IN_DRAFT
    if len({held.said_in(bracket, whom) for whom in mine}) > 1:
        return Why.APART
    return mine[0] if mine[0] in asking else "base"


def _is_without(held: Held, bracket: str, row: Alternative, spans: Mapping[str, Span]) -> bool:
    """Whether the row says nothing where the words of the bracket are all that is said."""
    key = next(key for key in spans if key in held.read)
    said = held.read[key].words
    (start, end), (first, last) = spans[key], held.read[key].brackets[bracket]
    return (
        not row.parts
        and not row.words.strip("[] ")
        and said[start:end].strip() == said[first:last].strip()
    )
