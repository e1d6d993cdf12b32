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
- A footnote is told where words that are set point to it, those of the base among them where the
  text stands against it. Every other note is told.
- Reading only KEEP and DEL of the blocks that are not copies gives the base; reading only KEEP and
  INS of all blocks gives the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from drafting.domain.brackets import count_by_provision, pair_draft
from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    Mode,
    Note,
    NoteKind,
    Option,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.furniture import (
    UNPLACED,
    attribution_line,
    body_name,
    note_line,
    revision_name,
    title_of,
)
from drafting.domain.lifecycle import is_contested
from drafting.domain.ownership import owner, owner_of_all
from drafting.domain.redline import Op, RedParagraph, redline
from drafting.domain.text import FootnoteRef, Marker, Run, Text, inlines
from drafting.domain.wordings import (
    Setting,
    against_base,
    against_revision,
    clean,
    markers,
)


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
    placed: bool = True  # whether it is known where it will stand
    owner: str = ""  # the delegation whose alone a proposed provision is
    owners: Mapping[str, str] = field(default_factory=dict)  # of options that are one's alone


@dataclass(frozen=True, slots=True)
class Paper:
    """`against_name` is what it is compared with: "Resolution 64 (Rev. Castelmar, 2023)"."""

    header: Header
    title: str
    against: Against
    against_name: str
    blocks: tuple[Block, ...]
    states: tuple[ProvisionState, ...]
    notes: tuple[Note, ...]
    unpaired: tuple[str, ...]  # ids of brackets with one marker only


def compose(draft: Draft, against: Against, revision: Draft | None = None) -> Paper:
    """The draft as a paper, beside nothing, its base, or an earlier Revision of it.

    Raises ValueError where `against` is REVISION and none is given.
    """
    body = body_name(draft.header)
    brackets = pair_draft(draft)
    blocks = tuple(_blocks(_settings(draft, against, revision, body), body))
    bases = draft.provisions if against is Against.BASE else ()
    pointed = _pointed(blocks, (p.base for p in bases if p.base))
    states = tuple(_states(draft, count_by_provision(brackets), pointed))
    return Paper(
        header=draft.header,
        title=title_of(draft),
        against=against,
        against_name=_against_name(draft, against, revision),
        blocks=blocks,
        states=states,
        notes=tuple(note for state in states for note in state.notes),
        unpaired=brackets.unpaired,
    )


def _settings(
    draft: Draft, against: Against, revision: Draft | None, body: str
) -> Iterator[Setting]:
    match against:
        case Against.CLEAN:
            return clean(draft, body)
        case Against.BASE:
            return against_base(draft, body)
        case Against.REVISION:
            return against_revision(draft, _given(revision), body)


def _given(revision: Draft | None) -> Draft:
    if revision is None:
        raise ValueError("A paper against a Revision needs that Revision.")
    return revision


def _against_name(draft: Draft, against: Against, revision: Draft | None) -> str:
    match against:
        case Against.CLEAN:
            return ""
        case Against.BASE:
            return draft.header.base_name
        case Against.REVISION:
            return revision_name(_given(revision).header)


def _pointed(blocks: Iterable[Block], bases: Iterable[Text]) -> frozenset[str]:
    """The ids of the footnotes to which the words that are set point."""
    set_ = (piece for block in blocks for p in block.paragraphs for piece in p.pieces)
    pieces = (*set_, *(piece for base in bases for piece in inlines(base)))
    return frozenset(piece.id for piece in pieces if isinstance(piece, FootnoteRef))


def _states(
    draft: Draft, brackets: Mapping[str, int], pointed: frozenset[str]
) -> Iterator[ProvisionState]:
    for provision in draft.provisions:
        yield ProvisionState(
            key=provision.key,
            kind=provision.kind,
            status=provision.status,
            status_reason=provision.status_reason,
            mode=provision.mode,
            options=len(provision.options),
            brackets=brackets.get(provision.key, 0),
            contested=is_contested(provision),
            notes=tuple(
                n for n in provision.notes if n.kind is not NoteKind.FOOTNOTE or n.id in pointed
            ),
            placed=provision.placed,
            owner=owner_of_all(provision),
            owners={o.key: owner(o) for o in provision.options if owner(o)},
        )


