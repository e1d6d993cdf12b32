"""Terms spelt two ways: apart, hyphened or joined; -ise and -ize; twins; capitals.

Rules:

- Two spellings are only told where both stand in the draft. The odd one is the rarer; among equals
  the one that the adopted text does not have. Where neither tells, there is no mend.
- "x-y" beside "xy", and "x y" beside "xy", are one term. "x-y" beside "x y" is one only where x is
  no word of its own ("cyber") or both are names: "long-term plan" and "in the long term" are right.
- A name is compared with names, a common word with common words: "Cyber-Threats" may be somebody's.
- A name in capitals ("Member States") is odd without them, unless it says that it names none ("a
  plenipotentiary conference"). What a number follows ("Study Group 17") is a name only there.
- What begins a sentence tells nothing by its capital.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drafting.domain.checks import live
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.checks.live import Line
from drafting.domain.draft import Draft, ProvisionKind
from drafting.domain.edits import Change, Span, is_free
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import plain

_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019\u2010\u2011-][^\W\d_]+)*|\d+(?:[-/.]\d+)*")
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_STARTERS = '.:;?!(["\u201c\u2018\u00ab'
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
_LINKS = frozenset({"of", "the", "and", "for", "on", "in", "to"})
_LONGEST_NAME = 10  # words
_NO_NAME = frozenset({"a", "an", "next", "any", "another", "future", "subsequent", "previous"})
_ISE = re.compile(r"(?P<stem>[a-z]{3,}?)(?P<how>is|iz)(?P<end>e[sdr]?|ers|ing|ations?|ational)")
_TWINS = {
    one: other
    for pair in (
        "behaviour behavior", "centre center", "centres centers", "colour color",
        "defence defense", "favour favor", "fulfil fulfill", "harbour harbor",
        "harbours harbors", "honour honor", "judgement judgment", "labour labor",
        "neighbour neighbor", "practices practises", "programme program",
        "programmes programs", "catalogue catalog",
    )
    for one, other in [pair.split(), pair.split()[::-1]]
}  # fmt: skip


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


def check(draft: Draft) -> Iterator[Finding]:
    """Each use of a term in the spelling that is odd here."""
    tokens = [_tokens(line) for line in live.lines(draft)]
    adopted = " ".join(plain(p.base) for p in draft.provisions if p.base is not None)
    groups: list[Uses] = [_compounds(tokens), _spellings(tokens), _capitals(tokens)]
    seen: set[tuple[str, int, int, int]] = set()
    for code, uses in zip(("compound", "spelling", "capitals"), groups, strict=True):
        for found in _odd_ones(code, uses, adopted):
            span = found.at.span
            assert span is not None
            place = (found.at.option, span.paragraph, span.start, span.end)
            if place not in seen:
                seen.add(place)
                yield found


def _tokens(line: Line) -> list[Token]:
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


# --- which is odd -----------------------------------------------------------------------------


def _odd_ones(code: str, uses: Uses, adopted: str) -> Iterator[Finding]:
    for term in uses.values():
        forms = Counter(use.form for use in term)
        if len(forms) < 2:
            continue
        right = _right(forms, term, adopted)
        shown = right or forms.most_common(1)[0][0]
        model = next(use for use in term if use.form == shown)
        for use in term:
            if use.form != shown:
                yield _finding(code, use, model, is_known=right is not None)


def _right(forms: Counter[str], term: Sequence[Use], adopted: str) -> str | None:
    """The form that is not odd; None where nothing tells."""
    (first, most), (_second, next_most) = forms.most_common(2)
    if most > next_most:
        return first
    said = {use.form: use.words for use in term}
    held = [form for form in forms if said[form] in adopted]
    return held[0] if len(held) == 1 else None


def _finding(code: str, use: Use, model: Use, *, is_known: bool) -> Finding:
    line, start, end = use.line, use.tokens[0].start, use.tokens[-1].end
    first, last = line.read.place(start, end)
    new = _dressed(model, use)
    sentence = filled(
        _("“{words}” is spelt “{other}” elsewhere."), words=use.words, other=model.words
    )
    if use.form in ("is", "iz"):
        sentence = filled(
            _("“{words}” is spelt with “{how}” elsewhere, as in “{other}”."),
            words=use.words,
            how=model.form,
            other=model.words,
        )
    mend: tuple[Change, ...] = ()
    if is_known and new != use.words and is_free(line.paragraph, first, last):
        mend = (Change(line.option.key, line.number, first, use.words, new),)
    at = Place(line.provision.key, line.option.key, Span(line.number, first, last))
    return Finding(Kind.SPELLING, code, at, use.words, sentence, mend)


def _dressed(model: Use, use: Use) -> str:
    """The model's spelling with the use's own ending and, in a common word, its first letter."""
    words = model.words
    if use.words.casefold().endswith("s") and not words.casefold().endswith("s"):
        words += "s"
    elif words.casefold().endswith("s") and not use.words.casefold().endswith("s"):
        words = words[:-1]
    ending = _ISE.fullmatch(use.tokens[-1].folded)
    other = _ISE.fullmatch(model.tokens[-1].folded)
    if ending and other and use.form in ("is", "iz"):
        how = other["how"]
        words = use.words[: len(ending["stem"])] + how + use.words[len(ending["stem"]) + 2 :]
    if use.tokens[0].is_first:
        words = words[0].upper() + words[1:] if use.tokens[0].is_name else words
    return words


# --- apart, hyphened, joined ------------------------------------------------------------------


def _compounds(lines: Sequence[Sequence[Token]]) -> Uses:
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


# --- -ise and -ize, and words with two spellings ----------------------------------------------


def _spellings(lines: Sequence[Sequence[Token]]) -> Uses:
    found: Uses = defaultdict(list)
    for line in lines:
        for token in line:
            ise = _ISE.fullmatch(token.folded)
            if token.folded in _TWINS:
                key = min(token.folded, _TWINS[token.folded])
                found[f"twin {key}"].append(Use((token,), token.folded))
            elif ise:
                found[f"ise {ise['stem']}"].append(Use((token,), ise["how"]))
    return found


# --- capitals ---------------------------------------------------------------------------------


def _capitals(lines: Sequence[Sequence[Token]]) -> Uses:
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
