"""Papers by hand: what a reader of files would give, from lines of plain text.

`[+...+]` is inserted, `[-...-]` deleted, `[>n...>]` moved away and `[<n...<]` moved here (n pairs
them). A line that ends with "+|" or "-|" has an inserted or deleted paragraph mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafting.intake.parsed import Change, ChangeKind, ParsedPaper, ParsedParagraph, ParsedRun

_MARKED = re.compile(
    r"\[\+(?P<ins>.*?)\+\]|\[-(?P<del>.*?)-\]|\[>(?P<n>\d)(?P<from>.*?)>\]|\[<(?P<m>\d)(?P<to>.*?)<\]"
)
AUTHOR = "Valmora"


def paper(lines: Iterable[str], *, form: str = "docx") -> ParsedPaper:
    return ParsedPaper(form, tuple(map(paragraph, lines)), {}, {})


def paragraph(line: str) -> ParsedParagraph:
    mark: tuple[Change, ...] = ()
    if line.endswith(("+|", "-|")):
        mark = (_change(ChangeKind.INS if line[-2] == "+" else ChangeKind.DEL),)
        line = line[:-2]
    runs: list[ParsedRun] = []
    at = 0
    for match in _MARKED.finditer(line):
        runs += [ParsedRun(line[at : match.start()]), _run(match)]
        at = match.end()
    runs.append(ParsedRun(line[at:]))
    return ParsedParagraph(tuple(run for run in runs if run.text), mark)


def _run(match: re.Match[str]) -> ParsedRun:
    if match["ins"] is not None:
        return ParsedRun(match["ins"], changes=(_change(ChangeKind.INS),))
    if match["del"] is not None:
        return ParsedRun(match["del"], changes=(_change(ChangeKind.DEL),))
    if match["from"] is not None:
        return ParsedRun(match["from"], changes=(_change(ChangeKind.MOVE_FROM, match["n"]),))
    return ParsedRun(match["to"], changes=(_change(ChangeKind.MOVE_TO, match["m"]),))


def _change(kind: ChangeKind, move: str | None = None) -> Change:
    return Change(kind, AUTHOR, "2027-09-20T09:00:00Z", move)
