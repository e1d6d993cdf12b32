"""What goes into a consolidation and what comes of it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafting.domain.dispositions import Deciding
from drafting.domain.draft import Note, Provision
from drafting.domain.text import Text

ADD, MOD, EDITORIAL, SUP, NOC = "ADD", "MOD", "(MOD)", "SUP", "NOC"


@dataclass(frozen=True, slots=True)
class Asked:
    """One change that a proposal asks for.

    `key` is unlike every other change's. `target`: the provision of a MOD, (MOD), SUP or NOC.
    `after`: what an addition follows, a provision's key or another change's of the same paper;
    None for the very beginning. `moved_from`: the provision that an addition carries elsewhere.
    `order` counts the changes as the papers have them; `paper` names theirs, where one paper has
    several proposals. `notes`: the footnotes that `text` points to.
    """

    code: str
    key: str
    operation: str
    target: str | None = None
    after: str | None = None
    moved_from: str | None = None
    text: Text | None = None
    order: int = 0
    paper: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How wordings stand side by side: each whole, or `inline` where no alternative is longer
    than `most_words`."""

    inline: bool = False
    most_words: int = 8


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a reading of the draft is not what a proposal says. `code` is "" for the base."""

    provision: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Left:
    """A provision that was not touched although proposals ask for something there."""

    provision: str
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Went:
    """Where the words of one change went: into an option of its own, or into another wording."""

    provision: str
    code: str
    what: Deciding
    why: str = ""


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A draft after consolidation. `changed`: the keys of the provisions that are new or differ.

    `explanations`: why additions that compete for a place stand in this order, by provision.
    """

    provisions: tuple[Provision, ...]
    changed: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    left: tuple[Left, ...] = ()
    went: tuple[Went, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=dict)
