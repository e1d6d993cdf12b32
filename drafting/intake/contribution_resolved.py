"""A contribution in which the marks of its changes were lost: old and new words stand run together.

Rules:

- A proposal shows what it changes, so the marks are put back unless somebody says otherwise.
- Where it is not plain which words were the old ones, each place is a question of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from drafting.domain.redline import Op
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.base import flattened_question, phrase_question, phrase_reading, unflattened
from drafting.intake.parsed import Change, ChangeKind, ParsedPaper, ParsedRun
from drafting.intake.reading import Question

_LOST = {
    Op.KEEP: (),
    Op.DEL: (Change(ChangeKind.DEL),),
    Op.INS: (Change(ChangeKind.INS),),
}


def resolved(paper: ParsedPaper, chosen: Callable[[Question], str]) -> ParsedPaper:
    """The paper with lost marks put back where both wordings stand run together."""
    found = unflattened(paper)
    if not found:
        return paper
    question = replace(
        flattened_question(paper, found),
        assumed="new",
        because=_("A proposal shows what it changes."),
    )
    if chosen(question) == "keep":
        return paper
    paragraphs = list(paper.paragraphs)
    for index, apart in found.items():
        doubt = phrase_question(index, apart)
        segments_ = (phrase_reading(apart, chosen(doubt)) if doubt else apart).segments
        runs = tuple(ParsedRun(words, changes=_LOST[op]) for op, words in segments_)
        paragraphs[index] = replace(paragraphs[index], runs=runs)
    return replace(paper, paragraphs=tuple(paragraphs))
