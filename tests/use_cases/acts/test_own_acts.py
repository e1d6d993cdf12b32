"""A delegate takes back what the own delegation did, and nothing of anybody else's.

By acts at random of everybody at the table, and undoing at random by delegates: what is undone was
their delegation's; afterwards everybody else wishes, reads and thinks what they did before.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from accounts.models import Delegation, User
from drafting.models import AdHocGroup, Decision, Draft, Event, Membership, Position
from drafting.selectors.values import draft_value
from drafting.services import deeds
from drafting.services.writing import Accepted
from tests.cast import PARTS, SETUP, Cast
from tests.tries import seeds
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import CODES, KES, any_asked, negotiation, reads, wishes
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_rights import set_mode
from tests.use_cases.acts.test_undoing import everything


@pytest.fixture(autouse=True)
def kim(cast: Cast) -> User:
    """Another delegate of KES."""
    user = User.objects.create_user("kim@seamarks.example", "a long password", full_name="Kim")
    seat = Membership(group=cast.group, user=user, role="delegate")
    seat.delegation = Delegation.objects.get(symbol="KES")
    SETUP.create(seat)
    cast.users["kim"] = user
    return user


def propose(table: Table, who: str = "kes") -> Accepted:
    return table.does(who, deeds.AddProvision("p4", words="to oil them;"))


# --- what is one's own ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kes", "kim", "chair", "sam"])
def test_what_a_delegation_proposed_is_taken_back_by_any_of_it(table: Table, name: str) -> None:
    before, laws = everything(table), Laws(table.cast.draft)
    done = propose(table)
    back = table.does(name, deeds.Undo(done.seq))
    laws.hold()
    assert everything(table) == before
    table.does(name, deeds.Undo(back.seq))
    assert any("to oil them" in line for line in table.lines())


@pytest.mark.parametrize("mode", ["d", "p"])
@pytest.mark.parametrize("name", ["val", "chair", "sam"])
def test_what_others_did_is_not_theirs_to_take_back(table: Table, name: str, mode: str) -> None:
    set_mode(table.cast, mode)
    done = table.does(name, deeds.AddOption("p4", copy="o4"))
    assert table.may_not("kes", deeds.Undo(done.seq)).code == "forbidden"


def test_what_the_secretary_set_down_for_them_is_the_secretarys(table: Table) -> None:
    done = table.does("sam", deeds.TakePosition("p4", stance="oppose", delegation="KES"), "KES")
    assert table.may_not("kes", deeds.Undo(done.seq)).code == "forbidden"


def test_what_the_chair_undid_they_do_not_do_again(table: Table) -> None:
    done = propose(table)
    back = table.does("chair", deeds.Undo(done.seq))
    assert table.may_not("kes", deeds.Undo(back.seq)).code == "forbidden"


def test_who_went_over_to_another_delegation_left_the_acts_behind(table: Table) -> None:
    done = propose(table, "kim")
    other = Delegation.objects.get(symbol="VAL")
    Membership.objects.filter(user=table.cast.users["kim"]).update(delegation=other)
    assert table.may_not("kim", deeds.Undo(done.seq)).code == "forbidden"
    assert table.may_not("val", deeds.Undo(done.seq)).code == "forbidden"
    assert table.may_not("kes", deeds.Undo(done.seq)).code == "forbidden"


def test_an_observer_and_who_may_write_nothing_take_nothing_back(table: Table) -> None:
    done = propose(table)
    assert table.may_not("olga", deeds.Undo(done.seq)).code == "forbidden"
    Membership.objects.filter(user=table.cast.users["kes"]).update(role="observer")
    assert table.may_not("kes", deeds.Undo(done.seq)).code == "forbidden"


def test_a_withdrawal_and_a_position_are_taken_back(table: Table) -> None:
    before = everything(table)
    said = table.does("kes", deeds.TakePosition("p5", stance="support"))
    gone = table.does("kes", deeds.WithdrawProposal(KES, "p5"))
    table.does("kim", deeds.Undo(gone.seq))
    table.does("kim", deeds.Undo(said.seq))
    assert everything(table) == before
    assert Decision.objects.get(seq=gone.seq).undone


# --- as it was left -------------------------------------------------------------------------------


def test_what_others_went_on_from_stays(table: Table) -> None:
    key, option = propose(table).made
    seq = table.seq()
    table.does("val", deeds.TakePosition(key, stance="support"))
    assert table.may_not("kes", deeds.Undo(seq)).code == "too_old"
    done = table.does("kes", deeds.AddOption("p4", copy="o4"))
    table.does("sam", deeds.AddNote(done.made[0], 0, 1, 3, "is this so?"))
    told = table.may_not("kes", deeds.Undo(done.seq))
    assert (told.code, "Sam" in told.reason) == ("too_old", True)
    table.does("sam", deeds.Attribute(option, ["KES", "VAL"]))
    assert table.may_not("kes", deeds.Undo(seq)).code == "too_old"


def test_a_field_beside_that_others_changed_keeps_a_delegate_and_not_the_chair(
    table: Table,
) -> None:
    """The chair puts the words back and leaves who stands behind them; a delegate does not."""
    _key, option = propose(table).made
    table.does("kes", deeds.SplitProvision(option, 0, 4))
    seq = table.seq()
    table.does("sam", deeds.Attribute(option, ["KES", "VAL"]))
    assert table.may_not("kes", deeds.Undo(seq)).code == "too_old"


def test_a_number_that_moved_on_keeps_nobody(table: Table) -> None:
    done = propose(table)
    table.does("chair", deeds.AddProvision("p3", words="to begin;"))
    table.does("kes", deeds.Undo(done.seq))
    assert not any("to oil them" in line for line in table.lines())


def test_who_may_only_propose_by_now_moves_nothing_that_stands(table: Table) -> None:
    set_mode(table.cast, "d")
    stood = table.does("kes", deeds.AddProvision("p4", words="to begin;"))
    split = table.does("kes", deeds.SplitProvision("o6", table.version("o6"), 4))
    set_mode(table.cast, "p")
    for done in (stood, split):
        assert table.may_not("kes", deeds.Undo(done.seq)).code == "forbidden"
    set_mode(table.cast, "d")
    for done in (split, stood):
        table.does("kes", deeds.Undo(done.seq))


def test_closed_text_stays(table: Table) -> None:
    done = table.does("kes", deeds.WithdrawProposal(KES, "p5"))
    table.does("chair", deeds.MoveStatus("p5", "agreed"))
    assert table.may_not("kes", deeds.Undo(done.seq)).code in ("locked", "too_old")


# --- whatever is done -----------------------------------------------------------------------------


def of_others(draft: Draft, symbol: str) -> Any:
    """What everybody but this delegation wishes and thinks, and what stands if nobody is heard."""
    value = draft_value(Draft.objects.get(pk=draft.pk))
    said = Position.objects.filter(provision__draft=draft).exclude(delegation__symbol=symbol)
    others = {at: words for at, words in wishes(value).items() if symbol not in at[1]}
    status = [(p.key, p.status, p.placed) for p in value.provisions if p.base is not None]
    thinks = sorted(said.values_list("provision", "option", "delegation", "stance"), key=str)
    return (
        others,
        thinks,
        status,
        {key: words for key, words in reads(value, None).items() if words},
    )


class Everybody:
    """Deeds at random of chair and delegates, which they may mostly do."""

    def __init__(self, table: Table, seed: int) -> None:
        self.table, self.dice = table, random.Random(seed)

    def act(self) -> tuple[str, Any]:
        name = self.dice.choice(("kes", "kes", "kim", "val", "val", "chair"))
        deed = self.dice.choice(self._of_the_chair() if name == "chair" else self._of_a_member())
        whom = self.dice.choice(("KES/75/4", "")) if name in ("kes", "kim") else ""
        return name, self.table.asks(name, deed, whom if name == "chair" else "")

    def _place(self) -> Any:
        return self.dice.choice(list(self.table.cast.draft.provisions.order_by("number")))

    def _of_a_member(self) -> list[deeds.Deed]:
        row = self._place()
        option = self.dice.choice(list(row.options.order_by("number")))
        on = self.dice.choice((None, option.key))
        stance = self.dice.choice(("support", "oppose", None))
        return [
            deeds.AddProvision(row.key, words=self.dice.choice(("to oil them;", "to paint them;"))),
            deeds.AddOption(row.key, copy=option.key),
            deeds.AddOption(row.key, "delete"),
            deeds.WithdrawProposal(self.dice.choice(CODES), row.key),
            deeds.WithdrawProposal(self.dice.choice(CODES)),
            deeds.TakePosition(row.key, on, stance=stance),  # type: ignore[arg-type]
            deeds.SplitProvision(option.key, option.version, 4),
            deeds.DeleteProvision(row.key),
            deeds.RemoveOption(option.key),
            deeds.AddNote(option.key, option.version, 1, 3, "why?"),
        ]

    def _of_the_chair(self) -> list[deeds.Deed]:
        row = self._place()
        option = self.dice.choice(list(row.options.order_by("number")))
        return [
            deeds.AddProvision(row.key, words="to begin;"),
            deeds.Attribute(option.key, ["KES", "VAL"]),
            deeds.ChooseOption(option.key),
            deeds.TakeUp(self.dice.choice(CODES)),
            deeds.MoveStatus(row.key, self.dice.choice(("agreed", "reopened")), "why"),
            deeds.MoveProvision(row.key, self._place().key),
        ]

    def undo(self) -> tuple[str, Event, Any]:
        seq = self.dice.randrange(max(1, self.table.seq() - 6), self.table.seq() + 1)
        name = self.dice.choice(("kes", "kim", "val"))
        event = Event.objects.get(draft=self.table.cast.draft, seq=seq)
        return name, event, self.table.asks(name, deeds.Undo(seq))


@pytest.mark.parametrize("seed", seeds(4))
def test_whatever_a_delegate_takes_back_changes_nothing_of_others(cast: Cast, seed: int) -> None:
    talks = negotiation(cast, any_asked(random.Random(seed)), inline=bool(seed % 2))
    table, laws, done = Table(cast), Laws(talks.cast.draft), Counter[str]()
    AdHocGroup.objects.filter(pk=cast.group.pk).update(delegates_write="pending")
    everybody = Everybody(table, seed)
    people = {user.pk: name for name, user in cast.users.items()}
    for _ in range(40):
        everybody.act()
        laws.hold(log=False)
        mine = {name: of_others(cast.draft, symbol) for name, symbol in DELEGATES.items()}
        name, event, answer = everybody.undo()
        laws.hold(log=False)
        if isinstance(answer, Accepted):
            done[event.kind] += 1
            assert DELEGATES.get(people[event.actor_id or 0]) == DELEGATES[name], event.kind
            assert of_others(cast.draft, DELEGATES[name]) == mine[name], event.kind
        else:
            assert "our side" not in answer.reason, answer
    laws.hold()
    assert sum(done.values()) >= 3, done


DELEGATES = {name: who for name, (_role, who) in PARTS.items() if who} | {"kim": "KES"}
