"""Where a process visits the database for its sockets: a few threads, never the loop.

The heart has a thread of its own: five hundred pages that come at once must not keep it from asking
whether everybody may still be here, or all would be closed for its silence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import connections

P = ParamSpec("P")
T = TypeVar("T")

_READERS = ThreadPoolExecutor(3, thread_name_prefix="reader")
_HEART = ThreadPoolExecutor(1, thread_name_prefix="heart")


async def in_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `call` returns or raises; its connection goes back to the pool afterwards."""
    return await _visit(_READERS, call, *args, **kwargs)


async def in_heart(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same, on the thread that is the heart's alone."""
    return await _visit(_HEART, call, *args, **kwargs)


async def _visit(
    threads: ThreadPoolExecutor, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    def visit() -> T:
        try:
            return call(*args, **kwargs)
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(threads, visit)
