"""Emptying the tables after a test, while a server may still answer a window that has closed.

A query that joins tables and the emptying of all tables can each hold what the other waits for.
PostgreSQL then ends the one that looks for such a knot first: each looks once, after it has
waited for its `deadlock_timeout`. A test must never be the one that is ended. So:

- The emptying looks only after everybody else has looked, and has run into `lock_timeout` too.
- It is told so inside its own transaction: a pooled connection remembers nothing of it.
- Before it, wait until no request is at the database: what one writes later would stay there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created

# 15 s is longer than the 5 s after which the application gives up a lock, and not for ever:
# this look also sends PostgreSQL's own housekeeping away.
LOOK_LAST = "SET LOCAL deadlock_timeout = '15s'"
# Longer than that look, and shorter than the limit of a statement.
KEEP_WAITING = "SET LOCAL lock_timeout = '25s'"
MAY_LOOK_LAST = "SELECT has_parameter_privilege('deadlock_timeout', 'SET')"
SETTLE_SECONDS = 10.0
AT_WORK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'
"""


@contextmanager
def patient_emptying() -> Iterator[None]:
    """Within, whoever is in a knot with the emptying of all tables gives way to it.

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
    """Runs a statement; before it empties tables, makes it the last to look for knots."""
    if sql.startswith("TRUNCATE"):
        # Somebody else's PostgreSQL (`DATABASE_URL`) may not let us: there, waiting must do.
        if may_look_last():
            execute(LOOK_LAST, None, False, context)
        execute(KEEP_WAITING, None, False, context)
    return execute(sql, params, many, context)


@cache
def may_look_last() -> bool:
    return bool(asked(MAY_LOOK_LAST))


def wait_for_others() -> None:
    """Returns once nobody else is at the database, or after `SETTLE_SECONDS`."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while asked(AT_WORK) and time.monotonic() < deadline:
        time.sleep(0.02)


def asked(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
