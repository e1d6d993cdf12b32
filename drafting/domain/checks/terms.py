"""Words of a draft as terms: each where it stands, and the uses of one term in its spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.domain.checks.live import Line

_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019\u2010\u2011-][^\W\d_]+)*|\d+(?:[-/.]\d+)*")
_STARTERS = '.:;?!(["\u201c\u2018\u00ab'


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands; `is_first` begins a sentence."""

    line: Line
    words: str
    start: int
    end: int
    is_first: bool
    folded: str

    @property
    def is_name(self) -> bool:
        return self.words[0].isupper()


@dataclass(frozen=True, slots=True)
class Use:
    """A term at one place, in the spelling `form`. `said`: its words, with the first letter as in
    the middle of a sentence."""

    tokens: tuple[Token, ...]
    form: str

    @property
    def line(self) -> Line:
        return self.tokens[0].line

    @property
    def words(self) -> str:
        return self.line.words[self.tokens[0].start : self.tokens[-1].end]


Uses = dict[str, list[Use]]


def tokens(line: Line) -> list[Token]:
    words = line.words
    return [
        Token(line, m[0], m.start(), m.end(), _begins(words, m.start()), m[0].casefold())
        for m in _TOKEN.finditer(words)
    ]


def _begins(words: str, at: int) -> bool:
    """Whether a word there begins a sentence, a quotation or a bracket."""
    while at and words[at - 1].isspace():
        at -= 1
    return not at or words[at - 1] in _STARTERS
