"""The judgement on a printed paragraph: a verdict for each word, and the other readings there are.

Rules:

- The literal reading takes every line through a word for a deletion and nothing else for one.
- The other readings each take one habit of those who draw by hand for granted; which of them holds,
  a person is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from drafting.intake.consolidated.replaced import beside_new_words
from drafting.intake.consolidated.tokens import Token, Verdict

_LONG = 5  # words: a strike of fewer is meant as it is drawn


def literal(token: Token) -> Verdict:
    if token.struck:
        return Verdict.DELETED
    return Verdict.KEPT if token.base is not None else Verdict.INSERTED


def struck_spans(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Half-open spans of neighbouring struck tokens."""
    out, place = [], 0
    for struck, group in groupby(tokens, lambda token: token.struck):
        size = len(list(group))
        if struck:
            out.append((place, place + size))
        place += size
    return out


class Reason(StrEnum):
    """Why a wording is asked, the weightiest first."""

    STRIKE = "strike"
    UNMARKED = "unmarked"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Judged:
    """The tokens of a paragraph, a verdict for each, the base's tokens, and the reasons to ask."""

    tokens: tuple[Token, ...]
    verdicts: tuple[Verdict, ...]
    base: tuple[tuple[str, str], ...]
    reasons: frozenset[Reason]
    settled: frozenset[Reason]  # what would be reasons to ask, had nothing settled them
    repaired: bool  # words that the print shows as standing were judged otherwise
    certain: bool  # some change is beyond doubt, so the base's wording cannot be meant
    editions: bool  # nothing but editions was changed

    @property
    def literal(self) -> tuple[Verdict, ...]:
        """The verdicts if every line through a word means deletion and nothing else does."""
        return tuple(literal(token) for token in self.tokens)

    @property
    def wider(self) -> tuple[Verdict, ...]:
        """The verdicts if a long strike that ends in new words began at the change before it."""
        out = list(self.verdicts)
        for start, end in struck_spans(self.tokens):
            if self._is_replacement(start, end):
                for k in range(self._change_before(start) or start, start):
                    out[k] = Verdict.DELETED
        return tuple(out)

    def _is_replacement(self, start: int, end: int) -> bool:
        span = self.tokens[start:end]
        gone = sum(token.base is not None and token.is_word for token in span)
        new = end < len(self.tokens) and self.verdicts[end] is Verdict.INSERTED
        return gone >= _LONG and (new or any(t.base is None and t.is_word for t in span))

    def _change_before(self, start: int) -> int | None:
        """Where the kept words before the strike begin, if a change stands before them."""
        for k in range(start - 1, -1, -1):
            closes = self.tokens[k].text == ")" and self._opened_before(k)
            if closes or self.verdicts[k] is not Verdict.KEPT:
                return k + 1
        return None

    def _opened_before(self, place: int) -> bool:
        """Whether the parenthesis closed at `place` holds a change."""
        for k in range(place - 1, -1, -1):
            if self.tokens[k].text == "(":
                return False
            if self.verdicts[k] is not Verdict.KEPT:
                return True
        return False

    @property
    def replaced(self) -> tuple[Verdict, ...]:
        """The verdicts if new words without a mark replaced the base words beside them."""
        return beside_new_words(self.tokens, self.verdicts)

    @property
    def unstruck(self) -> tuple[Verdict, ...]:
        """The verdicts if no word that is printed was deleted."""
        return tuple(
            Verdict.KEPT if token.base is not None else Verdict.INSERTED for token in self.tokens
        )
