"""Words of a paragraph with small changes in them, whole or around one place.

Rules:

- Brackets are printed; what goes is struck, what comes underlined, what is odd marked.
- The pieces come from the changes themselves: what is shown is what would be made.
- An excerpt is cut between words, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from drafting.domain.draft import Option
from drafting.domain.edits import Change
from drafting.domain.text import BracketClose, BracketOpen, Paragraph, Run

AROUND = 72  # characters shown before and after a place


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: "" as it stands, "odd" what is meant, "del" and "ins" of the mend, "br" a bracket."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of one paragraph. `label`: pieces too. `starts`, `ends`: whether it is cut there."""

    label: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    starts: bool = True
    ends: bool = True

    @property
    def html(self) -> SafeString:
        """As it stands on the page."""
        label = format_html('<span class="lab">{}</span> ', _html(self.label)) if self.label else ""
        before, after = "" if self.starts else "… ", "" if self.ends else " …"
        return format_html("{}{}{}{}", before, label, _html(self.pieces), after)


_TAGS = {
    "": "{}",
    "odd": "<mark>{}</mark>",
    "del": '<del>{}</del><span class="sp"> </span>',
    "ins": "<ins>{}</ins>",
    "br": '<span class="br">{}</span>',
}


def _html(pieces: Iterable[Piece]) -> SafeString:
    """Words are escaped; what goes and what comes stand apart."""
    return format_html_join("", "{}", ((format_html(_TAGS[p.kind], p.words),) for p in pieces))


def before_and_after(option: Option, changes: Sequence[Change]) -> tuple[Excerpt, ...]:
    """The paragraphs of an option that change, whole."""
    numbers = sorted({change.paragraph for change in changes})
    return tuple(
        excerpt(
            option.text.paragraphs[number],
            [c for c in changes if c.paragraph == number],
            None,
            None,
            whole=True,
        )
        for number in numbers
        if number < len(option.text.paragraphs)
    )


def excerpt(
    paragraph: Paragraph,
    changes: Sequence[Change],
    odd: tuple[int, int] | None,
    near: int | None,
    *,
    whole: bool = False,
) -> Excerpt:
    """The words of a paragraph with its changes; around one place, or from the beginning."""
    label = next((c for c in changes if c.is_label), None)
    spans = [c for c in changes if not c.is_label]
    pieces = tuple(_joined(_pieces(paragraph, spans, odd)))
    cut = Excerpt(_label(paragraph, label), pieces)
    return cut if whole else _around(cut, near is None)


def _label(paragraph: Paragraph, change: Change | None) -> tuple[Piece, ...]:
    if change is None:
        return (Piece("", paragraph.label),) if paragraph.label else ()
    pair = (Piece("del", change.old), Piece("ins", change.new))
    return tuple(piece for piece in pair if piece.words)


def _pieces(
    paragraph: Paragraph, changes: Sequence[Change], odd: tuple[int, int] | None
) -> Iterator[Piece]:
    """Character by character; neighbours alike are joined afterwards."""
    waiting = sorted(changes, key=lambda c: c.start or 0)
    at = 0
    for inline in paragraph.inlines:
        if isinstance(inline, BracketOpen | BracketClose):
            is_odd = odd == (at, at)
            yield Piece("odd" if is_odd else "br", "[" if isinstance(inline, BracketOpen) else "]")
        if not isinstance(inline, Run):
            continue
        for char in inline.text:
            yield from _come(waiting, at)
            yield Piece(_kind(at, changes, odd), char)
            at += 1
    yield from _come(waiting, at, last=True)


def _come(waiting: list[Change], at: int, *, last: bool = False) -> Iterator[Piece]:
    """The new words of the changes that end before this place."""
    while waiting and (waiting[0].end <= at or last):
        change = waiting.pop(0)
        yield Piece("ins", change.new or ("]" if change.closes else ""))


def _kind(at: int, changes: Sequence[Change], odd: tuple[int, int] | None) -> str:
    if any(c.start is not None and c.start <= at < c.end for c in changes):
        return "del"
    return "odd" if odd and odd[0] <= at < odd[1] else ""


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for piece in pieces:
        if held and held.kind == piece.kind != "br":
            held = replace(held, words=held.words + piece.words)
            continue
        if held and held.words:
            yield held
        held = piece
    if held and held.words:
        yield held


def _around(cut: Excerpt, from_start: bool) -> Excerpt:
    """The pieces around the first that is not as it stands."""
    marked = [n for n, piece in enumerate(cut.pieces) if piece.kind not in ("", "br")]
    if from_start or not marked:
        return _first(cut)
    first, last = marked[0], marked[-1]
    before = "".join(p.words for p in cut.pieces[:first])
    after = "".join(p.words for p in cut.pieces[last + 1 :])
    head, tail = _end_of(before), _beginning_of(after)
    pieces = (Piece("", head), *cut.pieces[first : last + 1], Piece("", tail))
    kept = tuple(piece for piece in pieces if piece.words)
    label = cut.label if head == before else ()
    return Excerpt(label, kept, head == before, tail == after)


def _first(cut: Excerpt) -> Excerpt:
    words = "".join(piece.words for piece in cut.pieces)
    shown = _beginning_of(words, AROUND * 2)
    return Excerpt(cut.label, (Piece("", shown),) if shown else (), True, shown == words)


def _end_of(words: str) -> str:
    return words if len(words) <= AROUND else words[-AROUND:].partition(" ")[2]


def _beginning_of(words: str, most: int = AROUND) -> str:
    return words if len(words) <= most else words[:most].rpartition(" ")[0] or words[:most]
