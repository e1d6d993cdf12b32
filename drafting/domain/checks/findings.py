"""What a check finds: where, a sentence, and a mend where there is one.

Rules:

- A finding says what is odd, never who is to blame; the mend is a proposal and nobody's decision.
- A mend is a list of changes that make sense together, or not at all.
- `key` is the same as long as the finding is: a page may be ticked while others write.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import StrEnum

from drafting.domain.edits import Change, Span


class Kind(StrEnum):
    """What a secretariat looks for, in the order in which it reads."""

    REFERENCE = "reference"
    EDITION = "edition"
    BRACKET = "bracket"
    LABEL = "label"
    PUNCTUATION = "punctuation"
    SPELLING = "spelling"
    ASKED = "asked"  # by proposals marked "(MOD)"


@dataclass(frozen=True, slots=True)
class Place:
    """A provision, one wording of it, and where in it; None where the whole is meant."""

    provision: str
    option: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is what was found in one word; `sentence` is for people (`domain.sentences`).

    `words`: what stands there. `also`: the other places that have to do with it. `mend`: empty
    where nobody can know what was meant; `is_editorial`: it may be made in agreed text too.
    """

    kind: Kind
    code: str
    at: Place
    words: str
    sentence: str
    mend: tuple[Change, ...] = ()
    is_editorial: bool = False
    also: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        """What tells this finding from every other of its draft, in few characters."""
        told = repr((self.code, self.at, self.words, self.mend))
        return f"{self.code}-{self.at.option}-{zlib.crc32(told.encode()):08x}"
