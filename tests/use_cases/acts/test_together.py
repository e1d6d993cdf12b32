"""Several deeds as one act; deeds on what one has seen; effects told before they are."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.domain import text as texts
from drafting.models import Before, Decision, Event, Option
from drafting.services import deeds
from drafting.services.acts import Effect, effect
from drafting.services.writing import Accepted, Declined
from tests.live.desk import batch, insert, send
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_laws import Dice
from tests.use_cases.acts.test_undoing import everything


def seen(table: Table, *provisions: str) -> dict[str, int]:
    numbers = [int(key[1:]) for key in provisions]
    rows = Option.objects.filter(draft=table.cast.draft, provision__number__in=numbers)
    return {option.key: option.version for option in rows}


# --- together -----------------------------------------------------------------------------------


def test_several_deeds_are_one_act_and_one_event_and_undone_as_one(table: Table) -> None:
    before, laws = everything(table), Laws(table.cast.draft)
    several = deeds.Together(
        [
            deeds.AddOption("p5", copy="o5"),
            deeds.Attribute("o5", ["VAL/70/2"]),
            deeds.MoveStatus("p4", "agreed"),
            deeds.Place("p4", False),
        ],
        "as the group wished",
    )
    done = table.does("chair", several)
    laws.hold()
    event = Event.objects.get(draft=table.cast.draft, seq=done.seq)
    assert event.kind == "together"
    assert event.payload["rationale"] == "as the group wished"
    assert set(event.payload["touched"]["provisions"]) == {"p4", "p5"}
    assert done.made == (event.payload["made"][0],)
    assert table.provision("p4").status == "agreed"
    table.does("sam", deeds.Undo(done.seq))
    laws.hold()
    assert everything(table) == before


def test_one_deed_that_may_not_be_leaves_all_undone(table: Table) -> None:
    before = everything(table)
    several = deeds.Together([deeds.MoveStatus("p4", "agreed"), deeds.RemoveOption("o4")])
    assert table.may_not("chair", several).code == "locked"
    assert everything(table) == before


def test_a_deed_builds_on_those_before_it(table: Table) -> None:
    twice = deeds.Together([deeds.DeleteProvision("p7"), deeds.DeleteProvision("p7")])
    added = table.does("chair", deeds.AddProvision("p6", words="to begin;")).made[0]
    gone_twice = deeds.Together([deeds.DeleteProvision(added), deeds.DeleteProvision(added)])
    assert table.may_not("chair", gone_twice).code == "gone"
    assert isinstance(table.asks("chair", twice), Declined)


def test_who_closed_a_text_is_told_where_several_were_closed_at_once(table: Table) -> None:
    together = deeds.Together([deeds.MoveStatus("p4", "agreed"), deeds.MoveStatus("p5", "agreed")])
    table.does("sam", together)
    told = table.may_not("chair", deeds.AddOption("p5", "delete"))
    assert (told.code, "Sam" in told.reason) == ("locked", True), told


def test_the_reason_for_all_is_that_of_each_decision(table: Table) -> None:
    (key,) = table.does("kes", deeds.AddOption("p4", copy="o4")).made
    table.does("chair", deeds.Together([deeds.RemoveOption(key)], "nobody asked for it again"))
    (decided,) = Decision.objects.all()
    assert (decided.code, decided.what, decided.rationale) == (
        "KES",
        "not_retained",
        "nobody asked for it again",
    )
    assert decided.provision == 4


# --- seen ---------------------------------------------------------------------------------------


def test_a_deed_on_what_somebody_changed_meanwhile_is_too_old(table: Table) -> None:
    looked = seen(table, "p4")
    table.does("sam", deeds.AddOption("p4", copy="o4"))
    late = deeds.MoveStatus("p4", "agreed", seen=looked)
    assert table.may_not("chair", late).code == "too_old"
    table.does("chair", deeds.MoveStatus("p4", "agreed", seen=seen(table, "p4")))


def test_a_change_of_who_stands_behind_a_wording_is_a_change(table: Table) -> None:
    table.does("chair", deeds.Attribute("o4", ["VAL"]))
    looked = seen(table, "p4")
    table.does("sam", deeds.Attribute("o4", ["VAL", "KES"]))
    late = deeds.Attribute("o4", ["VAL", "VAL/70/2"], seen=looked)
    assert table.may_not("chair", late).code == "too_old"


def test_who_names_other_options_than_the_deed_touches_has_not_seen_them(table: Table) -> None:
    blind = deeds.MoveStatus("p4", "agreed", seen=seen(table, "p5"))
    assert table.may_not("chair", blind).code == "too_old"
    assert table.may_not("chair", deeds.MoveStatus("p4", "agreed", seen={})).code == "too_old"


def test_a_status_that_moved_meanwhile_is_not_moved_on_unseen(table: Table) -> None:
    table.does("sam", deeds.MoveStatus("p4", "deferred"))
    late = deeds.MoveStatus("p4", "agreed", was="open")
    assert table.may_not("chair", late).code == "too_old"
    table.does("chair", deeds.MoveStatus("p4", "agreed", was="deferred"))


def test_what_earlier_deeds_of_the_same_act_did_is_not_meanwhile(table: Table) -> None:
    looked = seen(table, "p4")
    both: list[deeds.Single] = [
        deeds.AddOption("p4", copy="o4", seen=looked),
        deeds.Attribute("o4", ["VAL"], seen=looked),
    ]
    table.does("chair", deeds.Together(both))


class Assistant:
    """Somebody who looks at a provision now and then, and acts on what they remember."""

    def __init__(self, table: Table, name: str) -> None:
        self.table, self.name = table, name
        self.remembers: dict[str, tuple[dict[str, int], Any]] = {}

    def look(self, key: str) -> None:
        self.remembers[key] = (seen(self.table, key), wordings(self.table, key))


def wordings(table: Table, key: str) -> Any:
    rows = Option.objects.filter(draft=table.cast.draft, provision__number=int(key[1:]))
    return {
        option.key: (
            option.content,
            option.kind,
            option.stands,
            sorted(option.attributions.values_list("code", "name", "bracket")),
        )
        for option in rows
    }


def any_deed(dice: Dice, key: str, looked: dict[str, int]) -> deeds.Deed:
    option = dice.dice.choice(sorted(looked))
    names = dice.dice.sample(["KES", "VAL", "KES/75/4"], 2)
    makes: list[deeds.Deed] = [
        deeds.Attribute(option, names, seen=looked),
        deeds.AddOption(key, copy=option, seen=looked),
        deeds.AddOption(key, "delete", seen=looked),
        deeds.RemoveOption(option, seen=looked),
        deeds.MoveStatus(key, "deferred", seen=looked),
        deeds.Together([deeds.Attribute(option, [], seen=looked)]),
    ]
    return dice.dice.choice(makes)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_nobody_acts_on_wordings_that_somebody_changed_unseen(seed: int) -> None:
    """Whatever two assistants, and who types, do in whatever order."""
    from tests.cast import make_cast

    table = Table(make_cast())
    dice = Dice(table, seed)
    people = [Assistant(table, "chair"), Assistant(table, "sam")]
    counts = {"done": 0, "too_old": 0}
    for _ in range(70):
        who, key = dice.dice.choice(people), dice.dice.choice(["p4", "p5"])
        if dice.dice.random() < 0.15:
            option = dice.dice.choice(sorted(seen(table, key)))
            number, version = int(option[1:]), table.version(option)
            send(table.writer("chair"), batch(number, version, insert("oil ")))
        if key not in who.remembers or dice.dice.random() < 0.5:
            who.look(key)
        looked, words = who.remembers[key]
        there = wordings(table, key)
        answer = table.asks(who.name, any_deed(dice, key, looked))
        if isinstance(answer, Accepted):
            assert words == there, "acted on what had changed"
            counts["done"] += 1
        elif words != there:
            assert answer.code == "too_old", answer
            counts["too_old"] += 1
    assert min(counts.values()) >= 5, counts


# --- effects ------------------------------------------------------------------------------------


def told(table: Table, deed: deeds.Deed, name: str = "chair") -> Effect:
    found = effect(table.writer(name), deed)
    assert isinstance(found, Effect), found
    return found


def test_an_effect_is_told_and_nothing_is_done(table: Table) -> None:
    before, seq = everything(table), table.seq()
    found = told(table, deeds.DeleteProvision("p4"))
    assert found.sentences[0] == "1 “to count the lamps;”: it is to be deleted."
    assert [p.key for p in found.after if p.key == "p4"]
    assert everything(table) == before
    assert table.seq() == seq
    assert not Before.objects.exists()


def test_an_effect_tells_of_status_place_and_numbers_in_words(table: Table) -> None:
    both: list[deeds.Single] = [deeds.MoveStatus("p4", "agreed_ad_ref"), deeds.Place("p4", False)]
    assert told(table, deeds.Together(both)).sentences == (
        "1 “to count the lamps;”: from open to agreed ad ref.",
        "1 “to count the lamps;”: its place is to be decided.",
    )
    added = told(table, deeds.AddProvision("p3", words="to begin;")).sentences
    assert added[0] == "A provision is added: 1 “to begin;”."
    assert added[-1].endswith("numbers move with their places.")


def test_an_effect_tells_who_comes_to_a_wording_and_who_leaves_it(table: Table) -> None:
    def behind(*names: str) -> str:
        return told(table, deeds.Attribute("o5", list(names))).sentences[0].partition(": ")[2]

    table.does("chair", deeds.Attribute("o5", ["KES/75/4"]))
    assert behind("KES/75/4", "VAL/70/2") == "one text for KES/75/4, VAL/70/2."
    table.does("chair", deeds.Attribute("o5", ["KES/75/4", "VAL/70/2"]))
    assert behind("KES/75/4") == "VAL/70/2 no longer stands behind it."
    assert behind("VAL/70/3") == "behind a wording stand now VAL/70/3."
    assert behind() == "no name is set behind it any more."


@pytest.mark.parametrize("seed", range(4))
def test_an_effect_says_exactly_what_the_act_then_leaves(table: Table, seed: int) -> None:
    dice = Dice(table, seed)
    acted = 0
    for _ in range(25):
        deed = dice.deed()
        found, seq = effect(table.writer("sam"), deed), table.seq()
        assert table.seq() == seq
        answer = table.asks("sam", deed)
        assert isinstance(answer, Accepted) == isinstance(found, Effect), (found, answer)
        if not isinstance(found, Effect):
            assert (found.code, found.reason) == (answer.code, answer.reason)  # type: ignore[union-attr]
            continue
        acted += 1
        now = {p.key: p for p in everything(table)[0].provisions}
        for value in found.after:
            assert without_ids(value) == without_ids(now[value.key]), deed
    assert acted >= 8


def without_ids(value: Any) -> Any:
    """Ids of brackets, changes and notes are made at random, keys are counted."""
    words = [(o.kind, o.stands, texts.printed(o.text)) for o in value.options]
    return value.status, value.placed, words, len(value.notes)


def test_to_a_person_who_may_not_an_effect_says_so(table: Table) -> None:
    found = effect(table.writer("olga"), deeds.DeleteProvision("p4"))
    assert isinstance(found, Declined)
    assert found.code == "forbidden"
