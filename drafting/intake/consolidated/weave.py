"""A block beside its base provision becomes the text of an option.

Rules:

- Words that were kept are spelled and set as the base has them: curly quotes, no-break spaces and
  lost italics of a copy are no changes.
- Tracked changes are believed where rejecting them gives the base. Everywhere else the wording is
  judged word by word, and asked.
- Words that a proposal asks for stay pending in the text; what the group settled is plain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from drafting.domain.folding import fold, folded_with_origin
from drafting.domain.sentences import gettext_noop as _
from drafting.domain.text import (
    BracketClose,
    BracketKind,
    BracketOpen,
    FootnoteRef,
    Inline,
    Paragraph,
    PendingChange,
    Run,
    Text,
    normal,
)
from drafting.intake.consolidated.beside import BaseItem
from drafting.intake.consolidated.blocks import Block
from drafting.intake.consolidated.judged import Judged, Reason
from drafting.intake.consolidated.pieces import NEVER_BASE, Fate, Piece, Words, words_of
from drafting.intake.consolidated.questions import Choice, Desk, Doubt, Where
from drafting.intake.consolidated.three_way import judge
from drafting.intake.consolidated.tokens import Token, Verdict

_CLOSING = tuple(",;:.)]")


@dataclass(frozen=True, slots=True)
class Wording:
    """The inline pieces of a paragraph; `differs` from the base's words."""

    inlines: tuple[Inline, ...]
    differs: bool


def weave(
    block: Block,
    item: BaseItem | None,
    where: Where,
    desk: Desk,
    *,
    tracked: bool,
    attributed: bool = False,
) -> Wording:
    """The wording that stands in the block.

    `tracked`: the file tracks its changes. `attributed`: the block is somebody's wording of the
    provision, which a paper without tracked changes prints whole and unmarked.
    """
    words = block.words
    if item is None or words.fates <= set(NEVER_BASE):
        whole = _as_shown(block)
        if whole is None:
            return _judged(block, None, where, desk, tracked)
        return Wording(whole, item is None or not _same(whole, item.words))
    believed = _as_tracked(block, item)
    if believed is not None:
        return believed
    if attributed and words.fates == {Fate.PLAIN} and not judge(words, item.words).repaired:
        return Wording(_inlines(_tidy(words), block.place), True)
    return _judged(block, item, where, desk, tracked)


def paragraph(block: Block, wording: Wording, label: str | None, level: int) -> Paragraph:
    """The wording under its label, brackets before the label included."""
    lead = [_marker(piece, before_label=label is not None) for piece in block.lead.pieces]
    return Paragraph(normal([*(mark for mark in lead if mark), *wording.inlines]), label, level)


def only_markers(block: Block, label: str | None, level: int) -> Text:
    """An empty paragraph with the label and brackets of a struck one."""
    pieces = [*block.lead.pieces, *block.words.pieces]
    marks = [
        _marker(piece, before_label=label is not None and n < len(block.lead.pieces))
        for n, piece in enumerate(pieces)
        if piece.bracket
    ]
    return Text((Paragraph(tuple(mark for mark in marks if mark), label, level),))


def all_struck(block: Block, sources: Sequence[str]) -> Wording:
    """The words of a struck block, each pending deletion by `sources`."""
    shown = block.words.each(
        lambda piece: replace(piece, fate=Fate.DELETED, sources=tuple(sources))
    )
    return Wording(_inlines(_tidy(shown), block.place), True)


def unstruck(block: Block) -> Wording:
    """The words of a struck block as if nobody had struck them."""
    shown = block.words.each(lambda piece: replace(piece, fate=Fate.PLAIN))
    return Wording(_inlines(_tidy(shown), block.place), True)


# --- believed as it is --------------------------------------------------------------------------


def _as_shown(block: Block) -> tuple[Inline, ...] | None:
    """New text as the file shows it; None if untracked lines run through some of it."""
    if Fate.STRUCK in block.words.fates:
        return None
    return _inlines(_tidy(block.words.only(_stays)), block.place)


def _stays(piece: Piece) -> bool:
    """Whether the words are in the text, be it pending deletion."""
    return piece.is_new or (piece.fate is Fate.DELETED and bool(piece.sources))


def _as_tracked(block: Block, item: BaseItem) -> Wording | None:
    """The wording if rejecting the tracked changes gives the base's words; else None."""
    if Fate.STRUCK in block.words.fates:
        return None
    if _is_untouched(block.words, item):
        return Wording(_base_inlines(item), False)
    spelled = _respelled(block.words, item)
    if spelled is None:
        return None
    shown = _tidy(spelled.only(_stays))
    inlines = _inlines(shown, block.place)
    pending = any(piece.sources for piece in shown.pieces)
    return Wording(inlines, pending or not _same(inlines, item.words))


