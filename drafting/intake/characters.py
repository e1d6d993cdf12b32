"""Characters that no text needs: they are taken out of papers, and refused in exported drafts.

Controls do nothing on paper, and the two overrides (U+202D, U+202E) turn the words around them
without anybody seeing why. The marks that Arabic and Hebrew need are kept.
"""

from __future__ import annotations

import re
from dataclasses import replace

from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.parsed import ParsedPaper, ParsedParagraph

UNWANTED = re.compile(
    "[^\t\n\x20-\x7e\u00a0-\u202c\u202f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def without_unwanted(paper: ParsedPaper) -> ParsedPaper:
    """The paper without them, and a warning that says how many there were."""
    found = sum(len(UNWANTED.findall(run.text)) for p in paper.paragraphs for run in p.runs)
    notes, before = map(_all_cleaned, (paper.footnotes, paper.footnotes_before))
    comments = {
        key: (UNWANTED.sub("", who), UNWANTED.sub("", words))
        for key, (who, words) in paper.comments.items()
    }
    paper = replace(paper, footnotes=notes, footnotes_before=before, comments=comments)
    if not found:
        return paper
    told = filled(_("Control characters were left out: {count}."), count=found)
    return replace(
        paper,
        paragraphs=tuple(map(_cleaned, paper.paragraphs)),
        warnings=(*paper.warnings, told),
    )


def _all_cleaned(told: dict[str, str]) -> dict[str, str]:
    return {key: UNWANTED.sub("", words) for key, words in told.items()}


def _cleaned(paragraph: ParsedParagraph) -> ParsedParagraph:
    runs = (replace(run, text=UNWANTED.sub("", run.text)) for run in paragraph.runs)
    return replace(
        paragraph, runs=tuple(run for run in runs if run.text or run.footnote or run.comments)
    )
