"""What the pages list and count: groups, drafts, members, papers. Everything in few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from drafting.domain.draft import Status
from drafting.models import (
    AdHocGroup,
    Contribution,
    Draft,
    Membership,
    PaperImport,
    PaperJob,
    Revision,
)
from drafting.models.intake import ImportState
from drafting.permissions import Actor, Part, standing_in
from drafting.selectors.access import groups_of


@dataclass(frozen=True, slots=True)
class Counts:
    """Where a draft's negotiated provisions stand (titles and calls are not counted)."""

    total: int
    open: int
    agreed_ad_ref: int
    agreed: int
    reopened: int


@dataclass(frozen=True, slots=True)
class DraftLine:
    """`revision` is the latest that was issued, with when; None before the first."""

    draft: Draft
    counts: Counts
    revision: int | None
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group as its member sees it in a list."""

    group: AdHocGroup
    role: str
    acting_for: str
    drafts: tuple[DraftLine, ...]


def my_groups(actor: Actor) -> list[GroupLine]:
    """The actor's groups with their drafts."""
    lines = []
    for group in groups_of(actor):
        standing = standing_in(actor, group)
        if standing is not None:
            line = GroupLine(
                group, role_name(standing.part), standing.acting_for, tuple(draft_lines(group))
            )
            lines.append(line)
    return lines


def role_name(part: Part) -> str:
    """The role as a person reads it."""
    return {
        Part.CHAIR: _("Chair"),
        Part.SECRETARY: _("Secretary"),
        Part.DELEGATE: _("Delegate"),
        Part.OBSERVER: _("Observer"),
        Part.SECRETARIAT: _("Secretariat"),
        Part.MACHINE: _("Machine"),
    }[part]


def draft_lines(group: AdHocGroup) -> Iterable[DraftLine]:
    """The group's drafts with their counts and latest Revisions, in one query."""
    issued = Revision.objects.filter(draft=OuterRef("pk")).order_by("-number")
    negotiated = Q(provisions__kind__in=["item", "other"])

    def counted(*statuses: Status) -> Count:
        wanted = [status.value for status in statuses]
        return Count("provisions", filter=negotiated & Q(provisions__status__in=wanted))

    drafts = group.drafts.select_related("conference", "group__conference").annotate(
        n_total=Count("provisions", filter=negotiated),
        n_open=counted(Status.OPEN, Status.DEFERRED),
        n_ad_ref=counted(Status.AGREED_AD_REF),
        n_agreed=counted(Status.AGREED, Status.AGREED_HIGHER),
        n_reopened=counted(Status.REOPENED),
        last_number=Subquery(issued.values("number")[:1]),
        last_at=Subquery(issued.values("issued_at")[:1]),
    )
    for draft in drafts:
        counts = Counts(
            draft.n_total, draft.n_open, draft.n_ad_ref, draft.n_agreed, draft.n_reopened
        )
        yield DraftLine(draft, counts, draft.last_number, draft.last_at)


def counts_of(draft: Draft) -> Counts:
    """Where the draft's negotiated provisions stand."""
    return next(line.counts for line in draft_lines(draft.group) if line.draft.pk == draft.pk)


def members_of(group: AdHocGroup) -> QuerySet[Membership]:
    """The group's members, chair first, then secretary, delegates by symbol, observers."""
    order = {"chair": 0, "secretary": 1, "delegate": 2, "observer": 3}
    members = group.memberships.select_related("user", "delegation")
    return sorted(  # type: ignore[return-value]
        members,
        key=lambda m: (order[m.role], m.delegation.symbol if m.delegation else "", str(m.user)),
    )


def contributions_of(group: AdHocGroup) -> QuerySet[Contribution]:
    """The papers placed in the group's drafts, with their proposals."""
    return (
        Contribution.objects.filter(draft__group=group)
        .select_related("draft__conference", "paper")
        .prefetch_related(Prefetch("proposals"))
    )


def waiting_imports(group: AdHocGroup) -> QuerySet[PaperImport]:
    """Papers that were brought in and are not placed yet."""
    return (
        group.imports.filter(
            state__in=[
                ImportState.READING,
                ImportState.QUESTIONS,
                ImportState.READY,
                ImportState.REFUSED,
            ]
        )
        .select_related("file", "draft", "uploaded_by")
        .defer("file__data", "parsed")
    )


def revisions_of(draft: Draft) -> QuerySet[Revision]:
    """The draft's Revisions, the latest first, with their papers."""
    jobs = PaperJob.objects.select_related("file").defer("file__data")
    return (
        draft.revisions.select_related("issued_by", "draft__conference")
        .defer("snapshot")
        .prefetch_related(Prefetch("jobs", jobs))
    )
