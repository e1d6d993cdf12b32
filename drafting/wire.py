"""Posts to Valkey what happened to a draft, from any process, and never waits for it.

Rules:

- One channel a draft. A post is `<seq> <frame>`: the place in the draft's log (0 for what has none)
  and the frame that goes to the browsers as it is.
- Whoever posts has committed already. A broker that is away, slow or full of other things loses
  posts, never an edit: those who watch catch up from the log.
- A process that also listens hears its own posts at once (`listen`), without the detour; what then
  comes back from Valkey is a double and dropped by its `seq`.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections import deque
from collections.abc import Callable

import redis
from django.conf import settings

log = logging.getLogger(__name__)

PREFIX = "drafting:draft:"
WAITING_MAX = 10_000  # posts; beyond it the broker is too slow to matter
PATIENCE = 1.0  # seconds for a broker that does not answer

Listener = Callable[[int, int, bytes], None]


def channel_of(draft_id: int) -> str:
    return f"{PREFIX}{draft_id}"


def read(message: bytes) -> tuple[int, bytes]:
    """The seq and the frame of a post. Raises ValueError for what nobody here posted."""
    seq, _space, frame = message.partition(b" ")
    return int(seq), frame


class Poster:
    """One thread that sends what waits, many posts in one round trip."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._waiting: deque[tuple[str, bytes]] = deque(maxlen=WAITING_MAX)
        self._wanted = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._client: redis.Redis | None = None
        threading.Thread(target=self._run, name="wire", daemon=True).start()

    def post(self, channel: str, message: bytes) -> None:
        self._idle.clear()
        self._waiting.append((channel, message))
        self._wanted.set()

    def flush(self, seconds: float = PATIENCE) -> bool:
        """Waits until everything was sent or given up; whether that came about in time."""
        return self._idle.wait(seconds)

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if batch:
                self._send(batch)
            if not self._waiting:
                self._idle.set()

    def _send(self, batch: list[tuple[str, bytes]]) -> None:
        try:
            pipe = self._connected().pipeline(transaction=False)
            for channel, message in batch:
                pipe.publish(channel, message)
            pipe.execute()
        except (redis.RedisError, OSError) as error:
            log.warning("%d posts were lost on the way to Valkey: %s", len(batch), error)

    def _connected(self) -> redis.Redis:
        if self._client is None:
            self._client = redis.Redis.from_url(
                self._url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
            )
        return self._client


_poster: tuple[int, Poster] | None = None
_lock = threading.Lock()
_listeners: list[Listener] = []


def poster() -> Poster:
    """This process's own; a fork makes itself another."""
    global _poster
    if _poster is None or _poster[0] != os.getpid():
        with _lock:
            if _poster is None or _poster[0] != os.getpid():
                _poster = (os.getpid(), Poster(settings.REDIS_URL))
                atexit.register(_poster[1].flush)
    return _poster[1]


def post(draft_id: int, seq: int, frame: bytes) -> None:
    """Tells everybody who watches the draft, here and in every other process."""
    for listener in tuple(_listeners):
        listener(draft_id, seq, frame)
    poster().post(channel_of(draft_id), b"%d %b" % (seq, frame))


def listen(listener: Listener) -> Callable[[], None]:
    """Hears this process's own posts, on whatever thread posts; the answer ends it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)
