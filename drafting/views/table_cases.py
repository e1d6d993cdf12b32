"""What lies on the table in several provisions at once: what an act on many of them names.

Rules:

- It is what the page of each provision would tell (`static/src/table/lying`), without its words.
- Keys that name nothing are left out: what was chosen in an index may be gone meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from drafting.domain.draft import Provision
from drafting.domain.lifecycle import moves_from
from drafting.domain.table import BASE, Lying, Standing, laid
from drafting.domain.text import BracketClose, BracketOpen, inlines
from drafting.models import Draft
from drafting.permissions import Action, Actor
from drafting.selectors import table as rows
from drafting.selectors.access import access_draft
from drafting.selectors.values import some_value
from drafting.views.gate import page


@page(Action.READ_DRAFT)
@require_safe
def cases(request: HttpRequest, actor: Actor, conference: str, slug: str) -> HttpResponse:
    """The provisions that `?keys=p4 p7` names, in the order of the paper."""
    draft, _standing = access_draft(actor, conference, slug, Action.READ_DRAFT)
    keys = [key for key in request.GET.get("keys", "").split() if _is_key(key)]
    return JsonResponse({"cases": list(_cases(draft, keys)) if keys else []})


def _is_key(key: str) -> bool:
    return key[:1] == "p" and key[1:].isascii() and key[1:].isdigit() and len(key) <= LENGTH_MAX


LENGTH_MAX = 10  # a number of a provision has nine digits at most


def _cases(draft: Draft, keys: Iterable[str]) -> Iterator[dict[str, Any]]:
    asked = set(keys)
    wishes = rows.wishes_of(draft, rows.added_of(draft))
    seen = rows.all_seen_of(draft, asked)
    for provision in some_value(draft, asked).provisions:
        if provision.key in asked:
            wordings = laid(provision, wishes.of(provision.key)).wordings
            yield _case(provision, wordings, seen.get(provision.key, {}))


def _case(provision: Provision, wordings: Iterable[Lying], seen: dict[str, int]) -> dict[str, Any]:
    return {
        "provision": provision.key,
        "status": provision.status.value,
        "moves": [move.to.value for move in moves_from(provision.status)],
        "placed": provision.placed,
        "seen": seen,
        "wordings": [_wording(one) for one in wordings if not one.over],
    }


def _wording(one: Lying) -> dict[str, Any]:
    ends = (BracketOpen, BracketClose)
    pieces = inlines(one.text) if one.text else ()
    return {
        "kind": one.kind.value,
        "options": list(one.options),
        "within": one.within[0] if one.within else "",
        "codes": [behind.code for behind in one.behind],
        "asked": [b.code for b in one.behind if b.standing is Standing.ASKED],
        "brackets": list(dict.fromkeys(p.id for p in pieces if isinstance(p, ends))),
        "isBase": one.key == BASE,
    }
