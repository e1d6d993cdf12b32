"""A row that is a piece of work: the table is the truth, a message only wakes a worker.

A worker claims the row by raising `token` and setting `lease_until`; it may write its result only
while the row still carries its token. A worker that dies lets the lease run out, and the next one
claims the row with a higher token.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    WORKING = "working", _("working")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Leased(models.Model):
    """Columns of a piece of work. `progress` runs from 0 to 100.

    `lease` is how long a worker may be silent before another takes over: longer than the longest
    step of the work.
    """

    lease: ClassVar[timedelta] = timedelta(seconds=90)

    job_state = models.CharField(
        max_length=8, choices=JobState.choices, default=JobState.QUEUED, editable=False
    )
    token = models.PositiveIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    not_before = models.DateTimeField(db_default=Now(), editable=False)
    progress = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.TextField(blank=True, editable=False)
    queued_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
