"""What a Word file says once its changes are accepted or rejected, by our own reader."""

from __future__ import annotations

from drafting.intake.docx import read_docx
from drafting.intake.parsed import ChangeKind, ParsedParagraph, ParsedRun

_CLOSING = "_" * 14
_GONE = {"new": (ChangeKind.DEL, ChangeKind.MOVE_FROM), "old": (ChangeKind.INS, ChangeKind.MOVE_TO)}


def view(data: bytes, which: str) -> list[str]:
    """The paragraphs outside tables: `which` is "new" (accepted) or "old" (rejected).

    A paragraph whose mark is gone runs on into the next. The closing rule is left out.
    """
    lines: list[str] = []
    open_line = ""
    for paragraph in read_docx(data).paragraphs:
        if paragraph.cell is not None:
            continue
        open_line += "".join(run.text for run in paragraph.runs if _is_seen(run, which))
        if not _mark_is_gone(paragraph, which):
            lines.append(open_line)
            open_line = ""
    assert not open_line
    assert lines.pop() == _CLOSING
    return lines


def _is_seen(run: ParsedRun, which: str) -> bool:
    return run.is_new if which == "new" else run.is_old


def _mark_is_gone(paragraph: ParsedParagraph, which: str) -> bool:
    return any(change.kind in _GONE[which] for change in paragraph.mark)


def authors(data: bytes) -> set[str]:
    """Everybody who changed or remarked anything in the file."""
    paper = read_docx(data)
    changes = [change for p in paper.paragraphs for run in p.runs for change in run.changes]
    changes += [change for p in paper.paragraphs for change in p.mark]
    return {change.author for change in changes} | {who for who, _ in paper.comments.values()}
