"""The notation in which the sample's papers are written, and its reader.

A source file is a head of `key: value` lines, an empty line, then one paragraph a line:

    = 4-7                      lines 4 to 7 of the base, as they stand
    n KES| 2<TAB>to pass on{-,-}{+;+}

Before the bar: how the whole paragraph is tracked (`+` inserted, `-` deleted, `+-` inserted and
struck again, `<` moved from here, `>` moved to here) joined to the style; the author's key (for
`+-` also that of who strikes); flags: `mark=+` tracks the paragraph mark alone, `sdt` puts the
paragraph into a content control, `pfmt` reformats it.

After it, marks that nest: `{+ +}` inserted, `{- -}` deleted, each optionally by another author
(`{+@QUI `), `{= =}` reformatted, `{#1 #}` comment 1, `{^1 ^}` link 1, `{*1*}` footnote 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

STYLES = {
    "resno": "ResNo",
    "restitle": "Restitle",
    "formula": "Normalaftertitle",
    "call": "Call",
    "n": "",
    "e1": "enumlev1",
    "e2": "enumlev2",
    "mark": "Proposal",
    "reasons": "Reasons",
    "attr": "Attribution",
    "ohead": "Optionhead",
    "note": "Note",
    "gap": "",
}
CALL_VERBS = frozenset(
    {"recalling", "considering", "recognizing", "bearing", "resolves"}
    | {"instructs", "requests", "invites"}
)
WHOLE: dict[str, tuple[str, ...]] = {
    "": (),
    "+": ("ins",),
    "-": ("del",),
    "+-": ("ins", "del"),
    "<": ("moveFrom",),
    ">": ("moveTo",),
}

_HEAD = re.compile(r"(?P<whole>\+-|[+\-<>]?)(?P<style>[a-z]\w*)(?P<rest>(?: \S+)*)\Z")
_TOKEN = re.compile(r"\{([+\-])(?:@(\w+) )?|\{([#^])(\d) |\{\*(\d)\*\}|(\{=)|([+\-=#^])\}")
_BASE = re.compile(r"= (\d+)(?:-(\d+))?\Z")


class MarkupError(ValueError):
    """A source line that breaks the notation; the message quotes it."""


@dataclass(frozen=True)
class Operation:
    """One layer of tracking: `kind` is ins, del, moveFrom or moveTo; `author` a full name."""

    kind: str
    author: str


@dataclass(frozen=True)
class Leaf:
    """Text under its layers of tracking, outermost first; or one point between texts.

    `reformatted` names who changed the format alone; `link` is a link's number. `point` is
    `comment`, `/comment` or `footnote`, with its number in `ref` and no text.
    """

    text: str
    operations: tuple[Operation, ...] = ()
    reformatted: str = ""
    link: str = ""
    point: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph: its Word style, the tracking of its mark, its leaves and its flags."""

    kind: str
    leaves: tuple[Leaf, ...]
    mark: tuple[Operation, ...] = ()
    flags: frozenset[str] = frozenset()

    @property
    def style(self) -> str:
        return STYLES[self.kind]


@dataclass(frozen=True)
class Paper:
    """A whole source file. `head` keeps the `key: value` lines as written."""

    head: dict[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    def numbered(self, key: str) -> dict[str, str]:
        """The values of `comment 1`, `comment 2` ..., by number."""
        return {k.split()[1]: v for k, v in self.head.items() if k.startswith(f"{key} ")}


def read_base(path: Path) -> list[Line]:
    """The base, one line a paragraph (`label<TAB>text`), with the style each would wear."""
    lines: list[Line] = []
    previous = ("", "", "")
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines()):
        label, _, text = row.partition("\t")
        kind = _base_kind(number, label, text, previous)
        lines.append(Line(kind, (Leaf(f"{label}\t{text}" if label else text),)))
        previous = (kind, label, text)
    return lines


def _base_kind(number: int, label: str, text: str, previous: tuple[str, str, str]) -> str:
    if number < 3:
        return ("resno", "restitle", "formula")[number]
    if not label:
        return "call" if text.split()[0] in CALL_VERBS else "n"
    before, above, words = previous
    opens_list = words.endswith(":") and above and before != "e2"
    if opens_list and label in ("i)", "a)"):
        return "e1" if label == "i)" else "e2"
    follows = {"ii)": "i)", "iii)": "ii)"} if before == "e1" else {"b)": "a)"}
    return before if before in ("e1", "e2") and follows.get(label) == above else "n"


