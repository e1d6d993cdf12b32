"""The event log: what happened to a draft, in the one order that everybody sees."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from drafting.models.draft import Draft


class WritingClient(models.Model):
    """A browser's own name for itself, for ever that of the person who first used it."""

    client = models.CharField(max_length=22, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    first_used = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("writing client")
        verbose_name_plural = _("writing clients")

    def __str__(self) -> str:
        return self.client


class Event(models.Model):
    """One act. `seq` has no gaps within a draft; `at` is the database's clock.

    A change of wording (kind "text") has the number of its `option` and the `version` after it.
    `client` and `mid` name the batch or act that the event answers: sent again, it is found here.
    """

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
    option = models.PositiveIntegerField(null=True, editable=False)
    version = models.PositiveIntegerField(null=True, editable=False)
    client = models.CharField(max_length=22, null=True, editable=False)  # noqa: DJ001
    mid = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "seq"], name="event_seq_once_per_draft"),
            models.UniqueConstraint(
                fields=["draft", "option", "version"],
                condition=models.Q(option__isnull=False),
                name="event_version_once_per_option",
            ),
            models.UniqueConstraint(
                fields=["client", "mid"],
                condition=models.Q(client__isnull=False),
                name="event_answers_a_message_once",
            ),
        ]
        indexes = [
            # Who closed a text, and why, is asked of a log that has thousands of edits.
            models.Index(
                fields=["draft", "seq"],
                condition=models.Q(kind="provision.status"),
                name="event_moves_of_status",
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft.symbol} {self.seq} {self.kind}"