def _is_untouched(words: Words, item: BaseItem) -> bool:
    """Whether these are the base's words and nothing else is on them."""
    plain = all(
        piece.fate is Fate.PLAIN and not (piece.is_atom or piece.sources or piece.notes)
        for piece in words.pieces
    )
    return plain and fold(words.text) == fold(item.words)


def _base_inlines(item: BaseItem) -> tuple[Inline, ...]:
    base = item.provision.base
    if base is None or len(base.paragraphs) != 1:
        return normal([Run(item.words)])
    return base.paragraphs[0].inlines


def _respelled(words: Words, item: BaseItem) -> Words | None:
    """The words with everything that was the base's in the base's spelling; None if it differs."""
    ours = folded_with_origin(words.only(lambda p: p.is_old and not _asked(p)).text)
    theirs = folded_with_origin(item.words)
    if ours.text.casefold() != theirs.text.casefold():
        return None
    spelling: dict[
        int, tuple[str, int | None]
    ] = {}  # place in our words -> base characters, their place
    for k in range(len(ours.text)):
        start, end = theirs.source_span(k, k + 1)
        again = k > 0 and theirs.origin[k] == theirs.origin[k - 1]
        known, _ = spelling.get(ours.origin[k], ("", 0))
        spelling[ours.origin[k]] = (known + ("" if again else item.words[start:end]), start)
    formats = _formats(item)
    out: list[Piece] = []
    at = 0
    for piece in words.pieces:
        if piece.is_atom or not piece.is_old or _asked(piece):
            out.append(piece)
            continue
        spelled = (spelling.get(k, (" ", None)) for k in range(at, at + len(piece.text)))
        for place, group in groupby(spelled, lambda found: _format_at(formats, found[1])):
            out.append(replace(piece, text="".join(text for text, _ in group), formats=place))
        at += len(piece.text)
    return words_of(out)


def _format_at(formats: Sequence[frozenset[str]], place: int | None) -> frozenset[str]:
    return frozenset() if place is None else formats[place]


def _asked(piece: Piece) -> bool:
    """Words somebody asks to insert, though the file may not track them."""
    return bool(piece.sources) and piece.fate is not Fate.DELETED


def _formats(item: BaseItem) -> list[frozenset[str]]:
    """The formats of every character of the base's words."""
    base = item.provision.base
    if base is None:
        return [frozenset()] * len(item.words)
    out: list[frozenset[str]] = []
    for n, part in enumerate(base.paragraphs):
        if n:
            out.append(frozenset())
        for inline in part.inlines:
            if isinstance(inline, Run):
                out += [inline.formats] * len(inline.text)
    return out


def _same(inlines: Sequence[Inline], words: str) -> bool:
    """Whether the inlines are these words, without brackets or pending changes."""
    if any(not isinstance(inline, Run) or inline.changes for inline in inlines):
        return False
    text = "".join(inline.text for inline in inlines if isinstance(inline, Run))
    return fold(text, case=False).strip() == fold(words, case=False).strip()


# --- judged word by word ------------------------------------------------------------------------

_READINGS = (
    ("sense", _("The wording read with the base beside it")),
    ("wider", _("The same, the strike beginning at the change before it")),
    ("replaced", _("The same, new words in the place of the base's beside them")),
    ("literal", _("Struck words deleted, all others kept")),
    ("printed", _("All printed words kept")),
    ("base", _("The wording of the base")),
)


def _judged(
    block: Block, item: BaseItem | None, where: Where, desk: Desk, tracked: bool
) -> Wording:
    base = item.words if item else ""
    words = block.words.only(lambda piece: piece.fate is not Fate.WITHDRAWN or piece.is_atom)
    judged = judge(words, base)
    sense = _text(judged, judged.verdicts, block, item)
    reasons = judged.reasons | (judged.settled if tracked else frozenset())
    if not reasons:
        return Wording(sense, item is None or not _same(sense, base))
    readings = {
        "sense": sense,
        "wider": _text(judged, judged.wider, block, item),
        "replaced": _text(judged, judged.replaced, block, item),
        "literal": _text(judged, judged.literal, block, item),
        "printed": _text(judged, judged.unstruck, block, item),
    }
    certain = judged.certain and not tracked
    if item is not None and not certain and not any(piece.sources for piece in words.pieces):
        readings["base"] = (Run(base),)
    held = _ask(readings, reasons, block, base, where, desk, tracked)
    inlines = readings[held]
    return Wording(inlines, item is None or not _same(inlines, base))


