"""What every version of a row keeps beside its values: who acted, and for whom.

`history_user` (from django-simple-history) is the person, or empty where the machine acted;
`acting_for` is the delegation's symbol, the proposal code, "Chair", "Secretariat" or the name of
the machine's task. Only `drafting.services.recording` writes rows with history.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record


class Acted(models.Model):
    """Base of every history table."""

    acting_for = models.CharField(_("acting for"), max_length=120, blank=True, default="")

    class Meta:
        abstract = True


def acted_records(**options: Any) -> HistoricalRecords:
    """The history of a model, with the acting person and whom they acted for."""
    return HistoricalRecords(bases=[Acted], **options)


@receiver(pre_create_historical_record)
def _keep_acting_for(sender: Any, **kwargs: Any) -> None:
    """Carry `instance.acting_for_`, set by the recording service, into the version."""
    version = kwargs["history_instance"]
    if isinstance(version, Acted):
        version.acting_for = getattr(kwargs["instance"], "acting_for_", "")
