"""Statements that go to PostgreSQL together: one round trip, over libpq itself.

Rules:

- A statement is prepared once a connection, and told its parameters as text.
- What fails raises psycopg's own error. The transaction has then failed; the caller rolls it back.
- Cursors would cost an edit more of this process's time than its rows cost the database.
"""

from __future__ import annotations

import re
import select
from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq

Connection = psycopg.Connection[Any]
Row = tuple[Any, ...]  # bytes, or None for NULL

_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED, pq.ExecStatus.BAD_RESPONSE)
_prepared: WeakKeyDictionary[Connection, set[bytes]] = WeakKeyDictionary()


class Statement:
    """SQL with psycopg's named places, which may stand in it more than once."""

    def __init__(self, name: str, sql: str) -> None:
        self.name = name.encode()
        self.sql = sql
        self.places = tuple(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))

    def numbered(self) -> bytes:
        """The SQL as libpq reads it."""
        sql = self.sql
        for number, place in enumerate(self.places, start=1):
            sql = sql.replace(f"%({place})s", f"${number}")
        return sql.encode()

    def told(self, parameters: Mapping[str, str | int]) -> list[bytes]:
        return [str(parameters[place]).encode() for place in self.places]


Asked = tuple[Statement, Mapping[str, str | int]]

BEGIN = Statement("begin", "BEGIN"), dict[str, str | int]()
COMMIT = Statement("commit", "COMMIT"), dict[str, str | int]()


def together(
    connection: Connection, *asked: Asked, meanwhile: Callable[[], None] | None = None
) -> list[Row | None]:
    """The first row of each statement, if it has one. `meanwhile` is done while they run."""
    _prepare(connection, asked)
    try:
        rows, failed = _sent(connection.pgconn, asked, meanwhile)
    except BaseException:
        connection.close()  # nobody knows what is yet to come from it
        raise
    if failed:
        raise failed
    return rows


def _sent(
    pgconn: pq.abc.PGconn, asked: tuple[Asked, ...], meanwhile: Callable[[], None] | None
) -> tuple[list[Row | None], psycopg.Error | None]:
    pgconn.enter_pipeline_mode()
    for statement, parameters in asked:
        pgconn.send_query_prepared(statement.name, statement.told(parameters))
    pgconn.pipeline_sync()
    while pgconn.flush():
        _wait(pgconn, select.POLLIN | select.POLLOUT)
        pgconn.consume_input()
    if meanwhile:
        meanwhile()
    told = _results(pgconn)
    pgconn.exit_pipeline_mode()
    return told


def _prepare(connection: Connection, asked: tuple[Asked, ...]) -> None:
    known = _prepared.setdefault(connection, set())
    for statement, _parameters in asked:
        if statement.name not in known:
            result = connection.pgconn.prepare(statement.name, statement.numbered())
            if result.status in _FAILED:
                raise _error(result)
            known.add(statement.name)


def _results(pgconn: pq.abc.PGconn) -> tuple[list[Row | None], psycopg.Error | None]:
    """All results up to the end of the round trip, and the first fault among them."""
    rows: list[Row | None] = []
    failed: psycopg.Error | None = None
    while True:
        while pgconn.is_busy():
            _wait(pgconn, select.POLLIN)
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:  # between two statements
            if pgconn.status == pq.ConnStatus.BAD:
                raise psycopg.OperationalError("The connection was lost.")
        elif result.status == pq.ExecStatus.PIPELINE_SYNC:
            return rows, failed
        elif result.status in _FAILED:
            failed = failed or _error(result)
        else:
            rows.append(_row(result))


def _row(result: pq.abc.PGresult) -> Row | None:
    if not result.ntuples:
        return None
    return tuple(result.get_value(0, column) for column in range(result.nfields))


def _error(result: pq.abc.PGresult) -> psycopg.Error:
    """As psycopg tells it: by its SQLSTATE; without one the connection is gone."""
    message = result.error_message.decode(errors="replace")
    state = result.error_field(pq.DiagnosticField.SQLSTATE)
    return (
        psycopg.errors.lookup(state.decode())(message)
        if state
        else psycopg.OperationalError(message)
    )


def _wait(pgconn: pq.abc.PGconn, events: int) -> None:
    poll = select.poll()
    poll.register(pgconn.socket, events)
    poll.poll()
