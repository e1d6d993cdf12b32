"""How an act stops: with a code, as a client knows it, and a sentence for the person."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Stopped(Exception):
    """The act may not be; nothing is changed. `code` as in `Declined`."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def gone() -> Stopped:
    return Stopped("gone", _("This is no longer there."))


def invalid(reason: str) -> Stopped:
    return Stopped("invalid", reason)


def forbidden(reason: str) -> Stopped:
    return Stopped("forbidden", reason)
