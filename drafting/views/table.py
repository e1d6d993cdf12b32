"""The chair's table: what is contested, and one provision with all its wordings.

Rules:

- The page, its index and the provision shown are three addresses that share their presenters: what
  is fetched again after an event is letter by letter what the page would have.
- The address holds everything: the provision, and what the index is filtered by.
- Everybody of the group sees the same table; the bar of acts holds what one's part includes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Delegation
from drafting.domain import draft as values
from drafting.domain.draft import Status
from drafting.domain.furniture import base_name as short_base
from drafting.domain.lifecycle import is_closed, moves_from
from drafting.domain.table import bracketed, laid
from drafting.models import Draft
from drafting.permissions import Action, Actor, Standing, writing_of
from drafting.selectors import table as rows
from drafting.selectors.access import Absent, access_draft, access_provision
from drafting.selectors.positions import Stand, stands_of, ties_of
from drafting.selectors.values import draft_value, some_value
from drafting.services import acts
from drafting.services.deeds import Deed
from drafting.services.standings import Present, Seat
from drafting.services.writing import Declined, Writer
from drafting.views import addresses
from drafting.views.drafts import draft_context
from drafting.views.gate import page
from drafting.views.naming import names_from
from drafting.views.presenters import LANGUAGES, STATUS_WORDS
from drafting.views.shown import Designation
from drafting.views.table_chart import present_chart
from drafting.views.table_effects import briefly
from drafting.views.table_index import (
    Filters,
    IndexView,
    Seen,
    present_index,
)
from drafting.views.table_partings import present_lines
from drafting.views.table_people import (
    STANCES,
    present_additions,
    present_decisions,
    present_stances,
)
from drafting.views.table_presenters import present_wordings


@page(Action.READ_DRAFT)
@require_safe
def table(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """The index with one provision: `?provision=`, else the first of the index."""
    draft, standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    filters = Filters.of(request.GET)
    spoken = tuple(rows.spoken_of(draft))
    names = dict(names_from(spoken))
    found = _index(draft, standing, filters, names)
    key = request.GET.get("provision", "") or _first(found["index"])
    context = {
        **found,
        **(_case(draft, standing, key, spoken) if key else {}),
        **_people(draft, standing),
        **draft_context(draft, actor),
        "key": key,
        "here": addresses.table(draft),
        "undo": rows.last_act_of(draft, actor),
    }
    return render(request, "drafting/table.html", context)


@page(Action.READ_DRAFT)
@require_safe
def case(request: HttpRequest, actor: Actor, conference: str, slug: str, key: str) -> HttpResponse:
    """One provision by itself, for a page that is open."""
    draft, standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    context = {**_case(draft, standing, key, tuple(rows.spoken_of(draft))), "draft": draft}
    context["links"] = {"room": addresses.draft(draft), "history": addresses.histories(draft)}
    return render(request, "drafting/parts/_case.html", context)


@page(Action.READ_DRAFT)
@require_safe
def index(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """The index by itself, for a page that is open."""
    draft, standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    names = dict(names_from(rows.spoken_of(draft)))
    found = _index(draft, standing, Filters.of(request.GET), names)
    context = {
        **found,
        **_people(draft, standing),
        **draft_context(draft, actor),
        "key": request.GET.get("provision", ""),
        "here": addresses.table(draft),
    }
    return render(request, "drafting/parts/_index.html", context)


_DEED: msgspec.json.Decoder[Deed] = msgspec.json.Decoder(Deed)


@page(Action.READ_DRAFT)
@require_POST
def effect(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """What a deed would do, in sentences; the body is the deed as the line takes it (`?for=`)."""
    draft, _standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    try:
        deed = _DEED.decode(request.body)
    except msgspec.MsgspecError:
        return JsonResponse({"refused": _("This is not understood."), "code": "invalid"})
    seat = Seat(request.session.session_key or "", actor.user.pk if actor.user else 0, draft.pk)
    told = acts.effect(Writer(seat, "effect"), deed, request.GET.get("for", ""))
    if isinstance(told, Declined):
        return JsonResponse({"refused": told.reason, "code": told.code})
    before = some_value(draft, [provision.key for provision in told.after]).provisions
    known = {provision.key for provision in told.after}
    then = [provision for provision in before if provision.key in known]
    return JsonResponse({"words": briefly(told.sentences, then, told.after)})


# --- what the page is made of ---------------------------------------------------------------------


def _index(
    draft: Draft, standing: Standing, filters: Filters, names: dict[str, Designation]
) -> dict[str, Any]:
    text = draft_value(draft)
    added = [p for p in text.provisions if p.base is None]
    wishes = rows.wishes_of(draft, added)
    revision = draft.revisions.filter(number=filters.revision).first() if filters.revision else None
    seen = Seen(
        standing.acting_for,
        stands_of(draft),
        rows.changed_since(draft, text, revision) if revision else None,
    )
    moments = rows.moments_of(draft)
    now = rows.Moment(-1, *rows.counted(text.provisions))
    return {
        "index": present_index(text.provisions, names, wishes, filters, seen),
        "filters": filters,
        "chart": present_chart([*moments, now]),
        "moments": moments,
        "statuses": [(s.value, STATUS_WORDS[s]) for s in Status],
        "delegations": Delegation.objects.order_by("symbol").values_list("symbol", flat=True),
        "head": names,
    }


def _first(index: IndexView) -> str:
    if index.lines:
        return index.lines[0].key
    return next((s.key for s in index.sections if s.key), "")


WHOLE = 400  # letters of a call that a heading has room for


def _case(
    draft: Draft, standing: Standing, key: str, spoken: Sequence[rows.Spoken]
) -> dict[str, Any]:
    """All that is shown of one provision."""
    names = dict(names_from(spoken, most=WHOLE))
    row = access_provision(draft, key)
    provision = rows.one_value(draft, key)
    if provision is None:
        raise Absent
    wishes = rows.wishes_of(draft, rows.added_of(draft), key)
    stands = stands_of(draft, key).get(key, ())
    lying = laid(provision, wishes.of(key))
    lines = present_lines(lying, decides="bracket.decide" in _acts(draft, standing))
    language = LANGUAGES.get(draft.language, "en")
    return {
        "case": {
            "key": key,
            "name": names.get(key, Designation(rest=key)),
            "kind": provision.kind.value,
            "status": provision.status,
            "status_word": STATUS_WORDS[provision.status],
            "reason": provision.status_reason,
            "closed": is_closed(provision.status),
            "moves": [move.to.value for move in moves_from(provision.status)],
            "placed": row.placed,
            "lines": lines,
            "parted": len(lines) > 1 or any(not line.alone for line in lines),
            "wordings": present_wordings(lying, stands),
            "spoke": len({stand.delegation for stand in stands}),
            "waiting": sorted({s.delegation for s in stands if s.stance == "waiting"}),
            "whole": present_stances([s for s in stands if not s.option and not s.bracket]),
            "brackets": _bracket_stands(provision, stands),
            "additions": present_additions(wishes.after(key)),
            "first": present_additions(wishes.after(None)) if key == next(iter(names), "") else (),
            "decisions": present_decisions(rows.decisions_on(draft, key)),
            "ties": _ties(draft, key, names),
            "notes": provision.notes,
            "seen": rows.seen_of(draft, key),
            "lang": language,
            "dir": "rtl" if language == "ar" else "ltr",
            "base_name": short_base(values.Header(base_name=draft.base_name)) or _("the base"),
            "against": draft.base_name,
            "mine": standing.acting_for,
        },
        "seq": draft.seq,
    }


def _bracket_stands(provision: values.Provision, stands: tuple[Stand, ...]) -> list[dict[str, Any]]:
    """What delegations think of brackets, each told by the words in it."""
    ids = dict.fromkeys(stand.bracket for stand in stands if stand.bracket)
    return [
        {
            "words": bracketed(provision, key),
            "stances": present_stances([s for s in stands if s.bracket == key]),
        }
        for key in ids
    ]


def _ties(draft: Draft, key: str, names: dict[str, Designation]) -> list[dict[str, Any]]:
    return [
        {
            "number": tie.number,
            "name": tie.name,
            "others": [(other, names.get(other)) for other in tie.provisions if other != key],
            "keys": tie.provisions,
        }
        for tie in ties_of(draft, key)
    ]


def _acts(draft: Draft, standing: Standing) -> list[str]:
    """The deeds that this person's part includes."""
    present = Present(standing, "", writing_of(standing, draft.group.delegates_write))
    return [*acts.acts_of(present), *acts.own_acts_of(present)]


def _people(draft: Draft, standing: Standing) -> dict[str, Any]:
    """What this person's part includes, and the words for it."""
    return {
        "acts": _acts(draft, standing),
        "part": standing.part.value,
        "stances": [(stance.value, sign, word) for stance, (sign, word) in STANCES.items()],
    }
