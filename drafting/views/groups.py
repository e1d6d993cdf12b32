"""My groups, and one group."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from drafting.permissions import SIGNED_IN, Action, Actor, Part, allows, may
from drafting.selectors import overviews
from drafting.selectors.access import access_group
from drafting.views import addresses
from drafting.views.gate import page


@page(SIGNED_IN)
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The groups of the person who asks."""
    groups = [
        {
            "group": line.group,
            "conference": line.group.conference,
            "url": addresses.group(line.group),
            "role_label": line.role,
            "acting_for": line.acting_for,
            "drafts": [_draft_card(item) for item in line.drafts],
        }
        for line in overviews.my_groups(actor)
    ]
    return render(request, "drafting/home.html", {"groups": groups})


@page(Action.SEE_GROUP)
@require_safe
def group(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """Members, drafts, contributions and Revisions of one group."""
    found, standing = access_group(actor, conference, slug)
    desk = may(actor, Action.BRING_IN_PAPER, found)
    contributions = [_contribution_line(c) for c in overviews.contributions_of(found)]
    return render(
        request,
        "drafting/group_detail.html",
        {
            "group": found,
            "conference": found.conference,
            "role_label": overviews.role_name(standing.part),
            "acting_for": standing.acting_for,
            "members": [_member_line(member) for member in overviews.members_of(found)],
            "drafts": [_draft_card(item) for item in overviews.draft_lines(found)],
            "contributions": contributions,
            "consolidations": _consolidations(contributions)
            if allows(standing, Action.CONSOLIDATE)
            else [],
            "imports": _imports(found) if desk else [],
            "revisions": _revisions(found),
            "new_draft_url": addresses.new_draft(found) if desk else "",
            "setup_url": _setup(request, found) if desk else "",
            "may": {"bring_in": desk},
        },
    )


def _setup(request: HttpRequest, group: Any) -> str:
    """Where members and mandate are entered, for those whom the admin lets in."""
    user = request.user
    if user.is_staff and user.has_perm("drafting.change_adhocgroup"):
        return reverse("admin:drafting_adhocgroup_change", args=[group.pk])
    return ""


def _draft_card(line: overviews.DraftLine) -> dict[str, Any]:
    return {
        "draft": line.draft,
        "url": addresses.draft(line.draft),
        "since": line.revision,
        "issued_at": line.issued_at,
        "revisions_url": addresses.revisions(line.draft),
        "import_url": addresses.new_import(line.draft),
        "counts": line.counts,
    }


def _member_line(member: Any) -> dict[str, Any]:
    return {
        "name": member.user.get_full_name(),
        "role_label": overviews.role_name(Part(member.role)),
        "delegation": member.delegation,
    }


def _contribution_line(contribution: Any) -> dict[str, Any]:
    return {
        "contribution": contribution,
        "draft": contribution.draft,
        "codes": [proposal.code for proposal in contribution.proposals.all()],
        "url": addresses.contribution_file(contribution),
    }


def _consolidations(contributions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The drafts on which proposals have come in, with where they are set side by side."""
    drafts = {line["draft"].pk: line["draft"] for line in contributions}
    return [{"draft": draft, "url": addresses.consolidation(draft)} for draft in drafts.values()]


def _imports(group: Any) -> list[dict[str, Any]]:
    return [
        {"paper": paper, "url": addresses.paper_import(paper)}
        for paper in overviews.waiting_imports(group)
    ]


def _revisions(group: Any) -> list[dict[str, Any]]:
    return [
        {"revision": revision, "draft": draft, "url": addresses.revisions(draft)}
        for draft in group.drafts.select_related("conference")
        for revision in draft.revisions.defer("snapshot")
    ]
