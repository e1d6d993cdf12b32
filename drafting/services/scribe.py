"""Brings batches to the database: what waits for one draft goes into one transaction.

Rules:

- A draft is written by one thread at a time, so its batches keep their order; different drafts do
  not wait for each other, as long as there are threads.
- While a transaction runs, what comes for the same draft waits and shares the next one. Nobody
  waits for company: with nothing before it, a batch goes alone and at once.
- Who sends much at once does not fill a transaction: of one person so many steps go into it, and
  the rest after what others sent meanwhile.
- The queue is bounded. Whoever finds it full is declined as busy, at once.
- A connection that broke is replaced and the transaction tried once more: what had been committed
  without our knowing is found again by `(client, mid)`. If that fails too, the answer is busy, and
  the client sends the same again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from typing import Any

import psycopg
from django.db import connections
from django.utils.translation import gettext as _

from drafting.services import writing
from drafting.services.writing import Answer, Declined, Request

log = logging.getLogger(__name__)

THREADS = 4
WAITING_MAX = 256  # batches of one draft
TOGETHER_MAX = 64  # batches in one transaction
STEPS_MAX = 200  # of one person in one transaction, and what the last batch has beyond it
REST_SECONDS = 10.0  # after which a connection is given back

_OURS = ("dbname", "user", "password", "host", "port", "options", "sslmode", "application_name")
# The few statements of an edit seek rows by key. They are planned once, since planning them costs
# more than they do; and never by reading a table through, which a plan that was made while the log
# was short would go on doing when it is long.
_PLANS = " ".join(
    f"-c {setting}"
    for setting in (
        "plan_cache_mode=force_generic_plan",
        "jit=off",
        "enable_seqscan=off",
        "enable_hashjoin=off",
        "enable_mergejoin=off",
    )
)

Waiting = tuple[Request, "Future[Answer]"]


class Scribe:
    """Threads with a connection each, and the batches that wait."""

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="scribe")
        self._lock = threading.Lock()
        self._waiting: dict[int, deque[Waiting]] = {}
        self._desks = [Desk() for _ in range(threads)]

    def take(self, request: Request) -> Future[Answer]:
        """Queues a batch; the answer comes when it is on disk, or declined."""
        writer, batch = request
        answer: Future[Answer] = Future()
        draft = writer.seat.draft
        with self._lock:
            queue = self._waiting.get(draft)
            if queue is None:
                self._waiting[draft] = deque([(request, answer)])
                self._pool.submit(self._write, draft)
            elif len(queue) < WAITING_MAX:
                queue.append((request, answer))
            else:
                answer.set_result(_busy(batch.mid))
        return answer

    def close(self) -> None:
        """Finishes what waits and gives the connections back."""
        self._pool.shutdown(wait=True)
        for desk in self._desks:
            desk.close()

    def rest(self, seconds: float = REST_SECONDS) -> None:
        """Gives back the connections that nobody has used for so long."""
        with self._lock:
            for desk in self._desks:
                desk.close_if_rested(seconds)

    def _write(self, draft: int) -> None:
        """Writes what waits for a draft until nothing does."""
        with self._lock:
            desk = self._desks.pop(0) if self._desks else Desk()
        try:
            while together := self._next(draft):
                requests = [request for request, _answer in together]
                settle = partial(_settle, together)
                settle(desk.write(draft, requests, settle))
        finally:
            with self._lock:
                self._desks.insert(0, desk)

    def _next(self, draft: int) -> list[Waiting]:
        with self._lock:
            queue = self._waiting[draft]
            if not queue:
                del self._waiting[draft]
                return []
            together, later = _shared(queue)
            self._waiting[draft] = later
            return together


def _shared(queue: deque[Waiting]) -> tuple[list[Waiting], deque[Waiting]]:
    """What goes into the next transaction, and what stays; each person's batches in their order."""
    together: list[Waiting] = []
    later: deque[Waiting] = deque()
    steps: Counter[int] = Counter()
    for waiting in queue:
        (writer, batch), _answer = waiting
        if len(together) < TOGETHER_MAX and steps[writer.seat.user] < STEPS_MAX:
            steps[writer.seat.user] += len(batch.items)
            together.append(waiting)
        else:
            steps[writer.seat.user] = STEPS_MAX
            later.append(waiting)
    return together, later


@cache
def scribe() -> Scribe:
    """This process's own."""
    return Scribe()


class Desk:
    """One connection, made when it is needed. Used by one thread at a time."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]] | None = None) -> None:
        self._connect = connect or open_connection
        self._connection: psycopg.Connection[Any] | None = None
        self._used = 0.0

    def write(
        self,
        draft: int,
        requests: list[Request],
        acknowledge: Callable[[list[Answer]], None] = lambda answers: None,
    ) -> list[Answer]:
        """The answers to the requests; busy for all where the database is away.

        Where one of several meets a fault of ours, each goes alone: none fails for another's sake.
        """
        for attempt in (1, 2):
            try:
                self._used = time.monotonic()
                return writing.commit(self._ready(), draft, requests, acknowledge)
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                log.warning("A connection for writing broke (%d): %s", attempt, error)
                self.close()
            except Exception:
                log.exception("Nothing could be written in draft %d", draft)
                self.close()
                if len(requests) > 1:
                    return [self.write(draft, [one])[0] for one in requests]
                break
        return [_busy(batch.mid) for _writer, batch in requests]

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close_if_rested(self, seconds: float) -> None:
        if time.monotonic() - self._used >= seconds:
            self.close()

    def _ready(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = self._connect()
        return self._connection


def open_connection() -> psycopg.Connection[Any]:
    """A connection to the application's database beside Django's own."""
    params = connections["default"].get_connection_params()
    told = {name: params[name] for name in _OURS if params.get(name)}
    told["options"] = f"{told.get('options', '')} {_PLANS}"
    # `services.roundtrip` prepares by itself; where psycopg does, it forgets all with a rollback.
    return psycopg.connect(**told, prepare_threshold=None)


def _settle(together: list[Waiting], answers: list[Answer]) -> None:
    """Gives the answers to those who wait for one yet."""
    for (_request, future), answer in zip(together, answers, strict=True):
        if not future.done() and future.set_running_or_notify_cancel():
            future.set_result(answer)


def _busy(mid: int) -> Declined:
    return Declined(
        mid, "busy", _("The server is too busy to take this just now; it will be sent again.")
    )
