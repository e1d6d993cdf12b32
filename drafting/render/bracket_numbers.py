"""The small numbers by which the two ends of a bracket are found."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.domain.paper import Paper
from drafting.domain.text import BracketClose, BracketOpen


def bracket_numbers(paper: Paper) -> dict[str, int]:
    """Numbers for brackets whose partner is hard to find: nested ones and ones that leave their
    paragraph. Counted in the order in which they open.
    """
    opened: list[tuple[str, int]] = []
    hard: dict[str, None] = {}
    for place, marker in _markers(paper):
        if isinstance(marker, BracketOpen):
            if opened and opened[-1][1] == place:
                hard.setdefault(opened[-1][0])
                hard.setdefault(marker.id)
            opened.append((marker.id, place))
        elif any(key == marker.id for key, _ in opened):
            if dict(opened)[marker.id] != place:
                hard.setdefault(marker.id)
            opened = [item for item in opened if item[0] != marker.id]
    lone = set(paper.unpaired)
    order = dict.fromkeys(m.id for _, m in _markers(paper) if isinstance(m, BracketOpen))
    named = [key for key in order if key in hard and key not in lone]
    return {key: number for number, key in enumerate(named, 1)}


def _markers(paper: Paper) -> Iterator[tuple[int, BracketOpen | BracketClose]]:
    """Every bracket marker with the number of its paragraph."""
    paragraphs = (p for block in paper.blocks for p in block.paragraphs)
    for place, paragraph in enumerate(paragraphs):
        for piece in paragraph.pieces:
            if isinstance(piece, BracketOpen | BracketClose):
                yield place, piece
