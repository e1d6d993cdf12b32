"""A consolidated draft set three ways beside its base: the steps, in their order.

Paragraphs become blocks; blocks are set beside the base; cut provisions are joined and set beside
it again; brackets are paired; attributions get their reach; blocks are sorted into provisions and
options; and each wording is woven from what the paper prints and what the base says. Every doubt
on the way is settled at one desk (`questions.py`), so that answering it is reading again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from drafting.domain.codes import parse_code
from drafting.domain.draft import Draft
from drafting.intake.consolidated.align import Targets, align
from drafting.intake.consolidated.beside import Base
from drafting.intake.consolidated.blocks import Block, Role, to_blocks
from drafting.intake.consolidated.brackets import find_brackets, marked
from drafting.intake.consolidated.build import Builder, Keys
from drafting.intake.consolidated.ends import settle_ends
from drafting.intake.consolidated.header import read_header
from drafting.intake.consolidated.join import join
from drafting.intake.consolidated.moves import find_moves
from drafting.intake.consolidated.pieces import Fate, Piece
from drafting.intake.consolidated.questions import Desk, Doubt
from drafting.intake.consolidated.scope import Scopes, find_scopes
from drafting.intake.consolidated.slots import Paper, Slot, find_slots, in_provisions
from drafting.intake.consolidated.strip import strip_of
from drafting.intake.parsed import ParsedPaper
from drafting.intake.reading import Answers, DraftReading, Question


def read_consolidated(paper: ParsedPaper, base: Draft, answers: Answers) -> DraftReading:
    """The paper's provisions in their state and order, beside `base` (adopted text standing).

    Pure: the same paper, base and answers give the same reading. Answers to questions that the
    paper does not raise are ignored.
    """
    desk = Desk(answers)
    known = Base(base)
    blocks = to_blocks(paper, desk)
    joined = join(blocks, align(blocks, known), known, desk)
    targets = align(joined.blocks, known)
    body = _body(joined.blocks, targets)
    brackets = find_brackets(body)
    settled = settle_ends(body, brackets, in_provisions(body, targets), desk)
    scopes = find_scopes(body, targets, brackets, known, desk)
    ready = _asked_for(marked(body, settled), scopes)
    whole = Paper(ready, targets, scopes, brackets, known, _is_tracked(paper))
    slots = find_slots(whole, desk)
    find_moves(slots, whole, desk)
    builder = Builder(whole, paper, slots, joined.notes, Keys(base), desk)
    provisions = tuple(builder.build())
    held = _by_paragraph(body, builder.provision_of)
    asked = desk.placed(_names(whole, builder.members.names), held, _keys(base))
    questions = tuple(question for question in asked if _matters(question, held))
    return DraftReading(
        header=read_header(_furniture(paper, body, targets), base.header),
        provisions=provisions,
        strip=strip_of(
            paper, blocks, body, builder.provision_of, builder.members.changed, questions
        ),
        questions=questions,
        warnings=paper.warnings,
    )


def _names(paper: Paper, names: Mapping[Slot, str]) -> dict[int, str]:
    """How people call the provision that each paragraph of the file belongs to."""
    out: dict[int, str] = {}
    for slot, name in names.items():
        for index in (*slot.blocks, *(k for more in slot.further.values() for k in more)):
            out |= dict.fromkeys(paper.blocks[index].paragraphs, name)
    return out


def _by_paragraph(blocks: Sequence[Block], provision_of: dict[int, str]) -> dict[int, str]:
    return {p: key for index, key in provision_of.items() for p in blocks[index].paragraphs}


def _matters(question: Question, held: Mapping[int, str]) -> bool:
    """Whether an answer shows: what a link hid outside every provision is nobody's doubt."""
    return question.kind != Doubt.LINK.value or any(p in held for p in question.paragraphs)


def _keys(base: Draft) -> frozenset[str]:
    return frozenset(provision.key for provision in base.provisions)


def _body(blocks: Sequence[Block], targets: Targets) -> list[Block]:
    """The blocks, those before the first provision emptied of meaning."""
    first = _first(blocks, targets)
    return [
        replace(block, role=Role.EMPTY) if index < first else block
        for index, block in enumerate(blocks)
    ]


def _first(blocks: Sequence[Block], targets: Targets) -> int:
    calls = (index for index, block in enumerate(blocks) if block.role is Role.CALL)
    return min([*targets, next(calls, len(blocks))])


def _furniture(paper: ParsedPaper, blocks: Sequence[Block], targets: Targets) -> list[str]:
    """The lines before the first provision."""
    first = _first(blocks, targets)
    paragraphs = {p for block in blocks[:first] for p in block.paragraphs}
    return [line for p in sorted(paragraphs) for line in paper.paragraphs[p].text.split("\n")]


def _is_tracked(paper: ParsedPaper) -> bool:
    return any(run.changes for paragraph in paper.paragraphs for run in paragraph.runs)


def _asked_for(blocks: Sequence[Block], scopes: Scopes) -> list[Block]:
    """The blocks with the tracked changes of other proposers inside them as pending ones.

    An author who is a proposal code asks for a change; the attribution above makes it part of
    the wording instead.
    """
    return [_pending(index, block, scopes) for index, block in enumerate(blocks)]


def _pending(index: int, block: Block, scopes: Scopes) -> Block:
    scope = scopes.get(index)
    own = {str(line.code) for line in scope.lines} if scope else set()
    fates = block.words.fates
    if Fate.PLAIN not in fates and not (scope and Fate.INSERTED in fates):
        return block

    def ask(piece: Piece) -> Piece:
        tracked = piece.fate in (Fate.INSERTED, Fate.DELETED) and not piece.sources
        if not tracked or piece.author in own or parse_code(piece.author) is None:
            return piece
        return replace(piece, sources=(piece.author,))

    return replace(block, words=block.words.each(ask))
