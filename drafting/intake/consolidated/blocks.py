"""From the paragraphs of a file to blocks: one call, wording, attribution or heading each.

Rules:

- A call glued to the paragraph before it by a line break is a block of its own; other line breaks
  inside a paragraph are spaces.
- What a block is, is told by its words, not by its style: a call by the lexicon, an attribution by
  its form, a heading by "Option n". Only a drafting note may have nothing but its style.
- The label is taken off the wording, together with brackets that open before it. A label that
  shows old and new run together (`fd)`) is kept as printed until the base is beside it.
- What a converter made a link is no bracket; whether it hid one is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from drafting.domain.calls import is_call
from drafting.domain.codes import AttributionLine, parse_attribution_lines
from drafting.domain.numbering import split_label
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.consolidated.pieces import (
    GONE,
    NO_WORDS,
    Fate,
    Piece,
    Words,
    parsed_words,
    words_of,
)
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where
from drafting.intake.parsed import ParsedPaper, ParsedParagraph


class Role(StrEnum):
    CALL = "call"
    TEXT = "text"
    ATTRIBUTION = "attribution"
    HEADING = "heading"  # Option 1
    NOTE = "note"
    NO_TEXT = "no text"
    DELETE = "delete"  # an option in words: "Delete this paragraph"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Block:
    """`paragraphs` index the file. `words` is the wording without its label; `lead` are brackets
    that open before the label, `label` the label as printed, with its fates."""

    paragraphs: tuple[int, ...]
    role: Role
    words: Words
    lead: Words = NO_WORDS
    label: Words = NO_WORDS
    style: str = ""
    attributions: tuple[AttributionLine, ...] = ()
    split_by: frozenset[str] = frozenset()  # authors of its tracked paragraph mark
    line: int | None = None

    @property
    def first(self) -> int:
        return self.paragraphs[0]

    @property
    def place(self) -> str:
        """Where it stands, for the keys of questions."""
        return str(self.first)

    @property
    def is_wording(self) -> bool:
        return self.role in (Role.TEXT, Role.CALL)

    @property
    def is_struck(self) -> bool:
        """Whether all its words are gone."""
        fates = self.words.fates
        return bool(fates) and fates <= set(GONE)

    @property
    def all_words(self) -> Words:
        return self.lead + self.label + self.words


_HEADING = re.compile(
    r"[\[({]?\s*(?:option|alternative|variant)\s+(?:\d{1,2}|[A-Z])\s*[\])}]?\s*[:.]?", re.IGNORECASE
)
_NO_TEXT = re.compile(
    r"[\[({]?\s*no (?:new )?text(?: (?:is )?(?:required|needed|proposed))?\s*[\])}]?\.?",
    re.IGNORECASE,
)
_DELETE = re.compile(
    r"[\[({]?\s*(?:to be deleted|delete|deletion of|suppress)"
    r"(?: (?:the |this )?(?:whole )?(?:paragraph|provision|item|text|sub-?paragraph))?"
    r"\s*[\])}]?\.?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\[({]?\s*(?:(?:drafting|editor(?:ial|['\u2019]s)?|chair(?:man)?['\u2019]s|secretariat['\u2019]s?)"
    r" )?notes?(?: (?:by|from|of) [^:]{2,60}?)?\s*(?:[:\u2013\u2014]|\s-\s)\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"\[(?P<words>[^\[\]]*)\](?P<target>\((?:#[^()\s]*|https?://[^()\s]*)\))")
_FLAT_LABEL = re.compile(r"\s*(?:\[\s*)*(?P<label>[a-z]{2,4}\))\s*[\u2014]?\s*")
_LONGEST_LABEL = 16  # characters: old and new together
_BULLET = re.compile(r"\s*(?:#{1,6}\s+|[-\u2022*]\s+(?=\[?(?:[a-z]{1,4}\)|\d{1,2}\s)))")


def to_blocks(paper: ParsedPaper, desk: Desk) -> list[Block]:
    """Every paragraph of the paper as at least one block, in order."""
    return [
        block
        for index, paragraph in enumerate(paper.paragraphs)
        for block in _blocks(index, paragraph, paper.form, desk)
    ]


def _blocks(index: int, paragraph: ParsedParagraph, form: str, desk: Desk) -> Iterator[Block]:
    whole = _without_bullet(parsed_words(paragraph.runs))
    if form == "txt":
        whole = _without_links(whole, index, desk)
    if paragraph.label:
        whole = words_of([Piece(f"{paragraph.label}\t", _common_fate(whole))]) + whole
    authors = frozenset(change.author for change in paragraph.mark)
    for words in _split_calls(whole):
        block = _block(index, _on_one_line(words).strip(), paragraph.style)
        yield replace(block, split_by=authors, line=paragraph.line)


def _common_fate(words: Words) -> Fate:
    """The fate an automatic label shares with its paragraph."""
    fates = words.fates
    return next(iter(fates)) if len(fates) == 1 else Fate.PLAIN


def _without_links(words: Words, index: int, desk: Desk) -> Words:
    """The words without what is left of links, be it signs or the link's underline."""
    out = NO_WORDS
    for linked, group in groupby(_bare_links(words).pieces, lambda p: bool(p.formats & _LINKED)):
        part = words_of(group)
        if linked and _link_holds(part.text, index, desk) == "bracket":
            part = _bracketed(part)
        out += part.each(lambda piece: replace(piece, formats=piece.formats - _LINKED))
    return out


