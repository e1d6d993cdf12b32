"""How far a long run is, told line by line in the answer to the request that began it.

Each line is a JSON object: `{"percent", "doing"}` while it goes on, then `{"go": address}` or
`{"refused": sentence}`. The run is one transaction: it goes on to its end, and holds, also if the
page that waits is closed meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.utils.translation import gettext as _

from drafting.services.consolidating import Progress
from drafting.services.refusals import Refused

LINES = "application/x-ndjson"

log = logging.getLogger(__name__)

Work = Callable[[Progress], Any]


async def lines(work: Work, goes: str) -> AsyncIterator[bytes]:
    """Does the work in a thread and tells of it; `goes` is where the page goes afterwards."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def progress(percent: int, doing: str) -> None:
        loop.call_soon_threadsafe(told.put_nowait, {"percent": percent, "doing": doing})

    def run() -> None:
        try:
            answer = _answer(work, progress, goes)
            loop.call_soon_threadsafe(told.put_nowait, answer)
        finally:
            loop.call_soon_threadsafe(told.put_nowait, None)

    running = asyncio.ensure_future(sync_to_async(run)())
    while (line := await told.get()) is not None:
        yield json.dumps(line).encode() + b"\n"
    await running


def _answer(work: Work, progress: Progress, goes: str) -> dict[str, Any]:
    try:
        work(progress)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except Exception:  # The answer has begun: no error page can follow any more.
        log.exception("A run that was being told of failed")
        return {"refused": _("Something went wrong on our side; the log tells what.")}
    return {"go": goes}
