"""How people sign in.

- Nobody signs up: the secretariat makes the accounts.
- A conference sits behind one address, and a stranger must not lock a chair out by guessing:
  failed attempts are counted by account and address together (narrow) and by account (wide).
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail for people the secretariat has entered."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not correct."),
        "too_many_login_attempts": _("Too many failed attempts. Try again in a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises a validation error when this account or this pair has failed too often."""
        super().pre_authenticate(request, **credentials)
        account = login_name(credentials)
        if not ratelimit.consume(request, action="account_attacked", key=account):
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Private in allauth, which offers no other way; a test notices if it goes.
        return f"{login_name(credentials)}|{self.get_client_ip(request)}"


def login_name(credentials: dict[str, Any]) -> str:
    """The address given, in the form it is kept in."""
    return str(credentials.get("email", "")).strip().lower()
