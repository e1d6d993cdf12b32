"""The small numbers by which the two ends of a bracket are found.

Which brackets have one is the field's rule, `domain.brackets`, asked about the text as it is
printed: a wording that the paper leaves out has no brackets in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafting.domain.brackets import pair
from drafting.domain.paper import Paper
from drafting.domain.redline import Op, RedParagraph, RedRun
from drafting.domain.text import Inline, Paragraph, Run, Text

_Location = tuple[str, str | None]  # keys of a provision and of its option


def bracket_numbers(paper: Paper) -> dict[str, int]:
    """The number of each bracket that has one, by id; the same in every comparison."""
    return _numbers(_texts(paper), frozenset(paper.unpaired))


def numbers_in(redline: Iterable[RedParagraph], unpaired: frozenset[str]) -> dict[str, int]:
    """The same for a redline by itself, as a history shows it."""
    paragraphs = tuple(Paragraph(tuple(_inlines(p))) for p in redline)
    return _numbers([(("", None), Text(paragraphs))], unpaired) if paragraphs else {}


def _numbers(texts: Iterable[tuple[_Location, Text]], unpaired: frozenset[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for bracket in pair(texts).pairs:
        if bracket.number is not None and bracket.id not in unpaired:
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
