"""Reads a Word file, with its tracked changes as they nest.

Rules:

- Every change around a run is kept, outermost first; nothing is accepted or rejected here.
- Of alternative contents one is read, of a field its result, of a text box its paragraphs, after
  the paragraph it hangs on. Headers and footers are not the text; they are left out.
- What only changes how words look (`rPrChange`, `pPrChange`) changes no words.
- Labels of automatic numbering are counted for the text as it is now and as it was.
- What can't be read as words is told in the warnings, never dropped in silence.

The elements are those of ECMA-376, part 1, in either namespace.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from drafting.domain.sentences import gettext_noop as _
from drafting.intake.characters import without_unwanted
from drafting.intake.docx_moves import with_names
from drafting.intake.docx_numbering import Numbering
from drafting.intake.docx_package import Element, Package, child, name_of, value
from drafting.intake.docx_story import Story
from drafting.intake.docx_styles import Styles
from drafting.intake.parsed import ParsedPaper, ParsedParagraph, ParsedRun
from drafting.intake.side_by_side import refuse_side_by_side
from drafting.intake.unreadable import Unreadable

OPEN_FIELD = _("A field of the file does not end: its code may stand among the words.")


def read_docx(data: bytes) -> ParsedPaper:
    """The paper in the bytes of a .docx file. Raises Unreadable with a sentence."""
    package = Package(data)
    body = child(package.document(), "body")
    if body is None:
        raise Unreadable(_("This Word file has no text."))
    styles = Styles(package.related("styles"))
    numbering = package.related("numbering")
    story = _told(body, styles, numbering)
    feet, ends = package.related("footnotes"), package.related("endnotes")
    notes, before = (
        _notes(feet, "footnote", "", styles, view) | _notes(ends, "endnote", "e", styles, view)
        for view in (_ACCEPTED, _REJECTED)
    )
    paper = without_unwanted(
        ParsedPaper(
            form="docx",
            paragraphs=tuple(with_names(story.paragraphs)),
            comments=_comments(package.related("comments"), styles),
            footnotes=notes,
            warnings=tuple(story.warnings),
            footnotes_before={k: words for k, words in before.items() if words != notes[k]},
        )
    )
    refuse_side_by_side(paper)
    return paper


def _told(holder: Element, styles: Styles, numbering: Element | None = None) -> Story:
    """The text in `holder`. A field that never ends would swallow it: then codes are not left
    out either."""
    story = Story(styles, Numbering(numbering, styles))
    story.walk(holder)
    if not story.in_code:
        return story
    again = Story(styles, Numbering(numbering, styles), hides_codes=False)
    again.walk(holder)
    again.warnings[OPEN_FIELD] = None
    return again


def _comments(part: Element | None, styles: Styles) -> dict[str, tuple[str, str]]:
    return {
        value(item, "id") or "": (value(item, "author") or "", _words(item, styles))
        for item in (part if part is not None else ())
        if name_of(item) == "comment"
    }


View = Callable[[ParsedRun], bool]
_ACCEPTED: View = attrgetter("is_new")
_REJECTED: View = attrgetter("is_old")


def _notes(
    part: Element | None, name: str, prefix: str, styles: Styles, view: View
) -> dict[str, str]:
    """Notes by id, as they are in one view; Word's separators are none."""
    return {
        f"{prefix}{value(item, 'id')}": _words(item, styles, view)
        for item in (part if part is not None else ())
        if name_of(item) == name and value(item, "type") in (None, "normal")
    }


def _words(holder: Element, styles: Styles, view: View = _ACCEPTED) -> str:
    lines = (_seen(paragraph, view) for paragraph in _told(holder, styles).paragraphs)
    return "\n".join(lines).strip()


def _seen(paragraph: ParsedParagraph, view: View) -> str:
    return "".join(run.text for run in paragraph.runs if view(run))
