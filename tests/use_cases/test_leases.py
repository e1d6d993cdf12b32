"""The table is the truth: a worker that dies loses nothing and makes nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from drafting.models import JobState, PaperJob
from drafting.services import leases, revisions
from tests.cast import Cast


@pytest.fixture
def job(cast: Cast) -> PaperJob:
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    return revision.jobs.order_by("pk")[0]


def lapse(job: PaperJob) -> None:
    """The worker has not been heard of: its lease is over."""
    PaperJob.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


def test_work_is_claimed_by_one_worker_only(job: PaperJob) -> None:
    assert leases.claim(PaperJob, job.pk) == 1
    assert leases.claim(PaperJob, job.pk) is None


def test_the_work_of_a_dead_worker_is_claimed_again_with_a_higher_token(job: PaperJob) -> None:
    assert leases.claim(PaperJob, job.pk) == 1
    lapse(job)
    assert leases.claim(PaperJob, job.pk) == 2


def test_who_lost_the_lease_can_write_no_result(job: PaperJob) -> None:
    slow = leases.claim(PaperJob, job.pk)
    lapse(job)
    quick = leases.claim(PaperJob, job.pk)
    assert slow is not None
    assert quick is not None
    with transaction.atomic():
        assert leases.held(PaperJob, job.pk, slow) is None
        assert leases.held(PaperJob, job.pk, quick) is not None
    assert not leases.extend(PaperJob, job.pk, slow, 50)
    assert not leases.fail(PaperJob, job.pk, slow, "late", retry=True)


def test_work_that_kills_five_workers_has_failed_and_a_person_may_queue_it_again(
    job: PaperJob,
) -> None:
    for _ in range(leases.MAX_ATTEMPTS):
        assert leases.claim(PaperJob, job.pk) is not None
        lapse(job)
    assert leases.claim(PaperJob, job.pk) is None
    job.refresh_from_db()
    assert (job.job_state, bool(job.error)) == (JobState.FAILED, True)
    leases.queue_again(PaperJob, job.pk)
    assert leases.claim(PaperJob, job.pk) is not None


def test_work_that_failed_waits_before_the_next_attempt(job: PaperJob) -> None:
    token = leases.claim(PaperJob, job.pk)
    assert token is not None
    assert leases.fail(PaperJob, job.pk, token, "the font is missing", retry=True)
    assert leases.claim(PaperJob, job.pk) is None
    PaperJob.objects.filter(pk=job.pk).update(not_before=Now())
    assert leases.claim(PaperJob, job.pk) is not None


def test_finished_work_is_not_claimed_again(job: PaperJob) -> None:
    token = leases.claim(PaperJob, job.pk)
    assert token is not None
    with transaction.atomic():
        row = leases.held(PaperJob, job.pk, token)
        assert row is not None
        leases.end(row)
        row.save()
    lapse(job)
    assert leases.claim(PaperJob, job.pk) is None


def test_a_fault_of_ours_ends_the_attempt_at_once_and_is_tried_again(job: PaperJob) -> None:
    token = leases.claim(PaperJob, job.pk)
    assert token is not None
    with leases.guarded(PaperJob, job.pk, token):
        _ = 1 // len("")
    job.refresh_from_db()
    assert (job.job_state, bool(job.error), job.lease_until) == (JobState.QUEUED, True, None)
