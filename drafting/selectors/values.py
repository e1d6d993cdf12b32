"""A draft's rows as the domain's values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC

from django.db.models import Prefetch, Q, QuerySet

from drafting.domain import draft as values
from drafting.domain import positions
from drafting.domain import text as texts
from drafting.models import Attribution, Draft, Note, Option, Position, Provision


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
    """The draft as it is now, as the domain's value: four queries.

    From bare columns: of a whole draft, making an object of each row costs more than all else.
    """
    return values.Draft(header_value(draft), tuple(_provisions(draft)))


_PROVISION = (
    "pk",
    "number",
    "kind",
    "level",
    "base",
    "mode",
    "status",
    "status_reason",
    "moved_from__number",
    "moved_to__number",
    "placed",
)


def _provisions(draft: Draft) -> Iterator[values.Provision]:
    options, notes = _options(draft), _notes(draft)
    rows = Provision.objects.filter(draft=draft).order_by("rank").values_list(*_PROVISION)
    for pk, number, kind, level, base, mode, status, reason, moved_from, moved_to, placed in rows:
        yield values.Provision(
            key=f"p{number}",
            kind=values.ProvisionKind(kind),
            level=level,
            base=None if base is None else texts.from_json(base),
            mode=values.Mode(mode),
            status=values.Status(status),
            status_reason=reason,
            moved_from=f"p{moved_from}" if moved_from else None,
            moved_to=f"p{moved_to}" if moved_to else None,
            placed=placed,
            options=tuple(options.get(pk, ())),
            notes=tuple(notes.get(pk, ())),
        )


def _options(draft: Draft) -> dict[int, list[values.Option]]:
    """By the provision's row."""
    behind = _attributions(draft)
    rows = Option.objects.filter(provision__draft=draft).order_by("place", "number")
    found: dict[int, list[values.Option]] = {}
    columns = ("pk", "provision_id", "number", "content", "kind", "stands", "heading")
    for pk, provision, number, content, kind, stands, heading in rows.values_list(*columns):
        option = values.Option(
            key=f"o{number}",
            text=texts.from_json(content),
            kind=values.OptionKind(kind),
            stands=stands,
            heading=heading or None,
            attributions=tuple(behind.get(pk, ())),
        )
        found.setdefault(provision, []).append(option)
    return found


def _attributions(draft: Draft) -> dict[int, list[values.Attribution]]:
    """By the option's row."""
    rows = Attribution.objects.filter(option__provision__draft=draft).order_by("place")
    found: dict[int, list[values.Attribution]] = {}
    columns = ("option_id", "code", "name", "option_number", "note", "literal", "bracket")
    for option, code, name, number, note, literal, bracket in rows.values_list(*columns):
        told = values.Attribution(
            code or None, name or None, number or None, note or None, literal, bracket or None
        )
        found.setdefault(option, []).append(told)
    return found


def _notes(draft: Draft) -> dict[int, list[values.Note]]:
    """By the provision's row."""
    rows = Note.objects.filter(provision__draft=draft).order_by("pk")
    found: dict[int, list[values.Note]] = {}
    for provision, key, text, kind, by in rows.values_list(
        "provision_id", "key", "text", "kind", "by"
    ):
        note = values.Note(key, text, values.NoteKind(kind), by or None)
        found.setdefault(provision, []).append(note)
    return found


def whole_value(draft: Draft) -> values.Draft:
    """The same with what delegations say of it, and which provisions are tied."""
    return replace(
        draft_value(draft),
        positions=tuple(_position(row) for row in _positions(draft)),
        packages=tuple(_packages(draft)),
    )


def _positions(draft: Draft) -> QuerySet[Position]:
    rows = Position.objects.filter(provision__draft=draft).order_by("at", "pk")
    return rows.select_related("provision", "option", "delegation")


def _position(row: Position) -> positions.Position:
    return positions.Position(
        provision=row.provision.key,
        option=row.option.key if row.option else None,
        bracket=row.bracket or None,
        delegation=row.delegation.symbol,
        stance=positions.Stance(row.stance),
        words=row.words,
        said_by=row.said_by,
        from_the_floor=row.from_the_floor,
        at=row.at.astimezone(UTC),
    )


def _packages(draft: Draft) -> Iterator[positions.Package]:
    held = Prefetch("provisions", Provision.objects.order_by("number"))
    for row in draft.packages.order_by("number").prefetch_related(held):
        keys = tuple(provision.key for provision in row.provisions.all())
        yield positions.Package(row.number, row.name, keys)


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


def _adopted_notes(base: texts.Text, notes: Iterable[values.Note]) -> tuple[values.Note, ...]:
    """The footnotes that the adopted text points to."""
    pieces = texts.inlines(base)
    pointed = {piece.id for piece in pieces if isinstance(piece, texts.FootnoteRef)}
    return tuple(note for note in notes if note.id in pointed)


def base_value(draft: Draft) -> values.Draft:
    """The draft as it was before anybody proposed anything: each base standing alone.

    The options have the keys "o1", "o2", ... in base order, as a reading of the base gives them.
    """
    rows = draft.provisions.filter(base__isnull=False).order_by("rank")
    notes = _notes(draft)
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
                notes=_adopted_notes(base, notes.get(row.pk, ())),
            )
        )
    return values.Draft(header_value(draft), tuple(provisions))
