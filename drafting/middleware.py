"""Around every answer: headers that Django 5.2 has no setting for, and the way to the door."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.decorators import sync_and_async_middleware
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

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


class SignInFirst(LoginRequiredMiddleware):
    """Whoever presses a button after their session has ended comes back to where the button is.

    Django would lead them to the address it sends to, which cannot be looked at. They are told
    that nothing was done; parts of a page that ask by themselves get the bare answer.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
            sentence = _("You had been signed out. Nothing was done: sign in, and press it again.")
            messages.warning(request, sentence)
        login_url = self.get_login_url(view_func)
        return redirect_to_login(_page_of(request), login_url, self.redirect_field_name)


def _page_of(request: HttpRequest) -> str:
    """The page of this site that a form was sent from, or the first page."""
    sent_from = request.headers.get("Referer", "")
    secure = request.is_secure()
    if not url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=secure):
        return "/"
    parts = urlsplit(sent_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
