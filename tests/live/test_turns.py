"""History has one version for each turn of typing, with the person and for whom they wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from drafting.domain import text as texts
from drafting.domain.draft import Status
from drafting.models import Option
from drafting.services import provisions, revisions, turns
from drafting.services.writing import Accepted
from tests.cast import Cast, make_cast
from tests.live.desk import batch, insert, insertion, send, version_of, writer

pytestmark = pytest.mark.django_db(transaction=True)

OPTION = 4


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def types(cast: Cast, name: str, words: str, acting_for: str = "") -> None:
    marks = insertion("KES") if name == "kes" else None
    item = insert(words, marks=marks)
    (answer,) = send(
        writer(cast, name), batch(OPTION, version_of(cast, OPTION), item, acting_for=acting_for)
    )
    assert isinstance(answer, Accepted), answer


def told(cast: Cast) -> list[tuple[str, str, str]]:
    """Who, for whom and what, of each version in history."""
    versions = Option.history.filter(draft=cast.draft, number=OPTION).order_by("history_id")
    return [
        (
            v.history_user.get_short_name() if v.history_user else "",
            v.acting_for,
            texts.plain(texts.from_json(v.content)),
        )
        for v in versions
    ]


def rest(cast: Cast) -> None:
    Option.objects.filter(draft=cast.draft, number=OPTION).update(
        written_at=F("written_at") - timedelta(seconds=31)
    )


SETUP = ("", "Secretariat", "to count the lamps;")


def test_typing_is_one_turn_however_many_batches_it_came_in(cast: Cast) -> None:
    for word in ("c", "b", "a"):
        types(cast, "chair", word)
    assert told(cast) == [SETUP]
    rest(cast)
    assert turns.end_rested() == 1
    assert told(cast) == [SETUP, ("Chair", "Chair", "abcto count the lamps;")]
    assert turns.end_rested() == 0


def test_a_turn_that_goes_on_is_not_ended_by_the_sweep(cast: Cast) -> None:
    types(cast, "chair", "a")
    assert turns.end_rested() == 0
    assert told(cast) == [SETUP]


def test_another_author_or_another_for_whom_ends_a_turn(cast: Cast) -> None:
    types(cast, "chair", "a")
    types(cast, "chair", "b", acting_for="VAL")
    types(cast, "kes", "c")
    types(cast, "sam", "d")
    rest(cast)
    turns.end_rested()
    assert told(cast) == [
        SETUP,
        ("Chair", "Chair", "ato count the lamps;"),
        ("Chair", "VAL", "bato count the lamps;"),
        ("Kes", "KES", "cbato count the lamps;"),
        ("Sam", "Secretary", "dcbato count the lamps;"),
    ]


def test_going_on_after_a_rest_is_another_turn(cast: Cast) -> None:
    types(cast, "chair", "a")
    rest(cast)
    types(cast, "chair", "b")
    assert told(cast) == [SETUP, ("Chair", "Chair", "ato count the lamps;")]


def test_several_turns_in_one_transaction_are_all_told(cast: Cast) -> None:
    from tests.live.desk import send_all

    chair, sam = writer(cast, "chair"), writer(cast, "sam")
    requests = [(who, batch(OPTION, 0, insert(w))) for who, w in ((chair, "a"), (sam, "b"))]
    send_all(cast.draft.pk, *requests, (chair, batch(OPTION, 0, insert("c"))))
    rest(cast)
    turns.end_rested()
    assert [who for who, _whom, _words in told(cast)] == ["", "Chair", "Sam", "Chair"]


def test_a_move_of_status_ends_the_turn_before_it(cast: Cast) -> None:
    types(cast, "kes", "a")
    provisions.move_status(cast.actor("chair"), cast.draft.pk, 4, Status.AGREED)
    assert told(cast)[1:] == [("Kes", "KES", "ato count the lamps;")]


def test_a_revision_ends_the_turns_before_it(cast: Cast) -> None:
    types(cast, "kes", "a")
    revisions.issue(cast.actor("chair"), cast.draft.pk)
    assert told(cast)[1:] == [("Kes", "KES", "ato count the lamps;")]
    when = Option.history.filter(draft=cast.draft, number=OPTION).latest("history_id").history_date
    assert timezone.now() - when < timedelta(seconds=60)


def test_another_writing_of_the_row_keeps_the_turn_apart(cast: Cast) -> None:
    types(cast, "kes", "a")
    provisions.revise_option(cast.actor("chair"), cast.draft.pk, OPTION, texts.text_of("All."))
    assert told(cast)[1:] == [
        ("Kes", "KES", "ato count the lamps;"),
        ("Chair", "Chair", "All."),
    ]
