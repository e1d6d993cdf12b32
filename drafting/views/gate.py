"""The one way into a view: who asks, what the policy is, and how a refusal looks.

`@page(Action.X)` marks the route with its policy and hands the view an Actor. Absent becomes 404,
Forbidden 403 with its sentence. A view that forgets to ask `access_*` still gets no row: there is
no other way to one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from drafting.permissions import Action, Actor, Forbidden, policy
from drafting.selectors.access import Absent

View = Callable[..., HttpResponseBase]


def page(rule: Action | str) -> Callable[[View], View]:
    """A view `(request, actor, ...)` behind a policy."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                answer = view(request, Actor.person(request.user), *args, **kwargs)
            except Absent as absent:
                raise Http404 from absent
            except Forbidden as refusal:
                answer = render(request, "403.html", {"sentence": str(refusal)}, status=403)
            # "Back" after signing out on a shared machine shows nothing of a draft.
            if not answer.has_header("Cache-Control"):
                add_never_cache_headers(answer)
            return answer

        return policy(rule)(guarded)

    return guard
