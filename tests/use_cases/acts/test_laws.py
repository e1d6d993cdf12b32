"""Whatever is done in whatever order, the laws hold and no word is lost that nobody deleted."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drafting.domain import text as texts
from drafting.models import Option, Provision
from drafting.services import deeds
from drafting.services.writing import Accepted
from tests.tries import seeds
from tests.use_cases.acts.laws import Laws, words_of
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_parting import odd_text

DESTRUCTIVE = (deeds.DeleteProvision, deeds.RemoveOption, deeds.SettlePending)
NAMES = ["KES", "VAL", "KES/75/4", "VAL/70/2"]


class Dice:
    """Deeds at random, most of which fit the draft as it is."""

    def __init__(self, table: Table, seed: int) -> None:
        self.dice = random.Random(seed)
        self.table = table

    def provision(self) -> str:
        rows = Provision.objects.filter(draft=self.table.cast.draft).order_by("number")
        return self.dice.choice(list(rows)).key

    def option(self) -> Option:
        rows = Option.objects.filter(draft=self.table.cast.draft).order_by("number")
        return self.dice.choice(list(rows))

    def place(self, option: Option) -> int:
        words = texts.plain(texts.from_json(option.content))
        return self.dice.randrange(1, len(words) + 4)

    def spot(self) -> deeds.Spot:
        option = self.option()
        return deeds.Spot(option.key, option.version, self.place(option))

    def deed(self) -> deeds.Deed:
        often = (self._add, self._split, self._join, self._move)
        at_times = (self._option, self._attribute, self._note, self._bracket, self._lift)
        makes = (*often, *often, *at_times, self._status, self._delete, self._remove, self._settle)
        return self.dice.choice(makes)()

    def _add(self) -> deeds.Deed:
        kind = self.dice.choice(["item", "item", "item", "call", "chapeau", "other"])
        words = " ".join(self.dice.choices(["oil", "wick", "glass;", "tower,"], k=3))
        after = self.dice.choice([None, *[self.provision() for _ in range(4)]])
        return deeds.AddProvision(after, kind, self.dice.randrange(4), words)  # type: ignore[arg-type]

    def _split(self) -> deeds.Deed:
        spot = self.spot()
        return deeds.SplitProvision(spot.option, spot.version, spot.pos)

    def _join(self) -> deeds.Deed:
        return deeds.JoinProvision(self.provision(), self.dice.random() < 0.3)

    def _move(self) -> deeds.Deed:
        return deeds.MoveProvision(self.provision(), self.dice.choice([None, self.provision()]))

    def _option(self) -> deeds.Deed:
        option = self.option()
        kind = self.dice.choice(["text", "text", "text", "no_text", "delete"])
        copy = option.key if self.dice.random() < 0.7 else None
        return deeds.AddOption(option.provision.key, kind, copy)  # type: ignore[arg-type]

    def _attribute(self) -> deeds.Deed:
        return deeds.Attribute(self.option().key, self.dice.sample(NAMES, 2))

    def _note(self) -> deeds.Deed:
        spot = self.spot()
        end = spot.pos + self.dice.randrange(4)
        return deeds.AddNote(spot.option, spot.version, spot.pos, end, "why?")

    def _bracket(self) -> deeds.Deed:
        opens = self.spot()
        closes = self.dice.choice([self.spot(), opens])
        return deeds.PairBracket(opens, closes)

    def _lift(self) -> deeds.Deed:
        pieces = texts.inlines(texts.from_json(self.option().content))
        keys = [p.id for p in pieces if isinstance(p, texts.BracketOpen)]
        return deeds.LiftBracket(keys[0] if keys else "nosuch")

    def _status(self) -> deeds.Deed:
        status = self.dice.choice(["agreed", "reopened", "reopened", "deferred"])
        return deeds.MoveStatus(self.provision(), status, "because")  # type: ignore[arg-type]

    def _delete(self) -> deeds.Deed:
        return deeds.DeleteProvision(self.provision())

    def _remove(self) -> deeds.Deed:
        return deeds.RemoveOption(self.option().key)

    def _settle(self) -> deeds.Deed:
        return deeds.SettlePending(self.dice.random() < 0.5, source=self.dice.choice(NAMES))


@pytest.mark.parametrize("seed", seeds(4))
def test_any_acts_in_any_order_keep_the_laws(table: Table, seed: int) -> None:
    dice = Dice(table, seed)
    for key in ("o4", "o5", "o6"):
        content = texts.to_json(odd_text(dice.dice))
        option = table.option(key)
        option.history.update(content=content)
        table.write(key, content)
    laws = Laws(table.cast.draft)
    done: Counter[str] = Counter()
    for _ in range(60):
        deed = dice.deed()
        before = words_of(table.cast.draft)
        answer = table.asks(dice.dice.choice(["chair", "sam"]), deed)
        laws.hold()
        now = words_of(table.cast.draft)
        if not isinstance(answer, Accepted):
            assert "our side" not in answer.reason, deed
            assert now == before
            continue
        done[type(deed).__name__] += 1
        if not isinstance(deed, DESTRUCTIVE):
            assert not before - now, f"{deed} lost {before - now}"
    assert len(done) >= 9, done


def test_the_cost_of_an_act_does_not_grow_with_the_draft(table: Table) -> None:
    """As many queries, and as many rows read, beside thirty provisions more in another section."""

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as caught:
            made = table.does("chair", deeds.AddProvision("p2", words="that oil is dear,")).made
        read = [query for query in caught if query["sql"].startswith("SELECT")]
        with CaptureQueriesContext(connection):
            table.does("chair", deeds.DeleteProvision(made[0]))
        return len(caught), sum("drafting_option" in query["sql"] for query in read)

    cost()  # signs in
    first = cost()
    for number in range(30):
        table.does("chair", deeds.AddProvision("p6", words=f"item {number};"))
    assert cost() == first
