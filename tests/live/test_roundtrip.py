"""Statements that share a round trip: what they answer, and what is left where one fails."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from drafting.services.roundtrip import BEGIN, COMMIT, Statement, together
from drafting.services.scribe import open_connection
from tests.live.desk import desk

pytestmark = pytest.mark.django_db(transaction=True)

TWICE = Statement("twice", "SELECT %(one)s::int + %(one)s::int, %(two)s::text, NULL")
NOTHING = Statement("nothing", "SELECT 1 WHERE false")
BY_NOUGHT = Statement("by_nought", "SELECT 1 / %(one)s::int")
OF_NOBODY = Statement("of_nobody", "SELECT x FROM nobody_made_this")
Q: dict[str, str | int] = {"one": 0, "two": "ä'%"}


def state(connection: psycopg.Connection[Any]) -> str:
    return connection.info.transaction_status.name


def test_each_statement_gives_its_first_row_as_text() -> None:
    with desk() as connection:
        for _ in range(2):
            rows = together(connection, (TWICE, {"one": 21, "two": "ä'%"}), (NOTHING, {}))
            assert rows == [(b"42", "ä'%".encode(), None), None]


def test_a_transaction_goes_on_until_it_is_told_to_end() -> None:
    with desk() as connection:
        together(connection, BEGIN, (TWICE, Q))
        assert state(connection) == "INTRANS"
        assert connection.execute("SELECT 7").fetchone() == (7,)
        together(connection, (TWICE, Q), COMMIT)
        assert state(connection) == "IDLE"


def test_the_first_fault_is_told_and_nothing_behind_it_is_done() -> None:
    with desk() as connection:
        with pytest.raises(psycopg.errors.DivisionByZero):
            together(connection, BEGIN, (BY_NOUGHT, Q), COMMIT)
        assert state(connection) == "INERROR"
        connection.rollback()
        assert together(connection, (TWICE, Q)) == [(b"0", "ä'%".encode(), None)]


def test_what_cannot_be_prepared_is_told_like_any_fault() -> None:
    with desk() as connection, pytest.raises(psycopg.errors.UndefinedTable):
        together(connection, (OF_NOBODY, {}))


def test_a_rollback_forgets_no_statement() -> None:
    with desk() as connection:
        together(connection, BEGIN, (TWICE, Q))
        for _ in range(7):  # as often as psycopg would prepare it by itself
            connection.execute("SELECT %s", [1])
        connection.rollback()
        assert together(connection, (TWICE, Q))


def test_something_else_is_done_while_they_run() -> None:
    done: list[int] = []
    with desk() as connection:
        together(connection, (TWICE, Q), meanwhile=lambda: done.append(1))
    assert done == [1]


def test_a_connection_whose_answers_nobody_read_is_closed() -> None:
    def stumble() -> None:
        raise ZeroDivisionError

    with desk() as connection:
        with pytest.raises(ZeroDivisionError):
            together(connection, BEGIN, (TWICE, Q), meanwhile=stumble)
        assert connection.closed


def test_a_connection_that_breaks_meanwhile_is_told_as_such() -> None:
    with desk() as connection, desk() as other:
        together(connection, BEGIN, (TWICE, Q))
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            together(connection, (TWICE, Q), COMMIT)
        assert connection.closed


def test_two_connections_know_nothing_of_each_others_statements() -> None:
    for _ in range(2):
        connection = open_connection()
        assert together(connection, (TWICE, Q))
        connection.close()
