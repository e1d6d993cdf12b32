"""Names that are written with capitals here and without them there.

Rules:

- A name is a run of at least two words in capitals. Without them it is odd, unless it says that it
  names none ("a plenipotentiary conference"). What a number follows ("Study Group 17") is a name
  only there.
- "this Resolution" and "this resolution" are compared, too.
- What begins a sentence tells nothing by its capital.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from drafting.domain.checks.live import Line
from drafting.domain.checks.terms import Token, Use, Uses
from drafting.domain.draft import ProvisionKind

_LINKS = frozenset({"of", "the", "and", "for", "on", "in", "to"})
_LONGEST_NAME = 10  # words
_NO_NAME = frozenset({"a", "an", "next", "any", "another", "future", "subsequent", "previous"})


def capitals(lines: Sequence[Sequence[Token]]) -> Uses:
    worded = [line for line in lines if line and _has_sentences(line[0].line)]
    names = _known_names(worded)
    found: Uses = defaultdict(list)
    for line in worded:
        taken = 0
        for at, token in enumerate(line):
            name = _name_at(line, at, names.get(token.folded, ())) if at >= taken else None
            if name:
                part = tuple(line[at : at + len(name)])
                found[" ".join(name)].append(Use(part, _case(part)))
                taken = at + len(name)
        for one, two in pairwise(line):
            if one.folded == "this" and two.words.isalpha():
                found[f"this {two.folded}"].append(Use((two,), two.words))
    return {key: _with_beginnings(uses) for key, uses in found.items()}


def _known_names(lines: Sequence[Sequence[Token]]) -> dict[str, list[tuple[str, ...]]]:
    """All names by their first word, the longest first."""
    names = {tuple(t.folded for t in name) for line in lines for name in _names(line)}
    out: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        out.setdefault(name[0], []).append(name)
    return out


def _name_at(
    line: Sequence[Token], at: int, names: Sequence[tuple[str, ...]]
) -> tuple[str, ...] | None:
    for name in names:
        part = line[at : at + len(name)]
        if tuple(t.folded for t in part) == name and _may_be_name(line, at, len(name)):
            return name
    return None


def _with_beginnings(uses: Sequence[Use]) -> list[Use]:
    """A use that begins a sentence goes with the most common form that it may be of."""
    sure = Counter(use.form for use in uses if not use.tokens[0].is_first)
    out = []
    for use in uses:
        like = [form for form, _ in sure.most_common() if _tail(form) == _tail(use.form)]
        out.append(Use(use.tokens, like[0]) if use.tokens[0].is_first and like else use)
    return out


def _tail(form: str) -> str:
    return form[:1].casefold() + form[1:]


def _has_sentences(line: Line) -> bool:
    return line.provision.kind not in (
        ProvisionKind.NUMBER,
        ProvisionKind.TITLE,
        ProvisionKind.FORMULA,
        ProvisionKind.CALL,
    )


def _names(line: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Runs of at least two words in capitals, with small words between them; no number after."""
    at = 0
    while at < len(line):
        end = at
        while end < len(line) and _goes_on(line, at, end):
            end += 1
        while end > at and not line[end - 1].is_name:
            end -= 1
        run = line[at:end]
        worded = sum(_is_capital(t) for t in run) > 1 and len(run) <= _LONGEST_NAME
        if worded and not _numbered(line, end):
            yield run
        at = max(end, at + 1)


def _goes_on(line: Sequence[Token], first: int, at: int) -> bool:
    token = line[at]
    if at > first:
        between = token.line.words[line[at - 1].end : token.start]
        if between not in (" ", "\u00a0"):
            return False
        if token.folded in _LINKS:
            return line[at - 1].is_name or line[at - 1].folded in _LINKS
    return _is_capital(token)


def _is_capital(token: Token) -> bool:
    return token.is_name and not token.is_first and token.words[1:] != token.words[1:].upper()


def _numbered(line: Sequence[Token], end: int) -> bool:
    """Whether a number or a letter with one ("C5") follows."""
    rest = line[end - 1].line.words[line[end - 1].end :] if end else ""
    return bool(re.match(r"\s+[A-Z]?\d", rest))


def _may_be_name(line: Sequence[Token], at: int, size: int) -> bool:
    """Whether these words would name something here: side by side, no number after, none meant."""
    part = line[at : at + size]
    words = part[0].line.words
    gaps = [words[a.end : b.start] for a, b in pairwise(part)]
    before = line[at - 1].folded if at else ""
    generic = before in _NO_NAME and not part[0].is_name
    return (
        all(g in (" ", "\u00a0") for g in gaps) and not _numbered(line, at + size) and not generic
    )


def _case(part: Sequence[Token]) -> str:
    return " ".join(token.words for token in part)
