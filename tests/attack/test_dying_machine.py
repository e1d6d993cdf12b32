"""A broker that is away, or takes a connection and says nothing; a row that somebody holds."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic

import pytest
from celery import current_app
from django.db import connection, transaction
from django.test import Client

from drafting import wake
from drafting.models import Draft
from tests.cast import Cast, make_cast


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Celery's broker is set anew after the test."""
    monkeypatch.setattr(wake, "_quiet_until", 0.0)
    monkeypatch.setattr(wake, "QUIET_S", 600.0)  # however busy the machine is
    kept = current_app.conf.broker_url
    yield
    current_app.conf.update(broker_url=kept, broker_write_url=kept)


def point_at(port: int) -> None:
    url = f"redis://127.0.0.1:{port}/0"
    current_app.conf.update(broker_url=url, broker_write_url=url)


def knock(times: int) -> None:
    for number in range(times):
        wake.send(wake.RENDER_PAPER, number)


def callers(listening: socket.socket) -> int:
    """How many have come to it so far."""
    listening.setblocking(False)
    came = 0
    with suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            came += 1
    return came


def test_fifteen_knocks_at_a_broker_that_is_away_keep_nobody_waiting(broker: None) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        point_at(closed.getsockname()[1])
        knock(15)
        assert wake._quiet_until > monotonic()


def test_a_broker_that_says_nothing_keeps_nobody_waiting(broker: None) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        point_at(silent.getsockname()[1])
        knock(1)
        waited_for = callers(silent)
        assert waited_for > 0
        knock(14)
        assert callers(silent) == 0


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_somebody_else_is_writing_is_told_in_one_sentence() -> None:
    cast = make_cast()
    client = Client(raise_request_exception=True)
    client.force_login(cast.users["sam"])
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    held, done = threading.Event(), threading.Event()
    writer = threading.Thread(target=hold, args=(cast, held, done))
    writer.start()
    try:
        assert held.wait(5)
        answer = client.post("/drafts/lorne/dl-1/revisions/issue/", follow=True)
    finally:
        done.set()
        writer.join()
        connection.close()
    assert answer.status_code == 200
    assert "Somebody else is writing" in answer.content.decode()
    assert not cast.draft.revisions.exists()


def hold(cast: Cast, held: threading.Event, done: threading.Event) -> None:
    """Keeps the draft's row locked, as a long placing does."""
    with transaction.atomic():
        Draft.objects.select_for_update().get(pk=cast.draft.pk)
        held.set()
        done.wait(10)
    connection.close()
