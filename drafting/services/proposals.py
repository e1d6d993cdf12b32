"""Which proposals a draft has, and of which something came in it.

A corrected paper takes the place of an earlier one while nothing came of that: no words of it in
the text, no decision that holds. Afterwards it is the text that is changed, and not the paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from drafting.domain.projection import codes_in
from drafting.models import Attribution, Decision, Draft
from drafting.selectors.values import draft_value


def known_codes(draft: Draft, codes: Sequence[str]) -> list[str]:
    """Those of the codes that the draft has."""
    return list(draft.proposals.filter(code__in=codes).values_list("code", flat=True))


def bound_codes(draft: Draft, codes: Sequence[str]) -> list[str]:
    """Those of which something came: words or a bracket in the text, or a decision that holds."""
    if not codes:
        return []
    behind = Attribution.objects.filter(option__provision__draft=draft, code__in=codes)
    decided = Decision.objects.filter(draft=draft, code__in=codes, undone=False)
    bound = codes_in(draft_value(draft)).union(
        behind.values_list("code", flat=True), decided.values_list("code", flat=True)
    )
    return [code for code in codes if code in bound]
