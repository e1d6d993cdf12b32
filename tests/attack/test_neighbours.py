"""What one hostile page sends must not reach those who write beside it."""

from __future__ import annotations

import pytest

from drafting import steps
from drafting.models import Event, Option
from drafting.services.writing import Accepted, Declined
from drafting.services.writing_rows import BEHIND_MAX
from tests.cast import Cast, make_cast
from tests.live.desk import batch, delete, insert, insertion, send, send_all, words_of, writer

pytestmark = pytest.mark.django_db(transaction=True)

OPTION = 4


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_a_name_with_a_character_that_no_database_keeps_declines_its_own_batch_alone(
    cast: Cast,
) -> None:
    honest, hostile = writer(cast, "chair"), writer(cast, "olga")
    odd = batch(OPTION, 0, insert("x"), acting_for="\0")
    declined, accepted = send_all(
        cast.draft.pk, (hostile, odd), (honest, batch(OPTION, 0, insert("not ")))
    )
    assert isinstance(declined, Declined)
    assert declined.code == "forbidden"
    assert isinstance(accepted, Accepted)
    assert words_of(cast, OPTION) == "not to count the lamps;"


def test_a_batch_on_a_version_long_past_does_not_make_its_neighbours_too_old(cast: Cast) -> None:
    chair, hostile = writer(cast, "chair"), writer(cast, "olga")
    for version in range(0, BEHIND_MAX + 20, 20):
        send(chair, *(batch(OPTION, version + n, insert("x")) for n in range(20)))
    head = Event.objects.filter(option=OPTION).count()
    stale, late = send_all(
        cast.draft.pk,
        (hostile, batch(OPTION, 0, insert("y"))),
        (chair, batch(OPTION, head - 1, insert("z"))),
    )
    assert isinstance(stale, Declined)
    assert isinstance(late, Accepted), late


def test_a_batch_on_much_that_came_between_is_declined_before_it_is_moved(cast: Cast) -> None:
    chair = writer(cast, "chair")
    for version in range(4):
        send(chair, batch(OPTION, version, *(insert("x") for _ in range(200))))
    many, few = [insert("y") for _ in range(200)], [insert("z")]
    late, early = send(chair, batch(OPTION, 0, *many), batch(OPTION, 0, *few))
    assert isinstance(late, Declined)
    assert late.code == "too_old"
    assert isinstance(early, Accepted)


def test_a_delegation_cannot_take_away_what_another_asks_to_insert_too(cast: Cast) -> None:
    both = [*insertion("KES", "i-kes"), *insertion("VAL", "i-val")]
    row = Option.objects.get(draft=cast.draft, number=OPTION)
    (old,) = row.content["content"]
    shared = {"type": "text", "text": "twice ", "marks": both}
    content = {"type": "doc", "content": [{**old, "content": [shared, *old["content"]]}]}
    Option.objects.filter(pk=row.pk).update(content=content)
    kes = writer(cast, "kes")
    (taken,) = send(kes, batch(OPTION, 0, delete(1, 7)))
    assert isinstance(taken, Declined)
    lift = {"stepType": "removeMark", "mark": both[0], "from": 1, "to": 7}
    (lifted,) = send(kes, batch(OPTION, 0, steps.Item("lift", lift)))
    assert isinstance(lifted, Accepted)
    assert words_of(cast, OPTION).startswith("twice ")


def test_a_change_does_not_take_the_id_of_another_delegations_change_elsewhere(cast: Cast) -> None:
    val, kes = writer(cast, "val"), writer(cast, "kes")
    send(val, batch(OPTION, 0, insert("many ", marks=insertion("VAL", "i-val"))))
    (smuggled,) = send(kes, batch(6, 0, insert("never ", marks=insertion("KES", "i-val"))))
    assert isinstance(smuggled, Declined)
    (again,) = send(val, batch(6, 0, insert("always ", marks=insertion("VAL", "i-val"))))
    assert isinstance(again, Accepted)
