"""The words of a redline as HTML.

Rules:

- Words are escaped here and nowhere else; whatever leaves this module is safe to print.
- A mark never carries the space beside it: spaces at the ends of a run stand outside `ins` and
  `del`, so that no line is drawn under or through nothing.
- Where an insertion follows a deletion without a space, one is set between them, in an element
  of its own: it belongs to the page, not to the text.
- What is pending is marked in every view, and says in words whose it is.
- A bracket is one element with a name for those who cannot see it. Brackets that nest, or whose
  ends stand far apart, carry a number at both ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from drafting.domain.codes import parse_code
from drafting.domain.labels import is_lettered
from drafting.domain.redline import Op, RedLabel, RedParagraph, RedPiece, RedRun
from drafting.domain.text import BracketClose, BracketKind, BracketOpen, Changes, FootnoteRef

_TAGS = {"em": "em", "strong": "strong", "sup": "sup", "sub": "sub", "underline": "u"}
_SUFFIX = re.compile(r"(?<=[\d)])(bis|ter|quater|quinquies|alt)\b")


@dataclass(frozen=True, slots=True)
class Marking:
    """What the words of one paper refer to: numbers of brackets and footnotes, by id."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    unpaired: frozenset[str] = frozenset()
    footnotes: Mapping[str, int] = field(default_factory=dict)


def short_source(source: str) -> str:
    """Who asks, short enough to stand above a line: "ISL" for ISL/79A2/13, "Chair" for Chair."""
    code = parse_code(source)
    return "/".join(code.sources) if code else source


def pieces_html(pieces: Iterable[RedPiece], marking: Marking) -> SafeString:
    """The pieces of one paragraph, without its label."""
    out: list[str] = []
    before: RedPiece | None = None
    for changes, group in groupby(pieces, lambda piece: piece.changes):
        for piece in group:
            if before and _meet(before, piece):
                out.append('<span class="sp"> </span>')
            out.append(_piece(piece, marking))
            before = piece
        if changes:
            last = out.pop()
            words = last.rstrip(" ")  # who asks stands at the word, not on a line of its own
            out += [words, _siglum(changes), last[len(words) :]]
    return mark_safe("".join(out))


def _meet(before: RedPiece, piece: RedPiece) -> bool:
    """Whether two words, one struck and one put in its place, would run into each other."""
    return (
        isinstance(before, RedRun)
        and isinstance(piece, RedRun)
        and before.op is Op.DEL
        and piece.op is Op.INS
        and before.text[-1:].isalnum()
        and piece.text[:1].isalnum()
    )


def _piece(piece: RedPiece, marking: Marking) -> str:
    match piece:
        case RedRun():
            return _run(piece)
        case BracketOpen() | BracketClose():
            return _bracket(piece, marking)
        case FootnoteRef(id=key):
            return _footnote_ref(key, marking.footnotes.get(key))


def _run(run: RedRun) -> str:
    words = escape(run.text)
    if run.op is Op.KEEP and not run.formats and not run.changes and not run.notes:
        return words
    core = words.strip(" ")
    if not core:
        return words
    before = words[: len(words) - len(words.lstrip(" "))]
    after = words[len(words.rstrip(" ")) :]
    for name in sorted(run.formats):
        tag = _TAGS[name]
        core = f"<{tag}>{core}</{tag}>"
    if run.notes:
        core = f'<span class="nt" data-n="{escape(" ".join(run.notes))}">{core}</span>'
    return before + _marked(core, run) + after


def _marked(core: str, run: RedRun) -> str:
    kinds = {change.kind for change in run.changes}
    asked = _asked(run.changes)
    if "deletion" in kinds:
        inner = "" if "insertion" in kinds else asked
        core = f'<del class="p"{inner}>{core}</del>'
    if "insertion" in kinds:
        return f'<ins class="p"{asked}>{core}</ins>'
    match run.op:
        case Op.INS:
            return f"<ins>{core}</ins>"
        case Op.DEL:
            return f"<del>{core}</del>"
        case Op.KEEP:
            return core


def _asked(changes: Changes) -> str:
    """The attribute that lets a page settle the changes: `id/+/source`, "-" for a deletion."""
    told = (
        f"{change.id}/{'+' if change.kind == 'insertion' else '-'}/{quote(change.source, safe='')}"
        for change in changes
    )
    return f' data-c="{escape(" ".join(told))}"' if changes else ""


