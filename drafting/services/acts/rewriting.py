"""One option's wording while an act changes it, step by step.

Rules:

- Every change is a step on what the steps before it left, so that open editors follow.
- To take a source is to reject what the others ask for, then to accept what it asks for
  (`domain.forks`).
- A contested bracket that held nothing but what was asked for goes with the last of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.forks import settled_brackets
from drafting.domain.text import BracketClose, BracketOpen, Inline, Run, Text, inlines
from drafting.models import Option
from drafting.services.acts.parting import size_of
from drafting.services.acts.work import Work, invalid
from drafting.steps import Json

EMPTY = texts.to_json(texts.text_of(""))


class Rewriting:
    """The steps so far, and what they make of the option's content."""

    def __init__(self, option: Option) -> None:
        self.option = option
        self.content = steps.standard(option.content)
        self.taken: list[Json] = []

    @property
    def text(self) -> Text:
        return texts.from_json(self.content)

    def take(self, made: Sequence[Json]) -> None:
        """Takes steps on the content as it is now."""
        if not made:
            return
        done = steps.perform(self.content, made)
        if isinstance(done, steps.Invalid):
            raise invalid(_(done.reason))
        self.content = done.content
        self.taken += done.steps

    def read(self, sources: Collection[str], bracket: str | None = None) -> None:
        """Takes these sources and no others; between the ends of one bracket, or everywhere."""
        asking = texts.sources(self.text if bracket is None else self.inside(bracket))
        for source in asking:
            if source not in sources:
                self.settle(source, bracket, accept=False)
        for source in asking:
            if source in sources:
                self.settle(source, bracket, accept=True)

    def settle(self, source: str, bracket: str | None = None, *, accept: bool) -> None:
        """Settles what a source asks for; what it asks for between a bracket's ends, and outside
        where that is but a space."""
        settle = partial(steps.settle, source=source, accept=accept)
        if bracket is None:
            self.take(settle(self.content))
            return
        asked = _pieces_by_id(self.inside(bracket), source).keys()
        self.take(settle(self.content, within=self.span(bracket)))
        left = _pieces_by_id(self.text, source)
        blank = {key for key in asked & left.keys() if all(map(_is_space, left[key]))}
        if blank:
            self.take(settle(self.content, ids=blank))

    def inside(self, bracket: str) -> Text:
        """The words between a bracket's ends, as a text of their own."""
        start, end = self.span(bracket)
        part = steps.slice_json(self.content, start, end) if start < end else EMPTY
        if isinstance(part, steps.Invalid):
            raise invalid(_(part.reason))
        return texts.from_json(part)

    def span(self, bracket: str) -> tuple[int, int]:
        """The places between which a bracket holds words here; it may go on in another text."""
        opens, closes = steps.ends(self.content, bracket)
        size = sum(size_of(node) for node in self.content["content"])
        return (1 if opens is None else opens), (size - 1 if closes is None else closes)

    def cut(self, bracket: str) -> None:
        """Takes the words between a bracket's ends away."""
        self.take(steps.cut(self.content, *self.span(bracket)))

    def close_up(self, at: int) -> None:
        """Where words were taken out, leaves no space doubled and none before a sign."""
        part = steps.slice_json(self.content, at - 1, at + 1) if at > 1 else EMPTY
        around = "" if isinstance(part, steps.Invalid) else texts.plain(texts.from_json(part))
        if len(around) == 2 and around[0] == " " and around[1] in " ,;.:)":
            self.take(steps.cut(self.content, at - 1, at))

    def lift(self, brackets: Iterable[str]) -> None:
        for bracket in brackets:
            self.take(steps.lift_bracket(self.content, bracket))

    def lift_settled(self, before: Text, kept: Collection[str] = ()) -> None:
        """Lifts the brackets that hold nothing pending any more, but those to be kept."""
        self.lift(sorted(settled_brackets(before, self.text) - set(kept)))

    def brackets(self) -> tuple[str, ...]:
        """The ids of all brackets that have an end here, in order."""
        return _brackets(self.text)

    def write(self, work: Work) -> bool:
        """Writes what was changed; whether anything was. Nobody stands behind a bracket gone."""
        had = _brackets(texts.from_json(self.option.content))
        work.write(self.option, self.taken)
        gone = set(had) - set(self.brackets())
        if gone:
            self._let_go(work, gone)
        return bool(self.taken)

    def _let_go(self, work: Work, brackets: Collection[str]) -> None:
        """Nobody stands behind these any more, nor thinks anything of them."""
        option = self.option
        work.let_names_go(option, [a for a in option.attributions.all() if a.bracket in brackets])
        for position in list(option.provision.positions.all()):
            if position.bracket in brackets:
                work.hand.delete(position)


def _brackets(text: Text) -> tuple[str, ...]:
    found = [p.id for p in inlines(text) if isinstance(p, BracketOpen | BracketClose)]
    return tuple(dict.fromkeys(found))


def _pieces_by_id(text: Text, source: str) -> dict[str, list[Inline]]:
    """The pieces on which each change of a source lies."""
    found: dict[str, list[Inline]] = {}
    for piece in inlines(text):
        for change in piece.changes:
            if change.source == source:
                found.setdefault(change.id, []).append(piece)
    return found


def _is_space(piece: Inline) -> bool:
    return isinstance(piece, Run) and piece.text.isspace()
