"""Several deeds as one act: all are done or none, and one event tells of them.

Rules:

- Each deed finds what those before it left; what it names as seen is what stood there when the act
  began.
- The event that names the act tells everything that any of them touched. Changes of wording and
  moves of status keep events of their own before it, as in any act: the log is asked for them.
- What they write waits, and is written in few statements (`services.late`).
- The reason given for the whole is that of every decision that has none of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from drafting.events import Touched
from drafting.models import Event
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.work import Work


def do_all(work: Work, deed: deeds.Together, do: Callable[[Work, deeds.Deed], Event]) -> Event:
    """Does them in their order."""
    rationale = rows.clean_words(deed.rationale)
    with work.several(_named(deed.deeds)) as told:
        for one in deed.deeds:
            do(work, one)
    work.decided[:] = [replace(d, rationale=d.rationale or rationale) for d in work.decided]
    return work.record("together", _all(told), deeds=len(deed.deeds), rationale=rationale)


def _named(each: Iterable[deeds.Single]) -> Iterator[str]:
    """The keys of provisions and options that the deeds name: read at once, not one by one."""
    for one in each:
        for field in ("provision", "option"):
            key = getattr(one, field, None)
            if isinstance(key, str):
                yield key


def _all(told: list[Touched]) -> Touched:
    """Everything that was touched, each once. What was removed is not told as being there."""
    removed = list(dict.fromkeys(key for touched in told for key in touched.removed))
    provisions = dict.fromkeys(key for touched in told for key in touched.provisions)
    options = dict.fromkeys(key for touched in told for key in touched.options)
    gone = set(removed)
    return Touched(
        [key for key in provisions if key not in gone],
        [key for key in options if key not in gone],
        removed,
    )
