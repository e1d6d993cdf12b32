"""What one hostile page sends must not reach those who write beside it."""

from __future__ import annotations

import pytest
from django.db import transaction

from drafting import steps
from drafting.live.limits import WRITES, Limits, weight_of
from drafting.models import Draft, Event, Option
from drafting.models.intake import ImportKind
from drafting.services import acts, deeds, imports
from drafting.services.scribe import Scribe
from drafting.services.writing import Accepted, Declined, stood
from drafting.services.writing.ledger import BEHIND_MAX, OptionRow
from tests.attack.test_hostile_papers import contribution, read
from tests.cast import Cast, make_cast
from tests.live.desk import batch, delete, desk, insert, insertion, send, send_all, words_of, writer

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


def test_who_sends_many_long_batches_at_once_keeps_nobody_waiting_for_them_all(
    cast: Cast,
) -> None:
    hostile, honest, scribe = writer(cast, "chair"), writer(cast, "sam"), Scribe(1)
    with transaction.atomic():
        Draft.objects.select_for_update().get(pk=cast.draft.pk)
        long = [
            scribe.take((hostile, batch(OPTION, n, *(insert("x") for _ in range(150)))))
            for n in range(8)
        ]
        short = scribe.take((honest, batch(6, 0, insert("z"))))
    answers = [future.result(30) for future in (*long, short)]
    scribe.close()
    *longs, own = [answer.seq for answer in answers if isinstance(answer, Accepted)]
    assert longs == sorted(longs)
    assert own < longs[4]


def test_a_batch_counts_by_its_steps() -> None:
    limits = Limits(WRITES, clock=lambda: 0.0)
    assert sum(limits.allow(1, weight_of(200)) for _ in range(100)) < 20
    assert sum(limits.allow(2, weight_of(1)) for _ in range(100)) == 100


def test_a_delegation_does_not_sign_in_the_name_of_another_that_never_tabled_it(
    cast: Cast,
) -> None:
    cast.group.delegates_write = "direct"
    cast.group.save()
    kes = writer(cast, "kes")
    joint = acts.perform(kes, 901, deeds.Attribute("o5", ["KES/75/4", "KES/VAL/99/1"]))
    assert isinstance(joint, Declined)
    assert joint.code == "forbidden"
    own = acts.perform(kes, 902, deeds.Attribute("o5", ["KES/75/4", "KES/99/1"]))
    assert isinstance(own, Accepted)
    paper = read(cast, ImportKind.CONTRIBUTION, contribution("KES/VAL/99/1"))
    imports.place(cast.actor("sam"), paper.pk, accept_defaults=True)
    tabled = acts.perform(kes, 903, deeds.Attribute("o5", ["KES/75/4", "KES/99/1", "KES/VAL/99/1"]))
    assert isinstance(tabled, Accepted)


def test_a_delegation_does_not_lay_anothers_change_on_its_own_words(cast: Cast) -> None:
    val, kes = writer(cast, "val"), writer(cast, "kes")
    asked = {"type": "deletion", "attrs": {"id": "d-val", "source": "VAL"}}
    step = {"stepType": "addMark", "mark": asked, "from": 4, "to": 9}
    (struck,) = send(val, batch(OPTION, 0, steps.Item("d", step)))
    assert isinstance(struck, Accepted)
    own = insertion("KES")
    (laid,) = send(kes, batch(OPTION, 1, insert("all ", marks=[*own, asked])))
    assert isinstance(laid, Declined)
    (plain,) = send(kes, batch(OPTION, 1, insert("all ", marks=own)))
    assert isinstance(plain, Accepted)


def test_who_may_only_propose_does_not_dress_the_brackets_that_stand(cast: Cast) -> None:
    opening = {"id": "b1", "kind": "contested", "before_label": False}
    put = {"content": [{"type": "bracket_open", "attrs": opening}]}
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": put}
    send(writer(cast, "chair"), batch(OPTION, 0, steps.Item("b", step)))
    for mark in ({"type": "em"}, {"type": "note", "attrs": {"id": "n1"}}):
        dress = {"stepType": "addMark", "mark": mark, "from": 1, "to": 2}
        (dressed,) = send(writer(cast, "kes"), batch(OPTION, 1, steps.Item("e", dress)))
        assert isinstance(dressed, Declined), mark
    own = {"type": "deletion", "attrs": {"id": "d-kes", "source": "KES"}}
    strike = {"stepType": "addMark", "mark": own, "from": 1, "to": 2}
    (struck,) = send(writer(cast, "kes"), batch(OPTION, 1, steps.Item("s", strike)))
    assert isinstance(struck, Accepted)


def test_a_change_that_never_was_is_looked_for_in_the_end_of_the_log_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stood, "LOOKED_BACK", 3)
    chair = writer(cast, "chair")
    mark = insertion("VAL", "i-val")
    send(chair, batch(OPTION, 0, insert("old ", marks=mark), acting_for="VAL"))
    send(chair, *(batch(OPTION, n, insert("x", 1)) for n in range(1, 6)))
    row = Option.objects.get(draft=cast.draft, number=OPTION)
    asked = OptionRow(OPTION, row.pk, row.version, row.content, "text", 0, 0, "open", None)
    Option.history.filter(id=row.pk).delete()
    with desk() as connection:
        assert not stood.stood(connection, cast.draft.pk, asked, {("i-val", "VAL")})
        monkeypatch.setattr(stood, "LOOKED_BACK", 30)
        assert stood.stood(connection, cast.draft.pk, asked, {("i-val", "VAL")})
