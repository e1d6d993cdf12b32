"""Terminal punctuation by position, for clean papers.

Rules:

- An item ends with "," before the next call, with "." where the instrument ends, with ";"
  everywhere else.
- Only a settled item is touched: one that has a single wording without brackets, attributions or
  pending changes. What is still negotiated is printed to the letter.
- Only a single final ",", ";" or "." is replaced, or the mark added where there is none. An item
  that ends otherwise ("notably:", "; and", "etc.") says something by it and is left as it is.
- Calls, chapeaux, titles and formulas are left as they are.
- A redline is never touched: it must give base and text back exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafting.domain.draft import ProvisionKind
from drafting.domain.paper import Against, Block, BlockKind, Paper
from drafting.domain.redline import RedParagraph, RedPiece, RedRun

MARKS = ",;."
_SAYS_SOMETHING = (":", "; and", "; or", ", and", ", or", "etc.", "?", "!", "…", "-", "–", "—")


def punctuate(paper: Paper) -> Paper:
    """The clean paper with its terminal punctuation computed; any other paper unchanged."""
    if paper.against is not Against.CLEAN:
        return paper
    return replace(paper, blocks=tuple(_punctuated(paper)))


def _punctuated(paper: Paper) -> Iterator[Block]:
    settled = {state.key for state in paper.states if not state.contested}
    following = _following(paper.blocks)
    for block, after in zip(paper.blocks, following, strict=True):
        if _is_item(block) and block.provision in settled:
            mark = {None: ".", ProvisionKind.CALL: ","}.get(after, ";")
            *before, last = block.paragraphs
            block = replace(block, paragraphs=(*before, _ended(last, mark)))
        yield block


def _is_item(block: Block) -> bool:
    return block.kind is BlockKind.WORDING and block.provision_kind is ProvisionKind.ITEM


def _following(blocks: Sequence[Block]) -> list[ProvisionKind | None]:
    """For each block the kind of the next wording of another provision, None at the end."""
    out: list[ProvisionKind | None] = []
    after: Block | None = None  # the first wording seen so far, reading backwards
    beyond: Block | None = None  # the first of the provision after that one
    for block in reversed(blocks):
        if after is not None and after.provision != block.provision:
            beyond = after
        out.append(beyond.provision_kind if beyond else None)
        if block.kind is BlockKind.WORDING:
            after = block
    return out[::-1]


def _ended(paragraph: RedParagraph, mark: str) -> RedParagraph:
    """The paragraph with its last words ending in `mark`."""
    pieces = list(paragraph.pieces)
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if isinstance(piece, RedRun) and piece.text.strip():
            pieces[place : len(pieces)] = [
                replace(piece, text=ended(piece.text, mark)),
                *_without_space(pieces[place + 1 :]),
            ]
            break
    return replace(paragraph, pieces=tuple(pieces))


def _without_space(pieces: Sequence[RedPiece]) -> Iterator[RedPiece]:
    """The markers among pieces that are otherwise space alone."""
    return (piece for piece in pieces if not isinstance(piece, RedRun))


def ended(words: str, mark: str) -> str:
    """`words` ending in `mark`: "to keep lights;" in "," becomes "to keep lights,"."""
    bare = words.rstrip()
    if bare.endswith(_SAYS_SOMETHING) or not bare:
        return words
    return (bare[:-1].rstrip() if bare[-1] in MARKS else bare) + mark
