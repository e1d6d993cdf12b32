"""One wording on the table and who stands behind it; a provision with all its wordings.

Rules:

- A wording is the base, an option of the draft, what one proposer asks within an option, or what a
  proposal asked for and nobody has taken up yet.
- The numbers are handles for eye and voice; nothing is stored under them. The base has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafting.domain.disputes import Dispute, families
from drafting.domain.draft import OptionKind, Provision
from drafting.domain.partings import Part, partings
from drafting.domain.text import Text, printed

BASE = "base"


class Standing(StrEnum):
    """What a name behind a wording means for the draft."""

    DRAFT = "draft"  # it stands behind words of the draft
    ASKED = "asked"  # its proposal asked for this, and the draft does not have it
    PAST = "past"  # it asked for this; the draft has something else of it, or it is over


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind a wording. `code` may be a delegation's name; `note` as printed."""

    code: str
    standing: Standing = Standing.DRAFT
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proposal asks of a provision. `kind` TEXT with `text`, else DELETE.

    `over`: somebody decided on it: "not_retained", "withdrawn", ...; "" where nobody did.
    """

    code: str
    kind: OptionKind
    text: Text | None
    over: str = ""


@dataclass(frozen=True, slots=True)
class Lying:
    """One wording on the table. `options`: keys of the draft's options that say this.

    `within`: the options in which it stands as an alternative; `number` 0 is the base.
    """

    key: str
    kind: OptionKind
    text: Text | None
    options: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    behind: tuple[Behind, ...] = ()
    number: int = 0
    near: int | None = None  # the wording it follows because it is near
    dispute: Dispute | None = None  # between that one and this
    over: str = ""
    holds: bool = False  # it is no wording: its text holds those of all who are behind it

    @property
    def in_draft(self) -> bool:
        return bool(self.options or self.within)

    @property
    def words(self) -> str:
        """With brackets, without labels; what proposers ask is taken up."""
        return printed(self.text, with_label=False) if self.text else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A provision with its wordings, base first. `lines`: where they part, family by family."""

    provision: Provision
    wordings: tuple[Lying, ...]

    @property
    def base(self) -> Lying | None:
        return next((one for one in self.wordings if one.key == BASE), None)

    @property
    def running(self) -> tuple[Lying, ...]:
        """Those that are still in question; the base only where somebody keeps it."""
        return tuple(
            one
            for one in self.wordings
            if not one.holds
            and (one.in_draft or (not one.over and (one.key != BASE or _is_asked(one))))
        )

    def lines(self) -> tuple[tuple[Part, ...], ...]:
        """The forks of each family of wordings; a family of one is a wording by itself."""
        worded = [
            (one.key, one.words)
            for one in sorted(self.wordings, key=lambda one: one.number)
            if one.kind is OptionKind.TEXT and not one.over and not one.holds
        ]
        return tuple(partings(family) for family in families(worded))


def _is_asked(one: Lying) -> bool:
    return any(behind.standing is Standing.ASKED for behind in one.behind)
