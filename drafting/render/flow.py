"""A paper as one flow of lines and pieces: what all five forms are written from.

Rules:

- Fates are decided here and in `pieces`, once for all forms.
- Lines about the text (attributions, headings, notes) are in the text only; against the base they
  are inserted.
- Brackets outlive the words between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from drafting.domain.draft import Mode, ProvisionKind, Status
from drafting.domain.paper import Against, Block, BlockKind, Paper, ProvisionState
from drafting.domain.redline import Op
from drafting.render.bracket_numbers import bracket_numbers
from drafting.render.cleaning import clean
from drafting.render.lines import Flow, Line, Piece, Role, Style
from drafting.render.phrases import ENGLISH, Phrases
from drafting.render.pieces import fate_of, pieces_of
from drafting.render.placed_notes import with_notes


def flow(paper: Paper, say: Phrases = ENGLISH) -> Flow:
    """The whole paper, ready to be written in any form. Wants it `cleaned`."""
    return with_notes(tuple(_lines(paper, say)), paper)


def _lines(paper: Paper, say: Phrases) -> Iterator[Line]:
    states = {state.key: state for state in paper.states}
    numbers = bracket_numbers(paper)
    seen: dict[str, str | None] = {}
    for block in paper.blocks:
        state = states.get(block.provision)
        join = _join(block, state, seen, say)
        for index, line in enumerate(_block_lines(paper.against, block, numbers, say)):
            first = index == 0
            yield replace(
                line,
                first=first,
                join=join if first else "",
                status=state.status if state else Status.OPEN,
            )


def _join(
    block: Block, state: ProvisionState | None, seen: dict[str, str | None], say: Phrases
) -> str:
    """The word between two options of one provision, once, where the next option begins."""
    previous = seen.get(block.provision, block.option)
    seen[block.provision] = block.option
    if state is None or previous == block.option or previous is None or block.option is None:
        return ""
    return {Mode.EXCLUSIVE: say.alternative, Mode.CUMULATIVE: say.together}.get(state.mode, "")


def _block_lines(
    against: Against, block: Block, numbers: Mapping[str, int], say: Phrases
) -> Iterator[Line]:
    if block.kind is not BlockKind.WORDING:
        yield _furniture(against, block, say)
        return
    for paragraph in block.paragraphs:
        if against is Against.CLEAN and paragraph.op is Op.DEL:
            continue
        inserted, deleted = fate_of(against, paragraph.op, block.author)
        pieces = pieces_of(against, block, paragraph, numbers)
        if any(piece.role in (Role.OPEN, Role.CLOSE) for piece in pieces):
            deleted = ()  # brackets outlive the words between them, and so does their line
        style = _style(block.provision_kind)
        yield Line(style, paragraph.level, pieces, block, inserted, deleted)


def _furniture(against: Against, block: Block, say: Phrases) -> Line:
    words = clean(block.line) or (say.no_text if block.kind is BlockKind.NO_TEXT else "")
    op = Op.INS if against is Against.BASE else block.op
    inserted, deleted = fate_of(against, op, block.author)
    piece = Piece(words, inserted=inserted, deleted=deleted)
    return Line(Style(block.kind.value), block.level, (piece,), block, inserted, deleted)


def _style(kind: ProvisionKind) -> Style:
    return Style.ITEM if kind is ProvisionKind.OTHER else Style(kind.value)
