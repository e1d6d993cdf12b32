"""Base words that new words without a mark may have replaced: another reading, offered when asked.

- A lone hyphen that the base lacks is a struck space: the base word between it and new words was
  struck as well.
- Where such a hyphen stands further inside, the clause it stands in was struck, from the new words
  before it to its comma.
- A phrase that begins with an article, directly behind a word of the base, stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from drafting.intake.consolidated.tokens import Token, Verdict

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "their"})


def beside_new_words(tokens: Sequence[Token], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts with such words deleted."""
    out = list(verdicts)
    new = [_is_new(*pair) for pair in zip(tokens, verdicts, strict=True)]
    for place in _struck_spaces(tokens, verdicts):
        for gone in _struck_with(place, tokens, new):
            out[gone] = Verdict.DELETED
    for first, last in _runs(new):
        before = verdicts[first - 1] if first and tokens[first - 1].is_word else None
        if before is Verdict.KEPT and last > first and tokens[first].key in _ARTICLES:
            out[first - 1] = Verdict.DELETED
    return tuple(out)


def _is_new(token: Token, verdict: Verdict) -> bool:
    """Whether it is new and the paper does not say so."""
    marked = token.struck or token.fresh or not token.text
    return verdict is Verdict.INSERTED and not marked


def _struck_spaces(tokens: Sequence[Token], verdicts: Sequence[Verdict]) -> Iterator[int]:
    """Lone hyphens between two words that were kept."""
    for k in range(1, len(tokens) - 1):
        slip = verdicts[k] is Verdict.SLIP and tokens[k].text == "-"
        if slip and verdicts[k - 1] is verdicts[k + 1] is Verdict.KEPT:
            yield k


def _struck_with(place: int, tokens: Sequence[Token], new: Sequence[bool]) -> list[int]:
    """The base words that were struck together with the space at `place`."""
    for word, beyond in ((place + 1, place + 2), (place - 1, place - 2)):
        if 0 <= beyond < len(tokens) and new[beyond] and tokens[word].base is not None:
            return [word]
    before = next((k for k in range(place, -1, -1) if new[k]), None)
    comma = next((k for k in range(place, len(tokens)) if tokens[k].text == ","), None)
    if before is None or comma is None or any(tokens[k].text == ";" for k in range(before, comma)):
        return []
    return [k for k in range(before + 1, comma + 1) if tokens[k].base is not None]


def _runs(new: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last place of every run of new words."""
    for is_new, group in groupby(enumerate(new), lambda pair: pair[1]):
        if is_new:
            places = [k for k, _ in group]
            yield places[0], places[-1]
