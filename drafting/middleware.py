"""Response headers that Django 5.2 has no setting for."""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

Answer = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


def content_security_policy(directives: dict[str, str]) -> str:
    """The header's value: `default-src 'none'; script-src 'self'; ...`."""
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def with_headers(response: HttpResponseBase) -> HttpResponseBase:
    """The response with both headers, unless the view has set its own."""
    policy = content_security_policy(settings.CONTENT_SECURITY_POLICY)
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
    return response


@sync_and_async_middleware
def security_headers(get_response: Answer) -> Answer:
    """Adds Content-Security-Policy and Permissions-Policy to every answer."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            return with_headers(await get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        return with_headers(get_response(request))  # type: ignore[arg-type]

    return answer
