"""What the chair and the secretary do to a provision: its status, and the wording of an option."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from drafting import events, steps
from drafting.domain import lifecycle
from drafting.domain import text as texts
from drafting.domain.draft import Status
from drafting.models import Draft, Event, Option, Provision
from drafting.permissions import Action, Actor, Standing, require
from drafting.services import drafts
from drafting.services.recording import Hand
from drafting.services.refusals import Refused


def move_status(
    actor: Actor, draft_pk: int, number: int, status: Status, reason: str = ""
) -> Provision:
    """Moves a provision along the table of `domain.lifecycle`; reopening needs a reason."""
    with transaction.atomic():
        draft, row, standing = _begin(actor, draft_pk, number, Action.MOVE_STATUS)
        put_status(draft, row, status, Hand(actor, standing.acting_for, reason))
    return row


def put_status(draft: Draft, row: Provision, status: Status, hand: Hand) -> Event:
    """Moves a provision of a locked draft; the hand has the reason. Raises Refused."""
    match lifecycle.move(Status(row.status), status, hand.reason):
        case lifecycle.Refused(reason=sentence):
            raise Refused(_(sentence))
        case lifecycle.Moved(reason=reason):
            row.status, row.status_reason = status.value, reason
    hand.save(row, ["status", "status_reason"])
    # `selectors.closings` finds by these words who closed a text, and when.
    return events.record(
        draft,
        "provision.status",
        hand.actor,
        hand.acting_for,
        events.Touched(provisions=[row.key]),
        provision=row.key,
        status=row.status,
        reason=row.status_reason,
    )


def revise_option(
    actor: Actor, draft_pk: int, option_number: int, text: texts.Text, reason: str = ""
) -> Option:
    """Replaces the wording of an option. Raises Refused where its provision is closed."""
    with transaction.atomic():
        draft = drafts.lock(draft_pk)
        standing = require(actor, Action.REVISE_OPTION, draft.group)
        option = Option.objects.select_related("provision").get(draft=draft, number=option_number)
        if lifecycle.is_closed(Status(option.provision.status)):
            raise Refused(_("This text is agreed: reopen the provision before changing it."))
        _replace(draft, option, text, Hand(actor, standing.acting_for, reason))
    return option


def _replace(draft: Draft, option: Option, text: texts.Text, hand: Hand) -> None:
    """Writes another text into the option, as a step that an editor takes like anybody's typing."""
    content = steps.standard(option.content)
    done = steps.perform(content, steps.replace_all(content, texts.to_json(text)))
    if isinstance(done, steps.Invalid):
        raise Refused(_(done.reason))
    option.content = done.content
    option.version += 1
    hand.save(option, ["content", "version"])
    wording = events.Wording(
        option.key,
        option.provision.key,
        option.version,
        done.steps,
        done.keys,
        steps.checksum(done.content),
    )
    events.record_text(draft, hand.actor, hand.acting_for, wording)


def _begin(
    actor: Actor, draft_pk: int, number: int, action: Action
) -> tuple[Draft, Provision, Standing]:
    draft = drafts.lock(draft_pk)
    standing = require(actor, action, draft.group)
    return draft, draft.provisions.get(number=number), standing
