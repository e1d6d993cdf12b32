"""The styles of a Word file, as far as they say what words are: names, lists, character looks.

A paragraph style's own look (a call is italic, a title bold) is layout and is not asked for here;
a character style's look is what somebody gave to these words.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafting.intake.docx_package import Element, child, is_on, name_of, value, whole

DEEPEST = 20  # inheritance deeper than this is a circle
LOOKS = {
    "b": "strong",
    "i": "em",
    "u": "underline",
    "strike": "struck",
    "dstrike": "struck",
    "vanish": "hidden",
}
RAISED = {"superscript": "sup", "subscript": "sub"}

Listed = tuple[str | None, int | None]  # list, level: what is said of either


class Styles:
    """The styles of one file by their ids."""

    def __init__(self, part: Element | None) -> None:
        self._styles = {
            value(style, "styleId") or "": style
            for style in (part if part is not None else ())
            if name_of(style) == "style"
        }
        self._looks: dict[str, frozenset[str]] = {}

    def name(self, key: str) -> str:
        """The name a person sees for a style's id."""
        return value(child(self._styles.get(key), "name")) or key

    def line(self, key: str) -> Iterator[tuple[str, Element]]:
        """The style and those it is based on, nearest first."""
        seen: set[str] = set()
        while key in self._styles and key not in seen and len(seen) < DEEPEST:
            seen.add(key)
            yield key, self._styles[key]
            key = value(child(self._styles[key], "basedOn")) or ""

    def listed(self, key: str) -> tuple[str, Listed] | None:
        """The list a style puts its paragraphs in, and the style of the line that says so."""
        for name, style in self.line(key):
            found = listed(child(child(style, "pPr"), "numPr"))
            if found and found[0] is not None:
                return name, found
        return None

    def looks(self, key: str) -> frozenset[str]:
        """What a character style makes of words: "em", "strong", ..., "struck", "hidden"."""
        if key not in self._looks:
            found: frozenset[str] = frozenset()
            for _, style in reversed(list(self.line(key))):
                found = looked(child(style, "rPr"), found)
            self._looks[key] = found
        return self._looks[key]


def looked(properties: Element | None, looks: frozenset[str]) -> frozenset[str]:
    """The looks after run properties have switched some on or off."""
    found = set(looks)
    for item in properties if properties is not None else ():
        name = name_of(item)
        if name in LOOKS:
            (found.add if is_on(item) else found.discard)(LOOKS[name])
        elif name == "vertAlign":
            found -= {"sup", "sub"}
            found |= {RAISED[way] for way in (value(item) or "",) if way in RAISED}
    return frozenset(found)


def listed(properties: Element | None) -> Listed | None:
    """What `numPr` says; None where it stands not."""
    if properties is None:
        return None
    level = value(child(properties, "ilvl"))
    return value(child(properties, "numId")), None if level is None else whole(level)
