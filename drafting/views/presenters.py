"""From a Paper to what the pages show. Pure functions: no request, no database, no clock.

Rules:

- The order, the words and the redline are the Paper's; nothing is decided here but how they are
  grouped and named on a page.
- A section begins with each call. What stands before the first call is the head of the paper.
- `contested` is never derived from brackets: it is what the Paper says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from drafting.domain.draft import (
    Attribution,
    Mode,
    Note,
    NoteKind,
    ProvisionKind,
    Status,
)
from drafting.domain.paper import Block, BlockKind, Paper, ProvisionState
from drafting.domain.redline import Op, RedLabel, Redline, RedParagraph, RedRun
from drafting.domain.text import BracketClose, BracketOpen
from drafting.render.bracket_numbers import bracket_numbers, numbers_in
from drafting.views.naming import names_of
from drafting.views.redline_html import Marking, body_html, label_html
from drafting.views.shown import (
    Counts,
    Designation,
    Link,
    Name,
    NoteView,
    OptionView,
    ProvisionView,
    RoomView,
    Row,
    SectionView,
)

STATUS_WORDS: dict[Status, str | Promise] = {
    Status.OPEN: pgettext_lazy("status", "open"),
    Status.AGREED_AD_REF: pgettext_lazy("status", "agreed ad ref"),
    Status.AGREED: pgettext_lazy("status", "agreed"),
    Status.AGREED_HIGHER: pgettext_lazy("status", "agreed higher up"),
    Status.REOPENED: pgettext_lazy("status", "reopened"),
    Status.DEFERRED: pgettext_lazy("status", "deferred"),
    Status.LAPSED: pgettext_lazy("status", "lapsed"),
    Status.DELETED: pgettext_lazy("status", "deleted"),
}
_SETTLED = (Status.AGREED, Status.AGREED_HIGHER, Status.LAPSED, Status.DELETED)
_JOINS: dict[Mode, str | Promise] = {
    Mode.EXCLUSIVE: pgettext_lazy("between options", "or"),
    Mode.CUMULATIVE: pgettext_lazy("between options", "and"),
    Mode.UNKNOWN: pgettext_lazy("between options", "or? and?"),
}
_NEGOTIATED = (ProvisionKind.ITEM, ProvisionKind.OTHER)
LANGUAGES = {"A": "ar", "C": "zh", "E": "en", "F": "fr", "R": "ru", "S": "es"}


def present_room(paper: Paper) -> RoomView:
    """The paper as the reading room shows it. Takes some 30 ms for 400 provisions."""
    provisions = _Provisions(paper).all()
    head, sections = _sections(provisions)
    pieces = [r for b in paper.blocks for p in b.paragraphs for r in p.pieces]
    runs = [piece for piece in pieces if isinstance(piece, RedRun)]
    language = LANGUAGES.get(paper.header.language, "en")
    return RoomView(
        title=paper.title,
        header=paper.header,
        against=paper.against.value,
        against_name=paper.against_name,
        lang=language,
        dir="rtl" if language == "ar" else "ltr",
        head=head,
        sections=sections,
        footnotes=tuple(_note(n) for n in _footnotes(paper)),
        counts=tally(paper.states),
        words_added=_words(run for run in runs if run.op is Op.INS),
        words_struck=_words(run for run in runs if run.op is Op.DEL),
        pending=len({change.id for piece in pieces for change in piece.changes}),
        unpaired=len(paper.unpaired),
        contested=tuple(p for p in provisions if p.walked),
    )


def tally(parts: Iterable[ProvisionState | ProvisionView]) -> Counts:
    """How many provisions of a paper, or of a section of it, stand where."""
    parts = tuple(parts)
    negotiated = [part for part in parts if part.kind in _NEGOTIATED]
    found = Counter(part.status for part in negotiated)
    return Counts(
        total=len(negotiated),
        open=found[Status.OPEN] + found[Status.DEFERRED],
        agreed_ad_ref=found[Status.AGREED_AD_REF],
        agreed=found[Status.AGREED] + found[Status.AGREED_HIGHER],
        reopened=found[Status.REOPENED],
        contested=sum(part.contested for part in parts),
        brackets=sum(part.brackets for part in parts),
    )


def present_history(redline: Redline | None) -> tuple[Row, ...] | None:
    """A redline by itself, as the history of a provision shows it between two versions."""
    if redline is None:
        return None
    opened, closed = _bracket_ids(redline)
    unpaired = opened ^ closed
    marking = Marking(numbers_in(redline, unpaired), unpaired=unpaired)
    return tuple(_row(paragraph, marking) for paragraph in redline)


def _bracket_ids(redline: Redline) -> tuple[frozenset[str], frozenset[str]]:
    pieces = [piece for paragraph in redline for piece in paragraph.pieces]
    opened = frozenset(piece.id for piece in pieces if isinstance(piece, BracketOpen))
    closed = frozenset(piece.id for piece in pieces if isinstance(piece, BracketClose))
    return opened, closed


def _words(runs: Iterable[RedRun]) -> int:
    return len(" ".join(run.text for run in runs).split())


def _footnotes(paper: Paper) -> tuple[Note, ...]:
    """Footnotes in the order of the paper, each once."""
    told = (*paper.notes, *(note for state in paper.states for note in state.notes))
    return tuple({n.id: n for n in told if n.kind is NoteKind.FOOTNOTE}.values())


def _note(note: Note) -> NoteView:
    by = note.by or (_("Drafting note") if note.kind is NoteKind.DRAFTING else "")
    return NoteView(note.id, by, note.text, note.kind.value)


def _row(paragraph: RedParagraph, marking: Marking, *, link: str = "") -> Row:
    return Row(
        label=label_html(paragraph, marking, link=link),
        body=body_html(paragraph, marking),
        level=paragraph.level,
        op="" if paragraph.op is Op.KEEP else paragraph.op.value,
        wide=_is_wide(paragraph.label),
    )


def _is_wide(label: RedLabel) -> bool:
    both = label.old and label.new and label.old != label.new
    return bool(both) or len(label.new or label.old or "") > 3


# --- Sections ---------------------------------------------------------------------------------


def _sections(
    provisions: list[ProvisionView],
) -> tuple[SectionView, tuple[SectionView, ...]]:
    groups: list[list[ProvisionView]] = [[]]
    for provision in provisions:
        if provision.kind is ProvisionKind.CALL:
            groups.append([])
        groups[-1].append(provision)
    head, *rest = groups
    return _section(head), tuple(_section(group) for group in rest)


def _section(group: list[ProvisionView]) -> SectionView:
    call = group[0] if group and group[0].kind is ProvisionKind.CALL else None
    return SectionView(
        id=f"s-{call.key}" if call else "s-head",
        title=call.name.call if call else "",
        call=call,
        provisions=tuple(group[1:] if call else group),
        counts=tally(group),
        struck=call is not None and all(option.struck for option in call.options),
    )


# --- Provisions -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signs:
    """What a provision shows of the rest of its paper: names, order, numbers. No wording."""

    names: Mapping[str, Designation]  # in the order of the page
    marking: Marking
    brackets: Mapping[str, frozenset[str]]  # the ids in each provision, footnotes too

    def before(self, key: str) -> str | None:
        """The provision that stands before this one on the page."""
        earlier = None
        for other in self.names:
            if other == key:
                return earlier
            earlier = other
        return None

    def in_order(self, keys: Sequence[str]) -> tuple[str, ...]:
        """As they stand on the page, those last that it shows no more."""
        wanted = frozenset(keys)
        gone = (key for key in keys if key not in self.names)
        return (*(key for key in self.names if key in wanted), *gone)

    def differs(self, other: Signs) -> tuple[str, ...]:
        """The provisions that the other signs show otherwise, or no more."""
        gone = (key for key in self.names if key not in other.names)
        return (*gone, *(k for k in other.names if self._shown(k) != other._shown(k)))

    def _shown(self, key: str) -> tuple[object, ...]:
        ids = self.brackets.get(key, frozenset())
        numbers = {i: self.marking.numbers.get(i) for i in ids}
        notes = {i: self.marking.footnotes.get(i) for i in ids}
        return self.names.get(key), numbers, notes, ids & self.marking.unpaired


def signs_of(paper: Paper) -> Signs:
    """The signs of a whole paper."""
    blocks = _by_provision(paper)
    return Signs(
        dict(names_of(blocks)), _marking_of(paper), {k: _ids(b) for k, b in blocks.items()}
    )


def _ids(blocks: Iterable[Block]) -> frozenset[str]:
    pieces = (piece for b in blocks for p in b.paragraphs for piece in p.pieces)
    return frozenset(piece.id for piece in pieces if not isinstance(piece, RedRun))


def _by_provision(paper: Paper) -> dict[str, list[Block]]:
    blocks: dict[str, list[Block]] = {}
    for block in paper.blocks:
        blocks.setdefault(block.provision, []).append(block)
    return blocks


def present_some(paper: Paper, keys: Iterable[str], signs: Signs) -> list[ProvisionView]:
    """Some provisions of a paper that may lack the others, under the signs of the whole."""
    return _Provisions(paper, signs).all(frozenset(keys))


class _Provisions:
    """Groups the blocks of a paper by provision and gives each provision its name."""

    def __init__(self, paper: Paper, signs: Signs | None = None) -> None:
        self._states = {state.key: state for state in paper.states}
        self._blocks = _by_provision(paper)
        self._marking = signs.marking if signs else _marking_of(paper)
        self._names = signs.names if signs else dict(names_of(self._blocks))

    def all(self, wanted: Container[str] | None = None) -> list[ProvisionView]:
        return [
            self._provision(key, blocks)
            for key, blocks in self._blocks.items()
            if wanted is None or key in wanted
        ]

    def _provision(self, key: str, blocks: list[Block]) -> ProvisionView:
        first, state = blocks[0], self._states.get(key)
        status = state.status if state else Status.OPEN
        options = tuple(_options(blocks, state, self._marking))
        return ProvisionView(
            key=key,
            kind=first.provision_kind,
            name=self._names[key],
            status=status,
            status_word=STATUS_WORDS[status],
            contested=state.contested if state else len(options) > 1,
            settled=status in _SETTLED,
            options=options,
            options_count=state.options if state else len(options),
            brackets=state.brackets if state else 0,
            owner=state.owner if state else "",
            moved_from=self._link_to(next((b.moved_from for b in blocks if b.moved_from), None)),
            moved_to=self._link_to(next((b.moved_to for b in blocks if b.moved_to), None)),
        )

    def _link_to(self, key: str | None) -> Link | None:
        return Link(str(self._names.get(key, key)), f"#{key}") if key else None


def _marking_of(paper: Paper) -> Marking:
    return Marking(
        # The numbers of the issued papers: who speaks of bracket 3 is understood by everyone.
        numbers=bracket_numbers(paper),
        unpaired=frozenset(paper.unpaired),
        footnotes={note.id: n for n, note in enumerate(_footnotes(paper), start=1)},
    )


@dataclass(frozen=True, slots=True)
class _Wording:
    """The blocks of one option: the lines before it, and what it says."""

    lines: tuple[Block, ...]
    said: tuple[Block, ...]

    @property
    def notes(self) -> frozenset[str]:
        """Ids of the notes that hang on its words."""
        runs = (r for b in self.said for p in b.paragraphs for r in p.pieces)
        return frozenset(key for run in runs if isinstance(run, RedRun) for key in run.notes)


def _wordings(blocks: list[Block]) -> Iterator[_Wording]:
    """The options in order. Blocks of one option stand together, its lines first."""
    for _key, group in groupby(blocks, lambda block: block.option):
        together = tuple(group)
        said = tuple(b for b in together if b.kind in (BlockKind.WORDING, BlockKind.NO_TEXT))
        if said:
            yield _Wording(tuple(b for b in together if b not in said), said)


def _options(
    blocks: list[Block], state: ProvisionState | None, marking: Marking
) -> Iterator[OptionView]:
    """The wordings, each with the notes on its words; the first with those on none."""
    wordings = list(_wordings(blocks))
    anchored = frozenset[str]().union(*(wording.notes for wording in wordings))
    notes = list(_margin_notes(blocks, state))
    join = _JOINS[state.mode if state else Mode.EXCLUSIVE]
    for place, wording in enumerate(wordings):
        mine = tuple(
            n for n in notes if n.id in wording.notes or (not place and n.id not in anchored)
        )
        notes = [note for note in notes if note not in mine]
        option = _option(wording, marking)
        owner = state.owners.get(option.key, "") if state else ""
        yield replace(option, join=join if place else "", notes=mine, owner=owner)


def _margin_notes(blocks: list[Block], state: ProvisionState | None) -> Iterator[NoteView]:
    """The state tells every note; a paper without states tells the drafting notes in lines."""
    if state is None:
        for block in blocks:
            if block.kind is BlockKind.NOTE:
                yield NoteView("", block.author, block.line, NoteKind.DRAFTING.value)
        return
    if state.status_reason:
        by = str(STATUS_WORDS[state.status])
        yield NoteView("", by[:1].upper() + by[1:], state.status_reason, "status")
    if not state.placed:
        yield NoteView("", _("Placement"), _("to be decided"), "status")
    yield from (_note(note) for note in state.notes if note.kind is not NoteKind.FOOTNOTE)


def _option(wording: _Wording, marking: Marking) -> OptionView:
    lines = [b for b in wording.lines if b.kind is BlockKind.ATTRIBUTION]
    attributions = [a for b in (*lines, *wording.said) for a in b.attributions]
    heading = next((b.line for b in wording.lines if b.kind is BlockKind.HEADING), "")
    number = next((a.option for a in attributions if a.option), None)
    if not heading and number:
        heading = _("Option %(number)s") % {"number": number}
    plain = tuple(Name(b.line) for b in lines if b.line and not b.attributions)
    rows = tuple(_rows(wording.said, marking))
    silent = any(block.kind is BlockKind.NO_TEXT for block in wording.said)
    return OptionView(
        key=wording.said[0].option or "",
        kind="no_text" if silent else "text",
        rows=rows,
        names=tuple(dict.fromkeys(_name(a, marking) for a in attributions)) + plain,
        heading=heading,
        struck=bool(rows) and not silent and all(row.op == Op.DEL.value for row in rows),
        lone=any(_opens_alone(p, marking) for b in wording.said for p in b.paragraphs),
    )


def _opens_alone(paragraph: RedParagraph, marking: Marking) -> bool:
    return any(
        isinstance(piece, BracketOpen) and piece.before_label and piece.id in marking.unpaired
        for piece in paragraph.pieces
    )


def _rows(said: Iterable[Block], marking: Marking) -> Iterator[Row]:
    """The paragraphs; where nothing is said, a row in words between its brackets."""
    for block in said:
        if block.kind is BlockKind.NO_TEXT:
            yield Row(SafeString(""), SafeString(""), block.level, silent=True)
        for paragraph in block.paragraphs:
            yield _row(paragraph, marking, link=f"#{block.provision}")


def _name(attribution: Attribution, marking: Marking) -> Name:
    words = attribution.code or attribution.name or attribution.literal
    parts = (attribution.name, attribution.note) if attribution.code else (attribution.note,)
    bracket = attribution.bracket
    return Name(
        words=words,
        title=", ".join(filter(None, parts)),
        bracket=bracket,
        number=marking.numbers.get(bracket) if bracket else None,
    )
