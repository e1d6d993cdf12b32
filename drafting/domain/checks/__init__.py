"""The checks that a secretariat makes by hand, on a whole draft.

Rules:

- A check is a pure function of the draft (and the table of bodies). It changes nothing.
- Better silent than wrong: where the text does not tell what was meant, there is no finding, or a
  finding without a mend.
- Everything a paper would print is looked at, agreed text too; what was withdrawn is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from drafting.domain.bodies import Bodies
from drafting.domain.checks import (
    asked,
    brackets,
    editions,
    labels,
    punctuation,
    references,
    spelling,
)
from drafting.domain.checks.asked import Asked
from drafting.domain.checks.findings import Finding, Kind, Place
from drafting.domain.draft import Draft

__all__ = ["Asked", "Finding", "Kind", "Place", "check"]


def check(
    draft: Draft, bodies: Bodies | None = None, mods: Sequence[Asked] = ()
) -> tuple[Finding, ...]:
    """Every finding, by kind and in reading order. `mods`: what proposals ask as "(MOD)"."""
    found = [
        *references.check(draft),
        *editions.check(draft, bodies),
        *brackets.check(draft),
        *labels.check(draft),
        *punctuation.check(draft),
        *spelling.check(draft),
        *asked.check(draft, mods, bodies),
    ]
    order = {provision.key: place for place, provision in enumerate(draft.provisions)}
    kinds = list(Kind)
    once = dict.fromkeys(found)  # two stray ends at one place look alike
    return tuple(sorted(once, key=lambda f: (kinds.index(f.kind), order[f.at.provision])))
