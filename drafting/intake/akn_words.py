"""The words of an Akoma Ntoso paragraph as runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafting.intake.akn_meta import Meta, local, target, words_of
from drafting.intake.docx_package import Element
from drafting.intake.parsed import Change, ChangeKind, ParsedRun

Changes = tuple[Change, ...]

FORMATS = {"i": "em", "b": "strong", "u": "underline", "sup": "sup", "sub": "sub"}
KINDS = {"ins": ChangeKind.INS, "del": ChangeKind.DEL}
SKIPPED = frozenset({"meta", "toc", "componentRef", "documentRef", "img"})
_LAYOUT = re.compile(r"[ \t\r]*\n[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Look:
    """What holds for characters: the changes around them, outermost first, and their formats."""

    changes: Changes = ()
    formats: frozenset[str] = frozenset()

    def inserted(self, author: str) -> Look:
        """The same, inserted; words that are inserted already belong to whoever did it."""
        if any(change.kind is ChangeKind.INS for change in self.changes):
            return self
        return replace(self, changes=(Change(ChangeKind.INS, author), *self.changes))

    def changed(self, kind: ChangeKind, author: str) -> Look:
        """The same within one change more; an insertion inside one takes its place."""
        kept = tuple(c for c in self.changes if kind is not ChangeKind.INS or c.kind is not kind)
        return replace(self, changes=(*kept, Change(kind, author)))


PLAIN = Look()


@dataclass(slots=True)
class Words:
    """Reads the inline content of elements; gathers the notes it meets."""

    meta: Meta
    comments: dict[str, tuple[str, str]] = field(default_factory=dict)
    footnotes: dict[str, str] = field(default_factory=dict)

    def runs(self, element: Element, look: Look) -> Iterator[ParsedRun]:
        """Everything in the element, in order."""
        yield from self.text(element.text, look)
        for item in element:
            yield from self.inline(item, look)
            yield from self.text(item.tail, look)

    def text(self, words: str | None, look: Look) -> Iterator[ParsedRun]:
        """Characters of the file; line feeds in XML are layout."""
        if words:
            yield ParsedRun(_LAYOUT.sub(" ", words), look.formats, look.changes)

    def inline(self, item: Element, look: Look) -> Iterator[ParsedRun]:
        """One inline element."""
        name = local(item)
        if name in KINDS:
            who = next(iter(self.meta.proposers(item)), "")
            yield from self.runs(item, look.changed(KINDS[name], who))
        elif name in FORMATS:
            formats = look.formats | {FORMATS[name]}
            yield from self.runs(item, replace(look, formats=formats))
        elif name in ("eol", "br"):
            yield ParsedRun("\n", look.formats, look.changes)
        elif name == "marker":
            yield from self._marker(item, look)
        elif name in ("noteRef", "authorialNote"):
            yield from self._note(item, name, look)
        elif name not in SKIPPED:
            yield from self.runs(item, look)

    def _marker(self, item: Element, look: Look) -> Iterator[ParsedRun]:
        """An adopted text has no brackets: beside it they are inserted."""
        said = f"{item.get('name', '')} {item.get('class', '')}".lower().replace("-", "")
        sign = "[" if "bracketopen" in said else "]" if "bracketclose" in said else ""
        if sign:
            around = look.inserted(self.meta.body) if self.meta.is_marked else look
            yield ParsedRun(sign, around.formats, around.changes)

    def _note(self, item: Element, name: str, look: Look) -> Iterator[ParsedRun]:
        """A footnote is a run of its own; a comment is said of no characters, for `hung`."""
        key = target(item, "href")
        if name == "authorialNote":
            key = str(item.get("eId") or item.get("id") or f"note{len(self.footnotes) + 1}")
            self.footnotes[key] = words_of(item)
            yield ParsedRun("", look.formats, look.changes, footnote=key)
            return
        note = self.meta.notes.get(key)
        if note is None or note.is_remark:
            return
        if note.kind == "footnote":
            self.footnotes[key] = note.text
            yield ParsedRun("", look.formats, look.changes, footnote=key)
        else:
            self.comments[key] = (note.by, note.text)
            yield ParsedRun("", comments=(key,))


def hung(runs: list[ParsedRun]) -> list[ParsedRun]:
    """The runs with each comment on the words before it, or on the first words there are."""
    out: list[ParsedRun] = []
    waiting: tuple[str, ...] = ()
    for run in runs:
        if run.text or run.footnote:
            out.append(replace(run, comments=(*waiting, *run.comments)))
            waiting = ()
        elif out:
            out[-1] = replace(out[-1], comments=(*out[-1].comments, *run.comments))
        else:
            waiting = (*waiting, *run.comments)
    return out


def stripped(runs: list[ParsedRun]) -> list[ParsedRun]:
    """The runs without the spaces at both ends, which are layout."""
    kept = list(runs)
    while kept and not kept[0].text.strip(" ") and not kept[0].footnote:
        kept.pop(0)
    while kept and not kept[-1].text.strip(" ") and not kept[-1].footnote:
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" "))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return kept
