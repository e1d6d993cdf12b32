"""Brackets that go on in other provisions, when the wordings in which one end stands are decided.

Rules:

- What is decided is no longer in the bracket; what is not stays in it. So the end that stood here
  comes to the next provision inside; those who stand behind the bracket come along, and what
  delegations think of it.
- Where there is none that could take it, the other end goes too: an end alone says nothing. Closed
  text is not touched.
"""

from __future__ import annotations

from collections.abc import Iterable

from drafting import steps
from drafting.domain.draft import OptionKind, Status
from drafting.domain.lifecycle import is_closed
from drafting.domain.text import BracketClose, BracketOpen, Text, inlines
from drafting.models import Attribution, Option, Provision
from drafting.services.acts import rows
from drafting.services.acts.brackets import holding
from drafting.services.acts.naming import text_of
from drafting.services.acts.parting import size_of
from drafting.services.acts.rewriting import Rewriting
from drafting.services.acts.work import Work, is_left
from drafting.steps import Json


def shrink(work: Work, row: Provision, going: Iterable[Option]) -> list[Option]:
    """Takes brackets back from a provision whose ends in `going` go; the options that changed."""
    changed: list[Option] = []
    for key in _alone([text_of(option) for option in going]):
        there = [option for option in holding(work, key) if option.provision is not row]
        if there:
            changed += _shrunk(work, row, key, there)
    return changed


def _alone(going: list[Text]) -> list[str]:
    """The brackets of which one end is here and the other is not."""
    pieces = [piece for text in going for piece in inlines(text)]
    opened = dict.fromkeys(piece.id for piece in pieces if isinstance(piece, BracketOpen))
    closed = dict.fromkeys(piece.id for piece in pieces if isinstance(piece, BracketClose))
    return [key for key in opened | closed if not (key in opened and key in closed)]


def _shrunk(work: Work, row: Provision, key: str, there: list[Option]) -> list[Option]:
    opening = _opening(work, row, key)
    target = _nearest(work, row, there, forwards=opening is not None)
    if target is None:
        return _lifted(work, key, there)
    rows.carry_positions(work, row.positions.filter(bracket=key), target.provision, target)
    if opening is None:
        end = sum(size_of(node) for node in steps.standard(target.content)["content"]) - 1
        closing: Json = {"type": "bracket_close", "attrs": {"id": key}}
        work.write(target, steps.insert_marker(end, closing))
        return [target]
    source, marker = opening
    attrs = {"id": key, "kind": marker.kind.value, "before_label": marker.before_label}
    work.write(target, steps.insert_marker(1, {"type": "bracket_open", "attrs": attrs}))
    _come_along(source, target, key)
    return [target]


def _lifted(work: Work, key: str, there: list[Option]) -> list[Option]:
    lifted = [option for option in there if _is_open(option.provision)]
    for option in lifted:
        made = Rewriting(option)
        made.lift([key])
        made.write(work)
    return lifted


def _opening(work: Work, row: Provision, key: str) -> tuple[Option, BracketOpen] | None:
    for option in work.options(row):
        for piece in inlines(text_of(option)):
            if isinstance(piece, BracketOpen) and piece.id == key:
                return option, piece
    return None


def _nearest(work: Work, row: Provision, there: list[Option], *, forwards: bool) -> Option | None:
    """The wording of the nearest provision inside that can take the end."""
    far = min if forwards else max
    ranks = [option.provision.rank for option in there]
    other = far(ranks)
    if (other > row.rank) is not forwards:
        return None
    low, high = sorted((row.rank, other))
    between = work.take(work.draft.provisions.filter(rank__gte=low, rank__lte=high))
    inside = [held for held in (between if forwards else between[::-1]) if held is not row]
    for held in inside:
        own = next((option for option in there if option.provision is held), None)
        found = own or work.lead(held)
        if _is_open(held) and found.kind == OptionKind.TEXT:
            return found
    return None


def _is_open(row: Provision) -> bool:
    return not is_closed(Status(row.status)) and not is_left(row)


def _come_along(source: Option, target: Option, key: str) -> None:
    last = target.attributions.order_by("-place").first()
    place = last.place if last else -1
    for row in Attribution.objects.filter(option=source, bracket=key).order_by("place"):
        place += 1
        row.option, row.place = target, place
        row.save(update_fields=["option", "place"])
