"""Issuing: numbers without gaps, one act for one click, and a seal that anyone can check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from drafting.domain import draft as values
from drafting.domain.text import text_of
from drafting.models import PaperJob, Revision
from drafting.permissions import Actor, Forbidden
from drafting.selectors.values import draft_value
from drafting.services import drafts, provisions, revisions
from drafting.services.refusals import Refused
from tests.cast import SETUP, Cast, make_cast, small_draft


def test_the_first_is_revision_1_and_orders_a_paper_in_each_form_clean_and_against_the_base(
    cast: Cast,
) -> None:
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    assert (revision.number, revision.issued_for) == (1, "Chair")
    assert sorted(set(revision.jobs.values_list("comparison", flat=True))) == ["base", "clean"]
    assert revision.jobs.count() == 10


def test_the_second_is_also_set_against_the_one_before(cast: Cast) -> None:
    revisions.issue(cast.actor("chair"), cast.draft.pk)
    second = revisions.issue(cast.actor("sam"), cast.draft.pk)
    assert (second.number, second.jobs.filter(comparison="previous").count()) == (2, 5)


def test_the_same_request_issues_once(cast: Cast) -> None:
    key = uuid4()
    first = revisions.issue(cast.actor("chair"), cast.draft.pk, request=key)
    again = revisions.issue(cast.actor("chair"), cast.draft.pk, request=key)
    assert (again.pk, Revision.objects.count(), PaperJob.objects.count()) == (first.pk, 1, 10)


def test_the_seal_is_the_hash_of_the_canonical_json(cast: Cast) -> None:
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    revision.refresh_from_db()
    canonical = json.dumps(
        revision.snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert hashlib.sha256(canonical.encode()).hexdigest() == revision.sha256


def test_what_is_frozen_stays_when_the_draft_moves_on(cast: Cast) -> None:
    before = draft_value(cast.draft).provisions
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    provisions.revise_option(cast.actor("sam"), cast.draft.pk, 2, text_of("that lamps die,"))
    revision.refresh_from_db()
    frozen = revisions.text_of(revision)
    assert frozen.provisions == before != draft_value(cast.draft).provisions
    assert frozen.header.revision == 1


def test_a_text_changed_back_is_nothing_new_to_issue(cast: Cast) -> None:
    before = draft_value(cast.draft).provisions[1].options[0].text
    first = revisions.issue(cast.actor("chair"), cast.draft.pk)
    provisions.revise_option(cast.actor("sam"), cast.draft.pk, 2, text_of("that lamps die,"))
    cast.draft.refresh_from_db()
    assert not revisions.is_unchanged(cast.draft)
    provisions.revise_option(cast.actor("sam"), cast.draft.pk, 2, before)
    cast.draft.refresh_from_db()
    assert cast.draft.seq > first.seq
    assert revisions.is_unchanged(cast.draft)
    with pytest.raises(Refused, match="Nothing has changed since Revision 1"):
        revisions.issue(cast.actor("sam"), cast.draft.pk, unchanged_too=False)


def test_a_delegate_cannot_issue(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        revisions.issue(cast.actor("kes"), cast.draft.pk)
    assert not Revision.objects.exists()


def test_an_issue_that_fails_leaves_no_gap(cast: Cast) -> None:
    with transaction.atomic():
        revisions.issue(cast.actor("chair"), cast.draft.pk)
        transaction.set_rollback(True)
    assert revisions.issue(cast.actor("chair"), cast.draft.pk).number == 1


def issue_at_last(actor: Actor, draft: int, request: UUID | None = None) -> Revision:
    """As a person does who is told on a slow machine to try again in a moment."""
    for _attempt in range(9):
        with suppress(Refused):
            return revisions.issue(actor, draft, request=request)
    return revisions.issue(actor, draft, request=request)


def together(acts: list[Callable[[], object]]) -> list[object]:
    """Runs the acts at once, each on a connection of its own."""

    def alone(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_numbers_without_gap_and_no_two_alike() -> None:
    cast = make_cast()
    chair = cast.actor("chair")
    together([lambda: issue_at_last(chair, cast.draft.pk)] * 8)
    numbers = sorted(Revision.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 9))
    assert len(set(Revision.objects.values_list("sha256", flat=True))) == 8


@pytest.mark.django_db(transaction=True)
def test_a_double_click_issues_once() -> None:
    cast = make_cast()
    chair, key = cast.actor("chair"), uuid4()
    together([lambda: issue_at_last(chair, cast.draft.pk, key)] * 6)
    assert list(Revision.objects.values_list("number", flat=True)) == [1]


def test_a_snapshot_is_the_documented_json(cast: Cast) -> None:
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    assert revision.snapshot["schema"] == values.SCHEMA
    assert revision.snapshot["header"]["revision"] == 1


def test_a_failed_paper_is_tried_again_and_one_of_another_draft_is_not(cast: Cast) -> None:
    job = revisions.issue(cast.actor("chair"), cast.draft.pk).jobs.order_by("pk")[0]
    with pytest.raises(Refused):
        revisions.retry(cast.actor("chair"), cast.draft, job.pk)
    PaperJob.objects.filter(pk=job.pk).update(job_state="failed", error="no font", attempts=5)
    other = drafts.make(cast.group, "DL/2", "", small_draft().header, (), SETUP)
    with pytest.raises(Refused):
        revisions.retry(cast.actor("chair"), other, job.pk)
    revisions.retry(cast.actor("sam"), cast.draft, job.pk)
    job.refresh_from_db()
    assert (job.job_state, job.attempts, job.error) == ("queued", 0, "")
