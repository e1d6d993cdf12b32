"""Issuing a Revision: freezing the draft, numbering it, and ordering its papers.

The number is given under the draft's lock, so numbers have no gap and no two are alike. `request`
is a key that the browser made for one act: sent twice, it issues once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from drafting import events, wake
from drafting.domain import disposition_table
from drafting.domain import draft as values
from drafting.models import Draft, PaperJob, Revision
from drafting.models.issue import FORMS, Comparison
from drafting.permissions import Action, Actor, require
from drafting.selectors.dispositions import table_of
from drafting.selectors.values import draft_value
from drafting.services import drafts, leases, turns
from drafting.services.refusals import Refused


def issue(
    actor: Actor, draft_pk: int, *, request: UUID | None = None, unchanged_too: bool = True
) -> Revision:
    """Freezes the draft as its next Revision and orders the papers. Returns the Revision.

    Without `unchanged_too` a draft that is as it was last issued is Refused: two people who press
    at the same time issue one Revision, not two alike.
    """
    with transaction.atomic():
        draft = drafts.lock(draft_pk)
        standing = require(actor, Action.ISSUE_REVISION, draft.group)
        earlier = draft.revisions.filter(request=request).first() if request else None
        if earlier:
            return earlier
        if not unchanged_too:
            _refuse_unchanged(draft)
        revision = _freeze(draft, actor, standing.acting_for, request)
        _order(revision)
        events.record(
            draft,
            "revision.issued",
            actor,
            standing.acting_for,
            number=revision.number,
            sha256=revision.sha256,
        )
    return revision


def is_unchanged(draft: Draft) -> bool:
    """Whether the next Revision would say what the last one says. Papers may have come meanwhile,
    and words may have been changed back."""
    last = draft.revisions.order_by("-number").first()
    if last is None:
        return False
    return last.seq == draft.seq or _wording(last.snapshot) == _wording(
        values.to_json(draft_value(draft))
    )


def _wording(snapshot: dict[str, Any]) -> str:
    """The seal of what is said, whatever its number and day."""
    header = {**snapshot["header"], "revision": None, "date": None}
    return sha256_of({**snapshot, "header": header})


def _refuse_unchanged(draft: Draft) -> None:
    if is_unchanged(draft):
        raise Refused(
            _("Nothing has changed since Revision %(number)d was issued: it stands.")
            % {"number": draft.last_revision}
        )


def _freeze(draft: Draft, actor: Actor, acting_for: str, request: UUID | None) -> Revision:
    turns.end_of_draft(draft.pk)
    text = draft_value(draft)
    if not text.provisions:
        raise Refused(_("This draft is empty: there is nothing to issue yet."))
    draft.last_revision += 1
    Draft.objects.filter(pk=draft.pk).update(last_revision=draft.last_revision)
    snapshot = snapshot_of(text, draft.last_revision, _today())
    revision = Revision.objects.create(
        draft=draft,
        number=draft.last_revision,
        snapshot=snapshot,
        sha256=sha256_of(snapshot),
        seq=draft.seq + 1,
        disposition=_disposition(draft, text),
        request=request,
        issued_by=actor.user,
        issued_for=acting_for,
    )
    revision.refresh_from_db(fields=["issued_at"])
    return revision


def _disposition(draft: Draft, text: values.Draft) -> dict[str, Any] | None:
    """What came of each proposal, None where none was made."""
    found = table_of(draft, text)
    return disposition_table.to_json(found) if found.lines else None


def _today() -> date:
    return timezone.localdate()


def snapshot_of(text: values.Draft, number: int, day: date) -> dict[str, Any]:
    """The JSON that is frozen: the draft under its Revision number and date."""
    return values.to_json(replace(text, header=replace(text.header, revision=number, date=day)))


def sha256_of(snapshot: dict[str, Any]) -> str:
    """The seal: of the canonical JSON (sorted keys, no spaces, UTF-8), in hexadecimal."""
    canonical = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def text_of(revision: Revision) -> values.Draft:
    """The frozen draft."""
    return values.from_json(revision.snapshot)


_PART = """
    SELECT jsonb_build_object('schema', snapshot -> 'schema', 'header', snapshot -> 'header',
        'provisions', jsonb_path_query_array(
            snapshot, '$.provisions[*] ? (@.key == $keys[*])', jsonb_build_object('keys', %s::jsonb)
        ))::text
    FROM drafting_revision WHERE draft_id = %s AND number = %s
"""


def part_of(draft: int, number: int, keys: Iterable[str]) -> values.Draft:
    """The provisions with these keys of a Revision. Raises ValueError where it was not issued."""
    with connection.cursor() as cursor:
        cursor.execute(_PART, [json.dumps(sorted(keys)), draft, number])
        row = cursor.fetchone()
    if row is None:
        raise ValueError(_("Revision %(number)s was not issued.") % {"number": number})
    return values.from_json(json.loads(row[0]))


def _order(revision: Revision) -> None:
    """One job for each form and comparison; the first Revision has none before it.

    The disposition table is a paper like the others, where anything was asked for.
    """
    comparisons = [Comparison.BASE, Comparison.CLEAN]
    if revision.number > 1:
        comparisons.append(Comparison.PREVIOUS)
    if revision.disposition is not None:
        comparisons.append(Comparison.DISPOSITION)
    jobs = PaperJob.objects.bulk_create(
        PaperJob(revision=revision, form=form, comparison=comparison)
        for comparison in comparisons
        for form in FORMS[comparison]
    )
    for job in jobs:
        wake.wake(wake.RENDER_PAPER, job.pk)


def retry(actor: Actor, draft: Draft, job_pk: int) -> None:
    """Queues a paper that has failed once more."""
    require(actor, Action.ISSUE_REVISION, draft.group)
    of_draft = PaperJob.objects.filter(pk=job_pk, revision__draft=draft).exists()
    if not of_draft or not leases.queue_again(PaperJob, job_pk):
        raise Refused(_("This paper is not waiting for another try."))
    wake.wake(wake.RENDER_PAPER, job_pk)
