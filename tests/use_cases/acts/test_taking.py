"""Proposals are put into the draft, one by one or part by part."""

from __future__ import annotations

import pytest

from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.models import Decision
from drafting.services import deeds
from tests.cast import Cast
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import ISL, KES, VAL, Negotiation, negotiation, reads
from tests.use_cases.acts.table import Table

WEEK = text_of("to mend the lamps within a week;", label="2")
ASKED = (
    Asked(KES, "k1", "MOD", "p6", text=WEEK, order=1),
    Asked(KES, "k2", "SUP", "p5", order=2),
    Asked(KES, "k3", "ADD", after="p6", text=text_of("to paint the towers;"), order=3),
    Asked(KES, "k4", "ADD", after="k3", text=text_of("to train those who keep them;"), order=4),
    Asked(VAL, "v1", "MOD", "p6", text=text_of("to mend the lamps within a week."), order=5),
    Asked(VAL, "v2", "NOC", "p5", order=6),
    Asked(VAL, "v3", "ADD", after="p6", text=text_of("to paint the towers white;"), order=7),
    Asked(
        ISL, "i1", "ADD", after="p2", moved_from="p3", text=text_of("that oil is dear,"), order=8
    ),
)


@pytest.fixture
def talks(cast: Cast) -> Negotiation:
    return negotiation(cast, ASKED, taken=())


@pytest.fixture
def table(talks: Negotiation) -> Table:
    return Table(talks.cast)


def behind(table: Table, key: str) -> dict[str, list[str]]:
    """Who stands behind which option of a provision."""
    return {
        option.key: [row.code for row in option.attributions.order_by("place")]
        for option in table.provision(key).options.order_by("place")
    }


def test_all_that_a_proposal_asks_for_comes_beside_what_stands(
    table: Table, talks: Negotiation
) -> None:
    laws = Laws(table.cast.draft)
    nobody = reads(talks.draft, None)
    table.does("chair", deeds.TakeUp(KES))
    laws.hold()
    assert table.lines()[4:] == [
        "1 to count the lamps of each tower once a year; | 1 delete",
        "2 to mend the lamps at once; | 2 to mend the lamps within a week;",
        "2bis to paint the towers;",
        "2ter to train those who keep them;",
        "3 to report to the next assembly what was done.",
    ]
    standing = {key: words for key, words in reads(talks.draft, None).items() if words}
    assert standing == nobody
    told = Decision.objects.filter(draft=table.cast.draft, code=KES, what="taken_up")
    assert told.count() == 4


def test_what_says_the_same_stands_behind_the_same_wording(table: Table) -> None:
    table.does("chair", deeds.TakeUp(KES, "p6"))
    table.does("chair", deeds.TakeUp(VAL, "p6"))
    assert list(behind(table, "p6").values()) == [[], [KES, VAL]]


def test_who_wants_no_change_stands_behind_the_adopted_wording(table: Table) -> None:
    table.does("chair", deeds.TakeUp(VAL, "p5"))
    assert behind(table, "p5") == {"o5": [VAL]}


def test_one_change_is_taken_up_and_no_other(table: Table) -> None:
    table.does("chair", deeds.TakeUp(KES, change="k3"))
    assert len(table.lines()) == 8
    assert len(behind(table, "p6")) == 1


def test_additions_that_say_nearly_the_same_are_wordings_of_one(table: Table) -> None:
    table.does("chair", deeds.TakeUp(KES))
    table.does("chair", deeds.TakeUp(VAL, change="v3"))
    added = [row for row in table.cast.draft.provisions.order_by("rank") if row.base is None]
    assert [list(behind(table, row.key).values()) for row in added] == [[[KES], [VAL]], [[KES]]]


def test_a_move_is_a_deletion_here_and_an_addition_there(table: Table) -> None:
    table.does("chair", deeds.TakeUp(ISL))
    assert table.lines()[1:4] == [
        "a) that lamps go out in the night and ships are lost,",
        "a)bis that oil is dear,",
        "b) that oil is dear in every harbour of the coast, | b) delete",
    ]


def test_taken_up_twice_it_stands_there_once(table: Table) -> None:
    table.does("chair", deeds.TakeUp(KES))
    lines = table.lines()
    table.does("sam", deeds.TakeUp(KES))
    assert table.lines() == lines


def test_closed_text_is_passed_over_or_refused(table: Table) -> None:
    table.does("chair", deeds.MoveStatus("p6", "agreed"))
    assert table.may_not("chair", deeds.TakeUp(KES, "p6")).code == "locked"
    table.does("chair", deeds.TakeUp(KES))
    assert len(behind(table, "p6")) == 1
    assert len(behind(table, "p5")) == 2


def test_what_asks_for_nothing_there_is_refused(table: Table) -> None:
    assert table.may_not("chair", deeds.TakeUp(KES, "p2")).code == "invalid"
    assert table.may_not("chair", deeds.TakeUp("UTO/1/1")).code == "gone"


def test_taking_up_is_undone_as_one(table: Table, talks: Negotiation) -> None:
    before = talks.draft
    taken = table.does("chair", deeds.TakeUp(KES))
    table.does("chair", deeds.Undo(taken.seq))
    assert talks.draft == before