def _ask(
    readings: dict[str, tuple[Inline, ...]],
    reasons: frozenset[Reason],
    block: Block,
    base: str,
    where: Where,
    desk: Desk,
    tracked: bool,
) -> str:
    seen: set[str] = set()
    choices = []
    for key, label in _READINGS:
        shown = _shown(readings[key]) if key in readings else None
        if shown is not None and shown not in seen:
            choices.append(Choice(key, label, shown))
            seen.add(shown)
    if len(choices) < 2:
        return "sense"
    weightiest = next(reason for reason in Reason if reason in reasons)
    sentence = "wording.untracked" if tracked else f"wording.{weightiest}"
    return desk.settle(
        Doubt.WORDING,
        sentence,
        where,
        choices,
        assumed="sense",
        in_file=block.words.text,
        in_base=base,
    )


def _shown(inlines: Sequence[Inline]) -> str:
    return "".join(inline.text for inline in inlines if isinstance(inline, Run)).strip()


def _text(
    judged: Judged, verdicts: Sequence[Verdict], block: Block, item: BaseItem | None
) -> tuple[Inline, ...]:
    """The tokens that stand, spaced as they were, kept ones as the base spells them."""
    capitals = _in_capitals(block, item)
    out: list[Piece] = []
    last: Token | None = None
    gap, removed = "", False
    for token, verdict in zip(judged.tokens, verdicts, strict=True):
        gap += token.space
        if not token.text:
            out += [Piece(" "), token.piece] if gap and out else [token.piece]
            gap = ""
        elif verdict in (Verdict.DELETED, Verdict.SLIP) and not _asked(token.piece):
            removed = True
        else:
            out += _as_pieces(token, _space(last, token, gap, removed, judged), judged, capitals)
            last, gap, removed = token, "", False
    return _inlines(_tidy(words_of(out)), block.place)


def _space(last: Token | None, token: Token, gap: str, removed: bool, judged: Judged) -> str:
    if last is None:
        return ""
    if last.base is not None and token.base == last.base + 1:
        return judged.base[token.base][0]
    if last.text in ("(", "["):
        return ""
    if removed and token.text in _CLOSING:
        return ""
    return " " if gap else ""


def _as_pieces(token: Token, space: str, judged: Judged, capitals: bool) -> list[Piece]:
    piece = token.piece
    text = token.text
    if token.base is not None and not piece.sources:
        text = judged.base[token.base][1]
        piece = replace(piece, formats=frozenset())
    elif capitals and text.isupper() and len(text) > 1 and text.isalpha():
        text = text.capitalize()
    shown = replace(piece, fate=Fate.PLAIN, text=text)
    if space and piece.sources:
        return [replace(shown, text=space + text)]
    return [Piece(space), shown] if space else [shown]


def _in_capitals(block: Block, item: BaseItem | None) -> bool:
    return item is not None and block.words.text.isupper() and not item.words.isupper()


# --- from pieces to inlines ---------------------------------------------------------------------


def _tidy(words: Words) -> Words:
    """Single spaces, none at either end or before what closes a clause."""
    out: list[Piece] = []
    blank = True
    for piece in words.pieces:
        text = re.sub(r"[ \t\n]+", " ", piece.text)
        if blank and text.startswith(" "):
            text = text[1:]
        if text or piece.is_atom:
            out.append(replace(piece, text=text))
        blank = text[-1].isspace() if text else blank
    for k in range(len(out) - 1, -1, -1):
        if out[k].text or not out[k].is_atom:
            out[k] = replace(out[k], text=out[k].text.rstrip(" "))
            if out[k].text:
                break
    return words_of(out)


def _inlines(words: Words, place: str) -> tuple[Inline, ...]:
    out: list[Inline] = []
    group: tuple[str, tuple[str, ...]] | None = None
    count = 0
    for piece in words.pieces:
        kind = "deletion" if piece.fate is Fate.DELETED else "insertion"
        if piece.sources and (kind, piece.sources) != group:
            count += 1
        group = (kind, piece.sources) if piece.sources else None
        changes = tuple(
            PendingChange("deletion" if kind == "deletion" else "insertion", f"{place}.{count}", by)
            for by in piece.sources
        )
        out.append(_inline(piece, changes))
    return normal(out)


def _inline(piece: Piece, changes: tuple[PendingChange, ...]) -> Inline:
    marker = _marker(piece, before_label=False, changes=changes)
    if marker is not None:
        return marker
    if piece.footnote is not None:
        return FootnoteRef(f"f{piece.footnote}", changes)
    formats = piece.formats & {"em", "strong", "sup", "sub", "underline"}
    return Run(piece.text, formats, changes, piece.notes)


def _marker(
    piece: Piece, *, before_label: bool, changes: tuple[PendingChange, ...] = ()
) -> BracketOpen | BracketClose | None:
    if piece.bracket is None:
        return None
    side, key, kind = piece.bracket
    if side == "open":
        return BracketOpen(key, BracketKind(kind), before_label, changes)
    return BracketClose(key, changes)
