"""The figures of the rounds of a point, as lines of the table and as what came of the aims."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.bench.live.running import Point
from tests.bench.live.serving import Told

HEAD = (
    "| sockets, writers, edits/s | which | ack p50 | p95 | p99 | max | delivery p50 | p95 | p99 "
    "| max | delivered | alike | CPU s/1,000 | client CPU s | MiB |"
)
SHARES = ("p50", "p95", "p99", "max")


def middle(rounds: list[Told], *path: str) -> float:
    """The median over the rounds of one figure."""

    def at(told: Told | float) -> float:
        for name in path:
            told = told.get(name, float("nan")) if isinstance(told, dict) else told
        assert not isinstance(told, dict)
        return float(told)

    return statistics.median(at(told) for told in rounds)


def per_thousand(rounds: list[Told], *kinds: str) -> float:
    """CPU seconds for a thousand deliveries: of the web server, or of all that is named."""
    spent = [sum(told[kind] for kind in kinds or ("cpu",)) for told in rounds]
    pairs = zip(spent, rounds, strict=True)
    return statistics.median(1000 * cpu / max(1, told["deliveries"]) for cpu, told in pairs)


def line(point: Point, which: str, rounds: list[Told]) -> str:
    figures = [middle(rounds, kind, p) for kind in ("ack", "delivery") for p in SHARES]
    delivered = sum(t["deliveries"] for t in rounds), sum(t["wanted"] for t in rounds)
    cells = [", ".join(f"{part:g}" for part in point), which]
    cells += [f"{figure:.1f}" for figure in figures]
    cells += [f"{delivered[0]} of {delivered[1]}", "yes" if all(map(alike, rounds)) else "NO"]
    cells.append(f"{per_thousand(rounds):.4f}")
    cells += [f"{middle(rounds, 'client_cpu'):.1f}", f"{middle(rounds, 'rss'):.0f}"]
    return "| " + " | ".join(cells) + " |"


def alike(told: Told) -> bool:
    return bool(told["alike"]) and not told["faults"]


def whole(rounds: list[Told]) -> bool:
    return all(t["deliveries"] == t["wanted"] and alike(t) for t in rounds)


def verdicts(told: dict[str, list[Told]]) -> Iterator[str]:
    """Each aim, with what was measured: nothing is rounded in our favour."""
    real, floor, *_ = told.values()
    bare = {p: middle(real, "bare", p) for p in ("p50", "p95")}
    yield f"bare commit: p50 {bare['p50']} ms, p95 {bare['p95']} ms"
    times = middle(real, "delivery", "p95") / middle(floor, "delivery", "p95")
    above = [middle(real, "ack", p) - bare[p] for p in ("p50", "p95")]
    yield f"delivered = offered, all alike, in order: {'yes' if whole(real) else 'NO'}"
    yield f"delivery p95 {times:.1f} times the floor's (aim: 3)"
    yield f"ack p50 {above[0]:.1f} ms above a bare commit's (aim: 4), p95 {above[1]:.1f} (aim: 20)"
    yield f"CPU {per_thousand(real) / per_thousand(floor):.1f} times the floor's (aim: 2.5)"
    held = sum(told["held"] for told in real)
    if held:
        yield f"held by an unanswered edit before: {held} of {sum(t['offered'] for t in real)}"
    for other in list(told)[2:]:
        yield f"times {other}'s: {beside(real, told[other])}"
    for name, rounds in told.items():
        yield from (f"{name}, faults: {one['faults']}" for one in rounds if one["faults"])


def beside(real: list[Told], other: list[Told]) -> str:
    """What was measured, in times of another's; "CPU of all" is with PostgreSQL and Valkey."""
    ways = [(kind, p) for kind in ("delivery", "ack") for p in SHARES]
    ratios = [(" ".join(way), middle(real, *way) / middle(other, *way)) for way in ways]
    # The bare commits cost PostgreSQL the same beside either.
    whole_cost = per_thousand(real, "cpu", "stored") - per_thousand(other, "stored")
    ratios += [("CPU", per_thousand(real) / per_thousand(other))]
    ratios += [("CPU of all", whole_cost / per_thousand(other))]
    return ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios)
