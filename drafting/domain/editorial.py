"""Editorial changes, as "(MOD)" marks them: numbering, terminal punctuation, a citation's edition.

Rules:

- A change is editorial if nothing else is left of it once those three are left out of both texts:
  the same words, brackets, pending changes and notes in the same order.
- A label becomes a label, or none; a paragraph may end in one of `,` `;` `.` or in none of them
  unless it ends in what says something ("notably:", "etc.").
- An edition becomes one that the table of bodies knows: words that are no edition cannot slip in.
  What it was is an edition only if it reads as one: "(unless amended in 2014)" is words.
- What is pending is somebody's: an edition or a mark in it is words like any other.
- A reference to another provision ("considering b)") is numbering too, but what it points to is
  seen only in the whole draft: `checks.references` tells which changes of that kind are right, and
  whoever allows an editorial change makes them in the text before it is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drafting.domain.bodies import Bodies, known
from drafting.domain.citations import Citation, citations
from drafting.domain.edits import Change, characters, is_free
from drafting.domain.labels import readings
from drafting.domain.punctuation import MARKS
from drafting.domain.text import Paragraph, Run, Text

_SAYS_SOMETHING = tuple(":!?…–—-,;.")  # before a final mark: "etc." apart, see _ABBREVIATED
_ABBREVIATED = re.compile(r"\b(?:etc|al|i\.e|e\.g|No|vs)\.$")
LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True)
class _Spot:
    """Characters that are left out: an edition, or the final mark ("" where there is none)."""

    start: int
    words: str


@dataclass(frozen=True, slots=True)
class _Stripped:
    """A paragraph without what is editorial. `rest` compares equal where nothing else differs."""

    rest: tuple[object, ...]
    label: str | None
    editions: tuple[_Spot, ...]
    final: _Spot | None


def is_editorial(before: Text, after: Text, bodies: Bodies | None = None) -> bool:
    """Whether nothing but numbering, terminal punctuation and editions changed, if anything did."""
    return difference(before, after, bodies=bodies) is not None


def difference(
    before: Text, after: Text, *, option: str = "", bodies: Bodies | None = None
) -> tuple[Change, ...] | None:
    """The editorial changes that make one text the other; None where more than that changed."""
    table = bodies or known()
    if len(before.paragraphs) != len(after.paragraphs):
        return None
    out: list[Change] = []
    for number, (old, new) in enumerate(zip(before.paragraphs, after.paragraphs, strict=True)):
        one, other = _stripped(old, table), _stripped(new, table)
        if one.rest != other.rest or not _may_become(one, other, table):
            return None
        out += _changes(one, other, option, number)
    return tuple(out)


def _may_become(one: _Stripped, other: _Stripped, bodies: Bodies) -> bool:
    """Whether what is new of label and editions is what it should be."""
    if one.label != other.label and not is_label(other.label):
        return False
    changed = (b for a, b in zip(one.editions, other.editions, strict=True) if a.words != b.words)
    return all(is_edition(spot.words, bodies) for spot in changed)


def is_label(label: str | None) -> bool:
    """Whether it can be a printed label, or is none."""
    return not label or (len(label) <= LONGEST_LABEL and bool(readings(label)))


def is_edition(words: str, bodies: Bodies) -> bool:
    """Whether a body that is known met there then."""
    found = citations(f"Resolution 1 ({words})", bodies)
    return bool(found) and found[0].has_comma and bool(bodies.met(found[0].city, found[0].year))


def _changes(one: _Stripped, other: _Stripped, option: str, number: int) -> Iterator[Change]:
    if one.label != other.label:
        yield Change(option, number, None, one.label or "", other.label or "")
    for old, new in zip(one.editions, other.editions, strict=True):
        if old.words != new.words:
            yield Change(option, number, old.start, old.words, new.words)
    if one.final and other.final and one.final.words != other.final.words:
        yield Change(option, number, one.final.start, one.final.words, other.final.words)


# --- what is left out -------------------------------------------------------------------------


def _stripped(paragraph: Paragraph, bodies: Bodies) -> _Stripped:
    editions = _editions(paragraph, bodies)
    final = final_mark(paragraph)
    rest = (paragraph.level, *_rest(paragraph, editions, final))
    return _Stripped(rest, paragraph.label, editions, final)


def _editions(paragraph: Paragraph, bodies: Bodies) -> tuple[_Spot, ...]:
    """The editions that are written in one hand: nothing pending, no marker, one format."""
    held = characters(paragraph)
    words = "".join(char for char, _ in held)
    return tuple(
        _Spot(found.start, words[found.start : found.end])
        for found in citations(words, bodies)
        if _reads_as_edition(found, bodies)
        and is_free(paragraph, found.start, found.end)
        and len({(r.formats, r.notes) for _, r in held[found.start : found.end]}) == 1
    )


def _reads_as_edition(found: Citation, bodies: Bodies) -> bool:
    """Whether its city is one that is known, or is written as a city's name before a year."""
    written = found.has_comma and all(word[0].isupper() for word in found.city.split())
    return written or bool(bodies.in_city(found.city))


def final_mark(paragraph: Paragraph) -> _Spot | None:
    """The final mark; "" where there is none. None where the end is not to be touched."""
    held = characters(paragraph)
    words = "".join(char for char, _ in held)
    bare = words.rstrip()
    if not bare or _ABBREVIATED.search(bare):
        return None
    start = len(bare) - 1 if bare[-1] in MARKS else len(bare)
    if not bare[:start] or bare[:start].endswith(_SAYS_SOMETHING) or bare[start - 1].isspace():
        return None
    if not is_free(paragraph, start, len(bare)):
        return None
    return _Spot(start, bare[start:])


def _rest(
    paragraph: Paragraph, editions: tuple[_Spot, ...], final: _Spot | None
) -> Iterator[object]:
    """Every character and marker with what it wears; an edition is what it wears alone."""
    begins = {spot.start for spot in editions}
    spots = (*editions, *((final,) if final else ()))
    left_out = {at for spot in spots for at in range(spot.start, spot.start + len(spot.words))}
    at = 0
    for piece in paragraph.inlines:
        if not isinstance(piece, Run):
            yield piece
            continue
        wears = (piece.formats, piece.changes, piece.notes)
        for char in piece.text:
            if at in begins:
                yield ("edition", *wears)
            if at not in left_out:
                yield (char, *wears)
            at += 1
