"""The only place that writes rows with history: with the acting person and for whom, always.

An option in which somebody has been typing has a turn that history was not told yet: it is ended
first, so that no version mixes two people's work (`services.turns`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from drafting.models import Option, Provision
from drafting.permissions import Actor
from drafting.services import turns

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, for whom, and why: what each version keeps."""

    actor: Actor
    acting_for: str
    reason: str = ""

    def create(self, row: models.Model) -> None:
        """Inserts one row and its first version."""
        self._mark(row)
        row.save(force_insert=True)

    def save(self, row: models.Model, fields: Sequence[str]) -> None:
        """Updates `fields` of one row and keeps a version."""
        _end_turns([row])
        self._mark(row)
        row.save(update_fields=list(fields))

    def create_many(self, rows: Iterable[M], model: type[M]) -> list[M]:
        """Inserts rows of one model and their first versions, in few statements."""
        return list(bulk_create_with_history(list(rows), model, **self._bulk()))

    def save_many(self, rows: Iterable[M], model: type[M], fields: Sequence[str]) -> None:
        """Updates `fields` of rows of one model and keeps a version of each."""
        changed = list(rows)
        _end_turns(changed)
        bulk_update_with_history(changed, model, list(fields), **self._bulk())

    def delete(self, row: models.Model) -> None:
        """Deletes one row and keeps a last version of it."""
        _end_turns([row])
        self._mark(row)
        row.delete()

    def delete_many(self, rows: Iterable[M], model: type[M]) -> None:
        """Deletes rows of one model on which nothing hangs; keeps a last version of each."""
        gone = list(rows)
        _end_turns(gone)
        history = model.history  # type: ignore[attr-defined]
        last = history.bulk_history_create(gone, update=True, **self._bulk())
        history.filter(pk__in=[version.pk for version in last]).update(history_type="-")
        # Signals would keep a second version of each, without who acted.
        found = model._default_manager.filter(pk__in=[row.pk for row in gone])
        found._raw_delete(found.db)

    def _mark(self, row: Any) -> None:
        row._history_user = self.actor.user
        row._change_reason = self.reason[:100] or None
        row.acting_for_ = self.acting_for

    def _bulk(self) -> dict[str, Any]:
        return {
            "default_user": self.actor.user,
            "default_change_reason": self.reason[:100] or None,
            "custom_historical_attrs": {"acting_for": self.acting_for},
        }


def _end_turns(rows: Sequence[models.Model]) -> None:
    """Tells history of the typing in these rows; a provision's is that of its options."""
    turns.end_of_provisions([row.pk for row in rows if isinstance(row, Provision) and row.pk])
    turns.end(row.pk for row in rows if isinstance(row, Option) and row.pk)
