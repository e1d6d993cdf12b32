"""Who stands behind an option, or behind a bracket in it.

Rules:

- The names given replace those that stood there; who stays keeps what the paper printed of them.
- A name is a proposal code or a delegation that is known here.
- A delegate puts the own delegation and its proposals there or takes them away, and nobody else's.
  A proposal of several is put there only where it was tabled here: nobody signs for others.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import Delegation
from drafting.domain import text as texts
from drafting.domain.codes import parse_code
from drafting.domain.ownership import belongs, sole
from drafting.domain.text import BracketOpen, inlines
from drafting.models import Attribution, Event, Option
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.rights import is_desk
from drafting.services.acts.work import Work, forbidden, gone, invalid


def attribute(work: Work, deed: deeds.Attribute) -> Event:
    """Sets who stands behind an option or a bracket."""
    option = work.option(deed.option)
    bracket = deed.bracket or ""
    if bracket and bracket not in _brackets(option):
        raise gone()
    held = [row for row in option.attributions.all() if row.bracket == bracket]
    names = cleaned(deed.names)
    refuse(work, deed, names, held)
    if names != [row.code or row.name for row in held]:
        replace(work, option, bracket, names, held)
        work.stir([option])
    return work.tell("option.attributed", provisions=[option.provision], options=[option])


def _brackets(option: Option) -> set[str]:
    pieces = inlines(texts.from_json(option.content))
    return {piece.id for piece in pieces if isinstance(piece, BracketOpen)}


def cleaned(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in names))


def refuse(work: Work, deed: deeds.Deed, names: list[str], held: list[Attribution]) -> None:
    """Stops where one of the names is nobody's, or none that the person may set or take away."""
    _refuse_unknown(names, held)
    if not is_desk(work.present, deed):
        _refuse_others(work, names, held)


def unsaved(name: str) -> Attribution:
    """A name as it would be held, for what is held in a text."""
    code = name if _is_code(name) else ""
    return Attribution(code=code, name="" if code else name)


def _is(row: Attribution, name: str) -> bool:
    return name in (row.code, row.name)


def _refuse_unknown(names: list[str], held: list[Attribution]) -> None:
    known = set(Delegation.objects.filter(symbol__in=names).values_list("symbol", flat=True))
    for name in names:
        stays = any(_is(row, name) for row in held)
        if not name or not (stays or name in known or _is_code(name)):
            raise invalid(_("Nobody here goes by that name: give a proposal or a delegation."))


def _is_code(name: str) -> bool:
    return len(name) <= 60 and parse_code(name) is not None


def _refuse_others(work: Work, names: list[str], held: list[Attribution]) -> None:
    """Stops where anybody comes or goes but the delegate's own."""
    gone_names = [row.code or row.name for row in held if not any(_is(row, n) for n in names)]
    new = [name for name in names if not any(_is(row, name) for row in held)]
    own = work.present.standing.acting_for
    joint = [name for name in new if belongs(name, own) and sole([name]) != own]
    tabled = set(work.draft.proposals.filter(code__in=joint).values_list("code", flat=True))
    if not all(belongs(name, own) for name in (*gone_names, *new)) or not tabled.issuperset(joint):
        raise forbidden(_("You set your own delegation and its proposals there, and no others."))


def replace(
    work: Work, option: Option, bracket: str, names: list[str], held: list[Attribution]
) -> None:
    """Sets the names where those held stood, which are rows of the option."""
    stay = [row for row in held if any(_is(row, name) for name in names)]
    others = [row for row in option.attributions.all() if row.bracket != bracket]
    Attribution.objects.filter(pk__in=[row.pk for row in held if row not in stay]).delete()
    place = max((row.place for row in (*stay, *others)), default=-1)
    for name in names:
        if not any(_is(row, name) for row in stay):
            place += 1
            rows.attribute(work, option, name, place=place, bracket=bracket)
