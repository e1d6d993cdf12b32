"""The footnotes of a Member's paper, beside those of the base.

Rules:

- What a paper inserts, strikes or rewords of a footnote is a change like one of words.
- A footnote that it only shows is the adopted one, in the words of the base, where the base has as
  many there: papers count their footnotes from 1 and copy them with slips.
- A paper that shows none of the footnotes of a provision did not print them: they stay after the
  words they are on. Where those words go, they stay in their place.
- A reference without a footnote points to nothing and is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from drafting.domain.consolidation.noted import Notes, entered
from drafting.domain.draft import Note, NoteKind, Provision
from drafting.domain.folding import fold
from drafting.domain.text import FootnoteRef, Inline, Run, Text, inlines, normal, plain
from drafting.domain.worddiff import Op, redline_words
from drafting.intake.instrument import Part
from drafting.intake.parsed import ParsedPaper


@dataclass(frozen=True, slots=True)
class Footnotes:
    """What the footnotes of a paper say, by the file's ids, after its changes and before."""

    said: dict[str, str]
    before: dict[str, str]  # of those only that it rewords

    @classmethod
    def of(cls, paper: ParsedPaper) -> Footnotes:
        return cls(paper.footnotes, paper.footnotes_before)

    def changed(self, old: Part | None, new: Part) -> bool:
        """Whether the paper changes a footnote here, or where it stands."""
        were = [(at, self.before.get(key, self.said.get(key))) for at, key in _shown(old)]
        return were != [(at, self.said.get(key)) for at, key in _shown(new)]

    def brought(
        self, text: Text, old: Part | None, target: Provision | None, key: str
    ) -> tuple[Text, Notes]:
        """The proposed text with the footnotes it points to, under ids that begin with `key`.

        `old`: the line before the changes, `target`: the provision that it quotes.
        """
        adopted = _adopted(target)
        quoted = [number for _, number in _shown(old)]
        said = dict(self.said)
        if len(quoted) == len(adopted):
            pairs = zip(quoted, adopted, strict=True)
            said |= {number: note.text for number, note in pairs if number not in self.before}
        elif not quoted and target and target.base:
            carried = {note.id: f"={note.id}" for note in adopted}
            text = _carried(text, target.base, carried)
            said |= {carried[note.id]: note.text for note in adopted}
        notes = tuple(Note(number, words, NoteKind.FOOTNOTE) for number, words in said.items())
        return entered(text, notes, (), (f"{key}.n{n}" for n in range(1, 10**6)))


def _shown(part: Part | None) -> list[tuple[int, str]]:
    """The footnotes of a line with the letters and signs that stand before each."""
    out: list[tuple[int, str]] = []
    words = ""
    for line in (part.line, *part.more) if part else ():
        for piece in line.pieces:
            if piece.run.footnote:
                out.append((len(fold(words).replace(" ", "")), piece.run.footnote))
            words += piece.text
    return out


def _adopted(provision: Provision | None) -> list[Note]:
    """The footnotes of a base provision as they stand in it."""
    if provision is None or provision.base is None:
        return []
    said = {note.id: note for note in provision.notes if note.kind is NoteKind.FOOTNOTE}
    pieces = inlines(provision.base)
    return [said[p.id] for p in pieces if isinstance(p, FootnoteRef) and p.id in said]


# --- footnotes that a paper does not print ------------------------------------------------------


def _carried(text: Text, base: Text, names: dict[str, str]) -> Text:
    """The text with these footnotes of the base, under new names, after the words they are on."""
    for place, key in sorted(_moved(text, base, names), reverse=True):
        text = _with(text, place, FootnoteRef(key))
    return text


def _moved(text: Text, base: Text, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Where in the words of the text each footnote of the base belongs."""
    stretches = _stretches(plain(base), plain(text))
    at = 0
    for number, paragraph in enumerate(base.paragraphs):
        at += bool(number)
        for piece in paragraph.inlines:
            if isinstance(piece, Run):
                at += len(piece.text)
            elif isinstance(piece, FootnoteRef) and piece.id in names:
                yield _place(stretches, at), names[piece.id]


class _Stretch(NamedTuple):
    """Words that are kept, or replaced: where they end in the old and in the new."""

    kept: bool
    old: int
    new: int


def _stretches(old: str, new: str) -> list[_Stretch]:
    out = [_Stretch(True, 0, 0)]
    for kept, group in groupby(redline_words(old, new), key=lambda part: part[0] is Op.KEEP):
        size = Counter[Op]()
        for op, words in group:
            size[op] += len(words)
        gone, come = size[Op.KEEP] + size[Op.DEL], size[Op.KEEP] + size[Op.INS]
        out.append(_Stretch(kept, out[-1].old + gone, out[-1].new + come))
    return out


def _place(stretches: Sequence[_Stretch], at: int) -> int:
    """The place in the new words of one in the old: after the word before it, or its successor."""
    found = next((s for s in stretches if at <= s.old), stretches[-1])
    return found.new - (found.old - at) if found.kept else found.new


def _with(text: Text, place: int, ref: FootnoteRef) -> Text:
    """The text with a footnote after so many characters of its words."""
    paragraphs = list(text.paragraphs)
    for number, paragraph in enumerate(paragraphs):
        size = len(plain(Text((paragraph,))))
        if place <= size or number == len(paragraphs) - 1:
            pieces = normal(_put(paragraph.inlines, place, ref))
            paragraphs[number] = replace(paragraph, inlines=pieces)
            break
        place -= size + 1
    return Text(tuple(paragraphs))


def _put(pieces: Sequence[Inline], place: int, ref: FootnoteRef) -> Iterator[Inline]:
    waiting = True
    for piece in pieces:
        words = piece.text if isinstance(piece, Run) else ""
        if waiting and isinstance(piece, Run) and place <= len(words):
            yield replace(piece, text=words[:place])
            yield ref
            yield replace(piece, text=words[place:])
            waiting = False
        else:
            yield piece
        place -= len(words)
    if waiting:
        yield ref
