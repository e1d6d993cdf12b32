"""Terms spelt two ways: apart, hyphened or joined; -ise and -ize; twins; capitals.

Rules:

- Two spellings are only told where both stand in the draft. The odd one is the rarer; among equals
  the one that the adopted text does not have. Where neither tells, there is no mend.
- What is one term is told by `compounds` (apart, hyphened, joined) and `capitals`; here by a stem
  in -ise or -ize, and by a list of words that have two spellings.
- The mend keeps the ending of the word, and the capital of one that begins a sentence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from drafting.domain.checks import live
from drafting.domain.checks.capitals import capitals
from drafting.domain.checks.compounds import compounds
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.checks.terms import Token, Use, Uses, tokens
from drafting.domain.draft import Draft
from drafting.domain.edits import Change, Span, is_free
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import plain

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


def check(draft: Draft) -> Iterator[Finding]:
    """Each use of a term in the spelling that is odd here."""
    lines = [tokens(line) for line in live.lines(draft)]
    adopted = " ".join(plain(p.base) for p in draft.provisions if p.base is not None)
    groups: list[Uses] = [compounds(lines), _spellings(lines), capitals(lines)]
    seen: set[tuple[str, int, int, int]] = set()
    for code, uses in zip(("compound", "spelling", "capitals"), groups, strict=True):
        for found in _odd_ones(code, uses, adopted):
            span = found.at.span
            assert span is not None
            place = (found.at.option, span.paragraph, span.start, span.end)
            if place not in seen:
                seen.add(place)
                yield found


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
