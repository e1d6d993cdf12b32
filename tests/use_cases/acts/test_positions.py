"""What delegations say at the table, and what else a chair says of provisions beside the words."""

from __future__ import annotations

import random
from typing import Any

import pytest

from accounts.models import Delegation
from drafting.domain.positions import Stance
from drafting.models import Draft, Event, Package, Position
from drafting.selectors.positions import counted, stands_of, ties_of
from drafting.services import deeds
from drafting.services.writing import Accepted
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_undoing import everything


def said(table: Table, key: str = "p4") -> list[tuple[str, str, str, str, bool]]:
    stands = stands_of(table.cast.draft).get(key, ())
    return [(s.delegation, s.stance, s.words, s.option, s.from_the_floor) for s in stands]


def position(key: str = "p4", **about: Any) -> deeds.TakePosition:
    return deeds.TakePosition(key, **({"stance": "support"} | about))


def test_a_delegate_says_what_the_delegation_thinks(table: Table) -> None:
    table.does("kes", position(option="o4", words="if oil is paid for"))
    assert said(table) == [("KES", "support", "if oil is paid for", "o4", False)]
    event = Event.objects.filter(draft=table.cast.draft).last()
    assert event is not None
    assert (event.kind, event.payload["touched"]["provisions"]) == ("position", ["p4"])


def test_what_is_said_later_takes_the_place_of_what_was_said_before(table: Table) -> None:
    table.does("kes", position(stance="oppose"))
    table.does("kes", position(stance="reserve", words="for now"))
    assert said(table) == [("KES", "reserve", "for now", "", False)]
    (row,) = Position.objects.all()
    assert [h.stance for h in row.history.order_by("history_id")] == ["oppose", "reserve"]
    assert {h.acting_for for h in row.history.all()} == {"KES"}


def test_a_position_is_taken_back(table: Table) -> None:
    table.does("kes", position())
    table.does("kes", position(stance=None))
    assert said(table) == []
    table.does("kes", position(stance=None))  # again: nothing to do


def test_the_secretary_sets_down_what_is_said_from_the_floor(table: Table) -> None:
    table.does("sam", position(delegation="VAL", stance="delete"))
    assert said(table) == [("VAL", "delete", "", "", True)]
    (stand,) = stands_of(table.cast.draft)["p4"]
    assert stand.said_by == "Sam"


def test_the_desk_speaks_for_whom_it_acts_or_names_and_for_nobody_else(table: Table) -> None:
    table.does("sam", position(), acting_for="VAL")
    assert [s[0] for s in said(table)] == ["VAL"]
    assert table.may_not("sam", position()).code == "invalid"
    assert table.may_not("chair", position(delegation="NOWHERE")).code == "invalid"


def test_a_delegate_speaks_for_no_other(table: Table) -> None:
    assert table.may_not("kes", position(delegation="VAL")).code == "forbidden"
    assert table.may_not("olga", position(delegation="KES")).code == "forbidden"


def test_one_reserves_on_agreed_text(table: Table) -> None:
    table.does("chair", deeds.MoveStatus("p4", "agreed"))
    table.does("kes", position(stance="reserve", words="for the record"))
    assert said(table) == [("KES", "reserve", "for the record", "", False)]


def test_each_thing_has_a_position_of_its_own(table: Table) -> None:
    spots = deeds.Spot("o4", 0, 1), deeds.Spot("o4", 0, 3)
    (bracket,) = table.does("chair", deeds.PairBracket(*spots)).made
    for about in ({}, {"option": "o4"}, {"option": "o4", "bracket": bracket}):
        table.does("kes", position(**about))
        table.does("val", position(stance="oppose", **about))
    stands = stands_of(table.cast.draft)["p4"]
    assert len(stands) == 6
    assert counted(s for s in stands if s.bracket) == {Stance.SUPPORT: 1, Stance.OPPOSE: 1}


@pytest.mark.parametrize("about", [{"option": "o5"}, {"option": "o99"}, {"bracket": "nosuch"}])
def test_nothing_is_said_of_what_is_not_there(table: Table, about: dict[str, Any]) -> None:
    assert table.may_not("kes", position(**about)).code == "gone"


def test_positions_go_where_the_words_go(table: Table) -> None:
    table.does("kes", position(option="o4"))
    moved = table.does("chair", deeds.MoveProvision("p4", "p5")).made[0]
    assert [s[0] for s in said(table, moved)] == ["KES"]
    assert said(table) == []
    assert table.may_not("kes", position()).code == "gone"


