"""The draft under load, and the people who write in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PROVISIONS, WORDS = 300, 100


@dataclass
class Room:
    """The draft: its options, the words of each, and one cookie a person."""

    draft: int
    options: list[str]
    cookies: list[str]
    words: dict[str, str]

    def asks(self, sockets: int, writers: int, rate: float, seconds: float) -> dict[str, Any]:
        """What the clients are told, whoever serves them."""
        return {
            "cookies": self.cookies[:sockets],
            "writers": writers,
            "rate": rate,
            "seconds": seconds,
            # Spread over the draft, as sub-groups do.
            "options": self.options[:: len(self.options) // writers][:writers],
        }

    def stands(self) -> dict[str, Any]:
        """Where the draft is now: the version of each option, and the head."""
        from drafting.models import Draft, Option

        rows = Option.objects.filter(draft=self.draft).values_list("number", "version")
        versions = {f"o{number}": version for number, version in rows}
        return {"versions": versions, "seq": Draft.objects.get(pk=self.draft).seq}


def furnish(people: int) -> Room:
    """A draft of 300 provisions of 100 words, and people who may write in it directly."""
    from django.db import connection

    from drafting.domain import text as texts
    from drafting.models import Option
    from drafting.services import drafts
    from tests.bench import long_draft
    from tests.cast import SETUP, make_cast

    cast = make_cast()
    cast.group.delegates_write = "direct"
    SETUP.save(cast.group, ["delegates_write"])
    adopted = long_draft.base(provisions=PROVISIONS, words=WORDS)
    draft = drafts.make(cast.group, "DL/7", "", adopted.header, adopted.provisions, SETUP)
    numbers = Option.objects.filter(draft=draft, provision__kind="item").order_by("number")
    options = [f"o{number}" for number in numbers.values_list("number", flat=True)]
    cookies = [_seat(cast, number) for number in range(people)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # which the server does by itself within a minute
    standing = [provision.options[0] for provision in adopted.provisions]
    words = {option.key: texts.plain(option.text) for option in standing}
    return Room(draft.pk, options, cookies, words)


def _seat(cast: Any, number: int) -> str:
    """A delegate of KES who has signed in; gives the cookie."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import Delegation, User
    from drafting.models import Membership

    user = User.objects.create_user(f"b{number}@bench.example", "x", full_name=f"Bench {number}")
    delegation = Delegation.objects.get(symbol="KES")
    Membership.objects.create(group=cast.group, user=user, role="delegate", delegation=delegation)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
