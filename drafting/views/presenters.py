"""From a Paper to what the pages show. Pure functions: no request, no database, no clock.

Rules:

- The order, the words and the redline are the Paper's; nothing is decided here but how they are
  grouped and named on a page.
- A section begins with each call. What stands before the first call is the head of the paper.
- `contested` is never derived from brackets: it is what the Paper says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from drafting.domain.draft import (
    Attribution,
    Header,
    Mode,
    Note,
    NoteKind,
    ProvisionKind,
    Status,
)
from drafting.domain.paper import Block, BlockKind, Paper, ProvisionState
from drafting.domain.redline import Op, RedLabel, Redline, RedParagraph, RedRun
from drafting.domain.text import BracketClose, BracketOpen
from drafting.views.redline_html import Marking, body_html, label_html, number_brackets

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
SETTLED = (Status.AGREED, Status.AGREED_HIGHER, Status.LAPSED, Status.DELETED)
_JOINS: dict[Mode, str | Promise] = {
    Mode.EXCLUSIVE: pgettext_lazy("between options", "or"),
    Mode.CUMULATIVE: pgettext_lazy("between options", "and"),
    Mode.UNKNOWN: pgettext_lazy("between options", "or? and?"),
}
_KIND_WORDS: dict[ProvisionKind, str | Promise] = {
    ProvisionKind.NUMBER: pgettext_lazy("provision", "number"),
    ProvisionKind.TITLE: pgettext_lazy("provision", "title"),
    ProvisionKind.FORMULA: pgettext_lazy("provision", "opening formula"),
    ProvisionKind.CHAPEAU: pgettext_lazy("provision", "chapeau"),
}
_NEGOTIATED = (ProvisionKind.ITEM, ProvisionKind.OTHER)
_LANGUAGES = {"A": "ar", "C": "zh", "E": "en", "F": "fr", "R": "ru", "S": "es"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its name."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Where the negotiated provisions stand: items and the like; calls and titles are not counted.

    Contested ones and brackets are counted wherever they are.
    """

    total: int = 0
    open: int = 0  # deferred ones too
    agreed_ad_ref: int = 0
    agreed: int = 0  # agreed higher up too
    reopened: int = 0
    contested: int = 0
    brackets: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """Who stands behind an option: a code or a delegation, and the bracket meant, if one is."""

    words: str
    title: str = ""
    bracket: str | None = None  # its id
    number: int | None = None  # its number on the page


@dataclass(frozen=True, slots=True)
class Row:
    """One printed paragraph. `level` indents it; `op` is "ins" or "del" for a whole one.

    `wide`: its label does not fit the column of labels and grows into the margin.
    """

    label: SafeString
    body: SafeString
    level: int
    op: str = ""
    wide: bool = False

    @property
    def css(self) -> str:
        return f"row l{self.level}{' x' if self.wide else ''}"


@dataclass(frozen=True, slots=True)
class NoteView:
    """A remark in the margin. `by` is empty where nobody is named."""

    id: str
    by: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """One wording. `kind`: "text", "no_text". `join` stands before it: "or", "and"."""

    key: str
    kind: str
    rows: tuple[Row, ...]
    names: tuple[Name, ...] = ()
    heading: str = ""
    join: str | Promise = ""
    notes: tuple[NoteView, ...] = ()
    struck: bool = False  # every paragraph is deleted


