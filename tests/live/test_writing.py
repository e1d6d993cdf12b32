"""Typing reaches the database once, whole, in order, and only from who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from drafting import steps
from drafting.domain.draft import Status
from drafting.models import Draft, Event, Membership, Option
from drafting.models.conference import WritingMode
from drafting.services import drafts, provisions
from drafting.services.standings import Seat
from drafting.services.writing import Accepted, Declined, Writer
from tests.cast import SETUP, Cast, make_cast, small_draft
from tests.live.desk import (
    batch,
    browser,
    delete,
    insert,
    insertion,
    replayed,
    send,
    send_all,
    version_of,
    words_of,
    writer,
)

pytestmark = pytest.mark.django_db(transaction=True)

OPTION = 4  # "to count the lamps;"


@pytest.fixture
def cast() -> Cast:
    """The cast, committed: batches are written on connections of their own."""
    return make_cast()


def code(answer: object) -> str:
    assert isinstance(answer, Declined), answer
    return answer.code


def test_a_batch_is_an_event_and_a_version(cast: Cast) -> None:
    chair = writer(cast, "chair")
    seq, version = cast.draft.seq, version_of(cast, OPTION)
    sent = batch(OPTION, version, insert("not "))
    (answer,) = send(chair, sent)
    assert answer == Accepted(sent.mid, seq + 1, version + 1, (sent.items[0].key,), ())
    event = Event.objects.get(draft=cast.draft, seq=seq + 1)
    assert (event.kind, event.option, event.version) == ("text", OPTION, version + 1)
    assert (event.client, event.mid, event.actor_name) == (chair.client, sent.mid, "Chair")
    assert event.acting_for == "Chair"
    assert words_of(cast, OPTION) == "not to count the lamps;"


def test_a_resend_gets_the_first_answer_and_is_applied_once(cast: Cast) -> None:
    chair = writer(cast, "chair")
    sent = batch(OPTION, 0, insert("not "))
    first = send(chair, sent)
    send(chair, batch(OPTION, 1, insert("surely ")))
    assert send(chair, sent) == first
    assert words_of(cast, OPTION) == "surely not to count the lamps;"


def test_a_resend_that_meets_its_first_in_the_queue_is_applied_once(cast: Cast) -> None:
    chair = writer(cast, "chair")
    sent = batch(OPTION, 0, insert("not "))
    first, second = send(chair, sent, sent)
    assert first == second
    assert words_of(cast, OPTION) == "not to count the lamps;"


def test_a_resend_is_answered_even_where_the_text_is_closed_by_now(cast: Cast) -> None:
    chair = writer(cast, "chair")
    sent = batch(OPTION, 0, insert("not "))
    first = send(chair, sent)
    provisions.move_status(cast.actor("chair"), cast.draft.pk, 4, Status.AGREED)
    assert send(chair, sent) == first


def test_what_came_between_moves_a_late_batch(cast: Cast) -> None:
    chair, sam = writer(cast, "chair"), writer(cast, "sam")
    send(chair, batch(OPTION, 0, insert("first ", 1)))
    (answer,) = send(sam, batch(OPTION, 0, insert(" twice", len("to count the lamps") + 1)))
    assert isinstance(answer, Accepted)
    assert words_of(cast, OPTION) == "first to count the lamps twice;"


def test_a_batch_whose_place_is_gone_has_an_event_without_steps(cast: Cast) -> None:
    chair, sam = writer(cast, "chair"), writer(cast, "sam")
    send(chair, batch(OPTION, 0, delete(1, 10)))
    late = batch(OPTION, 0, insert("very ", 5))
    (answer,) = send(sam, late)
    assert answer == Accepted(late.mid, 3, 2, (), (late.items[0].key,))
    assert Event.objects.get(client=sam.client).payload["steps"] == []
    assert send(sam, late) == [answer]


def test_many_share_a_transaction_and_none_fails_for_another(cast: Cast) -> None:
    chair, sam, olga = (writer(cast, name) for name in ("chair", "sam", "olga"))
    before = Option.objects.get(draft=cast.draft, number=OPTION).content
    answers = send_all(
        cast.draft.pk,
        (chair, batch(OPTION, 0, insert("a "))),
        (olga, batch(OPTION, 0, insert("o "))),
        (sam, batch(OPTION, 0, insert("s "))),
        (chair, batch(6, 0, insert("c "))),
        (sam, batch(99, 0, insert("n "))),
    )
    assert [isinstance(answer, Accepted) for answer in answers] == [True, False, True, True, False]
    assert [a.seq for a in answers if isinstance(a, Accepted)] == [2, 3, 4]
    assert Draft.objects.get(pk=cast.draft.pk).seq == 4
    after = Option.objects.get(draft=cast.draft, number=OPTION)
    assert after.version == 2
    assert replayed(cast, OPTION, before) == after.content


@pytest.mark.parametrize(("base", "told"), [(1, "unknown"), (2**40, "unknown")])
def test_a_version_that_was_never_given_is_a_lie(cast: Cast, base: int, told: str) -> None:
    (answer,) = send(writer(cast, "chair"), batch(OPTION, base, insert("x")))
    assert code(answer) == told


def test_a_text_that_was_replaced_whole_leaves_no_way_from_before(cast: Cast) -> None:
    Option.objects.filter(draft=cast.draft, number=OPTION).update(version=3)
    (answer,) = send(writer(cast, "chair"), batch(OPTION, 1, insert("x")))
    assert code(answer) == "too_old"


def test_closed_text_says_by_whom_and_why_it_is_closed(cast: Cast) -> None:
    reason = "Everybody nodded."
    provisions.move_status(cast.actor("sam"), cast.draft.pk, 4, Status.AGREED, reason)
    (answer,) = send(writer(cast, "chair"), batch(OPTION, 0, insert("x")))
    assert code(answer) == "locked"
    assert isinstance(answer, Declined)
    assert "agreed, by Sam (Secretary)" in answer.reason
    assert reason in answer.reason
    assert version_of(cast, OPTION) == 0


def test_what_the_schema_forbids_changes_nothing(cast: Cast) -> None:
    step = {"stepType": "replace", "from": 0, "to": 21}
    (answer,) = send(writer(cast, "chair"), batch(OPTION, 0, steps.Item("k", step)))
    assert code(answer) == "invalid"
    assert Event.objects.filter(draft=cast.draft).count() == 1


# --- who ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["olga", "stella", "out", "far"])
def test_who_has_no_writing_role_is_declined(cast: Cast, name: str) -> None:
    (answer,) = send(writer(cast, name), batch(OPTION, 0, insert("x")))
    assert code(answer) == "forbidden"


def test_a_delegate_may_only_propose_where_the_group_is_set_so(cast: Cast) -> None:
    kes = writer(cast, "kes")
    (answer,) = send(kes, batch(OPTION, 0, insert("x")))
    assert code(answer) == "forbidden"
    (answer,) = send(kes, batch(OPTION, 0, insert("not ", marks=insertion("KES"))))
    assert isinstance(answer, Accepted)


def test_a_delegate_writes_directly_where_the_group_is_set_so(cast: Cast) -> None:
    cast.group.delegates_write = WritingMode.DIRECT
    type(cast.group).objects.filter(pk=cast.group.pk).update(delegates_write=WritingMode.DIRECT)
    (answer,) = send(writer(cast, "kes"), batch(OPTION, 0, insert("x")))
    assert isinstance(answer, Accepted)


@pytest.mark.parametrize(
    ("name", "whom", "may"),
    [
        ("chair", "KES", True),
        ("chair", "KES/75/4", True),
        ("sam", "VAL/70/2", True),
        ("chair", "Nobody", False),
        ("chair", "Secretary", False),
        ("kes", "KES", True),
        ("kes", "VAL", False),
        ("kes", "Chair", False),
    ],
)
def test_one_writes_for_whom_one_may(cast: Cast, name: str, whom: str, may: bool) -> None:
    marked = insert("not ", marks=insertion(whom))
    (answer,) = send(writer(cast, name), batch(OPTION, 0, marked, acting_for=whom))
    assert isinstance(answer, Accepted if may else Declined)
    if may:
        assert Event.objects.get(seq=2, draft=cast.draft).acting_for == whom


def test_a_mark_under_another_name_is_refused(cast: Cast) -> None:
    (answer,) = send(writer(cast, "kes"), batch(OPTION, 0, insert("x", marks=insertion("VAL"))))
    assert code(answer) == "forbidden"
    (answer,) = send(writer(cast, "chair"), batch(OPTION, 0, insert("x", marks=insertion("VAL"))))
    assert code(answer) == "invalid"


def test_who_undoes_a_deletion_brings_back_what_others_asked_for(cast: Cast) -> None:
    """The words go with KES's pending change on them, and come back with it."""
    asked = insert("not ", marks=insertion("KES", "kes-1"))
    (answer,) = send(writer(cast, "kes"), batch(OPTION, 0, asked))
    assert isinstance(answer, Accepted)
    chair = writer(cast, "chair")
    assert isinstance(send(chair, batch(OPTION, 1, delete(1, 5)))[0], Accepted)
    back = insert("not ", marks=insertion("KES", "kes-1"))
    assert isinstance(send(chair, batch(OPTION, 2, back))[0], Accepted)
    assert words_of(cast, OPTION) == "not to count the lamps;"


