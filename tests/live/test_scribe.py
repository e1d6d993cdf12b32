"""Batches share transactions, keep their order, and survive a connection that breaks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future

import psycopg
import pytest
from django.db import connection

from drafting.models import Event, Option
from drafting.services import scribe as module
from drafting.services.scribe import Scribe, open_connection
from drafting.services.writing import Accepted, Answer, Declined, Writer
from tests.cast import Cast, make_cast
from tests.live.desk import batch, insert, replayed, words_of, writer

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def scribe() -> Iterator[Scribe]:
    found = Scribe(2)
    yield found
    found.close()


class Held:
    """The draft's row, locked by somebody else for a while."""

    def __init__(self, cast: Cast) -> None:
        self._connection = open_connection()
        self._connection.execute(
            "SELECT 1 FROM drafting_draft WHERE id = %s FOR NO KEY UPDATE", [cast.draft.pk]
        )

    def let_go(self) -> None:
        self._connection.rollback()
        self._connection.close()


def all_of(answers: list[Future[Answer]]) -> list[Answer]:
    return [answer.result(PATIENCE) for answer in answers]


def test_what_waits_together_shares_a_transaction_and_keeps_its_order(
    cast: Cast, scribe: Scribe
) -> None:
    chair, held = writer(cast, "chair"), Held(cast)
    sent = [scribe.take((chair, batch(4, 0, insert(f"{n}")))) for n in range(10)]
    held.let_go()
    seqs = [answer.seq for answer in all_of(sent) if isinstance(answer, Accepted)]
    assert seqs == list(range(2, 12))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM drafting_event WHERE seq > 1")
        assert cursor.fetchone()[0] <= 2


def test_a_draft_that_is_held_keeps_nobody_waiting_in_another(cast: Cast, scribe: Scribe) -> None:
    from drafting.models import Draft
    from drafting.services import drafts
    from tests.cast import SETUP, small_draft

    text = small_draft()
    other = drafts.make(cast.group, "DL/2", "Fees", text.header, text.provisions, SETUP)
    chair = writer(cast, "chair")
    there = Writer(type(chair.seat)(chair.seat.session, chair.seat.user, other.pk), chair.client)
    held = Held(cast)
    waits = scribe.take((chair, batch(4, 0, insert("a"))))
    goes = scribe.take((there, batch(4, 0, insert("b"))))
    assert isinstance(goes.result(PATIENCE), Accepted)
    assert not waits.done()
    held.let_go()
    assert isinstance(waits.result(PATIENCE), Accepted)
    assert Draft.objects.get(pk=other.pk).seq == 2


def test_a_full_queue_declines_at_once(
    cast: Cast, scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAITING_MAX", 3)
    chair, held = writer(cast, "chair"), Held(cast)
    sent = [scribe.take((chair, batch(4, 0, insert("x")))) for _ in range(12)]
    busy = [s for s in sent if s.done()]
    held.let_go()
    assert len(busy) >= 4
    assert {answer.code for answer in all_of(busy) if isinstance(answer, Declined)} == {"busy"}
    assert sum(isinstance(answer, Accepted) for answer in all_of(sent)) == 12 - len(busy)


def test_a_connection_that_broke_is_replaced_and_nothing_is_doubled(
    cast: Cast, scribe: Scribe
) -> None:
    chair = writer(cast, "chair")
    assert isinstance(scribe.take((chair, batch(4, 0, insert("a")))).result(PATIENCE), Accepted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND query LIKE '%%COMMIT%%'"
        )
    assert isinstance(scribe.take((chair, batch(4, 1, insert("b")))).result(PATIENCE), Accepted)
    assert words_of(cast, 4) == "bato count the lamps;"


def test_two_processes_that_write_one_option_at_once_lose_and_double_nothing(cast: Cast) -> None:
    content = Option.objects.get(draft=cast.draft, number=4).content
    people = [writer(cast, name) for name in ("chair", "sam", "chair", "sam")]
    journal: list[str] = []
    scribes = [Scribe(1), Scribe(1)]

    def type_(number: int) -> None:
        for n in range(25):
            token = f"<{number}:{n:02}>"
            taken = scribes[number % 2].take((people[number], batch(4, 0, insert(token))))
            if isinstance(taken.result(PATIENCE), Accepted):
                journal.append(token)

    threads = [threading.Thread(target=type_, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in scribes:
        each.close()
    words = words_of(cast, 4)
    assert len(journal) == 100
    assert [words.count(token) for token in journal] == [1] * 100
    seqs = list(Event.objects.filter(draft=cast.draft).values_list("seq", flat=True))
    assert seqs == list(range(1, 102))
    assert replayed(cast, 4, content) == Option.objects.get(draft=cast.draft, number=4).content


def plans(cast: Cast) -> list[str]:
    """How PostgreSQL does the reading statements of an edit, carried out."""
    from drafting.services import standings
    from drafting.services.writing import rows

    chair, sent = writer(cast, "chair"), batch(4, 0, insert("x"))
    asked = rows._asked(cast.draft.pk, [chair.seat], [(chair, sent)])
    link: psycopg.Connection[tuple[str]] = open_connection()
    try:
        plan = link.execute(f"EXPLAIN ANALYZE {rows.READ_NAMES.sql}", asked).fetchall()
        told = standings.parameters([chair.seat])
        standing = link.execute(f"EXPLAIN ANALYZE {standings.QUERY}", told).fetchall()
        return [row[0] for row in (*plan, *standing)]
    finally:
        link.close()


def test_the_statements_of_an_edit_read_no_table_through(cast: Cast) -> None:
    """A plan made while the log is short must do when it is long."""
    assert not [line for line in plans(cast) if "Seq Scan" in line]


def test_the_statements_of_an_edit_do_not_read_hundreds_of_rows_in_vain(cast: Cast) -> None:
    """Neither the draft's other options and events nor the group's other members."""
    known = Option.objects.get(draft=cast.draft, number=4)
    Option.objects.bulk_create(
        Option(draft=cast.draft, provision=known.provision, number=n, content=known.content)
        for n in range(1000, 1300)
    )
    Event.objects.bulk_create(
        Event(draft=cast.draft, seq=n, kind="text", option=n, version=1) for n in range(1000, 1300)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself, once there is something to count
    removed = [int(line.split()[-1]) for line in plans(cast) if "Rows Removed" in line]
    assert max(removed, default=0) < 20  # of tables that have no more
