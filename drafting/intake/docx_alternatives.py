"""Which of alternative contents of a Word file is read: one branch, never two."""

from __future__ import annotations

from drafting.intake.docx_package import Element, name_of

# Extensions whose contents are ordinary words: drawings and text boxes, 2010 and 2012.
UNDERSTOOD = ("/word/2010/", "/word/2012/wordml")


def chosen(alternatives: Element) -> Element | None:
    """The first choice whose extensions are understood; else what stands in for it."""
    choices = [item for item in alternatives if name_of(item) == "mc:Choice"]
    others = [item for item in alternatives if name_of(item) == "mc:Fallback"]
    known = [item for item in choices if _is_understood(item)]
    return next(iter([*known, *others, *choices]), None)


def _is_understood(choice: Element) -> bool:
    required = (choice.nsmap.get(prefix, "") for prefix in str(choice.get("Requires", "")).split())
    return all(any(part in space for part in UNDERSTOOD) for space in required)


def is_shadowed(box: Element, drawing: Element) -> bool:
    """Whether the box is in another box, or in the branch of an alternative that is not read."""
    below = box
    for above in box.iterancestors():
        name = name_of(above)
        if name == "txbxContent" or (name == "mc:AlternateContent" and chosen(above) is not below):
            return True
        if above is drawing:
            return False
        below = above
    return False
