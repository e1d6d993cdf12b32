"""What the wordings of a provision are called on the floor: as at the table.

Who says "2" in the hall means what the chair has under 2.

Rules:

- The numbers are the table's (`domain.table.called`); what says the adopted text is the "Base".
- A provision with one wording needs no number.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from drafting.domain.table import called
from drafting.models import Draft
from drafting.selectors.values import some_value
from drafting.views.table_presenters import BASE_WORD


def handles(draft: Draft) -> dict[str, str]:
    """By option: `{"o4": "Base", "o21": "1"}`."""
    return dict(_handles(draft))


def _handles(draft: Draft) -> Iterator[tuple[str, str]]:
    several = draft.provisions.annotate(n=Count("options")).filter(n__gt=1)
    keys = [f"p{number}" for number in several.values_list("number", flat=True)]
    for provision in some_value(draft, keys).provisions if keys else ():
        yield from ((key, str(number or BASE_WORD)) for key, number in called(provision))
