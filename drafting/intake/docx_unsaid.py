"""What a Word file shows that is no text: pictures, and the prompts of forms nobody filled in.

A prompt ("Click here to enter text") is the form's word, not the sender's. Of a list to choose
from, the entry that was chosen is the sender's word, though the file holds it as a setting.
"""

from __future__ import annotations

from drafting.domain.sentences import gettext_noop as _
from drafting.intake.docx_package import Element, child, is_on, name_of, value, whole

PICTURE = _("The file holds pictures, charts or diagrams; they were left out.")
PROMPT = _("The file holds fields of a form that nobody filled in; they were left out.")

# Local names in the drawing languages: an image, a chart, a diagram, a program's own picture.
PICTURES = frozenset(("blip", "imagedata", "chart", "relIds", "OLEObject"))


def holds_picture(drawing: Element) -> bool:
    """Whether more than lines and text boxes is drawn."""
    return any(
        isinstance(item.tag, str) and item.tag.rpartition("}")[2] in PICTURES
        for item in drawing.iter()
    )


def is_prompt(control: Element) -> bool:
    """Whether a content control still shows what it asks for."""
    return is_on(child(child(control, "sdtPr"), "showingPlcHdr"))


def entry(field: Element) -> str:
    """What was chosen from the list of an old form's field; "" for any other field."""
    choices = child(child(field, "ffData"), "ddList")
    entries = (
        [value(item) for item in choices if name_of(item) == "listEntry"]
        if (choices is not None)
        else []
    )
    at = whole(value(child(choices, "result")) or value(child(choices, "default")))
    return (entries[at] or "") if at < len(entries) else ""
