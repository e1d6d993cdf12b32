"""Acts are undone, done again and undone in any order: each exactly, or not at all."""

from __future__ import annotations

import random

import pytest

from drafting.models import Before, Event
from drafting.services import deeds
from drafting.services.writing import Accepted
from tests.cast import Cast
from tests.tries import seeds
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import any_asked, negotiation
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_late import decided, state
from tests.use_cases.acts.test_table_laws import Chair


def acts(table: Table) -> list[int]:
    """Those that could be undone, by what is written down of them."""
    kept = Before.objects.filter(event__draft=table.cast.draft, undone_by=None)
    return list(kept.order_by("event__seq").values_list("event__seq", flat=True))


@pytest.mark.parametrize("seed", seeds(3))
def test_in_any_order_an_act_is_undone_exactly_or_not_at_all(cast: Cast, seed: int) -> None:
    dice = random.Random(seed)
    talks = negotiation(cast, any_asked(dice), inline=bool(seed % 2))
    table, chair, laws = Table(cast), Chair(talks, seed), Laws(talks.cast.draft)
    undone = 0
    for _ in range(30):
        if dice.random() < 0.5:
            answer = table.asks("chair", chair.deed())
        else:
            before, seqs = state(cast.draft), acts(table)
            answer = table.asks("sam", deeds.Undo(dice.choice(seqs or [2])))
            undone += isinstance(answer, Accepted)
            if not isinstance(answer, Accepted):
                assert state(cast.draft) == before
        laws.hold(log=False)
        assert isinstance(answer, Accepted) or "our side" not in answer.reason, answer
    laws.hold()
    assert undone >= 3


@pytest.mark.parametrize("seed", seeds(2))
def test_the_last_first_everything_is_undone_to_the_beginning(cast: Cast, seed: int) -> None:
    dice = random.Random(seed)
    talks = negotiation(cast, any_asked(dice), inline=bool(seed % 2))
    table, chair, laws = Table(cast), Chair(talks, seed), Laws(talks.cast.draft)
    start, did = state(cast.draft), []
    for _ in range(12):
        answer = table.asks("chair", chair.deed())
        if isinstance(answer, Accepted) and answer.seq in acts(table):
            did.append(answer.seq)
    end, said = state(cast.draft), decided(cast.draft)
    laws.hold()
    backs = []
    for seq in reversed(did):
        backs.append(table.does("sam", deeds.Undo(seq)).seq)
        laws.hold(log=False)
    assert state(cast.draft) == start
    for seq in reversed(backs):
        table.does("chair", deeds.Undo(seq))
        laws.hold(log=False)
    laws.hold()
    assert (state(cast.draft), decided(cast.draft)) == (end, said)


def test_what_an_undo_undid_is_not_undone_beside_it(table: Table) -> None:
    """The act, its undoing, and the undoing of that: only the last of them can be undone."""
    act = table.does("chair", deeds.Place("p4", False)).seq
    back = table.does("sam", deeds.Undo(act)).seq
    again = table.does("chair", deeds.Undo(back)).seq
    assert table.may_not("sam", deeds.Undo(back)).code == "invalid"
    table.does("sam", deeds.Undo(act))
    assert table.provision("p4").placed
    assert table.may_not("sam", deeds.Undo(again)).code == "too_old"
    assert Event.objects.filter(draft=table.cast.draft, kind="undone").count() == 3
