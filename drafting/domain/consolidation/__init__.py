"""The first consolidated draft: from a base and what the proposals ask, options by rule.

Rules:

- Nothing is lost (the projection law, `law`): choosing a proposal in the draft gives exactly its
  text of every provision it touches; choosing none gives what stood before. It holds for any set of
  proposals in any order and is checked on every run; where it cannot be met, that is told.
- Only a provision whose base stands alone is built; what somebody has worked on, or what is closed,
  is left as it is and named.
- MOD and (MOD): another wording; SUP: an option that deletes; NOC: stands behind the base; ADD: a
  provision without a base. A move is a deletion here and an addition there, by the same proposal,
  also where the paper shows it as two. Equal wordings are one, with stacked attributions.
- Footnotes are words too: they come along, and wordings that differ in them are two (`likeness`).
- What each provision becomes: `provisions`. One text with alternatives in brackets: `folds`. In
  which order additions stand: `additions`.

`consolidated` is a pure function; writing what it gives is the business of
`services.consolidating`.
"""

from drafting.domain.consolidation.asked import (
    Asked,
    Consolidated,
    Failure,
    Left,
    Style,
    Went,
)
from drafting.domain.consolidation.build import consolidated, is_untouched
from drafting.domain.consolidation.folds import folded
from drafting.domain.consolidation.law import law
from drafting.domain.consolidation.likeness import equal, essence, likeness

__all__ = [
    "Asked",
    "Consolidated",
    "Failure",
    "Left",
    "Style",
    "Went",
    "consolidated",
    "equal",
    "essence",
    "folded",
    "is_untouched",
    "law",
    "likeness",
]
