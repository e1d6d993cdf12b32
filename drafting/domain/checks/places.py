"""Where each provision stands and what it is called: as adopted, as it is, as it will be.

Rules:

- A name is a call and the labels under it: *considering* `b)`, *instructs ...* `1 ii)`.
- The same call may open two sections; a label may stand twice. What a name leads to is a list.
- A provision that is gone has no name. One that was moved is the same: `heirs` tells under which
  key it stands now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drafting.domain.checks import live
from drafting.domain.draft import Draft, OptionKind, Provision, ProvisionKind
from drafting.domain.folding import fold
from drafting.domain.text import Text, accepted, plain


@dataclass(frozen=True, slots=True)
class Spot:
    """A labelled paragraph of a provision, and the labels above it in `path`, its own last."""

    provision: str
    paragraph: int
    section: int
    path: tuple[str, ...]
    order: int


@dataclass(frozen=True, slots=True)
class Section:
    """`name`: the call as printed, `call`: folded; "" before the first. `members` have words."""

    key: str
    name: str
    call: str
    order: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One state of a draft."""

    sections: tuple[Section, ...]
    spots: tuple[Spot, ...]

    def section_of(self, provision: str) -> Section | None:
        return next((s for s in self.sections if provision in (s.key, *s.members)), None)

    def called(self, call: str) -> tuple[Section, ...]:
        """The sections under this call; under a bare verb those whose call begins with it."""
        exact = tuple(section for section in self.sections if section.call == call)
        if exact:
            return exact
        return tuple(s for s in self.sections if s.call.startswith(f"{call} "))

    def at(self, section: Section, path: Sequence[str]) -> tuple[Spot, ...]:
        place = self.sections.index(section)
        return tuple(s for s in self.spots if s.section == place and s.path == tuple(path))

    def names(self, provision: str) -> tuple[Spot, ...]:
        return tuple(spot for spot in self.spots if spot.provision == provision)


def now(draft: Draft, labels: Mapping[tuple[str, int], str] | None = None) -> View:
    """The draft as it is; `labels` are those that it will have, by provision and paragraph."""
    lines = []
    for provision in live.provisions(draft):
        option = live.lead(provision)
        is_call = provision.kind is ProvisionKind.CALL
        if option.kind is OptionKind.TEXT:
            lines.append((provision, accepted(option.text)))
        elif is_call and provision.base:
            lines.append((provision, provision.base))
    return _view(lines, labels or {})


def adopted(draft: Draft) -> View:
    """The adopted text."""
    return _view([(p, p.base) for p in draft.provisions if p.base is not None], {})


def heirs(draft: Draft) -> dict[str, str]:
    """Under which key each provision stands now, where it was moved."""
    return {p.key: p.moved_to for p in draft.provisions if p.moved_to is not None}


def _view(lines: Sequence[tuple[Provision, Text]], labels: Mapping[tuple[str, int], str]) -> View:
    sections: list[tuple[str, str, int, list[str]]] = [
        ("", "", -1, [])
    ]  # key, call, order, members
    spots: list[Spot] = []
    path: dict[int, str] = {}
    for order, (provision, text) in enumerate(lines):
        if provision.kind is ProvisionKind.CALL:
            sections.append((provision.key, plain(text).strip(" ,:;"), order, []))
            path = {}
            continue
        sections[-1][3].append(provision.key)
        if provision.kind is ProvisionKind.ITEM:
            for spot in _spots(provision.key, text, labels, path):
                spots.append(Spot(*spot[:2], len(sections) - 1, spot[2], order))
    return View(
        tuple(
            Section(key, name, called(name), at, tuple(held)) for key, name, at, held in sections
        ),
        tuple(spots),
    )


def _spots(
    key: str, text: Text, labels: Mapping[tuple[str, int], str], path: dict[int, str]
) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """The labelled paragraphs of a wording; `path` is carried on from line to line."""
    for number, paragraph in enumerate(text.paragraphs):
        label = labels.get((key, number), paragraph.label)
        if not label:
            continue
        for deeper in [level for level in path if level >= paragraph.level]:
            del path[deeper]
        path[paragraph.level] = label
        yield key, number, tuple(path[level] for level in sorted(path))


def called(words: str) -> str:
    """A call's words as they compare."""
    return fold(words, case=False).strip(" ,:;")
