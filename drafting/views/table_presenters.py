"""From the wordings on the table to the rows that the page shows. No request, no database.

Rules:

- Words and their order are the domain's; here they are only named, and set in marks.
- A name whose proposal is not in the draft says so in words, not by colour.
- Who asks or decided what is told beside the words, never in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from drafting.domain.disputes import Dispute
from drafting.domain.draft import OptionKind, Provision
from drafting.domain.redline import Op, RedParagraph, RedPiece, RedRun, redline, unchanged
from drafting.domain.table import BASE, Lying, Standing, Table
from drafting.domain.text import BracketClose, BracketOpen, Text, printed, sources
from drafting.render.bracket_numbers import numbers_in
from drafting.selectors.positions import Stand
from drafting.views.redline_html import Marking, body_html, label_html
from drafting.views.shown import Row
from drafting.views.table_people import OVER, StanceView, present_stances

BASE_WORD = pgettext_lazy("heading of a wording", "Base")


@dataclass(frozen=True, slots=True)
class NameView:
    words: str
    title: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class WordingView:
    """One row of the table. `options` and `asked` are what deeds name it by.

    `exact`: what is shown is all that its option's text holds: a place in it is a place there.
    """

    key: str
    number: int
    heading: str
    kind: str
    rows: tuple[Row, ...]
    names: tuple[NameView, ...]
    remarks: tuple[str, ...]
    near: str
    stances: tuple[StanceView, ...]
    options: tuple[str, ...]
    within: str  # the first option in which it stands as an alternative
    asked: tuple[str, ...]
    exact: bool
    in_draft: bool
    over: bool

    @property
    def css(self) -> str:
        told = {"base": self.is_base, "follows": bool(self.near), "over": self.over}
        return " ".join(name for name, is_so in told.items() if is_so)

    @property
    def is_base(self) -> bool:
        return self.key == BASE


def present_wordings(table: Table, stands: Sequence[Stand]) -> tuple[WordingView, ...]:
    """The wordings as rows, each with what delegations think of it."""
    base = table.provision.base
    return tuple(_wording(one, table, base, stands) for one in table.wordings)


def _wording(one: Lying, table: Table, base: Text | None, stands: Sequence[Stand]) -> WordingView:
    mine = [stand for stand in stands if stand.option in one.options and not stand.bracket]
    return WordingView(
        key=one.key,
        number=one.number,
        heading=_heading(one, table),
        kind=one.kind.value,
        rows=tuple(_redlined(one, base)),
        names=tuple(_names(one)),
        remarks=tuple(_remarks(one, table)),
        near=_near(one.dispute, one) if one.dispute else "",
        stances=present_stances(mine),
        options=one.options,
        within=one.within[0] if one.within else "",
        asked=tuple(b.code for b in one.behind if b.standing is Standing.ASKED),
        exact=_is_exact(table.provision, one),
        in_draft=one.in_draft,
        over=bool(one.over),
    )


def _is_exact(provision: Provision, one: Lying) -> bool:
    said = printed(one.text) if one.text else ""
    held = (o.text for o in provision.options if o.key in one.options)
    return any(text == one.text or (printed(text) == said and not sources(text)) for text in held)


def _heading(one: Lying, table: Table) -> str:
    if one.key == BASE:
        return str(BASE_WORD)
    if one.within and not one.options:
        return _("Alternative %(n)d") % {"n": one.number}
    if one.in_draft:
        return _("Option %(n)d") % {"n": one.number}
    return _("Wording %(n)d") % {"n": one.number}


def _names(one: Lying) -> Iterator[NameView]:
    """Those in the draft first; `asked` are those who ask for the same and are not named there."""
    for behind in sorted(one.behind, key=lambda behind: behind.standing is not Standing.DRAFT):
        asked = behind.standing is not Standing.DRAFT and one.in_draft
        title = ", ".join(filter(None, (behind.name, behind.note)))
        yield NameView(behind.code, title, asked=asked)


def _remarks(one: Lying, table: Table) -> Iterator[str]:
    if one.kind is OptionKind.DELETE:
        yield _("delete")
    elif one.kind is OptionKind.NO_TEXT:
        yield _("no text")
    if len(one.behind) > 1 and one.key != BASE and not one.holds:
        yield _("%(n)d alike, word for word") % {"n": len(one.behind)}
    if one.over:
        yield str(OVER.get(one.over, one.over))
    elif not one.in_draft and one.key != BASE:
        yield _("not yet in the draft")
    if one.within and not one.options:
        yield _("within the text of the draft")
    if one.holds:
        yield _("holds the alternatives that follow")
    standing = table.provision.standing
    if standing and standing.key in one.options:
        yield _("stands if no other is taken")


def _near(dispute: Dispute, one: Lying) -> str:
    """ "Option 1 and three words. They are the whole of the dispute between 1 and 2."""
    told = ngettext(
        "%(n)d word is the whole of the dispute between %(one)d and %(other)d.",
        "%(n)d words are the whole of the dispute between %(one)d and %(other)d.",
        dispute.words,
    )
    return told % {"n": dispute.words, "one": one.near, "other": one.number}


