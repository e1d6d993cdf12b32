"""What of a draft is there to be checked: every wording that a paper would print.

A provision that was moved away, that lapsed or was deleted says nothing any more; an option that
asks for no words has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drafting.domain.draft import Draft, Option, OptionKind, Provision
from drafting.domain.edits import Read, read
from drafting.domain.text import Paragraph
from drafting.domain.wordings import WITHDRAWN


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of one wording. `read`: its words as they read, with their places; `order`
    counts the lines of the draft."""

    provision: Provision
    option: Option
    number: int
    paragraph: Paragraph
    read: Read
    order: int

    @property
    def words(self) -> str:
        return self.read.words


def provisions(draft: Draft) -> Iterator[Provision]:
    """The provisions that are there: in their place, and not withdrawn."""
    for provision in draft.provisions:
        if provision.moved_to is None and provision.status not in WITHDRAWN:
            yield provision


def wordings(draft: Draft) -> Iterator[tuple[Provision, Option]]:
    for provision in provisions(draft):
        for option in provision.options:
            if option.kind is OptionKind.TEXT:
                yield provision, option


def lines(draft: Draft) -> Iterator[Line]:
    """Every paragraph of every wording, in reading order."""
    order = 0
    for provision, option in wordings(draft):
        for number, paragraph in enumerate(option.text.paragraphs):
            yield Line(provision, option, number, paragraph, read(paragraph), order)
            order += 1


def lead(provision: Provision) -> Option:
    """The wording by which a provision is counted: the standing one, else the first with words."""
    worded = (option for option in provision.options if option.kind is OptionKind.TEXT)
    return provision.standing or next(worded, provision.options[0])


def is_sure(provision: Provision) -> bool:
    """Whether its words stay, whatever is chosen: nobody asks that nothing be said here."""
    return provision.standing is not None and all(
        option.kind is OptionKind.TEXT for option in provision.options
    )
