"""The projection law, checked on a draft after it was consolidated.

- Choosing nobody gives what stood before, provision by provision: the base, where nobody had been
  at it.
- Choosing a proposal gives the same with exactly what that proposal asks: its wordings in their
  provisions, its deletions gone, its additions in their places and in its own order.

Words are compared as `likeness.essence`: equal wordings are one option, so quotes, dashes, labels
and signs at the end may be those of the first who tabled it. Footnotes are compared with what they
say and where they stand. What a proposal asks twice otherwise
cannot be read from one draft; it is told, like every other failure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drafting.domain.consolidation.additions import Anchor, Papers, landed
from drafting.domain.consolidation.asked import ADD, NOC, Asked, Failure
from drafting.domain.consolidation.likeness import Essence, essence
from drafting.domain.draft import Draft, Provision
from drafting.domain.projection import reading, wording
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import sources

TWICE = _("The proposal asks for two different texts here.")
OTHERWISE = _("Choosing the proposal does not give its own words here.")
NOT_BASE = _("Choosing nobody does not give the text as it stood.")

NOBODY: frozenset[str] = frozenset()


def law(
    before: Draft,
    asked: Sequence[Asked],
    after: Draft,
    *,
    known: Mapping[str, Anchor] | None = None,
) -> tuple[Failure, ...]:
    """Where the draft `after` does not read as the law says; `asked`: what was built into it.

    `known`: where additions stand that `asked` refers to without holding them.
    """
    return tuple(_Check(before, after).failures(asked, known or {}))


@dataclass(slots=True)
class _Wish:
    """What one proposal asks: words by provision (None: gone)."""

    words: dict[str, Essence | None] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def ask(self, key: str, words: Essence | None) -> None:
        if key in self.words and self.words[key] != words:
            self.twice.append(key)
        self.words.setdefault(key, words)


Line = tuple[str, Essence]  # the key of a provision and the words that are read there


class _Check:
    def __init__(self, before: Draft, after: Draft) -> None:
        self.before, self.after = before, after
        self.stood = {p.key: _read(p, NOBODY) for p in before.provisions}
        self.unchosen = {p.key: _read(p, NOBODY) for p in after.provisions}
        self.named_before, self.named = _naming(before), _naming(after)

    def failures(self, asked: Sequence[Asked], known: Mapping[str, Anchor]) -> Iterator[Failure]:
        nothing = self._expected("", _Wish(), {})
        yield from self._compared("", nothing, self._actual(""), NOT_BASE)
        additions = [item for item in asked if item.operation == ADD]
        places = landed(additions, known, self.before.provisions)
        for code, wish in _wishes(asked).items():
            yield from (Failure(key, code, TWICE) for key in wish.twice)
            own = _of(code, places)
            expected = self._expected(code, wish, own)
            yield from self._compared(code, expected, self._actual(code), OTHERWISE)

    def _expected(
        self, code: str, wish: _Wish, own: Mapping[Anchor, Sequence[Essence]]
    ) -> list[Line]:
        out = [("", words) for words in own.get(None, ())]
        for key, words in (self.stood | _of_code(self.named_before, code)).items():
            read = wish.words.get(key, words)
            if read is not None:
                out.append((key, read))
            out += [("", added) for added in own.get(key, ())]
        return out

    def _actual(self, code: str) -> list[Line]:
        found = self.unchosen | _of_code(self.named, code)
        return [(key, words) for key, words in found.items() if words is not None]

    def _compared(
        self, code: str, expected: Sequence[Line], actual: Sequence[Line], why: str
    ) -> Iterator[Failure]:
        """A failure at the first place where the two readings part, if they do."""
        if [words for _, words in expected] == [words for _, words in actual]:
            return
        same = zip(expected, actual, strict=False)
        at = next((n for n, (one, other) in enumerate(same) if one[1] != other[1]), None)
        at = min(len(expected), len(actual)) if at is None else at
        here = [line[0] for lines in (actual, expected) for line in lines[at : at + 1]]
        yield Failure(next((key for key in here if key), ""), code, why)


Naming = dict[str, list[Provision]]


def _naming(draft: Draft) -> Naming:
    """The provisions in which each proposal is named."""
    out: Naming = defaultdict(list)
    for provision in draft.provisions:
        for code in _codes(provision):
            out[code].append(provision)
    return out


def _of_code(naming: Naming, code: str) -> dict[str, Essence | None]:
    return {p.key: _read(p, frozenset([code])) for p in naming.get(code, ())}


def _wishes(asked: Sequence[Asked]) -> dict[str, _Wish]:
    wishes: dict[str, _Wish] = defaultdict(_Wish)
    for item in asked:
        wish = wishes[item.code]
        if item.operation == ADD and item.moved_from:
            wish.ask(item.moved_from, None)
        elif item.operation not in (ADD, NOC) and item.target:
            wish.ask(item.target, _words(item))
    return wishes


def _of(code: str, places: Mapping[Anchor, Papers]) -> dict[Anchor, list[Essence]]:
    """The additions of one proposal, by what they stand after."""
    return {
        anchor: [
            words
            for items in papers.values()
            for item in items
            if item.code == code and (words := _words(item)) is not None
        ]
        for anchor, papers in places.items()
    }


def _codes(provision: Provision) -> set[str]:
    named = {a.code or a.name or "" for o in provision.options for a in o.attributions}
    return named.union(*(sources(option.text) for option in provision.options))


def _read(provision: Provision, codes: frozenset[str]) -> Essence | None:
    option = reading(provision, codes)
    return None if option is None else essence(option.text, provision.notes)


def _words(item: Asked) -> Essence | None:
    return None if item.text is None else essence(wording(item.text, NOBODY), item.notes)
