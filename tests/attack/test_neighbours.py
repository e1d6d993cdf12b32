"""What one hostile page sends must not reach those who write beside it."""

from __future__ import annotations

import pytest

from drafting.models import Event
from drafting.services.writing import Accepted, Declined
from drafting.services.writing_rows import BEHIND_MAX
from tests.cast import Cast, make_cast
from tests.live.desk import batch, insert, send, send_all, words_of, writer

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
