"""Bringing a paper in, its import report, its questions, and placing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drafting.forms import BaseForm, PaperForm
from drafting.models import PaperImport
from drafting.models.intake import ImportKind
from drafting.permissions import Action, Actor
from drafting.selectors.access import access_draft, access_group, access_import
from drafting.selectors.values import base_value
from drafting.services import imports, reports
from drafting.services.refusals import Refused
from drafting.views import addresses
from drafting.views.drafts import draft_context
from drafting.views.gate import page
from drafting.views.readings import present_reading
from drafting.views.strips import in_file_order, present_strip


@page(Action.BRING_IN_PAPER)
@require_http_methods(["GET", "POST"])
def new_draft(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """A base comes in and makes a draft."""
    group, _standing = access_group(actor, conference, slug, Action.BRING_IN_PAPER)
    form = BaseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper = imports.bring_in(
                actor,
                group,
                ImportKind.BASE,
                *form.uploads(),
                symbol=form.cleaned_data["symbol"],
                title=form.cleaned_data["title"],
            )
            return _go_on(request, addresses.paper_import(paper))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "group": group, "conference": group.conference, "draft": None}
    return render(request, "drafting/import_new.html", context, status=_status(form))


@page(Action.BRING_IN_PAPER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """A contribution or a consolidated draft comes in."""
    draft, _standing = access_draft(actor, conference, slug, Action.BRING_IN_PAPER)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kind = ImportKind(form.cleaned_data["kind"])
        brought = imports.bring_in_all(
            actor, draft, kind, form.uploads(), code=form.cleaned_data["code"].strip()
        )
        if brought.papers:
            return _brought(request, brought)
        for sentence in brought.refused:
            form.add_error("file", sentence)
    context = {"form": form, **draft_context(draft, actor)}
    return render(request, "drafting/import_new.html", context, status=_status(form))


def _brought(request: HttpRequest, brought: imports.Brought) -> HttpResponse:
    """To the report of one paper; of several, to the list in which they wait."""
    for sentence in brought.refused:
        messages.error(request, sentence)
    first, *others = brought.papers
    if not others and not brought.refused:
        return _go_on(request, addresses.paper_import(first))
    said = ngettext(
        "%(n)d paper is being read. It waits below to be placed.",
        "%(n)d papers are being read. They wait below, each to be placed.",
        len(brought.papers),
    )
    messages.success(request, said % {"n": len(brought.papers)})
    return _go_on(request, addresses.group(first.group))


def _go_on(request: HttpRequest, address: str) -> HttpResponse:
    """To the next page. A script that sends the file is told where: if it followed by itself, it
    would have fetched that page, and its messages, before the person sees it."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"next": address})
    return redirect(address)


def _status(form: Any) -> int:
    return 422 if form.errors else 200


@page(Action.SEE_IMPORT)
@require_safe
def report(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The import report: the file as a strip, and what it asks."""
    paper, _standing = access_import(actor, pk, Action.SEE_IMPORT)
    answers = {a.question: a for a in paper.answers.select_related("answered_by")}
    questions = in_file_order(reports.questions(paper))
    asked: list[dict[str, Any]] = [
        {"number": n, "question": question, "answer": answers.get(question.key)}
        for n, question in enumerate(questions, 1)
    ]
    base = base_value(paper.draft) if paper.draft else None
    context = {
        "paper": paper,
        "state": paper.state,
        "progress": paper.progress,
        "strip": present_strip(
            paper.report.get("strip", []),
            {question.key: n for n, question in enumerate(questions, 1)},
            answers,
        ),
        "reading": present_reading(paper.report.get("said", {}), base),
        "warnings": reports.warnings(paper),
        "strangers": reports.strangers(paper),
        "placed_before": reports.placed_before(paper),
        "refusal": imports.refusal_of(paper),
        "counts": paper.report.get("counts", {}),
        "questions": asked,
        "left": sum(1 for item in asked if item["answer"] is None),
        "group": paper.group,
        "conference": paper.group.conference,
        "acts": {
            act: addresses.paper_import(paper, act)
            for act in ("state", "answer", "assume", "place", "discard")
        },
        **(draft_context(paper.draft, actor) if paper.draft else {"draft": None}),
    }
    return render(request, "drafting/import_report.html", context)


@page(Action.SEE_IMPORT)
@require_safe
def state(request: HttpRequest, actor: Actor, pk: int) -> JsonResponse:
    """`{"state", "progress", "left", "refusal"}` for a page that waits."""
    paper, _standing = access_import(actor, pk, Action.SEE_IMPORT)
    left = len(imports.open_questions(paper))
    return JsonResponse(
        {
            "state": paper.state,
            "progress": paper.progress,
            "left": left,
            "refusal": imports.refusal_of(paper),
        }
    )


@page(Action.ANSWER_IMPORT)
@require_POST
def answer(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One answer: `question`, `alternative`."""
    paper, _standing = access_import(actor, pk, Action.ANSWER_IMPORT)
    question = request.POST.get("question", "")
    alternative = request.POST.get("alternative", "")
    return _act(request, paper, lambda: imports.answer(actor, pk, question, alternative))


@page(Action.ANSWER_IMPORT)
@require_POST
def assume(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Every open question is answered as assumed."""
    paper, _standing = access_import(actor, pk, Action.ANSWER_IMPORT)
    return _act(request, paper, lambda: imports.take_as_assumed(actor, pk))


@page(Action.PLACE_IMPORT)
@require_POST
def discard(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The paper is set aside."""
    paper, _standing = access_import(actor, pk, Action.PLACE_IMPORT)
    _act(request, paper, lambda: imports.discard(actor, pk))
    return redirect(addresses.group(paper.group))


def _act(request: HttpRequest, paper: PaperImport, act: Any) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(addresses.paper_import(paper))


@page(Action.PLACE_IMPORT)
@require_POST
def place(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What was read goes into the draft."""
    paper, _standing = access_import(actor, pk, Action.PLACE_IMPORT)
    try:
        placed = imports.place(actor, pk, anew=request.POST.get("anew") == "1")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(addresses.paper_import(paper))
    if paper.kind == ImportKind.CONTRIBUTION:
        said = _("%(paper)s is placed: its proposals stand in the group's list.")
    else:
        said = _("%(paper)s is placed: this is the draft now.")
    messages.success(request, said % {"paper": paper.file.name})
    if paper.kind == ImportKind.CONTRIBUTION:
        return redirect(addresses.group(placed.draft.group))
    return redirect(addresses.draft(placed.draft))