# --- blocks -----------------------------------------------------------------------------------


def _blocks(settings: Iterator[Setting], body: str) -> Iterator[Block]:
    told: set[str] = set()
    for setting in settings:
        option = setting.option
        common = Block(
            kind=BlockKind.WORDING,
            provision=setting.provision.key,
            provision_kind=setting.provision.kind,
            level=option.text.level if option else setting.provision.level,
            author=_author(option, body),
            option=option.key if option else None,
        )
        about = replace(common, op=Op.INS if setting.fresh else Op.KEEP)
        if option and setting.told:
            yield from _lines(about, setting.provision, option, told)
        if setting.told and not setting.provision.placed and common.provision not in told:
            told.add(common.provision)
            yield replace(about, kind=BlockKind.NOTE, author=body, line=UNPLACED)
        yield from _wording(common, setting)


def _author(option: Option | None, body: str) -> str:
    """The first who proposes it: co-proposers are named in the lines above it."""
    named = [a for a in option.attributions if a.bracket is None] if option else []
    return next((a.code or a.name for a in named if a.code or a.name), None) or body


def _lines(about: Block, provision: Provision, option: Option, told: set[str]) -> Iterator[Block]:
    """Attributions, heading and drafting notes, in the order in which papers print them."""
    for attribution in option.attributions:
        yield replace(
            about,
            kind=BlockKind.ATTRIBUTION,
            author=attribution.code or attribution.name or about.author,
            line=attribution_line(attribution),
            attributions=(attribution,),
        )
    if option.heading:
        yield replace(about, kind=BlockKind.HEADING, line=option.heading)
    for note in _due(provision, option, told):
        told.add(note.id)
        author = note.by or about.author
        yield replace(about, kind=BlockKind.NOTE, author=author, line=note_line(note))


def _due(provision: Provision, option: Option, told: set[str]) -> list[Note]:
    """The drafting notes to tell before this option: its own, and those on no words at all."""
    mine, others = _anchors((option,)), _anchors(provision.options)
    return [
        note
        for note in provision.notes
        if note.kind is NoteKind.DRAFTING
        and note.id not in told
        and (note.id in mine or note.id not in others)
    ]


def _anchors(options: Iterable[Option]) -> set[str]:
    pieces = (piece for o in options for p in o.text.paragraphs for piece in p.inlines)
    return {key for piece in pieces if isinstance(piece, Run) for key in piece.notes}


def _wording(common: Block, setting: Setting) -> Iterator[Block]:
    if setting.before is None and setting.after is None:
        yield from _no_text(common, setting)
        return
    paragraphs = redline(setting.before, setting.after)
    if setting.option and setting.wordless:
        paragraphs = _between(paragraphs, *markers(setting.option))
    fates = {paragraph.op for paragraph in paragraphs}
    yield replace(
        common,
        level=paragraphs[0].level,
        op=fates.pop() if len(fates) == 1 else Op.KEEP,
        paragraphs=paragraphs,
        attributions=setting.option.attributions if setting.option else (),
        copy=setting.copy,
        moved_from=setting.moved_from,
        moved_to=setting.moved_to,
    )


def _between(
    paragraphs: tuple[RedParagraph, ...], opening: tuple[Marker, ...], others: tuple[Marker, ...]
) -> tuple[RedParagraph, ...]:
    """The paragraphs with the markers of an option that has no words of its own around them."""
    first = replace(paragraphs[0], pieces=(*opening, *paragraphs[0].pieces))
    paragraphs = (first, *paragraphs[1:])
    last = replace(paragraphs[-1], pieces=(*paragraphs[-1].pieces, *others))
    return (*paragraphs[:-1], last)


def _no_text(common: Block, setting: Setting) -> Iterator[Block]:
    """An option that says "no text", its brackets in lines of their own, so that none is lost."""
    opening, others = markers(setting.option) if setting.option else ((), ())
    line = replace(common, op=Op.INS if setting.fresh else Op.KEEP, copy=True)
    if opening:
        yield replace(line, paragraphs=(RedParagraph(opening, line.op),))
    yield replace(line, kind=BlockKind.NO_TEXT, copy=False)
    if others:
        yield replace(line, paragraphs=(RedParagraph(others, line.op),))
