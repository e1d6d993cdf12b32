"""What every answer carries, and what is refused before anything reads it."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from drafting.limits import BodyLimit


@pytest.mark.django_db
def test_health_tells_of_database_and_broker(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "broker": True}


@pytest.mark.django_db
def test_a_lost_broker_does_not_take_the_server_away(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "broker": False}


@pytest.mark.django_db
def test_every_page_forbids_inline_scripts_and_foreign_sources(client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_the_admin_lives_with_the_same_policy(admin_client: Client) -> None:
    page = admin_client.get("/admin/")
    assert "Content-Security-Policy" in page.headers
    assert "<script>" not in page.content.decode()


def test_database_connections_give_up_in_time() -> None:
    options = settings.DATABASES["default"]["OPTIONS"]["options"]
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert f"-c {name}=" in options
        assert f"-c {name}=0" not in options


def test_tasks_come_as_json_and_survive_their_worker() -> None:
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1


# --- Bodies -------------------------------------------------------------------------------


async def send_body(chunks: list[bytes], *, declared: int | None) -> tuple[int, int]:
    """Sends a body through a limit of ten bytes. Returns the status and the bytes let through."""
    reached = 0
    statuses: list[int] = []
    waiting = [
        {"type": "http.request", "body": chunk, "more_body": number < len(chunks) - 1}
        for number, chunk in enumerate(chunks)
    ]

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        nonlocal reached
        more = True
        while more:
            message = await receive()
            reached += len(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = [] if declared is None else [(b"content-length", str(declared).encode())]
    scope: Any = {"type": "http", "headers": headers}
    await BodyLimit(reading, max_bytes=10)(scope, receive, send)
    return statuses[0], reached


async def test_a_body_within_the_limit_passes_whole() -> None:
    assert await send_body([b"12345", b"67890"], declared=10) == (200, 10)


async def test_a_body_declared_too_large_is_refused_unread() -> None:
    assert await send_body([b"x" * 11], declared=11) == (413, 0)


async def test_a_body_of_undeclared_length_is_cut_off_at_the_limit() -> None:
    assert await send_body([b"x" * 8, b"x" * 8, b"x" * 8], declared=None) == (413, 8)


async def test_a_body_that_lies_about_its_length_is_cut_off_too() -> None:
    assert await send_body([b"x" * 8, b"x" * 8], declared=3) == (413, 8)
