"""What led back a year ago is forgotten; what was decided then is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from drafting.models import Before, Decision, Event
from drafting.services import befores, deeds
from drafting.tasks import sweep
from tests.use_cases.acts.table import Table

OLD, NEW = timedelta(days=366), timedelta(days=364)


def age(seq: int, by: timedelta) -> None:
    Event.objects.filter(seq=seq).update(at=Now() - by)


def kept() -> set[int]:
    return set(Before.objects.values_list("event__seq", flat=True))


def test_acts_of_last_year_are_not_undone_and_those_of_this_year_are(table: Table) -> None:
    old = table.does("chair", deeds.Place("p4", False)).seq
    new = table.does("chair", deeds.Place("p5", False)).seq
    age(old, OLD)
    age(new, NEW)
    sweep()
    assert kept() == {new}
    assert table.may_not("chair", deeds.Undo(old)).code == "gone"
    table.does("chair", deeds.Undo(new))


def test_what_was_undone_since_may_be_done_again_though_the_act_is_forgotten(table: Table) -> None:
    (key,) = table.does("kes", deeds.AddOption("p4", copy="o4")).made
    old = table.does("chair", deeds.RemoveOption(key)).seq
    back = table.does("sam", deeds.Undo(old)).seq
    age(old, OLD)
    befores.forget_old()
    table.does("sam", deeds.Undo(back))
    assert not table.provision("p4").options.filter(number=int(key[1:])).exists()
    assert not Decision.objects.get(seq=old).undone


def test_some_are_forgotten_at_a_time_and_in_the_end_all(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    for placed in (False, True) * 3:
        age(table.does("chair", deeds.Place("p4", placed)).seq, OLD)
    monkeypatch.setattr(befores, "AT_ONCE", 4)
    assert [befores.forget_old() for _ in range(3)] == [4, 2, 0]