_LINKED = frozenset({"link", "underline"})


def _bare_links(words: Words) -> Words:
    """The words with link signs taken as the format they stand for."""
    out, at = NO_WORDS, 0
    for link in _LINK.finditer(words.text):
        inner = words.cut(link.start("words"), link.end("words"))
        linked = inner.each(lambda piece: replace(piece, formats=piece.formats | {"link"}))
        out += words.cut(at, link.start()) + linked
        at = link.end()
    return out + words.cut(at) if at else words


def _bracketed(words: Words) -> Words:
    first, last = words.pieces[0], words.pieces[-1]
    return words_of([replace(first, text="[")]) + words + words_of([replace(last, text="]")])


def _link_holds(words: str, index: int, desk: Desk) -> str:
    choices = (
        Choice("link", _("Only a link"), _("There is no drafting bracket here.")),
        Choice("bracket", _("Drafting brackets too"), _("The words stand in square brackets.")),
    )
    where = Where(str(index), "", (index,))
    return desk.settle(Doubt.LINK, "link", where, choices, assumed="link", in_file=words)


def _without_bullet(words: Words) -> Words:
    """Without the heading signs and bullets of a conversion to plain text."""
    found = _BULLET.match(words.text)
    return words.cut(found.end()) if found else words


def _split_calls(words: Words) -> Iterator[Words]:
    """The words cut before and after every line that is a call."""
    text = words.text
    start = place = 0
    for line in text.split("\n"):
        end = place + len(line)
        if "\n" in text and is_call(line):
            if text[start:place].strip():
                yield words.cut(start, place)
            yield words.cut(place, end)
            start = end
        place = end + 1
    if text[start:].strip() or not start:
        yield words.cut(start)


def _on_one_line(words: Words) -> Words:
    """Line breaks inside the paragraph as single spaces; a tab after the label stays."""
    out: list[Piece] = []
    space = True
    for piece in words.pieces:
        text = re.sub(r"[ \u00a0]*\n\s*", " ", piece.text)
        if space and text.startswith(" "):
            text = text.lstrip(" ")
        space = text.endswith(" ") if text else space
        out.append(replace(piece, text=text))
    return words_of(out)


def _block(index: int, words: Words, style: str) -> Block:
    text = words.text
    if not text.strip(" _\u2014\u2013-*"):
        return Block((index,), Role.EMPTY, words, style=style)
    if is_call(words.new.strip() or text):
        return Block((index,), Role.CALL, words, style=style)
    lines = parse_attribution_lines(words.new.strip())
    if lines:
        return Block((index,), Role.ATTRIBUTION, words, style=style, attributions=lines)
    if re.sub(r"[\W_]", "", style).casefold() in _NOTE_STYLES:
        return Block((index,), Role.NOTE, words, style=style)
    for role, form in _FORMS:
        if form.fullmatch(words.new.strip()):
            return Block((index,), role, words, style=style)
    return labelled(Block((index,), Role.TEXT, words, style=style))


_NOTE_STYLES = ("note", "draftingnote")

_FORMS = (
    (Role.HEADING, _HEADING),
    (Role.NO_TEXT, _NO_TEXT),
    (Role.DELETE, _DELETE),
    (Role.NOTE, _NOTE),
)


def labelled(block: Block) -> Block:
    """The block with its label, and the brackets before it, taken off its words."""
    text = block.words.text
    end = _tracked_label_end(block.words)
    if end:
        return _parted(block, len(text) - len(text.lstrip(" \t\u00a0[")), end, end)
    split = split_label(text)
    if split.label is not None:
        body = len(text) - len(split.rest.lstrip())
        begin = text.index(split.label, 0, body)
    else:
        flat = _FLAT_LABEL.match(text)
        if not flat:
            return block
        begin, body = flat.start("label"), flat.end()
    length = len(split.label) if split.label is not None else len(_core(text, begin))
    return _parted(block, begin, begin + length, body)


def _parted(block: Block, begin: int, end: int, body: int) -> Block:
    """The block with its label between `begin` and `end`, and its words from `body` on."""
    lead = block.words.cut(0, begin).only(lambda piece: "[" in piece.text)
    return replace(
        block,
        lead=lead.each(lambda piece: replace(piece, text="[" * piece.text.count("["))),
        label=block.words.cut(begin, end),
        words=block.words.cut(body),
    )


def _tracked_label_end(words: Words) -> int:
    """Where the words begin if one label was struck and another written; else 0."""
    fates = words.cut(0, _LONGEST_LABEL).fates
    if Fate.INSERTED not in fates or not fates & {Fate.DELETED, Fate.WITHDRAWN}:
        return 0
    ends, labels = [], set()
    for visible in (lambda p: p.is_new, lambda p: p.fate is not Fate.INSERTED):
        text = words.only(visible).text
        split = split_label(text)
        if split.label is None:
            return 0
        labels.add(split.label)
        ends.append(_place_in(words, visible, len(text) - len(split.rest.lstrip())))
    return max(ends) if len(labels) > 1 else 0


def _place_in(words: Words, visible: Callable[[Piece], bool], count: int) -> int:
    """The offset behind the `count`th visible character."""
    offset = 0
    for piece in words.pieces:
        if visible(piece):
            if count <= len(piece.text):
                return offset + count
            count -= len(piece.text)
        offset += len(piece.text)
    return offset


def _core(text: str, begin: int) -> str:
    return text[begin : text.index(")", begin) + 1]
