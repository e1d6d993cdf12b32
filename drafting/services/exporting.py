"""A draft, or an issued Revision of it, in any form, at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from drafting.domain import draft as values
from drafting.domain import projection
from drafting.domain.paper import Against, compose
from drafting.models import Draft, Revision
from drafting.permissions import Action, Actor, require
from drafting.render import Form, NotRendered, render
from drafting.selectors.values import draft_value, whole_value
from drafting.services import papers, revisions
from drafting.services.refusals import Refused

FORMATS = (*(form.value for form in Form), "json")
BASE = "base"
PROOFS = (Form.DOCX.value, Form.PDF.value)
NOT_ISSUED = "Not issued"  # in the language of the paper, which is English


def export(
    actor: Actor,
    draft: Draft,
    *,
    form: str,
    against: str = "base",
    revision: int | None = None,
    choose: Sequence[str] | None = None,
) -> bytes:
    """The draft as it is, or as Revision `revision`, against "base", "clean" or "revision:N".

    `choose`: the reading in which these proposals are taken and no others, or `BASE` alone.
    The JSON of the draft as it is has positions and packages too: they are part of what it is.
    Raises Refused for what was not issued or tabled, or a text that cannot be set.
    """
    require(actor, Action.EXPORT_DRAFT, draft.group)
    issued = {row.number: row for row in draft.revisions.all()}
    text = _text(draft, revision, issued)
    if choose:
        struck = against == Against.BASE.value and form != "json"
        tabled = {*draft.proposals.values_list("code", flat=True), *projection.codes_in(text)}
        text = _chosen(text, choose, tabled, deletions=struck)
    if form == "json":
        if revision is None and not choose:
            text = whole_value(draft)
        return json.dumps(values.to_json(text), ensure_ascii=False, indent=1).encode()
    try:
        return render(papers.paper_against(text, against, issued), Form(form))
    except (ValueError, NotRendered) as error:
        raise Refused(str(error)) from error


def proof(actor: Actor, draft: Draft, form: str) -> papers.File:
    """What the next Revision would say, before it is frozen; it says that it is not issued.

    Raises Refused for a text that cannot be set, or another form than `PROOFS`.
    """
    require(actor, Action.ISSUE_REVISION, draft.group)
    if form not in PROOFS:
        raise Refused(_("A proof is Word or PDF."))
    text = draft_value(draft)
    notes = (text.header.language_note, NOT_ISSUED)
    head = replace(
        text.header, date=timezone.localdate(), language_note=". ".join(filter(None, notes))
    )
    try:
        found = papers.set_in(compose(replace(text, header=head), Against.BASE), Form(form))
    except NotRendered as error:
        raise Refused(str(error)) from error
    return replace(found, name=f"proof_{found.name}")


def _chosen(
    text: values.Draft, choose: Sequence[str], tabled: Collection[str], *, deletions: bool
) -> values.Draft:
    """One reading. The base is the adopted text itself, whatever was agreed since."""
    if BASE in choose:
        if len(choose) > 1:
            raise Refused(_("Choose the base alone, or proposals."))
        return projection.base_of(text)
    unknown = [code for code in choose if code not in tabled]
    if unknown:
        raise Refused(
            _("There is no proposal %(codes)s on this draft.") % {"codes": ", ".join(unknown)}
        )
    return projection.renumbered(text, choose, deletions=deletions)


def _text(draft: Draft, revision: int | None, issued: dict[int, Revision]) -> values.Draft:
    if revision is None:
        return draft_value(draft)
    if revision not in issued:
        raise Refused(_("Revision %(number)d was not issued.") % {"number": revision})
    return revisions.text_of(issued[revision])
