"""Claims, extends and ends pieces of work whose truth is a table (`models.lease`).

- `claim` gives a token, or None where there is nothing to do or somebody else is doing it.
- A result is written only by whoever still holds the token: `held` locks the row and says so.
- After `MAX_ATTEMPTS` claims the work has failed: a paper that kills its worker kills it five
  times, not for ever. A person may queue it again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from drafting.models import JobState, Leased

MAX_ATTEMPTS = 5

log = logging.getLogger(__name__)

Work = TypeVar("Work", bound=Leased)


def claimable(model: type[Work]) -> QuerySet[Work]:
    """Rows that wait for a worker, or whose worker has not been heard of."""
    waits = Q(job_state=JobState.QUEUED, not_before__lte=Now())
    abandoned = Q(job_state=JobState.WORKING, lease_until__lt=Now())
    return model._default_manager.filter(waits | abandoned)


def claim(model: type[Work], pk: int) -> int | None:
    """Takes the row for its model's `lease`; returns the token that its result must carry."""
    with transaction.atomic():
        row = claimable(model).filter(pk=pk).select_for_update(skip_locked=True).first()
        if row is None:
            return None
        token = row.token + 1
        spent = row.attempts >= MAX_ATTEMPTS
        model._default_manager.filter(pk=pk).update(
            job_state=JobState.FAILED if spent else JobState.WORKING,
            error=_("The work was begun five times and never finished.") if spent else "",
            token=token,
            attempts=F("attempts") + 1,
            lease_until=Now() + model.lease,
            progress=0,
        )
        return None if spent else token


def extend(model: type[Work], pk: int, token: int, progress: int) -> bool:
    """Tells how far the work is (0 to 100) and renews the lease; False if it was lost."""
    return bool(
        model._default_manager.filter(pk=pk, token=token, job_state=JobState.WORKING).update(
            progress=progress, lease_until=Now() + model.lease
        )
    )


def held(model: type[Work], pk: int, token: int) -> Work | None:
    """The row, locked, if `token` still holds it. Call it inside a transaction."""
    return (
        model._default_manager.select_for_update(of=("self",))
        .filter(pk=pk, token=token, job_state=JobState.WORKING)
        .first()
    )


def end(row: Leased) -> None:
    """Marks a held row as done; the caller saves it."""
    row.job_state = JobState.DONE
    row.progress = 100
    row.lease_until = None
    row.error = ""


def fail(model: type[Work], pk: int, token: int, error: str, *, retry: bool) -> bool:
    """Ends the work with an error; with `retry` it waits a little longer after each attempt.

    Returns whether the row was still held.
    """
    with transaction.atomic():
        row = held(model, pk, token)
        if row is None:
            return False
        again = retry and row.attempts < MAX_ATTEMPTS
        model._default_manager.filter(pk=pk).update(
            job_state=JobState.QUEUED if again else JobState.FAILED,
            error=error,
            lease_until=None,
            not_before=Now() + timedelta(seconds=2**row.attempts),
        )
        return True


@contextmanager
def guarded(model: type[Work], pk: int, token: int) -> Iterator[None]:
    """Ends the attempt at once, with its trace in the log, whatever goes wrong inside.

    Without this last net a fault of ours would look like a dead worker until the lease is over.
    """
    try:
        yield
    except Exception:
        log.exception("%s %s failed", model.__name__, pk)
        fail(
            model, pk, token, _("Something went wrong on our side; the log tells what."), retry=True
        )


def queue_again(model: type[Work], pk: int) -> bool:
    """Lets a person try failed work once more, from the first attempt; whether it had failed."""
    return bool(
        model._default_manager.filter(pk=pk, job_state=JobState.FAILED).update(
            job_state=JobState.QUEUED, attempts=0, error="", progress=0, not_before=Now()
        )
    )
