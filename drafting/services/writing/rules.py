"""Whether a batch of steps may be, and what comes of it.

Rules, in the order in which they are asked:

- The person has a role here that writes, for somebody they may write for: the chair and the
  secretary for any proposal or delegation that is known, a delegate for their own delegation.
- The option is there, has words, and its provision is not closed.
- The batch was made on a version that this server gave, and the steps since are all in the log.
- The engine finds a text that the schema allows; each bracket has two markers at most.
- Who may only propose changes nothing but their own pending changes, save in a wording that is
  their delegation's alone and stands nowhere; a new mark carries the name of whom one writes for,
  and no id that was another's.
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain.draft import OptionKind, Status
from drafting.domain.lifecycle import is_closed
from drafting.domain.ownership import sole
from drafting.permissions import Action, Standing, Writing, allows
from drafting.selectors.closings import CLOSING, closing_sentence
from drafting.services.standings import Present, Seat
from drafting.services.writing.asked import Batch, Declined
from drafting.services.writing.ledger import Judged, Ledger, OptionRow
from drafting.services.writing.stood import stood, taken

Connection = psycopg.Connection[Any]

_BEHIND = """
    SELECT o.stands, coalesce(nullif(t.code, ''), t.name) FROM drafting_option o
    JOIN drafting_attribution t ON t.option_id = o.id AND t.bracket = ''
    WHERE o.id = %(option)s
"""

MOVES_MAX = 100_000  # steps that are moved, times the steps that they are moved over: half a second


def judge(connection: Connection, ledger: Ledger, seat: Seat, batch: Batch) -> Judged | Declined:
    """What becomes of a batch on the ledger as it is now; nothing is changed yet."""
    present = ledger.present[seat]
    if present is None or present.writing is Writing.NOTHING:
        return Declined(batch.mid, "forbidden", _("Your role in this group does not include that."))
    acting_for = for_whom(present.standing, batch.acting_for, ledger.known)
    if acting_for is None:
        return Declined(batch.mid, "forbidden", not_for_them())
    row = ledger.options.get(batch.option)
    declined = _unfit(connection, row, batch)
    if declined:
        return declined
    assert row is not None
    return _applied(connection, ledger, row, present, acting_for, batch)


def for_whom(standing: Standing, asked: str, known: frozenset[str]) -> str | None:
    """Whom one writes for; None where one may not. "" asks for one's own standing."""
    if asked in ("", standing.acting_for):
        return standing.acting_for
    return asked if allows(standing, Action.WRITE_TEXT) and asked in known else None


def not_for_them() -> str:
    return _("You cannot write for them: choose a proposal or delegation of this draft.")


def _unfit(connection: Connection, row: OptionRow | None, batch: Batch) -> Declined | None:
    """Why the option cannot take the batch, whatever is in it."""
    if row is None:
        return Declined(batch.mid, "gone", _("This wording is no longer there."))
    if row.kind != OptionKind.TEXT:
        return Declined(batch.mid, "invalid", _("This option has no words: add one that has."))
    if is_closed(Status(row.status)):
        closing = connection.execute(CLOSING, {"provision": row.provision_pk}).fetchone()
        return Declined(batch.mid, "locked", closing_sentence(closing))
    if batch.base > row.version:
        return Declined(batch.mid, "unknown", _("This text has not come so far: read it again."))
    missed = row.since(batch.base)
    if missed is None or len(missed) * len(batch.items) > MOVES_MAX:
        return Declined(batch.mid, "too_old", _("The text has gone on too far: read it again."))
    return None


def _applied(
    connection: Connection,
    ledger: Ledger,
    row: OptionRow,
    present: Present,
    acting_for: str,
    batch: Batch,
) -> Judged | Declined:
    missed = row.since(batch.base) or ()
    applied = steps.submit(row.content, missed, batch.items)
    if isinstance(applied, steps.Invalid):
        return Declined(batch.mid, "invalid", _(applied.reason))
    fault = _unasked(connection, row, applied, present, acting_for)
    if not fault and steps.brings_marks(applied.steps):
        came_back = _came_back(connection, ledger, row, applied, acting_for)
        fault = _dishonest(applied, present, acting_for, came_back) or _taken(
            connection, ledger, row, applied, acting_for
        )
    if fault:
        return Declined(batch.mid, *fault)
    return Judged(row, applied, present.name, acting_for)


def _came_back(
    connection: Connection, ledger: Ledger, row: OptionRow, applied: steps.Applied, source: str
) -> frozenset[steps.Stands]:
    """Others' pending changes that the batch brings and that the option had before."""
    new = steps.stands(applied.after) - steps.stands(applied.before)
    others = {(key, who) for key, who in new if who != source}
    return stood(connection, ledger.draft, row, others) if others else frozenset()


def _unasked(
    connection: Connection,
    row: OptionRow,
    applied: steps.Applied,
    present: Present,
    acting_for: str,
) -> tuple[str, str] | None:
    """Whether somebody who may only propose does more than that, and not to the own wording."""
    if present.writing is not Writing.PENDING or _only_proposes(applied, acting_for):
        return None
    if _is_theirs(connection, row, acting_for):
        return None
    return "forbidden", _("In this group delegations propose: the text itself stays as it is.")


def _dishonest(
    applied: steps.Applied,
    present: Present,
    acting_for: str,
    came_back: frozenset[steps.Stands],
) -> tuple[str, str] | None:
    """What is wrong with the marks and markers that the batch brings, if anything."""
    before, after = applied.before, applied.after
    proposes = present.writing is Writing.PENDING
    chairs = allows(present.standing, Action.WRITE_TEXT)
    if not steps.marks_are_honest(before, after, acting_for, any_known=chairs, known=came_back):
        return "invalid", _("A change must stand under the name of whom you write for.")
    if proposes and not steps.leaves_others_be(before, after, acting_for):
        return "invalid", _("A change must stand under the name of whom you write for.")
    if not steps.brackets_are_single(before, after):
        return "invalid", _("A bracket has two ends, and this one has them already.")
    return None


def _is_theirs(connection: Connection, row: OptionRow, delegation: str) -> bool:
    """Whether the wording stands nowhere, and nobody but the delegation stands behind it."""
    found = connection.execute(_BEHIND, {"option": row.pk}).fetchall()
    return not any(stands for stands, _ in found) and sole(who for _, who in found) == delegation


def _only_proposes(applied: steps.Applied, source: str) -> bool:
    return steps.may_only_propose(applied.before, applied.after, source) and not steps.dresses(
        applied.content_before, applied.content, source
    )


def _taken(
    connection: Connection, ledger: Ledger, row: OptionRow, applied: steps.Applied, source: str
) -> tuple[str, str] | None:
    """Whether a new change has the id of somebody else's in another wording: who accepts that one
    by its id would accept this one with it."""
    new = steps.stands(applied.after) - steps.stands(applied.before)
    ids = {key for key, who in new if who == source}
    if ids and taken(connection, ledger.draft, row.number, ids, source):
        return "invalid", _("This name of a change is taken.")
    return None
