"""Rows on their way to a person, and a draft's rows as the domain's values.

Rules:

- A row that a person asked for comes through an `access_*` function, which asks `permissions`.
- To somebody outside the group what is forbidden looks like what is absent: both raise Absent.
  A member without the right gets Forbidden, since they know that the thing exists.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.models import (
    AdHocGroup,
    Attribution,
    Draft,
    Note,
    Option,
    PaperImport,
    PaperJob,
    Provision,
    Revision,
)
from drafting.permissions import Action, Actor, Standing, require, standing_in


class Absent(Exception):
    """There is no such thing, as far as this person may know."""


# --- Access -------------------------------------------------------------------------------------


def groups_of(actor: Actor) -> QuerySet[AdHocGroup]:
    """The groups a person sits in or serves, with their conferences."""
    return (
        AdHocGroup.objects.filter(
            Q(memberships__user=actor.user) | Q(conference__secretariatmember__user=actor.user)
        )
        .select_related("conference")
        .distinct()
    )


def access_group(
    actor: Actor, conference: str, slug: str, action: Action = Action.SEE_GROUP
) -> tuple[AdHocGroup, Standing]:
    group = (
        AdHocGroup.objects.select_related("conference")
        .filter(conference__slug=conference, slug=slug)
        .first()
    )
    return _admitted(group, actor, action)


def access_draft(
    actor: Actor, conference: str, slug: str, action: Action
) -> tuple[Draft, Standing]:
    """The draft with its group and conference, and what the actor is in the group."""
    draft = (
        Draft.objects.select_related("group__conference", "conference")
        .filter(conference__slug=conference, slug=slug)
        .first()
    )
    _group, standing = _admitted(draft.group if draft else None, actor, action)
    assert draft is not None
    return draft, standing


def access_provision(draft: Draft, key: str) -> Provision:
    """A provision of a draft the actor was admitted to."""
    found = draft.provisions.filter(number=_number(key, "p")).first()
    if found is None:
        raise Absent
    return found


def access_revision(draft: Draft, number: int) -> Revision:
    found = draft.revisions.filter(number=number).first()
    if found is None:
        raise Absent
    return found


def access_import(actor: Actor, pk: int, action: Action) -> tuple[PaperImport, Standing]:
    paper = (
        PaperImport.objects.select_related("group__conference", "draft", "uploaded_by", "file")
        .defer("file__data")
        .filter(pk=pk)
        .first()
    )
    _group, standing = _admitted(paper.group if paper else None, actor, action)
    assert paper is not None
    return paper, standing


def access_paper(draft: Draft, number: int, form: str, comparison: str) -> PaperJob:
    """A rendered paper of an issued Revision, with its file. Absent until it is rendered."""
    job = (
        PaperJob.objects.select_related("file", "revision")
        .filter(
            revision__draft=draft,
            revision__number=number,
            form=form,
            comparison=comparison,
            file__isnull=False,
        )
        .first()
    )
    if job is None:
        raise Absent
    return job


def _admitted(
    group: AdHocGroup | None, actor: Actor, action: Action
) -> tuple[AdHocGroup, Standing]:
    if group is None or standing_in(actor, group) is None:
        raise Absent
    return group, require(actor, action, group)


def _number(key: str, letter: str) -> int:
    digits = key.removeprefix(letter)
    if not key.startswith(letter) or not digits.isascii() or not digits.isdigit():
        raise Absent
    return min(int(digits[:10]), 2**31 - 1)


# --- A draft as values --------------------------------------------------------------------------


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
