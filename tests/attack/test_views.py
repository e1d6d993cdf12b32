"""What a page asks to be shown costs nobody else what they see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drafting.services import revisions
from drafting.views.fragments import fresh
from tests.cast import Cast, make_cast
from tests.live.page import greeted, opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_a_revision_that_was_never_issued_is_refused_before_the_draft_is_read(cast: Cast) -> None:
    revisions.issue(cast.actor("chair"), cast.draft.pk)
    with (
        CaptureQueriesContext(connection) as queries,
        pytest.raises(ValueError, match="not issued"),
    ):
        fresh(cast.draft.pk, "revision:99999", ["p4"], None)
    assert not any("drafting_option" in query["sql"] for query in queries)


async def test_pages_that_compare_with_nothing_are_tried_once(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "drafting.live.showing")
    page, chair = await opened(cast, "olga"), await greeted(cast, "chair")
    await page.hello(1, against="revision:99999")
    for version in range(2):
        await chair.commit("o4", version, "not ")
        await chair.hears("shown")
    told = [record for record in caplog.records if "cannot be shown" in record.message]
    assert len(told) == 1
    await page.leave()
    await chair.leave()
