"""Wakes a worker for a piece of work. Only a knock: the table is the truth, and a sweep finds
whatever a lost knock left waiting.

A broker that is away must not keep a person waiting: one knock is tried, for a second at most, and
the others of the same moment are left to the sweep.
"""

from __future__ import annotations

import logging
from time import monotonic

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

READ_PAPER = "drafting.read_paper"
RENDER_PAPER = "drafting.render_paper"
SWEEP = "drafting.sweep"

PATIENCE_S = 1.0  # for the broker to take a connection, or a message
QUIET_S = 2.0  # without a knock, after one that nobody heard
# Celery's own options try again for six seconds, at each message.
AT_ONCE = {"max_retries": 0, "socket_connect_timeout": PATIENCE_S, "socket_timeout": PATIENCE_S}
_quiet_until = 0.0


def wake(task: str, *arguments: int) -> None:
    """Sends the task's message once the running transaction has committed."""
    transaction.on_commit(lambda: send(task, *arguments))


def send(task: str, *arguments: int) -> None:
    """Sends the task's message now; a broker that is away costs time, never the work."""
    global _quiet_until
    if monotonic() < _quiet_until:
        return
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | AT_ONCE
    try:
        with current_app.connection_for_write(
            connect_timeout=PATIENCE_S, transport_options=options
        ) as broker:
            current_app.send_task(task, args=arguments, connection=broker, retry=False)
    except OperationalError as error:
        _quiet_until = monotonic() + QUIET_S
        log.warning("The broker is away, the sweep will find %s %s: %s", task, arguments, error)
