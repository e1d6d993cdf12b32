"""An act is undone as one step, exactly, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.domain import text as texts
from drafting.models import Before, Package, Position, ProposedChange
from drafting.selectors.values import draft_value
from drafting.services import deeds
from drafting.services.writing import Accepted
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


@pytest.mark.parametrize("seed", range(6))
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
    for _ in range(40):
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
