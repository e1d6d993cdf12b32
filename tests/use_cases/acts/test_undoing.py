"""An act is undone as one step, exactly, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from drafting import events, steps
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.draft import ProvisionKind
from drafting.domain.text import text_of
from drafting.models import Before, Decision, Package, Position, ProposedChange
from drafting.selectors.values import draft_value
from drafting.services import befores, deeds, drafts, store
from drafting.services.acts.since import Things, fields_changed, things
from drafting.services.recording import Hand
from drafting.services.writing import Accepted
from tests.tries import seeds
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_laws import Dice
from tests.use_cases.acts.test_parting import odd_text


def everything(table: Table) -> Any:
    """All that a person could see of the draft, and what proposals wait for in it."""
    draft = table.cast.draft
    positions = Position.objects.filter(provision__draft=draft).order_by("pk").values()
    packages = Package.objects.filter(draft=draft).order_by("number")
    tied = [
        (p.number, p.name, set(p.provisions.values_list("number", flat=True))) for p in packages
    ]
    waiting = ProposedChange.objects.filter(after__draft=draft).order_by("pk")
    return draft_value(draft), list(positions), tied, list(waiting.values("pk", "after"))


class TableDice(Dice):
    """Deeds of the chair's table too, alone and several together."""

    def any_deed(self) -> deeds.Deed:
        if self.dice.random() < 0.2:
            return deeds.Together([self.one() for _ in range(self.dice.randrange(1, 4))])
        return self.one()

    def one(self) -> Any:
        if self.dice.random() < 0.3:
            return self.dice.choice((self._position, self._package, self._place, self._untie))()
        return self.deed()

    def _position(self) -> deeds.Deed:
        option = self.option()
        stance = self.dice.choice(["support", "oppose", None])
        on = self.dice.choice([option.key, None])
        who = self.dice.choice(["KES", "VAL"])
        return deeds.TakePosition(
            option.provision.key,
            on,
            stance=stance,  # type: ignore[arg-type]
            words="if it burns",
            delegation=who,
        )

    def _package(self) -> deeds.Deed:
        number = self.dice.choice([None, 1])
        return deeds.TiePackage("lamps", [self.provision(), self.provision()], number)

    def _untie(self) -> deeds.Deed:
        return deeds.UntiePackage(self.dice.randrange(1, 3))

    def _place(self) -> deeds.Deed:
        return deeds.Place(self.provision(), self.dice.random() < 0.5)


@pytest.mark.parametrize("seed", seeds(3))
def test_any_act_undone_leaves_what_was_and_undone_again_what_it_did(
    table: Table, seed: int
) -> None:
    dice = TableDice(table, seed)
    for key in ("o4", "o5", "o6"):
        content = texts.to_json(odd_text(dice.dice))
        option = table.option(key)
        option.history.update(content=content)
        table.write(key, content)
    laws, undone = Laws(table.cast.draft), 0
    for _ in range(50):
        before, deed = everything(table), dice.any_deed()
        answer = table.asks("chair", deed)
        if not isinstance(answer, Accepted):
            assert "our side" not in answer.reason, (deed, answer)
            continue
        laws.hold()
        if not Before.objects.filter(event__draft=table.cast.draft, event__seq=answer.seq).exists():
            assert everything(table) == before, deed
            continue
        after, undone = everything(table), undone + 1
        back = table.does("sam", deeds.Undo(answer.seq))
        laws.hold()
        assert everything(table) == before, deed
        table.does("sam", deeds.Undo(back.seq))
        laws.hold()
        assert everything(table) == after, deed
    assert undone >= 15


def test_an_act_on_which_others_built_is_not_undone_and_one_is_told_who(table: Table) -> None:
    joined = table.does("chair", deeds.Attribute("o4", ["KES"]))
    table.does("sam", deeds.Attribute("o4", ["KES", "VAL"]))
    told = table.may_not("chair", deeds.Undo(joined.seq))
    assert told.code == "too_old"
    assert told.reason.startswith("Sam (Secretary) changed this since, on ")


