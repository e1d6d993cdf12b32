"""What a delegation thinks of a provision, an option or a bracket, as it is said at the table.

Rules:

- A delegate speaks for the own delegation, also on closed text: a reservation on what is
  agreed is one. The chair and the secretary set down what any delegation says from the floor.
- One stance on one thing: what is said later takes the place of what was said before, and its
  history is kept. No stance takes the position back.
- It changes no text, so nobody's work is touched by it.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Delegation
from drafting.domain import text as texts
from drafting.domain.text import BracketClose, BracketOpen, inlines
from drafting.models import Event, Option, Position, Provision
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.work import Stopped, Work, forbidden, gone, invalid, is_left


def take(work: Work, deed: deeds.TakePosition) -> Event:
    """Sets down a stance, or takes it back."""
    row = work.provision(deed.provision)
    if is_left(row):
        raise Stopped("gone", _("This text was moved: act on it where it stands now."))
    option = _option(work, row, deed.option)
    if deed.bracket and not any(deed.bracket in _ids(o) for o in _in_question(work, row, option)):
        raise gone()
    where = {"option": option, "bracket": deed.bracket or "", "delegation": _who(work, deed)}
    held = row.positions.filter(**where).first()
    if deed.stance is None:
        if held is not None:
            work.hand.delete(held)
    else:
        _set(work, held or Position(provision=row, **where), deed)
    return work.tell("position", provisions=[row], options=[option] if option else [])


def _set(work: Work, position: Position, deed: deeds.TakePosition) -> None:
    position.stance = deed.stance or ""
    position.words = rows.clean_words(deed.words)
    position.said_by = work.hand.actor.name[:120]
    position.from_the_floor = not rows.is_delegate(work)
    position.at = timezone.now()
    if position._state.adding:
        work.hand.create(position)
    else:
        work.hand.save(position, ["stance", "words", "said_by", "from_the_floor", "at"])


def _option(work: Work, row: Provision, key: str | None) -> Option | None:
    if key is None:
        return None
    found = next((option for option in work.options(row) if option.key == key), None)
    if found is None:
        raise gone()
    return found


def _in_question(work: Work, row: Provision, option: Option | None) -> list[Option]:
    return [option] if option else work.options(row)


def _ids(option: Option) -> set[str]:
    pieces = inlines(texts.from_json(option.content))
    return {piece.id for piece in pieces if isinstance(piece, BracketOpen | BracketClose)}


def _who(work: Work, deed: deeds.TakePosition) -> Delegation:
    """Whose position it is. A delegate names nobody else."""
    own = work.present.standing.acting_for
    asked = deed.delegation or work.acting_for
    if rows.is_delegate(work) and asked != own:
        raise forbidden(_("You speak for your own delegation."))
    found = Delegation.objects.filter(symbol=asked).first()
    if found is None:
        raise invalid(_("Say whose position it is: give the symbol of a delegation."))
    return found
