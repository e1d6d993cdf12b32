"""What the pages show of a paper, as frozen values that templates read."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from drafting.domain.draft import Header, ProvisionKind, Status


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
    silent: bool = False  # an option that says: no text

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
    lone: bool = False  # a bracket without a partner stands before a label
    owner: str = ""  # the delegation whose alone it is


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
    owner: str = ""  # the delegation whose alone it is, where nothing of it stands

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
