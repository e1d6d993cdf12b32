"""One option of the draft as the wordings on the table read it, and the brackets in each reading.

Places are counted in characters without bracket markers, so that they are the same whether a
wording is printed with brackets or without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drafting.domain.draft import Option
from drafting.domain.folding import fold
from drafting.domain.forks import reading
from drafting.domain.projection import wording
from drafting.domain.table.lying import Lying
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    FootnoteRef,
    Inline,
    Paragraph,
    Run,
    Text,
    inlines,
    plain,
    sources,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Read:
    """What the option says for one wording. `whom`: who is heard, "" for nobody."""

    whom: str
    words: str
    brackets: dict[str, Span]  # those with both ends, and the characters between

    def trimmed(self, span: Span) -> Span:
        """The span without the space at its ends, which may stand on either side of a bracket."""
        start, end = span
        words = self.words[start:end]
        if not words.strip():
            return span
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())

    def is_within(self, bracket: str, span: Span) -> bool:
        """Whether what stands here stands in the bracket; nothing does where it touches it."""
        if bracket not in self.brackets:
            return False
        start, end = self.brackets[bracket]
        first, last = self.trimmed(span)
        if not self.words[first:last].strip():
            return start <= last and first <= end
        return start <= first and last <= end

    def contains(self, span: Span) -> dict[str, Span]:
        """The outermost brackets that stand whole in a span."""
        inside = {k: s for k, s in self.brackets.items() if span[0] <= s[0] and s[1] <= span[1]}
        return {
            key: (start, end)
            for key, (start, end) in inside.items()
            if not any(
                other != key and a <= start and end <= b and (a, b) != (start, end)
                for other, (a, b) in inside.items()
            )
        }

    def said(self, bracket: str) -> str:
        """What stands in a bracket."""
        start, end = self.brackets[bracket]
        return self.words[start:end].strip()

    def outside(self, span: Span, brackets: Iterable[str]) -> tuple[str, ...]:
        """What stands in a span beside these brackets, in one spelling, piece by piece."""
        start, end = span
        out: list[str] = []
        for first, last in sorted(self.brackets[key] for key in brackets):
            out.append(self.words[start:first])
            start = last
        return tuple(fold(words) for words in [*out, self.words[start:end]])


class Held:
    """An option, and the wordings that are read from it."""

    def __init__(self, option: Option, wordings: Iterable[Lying]) -> None:
        self.option = option
        self.asking = sources(option.text)
        found = ((one.key, self._read(one)) for one in wordings)
        self.read = {key: read for key, read in found if read is not None}

    def _read(self, one: Lying) -> Read | None:
        names = [""] if self.option.key in one.options else []
        if self.option.key in one.within:
            names += [behind.code for behind in one.behind if behind.code in self.asking]
        for whom in names:
            text = reading(self.option.text, (whom,) if whom else ())
            if one.text is not None and plain(text) == plain(one.text):
                return Read(whom, plain(text), dict(_brackets(text)))
        return None

    def asking_in(self, bracket: str) -> tuple[str, ...]:
        """Who asks for a change between its ends."""
        return sources(_inside(self.option.text, bracket))

    def said_in(self, bracket: str, whom: str) -> str:
        """What somebody reads between its ends."""
        inside = _inside(self.option.text, bracket)
        return fold(plain(wording(inside, frozenset({whom} - {""}))))

    @property
    def has_lone_end(self) -> bool:
        """Whether one of its brackets opens or closes in other text."""
        pieces = list(inlines(self.option.text))
        opens = {piece.id for piece in pieces if isinstance(piece, BracketOpen)}
        return opens != {piece.id for piece in pieces if isinstance(piece, BracketClose)}


def unmarked(one: Lying, span: Span) -> Span:
    """A span of a wording as printed, counted without bracket markers."""
    markers = list(_marker_places(one.text)) if one.text else []
    start, end = (at - sum(place < at for place in markers) for at in span)
    return start, end


def _marker_places(text: Text) -> Iterator[int]:
    at = 0
    for paragraph in text.paragraphs:
        for piece in paragraph.inlines:
            if isinstance(piece, BracketOpen | BracketClose):
                yield at
            at += _printed_width(piece)
        at += 1


def _printed_width(piece: Inline) -> int:
    if isinstance(piece, Run):
        return len(piece.text)
    return 0 if isinstance(piece, FootnoteRef) else 1


def _brackets(text: Text) -> Iterator[tuple[str, Span]]:
    opened: dict[str, int] = {}
    at = 0
    for paragraph in text.paragraphs:
        for piece in paragraph.inlines:
            if isinstance(piece, BracketOpen):
                opened[piece.id] = at
            elif isinstance(piece, BracketClose) and piece.id in opened:
                yield piece.id, (opened.pop(piece.id), at)
            at += len(piece.text) if isinstance(piece, Run) else 0
        at += 1


def _inside(text: Text, bracket: str) -> Text:
    """What stands between the ends of a bracket, with its pending changes."""
    paragraphs: list[Paragraph] = []
    is_in = False
    for paragraph in text.paragraphs:
        pieces: list[Inline] = []
        for piece in paragraph.inlines:
            if isinstance(piece, BracketClose) and piece.id == bracket:
                is_in = False
            if is_in:
                pieces.append(piece)
            if isinstance(piece, BracketOpen) and piece.id == bracket:
                is_in = True
        paragraphs.append(Paragraph(tuple(pieces)))
    return Text(tuple(paragraphs))
