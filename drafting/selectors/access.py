"""From an address to a row, for a person who may have it.

Rules:

- A row that a person asked for comes through an `access_*` function, which asks `permissions`.
- To somebody outside the group what is forbidden looks like what is absent: both raise Absent.
  A member without the right gets Forbidden, since they know that the thing exists.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from drafting.models import AdHocGroup, Draft, PaperImport, PaperJob, Provision, Revision
from drafting.permissions import Action, Actor, Standing, require, standing_in


class Absent(Exception):
    """There is no such thing, as far as this person may know."""


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
