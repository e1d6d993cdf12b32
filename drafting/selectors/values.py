"""A draft's rows as the domain's values."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.models import Attribution, Draft, Note, Option, Provision


def provisions_of(draft: Draft) -> QuerySet[Provision]:
    """The draft's provisions in reading order with all that hangs on them: five queries."""
    options = Option.objects.order_by("place", "number").prefetch_related(
        Prefetch("attributions", Attribution.objects.order_by("place"))
    )
    return (
        Provision.objects.filter(draft=draft)
        .order_by("rank")
        .select_related("moved_from", "moved_to")
        .prefetch_related(
            Prefetch("options", options), Prefetch("notes", Note.objects.order_by("pk"))
        )
    )


def draft_value(draft: Draft) -> values.Draft:
    """The draft as it is now, as the domain's value."""
    return values.Draft(
        header_value(draft), tuple(provision_value(row) for row in provisions_of(draft))
    )


def some_value(draft: Draft, keys: Iterable[str]) -> values.Draft:
    """The same with these provisions alone, and those they were before they were moved."""
    numbers = [int(key[1:]) for key in keys]
    asked = Q(number__in=numbers) | Q(moved_to__number__in=numbers)
    rows = provisions_of(draft).filter(asked)
    return values.Draft(header_value(draft), tuple(provision_value(row) for row in rows))


def header_value(draft: Draft) -> values.Header:
    series, _slash, number = draft.symbol.rpartition("/")
    return values.Header(
        series=series,
        number=number,
        language=draft.language,
        date=draft.date,
        language_note=draft.language_note,
        conference=draft.conference.name,
        body=draft.group.body,
        group=draft.group.name,
        base_name=draft.base_name,
    )


def provision_value(row: Provision) -> values.Provision:
    """One provision; `row` comes from `provisions_of`."""
    moved_to = getattr(row, "moved_to", None)
    return values.Provision(
        key=row.key,
        kind=values.ProvisionKind(row.kind),
        level=row.level,
        base=None if row.base is None else texts.from_json(row.base),
        mode=values.Mode(row.mode),
        status=values.Status(row.status),
        status_reason=row.status_reason,
        moved_from=row.moved_from.key if row.moved_from else None,
        moved_to=moved_to.key if moved_to else None,
        placed=row.placed,
        options=tuple(option_value(option) for option in row.options.all()),
        notes=tuple(
            values.Note(note.key, note.text, values.NoteKind(note.kind), note.by or None)
            for note in row.notes.all()
        ),
    )


def option_value(row: Option) -> values.Option:
    return values.Option(
        key=row.key,
        text=texts.from_json(row.content),
        kind=values.OptionKind(row.kind),
        stands=row.stands,
        heading=row.heading or None,
        attributions=attribution_values(row.attributions.all()),
    )


def attribution_values(rows: Iterable[Attribution]) -> tuple[values.Attribution, ...]:
    return tuple(
        values.Attribution(
            code=row.code or None,
            name=row.name or None,
            option=row.option_number or None,
            note=row.note or None,
            literal=row.literal,
            bracket=row.bracket or None,
        )
        for row in rows
    )


def base_value(draft: Draft) -> values.Draft:
    """The draft as it was before anybody proposed anything: each base standing alone.

    The options have the keys "o1", "o2", ... in base order, as a reading of the base gives them.
    """
    rows = draft.provisions.filter(base__isnull=False).order_by("rank")
    provisions = []
    for place, row in enumerate(rows, 1):
        base = texts.from_json(row.base)
        standing = values.Option(key=f"o{place}", text=base, stands=True)
        provisions.append(
            values.Provision(
                key=row.key,
                kind=values.ProvisionKind(row.kind),
                level=row.level,
                base=base,
                options=(standing,),
            )
        )
    return values.Draft(header_value(draft), tuple(provisions))
