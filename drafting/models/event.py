"""The event log: what happened to a draft, in the one order that everybody sees."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from drafting.models.draft import Draft


class Event(models.Model):
    """One act. `seq` has no gaps within a draft; `at` is the database's clock."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    payload: models.JSONField[Any] = models.JSONField(default=dict)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=120)
    acting_for = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "seq"], name="event_seq_once_per_draft")
        ]

    def __str__(self) -> str:
        return f"{self.draft.symbol} {self.seq} {self.kind}"
