"""Where a provision may go on the ladder of agreement, and what its options say about it.

Rules:

- The table is the law: a move that is not in it is refused, with a sentence. Who may move a
  provision is not asked here.
- Text is closed once it is agreed at any level, lapsed or deleted; it opens again only by being
  reopened, and nobody reopens without a reason.
- What is contested follows from the options, never from the status: a chair may hope, the text
  knows.

Sentences are message ids: whoever shows them to a person translates them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from drafting.domain.draft import Option, OptionKind, Provision, Status
from drafting.domain.folding import fold
from drafting.domain.sentences import gettext_noop
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Text,
    accepted,
    inlines,
    plain,
    rejected,
)

Operation = Literal["ADD", "MOD", "(MOD)", "SUP", "NOC"]


# --- the ladder -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """A legal move. `reason`: whether one must be given."""

    frm: Status
    to: Status
    reason: bool = False


CLOSED = frozenset(
    {
        Status.AGREED_AD_REF,
        Status.AGREED,
        Status.AGREED_HIGHER,
        Status.LAPSED,
        Status.DELETED,
    }
)


_TO_SETTLE = (Status.AGREED_AD_REF, Status.AGREED, Status.LAPSED, Status.DELETED)
_REOPEN = (Move(frm, Status.REOPENED, reason=True) for frm in Status if frm in CLOSED)

MOVES = (
    *(Move(Status.OPEN, to) for to in (*_TO_SETTLE, Status.DEFERRED)),
    *(Move(Status.REOPENED, to) for to in (*_TO_SETTLE, Status.DEFERRED)),
    *(Move(Status.DEFERRED, to) for to in (*_TO_SETTLE, Status.OPEN)),
    Move(Status.AGREED_AD_REF, Status.AGREED),
    Move(Status.AGREED, Status.AGREED_HIGHER),
    *_REOPEN,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """The move is legal; `reason` is trimmed."""

    frm: Status
    to: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The move is not; `reason` is a sentence for the person."""

    reason: str


ALREADY = gettext_noop("The provision already has this status.")
NEEDS_REASON = gettext_noop("Say why this text is reopened: those who agreed to it will ask.")
REOPEN_FIRST = gettext_noop("This text is closed. Reopen it first, with a reason.")
ONE_AT_A_TIME = gettext_noop("Text is agreed in the group before it is agreed higher up.")
NOT_CLOSED = gettext_noop("Only text that was closed can be reopened, and this is still open.")
NEVER_CLOSED = gettext_noop("Text returns to open only after it was deferred.")


def may_move(frm: Status, to: Status) -> bool:
    return any((move.frm, move.to) == (frm, to) for move in MOVES)


def moves_from(frm: Status) -> tuple[Move, ...]:
    """The legal moves from a status, in the order of the table."""
    return tuple(move for move in MOVES if move.frm is frm)


def move(frm: Status, to: Status, reason: str = "") -> Moved | Refused:
    """What becomes of a wish to move a provision from one status to another."""
    legal = next((move for move in moves_from(frm) if move.to is to), None)
    if legal is None:
        return Refused(_refusal(frm, to))
    if legal.reason and not reason.strip():
        return Refused(NEEDS_REASON)
    return Moved(frm, to, reason.strip())


def _refusal(frm: Status, to: Status) -> str:
    if frm is to:
        return ALREADY
    if to is Status.REOPENED:
        return NOT_CLOSED
    if to is Status.AGREED_HIGHER:
        return ONE_AT_A_TIME
    return REOPEN_FIRST if is_closed(frm) else NEVER_CLOSED


def is_closed(status: Status) -> bool:
    """Whether text in this status refuses to be changed."""
    return status in CLOSED


def diagram() -> str:
    """The table as a Mermaid state diagram, as `LIFECYCLE.md` in the docs shows it."""
    arrows = [
        f"    {move.frm} --> {move.to}" + (": with a reason" if move.reason else "")
        for move in MOVES
    ]
    return "\n".join(("stateDiagram-v2", f"    [*] --> {Status.OPEN}", *arrows))


# --- what the options say ---------------------------------------------------------------------


def is_contested(provision: Provision) -> bool:
    """More than one option, or any bracket, attribution or pending change in the only one."""
    return len(provision.options) > 1 or any(_is_contested(o) for o in provision.options)


def _is_contested(option: Option) -> bool:
    return bool(option.attributions) or any(
        piece.changes or isinstance(piece, BracketOpen | BracketClose)
        for piece in inlines(option.text)
    )


def settled_text(provision: Provision) -> Text | None:
    """The text if nobody's wish is taken up; None if nothing then stands here.

    The standing wording without its pending changes; where no option stands, or the provision
    lapsed, the base.
    """
    if provision.moved_to is not None or provision.status is Status.DELETED:
        return None
    if provision.status is Status.LAPSED and provision.moved_from is None:
        return provision.base
    standing = provision.standing
    if standing is None:
        return provision.base
    if standing.kind is not OptionKind.TEXT:
        return None
    text = rejected(standing.text)
    return text if plain(text).strip() else None


def operation_of(provision: Provision, option: Option) -> Operation:
    """What the option asks for, in the marks of proposals; its pending changes are taken up.

    "(MOD)" is editorial: labels, typography, terminal punctuation and editions such as
    "(Rev. Castelmar, 2023)" differ, and nothing else.
    """
    base = provision.base
    if option.kind is not OptionKind.TEXT:
        return "SUP" if base else "NOC"
    if base is None:
        return "ADD"
    text = accepted(option.text)
    if _words(base) == _words(text):
        return "NOC"
    return "(MOD)" if _essence(base) == _essence(text) else "MOD"


_EDITION = re.compile(r"\((?:rev\.\s*)?[^\W\d_][^\d(),;]*,\s*\d{4}\)", re.IGNORECASE)


def _words(text: Text) -> list[tuple[str | None, str]]:
    return [(p.label, plain(Text((p,)))) for p in text.paragraphs]


def _essence(text: Text) -> list[str]:
    """The words of each paragraph without what an editor may change."""
    return [fold(_EDITION.sub("()", words), terminal=False) for _, words in _words(text)]