def read_paper(path: Path, base: list[Line]) -> Paper:
    """Read one source file. Raises MarkupError."""
    head_text, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    head = dict(_key_value(row) for row in head_text.splitlines())
    lines = [line for row in body.splitlines() for line in _lines(row, head, base)]
    return Paper(head, tuple(lines))


def _key_value(row: str) -> tuple[str, str]:
    key, colon, value = row.partition(": ")
    if not colon:
        raise MarkupError(f"no “key: value”: {row}")
    return key, value


def _lines(row: str, head: dict[str, str], base: list[Line]) -> Iterator[Line]:
    span = _BASE.match(row)
    if span:
        first, last = int(span[1]), int(span[2] or span[1])
        yield from base[first - 1 : last]
        return
    before, bar, text = row.partition("| ")
    parsed = _HEAD.match(before)
    if not bar or not parsed or parsed["style"] not in STYLES:
        raise MarkupError(f"no style and bar: {row}")
    yield _line(parsed["whole"], parsed["style"], parsed["rest"].split(), text, head)


def _line(whole: str, style: str, words: list[str], text: str, head: dict[str, str]) -> Line:
    names = [head[f"author {word}"] for word in words if f"author {word}" in head]
    flags = frozenset(word for word in words if f"author {word}" not in head)
    layers = tuple(
        Operation(kind, names[-1] if depth else names[0]) for depth, kind in enumerate(WHOLE[whole])
    )
    mark = layers
    for flag in flags:
        if flag.startswith("mark="):
            kinds = WHOLE[flag.removeprefix("mark=")]
            mark = tuple(Operation(kind, names[0]) for kind in kinds)
    leaves = tuple(_leaves(text, layers, names[0] if names else "", head))
    return Line(style, leaves, mark, flags)


def _leaves(
    text: str, outer: tuple[Operation, ...], author: str, head: dict[str, str]
) -> Iterator[Leaf]:
    """Cut a marked line at its marks; a moved or whole paragraph's layers lie outermost."""
    open_marks: list[tuple[str, str]] = []
    at = 0
    for token in _TOKEN.finditer(text):
        yield from _text_leaf(text[at : token.start()], outer, open_marks)
        at = token.end()
        change, by, anchor, ref, footnote, reformat, close = token.groups()
        if footnote:
            yield Leaf("", _layers(outer, open_marks), point="footnote", ref=footnote)
        elif close:
            yield from _close(close, open_marks, text)
        else:
            mark = change or anchor or reformat[1]
            open_marks.append((mark, ref or (head[f"author {by}"] if by else author)))
            if anchor == "#":
                yield Leaf("", point="comment", ref=ref)
    if open_marks:
        raise MarkupError(f"{open_marks} left open: {text}")
    yield from _text_leaf(text[at:], outer, open_marks)


def _close(close: str, open_marks: list[tuple[str, str]], text: str) -> Iterator[Leaf]:
    if not open_marks or open_marks[-1][0] != close:
        raise MarkupError(f"“{close}}}” closes nothing: {text}")
    _, ref = open_marks.pop()
    if close == "#":
        yield Leaf("", point="/comment", ref=ref)


def _text_leaf(
    text: str, outer: tuple[Operation, ...], open_marks: list[tuple[str, str]]
) -> Iterator[Leaf]:
    if text:
        kinds = dict(open_marks)
        yield Leaf(text, _layers(outer, open_marks), kinds.get("=", ""), kinds.get("^", ""))


def _layers(
    outer: tuple[Operation, ...], open_marks: list[tuple[str, str]]
) -> tuple[Operation, ...]:
    """Tracking outermost first. Word keeps a change inside moved text beside the move, and an
    insertion never inside another insertion."""
    inner = tuple(
        Operation("ins" if mark == "+" else "del", author)
        for mark, author in open_marks
        if mark in "+-"
    )
    moved = bool(outer) and outer[0].kind.startswith("move")
    if inner and (moved or inner[0].kind == "ins"):
        return inner
    return outer + inner
