"""`python -m tests.bench.table`: the chair's table with 400 provisions, 200 proposals, 500 changes.

Prints when the first content shows, how long the tasks of the page's one thread were while one
scrolls and walks (the browser's own PerformanceObserver), and what one step costs.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page, sync_playwright

from drafting.launch.processes import start
from drafting.launch.valkey import free_port
from tests.bench import long_draft
from tests.bench.__main__ import stack
from tests.browser.chromium import find
from tests.browser.server import wait

LOADS, STEPS = 7, 40
PROPOSALS, CHANGES = 200, 500
TABLE = "/drafts/lorne/dl-7/table/"

OBSERVE = """() => {
  window.told = [];
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.told.push(entry.duration);
  }).observe({type: 'longtask'});
}"""
# Frame by frame, as a finger does it: the document and the index, down and up again.
SCROLL = """() => new Promise(done => {
  const index = document.getElementById('index');
  let frame = 0;
  const turn = () => {
    const by = frame < 120 ? 160 : -160;
    scrollBy(0, by);
    index.scrollBy(0, by);
    frame += 1;
    if (frame < 240) requestAnimationFrame(turn);
    else done();
  };
  requestAnimationFrame(turn);
})"""
PAINT = """() => ({
  first: performance.getEntriesByType('navigation')[0].responseStart,
  paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
  load: performance.getEntriesByType('navigation')[0].loadEventEnd,
  bytes: performance.getEntriesByType('navigation')[0].decodedBodySize,
})"""


def lay(cast: Any) -> None:
    """The long draft as DL/7, negotiated, with what 200 proposals ask of it."""
    from drafting.services import drafts, store
    from tests.cast import SETUP

    adopted = long_draft.base()
    draft = drafts.make(cast.group, "DL/7", "", adopted.header, adopted.provisions, SETUP)
    store.write(draft, long_draft.negotiated(adopted).provisions, SETUP)
    ask(draft, adopted)


def ask(draft: Any, adopted: Any) -> None:
    """500 changes by 200 proposals: each provision is asked about by one or two of them."""
    from drafting.domain import text as texts
    from drafting.models import Contribution, Proposal, ProposedChange
    from drafting.services.imports import keep
    from tests.cast import SETUP

    chance = Random(66)
    rows = {p.key: p for p in draft.provisions.all()}
    items = [p for p in adopted.provisions if p.kind.value == "item"]
    proposals: list[Any] = []
    for number in range(PROPOSALS):
        paper = _paper(draft, keep(f"{number}.txt", b"a", "text/plain"))
        paper.save()
        contribution = Contribution(draft=draft, document=str(number), paper=paper)
        SETUP.create(contribution)
        code = f"KES/{number + 100}/1"
        made = Proposal(draft=draft, contribution=contribution, code=code)
        SETUP.create(made)
        proposals.append(made)
    for place in range(CHANGES):
        provision = items[place % len(items)]
        words = texts.plain(provision.options[0].text).split(" ")
        for _ in range(chance.randrange(1, 8)):
            words[chance.randrange(len(words) - 1)] = chance.choice(long_draft.WORDS)
        text = texts.text_of(" ".join(words), label=provision.options[0].text.label)
        SETUP.create(
            ProposedChange(
                proposal=proposals[place % PROPOSALS],
                key=f"c{place}",
                operation="MOD",
                target=rows[provision.key],
                content=texts.to_json(text),
            )
        )


def _paper(draft: Any, file: Any) -> Any:
    from drafting.models import PaperImport
    from drafting.models.intake import ImportKind

    return PaperImport(kind=ImportKind.CONTRIBUTION, group=draft.group, draft=draft, file=file)


def browse(folder: Path, session: str) -> None:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "drafting.asgi:application", "--port", str(port)]
    log = folder / "web.log"
    child = start("uvicorn", [*command, "--log-level", "warning"], env={**os.environ}, log=log)
    chromium = find()
    try:
        wait(child, port, log)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.path, args=list(chromium.switches), env=dict(chromium.env)
            )
            measure(browser, f"http://localhost:{port}", session)
            browser.close()
    finally:
        child.stop()


def measure(browser: Any, address: str, session: str) -> None:
    told = []
    for _ in range(LOADS):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        page.goto(address + TABLE, wait_until="load")
        page.evaluate(PAINTED)
        told.append(page.evaluate(PAINT))
        if len(told) < LOADS:
            context.close()
    print(f"{page.locator('#contested li').count()} provisions in the index")
    print(f"{'the very first paint after a start':<44} {told[0]['paint']:8.0f} ms")
    for name, key in (("first byte", "first"), ("first content", "paint"), ("loaded", "load")):
        row([one[key] for one in told], name, "aim: under 1000" if key == "paint" else "")
    print(f"{'page':<44} {told[-1]['bytes']:8d} bytes")
    used(page)
    context.close()


def used(page: Page) -> None:
    """Scrolling, and walking from one provision to the next."""
    page.wait_for_timeout(1500)
    page.evaluate(OBSERVE)
    page.evaluate(SCROLL)
    page.wait_for_timeout(200)
    long = page.evaluate("window.told.splice(0)")
    print(
        f"{'long tasks while scrolling':<44} {len(long):8d}, the longest"
        f" {max(long, default=0):.0f} ms  (aim: none over 100)"
    )
    steps = [step(page) for _ in range(STEPS)]
    row(steps, "a step to the next provision", "key to paint")
    long = page.evaluate("window.told.splice(0)")
    most = max(long, default=0)
    print(f"{'long tasks while walking':<44} {len(long):8d}, the longest {most:.0f} ms")


# Polling for it would be evaluating a string, which the pages' content policy forbids.
PAINTED = """() => new Promise(done => new PerformanceObserver(seen => {
  if (seen.getEntriesByName('first-contentful-paint').length) done();
}).observe({type: 'paint', buffered: true}))"""
STEP = """() => new Promise(done => {
  const from = performance.now();
  document.addEventListener('drafting:case', () => {
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - from), 0));
  }, {once: true});
  document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}));
})"""


def step(page: Page) -> float:
    took = float(page.evaluate(STEP))
    page.wait_for_timeout(120)
    return took


def row(figures: list[float], name: str, remark: str) -> None:
    least, middle, most = min(figures), statistics.median(figures), max(figures)
    print(f"{name:<44} {least:8.0f} {middle:8.0f} {most:8.0f} ms  {remark}", flush=True)


def main() -> int:
    with stack(), tempfile.TemporaryDirectory() as folder:
        from tests.bench.pages import session_of
        from tests.cast import make_cast

        cast = make_cast()
        lay(cast)
        browse(Path(folder), session_of(cast.users["chair"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
