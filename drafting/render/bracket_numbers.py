"""The small numbers by which the two ends of a bracket are found.

Which brackets have one is the field's rule, `domain.brackets`, asked about the text as it is
printed: a wording that the paper leaves out has no brackets in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafting.domain.brackets import pair
from drafting.domain.paper import Paper
from drafting.domain.redline import Op, RedParagraph, RedRun
from drafting.domain.text import Inline, Paragraph, Run, Text

_Location = tuple[str, str | None]  # keys of a provision and of its option


def bracket_numbers(paper: Paper) -> dict[str, int]:
    """The number of each bracket that has one, by id; the same in every comparison."""
    lone = set(paper.unpaired)
    numbers: dict[str, int] = {}
    for bracket in pair(_texts(paper)).pairs:
        if bracket.number is not None and bracket.id not in lone:
            numbers.setdefault(bracket.id, bracket.number)
    return numbers


def _texts(paper: Paper) -> Iterator[tuple[_Location, Text]]:
    for block in paper.blocks:
        if block.paragraphs:
            paragraphs = tuple(Paragraph(tuple(_inlines(p))) for p in block.paragraphs)
            yield (block.provision, block.option), Text(paragraphs)


def _inlines(paragraph: RedParagraph) -> Iterator[Inline]:
    """The paragraph without what the base alone had."""
    for piece in paragraph.pieces:
        if not isinstance(piece, RedRun):
            yield piece
        elif piece.op is not Op.DEL:
            yield Run(piece.text)