def test_what_others_did_beside_it_stays(table: Table) -> None:
    added = table.does("chair", deeds.AddProvision("p4", words="to begin;"))
    table.does("sam", deeds.MoveStatus("p6", "deferred"))
    table.does("sam", deeds.Attribute("o5", ["KES"]))
    table.does("chair", deeds.Undo(added.seq))
    assert table.provision("p6").status == "deferred"
    assert [a.name for a in table.option("o5").attributions.all()] == ["KES"]
    assert table.words("o5")
    assert not table.cast.draft.provisions.filter(number=int(added.made[0][1:])).exists()


def test_what_others_took_away_beside_it_stays_away(table: Table) -> None:
    (key,) = table.does("chair", deeds.AddOption("p5", copy="o5")).made
    table.does("sam", deeds.RemoveOption("o16"))
    table.does("chair", deeds.Undo(table.seq() - 1))
    left = table.provision("p5").options.all()
    assert {option.key for option in left} == {"o5"}
    assert key not in {option.key for option in left}


def test_labels_go_back_where_the_words_were_written_on(table: Table) -> None:
    added = table.does("chair", deeds.AddProvision("p3", words="to begin;"))
    assert table.text("o4").label == "2"
    content = texts.to_json(text_of("to count all lamps;", label="2"))
    done = steps.become(table.option("o4").content, content)
    work_on(table, "o4", done)
    table.does("sam", deeds.Undo(added.seq))
    assert (table.text("o4").label, table.words("o4")) == ("1", "to count all lamps;")


def work_on(table: Table, key: str, taken: list[Any]) -> None:
    """Somebody types."""
    option = table.option(key)
    done = steps.perform(option.content, taken)
    assert isinstance(done, steps.Applied)
    option.content, option.version = done.content, option.version + 1
    option.save()


def test_closed_text_is_not_undone_behind_the_chairs_back(table: Table) -> None:
    attributed = table.does("chair", deeds.Attribute("o4", ["KES"]))
    table.does("chair", deeds.MoveStatus("p4", "agreed"))
    told = table.may_not("sam", deeds.Undo(attributed.seq))
    assert told.code == "locked"


def test_agreeing_is_undone_and_reopening_too(table: Table) -> None:
    agreed = table.does("chair", deeds.MoveStatus("p4", "agreed"))
    table.does("chair", deeds.Undo(agreed.seq))
    assert table.provision("p4").status == "open"
    table.does("chair", deeds.MoveStatus("p4", "agreed"))
    reopened = table.does("sam", deeds.MoveStatus("p4", "reopened", "a word is missing"))
    table.does("sam", deeds.Undo(reopened.seq))
    assert table.provision("p4").status == "agreed"
    told = table.may_not("sam", deeds.RemoveOption("o4"))
    assert "Chair" in told.reason


def test_what_came_is_not_taken_away_with_what_others_hung_on_it(table: Table) -> None:
    added = table.does("chair", deeds.AddOption("p4", copy="o4"))
    (key,) = added.made
    table.does("kes", deeds.TakePosition("p4", key, stance="support"))
    told = table.may_not("chair", deeds.Undo(added.seq))
    assert told.code == "too_old"
    assert told.reason.startswith("Kes (KES)")


def test_what_was_undone_is_not_undone_again(table: Table) -> None:
    agreed = table.does("chair", deeds.MoveStatus("p4", "agreed"))
    table.does("chair", deeds.Undo(agreed.seq))
    assert table.may_not("chair", deeds.Undo(agreed.seq)).code == "invalid"
    assert table.may_not("chair", deeds.Undo(10**6)).code == "gone"


def test_a_decision_is_undone_and_holds_again_with_its_act(table: Table) -> None:
    def undone() -> list[tuple[int, bool]]:
        return list(Decision.objects.values_list("seq", "undone"))

    (key,) = table.does("kes", deeds.AddOption("p4", copy="o4")).made
    removed = table.does("chair", deeds.RemoveOption(key)).seq
    assert undone() == [(removed, False)]
    seq = removed
    for expected in (True, False, True):
        seq = table.does("chair", deeds.Undo(seq)).seq
        assert undone() == [(removed, expected)]


