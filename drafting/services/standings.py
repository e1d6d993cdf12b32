"""What the people behind many sockets may do now: asked of the database in one query.

The same question is asked when a socket opens, once a second for all that are open, and inside
the transaction of every edit. It reads the session, the account, the membership and the group's
setting; an expired or ended session, a changed password, an inactive account or a withdrawn role
gives None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import msgspec
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare

from accounts.models import User
from drafting.permissions import Standing, Writing, standing_from, writing_of


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's socket on one draft: by which session, as whom, where."""

    session: str
    user: int
    draft: int


@dataclass(frozen=True, slots=True)
class Present:
    """Who sits there, and how they may write."""

    standing: Standing
    name: str
    writing: Writing


_COLUMNS: Final = """
    s.session_data, u.id, u.password, u.is_active, u.full_name, u.email,
    m.role, d.symbol, sm.id IS NOT NULL, g.delegates_write
"""
_SOURCE: Final = """
    FROM json_to_recordset(%(told)s::json -> 'seats')
         AS a(place int, session text, person bigint, draft bigint)
    LEFT JOIN drafting_draft dr ON dr.id = a.draft
    LEFT JOIN drafting_adhocgroup g ON g.id = dr.group_id
    LEFT JOIN django_session s ON s.session_key = a.session AND s.expire_date > now()
    LEFT JOIN accounts_user u ON u.id = a.person
    LEFT JOIN LATERAL (
        SELECT role, delegation_id FROM drafting_membership
        WHERE group_id = g.id AND user_id = u.id OFFSET 0  -- by key: a group has hundreds
    ) m ON true
    LEFT JOIN accounts_delegation d ON d.id = m.delegation_id
    LEFT JOIN drafting_secretariatmember sm
              ON sm.conference_id = g.conference_id AND sm.user_id = u.id
    ORDER BY a.place
"""
QUERY: Final = f"SELECT {_COLUMNS} {_SOURCE}"
AS_JSON: Final = f"SELECT json_build_array({_COLUMNS}) AS r {_SOURCE}"

Row = Sequence[Any]


def parameters(seats: Sequence[Seat]) -> dict[str, str]:
    """What QUERY is executed with."""
    return {"told": msgspec.json.encode({"seats": seats_json(seats)}).decode()}


def seats_json(seats: Sequence[Seat]) -> list[dict[str, Any]]:
    """The seats as the queries read them, in this order."""
    return [
        {"place": place, "session": seat.session, "person": seat.user, "draft": seat.draft}
        for place, seat in enumerate(seats)
    ]


def judge(row: Row) -> Present | None:
    """Who the person of one row of QUERY is now, None where they are nobody here (any more)."""
    data, user, password, active, name, email, role, symbol, serves, mode = row
    if not active or data is None or not vouches(data, user, password):
        return None
    standing = standing_from(role, symbol, serves=serves)
    if standing is None:
        return None
    return Present(standing, name or email, writing_of(standing, mode))


@lru_cache(maxsize=8192)
def vouches(session_data: str, user: int, password: str) -> bool:
    """Whether a stored session is that of this account under this password."""
    session = SessionStore().decode(session_data)
    if str(session.get(SESSION_KEY)) != str(user):
        return False
    told = str(session.get(HASH_SESSION_KEY, ""))
    account = User(pk=user, password=password)
    hashes = (account.get_session_auth_hash(), *account.get_session_auth_fallback_hash())
    return any(constant_time_compare(told, known) for known in hashes)
