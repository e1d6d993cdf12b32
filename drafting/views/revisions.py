"""The Revisions of a draft: issuing one, watching its papers come, downloading them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from drafting.models import Draft, PaperJob, Revision, StoredFile
from drafting.models.issue import Comparison
from drafting.permissions import Action, Actor
from drafting.selectors import overviews
from drafting.selectors.access import access_draft, access_paper
from drafting.services import exporting
from drafting.services import revisions as service
from drafting.services.papers import File
from drafting.services.refusals import Refused
from drafting.views import addresses
from drafting.views.drafts import draft_context
from drafting.views.gate import page


@page(Action.SEE_REVISIONS)
@require_safe
def index(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """All Revisions with their papers, and the button that issues the next."""
    draft, _standing = access_draft(actor, conference, slug, Action.SEE_REVISIONS)
    issued = list(overviews.revisions_of(draft))
    context = {
        "revisions": [_line(draft, revision) for revision in issued],
        "next_number": draft.last_revision + 1,
        "counts": overviews.counts_of(draft),
        "changed": not service.is_unchanged(draft),
        "request_key": uuid4(),
        "issue_url": addresses.issue_revision(draft),
        "proofs": [(form, addresses.proof(draft, form)) for form in exporting.PROOFS],
        "state_url": addresses.papers_state(draft),
        **draft_context(draft, actor),
    }
    return render(request, "drafting/revision_list.html", context)


def _line(draft: Draft, revision: Revision) -> dict[str, Any]:
    jobs = list(revision.jobs.all())
    rows = [
        {
            "comparison": comparison.value,
            "label": _against(draft, revision, comparison),
            "files": [_file(draft, revision, j) for j in jobs if j.comparison == comparison],
        }
        for comparison in Comparison
    ]
    return {
        "revision": revision,
        "sha_short": f"{revision.sha256[:4]} {revision.sha256[4:8]}",
        "rows": [row for row in rows if row["files"]],
    }


def _against(draft: Draft, revision: Revision, comparison: Comparison) -> str:
    match comparison:
        case Comparison.BASE:
            return _("Against %(base)s") % {"base": draft.base_name or _("the base")}
        case Comparison.PREVIOUS:
            return _("Against Revision %(number)d") % {"number": revision.number - 1}
        case Comparison.CLEAN:
            return _("Clean")
        case Comparison.DISPOSITION:
            return _("What came of each proposal")


def _file(draft: Draft, revision: Revision, job: PaperJob) -> dict[str, Any]:
    return {
        "id": job.pk,
        "form": job.form,
        "label": job.get_form_display(),
        "state": job.job_state,
        "state_label": job.get_job_state_display(),
        "progress": job.progress,
        "error": job.error,
        "size": job.file.size if job.file else None,
        "url": addresses.paper(draft, revision.number, job) if job.file else "",
        "retry_url": addresses.retry_paper(draft, job),
    }


@page(Action.SEE_REVISIONS)
@require_safe
def papers_state(request: HttpRequest, actor: Actor, conference: str, slug: str) -> JsonResponse:
    """`{"papers": [{"id", "state", "progress", "url"}]}` for a page that waits."""
    draft, _standing = access_draft(actor, conference, slug, Action.SEE_REVISIONS)
    papers = [
        _file(draft, revision, job)
        for revision in overviews.revisions_of(draft)[:3]
        for job in revision.jobs.all()
    ]
    return JsonResponse({"papers": papers})


@page(Action.ISSUE_REVISION)
@require_POST
def issue(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """Freezes the next Revision; the form's `request` key makes a double click one act."""
    draft, _standing = access_draft(actor, conference, slug, Action.ISSUE_REVISION)
    try:
        revision = service.issue(actor, draft.pk, request=_key(request), unchanged_too=False)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Revision %(number)d is frozen; its papers are being set.")
            % {"number": revision.number},
        )
    return redirect(addresses.revisions(draft))


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("request", ""))
    except ValueError:
        return None


@page(Action.ISSUE_REVISION)
@require_POST
def retry(request: HttpRequest, actor: Actor, conference: str, slug: str, pk: int) -> HttpResponse:
    """A paper that could not be set is tried again."""
    draft, _standing = access_draft(actor, conference, slug, Action.ISSUE_REVISION)
    try:
        service.retry(actor, draft, pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(addresses.revisions(draft))


@page(Action.DOWNLOAD_PAPER)
@require_safe
def paper(
    request: HttpRequest,
    actor: Actor,
    conference: str,
    slug: str,
    number: int,
    comparison: str,
    form: str,
) -> HttpResponse:
    """A paper of an issued Revision."""
    draft, _standing = access_draft(actor, conference, slug, Action.DOWNLOAD_PAPER)
    job = access_paper(draft, number, form, comparison)
    assert job.file is not None  # access_paper gives only rendered ones
    return download(job.file)


@page(Action.ISSUE_REVISION)
@require_safe
def proof(
    request: HttpRequest, actor: Actor, conference: str, slug: str, form: str
) -> HttpResponse:
    """What the next Revision would say, to be looked at before it is frozen."""
    draft, _standing = access_draft(actor, conference, slug, Action.ISSUE_REVISION)
    try:
        return download(exporting.proof(actor, draft, form))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(addresses.revisions(draft))


def download(file: StoredFile | File) -> HttpResponse:
    """The file, never opened in the page: whatever it holds, it runs nowhere."""
    response = HttpResponse(bytes(file.data), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
