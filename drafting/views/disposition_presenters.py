"""The disposition table as its page shows it: groups of lines, what was filtered, and the score.

The score is the picture of it all: a row for each proposal, a column for each place of the paper
that anybody asks about, and in each cell a sign for what came of it. Columns stand in reading
order, so that who looks down one sees who meets there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from drafting.domain.disposition_table import OUTCOMES, Line, Table, alike, run_together
from drafting.domain.dispositions import Outcome
from drafting.domain.redline import Op
from drafting.services.telling import told

SHORT = 160  # characters that are read at once; more are unfolded
SIGN = 16  # px that a sign of the score needs, so as not to lie on its neighbour


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; "" is everything. `by`: "provision" or "proposal"."""

    by: str = "provision"
    delegation: str = ""
    outcome: str = ""
    proposal: str = ""

    def query(self, **other: str) -> str:
        """The address's query with something else in it."""
        parts = {"by": self.by, "delegation": self.delegation, "outcome": self.outcome}
        parts |= {"proposal": self.proposal} | other
        wanted = {name: value for name, value in parts.items() if value}
        if wanted.get("by") == "provision":
            del wanted["by"]
        return f"?{urlencode(wanted)}" if wanted else "?"

    def admits(self, line: Line) -> bool:
        return (
            self.outcome in ("", line.outcome.value)
            and self.proposal in ("", line.code)
            and (not self.delegation or self.delegation in parties(line))
        )


def parties(line: Line) -> tuple[str, ...]:
    """The delegations behind a line; where none is known, whoever its code begins with."""
    return line.delegations or (line.code.split("/")[0],)


@dataclass(frozen=True, slots=True)
class LineView:
    line: Line
    id: str
    asked: str
    where: str
    outcome: str
    words: SafeString
    long: bool

    @property
    def said_by_where(self) -> bool:
        """Whether where it went says what came of it, as "Agreed as resolves 2" does."""
        return self.where.casefold().startswith(self.outcome.casefold())

    @property
    def decider(self) -> str:
        """ "Ana Ruiz, Chair"; the name of the office where it has no person."""
        who = self.line.decided
        return ", ".join(dict.fromkeys(filter(None, (who.by, who.acting_for)))) if who else ""


