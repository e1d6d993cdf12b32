"""Pending changes are accepted or rejected: by id, or all of one source's.

Rules:

- In one option, or in the whole draft. Closed text stays as it is, and what is pending in it stays
  pending; where nothing else was meant, the act is refused as locked.
- A delegate may withdraw (reject) what the own delegation asked for, and settle nothing else.
"""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import Status
from drafting.domain.lifecycle import is_closed
from drafting.models import Event, Option
from drafting.services import deeds
from drafting.services.acts.rights import is_desk
from drafting.services.acts.work import Work, forbidden, invalid

_CHANGES = (
    '$.content[*].content[*].marks[*] ? (@.type == "insertion" || @.type == "deletion").attrs'
)
ASKED = f"""
    SELECT p.number FROM drafting_option o JOIN drafting_provision p ON p.id = o.provision_id
    WHERE o.draft_id = %s AND (
        jsonb_path_query_array(o.content, '{_CHANGES}.id') ?| %s::text[]
        OR jsonb_path_query_array(o.content, '{_CHANGES}.source') ?| %s::text[]
    )
"""  # noqa: S608 - a constant


def settle(work: Work, deed: deeds.SettlePending) -> Event:
    """Accepts or rejects."""
    if deed.ids is None and deed.source is None:
        raise invalid(_("Say which changes: by their ids, or whose."))
    source = deed.source
    if not is_desk(work.present, deed):
        source = _own(work, deed)
    options = [work.option(deed.option)] if deed.option else _open(work, deed)
    ids = None if deed.ids is None else set(deed.ids)
    changed = []
    for option in options:
        taken = steps.settle(option.content, ids=ids, source=source, accept=deed.accept)
        if taken:
            _decide(work, deed, option, _names(option, ids, source))
        work.write(option, taken)
        changed += [option] if taken else []
    return work.tell(
        "pending.settled", provisions=[option.provision for option in changed], options=changed
    )


def _names(option: Option, ids: set[str] | None, source: str | None) -> list[str]:
    """Those whose changes are meant, in order."""
    pieces = texts.inlines(texts.from_json(option.content))
    changes = [change for piece in pieces for change in piece.changes]
    return [
        c.source for c in changes if (ids is None or c.id in ids) and source in (None, c.source)
    ]


def _decide(work: Work, deed: deeds.SettlePending, option: Option, names: list[str]) -> None:
    desk = is_desk(work.present, deed)
    refused = Deciding.NOT_RETAINED if desk else Deciding.WITHDRAWN
    work.decide(option.provision.key, names, Deciding.CHOSEN if deed.accept else refused)


def _own(work: Work, deed: deeds.SettlePending) -> str:
    own = work.present.standing.acting_for
    if deed.accept or deed.source not in (None, own):
        raise forbidden(_("You can withdraw what your own delegation asked for."))
    for option in _found(work, deed):
        for piece in texts.inlines(texts.from_json(option.content)):
            if any(c.id in (deed.ids or ()) and c.source != own for c in piece.changes):
                raise forbidden(_("You can withdraw what your own delegation asked for."))
    return own


def _open(work: Work, deed: deeds.SettlePending) -> list[Option]:
    """The options of the whole draft that are meant; where all are closed, stops at the first."""
    found = _found(work, deed)
    free = [option for option in found if not is_closed(Status(option.provision.status))]
    if found and not free:
        work.opened(found[0].provision)
    return free


def _found(work: Work, deed: deeds.SettlePending) -> list[Option]:
    """The options that hold one of the changes meant."""
    ids, sources = list(deed.ids or ()), [deed.source] if deed.source else []
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [work.draft.pk, ids, sources])
        numbers = [row[0] for row in cursor.fetchall()]
    rows = work.take(work.draft.provisions.filter(number__in=numbers))
    return [o for row in rows for o in work.options(row) if _holds(o, set(ids), sources)]


def _holds(option: Option, ids: set[str], sources: list[str]) -> bool:
    pieces = texts.inlines(texts.from_json(option.content))
    changes = [change for piece in pieces for change in piece.changes]
    return any(change.id in ids or change.source in sources for change in changes)