def _redlined(one: Lying, base: Text | None) -> Iterator[Row]:
    if one.kind is OptionKind.NO_TEXT:
        return
    text = one.text if one.kind is OptionKind.TEXT else None
    if base is None and text is None:
        return
    red = unchanged(text) if one.key == BASE and text else redline(base, text)
    opened = frozenset(p.id for r in red for p in r.pieces if isinstance(p, BracketOpen))
    closed = frozenset(p.id for r in red for p in r.pieces if isinstance(p, BracketClose))
    marking = Marking(numbers_in(red, opened ^ closed), unpaired=opened ^ closed)
    lit = _lit(one)
    for paragraph in red:
        yield row_of(paragraph, marking, lit)
        lit = lit[_length(paragraph) :] if lit else lit


def row_of(paragraph: RedParagraph, marking: Marking, lit: Sequence[bool]) -> Row:
    return Row(
        label=label_html(paragraph, marking),
        body=_lit_html(paragraph, marking, lit) if any(lit) else body_html(paragraph, marking),
        level=paragraph.level,
        op="" if paragraph.op is Op.KEEP else paragraph.op.value,
    )


def _lit(one: Lying) -> list[bool]:
    """Character by character as printed, paragraphs by one more: whether it is in dispute."""
    if one.dispute is None:
        return []
    return [piece.lit for piece in one.dispute.other for _char in piece.words]


def _length(paragraph: RedParagraph) -> int:
    return sum(_width(piece) for piece in paragraph.pieces) + 1


def _width(piece: RedPiece) -> int:
    """Characters of the wording as printed: struck words and footnotes are none of it."""
    if isinstance(piece, RedRun):
        return 0 if piece.op is Op.DEL else len(piece.text)
    return 1 if isinstance(piece, BracketOpen | BracketClose) else 0


def _lit_html(paragraph: RedParagraph, marking: Marking, lit: Sequence[bool]) -> SafeString:
    """The words, those in dispute within a mark."""
    out: list[str] = []
    held: list[RedPiece] = []
    was = False
    at = 0
    for piece in _cut(paragraph.pieces, lit):
        width = _width(piece)
        now = lit[at] if width and at < len(lit) else was
        if now is not was:
            out.append(_marked(paragraph, held, marking, was=was))
            held, was = [], now
        held.append(piece)
        at += width
    out.append(_marked(paragraph, held, marking, was=was))
    return mark_safe("".join(out))


def _marked(
    paragraph: RedParagraph, pieces: Sequence[RedPiece], marking: Marking, *, was: bool
) -> str:
    if not pieces:
        return ""
    inside = body_html(replace(paragraph, pieces=tuple(pieces)), marking)
    return f'<mark class="span">{inside}</mark>' if was else inside


def _cut(pieces: Iterable[RedPiece], lit: Sequence[bool]) -> Iterator[RedPiece]:
    """The pieces, cut where words begin or cease to be in dispute."""
    at = 0
    for piece in pieces:
        width = _width(piece)
        if isinstance(piece, RedRun) and width:
            start = 0
            for place in range(1, width):
                if at + place < len(lit) and lit[at + place] is not lit[at + place - 1]:
                    yield _part(piece, start, place)
                    start = place
            yield _part(piece, start, width)
        else:
            yield piece
        at += width


def _part(run: RedRun, start: int, end: int) -> RedRun:
    return RedRun(run.text[start:end], run.op, run.formats, run.changes, run.notes)
