"""Writes that wait for each other: many deeds done as one cost few statements.

Rules:

- What a deed changes of rows in hand, what it deletes and what it tells waits, in the order of the
  rows and not of the deeds. Before any other statement is executed, all that waits is written: so
  nobody reads what is not there yet, and a deed need not know that anything waits.
- Only columns wait that no constraint binds to another row. That at most one option of a provision
  stands is kept by writing those that stand last.
- History keeps one version of a row for all that waited; the log has every event.
- What hangs on rows in hand is known as it was read until somebody else writes (`on_write`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from drafting import events
from drafting.models import Attribution, Draft, Option, Position, Provision
from drafting.services.recording import Hand, M

_MAY_WAIT: dict[type[models.Model], frozenset[str]] = {
    Option: frozenset({"content", "version", "stands", "heading", "kind"}),
    Provision: frozenset({"status", "status_reason", "mode", "placed"}),
}


class _Changed:
    """Rows of one model that one hand changed, and in which columns."""

    def __init__(self) -> None:
        self.rows: dict[int, Any] = {}
        self.fields: dict[str, None] = {}

    def add(self, row: models.Model, fields: Iterable[str]) -> None:
        self.rows[row.pk] = row
        self.fields |= dict.fromkeys(fields)


class Late:
    """What waits, in one draft that is locked by the running transaction."""

    def __init__(self, draft: Draft, on_write: Callable[[], None]) -> None:
        self.draft, self._on_write = draft, on_write
        self._changed: dict[tuple[type[models.Model], str], _Changed] = {}
        self._going: dict[int, Option] = {}
        self._names: list[int] = []  # attributions that go, by their primary keys
        self._hand: Hand | None = None
        self._writing = False

    def change(self, hand: Hand, row: models.Model, fields: Sequence[str]) -> bool:
        """Lets changes of a row wait, if they may."""
        model = type(row)
        if not _MAY_WAIT.get(model, frozenset()).issuperset(fields):
            return False
        others = [key for key in self._changed if key != (model, hand.reason) and key[0] is model]
        if any(row.pk in self._changed[key].rows for key in others):
            self.write()  # for another reason: that is a version of its own
        self._hand = hand
        self._changed.setdefault((model, hand.reason), _Changed()).add(row, fields)
        return True

    def let_go(self, hand: Hand, option: Option) -> None:
        """Lets an option wait to be deleted, with all that hangs on it."""
        self._hand = hand
        self._going[option.pk] = option
        for (model, _reason), changed in self._changed.items():
            if model is Option:
                changed.rows.pop(option.pk, None)

    def let_names_go(self, names: Iterable[Attribution]) -> None:
        self._names += [row.pk for row in names]

    def write(self) -> None:
        """Writes all that waits."""
        self._writing = True
        try:
            events.insert_late(self.draft)
            self._delete()
            changed, self._changed = self._changed, {}
            for (model, reason), found in changed.items():
                self._save(model, reason, found)
        finally:
            self._writing = False

    def _delete(self) -> None:
        going, self._going = list(self._going.values()), {}
        names, self._names = self._names, []
        if names:
            Attribution.objects.filter(pk__in=names).delete()
        if going and self._hand:
            hand = self._now("")
            Attribution.objects.filter(option__in=going).delete()
            said = Position.objects.filter(option__in=going)
            hand.delete_many(said, Position)
            hand.delete_many(going, Option)

    def _save(self, model: type[M], reason: str, found: _Changed) -> None:
        """Those that stand come after those that stand no more."""
        standing = [row for row in found.rows.values() if getattr(row, "stands", False)]
        others = [row for row in found.rows.values() if not getattr(row, "stands", False)]
        for rows in filter(None, (others, standing)):
            self._now(reason).save_many(rows, model, list(found.fields))

    def _now(self, reason: str) -> Hand:
        """The same hand, writing at once."""
        assert self._hand is not None
        return Hand(self._hand.actor, self._hand.acting_for, reason)

    def _before(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Stands before every statement of the connection."""
        if not self._writing:
            self.write()
            if not sql.lstrip().upper().startswith("SELECT"):
                self._on_write()
        return execute(sql, *rest)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Inside, writes wait; at its end all are written. Not after a fault: that undoes all."""
        with events.late(), connection.execute_wrapper(self._before):
            yield
            self.write()


@dataclass(frozen=True)
class LateHand(Hand):
    """A hand whose writes wait."""

    late: Late = field(kw_only=True)

    def save(self, row: models.Model, fields: Sequence[str]) -> None:
        if not self.late.change(self, row, fields):
            super().save(row, fields)

    def save_many(self, rows: Iterable[M], model: type[M], fields: Sequence[str]) -> None:
        now = [row for row in rows if not self.late.change(self, row, fields)]
        if now:
            super().save_many(now, model, fields)

    def delete(self, row: models.Model) -> None:
        if isinstance(row, Option):
            self.late.let_go(self, row)
        else:
            super().delete(row)
