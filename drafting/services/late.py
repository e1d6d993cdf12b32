"""Writes that wait for each other: many deeds done as one cost few statements.

Rules:

- What a deed changes of rows in hand, the options and names that it makes or takes away, and what
  it tells waits, and is written by kind of row and not deed by deed. Before any other statement is
  executed, all that waits is written: so nobody reads what is not there yet, and a deed need not
  know that anything waits.
- Only columns wait that no constraint binds to another row. That at most one option of a provision
  stands is kept by writing those that stand last.
- History keeps one version of a row for all that waited; the log has every event. An option that
  was made is in history as it began.
- What hangs on rows in hand is known as it was read until somebody else writes (`on_write`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from drafting import events
from drafting.models import Attribution, Draft, Option, Position, Provision
from drafting.services.recording import Hand, M

_IDS = """
    SELECT nextval(pg_get_serial_sequence('drafting_option', 'id')) FROM generate_series(1, %s)
"""
_IDS_AT_ONCE = 50
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

    def __init__(self, draft: Draft, on_write: Callable[[str], None]) -> None:
        self.draft, self._on_write = draft, on_write
        self._changed: dict[tuple[type[models.Model], str], _Changed] = {}
        self._coming: dict[int, Option] = {}
        self._began: dict[int, tuple[Any, int]] = {}  # with which wording and version those come
        self._going: dict[int, Option] = {}
        self._names_coming: list[Attribution] = []
        self._names_going: list[int] = []
        self._ids: list[int] = []
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
        if isinstance(row, Option) and row.pk in self._coming:
            if row.content == self._began[row.pk][0]:
                self._began[row.pk] = row.content, row.version
                return True
            self.write()
        self._hand = hand
        self._changed.setdefault((model, hand.reason), _Changed()).add(row, fields)
        return True

    def make(self, hand: Hand, option: Option) -> None:
        """Lets a new option wait; it has its primary key at once."""
        self._hand, option.pk = hand, self._id()
        self._coming[option.pk] = option
        self._began[option.pk] = option.content, option.version
        # Of this option: whoever filters what is known asks the database for no more than that.
        nobody = Attribution.objects.filter(option=option)
        nobody._result_cache = []
        vars(option)["_prefetched_objects_cache"] = {"attributions": nobody}

    def _id(self) -> int:
        if not self._ids:
            self._writing = True  # no reader of what waits
            with connection.cursor() as cursor:
                cursor.execute(_IDS, [_IDS_AT_ONCE])
                self._ids = [row[0] for row in cursor.fetchall()][::-1]
            self._writing = False
        return self._ids.pop()

    def let_go(self, hand: Hand, option: Option) -> None:
        """Lets an option wait to be deleted, with all that hangs on it."""
        if option.pk in self._coming:
            self.write()
        self._hand = hand
        self._going[option.pk] = option
        self._names_coming = [row for row in self._names_coming if row.option_id != option.pk]
        for (model, _reason), changed in self._changed.items():
            if model is Option:
                changed.rows.pop(option.pk, None)

    def let_name_come(self, row: Attribution) -> None:
        self._names_coming.append(row)
        known = _known_names(row.option)
        if known is not None:
            known._result_cache = [*known, row]

    def let_names_go(self, option: Option, names: Collection[Attribution]) -> None:
        if any(row.pk is None for row in names):
            self.write()
        self._names_going += [row.pk for row in names]
        known = _known_names(option)
        if known is not None:
            known._result_cache = [row for row in known if row not in names]

    def write(self) -> None:
        """Writes all that waits."""
        self._writing = True
        try:
            events.insert_late(self.draft)
            self._delete()
            changed, self._changed = self._changed, {}
            for stands in (False, True):  # those that stand after those that stand no more
                for (model, reason), found in changed.items():
                    rows = [row for row in found.rows.values() if _stands(row) is stands]
                    if rows:
                        self._now(reason).save_many(rows, model, list(found.fields))
                self._create(stands)
            self._create_names()
        finally:
            self._writing = False

    def _create(self, stands: bool) -> None:
        rows = [row for row in self._coming.values() if row.stands is stands]
        if not rows:
            return
        last = self.draft.last_option
        Draft.objects.filter(pk=self.draft.pk).update(last_option=last)
        with self._as_begun(rows):
            self._now("").create_many(rows, Option)
        for row in rows:
            del self._coming[row.pk]

    @contextmanager
    def _as_begun(self, rows: Sequence[Option]) -> Iterator[None]:
        """Rows as they came: what was written in them since is a version of its own."""
        since = [(row, row.content, row.version) for row in rows]
        for row in rows:
            row.content, row.version = self._began.pop(row.pk)
        yield
        for row, content, version in since:
            row.content, row.version = content, version

    def _create_names(self) -> None:
        names, self._names_coming = self._names_coming, []
        Attribution.objects.bulk_create(names)

    def _delete(self) -> None:
        going, self._going = list(self._going.values()), {}
        names, self._names_going = self._names_going, []
        if names:
            Attribution.objects.filter(pk__in=names).delete()
        if going and self._hand:
            hand = self._now("")
            Attribution.objects.filter(option__in=going).delete()
            said = list(Position.objects.filter(option__in=going))
            hand.delete_many(said, Position)
            hand.delete_many(going, Option)
            if said:  # known beside the rows in hand, perhaps
                self._on_write(Position._meta.db_table)

    def _now(self, reason: str) -> Hand:
        """The same hand, writing at once."""
        assert self._hand is not None
        return Hand(self._hand.actor, self._hand.acting_for, reason)

    def _before(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Stands before every statement of the connection."""
        if not self._writing:
            self.write()
            if not sql.lstrip().upper().startswith("SELECT"):
                self._on_write(sql)
        return execute(sql, *rest)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Inside, writes wait; at its end all are written. Not after a fault: that undoes all."""
        with events.late(), connection.execute_wrapper(self._before):
            yield
            self.write()


def _stands(row: models.Model) -> bool:
    return bool(getattr(row, "stands", False))


def _known_names(option: Option) -> Any:
    """Who stands behind an option, where that was read and nobody wrote since."""
    return vars(option).get("_prefetched_objects_cache", {}).get("attributions")


@dataclass(frozen=True)
class LateHand(Hand):
    """A hand whose writes wait."""

    late: Late = field(kw_only=True)

    def create(self, row: models.Model) -> None:
        if isinstance(row, Option):
            self.late.make(self, row)
        else:
            super().create(row)

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