def test_what_a_paper_brought_comes_back_too(cast: Cast) -> None:
    """It was in no event, but history has the version in which it stood."""
    old = Option.objects.get(draft=cast.draft, number=OPTION)
    old.content["content"][0]["content"][0]["marks"] = insertion("VAL", "val-1")
    SETUP.save(old, ["content"])
    chair = writer(cast, "chair")
    assert isinstance(send(chair, batch(OPTION, 0, delete(1, 4)))[0], Accepted)
    back = insert("to ", marks=insertion("VAL", "val-1"))
    assert isinstance(send(chair, batch(OPTION, 1, back))[0], Accepted)


def test_a_mark_that_never_stood_cannot_come_back(cast: Cast) -> None:
    chair = writer(cast, "chair")
    (answer,) = send(chair, batch(OPTION, 0, insert("x", marks=insertion("VAL", "val-2"))))
    assert code(answer) == "invalid"
    assert isinstance(send(chair, batch(OPTION, 0, insert("val-2 ")))[0], Accepted)
    (answer,) = send(chair, batch(OPTION, 1, insert("x", marks=insertion("VAL", "val-2"))))
    assert code(answer) == "invalid"


def signs_out(client: Client, cast: Cast) -> None:
    client.logout()


def changes_password(client: Client, cast: Cast) -> None:
    cast.users["sam"].set_password("another long password")
    cast.users["sam"].save()


