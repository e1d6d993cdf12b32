"""The first consolidated draft: looked at by whoever prepares it, then put to the group."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from drafting.models import Draft, FoldStyle
from drafting.permissions import Action, Actor
from drafting.selectors.access import access_draft
from drafting.services import consolidating
from drafting.services.consolidating import Look
from drafting.services.refusals import Refused
from drafting.views import addresses
from drafting.views.consolidation_presenters import present_look
from drafting.views.drafts import draft_context
from drafting.views.gate import page
from drafting.views.telling_progress import LINES, lines

CODE = "proposal"


@page(Action.CONSOLIDATE)
@require_safe
def preview(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """What the machine would make of the proposals (`?proposal=`; all where none is named)."""
    draft, _standing = access_draft(actor, conference, slug, Action.CONSOLIDATE)
    wanted = request.GET.getlist(CODE) or None
    try:
        found = consolidating.look(actor, draft, wanted)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(addresses.consolidation(draft))
    context = {
        "look": present_look(draft, found),
        "styles": FoldStyle.choices,
        "most_words": consolidating.MOST_WORDS,
        "put_url": addresses.consolidation(draft, "put"),
        "style_url": addresses.consolidation(draft, "style"),
        **draft_context(draft, actor),
    }
    return render(request, "drafting/consolidation.html", context)


@page(Action.CONSOLIDATE)
@require_POST
def style(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """Keeps the group's style of folding, and shows the draft so."""
    draft, _standing = access_draft(actor, conference, slug, Action.CONSOLIDATE)
    most = request.POST.get("fold_words", "")
    try:
        words = int(most) if most.isdecimal() and len(most) < 5 else 0
        consolidating.set_style(actor, draft.group, request.POST.get("fold_style", ""), words)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_with_codes(draft, request.POST.getlist(CODE)))


def _with_codes(draft: Draft, codes: list[str]) -> str:
    """The preview with these proposals; all of them are named by naming none."""
    address = addresses.consolidation(draft)
    if not codes or set(codes) == set(consolidating.codes_of(draft)):
        return address
    return f"{address}?{urlencode([(CODE, code) for code in codes])}"


@page(Action.CONSOLIDATE)
@require_POST
def put(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponseBase:
    """What was looked at is the group's draft now. A page that waits is told how far it is."""
    draft, _standing = access_draft(actor, conference, slug, Action.CONSOLIDATE)
    codes = request.POST.getlist(CODE) or None
    mark = request.POST.get("mark", "")

    def work(progress: consolidating.Progress) -> Look:
        return consolidating.put(actor, draft.pk, codes, mark=mark, progress=progress)

    if request.headers.get("Accept") == LINES:
        goes = addresses.table(draft)
        return StreamingHttpResponse(lines(work, goes), content_type=LINES)
    try:
        found = work(consolidating.silent)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_with_codes(draft, codes or []))
    messages.success(request, _said(found))
    return redirect(addresses.table(draft))


def _said(found: Look) -> str:
    count = len(found.outcome.changed)
    said = ngettext(
        "The consolidated draft is put to the group: %(count)d provision has new wordings.",
        "The consolidated draft is put to the group: %(count)d provisions have new wordings.",
        count,
    )
    return said % {"count": count}
