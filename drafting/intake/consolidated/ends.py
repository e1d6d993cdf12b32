"""Brackets that lack one end, and brackets that end far away.

Rules:

- A missing end is never invented: the marker stays alone until somebody says where it ends.
- A bracket that opens the wording below an attribution ends in that wording, if it ends.
- Nothing is asked where no provision shows the answer: a marker in the paper's furniture, a note or
  a heading stays out of it, and one that was struck out of a wording that stands goes unasked.
- A bracket that is closed only after another call may cover a whole section, or be two accidents.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from drafting.domain.codes import parse_code
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.consolidated.brackets import Bracket, Spot
from drafting.intake.consolidated.pieces import GONE, Fate
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where


def settle_ends(
    blocks: Sequence[Block], brackets: Sequence[Bracket], held: Container[int], desk: Desk
) -> list[Bracket]:
    """The brackets as somebody answered, or as the paper has them.

    `held` are the blocks that provisions are made of.
    """
    out: list[Bracket] = []
    for bracket in brackets:
        ends = [spot for spot in (bracket.opens, bracket.closes) if spot is not None]
        if any(spot.block not in held for spot in ends):
            out.append(bracket)
        elif len(ends) == 1:
            out += [] if _goes(ends[0], blocks) else _alone(bracket, blocks, held, desk)
        elif _crosses_call(bracket, blocks):
            out += _far(bracket, blocks, desk)
        else:
            out.append(bracket)
    return out


def _alone(
    bracket: Bracket, blocks: Sequence[Block], held: Container[int], desk: Desk
) -> list[Bracket]:
    if bracket.opens is None:
        return _stray(bracket, blocks, desk)
    return _unclosed(bracket, bracket.opens, blocks, held, desk)


def _goes(spot: Spot, blocks: Sequence[Block]) -> bool:
    """Whether the group struck this marker out of a wording that stands.

    A line through words as well may mean anything, and what a proposer deletes is pending.
    """
    block = blocks[spot.block]
    here = block.all_words.cut(spot.offset, spot.offset + 1)
    (sign,) = here.only(lambda piece: not piece.is_atom).pieces
    if sign.fate not in GONE or block.is_struck:
        return False
    if sign.fate is Fate.STRUCK:
        return Fate.STRUCK not in block.words.fates
    return sign.fate is Fate.WITHDRAWN or parse_code(sign.author) is None


def _stray(bracket: Bracket, blocks: Sequence[Block], desk: Desk) -> list[Bracket]:
    assert bracket.closes is not None
    held = desk.settle(
        Doubt.BRACKET,
        "bracket.close",
        _where(bracket.closes, blocks),
        (
            Choice("kept", _("It counts"), _("The marker stays without a partner.")),
            Choice("dropped", _("It does not count"), _("The marker is left out.")),
        ),
        assumed="kept",
        in_file=blocks[bracket.closes.block].all_words.text,
    )
    return [bracket] if held == "kept" else []


def _unclosed(
    bracket: Bracket, opens: Spot, blocks: Sequence[Block], held: Container[int], desk: Desk
) -> list[Bracket]:
    own = bracket.at_start and _is_attributed(opens.block, blocks)
    ends = [k for k in _possible_ends(opens.block, blocks, own=own) if k in held]
    choices = [
        Choice("open", _("It stays open"), _("The marker stays without a partner.")),
        *(
            Choice(
                f"after{blocks[k].first}",
                filled(_("After “{words}”"), words=_tail(blocks[k])),
                _("It ends there."),
            )
            for k in ends
        ),
        Choice("dropped", _("It does not count"), _("The marker is left out.")),
    ]
    answer = desk.settle(
        Doubt.BRACKET,
        "bracket.open",
        _where(opens, blocks),
        choices,
        assumed="open",
        in_file=blocks[opens.block].all_words.text,
    )
    if answer == "dropped":
        return []
    for k in ends:
        if answer == f"after{blocks[k].first}":
            return [replace(bracket, closes=Spot(k, len(blocks[k].all_words.text)))]
    return [bracket]


def _possible_ends(start: int, blocks: Sequence[Block], *, own: bool) -> list[int]:
    """The last wording before each attribution or call that follows, four at most; before the
    first of them if the bracket is `own`, a proposer's."""
    out: list[int] = []
    last = start
    for index in range(start, len(blocks)):
        block = blocks[index]
        if index > start and block.role in (Role.ATTRIBUTION, Role.CALL):
            out.append(last)
            if own or block.role is Role.CALL:
                break
        elif block.role is Role.TEXT:
            last = index
    return list(dict.fromkeys([start, *out]))[:4]


def _is_attributed(place: int, blocks: Sequence[Block]) -> bool:
    """Whether the block is the first wording below an attribution."""
    between = (Role.EMPTY, Role.HEADING, Role.NOTE)
    above = next((b.role for b in reversed(blocks[:place]) if b.role not in between), None)
    return above is Role.ATTRIBUTION


def _tail(block: Block) -> str:
    words = block.words.text.strip()
    return words if len(words) <= 50 else f"... {words[-46:]}"


def _crosses_call(bracket: Bracket, blocks: Sequence[Block]) -> bool:
    if bracket.opens is None or bracket.closes is None:
        return False
    between = range(bracket.opens.block + 1, bracket.closes.block)
    return any(blocks[index].role is Role.CALL for index in between)


def _far(bracket: Bracket, blocks: Sequence[Block], desk: Desk) -> list[Bracket]:
    assert bracket.opens is not None
    held = desk.settle(
        Doubt.BRACKET,
        "bracket.far",
        _where(bracket.opens, blocks),
        (
            Choice("one", _("One bracket"), _("It covers everything between.")),
            Choice("two", _("Two markers"), _("Neither has a partner.")),
        ),
        assumed="one",
        in_file=blocks[bracket.opens.block].all_words.text,
    )
    if held == "one":
        return [bracket]
    return [replace(bracket, closes=None), replace(bracket, id=f"{bracket.id}x", opens=None)]


def _where(spot: Spot, blocks: Sequence[Block]) -> Where:
    block = blocks[spot.block]
    return Where(f"{block.place}.{spot.offset}", _tail(block), block.paragraphs)
