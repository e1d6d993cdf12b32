"""The real negotiation: the table accounts for each change, from the first draft to the last word.

The six papers ask for 58 changes: 52, and six times the number of the resolution.
"""

from __future__ import annotations

from collections import Counter

import pytest

from drafting.domain.disposition_table import Line, from_json
from drafting.domain.dispositions import Outcome
from drafting.domain.lifecycle import is_closed
from drafting.models import Draft, ProposedChange
from drafting.selectors.dispositions import table_of
from drafting.selectors.values import draft_value
from drafting.services import deeds, revisions
from tests.shared import needs_shared
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_real_table import _as_europe, contested, table

__all__ = ["table"]
pytestmark = [pytest.mark.django_db, needs_shared]

CHANGES, BESIDE_THE_NUMBER = 58, 52
IN_THE_DRAFT = {Outcome.OPTION, Outcome.FOLDED, Outcome.TAKEN}


def lines(table: Table) -> tuple[Line, ...]:
    return table_of(Draft.objects.get(pk=table.cast.draft.pk)).lines


def show(when: str, found: tuple[Line, ...]) -> None:
    counts = Counter(line.outcome.value for line in found)
    print(f"{when:<28}", ", ".join(f"{n} {name}" for name, n in sorted(counts.items())))


def test_each_change_is_accounted_for_from_the_first_draft_to_the_last_word(
    table: Table,
) -> None:
    draft = table.cast.draft
    asked = set(
        ProposedChange.objects.filter(proposal__draft=draft).values_list("proposal__code", "key")
    )
    first = lines(table)
    show("consolidated", first)
    assert len(asked) == len(first) == CHANGES
    assert len([line for line in first if line.name != "the number"]) == BESIDE_THE_NUMBER
    assert {(line.code, line.key) for line in first} == asked
    assert {line.outcome for line in first} <= IN_THE_DRAFT
    assert all(line.decided for line in first)
    assert not [line for line in first if "in other words" in line.where]

    each = [_as_europe(provision) for provision in contested(table)]
    table.does("chair", deeds.Together(each, "Europe's, as a compromise"))
    chosen = lines(table)
    show("Europe's wording everywhere", chosen)
    assert {line.outcome for line in chosen} == {Outcome.TAKEN, Outcome.NOT_RETAINED}
    assert all(line.decided for line in chosen)
    europe = {line.outcome for line in chosen if line.code.startswith("EUR/")}
    assert europe == {Outcome.TAKEN}

    revision = revisions.issue(table.cast.actor("chair"), draft.pk)
    agreed: list[deeds.Single] = [
        deeds.MoveStatus(p.key, "agreed")
        for p in draft_value(draft).provisions
        if not is_closed(p.status)
    ]
    table.does("chair", deeds.Together(agreed, "agreed as a package"))
    last = lines(table)
    show("agreed", last)
    assert {line.outcome for line in last} == {Outcome.AGREED, Outcome.NOT_RETAINED}
    assert {line.decided.acting_for for line in last if line.decided} == {"Chair"}
    assert all(line.decided for line in last)
    revision.refresh_from_db()
    assert from_json(revision.disposition).lines == chosen
