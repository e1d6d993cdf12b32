"""Bases and consolidated papers by hand, and the checks that every reading must pass.

A line of a paper is plain words with marks: `{+by|words+}` inserted, `{-by|words-}` deleted,
`{~by|words~}` inserted by one and struck again, `~~words~~` struck without tracking. `by` and its
bar may be left out. A line that is wholly one mark has a tracked paragraph mark as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafting.domain.draft import Draft, OptionKind, from_json, to_json
from drafting.domain.text import BracketClose, BracketOpen, inlines, plain
from drafting.intake.base import read_base
from drafting.intake.consolidated import read_consolidated
from drafting.intake.parsed import Change, ChangeKind, ParsedPaper, ParsedParagraph, ParsedRun
from drafting.intake.reading import DraftReading

KEEPER = "AHG Res. 9"  # who keeps the paper for the group

_MARK = re.compile(
    r"\{\+(?:(?P<adds>[^|{}]*)\|)?(?P<ins>.*?)\+\}"
    r"|\{-(?:(?P<cuts>[^|{}]*)\|)?(?P<del>.*?)-\}"
    r"|\{~(?:(?P<drops>[^|{}]*)\|)?(?P<both>.*?)~\}"
    r"|~~(?P<struck>.*?)~~",
    re.DOTALL,
)


def paper(lines: Iterable[str], form: str = "docx") -> ParsedPaper:
    return ParsedPaper(form, tuple(paragraph(line) for line in lines), {}, {})


def paragraph(line: str) -> ParsedParagraph:
    runs: list[ParsedRun] = []
    at = 0
    for match in _MARK.finditer(line):
        runs += [ParsedRun(line[at : match.start()]), _run(match)]
        at = match.end()
    runs = [run for run in [*runs, ParsedRun(line[at:])] if run.text]
    stacks = {run.changes for run in runs}
    return ParsedParagraph(tuple(runs), stacks.pop() if len(stacks) == 1 else ())


def _run(match: re.Match[str]) -> ParsedRun:
    if match["ins"] is not None:
        return ParsedRun(match["ins"], changes=(_change(ChangeKind.INS, match["adds"]),))
    if match["del"] is not None:
        return ParsedRun(match["del"], changes=(_change(ChangeKind.DEL, match["cuts"]),))
    if match["both"] is not None:
        by = (_change(ChangeKind.INS, match["drops"]), _change(ChangeKind.DEL, None))
        return ParsedRun(match["both"], changes=by)
    return ParsedRun(match["struck"], struck=True)


def _change(kind: ChangeKind, by: str | None) -> Change:
    return Change(kind, by or KEEPER, "2031-05-04T09:00:00Z")


def base_of(lines: Iterable[str]) -> Draft:
    """The adopted text in these lines, as the base reader gives it."""
    reading = read_base(paper(lines), {})
    return Draft(reading.header, reading.provisions)


def is_sound(reading: DraftReading, base: Draft) -> None:
    """What holds of every reading, whatever the paper says."""
    ours = {p.key: p.base for p in reading.provisions if p.base is not None}
    assert ours == {p.key: p.base for p in base.provisions}
    keys = [p.key for p in reading.provisions]
    options = [o.key for p in reading.provisions for o in p.options]
    assert len(set(keys)) == len(keys)
    assert len(set(options)) == len(options)
    for provision in reading.provisions:
        assert provision.options
        assert sum(option.stands for option in provision.options) <= 1
        if provision.moved_to or provision.moved_from:
            assert (provision.moved_to or provision.moved_from) in keys
    for option in (o for p in reading.provisions for o in p.options):
        if option.kind is not OptionKind.TEXT:
            assert plain(option.text).strip() == ""
    marks = [m for p in reading.provisions for o in p.options for m in inlines(o.text)]
    opened = [m.id for m in marks if isinstance(m, BracketOpen)]
    closed = [m.id for m in marks if isinstance(m, BracketClose)]
    assert len(set(opened)) == len(opened)
    assert len(set(closed)) == len(closed)
    draft = Draft(reading.header, reading.provisions)
    assert from_json(to_json(draft)) == draft
    asked = [question.key for question in reading.questions]
    assert len(set(asked)) == len(asked)
    for question in reading.questions:
        offered = [alternative.key for alternative in question.alternatives]
        assert len(set(offered)) == len(offered) > 1
        assert question.assumed in offered


def every_answer_works(file: ParsedPaper, base: Draft) -> int:
    """Give every alternative of every question as an answer; how many there were.

    What is assumed changes nothing; every other alternative changes the provisions; the question
    stays, so that it can be answered otherwise.
    """
    reading = read_consolidated(file, base, {})
    is_sound(reading, base)
    assumed = {question.key: question.assumed for question in reading.questions}
    assert read_consolidated(file, base, assumed) == reading
    count = 0
    for question in reading.questions:
        outcomes = []
        for alternative in question.alternatives:
            answered = read_consolidated(file, base, {question.key: alternative.key})
            is_sound(answered, base)
            assert question.key in {other.key for other in answered.questions}
            assert answered.provisions not in outcomes, (question.key, alternative.key)
            outcomes.append(answered.provisions)
            count += 1
        assert reading.provisions in outcomes
    return count
