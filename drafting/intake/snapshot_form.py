"""The form of an exported draft, field by field (`EXPORT.md`): what may stand where, how long.

These values exist only to refuse what is not in the form; nobody reads on from them.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from drafting.domain.draft import SCHEMA, Mode, NoteKind, OptionKind, ProvisionKind, Status
from drafting.domain.positions import Stance
from drafting.domain.text import BracketKind

Words = Annotated[str, Meta(max_length=100_000)]
Line = Annotated[str, Meta(max_length=2_000)]
Name = Annotated[str, Meta(max_length=400)]
Short = Annotated[str, Meta(max_length=120)]
Id = Annotated[str, Meta(min_length=1, max_length=60)]
Label = Annotated[str, Meta(min_length=1, max_length=40)]
ProvisionKey = Annotated[str, Meta(pattern=r"^p[1-9][0-9]{0,8}\Z")]
OptionKey = Annotated[str, Meta(pattern=r"^o[1-9][0-9]{0,8}\Z")]
Level = Annotated[int, Meta(ge=0, le=9)]


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every field is there, and no other."""


# --- Text -------------------------------------------------------------------------------------


class Nothing(Form, frozen=True):
    pass


class ById(Form, frozen=True):
    id: Id


class Asked(Form, frozen=True):
    id: Id
    source: Id


class Opening(Form, frozen=True):
    id: Id
    kind: BracketKind
    before_label: bool


class Em(Form, frozen=True, tag_field="type", tag="em"):
    pass


class Strong(Form, frozen=True, tag_field="type", tag="strong"):
    pass


class Sup(Form, frozen=True, tag_field="type", tag="sup"):
    pass


class Sub(Form, frozen=True, tag_field="type", tag="sub"):
    pass


class Underline(Form, frozen=True, tag_field="type", tag="underline"):
    pass


class Insertion(Form, frozen=True, tag_field="type", tag="insertion"):
    attrs: Asked


class Deletion(Form, frozen=True, tag_field="type", tag="deletion"):
    attrs: Asked


class NoteMark(Form, frozen=True, tag_field="type", tag="note"):
    attrs: ById


Changes = Annotated[list[Insertion | Deletion], Meta(min_length=1, max_length=200)]
Marks = Annotated[
    list[Em | Strong | Sup | Sub | Underline | Insertion | Deletion | NoteMark],
    Meta(min_length=1, max_length=200),
]


class TextNode(Form, frozen=True, tag_field="type", tag="text"):
    text: Annotated[str, Meta(min_length=1, max_length=100_000)]
    marks: Marks | msgspec.UnsetType = msgspec.UNSET


class OpenNode(Form, frozen=True, tag_field="type", tag="bracket_open"):
    attrs: Opening
    marks: Changes | msgspec.UnsetType = msgspec.UNSET


class CloseNode(Form, frozen=True, tag_field="type", tag="bracket_close"):
    attrs: ById
    marks: Changes | msgspec.UnsetType = msgspec.UNSET


class FootnoteNode(Form, frozen=True, tag_field="type", tag="footnote_ref"):
    attrs: ById
    marks: Changes | msgspec.UnsetType = msgspec.UNSET


class ParagraphAttrs(Form, frozen=True):
    label: Label | None
    level: Level


class ParagraphNode(Form, frozen=True):
    type: Literal["paragraph"]
    attrs: ParagraphAttrs
    content: (
        Annotated[
            list[TextNode | OpenNode | CloseNode | FootnoteNode],
            Meta(min_length=1, max_length=20_000),
        ]
        | msgspec.UnsetType
    ) = msgspec.UNSET


class Doc(Form, frozen=True):
    type: Literal["doc"]
    content: Annotated[list[ParagraphNode], Meta(min_length=1, max_length=2_000)]


# --- Draft ------------------------------------------------------------------------------------


class Head(Form, frozen=True):
    series: Annotated[str, Meta(max_length=20)]
    number: Annotated[str, Meta(min_length=1, max_length=19)]
    language: Literal["A", "C", "E", "F", "R", "S"]
    revision: Annotated[int, Meta(ge=0, le=9_999)] | None
    date: datetime.date | None
    language_note: Annotated[str, Meta(max_length=60)]
    conference: Name
    body: Name
    group: Name
    base_name: Annotated[str, Meta(max_length=200)]


class Base(Form, frozen=True):
    label: Label | None
    content: Doc


class Attributed(Form, frozen=True):
    code: Annotated[str, Meta(min_length=1, max_length=60)] | None
    name: Short | None
    option: Annotated[str, Meta(max_length=20)] | None
    note: Line | None
    literal: Line
    bracket: Annotated[str, Meta(max_length=20)] | None


class Wording(Form, frozen=True):
    key: OptionKey
    kind: OptionKind
    stands: bool
    heading: Annotated[str, Meta(max_length=200)] | None
    label: Label | None
    text: Annotated[str, Meta(max_length=400_000)]
    content: Doc
    attributions: Annotated[list[Attributed], Meta(max_length=200)]


class Remark(Form, frozen=True):
    id: Annotated[str, Meta(min_length=1, max_length=20)]
    text: Words
    kind: NoteKind
    by: Short | None


class Unit(Form, frozen=True):
    key: ProvisionKey
    kind: ProvisionKind
    level: Level
    base: Base | None
    mode: Mode
    status: Status
    status_reason: Line
    moved_from: ProvisionKey | None
    moved_to: ProvisionKey | None
    options: Annotated[list[Wording], Meta(min_length=1, max_length=200)]
    notes: Annotated[list[Remark], Meta(max_length=500)]
    placed: bool | msgspec.UnsetType = msgspec.UNSET  # left out where it is true


class Said(Form, frozen=True):
    provision: ProvisionKey
    option: OptionKey | None
    bracket: Annotated[str, Meta(min_length=1, max_length=40)] | None
    delegation: Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9-]*\Z", max_length=20)]
    stance: Stance
    words: Annotated[str, Meta(max_length=300)]
    said_by: Short
    from_the_floor: bool
    at: Annotated[datetime.datetime, Meta(tz=True)]


class Tied(Form, frozen=True):
    number: Annotated[int, Meta(ge=1, le=999_999_999)]
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    provisions: Annotated[list[ProvisionKey], Meta(max_length=5_000)]


class Exported(Form, frozen=True):
    schema: Literal[SCHEMA]  # type: ignore[valid-type]  # the one constant it names
    header: Head
    provisions: Annotated[list[Unit], Meta(max_length=5_000)]
    # Left out where there are none.
    positions: Annotated[list[Said], Meta(min_length=1, max_length=20_000)] | msgspec.UnsetType = (
        msgspec.UNSET
    )
    packages: Annotated[list[Tied], Meta(min_length=1, max_length=500)] | msgspec.UnsetType = (
        msgspec.UNSET
    )
