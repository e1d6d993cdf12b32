"""Words as a person types them, with "[" and "]", as a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Inline,
    Paragraph,
    Run,
    Text,
    inlines,
    normal,
)


def from_typed(words: str, before: Text) -> Text:
    """`words` in the place of the text `before`: its first paragraph's label and level stay.

    A typed bracket keeps the identity of the bracket that stood there before, counted in order;
    one typed anew pairs with the nearest open one and is named after its place ("t1").
    """
    first = before.paragraphs[0]
    opens = [piece for piece in inlines(before) if isinstance(piece, BracketOpen)]
    outer = [piece for piece in opens if piece.before_label]
    markers = _Markers(
        [piece for piece in opens if not piece.before_label],
        [piece for piece in inlines(before) if isinstance(piece, BracketClose)],
    )
    paragraphs = [
        Paragraph(normal(markers.set_in(line)), None, first.level) for line in words.split("\n")
    ]
    head = paragraphs[0]
    paragraphs[0] = replace(
        head, inlines=normal((*outer, *head.inlines)), label=first.label, level=first.level
    )
    return Text(tuple(paragraphs))


class _Markers:
    """Hands out the markers there were, then new ones; a close pairs with the last open."""

    def __init__(self, opens: list[BracketOpen], closes: list[BracketClose]) -> None:
        self._opens, self._closes = opens, closes
        self._made = 0
        self._unclosed: list[str] = []

    def set_in(self, line: str) -> Iterator[Inline]:
        word = ""
        for character in line:
            if character not in "[]":
                word += character
                continue
            yield Run(word)
            word = ""
            yield self._open() if character == "[" else self._close()
        yield Run(word)

    def _open(self) -> BracketOpen:
        marker = self._opens.pop(0) if self._opens else BracketOpen(self._name())
        self._unclosed.append(marker.id)
        return marker

    def _close(self) -> BracketClose:
        if self._unclosed:
            key = self._unclosed.pop()
            self._closes = [marker for marker in self._closes if marker.id != key]
            return BracketClose(key)
        return self._closes.pop(0) if self._closes else BracketClose(self._name())

    def _name(self) -> str:
        self._made += 1
        return f"t{self._made}"
