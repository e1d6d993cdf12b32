"""Kept words in the spelling of the base.

A paper typed on another machine has other quotes, hyphens and spaces than the base. Where it
quotes the base, character by character but for those, what it keeps is written as the base has it.
Where it quotes other words without marking them, its marked changes are laid on the base's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from drafting.domain.folding import folded_with_origin
from drafting.intake.instrument import Part
from drafting.intake.shared_steps import Piece


def respelled(part: Part, old: Part | None, base: str, *, rebase: bool = False) -> Part:
    """The part with the words it keeps from `old` spelled as in `base`.

    With `rebase` differences between `old` and `base` that nobody marked are undone. The part is
    given back as it is where its kept words can't be found in `old`.
    """
    if old is None or old.line.text == base or part.more:
        return part
    spans = _spans(old.line.text, base, rebase=rebase)
    places = _kept_places(part.line.pieces, old.line.pieces)
    if spans is None or places is None:
        return part
    pieces = tuple(_pieces(part.line.pieces, places, spans, base))
    return replace(part, line=replace(part.line, pieces=pieces))


_Spans = list[tuple[int, int]]  # for each character of the old line its span in the base


def _spans(old: str, base: str, *, rebase: bool) -> _Spans | None:
    mine, theirs = folded_with_origin(old), folded_with_origin(base)
    if mine.text != theirs.text and not rebase:
        return None
    matcher = SequenceMatcher(None, mine.text, theirs.text, autojunk=False)
    out: _Spans = [(0, 0)] * len(old)
    reached = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        start, end = theirs.source_span(c, d) if d > c else (theirs.origin[c], theirs.origin[c])
        if tag != "equal":
            first = mine.origin[a] if a < len(mine.text) else max(len(old) - 1, 0)
            if out and a < b:
                out[first] = (start, end)
            elif out and first > 0:
                out[first - 1] = (out[first - 1][0], end)
            continue
        for offset in range(b - a):
            at = mine.origin[a + offset]
            span = theirs.source_span(c + offset, c + offset + 1)
            begin = out[at][0] if out[at] != (0, 0) else span[0]
            out[at] = (begin, max(span[1], reached))
            reached = out[at][1]
    return out


def _kept_places(new: Sequence[Piece], old: Sequence[Piece]) -> list[int | None] | None:
    """For each character of the new line its place in the old one, None if it is inserted."""
    places: list[int | None] = []
    kept_old = [i for i, piece in _characters(old) if piece.run.is_new]
    words_old = "".join(piece.text for piece in old)
    kept = iter(kept_old)
    for _, piece in _characters(new):
        places.append(next(kept, -1) if piece.run.is_old else None)
    if any(place == -1 for place in places) or next(kept, None) is not None:
        return None
    words_new = "".join(piece.text for piece in new)
    pairs = zip(words_new, places, strict=True)
    if any(place is not None and words_old[place] != char for char, place in pairs):
        return None
    return places


def _characters(pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    at = 0
    for piece in pieces:
        for _ in piece.text:
            yield at, piece
            at += 1


def _pieces(
    pieces: Sequence[Piece], places: Sequence[int | None], spans: _Spans, base: str
) -> Iterator[Piece]:
    at = 0
    for piece in pieces:
        here = places[at : at + len(piece.text)]
        at += len(piece.text)
        words = "".join(
            char if place is None else base[slice(*spans[place])]
            for char, place in zip(piece.text, here, strict=True)
        )
        yield replace(piece, run=replace(piece.run, text=words))
