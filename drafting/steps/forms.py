"""The form of everything a step may hold, as types that let nothing else through.

Rules:

- A field that is not named here is refused; so is one that is missing, also where the schema has
  a default: what is stored is complete.
- Numbers are whole, and `true` is not one.
- Steps are of four types. Newer ones that an editor's library may bring are unknown here.
- The types are as deep as a document is, so nothing deeper is ever looked at.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

MOST_STEPS = 200
MOST_BYTES = 64 * 1024
MOST_CHARACTERS = 100_000
MOST_MARKS = 40
MOST_PIECES = 4_000  # paragraphs, runs, markers and the marks on them

Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.:-]{1,40}\Z")]
Position = Annotated[int, Meta(ge=0, le=4 * MOST_CHARACTERS)]
Level = Annotated[int, Meta(ge=0, le=4)]
Label = Annotated[str, Meta(min_length=1, max_length=20)]
Source = Annotated[str, Meta(min_length=1, max_length=80)]
Words = Annotated[str, Meta(min_length=1)]
Open = Annotated[int, Meta(ge=0, le=1)]


class Typed(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """A node or mark: its `type` tells which."""


class Bare(Struct, frozen=True, forbid_unknown_fields=True):
    """Attributes."""


class Identity(Bare, frozen=True):
    id: Id


class Asked(Bare, frozen=True):
    id: Id
    source: Source


class Em(Typed, frozen=True, tag="em"):
    pass


class Strong(Typed, frozen=True, tag="strong"):
    pass


class Sup(Typed, frozen=True, tag="sup"):
    pass


class Sub(Typed, frozen=True, tag="sub"):
    pass


class Underline(Typed, frozen=True, tag="underline"):
    pass


class Insertion(Typed, frozen=True, tag="insertion"):
    attrs: Asked


class Deletion(Typed, frozen=True, tag="deletion"):
    attrs: Asked


class NoteMark(Typed, frozen=True, tag="note"):
    attrs: Identity


MarkForm = Em | Strong | Sup | Sub | Underline | Insertion | Deletion | NoteMark
Marks = Annotated[list[MarkForm], Meta(min_length=1, max_length=MOST_MARKS)]


class Opening(Bare, frozen=True):
    id: Id
    kind: Literal["contested", "deletion", "placeholder"]
    before_label: bool


class TextForm(Typed, frozen=True, tag="text"):
    text: Words
    marks: Marks | None = None


class OpenForm(Typed, frozen=True, tag="bracket_open"):
    attrs: Opening
    marks: Marks | None = None


class CloseForm(Typed, frozen=True, tag="bracket_close"):
    attrs: Identity
    marks: Marks | None = None


class FootnoteForm(Typed, frozen=True, tag="footnote_ref"):
    attrs: Identity
    marks: Marks | None = None


InlineForm = TextForm | OpenForm | CloseForm | FootnoteForm


class Line(Bare, frozen=True):
    label: Label | None
    level: Level


class ParagraphForm(Typed, frozen=True, tag="paragraph"):
    attrs: Line
    content: Annotated[list[InlineForm], Meta(min_length=1)] | None = None


class SliceForm(Bare, frozen=True):
    """`openStart` and `openEnd`: whether the first and last paragraph continue what is there."""

    content: Annotated[
        list[ParagraphForm | TextForm | OpenForm | CloseForm | FootnoteForm], Meta(min_length=1)
    ]
    openStart: Open = 0
    openEnd: Open = 0


class StepForm(Struct, frozen=True, forbid_unknown_fields=True, tag_field="stepType"):
    """A step: its `stepType` tells which."""


class Replace(StepForm, frozen=True, tag="replace"):
    to: Position
    start: Position = field(name="from")
    slice: SliceForm | None = None
    structure: Literal[True] | None = None


class AddMark(StepForm, frozen=True, tag="addMark"):
    mark: MarkForm
    to: Position
    start: Position = field(name="from")


class RemoveMark(StepForm, frozen=True, tag="removeMark"):
    mark: MarkForm
    to: Position
    start: Position = field(name="from")


class SetAttribute(StepForm, frozen=True, tag="attr"):
    pos: Position
    attr: Literal["label", "level"]
    value: Label | Level | None


AnyStep = Replace | AddMark | RemoveMark | SetAttribute
