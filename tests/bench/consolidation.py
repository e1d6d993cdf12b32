"""`python -m tests.bench.consolidation`: the first consolidated draft, from 6 to 200 proposals.

A base of 400 provisions of 125 words; each proposal asks for two or three changes (200 ask for
500): words amended, a line added, text struck, some words as another has them. `rules` is the
domain alone, the check of the projection law included; `whole` is the service as button and
command run it: rows read, law checked, everything written with its history in one transaction.
The floor of the rules is the same changed texts diffed word by word, once. Rules and floor are
told in seconds of the processor, the whole in seconds on the clock.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from random import Random
from typing import Any

from tests.bench import long_draft
from tests.bench.__main__ import stack

SIZES = ((6, 15), (50, 125), (200, 500))
RUNS = 5
AIM = 10.0
COLUMNS = ("changes", "rules CPU s", "inline", "floor", "whole s", "ms a change", "growth")
HEADER = "proposals " + " ".join(f"{name:>11}" for name in COLUMNS)


def requests(proposals: int, changes: int, *, one_place: bool = False) -> list[Any]:
    """What so many proposals ask of the long base, `changes` in all."""
    chance = Random(proposals)
    items = [p for p in long_draft.base().provisions if p.options[0].text.label]
    out: list[Any] = []
    for order in range(changes):
        code = f"KES/{order * proposals // changes + 1}/1"
        asked = {a.target for a in out if a.code == code}
        free = [p for p in items[: max(20, changes // 2)] if p.key not in asked]
        provision = items[-1] if one_place else chance.choice(free)
        out.append(_request(chance, code, provision, order, out, one_place=one_place))
    return out


def _request(
    chance: Random, code: str, provision: Any, order: int, before: Sequence[Any], *, one_place: bool
) -> Any:
    from drafting.domain.consolidation import Asked
    from drafting.domain.text import text_of

    fate = "ADD" if one_place else chance.choice(("MOD", "MOD", "MOD", "ADD", "SUP", "same"))
    twin = next((a for a in reversed(before) if a.operation == "MOD"), None)
    if fate == "same" and twin is not None and twin.code != code:
        return Asked(code, f"k{order}", "MOD", target=twin.target, text=twin.text, order=order)
    if fate == "ADD":
        text = text_of(long_draft.sentence(chance, 60), label="9")
        return Asked(code, f"k{order}", "ADD", after=provision.key, text=text, order=order)
    if fate == "SUP":
        return Asked(code, f"k{order}", "SUP", target=provision.key, order=order)
    text = long_draft.modified(provision, chance)
    return Asked(code, f"k{order}", "MOD", target=provision.key, text=text, order=order)


def rules(proposals: int, changes: int, *, one_place: bool = False, inline: bool = False) -> float:
    """Median seconds of the processor for the domain alone."""
    from drafting.domain.consolidation import Style, consolidated
    from drafting.domain.consolidation.likeness import told
    from drafting.domain.worddiff import redline_words

    base = long_draft.base()
    asked = requests(proposals, changes, one_place=one_place)
    took = []
    for _ in range(RUNS):
        told.cache_clear()
        redline_words.cache_clear()
        begin = time.process_time()
        found = consolidated(base, asked, Style(inline, 12))
        took.append(time.process_time() - begin)
        assert not found.failures
    return statistics.median(took)


def floor(proposals: int, changes: int) -> float:
    """Median seconds of the processor for diffing the changed texts, and nothing else."""
    from drafting.domain.text import plain
    from drafting.domain.worddiff import redline_words

    held = {p.key: plain(p.base) for p in long_draft.base().provisions if p.base}
    pairs = [
        (held[a.target], plain(a.text))
        for a in requests(proposals, changes)
        if a.target in held and a.text is not None
    ]
    took = []
    for _ in range(RUNS):
        redline_words.cache_clear()
        begin = time.process_time()
        for old, new in pairs:
            redline_words(old, new)
        took.append(time.process_time() - begin)
    return statistics.median(took)


def whole(proposals: int, changes: int) -> float:
    """Seconds of the service, rows and all, on a draft of its own."""
    from drafting.services import consolidating

    draft, actor = _draft_with(proposals, changes)
    said: list[str] = []
    begin = time.perf_counter()
    found = consolidating.put(
        actor, draft.pk, progress=lambda percent, doing: said.append(f"{percent} % {doing}")
    )
    took = time.perf_counter() - begin
    assert found.law_holds
    assert said
    return took


def _draft_with(proposals: int, changes: int) -> tuple[Any, Any]:
    """The long base in the database, with its proposals as rows."""
    from drafting.domain import text as texts
    from drafting.models import AdHocGroup, Conference, Contribution, PaperImport, Proposal
    from drafting.models import ProposedChange as Row
    from drafting.permissions import Actor
    from drafting.services import drafts
    from drafting.services.imports import keep
    from drafting.services.recording import Hand

    actor = Actor.system("bench")
    hand = Hand(actor, "Secretariat")
    conference, _new = Conference.objects.get_or_create(slug="bench", name="Bench")
    group = AdHocGroup.objects.filter(slug="bench").first()
    if group is None:
        group = AdHocGroup(conference=conference, slug="bench", name="Bench")
        hand.create(group)
    base = long_draft.base()
    number = time.monotonic_ns() % 10**9
    draft = drafts.make(group, f"DL/{number}", "Bench", base.header, base.provisions, hand)
    rows = {row.key: row for row in draft.provisions.all()}
    proposed: dict[str, Proposal] = {}
    for asked in requests(proposals, changes):
        if asked.code not in proposed:
            paper = PaperImport.objects.create(
                kind="contribution", group=group, draft=draft, file=keep("a", b"a", "text/plain")
            )
            contribution = Contribution(draft=draft, document=asked.code, paper=paper)
            hand.create(contribution)
            proposed[asked.code] = Proposal.objects.create(
                draft=draft, contribution=contribution, code=asked.code
            )
        Row.objects.create(
            proposal=proposed[asked.code],
            key=asked.key,
            operation=asked.operation,
            target=rows.get(asked.target or ""),
            after=rows.get(asked.after or ""),
            content=None if asked.text is None else texts.to_json(asked.text),
        )
    return draft, actor


def bench() -> bool:
    """Prints the table; whether the aims are met."""
    print(HEADER)
    whole(*SIZES[0])  # what is only slow the first time
    before: tuple[int, float] | None = None
    last = 0.0
    for proposals, changes in SIZES:
        alone = rules(proposals, changes)
        inline = rules(proposals, changes, inline=True)
        least = floor(proposals, changes)
        last = statistics.median(whole(proposals, changes) for _ in range(3))
        grown = f"{(last / before[1]) / (changes / before[0]):6.2f}" if before else ""
        before = (changes, last)
        figures = (alone, inline, least, last)
        row = [f"{proposals:9}", f"{changes:11}", *(f"{figure:11.3f}" for figure in figures)]
        print(*row, f"{1000 * last / changes:11.1f}", f"{grown:>11}", flush=True)
    crowded = rules(200, 200, one_place=True)
    print(f"200 proposals that add at one place, rules alone: {crowded:.3f} s of CPU")
    print(f"aim: 200 proposals under {AIM:.0f} s: {'met' if last < AIM else 'MISSED'}", flush=True)
    return last < AIM


def main() -> int:
    with stack():
        return 0 if bench() else 1


if __name__ == "__main__":
    sys.exit(main())