def test_joined_words_keep_what_was_said_last(table: Table) -> None:
    added = table.does("chair", deeds.AddProvision("p4", words="and the oil;")).made[0]
    table.does("kes", position(stance="oppose"))
    table.does("kes", position(added, stance="reserve"))
    joined = table.does("chair", deeds.JoinProvision(added))
    assert said(table) == [("KES", "reserve", "", "", False)]
    table.does("chair", deeds.Undo(joined.seq))
    assert said(table) == [("KES", "oppose", "", "", False)]
    assert said(table, added) == [("KES", "reserve", "", "", False)]


@pytest.mark.parametrize("seed", range(2))
def test_whatever_was_said_of_joined_texts_comes_back_with_them(table: Table, seed: int) -> None:
    dice, joined = random.Random(seed), 0
    for _ in range(10):
        added = table.does(
            "chair", deeds.AddProvision(dice.choice(["p4", "p6"]), words="oil;")
        ).made
        things = [("p4", "o4"), ("p6", "o6"), (added[0], added[1])]
        for _ in range(6):
            key, option = dice.choice(things)
            about = {
                "option": dice.choice([None, option]),
                "delegation": dice.choice(["KES", "VAL"]),
            }
            table.does("sam", position(key, stance=dice.choice(["support", "oppose"]), **about))
        before = everything(table)
        answer = table.asks("chair", deeds.JoinProvision(dice.choice([added[0], "p6", "p7"])))
        if isinstance(answer, Accepted):
            joined += 1
            table.does("sam", deeds.Undo(answer.seq))
            assert everything(table) == before
    assert joined >= 3


# --- packages, places, the floor ----------------------------------------------------------------


def test_provisions_are_tied_renamed_and_untied(table: Table) -> None:
    draft = table.cast.draft
    (number,) = table.does("chair", deeds.TiePackage("lamps", ["p4", "p5"])).made
    assert [(t.number, t.name, t.provisions) for t in ties_of(draft, "p5")] == [
        (int(number), "lamps", ("p4", "p5"))
    ]
    table.does("sam", deeds.TiePackage("oil", ["p5", "p6"], int(number)))
    event = Event.objects.filter(draft=draft).last()
    assert event is not None
    assert set(event.payload["touched"]["provisions"]) == {"p4", "p5", "p6"}
    assert ties_of(draft, "p4") == []
    table.does("chair", deeds.UntiePackage(int(number)))
    assert not Package.objects.exists()
    assert table.does("chair", deeds.TiePackage("again", ["p4"])).made == ("2",)


def test_a_package_of_what_is_not_there_is_refused(table: Table) -> None:
    assert table.may_not("chair", deeds.TiePackage("x", ["p99"])).code == "gone"
    assert table.may_not("chair", deeds.TiePackage(" ", ["p4"])).code == "invalid"
    assert table.may_not("chair", deeds.UntiePackage(1)).code == "gone"


def test_a_package_goes_along_with_a_provision_that_moves(table: Table) -> None:
    table.does("chair", deeds.TiePackage("lamps", ["p4", "p5"]))
    (moved,) = table.does("chair", deeds.MoveProvision("p4", "p6")).made
    assert set(ties_of(table.cast.draft, "p5")[0].provisions) == {"p5", moved}


def test_a_place_may_be_open_where_the_text_is_agreed(table: Table) -> None:
    table.does("chair", deeds.MoveStatus("p4", "agreed"))
    table.does("chair", deeds.Place("p4", False))
    assert not table.provision("p4").placed
    table.does("chair", deeds.Place("p4", True))
    assert table.provision("p4").placed


def test_the_chair_leads_the_floor(table: Table) -> None:
    table.does("chair", deeds.LeadFloor("p4"))
    assert Draft.objects.get(pk=table.cast.draft.pk).on_floor == 4
    shown = table.does("sam", deeds.LeadFloor(None))
    assert Draft.objects.get(pk=table.cast.draft.pk).on_floor is None
    assert table.may_not("chair", deeds.LeadFloor("p99")).code == "gone"
    assert table.may_not("chair", deeds.Undo(shown.seq)).code == "gone"


def test_positions_name_a_delegation_of_any_kind(table: Table) -> None:
    Delegation.objects.create(symbol="EUR", name="Europe", kind="regional_group")
    table.does("sam", position(delegation="EUR"))
    assert said(table)[0][0] == "EUR"
