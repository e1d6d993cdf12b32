"""Measures the engine on a text of 300 words: `python -m tests.bench.engine`.

Two texts: plain words, and words with sixty runs of which every other is a pending change.
"""

from __future__ import annotations

from collections.abc import Callable
from timeit import repeat

from drafting.domain.text import text_of, to_json
from drafting.steps import Item, Json, checksum, settle, submit
from drafting.steps.schema import load

PLAIN = to_json(text_of(" ".join(["negotiate"] * 300)))
STEP: Json = {
    "stepType": "replace",
    "from": 50,
    "to": 50,
    "slice": {"content": [{"type": "text", "text": "x"}]},
}
ONE = [Item("k1", STEP)]
TIMES, ROUNDS = 200, 7


def pending(paragraphs: int = 5) -> Json:
    """About 300 words in sixty runs."""
    return {"type": "doc", "content": [_paragraph(number) for number in range(paragraphs)]}


def _paragraph(number: int) -> Json:
    runs: list[Json] = []
    for place in range(6):
        attrs = {"id": f"c{number}{place}", "source": "ARB/79A2/13"}
        marks = [{"type": "insertion", "attrs": attrs}]
        runs += [
            {"type": "text", "text": "nine words of the text stand here and stay "},
            {"type": "text", "text": "asked", "marks": marks},
        ]
    return {"type": "paragraph", "attrs": {"label": None, "level": 1}, "content": runs}


def row(name: str, plain: Callable[[], object], marked: Callable[[], object]) -> None:
    """Prints the best round of each, in microseconds a call."""
    best = (min(repeat(call, number=TIMES, repeat=ROUNDS)) / TIMES for call in (plain, marked))
    print(f"{name:<28}" + "".join(f"{seconds * 1e6:10.0f}" for seconds in best), flush=True)


def main() -> None:
    print(f"{'microseconds':<28}{'plain':>10}{'60 runs':>10}")
    marked = pending()
    row("load", lambda: load(PLAIN), lambda: load(marked))
    row("submit, nothing missed", lambda: submit(PLAIN, [], ONE), lambda: submit(marked, [], ONE))
    for missed in (10, 100):
        late = [STEP] * missed
        row(
            f"submit, {missed} missed",
            lambda late=late: submit(PLAIN, late, ONE),  # type: ignore[misc]
            lambda late=late: submit(marked, late, ONE),  # type: ignore[misc]
        )
    row("sum", lambda: checksum(PLAIN), lambda: checksum(marked))
    row("accept all", lambda: settle(PLAIN, accept=True), lambda: settle(marked, accept=True))


if __name__ == "__main__":
    main()
