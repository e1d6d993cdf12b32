"""Emptying the tables never fails for a request that the server is still answering.

The request is a real session that holds a table for longer than the emptying waits at a time.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.signals import connection_created

from drafting.models import Conference
from tests.emptying import patiently

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = Conference._meta.db_table
WAITS_SECONDS = 0.2
HELD_SECONDS = 5 * WAITS_SECONDS
BEGINS_WITHIN_SECONDS = 20.0


def test_the_emptying_outlasts_a_request_that_holds_a_table() -> None:
    Conference.objects.create(slug="lorne", name="Lorne")
    empty_against_a_request()
    assert not Conference.objects.exists()


def test_without_patience_the_emptying_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_created, "receivers", [])
    monkeypatch.setattr(connections["default"], "execute_wrappers", [])
    with pytest.raises(CommandError, match="couldn't be flushed"):
        empty_against_a_request()


def test_patience_ends_with_who_never_lets_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.emptying.PATIENCE_SECONDS", HELD_SECONDS / 2)
    with pytest.raises(CommandError, match="couldn't be flushed"):
        empty_against_a_request()


def test_every_connection_is_patient() -> None:
    """Also one that is made while an event loop runs in the thread, as with a browser."""
    another = connections.create_connection("default")
    another.connect()
    another.close()
    assert patiently in another.execute_wrappers
    assert connection.execute_wrappers.count(patiently) == 1


def empty_against_a_request() -> None:
    """Empties the tables while a request holds one of them, and waits until it is answered."""
    holds = Event()
    with ThreadPoolExecutor(1) as apart:
        answered = apart.submit(hold_a_table, holds)
        assert holds.wait(BEGINS_WITHIN_SECONDS)
        try:
            limit_waiting(f"{WAITS_SECONDS}s")
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        finally:
            limit_waiting("DEFAULT")
        answered.result()


def hold_a_table(holds: Event) -> None:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f'LOCK TABLE "{TABLE}" IN ACCESS SHARE MODE')
            holds.set()
            time.sleep(HELD_SECONDS)
            cursor.execute("COMMIT")
    finally:
        connection.close()


def limit_waiting(limit: str) -> None:
    with connection.cursor() as cursor:
        value = limit if limit == "DEFAULT" else f"'{limit}'"
        cursor.execute(f"SET lock_timeout = {value}")
