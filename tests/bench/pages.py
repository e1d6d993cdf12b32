"""The whole import as a command does it, and the reading room of 400 provisions in a browser."""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from drafting.launch.processes import start
from drafting.launch.valkey import free_port
from tests.bench import long_draft
from tests.bench.measure import measure
from tests.browser.chromium import find
from tests.browser.server import wait

if TYPE_CHECKING:
    from accounts.models import User

LOADS = 7


def bench_pages(folder: Path) -> None:
    """Prints the figures; needs the stack and the papers of `tests.bench`."""
    from drafting.selectors.values import draft_value
    from drafting.services import drafts, store
    from tests.cast import SETUP, make_cast

    cast = make_cast()
    adopted = long_draft.base()
    draft = drafts.make(cast.group, "DL/7", "", adopted.header, adopted.provisions, SETUP)
    numbers = iter(range(8, 1000))

    def import_base() -> None:
        from drafting.models.intake import ImportKind
        from drafting.permissions import Actor
        from drafting.services import imports

        upload = imports.Upload("base.docx", (folder / "base.docx").read_bytes())
        machine = Actor.system("bench")
        paper = imports.bring_in(
            machine,
            cast.group,
            ImportKind.BASE,
            upload,
            symbol=f"DL/{next(numbers)}{os.getpid()}",
            knock=False,
        )
        imports.read(paper.pk)
        imports.place(machine, paper.pk, accept_defaults=True)

    measure("import base, file to rows", import_base)
    measure(
        "store the negotiated draft",
        lambda: store.write(draft, long_draft.negotiated(adopted).provisions, SETUP),
        runs=1,
    )
    measure("rows to values", lambda: draft_value(draft))
    _browse(folder, session_of(cast.users["chair"]))


def session_of(user: User) -> str:
    """The key of a session in which this person has signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key


def _browse(folder: Path, session_key: str) -> None:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "drafting.asgi:application", "--port", str(port)]
    log = folder / "web.log"
    child = start("uvicorn", [*command, "--log-level", "warning"], env={**os.environ}, log=log)
    try:
        wait(child, port, log)
        _loads(f"http://localhost:{port}", session_key, child.process.pid)
    finally:
        child.stop()


PAINT = """() => new Promise(resolve => {
  const told = () => performance.getEntriesByName('first-contentful-paint')[0];
  const wait = () => told() ? resolve({
    paint: told().startTime,
    first: performance.getEntriesByType('navigation')[0].responseStart,
    load: performance.getEntriesByType('navigation')[0].loadEventEnd,
    bytes: performance.getEntriesByType('navigation')[0].transferSize,
  }) : setTimeout(wait, 20);
  addEventListener('load', () => setTimeout(wait, 50));
  if (document.readyState === 'complete') wait();
})"""


def _loads(address: str, session_key: str, pid: int) -> None:
    chromium = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.path,
            args=list(chromium.switches),
            env=dict(chromium.env),
        )
        told = []
        for _ in range(LOADS):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": session_key, "url": address}])
            page = context.new_page()
            page.goto(f"{address}/drafts/lorne/dl-7/", wait_until="load")
            assert page.locator("article").count() > 300, page.title()
            told.append(page.evaluate(PAINT))
            context.close()
        browser.close()
    first = told[0]["paint"] / 1000
    print(f"{'reading room, 400: the very first':<34} {'':8} {first:8.3f}")
    for name, key in (("first byte", "first"), ("first paint", "paint"), ("loaded", "load")):
        seconds = sorted(entry[key] / 1000 for entry in told)
        middle = statistics.median(seconds)
        remark = "aim: under 1 s, fresh browser each time" if key == "paint" else ""
        print(
            f"{'reading room, 400: ' + name:<34} {seconds[0]:8.3f} {middle:8.3f} {seconds[-1]:8.3f}"
            f" {'':15} {'':>9}  {remark}"
        )
    memory = Path(f"/proc/{pid}/status")
    if memory.exists():
        peak = next(x for x in memory.read_text().splitlines() if x.startswith("VmHWM"))
        print(f"{'web process, peak':<34} {peak.split()[1]} kB; page {told[0]['bytes']} bytes")
