"""Wakes a worker for a piece of work. Only a knock: the table is the truth, and a sweep finds
whatever a lost knock left waiting."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

READ_PAPER = "drafting.read_paper"
RENDER_PAPER = "drafting.render_paper"
SWEEP = "drafting.sweep"


def wake(task: str, *arguments: int) -> None:
    """Sends the task's message once the running transaction has committed."""
    transaction.on_commit(lambda: send(task, *arguments))


def send(task: str, *arguments: int) -> None:
    """Sends the task's message now; a broker that is away costs time, never the work."""
    try:
        current_app.send_task(task, args=arguments, retry=False)
    except OperationalError as error:
        log.warning("The broker is away, the sweep will find %s %s: %s", task, arguments, error)
