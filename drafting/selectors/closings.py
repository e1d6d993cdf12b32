"""Why a text is closed: by whom, for whom, when, and the reason given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

# Who moved the status is told by the log; a text that a paper brought in closed has no such event.
CLOSING: Final = """
    SELECT p.status, coalesce(e.actor_name, ''), coalesce(e.acting_for, ''), e.at, p.status_reason
    FROM drafting_provision p
    LEFT JOIN LATERAL (
        SELECT * FROM drafting_event
        WHERE draft_id = p.draft_id AND kind = 'provision.status'
              AND payload ->> 'provision' = 'p' || p.number AND payload ->> 'status' = p.status
        ORDER BY seq DESC LIMIT 1
    ) e ON true
    WHERE p.id = %(provision)s
"""

_WORDS = {
    "agreed_ad_ref": pgettext_lazy("closed text", "agreed ad referendum"),
    "agreed": pgettext_lazy("closed text", "agreed"),
    "agreed_higher": pgettext_lazy("closed text", "agreed higher up"),
    "lapsed": pgettext_lazy("closed text", "lapsed"),
    "deleted": pgettext_lazy("closed text", "deleted"),
}


@dataclass(frozen=True, slots=True)
class Closing:
    status: str
    by: str
    acting_for: str
    at: datetime | None
    reason: str


def closing_sentence(row: tuple[Any, ...] | None) -> str:
    """What a person is told who meets a closed text; `row` is CLOSING's."""
    if row is None:
        return _("This text is closed.")
    closing = Closing(*row)
    who = " ".join(filter(None, (closing.by, f"({closing.acting_for})"))) if closing.by else ""
    words = _("This text is %(status)s.") % {"status": _WORDS.get(closing.status, closing.status)}
    if who and closing.at:
        when = date_format(timezone.localtime(closing.at), "j F, H:i")
        words = _("This text is %(status)s, by %(who)s on %(when)s.") % {
            "status": _WORDS.get(closing.status, closing.status),
            "who": who,
            "when": when,
        }
    if closing.reason:
        words += " " + closing.reason
    return words + " " + _("Ask the chair to reopen it, with a reason.")
