"""Acts: what changes the structure of a draft, each in one transaction.

`perform` is the one door. It never raises for what a client can send.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting.services.deeds import Deed
from drafting.services.writing import Accepted, Declined, Writer

__all__ = ["perform"]


def perform(writer: Writer, mid: int, deed: Deed, acting_for: str = "") -> Accepted | Declined:
    """Does a deed on the draft of the writer's seat, on Django's own connection.

    `(writer.client, mid)` names the act for ever: sent again, it gets its first answer.
    """
    return Declined(mid, "invalid", _("This cannot be done yet."))
