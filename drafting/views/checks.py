"""The checks: what a secretariat mends by hand, to be looked at, ticked, and made in one go.

Rules:

- Everybody of the group sees what was found; the chair and the secretary mend.
- Before anything is made, the list of what would change is shown: that page is what is confirmed.
- What is ticked is named by the finding's key. A finding that is no longer there, or is another by
  now, is not made, and the person is told how many were left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from drafting.domain.checks import Finding
from drafting.domain.edits import Change
from drafting.models import Before, Draft
from drafting.permissions import Action, Actor, may
from drafting.selectors.access import access_draft
from drafting.selectors.checks import findings_of
from drafting.services import acts
from drafting.services.acts.editing import SWEEPS
from drafting.services.deeds import Deed, Edit, Editorial, Mend, Undo
from drafting.services.standings import Seat
from drafting.services.writing import Accepted, Declined, Writer
from drafting.views import addresses
from drafting.views.checks_presenters import Filters, Presenter, present_sweep
from drafting.views.drafts import draft_context
from drafting.views.gate import page

RATIONALE_MAX = 2000
CLIENT_MAX = 22


@page(Action.READ_DRAFT)
@require_safe
def index(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """All findings, or those that the address asks for."""
    draft, _standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    filters = Filters.of(request.GET.dict())
    value, findings = findings_of(draft)
    presenter = Presenter(value, addresses.draft(draft))
    context = {
        "checks": presenter.present(findings, filters),
        "filters": filters,
        "can_mend": may(actor, Action.EDIT_EDITORIALLY, draft.group),
        "done": _done(draft, actor, request.GET.get("done", "")),
        "urls": {act: addresses.checks(draft, act) for act in ("mend", "undo")},
        "here": addresses.checks(draft),
        **draft_context(draft, actor),
    }
    return render(request, "drafting/checks.html", context)


def _done(draft: Draft, actor: Actor, seq: str) -> int | None:
    """The sweep that was just made, if it can be undone."""
    if not seq.isdecimal() or len(seq) > 15 or not may(actor, Action.UNDO_ACT, draft.group):
        return None
    made = Before.objects.filter(event__draft=draft, event__seq=int(seq), undone_by=None)
    return int(seq) if made.filter(event__kind__in=SWEEPS).exists() else None


@page(Action.EDIT_EDITORIALLY)
@require_POST
def mend(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """The list of what the ticked mends would change; with `confirmed`, they are made."""
    draft, _standing = access_draft(actor, conference, slug, Action.EDIT_EDITORIALLY)
    value, findings = findings_of(draft)
    asked = list(dict.fromkeys(request.POST.getlist("mend")))
    ticked = [finding for finding in findings if finding.key in set(asked) and finding.mend]
    changes = list(dict.fromkeys(change for finding in ticked for change in finding.mend))
    _tell_missing(request, len(asked) - len({finding.key for finding in ticked}))
    refusal = _at_odds(changes) if changes else _("Tick what is to be mended.")
    if refusal:
        messages.error(request, refusal)
        return redirect(addresses.checks(draft))
    if request.POST.get("confirmed"):
        return _make(request, actor, draft, ticked, changes)
    presenter = Presenter(value, addresses.draft(draft))
    context = {
        "sweep": present_sweep(value, presenter, changes),
        "keys": [finding.key for finding in ticked],
        "lang": presenter.lang,
        "dir": presenter.dir,
        "request_key": uuid4().hex,
        "urls": {"mend": addresses.checks(draft, "mend")},
        **draft_context(draft, actor),
    }
    return render(request, "drafting/checks_confirm.html", context)


def _tell_missing(request: HttpRequest, missing: int) -> None:
    if missing > 0:
        said = ngettext(
            "%(count)d finding is not as it was any more, and was left out.",
            "%(count)d findings are not as they were any more, and were left out.",
            missing,
        )
        messages.warning(request, said % {"count": missing})


def _at_odds(changes: Sequence[Change]) -> str:
    """A sentence where two of the mends cannot both be made, else ""."""
    places = [(c.option, c.paragraph, c.start) for c in changes]
    if len(set(places)) == len(places):
        return ""
    return _("Two of the ticked mends would change the same place in different ways: take one.")


def _make(
    request: HttpRequest,
    actor: Actor,
    draft: Draft,
    ticked: Sequence[Finding],
    changes: Sequence[Change],
) -> HttpResponseRedirect:
    edits = [Edit(c.option, c.paragraph, c.start, c.old, c.new, c.closes) for c in changes]
    rationale = request.POST.get("rationale", "").strip()[:RATIONALE_MAX]
    kind = Editorial if all(finding.is_editorial for finding in ticked) else Mend
    answer = _act(request, actor, draft, kind(edits, rationale=rationale))
    if isinstance(answer, Declined):
        messages.error(request, answer.reason)
        return redirect(addresses.checks(draft))
    said = ngettext("%(count)d change is made.", "%(count)d changes are made.", len(edits))
    messages.success(request, said % {"count": len(edits)})
    return redirect(f"{addresses.checks(draft)}?done={answer.seq}")


def _act(request: HttpRequest, actor: Actor, draft: Draft, deed: Deed) -> Accepted | Declined:
    """Does a deed as the person who asks; the form's `request` key makes a double click one act."""
    assert actor.user is not None
    seat = Seat(request.session.session_key or "", actor.user.pk, draft.pk)
    asked = request.POST.get("request", "") or uuid4().hex
    client = sha256(f"{seat} {asked}".encode()).hexdigest()[:CLIENT_MAX]  # nobody else's
    return acts.perform(Writer(seat, client), 1, deed)


@page(Action.UNDO_ACT)
@require_POST
def undo(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """Undoes a sweep that was just made."""
    draft, _standing = access_draft(actor, conference, slug, Action.UNDO_ACT)
    seq: Any = _done(draft, actor, request.POST.get("seq", ""))
    answer = _act(request, actor, draft, Undo(seq)) if seq else None
    if answer is None:
        messages.error(request, _("There is nothing that could be undone here."))
    elif isinstance(answer, Declined):
        messages.error(request, answer.reason)
    else:
        messages.success(request, _("It is undone."))
    return redirect(addresses.checks(draft))