@dataclass(frozen=True, slots=True)
class Row:
    """What several proposals ask alike, and what came alike of it: told once, for all of them."""

    lines: tuple[LineView, ...]

    @property
    def one(self) -> LineView:
        """The line that speaks for them."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading: a place of the paper, or a proposal."""

    title: str
    key: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """An outcome with its number, and the address that shows its lines alone, or all again."""

    outcome: str
    words: str
    number: int
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign of the score: `x` in percent of its width."""

    outcome: str
    x: str
    title: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A proposal's row of the score. `words` says it to who does not see it."""

    code: str
    query: str
    words: str
    marks: tuple[Mark, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class DispositionView:
    total: int
    shown: int
    proposals: int
    tallies: tuple[Tally, ...]
    delegations: tuple[str, ...]
    strips: tuple[Strip, ...]
    ticks: tuple[str, ...]
    breadth: int
    groups: tuple[Group, ...]
    filters: Filters
    by_provision: str
    by_proposal: str
    everything: str


def present(found: Table, filters: Filters) -> DispositionView:
    """The page of a table, filtered."""
    shown = [line for line in found.lines if filters.admits(line)]
    places = list(dict.fromkeys((line.provision, told(line.name)) for line in found.lines))
    return DispositionView(
        total=len(found.lines),
        shown=len(shown),
        proposals=len({line.code for line in found.lines}),
        tallies=tuple(_tallies(found.lines, filters)),
        delegations=tuple(sorted({one for line in found.lines for one in parties(line)})),
        strips=tuple(_strips(found.lines, places, filters)),
        ticks=tuple(_ticks(places)),
        breadth=len(places) * SIGN,
        groups=tuple(_groups(shown, filters.by)),
        filters=filters,
        by_provision=filters.query(by="provision"),
        by_proposal=filters.query(by="proposal"),
        everything=filters.query(delegation="", outcome="", proposal=""),
    )


# --- lines --------------------------------------------------------------------------------------


def _groups(lines: Sequence[Line], by: str) -> Iterator[Group]:
    if by == "proposal":
        ordered = sorted(lines, key=lambda line: line.code)
        yield from _grouped(ordered, lambda line: (line.code, ""))
    else:
        yield from _grouped(lines, lambda line: (told(line.name), line.provision))


def _grouped(lines: Iterable[Line], key: Callable[[Line], tuple[str, str]]) -> Iterator[Group]:
    for (title, anchor), group in groupby(lines, key):
        yield Group(title, anchor, tuple(Row(tuple(map(_line, row))) for row in alike(group)))


def _line(line: Line) -> LineView:
    return LineView(
        line=line,
        id=f"{line.code} {line.key}",
        asked=told(line.asked),
        where=told(line.where),
        outcome=told(OUTCOMES[line.outcome]),
        words=_words(line),
        long=sum(len(span.text) for span in line.words) > SHORT,
    )


_APART = mark_safe('<span class="sp"> </span>')
_FATES = {
    Op.KEEP: "{words}",
    Op.INS: "<ins>{words}</ins>",
    Op.DEL: "<del>{words}</del>",
}


def _words(line: Line) -> SafeString:
    """The words with their fate; a paragraph's end breaks the line."""
    out = []
    for before, span in zip((None, *line.words), line.words, strict=False):
        if before and run_together(before, span):
            out.append(_APART)
        parts = ((part,) for part in span.text.split("\n"))
        words = format_html_join(mark_safe("<br>"), "{}", parts)
        out.append(format_html(_FATES[span.op], words=words))
    return mark_safe("".join(out))


def _tallies(lines: Iterable[Line], filters: Filters) -> Iterator[Tally]:
    """Every outcome, in the order from what is settled to what is gone."""
    found = Counter(line.outcome for line in lines)
    for outcome in OUTCOMES:
        current = filters.outcome == outcome.value
        query = filters.query(outcome="" if current else outcome.value)
        words = told(OUTCOMES[outcome])
        yield Tally(outcome.value, words, found[outcome], query, current)


# --- the score ----------------------------------------------------------------------------------


def _strips(
    lines: Sequence[Line], places: Sequence[tuple[str, str]], filters: Filters
) -> Iterator[Strip]:
    at = {place: _percent(n, len(places)) for n, place in enumerate(places)}
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line.code, []).append(line)
    for code, own in sorted(by_code.items()):
        yield _strip(code, own, at, filters)


def _percent(place: int, of: int) -> str:
    return f"{(place + 0.5) / of * 100:.2f}%"


def _strip(
    code: str, lines: Sequence[Line], at: dict[tuple[str, str], str], filters: Filters
) -> Strip:
    found = Counter(line.outcome for line in lines)
    said = ", ".join(f"{found[one]} {told(OUTCOMES[one])}" for one in OUTCOMES if found[one])
    marks = tuple(_mark(line, at) for line in lines)
    current = filters.proposal == code
    query = filters.query(proposal="" if current else code)
    return Strip(code, query, f"{code}: {said}", marks, current)


def _mark(line: Line, at: dict[tuple[str, str], str]) -> Mark:
    name = told(line.name)
    title = f"{line.code}, {name}: {told(line.where)}"
    return Mark(line.outcome.value, at[line.provision, name], title)


def _ticks(places: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Where another section of the paper begins."""
    before = None
    for n, (_key, name) in enumerate(places):
        section = name.rsplit(" ", 1)[0] if name[-1:] == ")" or name[-1:].isdigit() else name
        if before is not None and section != before:
            yield f"{n / len(places) * 100:.2f}%"
        before = section


KINDS = frozenset(one.value for one in Outcome)
