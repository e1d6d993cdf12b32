"""The strip of the import report: what became of every paragraph of the file."""

from __future__ import annotations

from collections.abc import Sequence

from drafting.intake.consolidated.blocks import Block, Role
from drafting.intake.parsed import ParsedPaper
from drafting.intake.reading import Place, PlacedParagraph, Question

_BY_ROLE = {
    Role.ATTRIBUTION: Place.ATTRIBUTION,
    Role.HEADING: Place.HEADING,
    Role.NOTE: Place.NOTE,
    Role.NO_TEXT: Place.ADDED,
    Role.DELETE: Place.CHANGED,
}


def strip_of(
    paper: ParsedPaper,
    printed: Sequence[Block],
    blocks: Sequence[Block],
    provision_of: dict[int, str],
    changed: dict[int, str],
    questions: Sequence[Question],
) -> tuple[PlacedParagraph, ...]:
    """One entry for every paragraph of the file, in order.

    `printed` are the blocks before any were joined. `provision_of` and `changed` are by index of
    a (joined) block: its provision's key, and whether it was matched, changed or added.
    """
    asked: dict[int, list[str]] = {}
    for question in questions:
        for paragraph in question.paragraphs:
            asked.setdefault(paragraph, []).append(question.key)
    places: dict[int, tuple[Place, str | None]] = {}
    for index, block in enumerate(blocks):
        place = _place(index, block, provision_of, changed)
        for paragraph in block.paragraphs:
            places.setdefault(paragraph, place)
    for block in printed:
        _, key = places.get(block.first, (Place.FURNITURE, None))
        if block.role is Role.ATTRIBUTION and key is not None:
            places[block.first] = (Place.ATTRIBUTION, key)
    return tuple(
        _placed(index, *places.get(index, (Place.FURNITURE, None)), tuple(asked.get(index, ())))
        for index in range(len(paper.paragraphs))
    )


def _place(
    index: int, block: Block, provision_of: dict[int, str], changed: dict[int, str]
) -> tuple[Place, str | None]:
    key = provision_of.get(index)
    if block.role in _BY_ROLE:
        return _BY_ROLE[block.role], key
    if key is None:
        return Place.FURNITURE, None
    return Place(changed.get(index, "matched")), key


def _placed(
    index: int, place: Place, provision: str | None, questions: tuple[str, ...]
) -> PlacedParagraph:
    shown = Place.ASKS if questions and place not in (Place.ATTRIBUTION, Place.NOTE) else place
    return PlacedParagraph(index, shown, provision, questions)
