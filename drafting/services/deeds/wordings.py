"""What an act may ask for of the wordings of a provision: which there are, and which stay."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from drafting.services.deeds.form import AnyDeed, Key, Rationale, Who, Words


class AddOption(AnyDeed, tag="option.add", frozen=True):
    """Another wording: the copy of an option, "no text", or "delete"."""

    provision: Key
    kind: Literal["text", "no_text", "delete"] = "text"
    copy: Key | None = None


class RemoveOption(AnyDeed, tag="option.remove", frozen=True):
    """A provision keeps at least one."""

    option: Key


class FoldOptions(AnyDeed, tag="options.fold", frozen=True):
    """Several wordings become fewer: equal ones one, others one text with alternatives in brackets,
    or the chair's own `words` beside them (or `instead` of them)."""

    provision: Key
    options: Annotated[list[Key], Meta(max_length=100)]
    how: Literal["stack", "common", "free"]
    words: Words | None = None
    instead: bool = False
    rationale: Rationale = ""


class UnfoldOption(AnyDeed, tag="options.unfold", frozen=True):
    """The alternatives in one text become options, each with who asks for it."""

    option: Key


class OrderOptions(AnyDeed, tag="options.order", frozen=True):
    """Every option of the provision, in the order in which they are to stand."""

    provision: Key
    order: Annotated[list[Key], Meta(min_length=1, max_length=100)]


class LetStand(AnyDeed, tag="options.stand", frozen=True):
    """These wordings do not compete: each stands, in a provision of its own."""

    provision: Key
    options: Annotated[list[Key], Meta(min_length=2, max_length=100)]
    rationale: Rationale = ""


class ChooseOption(AnyDeed, tag="option.choose", frozen=True):
    """A wording becomes the only one of its provision, clean; the others are not retained.

    `reading`: whose, of a text that holds several: a proposal's, or "base"; null: that of those
    who stand behind the option.
    """

    option: Key
    reading: Who | None = None
    rationale: Rationale = ""
