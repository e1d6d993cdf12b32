"""Emptying the tables never fails for a request that the server is still answering.

Knots are tied for real: sessions that lock tables in the order opposite to the emptying's.
"""

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.core.management.sql import sql_flush
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.signals import connection_created

from tests.emptying import patiently

pytestmark = pytest.mark.django_db(transaction=True)

WAITS = """
    SELECT count(*) FROM pg_locks
    WHERE pid = %s AND NOT granted AND clock_timestamp() - waitstart > make_interval(secs => %s)
"""
# After this a session has looked for a knot: `deadlock_timeout` is 1 s.
HAS_LOOKED = 1.5
PATIENCE_SECONDS = 20.0


@pytest.mark.parametrize("attempt", range(3))
def test_a_request_in_a_knot_with_the_emptying_gives_way(attempt: int) -> None:
    assert "deadlock detected" in empty_against(reader)


def test_a_request_that_looked_for_a_knot_too_early_gives_way_too() -> None:
    assert "lock timeout" in empty_against(reader, third)


def test_without_patience_the_emptying_is_what_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_created, "receivers", [])
    monkeypatch.setattr(connections["default"], "execute_wrappers", [])
    with pytest.raises(CommandError, match="couldn't be flushed"):
        empty_against(reader)


def test_every_connection_is_patient() -> None:
    """Also one that is made while an event loop runs in the thread, as with a browser."""
    another = connections.create_connection("default")
    another.connect()
    another.close()
    assert patiently in another.execute_wrappers
    assert connection.execute_wrappers.count(patiently) == 1


def test_patience_ends_with_the_emptying() -> None:
    before = limits()
    empty()
    assert limits() == before != ("15s", "25s")


class Knot:
    """What the sessions know of each other."""

    def __init__(self) -> None:
        self.tables = re.findall(r'"(\w+)"', sql_flush(no_style(), connection)[0])
        self.emptying = own_pid()
        self.reader = 0
        self.reading = threading.Barrier(2)


def empty_against(*sessions: Callable[[Knot], str]) -> str:
    """Empties the tables while others read them; what the first of these was told."""
    knot = Knot()
    knot.reading = threading.Barrier(len(sessions) + 1, timeout=PATIENCE_SECONDS)
    with ThreadPoolExecutor(len(sessions)) as apart:
        told = [apart.submit(let_go, session, knot) for session in sessions]
        knot.reading.wait()
        empty()
        return told[0].result()


def empty() -> None:
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)


def let_go(session: Callable[[Knot], str], knot: Knot) -> str:
    try:
        return session(knot)
    finally:
        connection.close()


def reader(knot: Knot) -> str:
    """Holds the last table, and asks for the first once the emptying has it."""
    knot.reader = own_pid()
    try:
        with transaction.atomic():
            read(knot.tables[-1])
            knot.reading.wait()
            wait_until_waiting(knot.emptying)
            read(knot.tables[0])
    except OperationalError as told:
        return str(told)
    return ""


def third(knot: Knot) -> str:
    """Holds a table in between until the reader has looked for a knot and found none."""
    with transaction.atomic():
        read(knot.tables[len(knot.tables) // 2])
        knot.reading.wait()
        wait_until_waiting(knot.reader, HAS_LOOKED)
    return ""


def read(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN ACCESS SHARE MODE')


def wait_until_waiting(pid: int, seconds: float = 0.0) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(WAITS, [pid, seconds])
            if cursor.fetchone() == (1,):
                return
            time.sleep(0.02)
    raise AssertionError(f"Session {pid} waits for nothing.")


def own_pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def limits() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('deadlock_timeout'), current_setting('lock_timeout')"
        )
        return cursor.fetchone()
