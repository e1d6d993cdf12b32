"""The floor: the text in large type, for the projector and for everybody's own screen.

Rules:

- It is read only, and says nothing that is not the whole group's: no names of persons, no
  addresses, no notes beside the text, no caret.
- It follows the chair (`Draft.on_floor`: a provision, or the running text), unless the address
  names a provision (`?provision=p7`) or asks for the running text (`?text`).
- The whole paper is in the page, one provision of it is shown: a hall of screens that turns to the
  next provision asks the server for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from drafting.domain.paper import Against
from drafting.models import Draft
from drafting.permissions import Action, Actor
from drafting.selectors.access import access_draft
from drafting.selectors.positions import Stand, stands_of
from drafting.selectors.values import draft_value
from drafting.services.papers import paper_against
from drafting.views import addresses
from drafting.views.gate import page
from drafting.views.handles import handles
from drafting.views.presenters import present_room
from drafting.views.shown import ProvisionView, RoomView
from drafting.views.table_people import STANCES

WAYS = (Against.CLEAN.value, Against.BASE.value)


@page(Action.READ_DRAFT)
@require_safe
def floor(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """The provision that the chair shows, the one that the address names, or the running text."""
    draft, _standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    against = request.GET.get("against", "")
    against = against if against in WAYS else Against.CLEAN.value
    room = present_room(paper_against(draft_value(draft), against, {}))
    led = f"p{draft.on_floor}" if draft.on_floor else ""
    context = {
        "room": room,
        "draft": draft,
        "group": draft.group,
        "against": against,
        "led": led,
        "now": timezone.localtime(),
        "beside": _beside(draft),
        "links": {
            "floor": addresses.floor(draft),
            "room": addresses.draft(draft),
            "live": addresses.live(draft),
            "positions": addresses.floor_positions(draft),
        },
        **_place(request, room, led),
    }
    return render(request, "drafting/floor.html", context)


@page(Action.READ_DRAFT)
@require_safe
def positions(request: HttpRequest, actor: Actor, conference: str, slug: str) -> JsonResponse:
    """What is told beside the words (`_beside`), again after an act."""
    draft, _standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    return JsonResponse(_beside(draft))


def _beside(draft: Draft) -> dict[str, dict[str, str]]:
    """`thought`: `{"p7": "KES for", "o9": ..., "b3": ...}`, what delegations think, by what they
    think it of; `called`: the options as the table calls them.

    For the whole paper at once, so that who turns to another provision asks for nothing.
    """
    told: dict[str, str] = {}
    for provision, stands in stands_of(draft).items():
        by_thing: dict[str, list[Stand]] = {}
        for stand in stands:
            by_thing.setdefault(stand.bracket or stand.option or provision, []).append(stand)
        told |= {thing: _said(some) for thing, some in by_thing.items()}
    return {"thought": told, "called": handles(draft)}


def _said(stands: Iterable[Stand]) -> str:
    """ "KES, ISL for; NRT against"."""
    by_stance: dict[str, list[str]] = {}
    for stand in stands:
        by_stance.setdefault(stand.stance, []).append(stand.delegation)
    parts = (
        f"{', '.join(by_stance[stance.value])} {word}"
        for stance, (_sign, word) in STANCES.items()
        if stance.value in by_stance
    )
    return "; ".join(parts)


def _place(request: HttpRequest, room: RoomView, led: str) -> dict[str, Any]:
    """What is shown: `here` is a provision, None the running text; and its neighbours."""
    provisions = [p for s in (room.head, *room.sections) for p in s.everything]
    asked, text = request.GET.get("provision", ""), "text" in request.GET
    wanted = "" if text else asked or led
    at = next((n for n, p in enumerate(provisions) if p.key == wanted), None)
    found: dict[str, ProvisionView | None] = dict.fromkeys(("here", "before", "after"))
    if at is not None:
        found["here"] = provisions[at]
        found["before"] = provisions[at - 1] if at else None
        found["after"] = provisions[at + 1] if at + 1 < len(provisions) else None
    elif provisions:
        found["after"] = provisions[0]
    return {**found, "follows": not text and not asked}
