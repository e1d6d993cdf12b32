"""Emptying the tables after a test, while a server may still answer a window that has closed.

A query that joins tables and the emptying of all tables can each hold what the other waits for.
PostgreSQL then ends one of the two. If it is the request, nobody waits for its answer any more.
If it is the emptying, it lets go of what it holds, so the request ends, and is tried again.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.backends.signals import connection_created

PATIENCE_SECONDS = 30.0
SETTLE_SECONDS = 10.0
AT_WORK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'
"""


@contextmanager
def patient_emptying() -> Iterator[None]:
    """Within, the emptying of all tables outlasts whoever is in its way.

    On every connection: while a browser is driven, Django has another one in the same thread.
    """
    connection_created.connect(be_patient)
    be_patient(connection)
    try:
        yield
    finally:
        connection_created.disconnect(be_patient)


def be_patient(connection: Any, **_told: Any) -> None:
    if patiently not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, patiently)


def patiently(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Runs a statement; one that empties tables again and again, until it has the tables."""
    if not sql.startswith("TRUNCATE"):
        return execute(sql, params, many, context)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            # Back to the savepoint, it also holds none of the tables any more.
            with transaction.atomic(using=context["connection"].alias):
                return execute(sql, params, many, context)
        except OperationalError:
            if time.monotonic() > deadline:
                raise


def wait_for_others() -> None:
    """Returns once nobody else is at the database, or after `SETTLE_SECONDS`.

    What a request writes after the emptying would stay there.
    """
    deadline = time.monotonic() + SETTLE_SECONDS
    while others_at_work() and time.monotonic() < deadline:
        time.sleep(0.02)


def others_at_work() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(AT_WORK)
        return bool(cursor.fetchone()[0])
