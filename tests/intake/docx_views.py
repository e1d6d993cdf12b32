"""What small Word files say once their changes are accepted or rejected, label and all."""

from __future__ import annotations

from drafting.intake.docx import read_docx
from drafting.intake.parsed import ChangeKind, ParsedPaper, ParsedParagraph
from tests.intake.builders import docx


def view(paper: ParsedPaper, *, new: bool) -> list[str]:
    """The paragraphs as they are with all changes accepted (`new`) or rejected.

    A paragraph whose mark is gone runs on into the next of the same cell.
    """
    out: list[str] = []
    waiting = ""
    for at, paragraph in enumerate(paper.paragraphs):
        waiting += "".join(r.text for r in paragraph.runs if (r.is_new if new else r.is_old))
        after = paper.paragraphs[at + 1] if at + 1 < len(paper.paragraphs) else None
        if _is_gone(paragraph, new=new):
            if after is not None and after.cell == paragraph.cell:
                continue
            if not waiting:
                continue
        label = paragraph.label if new else paragraph.old_label
        out.append(f"{label} {waiting}" if label else waiting)
        waiting = ""
    return out


def _is_gone(paragraph: ParsedParagraph, *, new: bool) -> bool:
    gone_ = {ChangeKind.DEL, ChangeKind.MOVE_FROM} if new else {ChangeKind.INS, ChangeKind.MOVE_TO}
    return any(change.kind in gone_ for change in paragraph.mark)


def of(*body: str, **parts: str) -> ParsedPaper:
    return read_docx(docx(*body, strict=False, **parts))


def seen(*body: str, **parts: str) -> tuple[list[str], list[str]]:
    """The old and the new view."""
    paper = of(*body, **parts)
    return view(paper, new=False), view(paper, new=True)