@dataclass(frozen=True, slots=True)
class Designation:
    """What people call a provision. The call is set in italics, the rest upright."""

    call: str = ""
    rest: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.call, self.rest)))


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A provision as read. `name` is how people call it: "resolves 2", "recalling c)"."""

    key: str
    kind: ProvisionKind
    name: Designation
    status: Status
    status_word: str | Promise
    contested: bool
    settled: bool
    options: tuple[OptionView, ...]
    options_count: int
    brackets: int
    moved_from: Link | None = None
    moved_to: Link | None = None

    @property
    def what(self) -> str:
        """Why it is on the list of what is contested: "4 options, 2 brackets"."""
        parts = []
        if self.options_count > 1:
            words = ngettext("%(n)s option", "%(n)s options", self.options_count)
            parts.append(words % {"n": self.options_count})
        if self.brackets:
            words = ngettext("%(n)s bracket", "%(n)s brackets", self.brackets)
            parts.append(words % {"n": self.brackets})
        return ", ".join(parts) or str(self.status_word)

    @property
    def css(self) -> str:
        """Classes for a group of options; "" for a single wording."""
        number = len(self.options)
        return f" many n{number}" if number > 1 else ""

    @property
    def quiet(self) -> bool:
        """Nothing is at stake here and nobody is named: the margin may be still."""
        return not (self.contested and not self.settled) and not self.options[0].names

    @property
    def untouched(self) -> bool:
        return self.status is Status.OPEN and not self.contested

    @property
    def walked(self) -> bool:
        """The keys for the next open provision stop here."""
        return self.contested or self.status is Status.REOPENED


@dataclass(frozen=True, slots=True)
class SectionView:
    """A call and what stands under it. `call` is None for the head of the paper."""

    id: str
    title: str
    call: ProvisionView | None
    provisions: tuple[ProvisionView, ...]
    counts: Counts
    struck: bool = False

    @property
    def everything(self) -> tuple[ProvisionView, ...]:
        return ((self.call,) if self.call else ()) + self.provisions

    @property
    def height(self) -> str:
        """A class that tells the browser roughly how tall it is before it is laid out."""
        rows = sum(len(o.rows) + 1 for p in self.everything for o in p.options)
        return "tall" if rows > 24 else "middling" if rows > 8 else "low"


@dataclass(frozen=True, slots=True)
class RoomView:
    """Everything the reading room shows of a paper."""

    title: str
    header: Header
    against: str  # "base", "revision", "clean"
    against_name: str
    lang: str
    dir: str
    head: SectionView
    sections: tuple[SectionView, ...]
    footnotes: tuple[NoteView, ...]
    counts: Counts
    words_added: int
    words_struck: int
    pending: int
    unpaired: int
    contested: tuple[ProvisionView, ...] = field(default=())


def present_room(paper: Paper) -> RoomView:
    """The paper as the reading room shows it. Takes some 30 ms for 400 provisions."""
    provisions = _Provisions(paper).all()
    head, sections = _sections(provisions)
    pieces = [r for b in paper.blocks for p in b.paragraphs for r in p.pieces]
    runs = [piece for piece in pieces if isinstance(piece, RedRun)]
    language = _LANGUAGES.get(paper.header.language, "en")
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
    marking = Marking(
        number_brackets(redline, opened ^ closed, frozenset()), unpaired=opened ^ closed
    )
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


class _Provisions:
    """Groups the blocks of a paper by provision and gives each provision its name."""

    def __init__(self, paper: Paper) -> None:
        self._states = {state.key: state for state in paper.states}
        self._blocks: dict[str, list[Block]] = {}
        for block in paper.blocks:
            self._blocks.setdefault(block.provision, []).append(block)
        self._marking = _marking_of(paper)
        self._names = dict(_names(self._blocks))

    def all(self) -> list[ProvisionView]:
        return [self._provision(key, blocks) for key, blocks in self._blocks.items()]

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
            settled=status in SETTLED,
            options=options,
            options_count=state.options if state else len(options),
            brackets=state.brackets if state else 0,
            moved_from=self._link_to(next((b.moved_from for b in blocks if b.moved_from), None)),
            moved_to=self._link_to(next((b.moved_to for b in blocks if b.moved_to), None)),
        )

    def _link_to(self, key: str | None) -> Link | None:
        return Link(str(self._names.get(key, key)), f"#{key}") if key else None


def _marking_of(paper: Paper) -> Marking:
    unpaired = frozenset(paper.unpaired)
    named = frozenset(a.bracket for b in paper.blocks for a in b.attributions if a.bracket)
    return Marking(
        numbers=number_brackets(
            (p for block in paper.blocks for p in block.paragraphs), unpaired, named
        ),
        unpaired=unpaired,
        footnotes={note.id: n for n, note in enumerate(_footnotes(paper), start=1)},
    )


def _options(
    blocks: list[Block], state: ProvisionState | None, marking: Marking
) -> Iterator[OptionView]:
    """The wordings in order, each with the lines that stood before it, and all the notes."""
    notes = list(_margin_notes(blocks, state))
    told: list[Block] = []
    wordings: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        if block.kind in (BlockKind.WORDING, BlockKind.NO_TEXT):
            wordings.append((block, told))
            told = []
        elif block.kind is not BlockKind.NOTE:
            told.append(block)
    join = _JOINS[state.mode if state else Mode.EXCLUSIVE]
    for place, (block, before) in enumerate(wordings):
        last = place == len(wordings) - 1
        mine = [n for n in notes if last or n.id in _anchors(block) or _is_loose(n, wordings)]
        notes = [n for n in notes if n not in mine]
        option = _option(block, before, marking)
        yield replace(option, join=join if place else "", notes=tuple(mine))


def _is_loose(note: NoteView, wordings: list[tuple[Block, list[Block]]]) -> bool:
    return not any(note.id in _anchors(block) for block, _before in wordings)


def _anchors(block: Block) -> set[str]:
    return {
        key
        for paragraph in block.paragraphs
        for piece in paragraph.pieces
        if isinstance(piece, RedRun)
        for key in piece.notes
    }


def _margin_notes(blocks: list[Block], state: ProvisionState | None) -> Iterator[NoteView]:
    told: set[str] = set()
    if state and state.status_reason:
        by = f"{STATUS_WORDS[state.status]}"[:1].upper() + f"{STATUS_WORDS[state.status]}"[1:]
        yield NoteView("", by, state.status_reason, "status")
    for note in state.notes if state else ():
        if note.kind is not NoteKind.FOOTNOTE:
            told.add(note.text)
            yield _note(note)
    for block in blocks:
        if block.kind is BlockKind.NOTE and block.line not in told:
            yield NoteView("", block.author or _("Drafting note"), block.line, "drafting")


def _option(block: Block, before: list[Block], marking: Marking) -> OptionView:
    lines = [b for b in before if b.kind is BlockKind.ATTRIBUTION]
    attributions = [a for b in (*lines, block) for a in b.attributions]
    heading = next((b.line for b in before if b.kind is BlockKind.HEADING), "")
    number = next((a.option for a in attributions if a.option), None)
    if not heading and number:
        heading = _("Option %(number)s") % {"number": number}
    names = tuple(dict.fromkeys(_name(a, marking) for a in attributions))
    plain = tuple(Name(b.line) for b in lines if b.line and not b.attributions)
    rows = tuple(_rows(block, marking))
    return OptionView(
        key=block.option or block.provision,
        kind="text" if block.kind is BlockKind.WORDING else "no_text",
        rows=rows,
        names=names + plain,
        heading=heading,
        struck=bool(rows) and all(row.op == Op.DEL.value for row in rows),
    )


def _rows(block: Block, marking: Marking) -> Iterator[Row]:
    link = f"#{block.provision}"
    for paragraph in block.paragraphs:
        yield _row(paragraph, marking, link=link)


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


# --- Names of provisions ----------------------------------------------------------------------


def _names(blocks: dict[str, list[Block]]) -> Iterator[tuple[str, Designation]]:
    """What people call each provision: its call and its labels, "resolves 2 i)"."""
    call = ""
    path: dict[int, str] = {}
    for key, group in blocks.items():
        first = group[0]
        wording = next((b for b in group if b.paragraphs), first)
        if first.provision_kind is ProvisionKind.CALL:
            call, path = _short(_plain(wording)), {}
            yield key, Designation(call)
        elif first.provision_kind in _KIND_WORDS:
            inside = call if first.provision_kind is ProvisionKind.CHAPEAU else ""
            yield key, Designation(inside, str(_KIND_WORDS[first.provision_kind]))
        else:
            path = {depth: item for depth, item in path.items() if depth < first.level}
            path[first.level] = _label(wording)
            labels = " ".join(filter(None, path.values()))
            yield key, Designation(call, labels) if call or labels else Designation(rest=key)


def _label(block: Block) -> str:
    label = block.paragraphs[0].label if block.paragraphs else RedLabel(None, None)
    return label.new or label.old or ""


def _plain(block: Block) -> str:
    """The words as they now read; those of a struck paragraph as they were."""
    runs = [r for p in block.paragraphs for r in p.pieces if isinstance(r, RedRun)]
    kept = [r for r in runs if r.op is not Op.DEL] or runs
    return "".join(run.text for run in kept).strip(" ,:;")


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"
