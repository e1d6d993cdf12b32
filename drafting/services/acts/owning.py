"""What a delegate may do to the own delegation's alone, asked of the rows in hand.

Rules:

- Who may do a deed to whatever stands there is not asked. Anybody else does it to a wording or to a
  proposed provision that is the own delegation's alone (`domain.ownership`).
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting.domain.ownership import sole
from drafting.models import Option, Provision
from drafting.services.acts.rights import may_to_all
from drafting.services.acts.work import Work, forbidden
from drafting.services.deeds import Deed


def is_proposed(work: Work, row: Provision) -> bool:
    """Whether it was never adopted and no wording of it stands: choosing none gives nothing."""
    adopted = row.base is not None or row.moved_from_id is not None
    return not adopted and not any(option.stands for option in work.options(row))


def refuse_others(work: Work, deed: Deed, *rows: Provision) -> None:
    """Stops where one of the provisions is not the own delegation's alone, and has to be."""
    if not may_to_all(work.present, type(deed)) and not all(_is_own(work, row) for row in rows):
        raise forbidden(_not_yours())


def refuse_others_option(work: Work, deed: Deed, option: Option) -> None:
    """Stops where the option is not the own delegation's alone, and has to be."""
    if not may_to_all(work.present, type(deed)) and not _is_owners(work, option):
        raise forbidden(_not_yours())


def _is_own(work: Work, row: Provision) -> bool:
    return is_proposed(work, row) and all(_is_owners(work, o) for o in work.options(row))


def _is_owners(work: Work, option: Option) -> bool:
    named = [row.code or row.name for row in option.attributions.all() if not row.bracket]
    return not option.stands and sole(named) == work.present.standing.acting_for


def _not_yours() -> str:
    return _("This is not your delegation's alone: propose an option, or ask the chair.")
