"""What several deeds write waits for each other, and nobody could tell: it is as if each was alone.

The draft is brought to the same state by deeds at random, one by one and together; the log and the
history lead to it both ways. What waits costs few statements, however many the deeds are.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.models import Decision, Draft, Option, Position
from drafting.selectors.values import draft_value
from drafting.services import deeds
from drafting.services.writing import Accepted
from tests.cast import Cast
from tests.tries import seeds
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import CODES, ISL, KES, any_asked, negotiation
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_table_laws import Chair


def state(draft: Draft) -> Any:
    """All that a reader could see, but for ids that are made at random."""
    value = draft_value(Draft.objects.get(pk=draft.pk))
    positions = Position.objects.filter(provision__draft=draft)
    said = positions.values_list("provision__number", "option__number", "delegation__symbol")
    return [_provision(p) for p in value.provisions], sorted(said, key=str)


def _provision(provision: values.Provision) -> object:
    options = [
        (
            *(option.key, option.kind, option.stands, option.heading, texts.printed(option.text)),
            [(a.code, a.name, bool(a.bracket)) for a in option.attributions],
        )
        for option in provision.options
    ]
    return provision.key, provision.status, provision.mode, provision.placed, options


def decided(draft: Draft) -> list[Any]:
    found = Decision.objects.filter(draft=draft)
    return sorted(found.values_list("provision", "code", "what", "rationale"))


def versions(draft: Draft) -> dict[int, int]:
    return dict(Option.objects.filter(draft=draft).values_list("number", "version"))


@pytest.mark.parametrize("seed", seeds(6))
def test_several_deeds_leave_what_they_leave_one_by_one(cast: Cast, seed: int) -> None:
    dice = random.Random(seed)
    taken = () if seed % 4 == 3 else CODES
    talks = negotiation(cast, any_asked(dice), inline=bool(seed % 2), taken=taken)
    table, draft = Table(cast), talks.cast.draft
    for key in ("KES", "VAL"):
        row = dice.choice(list(draft.provisions.order_by("rank")))
        on = dice.choice((None, *(option.key for option in row.options.all())))
        table.does("chair", deeds.TakePosition(row.key, on, stance="support", delegation=key))
    done: list[deeds.Single] = []
    with transaction.atomic():
        chair = Chair(talks, seed)
        while len(done) < 12:
            deed = _single(chair, _brackets(draft) if not done else None)
            if deed and isinstance(table.asks("chair", deed), Accepted):
                done.append(deed)
        alone = state(draft), decided(draft), versions(draft)
        transaction.set_rollback(True)
    laws = Laws(draft)
    answer = table.does("chair", deeds.Together(done))
    laws.hold()
    assert (state(draft), decided(draft), versions(draft)) == alone
    table.does("chair", deeds.Undo(answer.seq))
    laws.hold()


def test_a_wording_that_comes_and_is_written_in_at_once_is_in_history_as_it_came(
    cast: Cast,
) -> None:
    asked = [
        Asked(code, code[0], "MOD", "p6", text=text_of(f"to mend the lamps {when};"), order=order)
        for order, (code, when) in enumerate(((KES, "within a week"), (ISL, "in time")))
    ]
    table = Table(negotiation(cast, asked, taken=()).cast)
    laws = Laws(cast.draft)
    first, second = (f"o{cast.draft.last_option + place}" for place in (1, 2))
    fold = deeds.FoldOptions("p6", [first, second], "common")
    table.does("chair", deeds.Together([deeds.TakeUp(KES), deeds.TakeUp(ISL), fold]))
    laws.hold()
    assert "[" in texts.printed(table.text(first))
    assert Option.objects.get(draft=cast.draft, number=int(first[1:])).version == 1


def test_a_name_that_comes_behind_a_wording_that_goes_at_once_goes_with_it(cast: Cast) -> None:
    """The proposal stands behind the wording that is there, which is then not retained."""
    week = text_of("to mend the lamps within a week;")
    asked = [
        Asked(code, code[0], "MOD", "p6", text=week, order=order)
        for order, code in enumerate((KES, ISL))
    ]
    table = Table(negotiation(cast, asked, taken=(KES,)).cast)
    laws = Laws(cast.draft)
    both: list[deeds.Single] = [deeds.TakeUp(ISL), deeds.ChooseOption("o6")]
    answer = table.does("chair", deeds.Together([deeds.ChooseOption("o5"), *both]))
    laws.hold()
    assert [option.key for option in table.provision("p6").options.all()] == ["o6"]
    assert {(code, what) for _, code, what, _ in decided(cast.draft)} == {
        (ISL, "taken_up"),
        (ISL, "not_retained"),
        (KES, "not_retained"),
    }
    table.does("chair", deeds.Undo(answer.seq))
    laws.hold()


def _brackets(draft: Draft) -> set[str]:
    contents = Option.objects.filter(draft=draft).values_list("content", flat=True)
    pieces = (piece for one in contents for piece in texts.inlines(texts.from_json(one)))
    return {piece.id for piece in pieces if isinstance(piece, texts.BracketOpen)}


def _single(chair: Chair, brackets: set[str] | None) -> deeds.Single | None:
    """A deed that can be done again from the start: ids made meanwhile would be others."""
    deed = chair.deed()
    if isinstance(deed, deeds.Together | deeds.Undo):
        return None
    if isinstance(deed, deeds.DecideBracket) and deed.bracket not in (brackets or ()):
        return None
    if chair.dice.random() < 0.2:
        status = chair.dice.choice(("agreed", "reopened", "deferred"))
        return deeds.MoveStatus(chair.provision().key, status, "why")  # type: ignore[arg-type]
    return deed


# --- what it costs ------------------------------------------------------------------------------


def choose_all(table: Table) -> list[deeds.Single]:
    rows = table.cast.draft.provisions.filter(kind="item").order_by("rank")
    return [deeds.ChooseOption(row.options.order_by("place").last().key) for row in rows]  # type: ignore[union-attr]


def agree_all(table: Table) -> list[deeds.Single]:
    rows = table.cast.draft.provisions.order_by("rank")
    return [deeds.MoveStatus(row.key, "agreed", was="open") for row in rows]


def statements(table: Table, several: list[deeds.Single]) -> int:
    table.writer("chair")  # signed in
    with transaction.atomic(), CaptureQueriesContext(connection) as caught:
        table.does("chair", deeds.Together(several))
        transaction.set_rollback(True)
    return len(caught)


@pytest.mark.parametrize("inline", [False, True], ids=["options", "inline"])
@pytest.mark.parametrize("made", [choose_all, agree_all])
def test_many_deeds_cost_as_many_statements_as_few(
    cast: Cast, made: Callable[[Table], list[deeds.Single]], inline: bool
) -> None:
    """Neither deeds nor provisions of the draft add any."""
    table = Table(negotiation(cast, any_asked(random.Random(7)), inline=inline).cast)
    several = made(table)
    few = statements(table, several)
    for number in range(40):
        table.does("chair", deeds.AddProvision("p6", words=f"to do {number} things more;"))
    many = statements(table, made(table))
    assert len(made(table)) >= len(several) + 40
    assert many <= few + 2


@pytest.mark.parametrize("made", [choose_all, agree_all])
def test_a_few_deeds_cost_little_more_than_one(
    cast: Cast, made: Callable[[Table], list[deeds.Single]]
) -> None:
    table = Table(negotiation(cast, any_asked(random.Random(7))).cast)
    several = made(table)
    assert statements(table, several) <= statements(table, several[:1]) + 20