def is_made_inactive(client: Client, cast: Cast) -> None:
    type(cast.users["sam"]).objects.filter(pk=cast.users["sam"].pk).update(is_active=False)


def loses_the_role(client: Client, cast: Cast) -> None:
    Membership.objects.filter(user=cast.users["sam"]).delete()


@pytest.mark.parametrize("leave", [signs_out, changes_password, is_made_inactive, loses_the_role])
def test_no_edit_after_the_right_is_gone(cast: Cast, leave: Any) -> None:
    client = browser(cast, "sam")
    sam = writer(cast, "sam", client)
    assert isinstance(send(sam, batch(OPTION, 0, insert("x")))[0], Accepted)
    leave(client, cast)
    (answer,) = send(sam, batch(OPTION, 1, insert("y")))
    assert code(answer) == "forbidden"


def test_nobody_reaches_into_another_draft(cast: Cast) -> None:
    """Out is chair elsewhere; the option's number is sought in one's own draft alone."""
    (answer,) = send(writer(cast, "out"), batch(OPTION, 0, insert("x")))
    assert code(answer) == "forbidden"
    assert version_of(cast, OPTION) == 0


def test_a_number_that_was_used_in_another_draft_is_refused(cast: Cast) -> None:
    """Else the answer would tell of a draft in which the person may have no part."""
    text = small_draft()
    other = drafts.make(cast.group, "DL/2", "Fees", text.header, text.provisions, SETUP)
    chair, sent = writer(cast, "chair"), batch(OPTION, 0, insert("x"))
    send(chair, sent)
    there = Writer(Seat(chair.seat.session, chair.seat.user, other.pk), chair.client)
    (answer,) = send(there, sent)
    assert code(answer) == "invalid"
    assert Draft.objects.get(pk=other.pk).seq == 1
