"""Papers while workers die and the broker forgets: each paper once, none lost, none twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db.models.functions import Now

from drafting.models import JobState, PaperJob, Revision, StoredFile
from drafting.services import papers, revisions
from tests.browser.server import environment
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_S = 120.0


@pytest.fixture
def busy() -> Cast:
    """The cast, committed, so that workers see it."""
    return make_cast()


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts real Celery workers on the test database; ends what is left of them."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        log = (tmp_path / f"worker{len(started)}.log").open("wb")
        command = [sys.executable, "-m", "celery", "--app", "drafting", "--quiet", "worker"]
        command += ["--concurrency", "2", "--loglevel", "WARNING", "--without-gossip"]
        worker = subprocess.Popen(
            command, env=environment(), stdout=log, stderr=log, start_new_session=True
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Takes the worker and its children away at once, as a power cut would."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def forget_everything() -> None:
    """Empties the broker."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushall()


def until(true: Callable[[], bool]) -> None:
    """Waits for something another process does; fails after `PATIENCE_S`."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, list(
            PaperJob.objects.values_list("pk", "job_state", "attempts", "error")
        )
        time.sleep(0.1)


def expire_leases() -> None:
    """What a minute and a half of waiting would do for those whose worker is dead."""
    PaperJob.objects.filter(job_state=JobState.WORKING).update(
        lease_until=Now() - timedelta(seconds=1)
    )


def sweep_now() -> int:
    PaperJob.objects.update(queued_at=Now() - timedelta(minutes=1))
    return papers.sweep()


def all_done() -> bool:
    return not PaperJob.objects.exclude(job_state=JobState.DONE).exists()


def assert_each_paper_once(issued: list[Revision]) -> None:
    jobs = PaperJob.objects.count()
    assert jobs == sum(10 if revision.number == 1 else 15 for revision in issued)
    assert StoredFile.objects.count() == jobs
    assert PaperJob.objects.filter(file__isnull=True).count() == 0


def test_a_killed_worker_and_an_emptied_broker_lose_no_paper_and_make_none_twice(
    busy: Cast, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    chair = busy.actor("chair")
    first = start_worker()
    issued = [revisions.issue(chair, busy.draft.pk) for _ in range(3)]
    until(lambda: PaperJob.objects.filter(job_state=JobState.DONE).exists())
    kill(first)
    forget_everything()
    second = start_worker()
    expire_leases()
    sweep_now()
    until(lambda: PaperJob.objects.filter(job_state=JobState.DONE).count() >= 15)
    kill(second)
    start_worker()
    expire_leases()
    sweep_now()
    until(all_done)
    assert_each_paper_once(issued)


def test_with_no_worker_and_no_broker_an_issued_revision_waits_and_is_not_lost(
    busy: Cast, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    revision = revisions.issue(busy.actor("chair"), busy.draft.pk)
    forget_everything()
    assert PaperJob.objects.filter(job_state=JobState.QUEUED).count() == 10
    start_worker()
    assert sweep_now() == 10
    until(all_done)
    assert_each_paper_once([revision])


def test_a_worker_that_was_thought_dead_writes_nothing_over_the_other_s_paper(
    busy: Cast,
) -> None:
    from drafting.services import leases

    job = revisions.issue(busy.actor("chair"), busy.draft.pk).jobs.order_by("pk")[0]
    slow = leases.claim(PaperJob, job.pk)
    assert slow is not None
    expire_leases()
    assert papers.work(job.pk)
    job.refresh_from_db()
    kept = job.file_id
    papers._finish(job.pk, slow, papers.File("late.docx", b"late", "text/plain"))
    job.refresh_from_db()
    assert (job.file_id, StoredFile.objects.count()) == (kept, 1)


def test_the_papers_of_one_revision_say_the_same_whoever_renders_them(busy: Cast) -> None:
    revision = revisions.issue(busy.actor("chair"), busy.draft.pk)
    for pk in revision.jobs.values_list("pk", flat=True):
        papers.work(pk)
    once = dict(revision.jobs.values_list("pk", "file__sha256"))
    PaperJob.objects.update(job_state=JobState.QUEUED, file=None)
    for pk in once:
        papers.work(pk)
    assert dict(revision.jobs.values_list("pk", "file__sha256")) == once
