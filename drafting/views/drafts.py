"""The reading room of a draft, and the history of a provision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from drafting.domain import draft as values
from drafting.domain.furniture import base_name as short_base
from drafting.domain.paper import Against
from drafting.models import Draft, Revision
from drafting.permissions import Action, Actor, allows, may, standing_in
from drafting.selectors import histories
from drafting.selectors.access import Absent, access_draft, access_provision
from drafting.selectors.values import draft_value
from drafting.services.papers import paper_against
from drafting.views import addresses
from drafting.views.gate import page
from drafting.views.naming import name_in
from drafting.views.presenters import present_history, present_room


@page(Action.READ_DRAFT)
@require_safe
def room(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """The draft as a paper, against the base, a Revision, or clean (`?against=`)."""
    draft, _standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    against = request.GET.get("against", Against.BASE.value)
    issued = {row.number: row for row in draft.revisions.all()}
    try:
        paper = paper_against(draft_value(draft), against, issued)
    except ValueError as unknown:
        raise Absent from unknown
    context = {
        "room": present_room(paper),
        "views": _views(draft, against, issued),
        **draft_context(draft, actor),
    }
    return render(request, "drafting/draft_read.html", context)


def draft_context(draft: Draft, actor: Actor) -> dict[str, Any]:
    """What every page of a draft needs: its links, and what the person may do."""
    desk = may(actor, Action.BRING_IN_PAPER, draft.group)
    standing = standing_in(actor, draft.group)
    prepares = allows(standing, Action.CONSOLIDATE)
    return {
        "acting_for": standing.acting_for if standing else "",
        "draft": draft,
        "group": draft.group,
        "conference": draft.conference,
        "links": {
            "group": addresses.group(draft.group),
            "room": addresses.draft(draft),
            "table": addresses.table(draft),
            "disposition": addresses.disposition(draft),
            "floor": addresses.floor(draft),
            "checks": addresses.checks(draft),
            "revisions": addresses.revisions(draft),
            "import": addresses.new_import(draft) if desk else "",
            "consolidate": addresses.consolidation(draft) if prepares else "",
            "live": addresses.live(draft),
            "history": addresses.provision_history(draft, "p0").removesuffix("p0/history/"),
        },
        "may": {
            "bring_in": desk,
            "issue": may(actor, Action.ISSUE_REVISION, draft.group),
        },
    }


def _views(draft: Draft, against: str, issued: dict[int, Revision]) -> list[dict[str, Any]]:
    """The ways to show the text: against the base, since each Revision, clean."""
    base = short_base(values.Header(base_name=draft.base_name)) or _("the base")
    ways = [("base", _("Against %(base)s") % {"base": base}, _("the adopted text"), base)]
    for number in sorted(issued, reverse=True):
        label = _("Since Revision %(number)d") % {"number": number}
        when = date_format(localtime(issued[number].issued_at), "j F, H:i")
        ways.append((f"revision:{number}", label, _("issued %(when)s") % {"when": when}, label))
    ways.append(("clean", _("Clean"), _("the text alone, with what is pending"), _("Clean")))
    return [
        {
            "key": key,
            "label": label,
            "about": about,
            "short": short,
            "url": f"{addresses.draft(draft)}?against={key}",
            "current": key == against,
        }
        for key, label, about, short in ways
    ]


@page(Action.SEE_HISTORY)
@require_safe
def history(
    request: HttpRequest, actor: Actor, conference: str, slug: str, key: str
) -> HttpResponse:
    """A provision's versions, and the redline between the two that `?from=&to=` name."""
    draft, _standing = access_draft(actor, conference, slug, Action.SEE_HISTORY)
    provision = access_provision(draft, key)
    versions = histories.versions_of(provision)
    older, newer = _chosen(request, versions)
    context = {
        "provision": provision,
        "name": name_in(paper_against(draft_value(draft), Against.CLEAN.value, {}), key),
        "versions": versions,
        "lines": _lines(versions),
        "compare": {"from": older, "to": newer},
        "redline": present_history(histories.between(versions, older, newer)),
        **draft_context(draft, actor),
    }
    return render(request, "drafting/provision_history.html", context)


Line = tuple[histories.Version, str, int | None]


def _lines(versions: list[histories.Version]) -> list[Line]:
    """Each version, which of several wordings it is of, and the number of what it changed."""
    came = list(dict.fromkeys(version.option for version in versions if version.option))
    names = {key: _("wording %(number)d") % {"number": n} for n, key in enumerate(came, 1)}
    base = next((version.number for version in versions if version.number == 0), None)
    last: dict[str, int] = {}
    lines: list[Line] = []
    for version in versions:
        key = version.option or ""
        worded = bool(key) and version.text is not None
        name = names[key] if key and len(came) > 1 else ""
        lines.append((version, name, last.get(key, base) if worded else None))
        if worded:
            last[key] = version.number
    return lines


def _chosen(request: HttpRequest, versions: list[histories.Version]) -> tuple[int, int]:
    """The numbers asked for; by default the first and the last wording."""
    worded = [version.number for version in versions if version.text is not None] or [0]
    older = request.GET.get("from", "")
    newer = request.GET.get("to", "")
    return (
        int(older) if older.isdecimal() and len(older) < 10 else worded[0],
        int(newer) if newer.isdecimal() and len(newer) < 10 else worded[-1],
    )
