"""Terms set apart, hyphened or joined: "cyber security", "cyber-security", "cybersecurity".

Rules:

- "x-y" beside "xy", and "x y" beside "xy", are one term. "x-y" beside "x y" is one only where x is
  no word of its own ("cyber") or both are names: "long-term plan" and "in the long term" are right.
- A name is compared with names, a common word with common words: "Cyber-Threats" may be somebody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from drafting.domain.checks.terms import Token, Use, Uses

_HYPHEN = re.compile(r"[-\u2010\u2011]")
_PREFIX_WORDS = """
anti bio co counter cyber eco electro extra geo hydro infra inter intra macro micro multi non post
pre semi socio sub tele trans ultra
"""
_FUNCTION_WORDS = """
all and any are but can each every for from has have how into its may more nor not one other our out
over own she some such than that the their them then there these they this those two under upon was
were what when where which who whom with within without
"""
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


def compounds(lines: Sequence[Sequence[Token]]) -> Uses:
    found: Uses = defaultdict(list)
    hyphened = {key for line in lines for t in line if (key := _hyphened(t))}
    joined = {_plural(t.folded) for line in lines for t in line}
    apart = [(one, two, _joint(one, two)) for line in lines for one, two in _open(line)]
    apart = [pair for pair in apart if pair[2] in hyphened or pair[2] in joined]
    terms = hyphened | {key for _, _, key in apart}
    for line in lines:
        for token in line:
            key = _hyphened(token) or _plural(token.folded)
            if key in terms:
                form = "hyphened" if _hyphened(token) else "joined"
                found[_term(token, key)].append(Use((token,), form))
    for one, two, key in apart:
        found[_term(one, key, two)].append(Use((one, two), "open"))
    return {term: _in_order(uses) for term, uses in found.items() if _is_one_term(uses)}


def _in_order(uses: Sequence[Use]) -> list[Use]:
    """As they stand in the paper; wordings keep their order."""
    return sorted(uses, key=lambda use: (use.line.order, use.tokens[0].start))


def _is_one_term(uses: Sequence[Use]) -> bool:
    forms = {use.form for use in uses}
    if forms != {"hyphened", "open"}:
        return len(forms) > 1
    first = next(use for use in uses if use.form == "open").tokens
    return first[0].folded in _PREFIXES or all(token.is_name for token in first)


def _term(one: Token, key: str, two: Token | None = None) -> str:
    """Names and common words are two terms; what begins a sentence goes by its second part."""
    last = two.words if two else _HYPHEN.split(one.words)[-1]
    is_name = one.is_name and (last[0].isupper() or (two is None and not one.is_first))
    return f"{'N' if is_name else 'w'} {key}"


def _hyphened(token: Token) -> str:
    """ "cyber-security" as one word, "" for a token without a hyphen or with odd parts."""
    if token.words.isalpha():
        return ""
    parts = _HYPHEN.split(token.folded)
    if len(parts) != 2 or len(parts[1]) < 3 or not all(part.isalpha() for part in parts):
        return ""
    return _plural("".join(parts))


def _joint(one: Token, two: Token) -> str:
    return _plural(one.folded + two.folded)


def _open(line: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Neighbouring words that may be one term set apart."""
    able = [len(t.words) > 2 and t.folded not in _FUNCTION and t.words.isalpha() for t in line]
    for at in range(len(line) - 1):
        if able[at] and able[at + 1]:
            one, two = line[at], line[at + 1]
            if one.line.words[one.end : two.start] in (" ", "\u00a0"):
                yield one, two


def _plural(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
