"""System checks of our own: a route without a policy fails the build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from drafting.permissions import Action

# Routes of libraries that guard themselves. Each with its reason.
FOREIGN = {
    "admin/": "Django's admin: staff only, its own permissions",
    "accounts/": "django-allauth: sign-in itself",
    "i18n/": "Django's set_language: changes the visitor's own choice only",
}


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, Any]]:
    """Every route of the application with its view."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, path)
        else:
            yield path, entry.callback


@register(Tags.security)
def every_route_has_a_policy(**_: Any) -> list[CheckMessage]:
    """An Error for each route of ours whose view carries no policy."""
    return [
        Error(
            f"The route {path!r} has no policy.",
            hint="Mark its view with @page(Action.…) or @policy(PUBLIC).",
            id="drafting.E001",
        )
        for path, view in routes()
        if not path.startswith(tuple(FOREIGN)) and not hasattr(view, "policy")
    ]


@register(Tags.security)
def every_message_has_a_policy(**_: Any) -> list[CheckMessage]:
    """An Error for each WebSocket route, frame and deed that carries no policy."""
    from drafting.live import messages
    from drafting.live.policies import FRAMES
    from drafting.live.routing import websocket_urlpatterns
    from drafting.services.acts.rights import ACTIONS

    frames = [
        Error(f"The frame {said.__name__} has no policy.", id="drafting.E003")
        for union, policies in ((messages.Said, FRAMES), (messages.Deed, ACTIONS))
        for said in get_args(union)
        if said not in policies
    ]
    sockets = [
        Error(f"The socket {route.pattern} has no policy.", id="drafting.E002")
        for route in websocket_urlpatterns
        if not isinstance(getattr(route.callback.consumer_class, "policy", None), Action)
    ]
    return [*sockets, *frames]
