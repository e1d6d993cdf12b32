"""An issued text in reading order, free of any file format: what every renderer is handed.

`compose(draft, against)` turns a frozen draft and what it is compared with into a Paper. The
renderers (docx, PDF, HTML, AKN, text) and the reading room draw the same Paper, so that they
cannot differ in what they say.

Rules:

- Blocks stand in the order a reader meets them. A provision without doubts is one block; one with
  options is a run of blocks: attribution, heading, wording, ...
- `copy` marks the second and later wordings of one provision. The base words are told once, by the
  block that is not a copy; formats that must give the base back when all changes are rejected
  (docx) write copies as insertions, all others show each copy's own redline.
- Reading only KEEP and DEL of the blocks that are not copies gives the base; reading only KEEP and
  INS of all blocks gives the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafting.domain.draft import Attribution, Header, Mode, Note, ProvisionKind, Status
from drafting.domain.redline import Op, RedParagraph


class Against(StrEnum):
    """What the text is compared with."""

    CLEAN = "clean"
    BASE = "base"
    REVISION = "revision"


class BlockKind(StrEnum):
    WORDING = "wording"  # the paragraphs of an option
    ATTRIBUTION = "attribution"  # a line that says who stands behind what follows
    HEADING = "heading"  # "Option 1"
    NO_TEXT = "no_text"  # an option that says: no text
    NOTE = "note"  # a drafting note set in a line of its own


@dataclass(frozen=True, slots=True)
class Block:
    """One thing to set. `paragraphs` is empty unless kind is WORDING.

    `line` is the words of an attribution, heading or note. `author`: the proposal code or body to
    whom the changes of this block belong ("AHG 64" where nobody is named). `op`: fate of the
    whole block against what it is compared with.
    """

    kind: BlockKind
    provision: str  # key
    provision_kind: ProvisionKind
    level: int
    author: str
    op: Op = Op.KEEP
    option: str | None = None  # key
    paragraphs: tuple[RedParagraph, ...] = ()
    line: str = ""
    attributions: tuple[Attribution, ...] = ()
    copy: bool = False
    moved_from: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class ProvisionState:
    """What a reader is told about a provision beside its words."""

    key: str
    kind: ProvisionKind
    status: Status
    status_reason: str
    mode: Mode
    options: int
    brackets: int
    contested: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """`against_name` is what a reader calls the thing compared with: "Castelmar, 2023"."""

    header: Header
    title: str
    against: Against
    against_name: str
    blocks: tuple[Block, ...]
    states: tuple[ProvisionState, ...]
    notes: tuple[Note, ...]
    unpaired: tuple[str, ...]  # ids of brackets with one marker only
