"""Brackets without a partner: square ones of the draft, round ones and quotation marks.

Rules:

- A square bracket is paired by its id, also over provisions. One with a single end is told where
  that end stands; the mend closes it at the end of its wording, since nobody knows how far it went.
- A round bracket after a label ("a)") is none. The mend of an open one is a close before the final
  mark; a close too many has none, for nobody knows which.
- A straight quotation mark is counted, a curly one paired.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from drafting.domain import brackets
from drafting.domain.brackets import Bracket
from drafting.domain.checks import live
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.checks.live import Line
from drafting.domain.draft import Draft, Option
from drafting.domain.edits import Change, Span, characters, is_free
from drafting.domain.punctuation import MARKS
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _

_LABEL = re.compile(r"(?<![\w(])(?:[a-z]|[ivx]{1,4}|\d{1,3})(?:bis|ter)?\)")

MOST = 20  # findings of one kind in one place: nobody needs more, and somebody may type thousands


def check(draft: Draft) -> Iterator[Finding]:
    """Everything that opens and is not closed, or the other way round."""
    yield from _square(draft)
    for line in live.lines(draft):
        yield from _round(line)
        yield from _quotes(line)


# --- square -----------------------------------------------------------------------------------


def _square(draft: Draft) -> Iterator[Finding]:
    there = replace(draft, provisions=tuple(live.provisions(draft)))
    options = {o.key: o for p in there.provisions for o in p.options}
    told: Counter[str] = Counter()
    for bracket in brackets.pair_draft(there).brackets:
        key = bracket.begins.location[1]
        if not bracket.is_paired and told[key] < MOST:
            told[key] += 1
            yield _single(bracket, options[key])


def _single(bracket: Bracket[tuple[str, str]], option: Option) -> Finding:
    (provision, key), begins = bracket.begins.location, bracket.begins
    at = Place(provision, key, Span(begins.paragraph, begins.offset, begins.offset))
    if bracket.open is None:
        sentence = _("A bracket closes here that nowhere opens.")
        return Finding(Kind.BRACKET, "unopened", at, "]", sentence)
    last = len(option.text.paragraphs) - 1
    end = len(characters(option.text.paragraphs[last]))
    mend = Change(key, last, end, "", "", closes=bracket.id)
    sentence = _("A bracket opens here that nowhere closes.")
    return Finding(Kind.BRACKET, "unclosed", at, "[", sentence, (mend,))


# --- round ------------------------------------------------------------------------------------


def _round(line: Line) -> Iterator[Finding]:
    """A close after a label is the label's; where all pair only if it is not, all pair."""
    labels = {match.end() - 1 for match in _LABEL.finditer(line.words)}
    opening, closing = _unpaired(line.words, labels)
    if not (opening or closing) or _unpaired(line.words, set()) == ([], []):
        return
    for at in closing[:MOST]:
        sentence = _("A round bracket closes here that nowhere opens.")
        yield _odd(line, at, "unopened_round", ")", sentence)
    mend = _closed(line) if opening else ()
    for at in opening[:MOST]:
        sentence = _("A round bracket opens here that nowhere closes.")
        yield _odd(line, at, "unclosed_round", "(", sentence, mend)


def _unpaired(words: str, labels: Collection[int]) -> tuple[list[int], list[int]]:
    """The places of round brackets that open, and of those that close, without a partner."""
    waiting: list[int] = []
    closing: list[int] = []
    for at, char in enumerate(words):
        if char == "(":
            waiting.append(at)
        elif char == ")" and at not in labels:
            if waiting:
                waiting.pop()
            else:
                closing.append(at)
    return waiting, closing


def _odd(
    line: Line, at: int, code: str, words: str, sentence: str, mend: tuple[Change, ...] = ()
) -> Finding:
    first, last = line.read.place(at, at + 1)
    place = Place(line.provision.key, line.option.key, Span(line.number, first, last))
    return Finding(Kind.BRACKET, code, place, words, sentence, mend)


def _closed(line: Line) -> tuple[Change, ...]:
    """A close before the final mark."""
    bare = line.words.rstrip()
    end = len(bare) - 1 if bare[-1:] in tuple(MARKS) else len(bare)
    at = line.read.place(end, end)[0]
    if not is_free(line.paragraph, at, at):
        return ()
    return (Change(line.option.key, line.number, at, "", ")"),)


# --- quotation marks --------------------------------------------------------------------------


def _quotes(line: Line) -> Iterator[Finding]:
    words = line.words
    straight = [at for at, char in enumerate(words) if char == '"']
    if len(straight) % 2:
        sentence = _("A quotation begins or ends here, and its other end is missing.")
        yield _odd(line, straight[-1], "unpaired_quote", '"', sentence)
    for opening, closing in (("\u201c", "\u201d"), ("\u00ab", "\u00bb")):
        if words.count(opening) != words.count(closing):
            last = max(words.rfind(opening), words.rfind(closing))
            sentence = filled(
                _("The quotation marks {opening} and {closing} do not pair in this paragraph."),
                opening=opening,
                closing=closing,
            )
            yield _odd(line, last, "unpaired_quote", words[last], sentence)
