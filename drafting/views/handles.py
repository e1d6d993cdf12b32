"""What the wordings of a provision are called on the floor: as at the table.

Who says "2" in the hall means what the chair has under 2.

Rules:

- The numbers are the table's (`domain.table.laid`); what says the adopted text is the "Base".
- A provision with one wording needs no number.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from drafting.domain.table import BASE, laid
from drafting.models import Draft
from drafting.selectors.table import wishes_of
from drafting.selectors.values import some_value
from drafting.views.table_presenters import BASE_WORD


def handles(draft: Draft) -> dict[str, str]:
    """By option: `{"o4": "Base", "o21": "1"}`."""
    return dict(_handles(draft))


def _handles(draft: Draft) -> Iterator[tuple[str, str]]:
    several = draft.provisions.annotate(n=Count("options")).filter(n__gt=1)
    keys = [f"p{number}" for number in several.values_list("number", flat=True)]
    if not keys:
        return
    wishes = wishes_of(draft, ())
    for provision in some_value(draft, keys).provisions:
        for one in laid(provision, wishes.of(provision.key)).wordings:
            called = str(BASE_WORD) if one.key == BASE else str(one.number)
            yield from ((key, called) for key in one.options)