def _siglum(changes: Changes) -> str:
    asked = {
        "insertion": _("(addition asked by %(who)s)"),
        "deletion": _("(deletion asked by %(who)s)"),
    }
    out = []
    for kind, sentence in asked.items():
        sources = list(dict.fromkeys(c.source for c in changes if c.kind == kind))
        if sources:
            short = " ".join(dict.fromkeys(short_source(source) for source in sources))
            said = sentence % {"who": ", ".join(sources)}
            out.append(
                f'<span class="sig" title="{escape(said)}"><span aria-hidden="true">'
                f'{escape(short)}</span><span class="vh"> {escape(said)} </span></span>'
            )
    return "".join(out)


def _bracket(marker: BracketOpen | BracketClose, marking: Marking) -> str:
    opens = isinstance(marker, BracketOpen)
    number = marking.numbers.get(marker.id)
    lone = marker.id in marking.unpaired
    name = _bracket_name(marker, number, lone=lone)
    tail = f"<sub>{number}</sub>" if number and not lone else ""
    if lone:
        tail = f"<sub>{escape(_('never closed') if opens else _('never opened'))}</sub>"
    kind = f" {marker.kind.value}" if isinstance(marker, BracketOpen) else ""
    sign = "[" if opens else "]"
    asked = _asked(marker.changes)
    inner = f"{sign}{tail}" if opens or not lone else f"{tail}{sign}"
    return (
        f'<span class="br{" lone" if lone else ""}{kind}" role="img" tabindex="-1" '
        f'data-b="{escape(marker.id)}" data-end="{"open" if opens else "close"}"{asked} '
        f'aria-label="{escape(name)}" title="{escape(name)}">{inner}</span>'
    )


def _bracket_name(marker: BracketOpen | BracketClose, number: int | None, *, lone: bool) -> str:
    opens = isinstance(marker, BracketOpen)
    if lone:
        return _("bracket opens and never closes") if opens else _("bracket closes, never opened")
    if number:
        sentence = _("bracket %(number)s opens") if opens else _("bracket %(number)s closes")
        name = sentence % {"number": number}
    else:
        name = _("bracket opens") if opens else _("bracket closes")
    return name + _meaning(marker)


def _meaning(marker: BracketOpen | BracketClose) -> str:
    if isinstance(marker, BracketClose):
        return ""
    match marker.kind:
        case BracketKind.DELETION:
            return _(": deletion proposed")
        case BracketKind.PLACEHOLDER:
            return _(": to be filled in")
        case BracketKind.CONTESTED:
            return ""


def _footnote_ref(key: str, number: int | None) -> str:
    safe, shown = escape(key), "*" if number is None else str(number)
    said = escape(_("footnote %(number)s") % {"number": shown})
    link = f'<a href="#fn-{safe}" id="fnr-{safe}" aria-label="{said}">{shown}</a>'
    return f'<sup class="fn">{link}</sup>'


# --- Labels -----------------------------------------------------------------------------------


def label_html(paragraph: RedParagraph, marking: Marking, *, link: str = "") -> SafeString:
    """The cell of the label: brackets that stand before it, and its change if it changed.

    `link` is the address of the provision, "" where the label is no link.
    """
    brackets = "".join(
        _bracket(piece, marking)
        for piece in paragraph.pieces
        if isinstance(piece, BracketOpen) and piece.before_label
    )
    words = _label_words(paragraph.label, paragraph.op, paragraph.level)
    if words and link:
        words = f'<a href="{escape(link)}">{words}</a>'
    return mark_safe(brackets + words)


def _stands_before_label(piece: RedPiece) -> bool:
    return isinstance(piece, BracketOpen) and piece.before_label


def _label_words(label: RedLabel, op: Op, level: int) -> str:
    old, new = (_dressed(item, level) if item else "" for item in (label.old, label.new))
    if op is Op.INS:
        return f"<ins>{new}</ins>" if new else ""
    if op is Op.DEL:
        return f"<del>{old or new}</del>" if old or new else ""
    if old == new:
        return new
    parts = (f"<del>{old}</del>" if old else "", f"<ins>{new}</ins>" if new else "")
    return " ".join(filter(None, parts))


def _dressed(label: str, level: int) -> str:
    """Letters and *bis* are set in italics, figures and romans upright, as on the papers."""
    safe = escape(label)
    return f"<i>{safe}</i>" if is_lettered(label, level) else _SUFFIX.sub(r"<i>\1</i>", safe)


def body_html(paragraph: RedParagraph, marking: Marking) -> SafeString:
    """The words of a paragraph, without the brackets that stand before its label."""
    if not _has_label(paragraph):
        return pieces_html(paragraph.pieces, marking)
    return pieces_html(
        (piece for piece in paragraph.pieces if not _stands_before_label(piece)), marking
    )


def _has_label(paragraph: RedParagraph) -> bool:
    return bool(paragraph.label.old or paragraph.label.new)
