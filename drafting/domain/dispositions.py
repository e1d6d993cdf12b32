"""What came of what a proposal asked: the words for it.

Rules:

- Every change that a proposal asks for has one outcome at any moment; none is lost.
- An outcome is read from the text as it is now; who decided it, when and why is told by the
  decisions that were written down when it was done.
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Where one change of a proposal is."""

    WAITING = "waiting"  # not yet taken up into the draft
    OPTION = "option"  # stands as an option of its own, or shares one
    FOLDED = "folded"  # its words stand within an option, as alternatives in brackets
    AGREED = "agreed"  # its words are agreed text
    TAKEN = "taken"  # its words are the only wording left, not agreed yet
    WITHDRAWN = "withdrawn"
    NOT_RETAINED = "not_retained"


class Deciding(StrEnum):
    """What was done with a proposal's words, as it is written down when it is done."""

    TAKEN_UP = "taken_up"  # put into the draft
    FOLDED = "folded"  # into another wording
    CHOSEN = "chosen"  # its wording is the one that stays
    NOT_RETAINED = "not_retained"
    WITHDRAWN = "withdrawn"