def test_an_option_that_came_back_goes_on_with_its_history_and_its_versions(table: Table) -> None:
    (key,) = table.does("chair", deeds.AddOption("p4", copy="o4")).made
    table.does("chair", deeds.Attribute(key, ["KES"]))
    row, version = table.option(key), table.version(key)
    removed = table.does("chair", deeds.RemoveOption(key))
    table.does("chair", deeds.Undo(removed.seq))
    assert (table.option(key).pk, table.version(key)) == (row.pk, version)
    kinds = list(row.history.order_by("history_id").values_list("history_type", flat=True))
    assert kinds[-2:] == ["-", "+"]


def test_what_a_service_of_its_own_changed_is_undone_by_the_state_it_kept(table: Table) -> None:
    """As the consolidated draft is put to the group: many provisions, written by `store`."""
    before = everything(table)
    seq = put_to_the_group(table)
    assert everything(table) != before
    undone = table.does("sam", deeds.Undo(seq))
    assert everything(table) == before
    table.does("sam", deeds.Undo(undone.seq))
    assert len(everything(table)[0].provisions) == len(before[0].provisions) + 1


def put_to_the_group(table: Table) -> int:
    draft, actor = table.cast.draft, table.cast.actor("chair")
    text = draft_value(draft)
    other = values.Option("o90", text_of("to count the lamps twice;", label="1"))
    new = values.Provision("p90", ProvisionKind.ITEM, (replace(other, key="o91"),))
    provisions = []
    for provision in text.provisions:
        if provision.key == "p4":
            provision = replace(provision, options=(*provision.options, other))
        provisions += [provision, new] if provision.key == "p5" else [provision]
    with transaction.atomic():
        draft = drafts.lock(draft.pk)
        held = befores.states(draft)
        touched = store.write(draft, tuple(provisions), Hand(actor, "Chair"))
        event = events.record(draft, "draft.consolidated", actor, "Chair", touched)
        befores.keep(event, held, befores.states(draft))
    return event.seq


def things_now(table: Table) -> Things:
    draft = table.cast.draft
    packages = [f"k{number}" for number in draft.packages.values_list("number", flat=True)]
    states = befores.states(draft) | befores.states(draft, packages)
    return things(states)


@pytest.mark.parametrize("seed", seeds(2))
def test_undoing_what_others_worked_on_meanwhile_loses_nothing_of_theirs(
    table: Table, seed: int
) -> None:
    """Whatever was done since: refused, or what the act changed is back and nothing else moves."""
    dice, counts = TableDice(table, seed), {True: 0, False: 0}
    for _ in range(25):
        first = table.asks("chair", dice.any_deed())
        if not isinstance(first, Accepted):
            continue
        for _ in range(dice.dice.randrange(3, 9)):
            table.asks("sam", dice.any_deed())
        kept = Before.objects.filter(event__draft=table.cast.draft, event__seq=first.seq).first()
        if kept is None or kept.undone_by_id:
            continue
        now, before, after = things_now(table), things(kept.provisions), things(kept.after)
        answer = table.asks("chair", deeds.Undo(first.seq))
        counts[isinstance(answer, Accepted)] += 1
        left = things_now(table)
        if not isinstance(answer, Accepted):
            assert answer.code in ("too_old", "locked"), answer
            assert left == now
            continue
        for key in now.keys() | left.keys():
            was, done = before.get(key), after.get(key)
            if was == done:
                assert left.get(key) == now.get(key), "what the act never touched has moved"
            elif was is None or done is None:
                assert (key in left) is (was is not None)
            else:
                touched = set(fields_changed(was, done))
                for name in fields_changed(now[key], left[key]):
                    assert name in touched, f"{key} {name} was somebody else's"
                for name in touched - {"content"}:
                    assert left[key][name] == was[name]
    assert counts[True] >= 3, counts
