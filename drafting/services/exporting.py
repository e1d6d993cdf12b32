"""A draft, or an issued Revision of it, in any form, at once."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from drafting.domain import draft as values
from drafting.models import Draft, Revision
from drafting.permissions import Action, Actor, require
from drafting.render import Form, NotRendered, render
from drafting.selectors.values import draft_value
from drafting.services import papers, revisions
from drafting.services.refusals import Refused

FORMATS = (*(form.value for form in Form), "json")


def export(
    actor: Actor, draft: Draft, *, form: str, against: str = "base", revision: int | None = None
) -> bytes:
    """The draft as it is, or as Revision `revision`, against "base", "clean" or "revision:N".

    Raises Refused for a Revision that was not issued or a text that cannot be set.
    """
    require(actor, Action.EXPORT_DRAFT, draft.group)
    issued = {row.number: row for row in draft.revisions.all()}
    text = _text(draft, revision, issued)
    if form == "json":
        return json.dumps(values.to_json(text), ensure_ascii=False, indent=1).encode()
    try:
        return render(papers.paper_against(text, against, issued), Form(form))
    except (ValueError, NotRendered) as error:
        raise Refused(str(error)) from error


def _text(draft: Draft, revision: int | None, issued: dict[int, Revision]) -> values.Draft:
    if revision is None:
        return draft_value(draft)
    if revision not in issued:
        raise Refused(_("Revision %(number)d was not issued.") % {"number": revision})
    return revisions.text_of(issued[revision])
