"""Rows that acts make, and what hangs on them: ranks, names, ids, notes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from fractional_indexing import generate_key_between, generate_n_keys_between

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.codes import parse_code
from drafting.domain.draft import OptionKind, ProvisionKind
from drafting.domain.text import FootnoteRef, Paragraph, Run, Text, inlines
from drafting.models import Attribution, Note, Option, Position, Provision
from drafting.permissions import Part
from drafting.services.acts.work import Work, invalid
from drafting.steps import Json
from drafting.steps.gate import TOWER, UNWANTED

# More than any paper has; without a bound, one account could make a draft that nobody can open.
MOST_PROVISIONS = 5_000
MOST_OPTIONS = 100  # of one provision
MOST_NOTES = 500  # on one provision
RANK_LONG = 100  # characters; a section whose ranks have grown so long is spread out anew


def new_id(letter: str) -> str:
    """An id for a note or a bracket that no other has."""
    return letter + secrets.token_hex(6)


def clean_words(words: str) -> str:
    """Words as a text takes them. Stops at characters that no text needs."""
    if TOWER.search(words):  # asked first: to compose one takes long
        raise invalid(_("The text holds characters that no text needs."))
    composed = normalize("NFC", words.replace("\r\n", "\n").strip())
    if UNWANTED.search(composed.replace("\n", " ")):
        raise invalid(_("The text holds characters that no text needs."))
    return composed


# --- provisions and options -------------------------------------------------------------------


def new_provision(work: Work, kind: str, level: int, rank: str, **about: Any) -> Provision:
    """Inserts a provision; its options are to follow. Stops where there are too many."""
    _refuse_more(work.draft.provisions.count(), MOST_PROVISIONS)
    number = work.number_of_provision()
    row = Provision(draft=work.draft, number=number, kind=kind, level=level, rank=rank, **about)
    work.hand.create(row)
    work.hold(row, [])
    return row


def new_option(
    work: Work,
    row: Provision,
    content: Json,
    *,
    kind: str = OptionKind.TEXT,
    stands: bool = False,
) -> Option:
    """Inserts an option at the end of those that the provision has."""
    held = work.options(row)
    _refuse_more(len(held), MOST_OPTIONS)
    option = Option(
        draft=work.draft,
        provision=row,
        number=work.number_of_option(),
        place=max((other.place for other in held), default=-1) + 1,
        kind=kind,
        stands=stands,
        content=steps.standard(content),
    )
    work.hand.create(option)
    held.append(option)
    return option


def refuse_more_notes(row: Provision) -> None:
    _refuse_more(row.notes.count(), MOST_NOTES)


def _refuse_more(there: int, most: int) -> None:
    if there >= most:
        raise invalid(_("There are too many of them already."))


def silent(label: str | None, level: int) -> Json:
    """The content of an option without words."""
    return texts.to_json(Text((Paragraph((), label, level),)))


def remove_option(work: Work, option: Option) -> str:
    """Deletes an option; its key."""
    work.options(option.provision).remove(option)
    work.hand.delete(option)
    return option.key


# --- ranks ------------------------------------------------------------------------------------


def rank_after(work: Work, row: Provision | None) -> tuple[str, list[Provision]]:
    """A rank just after a provision (None: before all), and the rows that had to make room."""
    rank = _between(work, row)
    if len(rank) <= RANK_LONG or row is None:
        return rank, []
    spread = _spread(work, row)
    return _between(work, row), spread


def _between(work: Work, row: Provision | None) -> str:
    low = row.rank if row else None
    later = work.draft.provisions.filter(rank__gt=low or "").order_by("rank")
    return str(generate_key_between(low, later.values_list("rank", flat=True).first()))


def _spread(work: Work, row: Provision) -> list[Provision]:
    """Gives the items of a row's section short ranks, evenly between the calls around them."""
    calls = work.draft.provisions.filter(kind=ProvisionKind.CALL).order_by("rank")
    ranks = calls.values_list("rank", flat=True)
    low, high = ranks.filter(rank__lte=row.rank).last(), ranks.filter(rank__gt=row.rank).first()
    within = work.draft.provisions.filter(rank__gt=low or "")
    rows = work.take(within.filter(rank__lt=high) if high else within)
    for held, rank in zip(rows, generate_n_keys_between(low, high, len(rows)), strict=True):
        held.rank = rank
        work.spread(held)
    work.hand.save_many(rows, Provision, ["rank"])
    return rows


def before(work: Work, row: Provision) -> Provision | None:
    """The provision before this one, whatever it is."""
    return work.before_rank(row.rank)


# --- names ------------------------------------------------------------------------------------


def attribute(work: Work, option: Option, name: str, *, place: int, bracket: str = "") -> None:
    """Sets a proposal or a delegation behind an option."""
    code = name if parse_code(name) else ""
    named = "" if code else name
    row = Attribution(option=option, place=place, code=code, name=named, bracket=bracket)
    work.let_name_come(row)


def attribute_to_whom(work: Work, option: Option) -> None:
    """Sets those for whom one acts behind what one made, unless one acts for the chair's desk."""
    if work.acting_for != work.present.standing.acting_for or is_delegate(work):
        attribute(work, option, work.acting_for, place=0)


def is_delegate(work: Work) -> bool:
    return work.present.standing.part is Part.DELEGATE


def copy_attributions(source: Option, target: Option, brackets: set[str]) -> None:
    """Who stands behind an option, and behind these brackets, stands behind another too."""
    rows = [row for row in source.attributions.all() if not row.bracket or row.bracket in brackets]
    for place, row in enumerate(rows):
        row.pk, row.option, row.place = None, target, place
        row._state.adding = True
        row.save(force_insert=True)


# --- notes ------------------------------------------------------------------------------------


def anchors(contents: Iterable[Json]) -> set[str]:
    """The ids of the notes that are anchored in these texts."""
    found: set[str] = set()
    for content in contents:
        for piece in inlines(texts.from_json(content)):
            if isinstance(piece, Run):
                found.update(piece.notes)
            elif isinstance(piece, FootnoteRef):
                found.add(piece.id)
    return found


def follow(source: Provision, target: Provision, gone_over: set[str], left: set[str]) -> None:
    """Lets notes follow their words: those with no anchor left move, the others are doubled."""
    there = set(target.notes.values_list("key", flat=True))
    for note in source.notes.filter(key__in=gone_over - there):
        if note.key in left:
            note.pk, note._state.adding = None, True
        note.provision = target
        note.save()


def carry_positions(
    work: Work, found: QuerySet[Position], there: Provision, option: Option | None = None
) -> None:
    """What delegations said goes where the words went; where one said two things, the later holds.

    `option`: the wording that holds the words now; None: the one they were in.
    """
    for position in found.order_by("at"):
        target = option if option and position.option_id else position.option
        held = there.positions.filter(
            option=target, bracket=position.bracket, delegation=position.delegation_id
        ).exclude(pk=position.pk)
        if held.filter(at__gt=position.at).exists():
            work.hand.delete(position)
            continue
        for other in held:
            work.hand.delete(other)
        position.provision, position.option = there, target
        work.hand.save(position, ["provision", "option"])


def hand_over(source: Provision, target: Provision) -> None:
    """All notes of a provision go to another, which may have some of them already."""
    there = set(target.notes.values_list("key", flat=True))
    source.notes.filter(key__in=there).delete()
    Note.objects.filter(provision=source).update(provision=target)
