"""Editing turns: what history keeps of typing, one version for each turn.

Rules:

- While somebody writes in an option, its row says who, for whom, and when last (`written_at`),
  until history is told. The turn ends with 30 s of rest, another author or another for whom, a
  move of the provision's status, a Revision, and any other writing of the row.
- Ending a turn copies the row as it is into the history, under the person who wrote it: before the
  next change, in the same transaction. So every version tells one person's turn.
- `services.recording.Hand` ends turns before it writes; the live path in `services.writing` does so
  for the options it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from drafting.models import Option

REST = "30 seconds"

_HISTORY = Option.history.model._meta
_ABOUT = ("history_date", "history_type", "history_user_id", "acting_for")
_COLUMNS = tuple(
    field.column
    for field in _HISTORY.concrete_fields
    if not field.name.startswith("history_") and field.column != "acting_for"
)


def _copy(changed: dict[str, str], about: str, source: str) -> str:
    """Rows of options into the history; `changed`: columns that do not come from the row."""
    taken = ", ".join(changed.get(name, f"o.{name}") for name in _COLUMNS)
    into = ", ".join((*_COLUMNS, *_ABOUT))
    return f"INSERT INTO {_HISTORY.db_table} ({into}) SELECT {taken}, {about} FROM {source}"  # noqa: S608 - names of columns, from the model


COPY = _copy(
    {},
    "o.written_at, '~', o.written_by_id, o.written_for",
    "drafting_option o WHERE o.written_at IS NOT NULL AND o.id = ANY(%s)",
)
# The same for a turn that ended before its wording reached the row: that comes along.
COPY_OF = _copy(
    {"content": "t.content::jsonb", "version": "t.version"},
    "t.at, '~', t.by, t.acting_for",
    """json_to_recordset(%(told)s::json -> 'ended') AS t(id bigint, content json, version int,
                at timestamptz, by bigint, acting_for text)
       JOIN drafting_option o ON o.id = t.id""",
)

_AT_REST = "UPDATE drafting_option SET written_at = NULL WHERE id = ANY(%s)"
_RESTING = f"""
    SELECT id FROM drafting_option
    WHERE written_at < now() - interval '{REST}'
    ORDER BY id LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED
"""  # noqa: S608 - a constant


def end(options: Iterable[int]) -> int:
    """Ends the turns that go on in these options (primary keys); how many did.

    Runs in the caller's transaction, which holds the lock on the draft or on the rows.
    """
    keys = list(options)
    if not keys:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(COPY, [keys])
        ended: int = cursor.rowcount
        if ended:
            cursor.execute(_AT_REST, [keys])
    return ended


def end_of_draft(draft_id: int) -> int:
    """Ends every turn of a draft: it is about to be frozen."""
    return end(_going_on().filter(draft_id=draft_id).values_list("pk", flat=True))


def end_of_provisions(provisions: Sequence[int]) -> int:
    """Ends the turns in provisions (by primary key) whose status may be about to move."""
    if not provisions:
        return 0
    return end(_going_on().filter(provision_id__in=provisions).values_list("pk", flat=True))


def end_rested() -> int:
    """Ends the turns that nobody has gone on with; the sweep calls it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_RESTING)
            rested = [row[0] for row in cursor.fetchall()]
        return end(rested)


def _going_on() -> QuerySet[Option]:
    return Option.objects.filter(written_at__isnull=False)
