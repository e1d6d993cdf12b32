"""The disposition table of a draft, or of an issued Revision of it, as a file, at once."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from drafting.domain.disposition_table import to_json
from drafting.domain.furniture import title_of
from drafting.models import Draft
from drafting.permissions import Action, Actor, require
from drafting.render.disposition import TableForm, TablePaper
from drafting.selectors.dispositions import table_of
from drafting.selectors.values import draft_value
from drafting.services import papers
from drafting.services.refusals import Refused

FORMATS = (*(form.value for form in TableForm), "json")


def export(actor: Actor, draft: Draft, *, form: str, revision: int | None = None) -> bytes:
    """What came of each proposal, as the draft is or as it was issued. Raises Refused."""
    require(actor, Action.EXPORT_DRAFT, draft.group)
    paper = _now(draft) if revision is None else _issued(draft, revision)
    if form == "json":
        return json.dumps(to_json(paper.table), ensure_ascii=False, indent=1).encode()
    return papers.table_file(paper, TableForm(form)).data


def _now(draft: Draft) -> TablePaper:
    text = draft_value(draft)
    return TablePaper(text.header, title_of(text), table_of(draft, text))


def _issued(draft: Draft, number: int) -> TablePaper:
    revision = draft.revisions.filter(number=number).first()
    if revision is None:
        raise Refused(_("Revision %(number)d was not issued.") % {"number": number})
    return papers.table_paper(revision)
