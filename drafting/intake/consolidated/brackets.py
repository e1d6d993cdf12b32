"""Bracket markers of a whole paper: found, paired, and given their ids.

Rules:

- "[" and "]" pair like parentheses, across blocks, in reading order; a "]" takes the nearest "["
  that is still open. What finds no partner stays a marker without one.
- Brackets that open inside struck words are brackets all the same.
- A bracket around nothing but a code or a blank holds a place; all others are contested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drafting.domain.codes import parse_code
from drafting.domain.text import BracketKind
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.pieces import Piece, Words, words_of


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A marker: the block, and the offset in its lead, label and words together."""

    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Bracket:
    """`opens` or `closes` is None where the paper lacks it. `at_start`: before all words."""

    id: str
    opens: Spot | None
    closes: Spot | None
    kind: BracketKind = BracketKind.CONTESTED
    at_start: bool = False

    def covers(self, block: int) -> bool:
        """Whether the block lies in the (closed) bracket, at least in part."""
        if self.opens is None or self.closes is None:
            return False
        return self.opens.block <= block <= self.closes.block


_SIGN = re.compile(r"[\[\]]")
_BLANK = re.compile(r"[\s.\u2026_X?-]*")


def find_brackets(blocks: Sequence[Block]) -> list[Bracket]:
    """Every bracket of the wordings and calls, in the order of their first markers."""
    open_spots: list[Spot] = []
    found: list[tuple[Spot | None, Spot | None]] = []
    for index, block in enumerate(blocks):
        if block.role in (Role.EMPTY, Role.ATTRIBUTION):
            continue
        for sign in _SIGN.finditer(block.all_words.text):
            spot = Spot(index, sign.start())
            if sign[0] == "[":
                open_spots.append(spot)
            else:
                found.append((open_spots.pop() if open_spots else None, spot))
    found += [(spot, None) for spot in open_spots]
    found.sort(key=lambda pair: min(spot for spot in pair if spot is not None))
    return [
        Bracket(f"b{n}", opens, closes, _kind(blocks, opens, closes), _at_start(blocks, opens))
        for n, (opens, closes) in enumerate(found, 1)
    ]


def _at_start(blocks: Sequence[Block], opens: Spot | None) -> bool:
    if opens is None:
        return False
    block = blocks[opens.block]
    inside_lead = opens.offset < len(block.lead.text)
    before = block.all_words.text[len(block.lead.text + block.label.text) : opens.offset]
    return inside_lead or not before.strip(' \t["\u201c')


def _kind(blocks: Sequence[Block], opens: Spot | None, closes: Spot | None) -> BracketKind:
    if opens is None or closes is None or opens.block != closes.block:
        return BracketKind.CONTESTED
    inner = blocks[opens.block].all_words.text[opens.offset + 1 : closes.offset]
    holds_place = _BLANK.fullmatch(inner) or parse_code(inner.strip())
    return BracketKind.PLACEHOLDER if holds_place else BracketKind.CONTESTED


def marked(blocks: Sequence[Block], brackets: Sequence[Bracket]) -> list[Block]:
    """The blocks with every bracket sign turned into a marker piece that knows its bracket.

    Signs of no bracket are left out; an end that only an answer gave is set behind the words.
    """
    at: dict[Spot, Bracket] = {}
    for bracket in brackets:
        for spot in (bracket.opens, bracket.closes):
            if spot is not None:
                at[spot] = bracket
    return [_marked(index, block, at) for index, block in enumerate(blocks)]


def _marked(index: int, block: Block, at: dict[Spot, Bracket]) -> Block:
    if block.role in (Role.EMPTY, Role.ATTRIBUTION):
        return block
    lead, label = len(block.lead.text), len(block.label.text)
    end = Spot(index, len(block.all_words.text))
    words = list(_with_markers(block.words, Spot(index, lead + label), at))
    if end in at:
        words.append(Piece("", bracket=("close", at[end].id, at[end].kind.value)))
    return replace(
        block,
        lead=words_of(_with_markers(block.lead, Spot(index, 0), at)),
        words=words_of(words),
    )


def _with_markers(words: Words, start: Spot, at: dict[Spot, Bracket]) -> Iterator[Piece]:
    offset = start.offset
    for piece in words.pieces:
        for part in re.findall(r"[\[\]]|[^\[\]]+", piece.text) or [piece.text]:
            bracket = at.get(Spot(start.block, offset))
            if part in "[]" and part:
                if bracket is None:
                    offset += len(part)
                    continue
                side = "open" if part == "[" else "close"
                yield replace(piece, text="", bracket=(side, bracket.id, bracket.kind.value))
            else:
                yield replace(piece, text=part)
            offset += len(part)
