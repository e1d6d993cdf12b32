"""How provisions and packages are, as JSON: what an act changed, so that it can be undone.

Rules:

- A state is everything that an act can change of a provision ("p7") or a package ("k3"), with the
  rows' own ids, so that what comes back is the same row with the same history. None: it is not
  there.
- What of a row is told here and not in `domain.draft` is what a reader does not see: ranks, ids,
  versions.
- A `Before` is kept for a year: an act of last year's meeting is not undone, it is answered.
- A `Before` holds only what differed. An act that changed nothing and decided nothing leaves none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Now

from drafting.models import (
    Attribution,
    Before,
    Draft,
    Event,
    Note,
    Option,
    Package,
    Position,
    ProposedChange,
    Provision,
)

Json = dict[str, Any]
States = dict[str, Json | None]

SCALARS = ("rank", "kind", "level", "mode", "status", "status_reason", "placed")
ABOUT_OPTION = ("place", "kind", "stands", "heading")
ATTRIBUTION = ("place", "code", "name", "option_number", "note", "literal", "bracket")
NOTE = ("id", "key", "text", "kind", "by")
POINTING = ("target", "after", "moved_from")  # of a proposed change, to provisions
KEPT = timedelta(days=365)
AT_ONCE = 200
POSITION = ("id", "option_id", "bracket", "delegation_id", "stance", "words", "said_by")


def rows_of(rows: QuerySet[Provision]) -> QuerySet[Provision]:
    """Provisions in reading order with all that their states tell."""
    behind = Prefetch("attributions", Attribution.objects.order_by("place"))
    options = Option.objects.order_by("place", "number").prefetch_related(behind)
    return (
        rows.order_by("rank")
        .select_related("moved_from", "moved_to")
        .prefetch_related(
            Prefetch("options", options),
            Prefetch("notes", Note.objects.order_by("pk")),
            Prefetch("positions", Position.objects.order_by("pk")),
        )
    )


def state(row: Provision) -> Json:
    """One provision; `row` comes from `rows_of`."""
    return {
        **{name: getattr(row, name) for name in SCALARS},
        "id": row.pk,
        "base": row.base,
        "moved_from": row.moved_from.key if row.moved_from else None,
        "options": {option.key: _option(option) for option in row.options.all()},
        "notes": [{name: getattr(note, name) for name in NOTE} for note in row.notes.all()],
        "positions": [_position(position) for position in row.positions.all()],
    }


def _option(row: Option) -> Json:
    behind = row.attributions.all()
    return {
        **{name: getattr(row, name) for name in ABOUT_OPTION},
        "id": row.pk,
        "version": row.version,
        "content": row.content,
        "attributions": [{name: getattr(a, name) for name in ATTRIBUTION} for a in behind],
    }


def _position(row: Position) -> Json:
    told = {name: getattr(row, name) for name in POSITION}
    return {**told, "from_the_floor": row.from_the_floor, "at": row.at.isoformat()}


def asked_of(row: Provision) -> dict[str, list[int]]:
    """The proposed changes that point to a provision, by how they do."""
    changes = ProposedChange.objects
    return {
        name: list(changes.filter(**{name: row}).values_list("pk", flat=True)) for name in POINTING
    }


def package_state(row: Package) -> Json:
    """One package, with its provisions by their ids."""
    held = row.provisions.order_by("pk").values_list("pk", flat=True)
    return {"id": row.pk, "name": row.name, "provisions": list(held)}


def states(draft: Draft, keys: Iterable[str] | None = None) -> States:
    """The provisions and packages with these keys as they are now; without keys, all provisions."""
    if keys is None:
        return {row.key: state(row) for row in rows_of(draft.provisions.all())}
    asked = list(dict.fromkeys(keys))
    provisions = [int(key[1:]) for key in asked if key.startswith("p")]
    found = {row.key: state(row) for row in rows_of(draft.provisions.filter(number__in=provisions))}
    packages = [int(key[1:]) for key in asked if key.startswith("k")]
    tied = draft.packages.filter(number__in=packages) if packages else ()
    found |= {f"k{row.number}": package_state(row) for row in tied}
    return {key: found.get(key) for key in asked}


def _said(state: Json | None) -> Json | None:
    """The state without the versions of its options, which tell how often and not what."""
    if not state or "options" not in state:
        return state
    options = {key: {**told, "version": 0} for key, told in state["options"].items()}
    return {**state, "options": options}


def keep(
    event: Event, before: Mapping[str, Any], after: Mapping[str, Any], *, also: bool = False
) -> Before | None:
    """Keeps what differs between two states, as what the act of this event did.

    `also`: it did something beside, which is undone with it. Keys that one side lacks were not
    there. Runs in the act's own transaction, under the lock.
    """
    keys = [key for key in {**before, **after} if _said(before.get(key)) != _said(after.get(key))]
    if not keys and not also:
        return None
    return Before.objects.create(
        event=event,
        provisions={key: before.get(key) for key in keys},
        after={key: after.get(key) for key in keys},
        user=event.actor,
    )


def forget_old() -> int:
    """Deletes what nobody undoes any more, some at a time; how many. The sweep calls it.

    Looks at the oldest alone, which are first by their keys, so that it costs the same every time.
    """
    oldest = Before.objects.order_by("pk").values("pk")[:AT_ONCE]
    old = Before.objects.filter(pk__in=oldest, event__at__lt=Now() - KEPT)
    return old.delete()[0]
