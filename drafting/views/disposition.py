"""What came of each proposal: the disposition table, always as the draft is now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from drafting.permissions import Action, Actor
from drafting.selectors.access import access_draft
from drafting.selectors.dispositions import table_of
from drafting.views.disposition_presenters import KINDS, Filters, present
from drafting.views.drafts import draft_context
from drafting.views.gate import page


@page(Action.READ_DRAFT)
@require_safe
def table(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """The table, by provision or by proposal, filtered as the address says."""
    draft, _standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    context = {
        "came": present(table_of(draft), _filters(request)),
        "last_issued": draft.last_revision,
        **draft_context(draft, actor),
    }
    return render(request, "drafting/disposition.html", context)


def _filters(request: HttpRequest) -> Filters:
    """What the address asks for; what nobody knows is not asked."""
    asked = request.GET
    outcome = asked.get("outcome", "")
    return Filters(
        by="proposal" if asked.get("by") == "proposal" else "provision",
        delegation=asked.get("delegation", "")[:60],
        outcome=outcome if outcome in KINDS else "",
        proposal=asked.get("proposal", "")[:60],
    )
