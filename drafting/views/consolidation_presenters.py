"""From a look at the consolidated draft to what its page shows. Pure but for translations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from drafting.domain import draft as values
from drafting.domain.consolidation import Left
from drafting.domain.draft import ProvisionKind
from drafting.domain.paper import Against, Block, Paper, compose
from drafting.models import Draft
from drafting.services.consolidating import Look, codes_of
from drafting.services.telling import told
from drafting.views import addresses
from drafting.views.naming import names_of
from drafting.views.presenters import present_room
from drafting.views.shown import Designation, RoomView


@dataclass(frozen=True, slots=True)
class Place:
    """A provision by its name, and where it is read."""

    name: Designation
    url: str


@dataclass(frozen=True, slots=True)
class LeftView:
    """A provision that is left as it is, and why."""

    place: Place
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FailureView:
    place: Place
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class ProposalLine:
    code: str
    document: str
    changes: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class LookView:
    """All that the page shows of a look. `codes`: those to be put, where not all are."""

    room: RoomView | None
    counts: Mapping[str, int]
    chosen: int
    holds: bool
    failures: tuple[FailureView, ...]
    left: tuple[LeftView, ...]
    out: tuple[str, ...]
    ordered: tuple[Place, ...]
    why_ordered: str
    proposals: tuple[ProposalLine, ...]
    codes: tuple[str, ...]
    inline: bool
    words: int
    mark: str


def present_look(draft: Draft, found: Look) -> LookView:
    outcome = found.outcome
    paper = compose(found.after, Against.BASE)
    shown = _only(paper, found.after, set(outcome.changed))
    places = _Places(draft, paper)
    everything = codes_of(draft)
    return LookView(
        room=present_room(shown) if outcome.changed else None,
        counts=outcome.counts,
        chosen=len(found.codes),
        holds=found.law_holds,
        failures=tuple(
            FailureView(places.of(f.provision), f.code, told(f.why)) for f in outcome.failures
        ),
        left=tuple(_left(left, places) for left in outcome.left),
        out=found.out,
        ordered=tuple(places.here(key) for key in outcome.explanations),
        why_ordered=told(next(iter(outcome.explanations.values()), "")),
        proposals=tuple(_proposals(draft, found.codes)),
        codes=() if list(found.codes) == everything else found.codes,
        inline=found.style.inline,
        words=found.style.most_words,
        mark=found.mark,
    )


def _left(left: Left, places: _Places) -> LeftView:
    return LeftView(places.of(left.provision), left.codes, told(left.why))


class _Places:
    """What people call each provision, and where it is read."""

    def __init__(self, draft: Draft, paper: Paper) -> None:
        blocks: dict[str, list[Block]] = {}
        for block in paper.blocks:
            blocks.setdefault(block.provision, []).append(block)
        self.names = dict(names_of(blocks))
        self.room = addresses.draft(draft)

    def of(self, key: str) -> Place:
        """Where the provision is in the draft as it is."""
        return Place(self._name(key), f"{self.room}#{key}")

    def here(self, key: str) -> Place:
        """Where it is on this page."""
        return Place(self._name(key), f"#{key}")

    def _name(self, key: str) -> Designation:
        """What the paper does not print is told by its key, what is gone by nothing."""
        return self.names.get(key, Designation(rest=key))


def _only(paper: Paper, draft: values.Draft, changed: set[str]) -> Paper:
    """The paper with what changed alone, each under its call and the items it belongs to."""
    kept = set(changed)
    above: dict[int, str] = {}
    for provision in draft.provisions:
        depth = 0 if provision.kind is ProvisionKind.CALL else max(1, provision.level)
        above = {level: key for level, key in above.items() if level < depth}
        if provision.key in changed:
            kept.update(above.values())
        above[depth] = provision.key
    states = tuple(state for state in paper.states if state.key in kept)
    return replace(
        paper,
        blocks=tuple(block for block in paper.blocks if block.provision in kept),
        states=states,
        notes=tuple(note for state in states for note in state.notes),
    )


def _proposals(draft: Draft, chosen: Iterable[str]) -> Iterable[ProposalLine]:
    rows: Any = draft.proposals.select_related("contribution").prefetch_related("changes")
    for row in rows.order_by("contribution", "pk"):
        yield ProposalLine(
            row.code, row.contribution.document, len(row.changes.all()), row.code in set(chosen)
        )
