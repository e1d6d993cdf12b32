"""Members' papers, as they were submitted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from drafting.permissions import Action, Actor
from drafting.selectors.access import Absent, access_draft
from drafting.views.gate import page
from drafting.views.revisions import download


@page(Action.READ_CONTRIBUTION)
@require_safe
def file(request: HttpRequest, actor: Actor, conference: str, slug: str, pk: int) -> HttpResponse:
    """The file that was brought in."""
    draft, _standing = access_draft(actor, conference, slug, Action.READ_CONTRIBUTION)
    found = draft.contributions.select_related("paper__file").filter(pk=pk).first()
    if found is None:
        raise Absent
    return download(found.paper.file)
