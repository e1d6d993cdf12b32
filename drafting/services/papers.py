"""Rendering papers: from a frozen Revision by a worker, or from the draft as it is, at once."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from drafting import events, wake
from drafting.domain import draft as values
from drafting.domain.disposition_table import from_json
from drafting.domain.furniture import title_of
from drafting.domain.paper import Against, Paper, compose
from drafting.models import Draft, JobState, PaperImport, PaperJob, Revision
from drafting.models.issue import Comparison
from drafting.render import MEDIA_TYPES, Form, NotRendered, disposition, filename, render
from drafting.render.disposition import TableForm, TablePaper
from drafting.services import leases, revisions
from drafting.services.imports import keep
from drafting.services.refusals import Refused

log = logging.getLogger(__name__)

OVERDUE = timedelta(seconds=10)  # a queued job that nobody took up after this lost its knock


def work(pk: int) -> bool:
    """Renders a paper that waits, if nobody else is at it; whether there was work to do."""
    token = leases.claim(PaperJob, pk)
    if token is None:
        return False
    with leases.guarded(PaperJob, pk, token):
        _set(PaperJob.objects.select_related("revision__draft").get(pk=pk), token)
    return True


def _set(job: PaperJob, token: int) -> None:
    """Sets the paper of a job that `token` holds, and stores it."""
    pk = job.pk
    _hint(job, JobState.WORKING, 10)
    try:
        paper = _paper_of(job)
        leases.extend(PaperJob, pk, token, 40)
        _hint(job, JobState.WORKING, 40)
        file = _rendered(paper, job.form)
    except NotRendered as error:
        log.warning("Paper %s could not be rendered: %s", pk, error)
        if leases.fail(PaperJob, pk, token, str(error), retry=True):
            _hint(job, JobState.FAILED, 0)
    else:
        _finish(pk, token, file)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it goes out."""

    name: str
    data: bytes
    media_type: str


def _paper_of(job: PaperJob) -> Paper | TablePaper:
    if job.comparison == Comparison.DISPOSITION:
        return table_paper(job.revision)
    return paper_of(job.revision, Comparison(job.comparison))


def _rendered(paper: Paper | TablePaper, form: str) -> File:
    if isinstance(paper, TablePaper):
        return table_file(paper, TableForm(form))
    return set_in(paper, Form(form))


def set_in(paper: Paper, form: Form) -> File:
    """The paper as a file. Raises NotRendered."""
    return File(filename(paper, form), render(paper, form), MEDIA_TYPES[form])


def table_file(paper: TablePaper, form: TableForm) -> File:
    """A disposition table as a file."""
    name = disposition.filename(paper.header, form)
    return File(name, disposition.render_table(paper, form), disposition.MEDIA_TYPES[form])


def table_paper(revision: Revision) -> TablePaper:
    """The disposition table that was frozen with the Revision. Raises Refused where none was."""
    if revision.disposition is None:
        raise Refused(_("No disposition table was issued with this Revision."))
    frozen = revisions.text_of(revision)
    return TablePaper(frozen.header, title_of(frozen), from_json(revision.disposition))


def _finish(pk: int, token: int, file: File) -> None:
    """Stores the paper with the job in one transaction, if the token still holds."""
    with transaction.atomic():
        job = leases.held(PaperJob, pk, token)
        if job is None:
            return
        job.file = keep(file.name, file.data, file.media_type)
        leases.end(job)
        job.save()
        _hint(job, JobState.DONE, 100)


def _hint(job: PaperJob, state: str, progress: int) -> None:
    message = {"kind": "paper", "id": job.pk, "state": str(state), "progress": progress}
    events.hint(job.revision.draft_id, message)


def paper_of(revision: Revision, comparison: Comparison) -> Paper:
    """The Revision beside what it is compared with."""
    text = revisions.text_of(revision)
    if comparison == Comparison.PREVIOUS:
        before = revision.draft.revisions.get(number=revision.number - 1)
        return compose(text, Against.REVISION, revisions.text_of(before))
    return compose(text, Against(comparison.value))


def paper_against(text: values.Draft, against: str, draft_revisions: dict[int, Revision]) -> Paper:
    """The paper of `text` against "base", "clean" or "revision:N".

    Raises ValueError with a sentence for anything else, or a Revision that was not issued.
    """
    if against in (Against.BASE.value, Against.CLEAN.value):
        return compose(text, Against(against))
    name, _colon, number = against.partition(":")
    if name != "revision" or not number.isdecimal():
        raise ValueError(_("Compare against base, clean or revision:N."))
    found = draft_revisions.get(int(number))
    if found is None:
        raise ValueError(_("Revision %(number)s was not issued.") % {"number": number})
    return compose(text, Against.REVISION, revisions.text_of(found))


def some_against(draft: Draft, text: values.Draft, against: str, keys: Iterable[str]) -> Paper:
    """The paper of a part of a draft: of a Revision only the same provisions are read."""
    name, _colon, number = against.partition(":")
    if name != "revision":
        return compose(text, Against(against))
    wanted = {*keys, *(p.moved_from for p in text.provisions if p.moved_from)}
    return compose(text, Against.REVISION, revisions.part_of(draft.pk, int(number), wanted))


def sweep() -> int:
    """Knocks again for all work that waits too long or whose worker died; how many that was."""
    overdue = [
        (wake.RENDER_PAPER, leases.claimable(PaperJob)),
        (wake.READ_PAPER, leases.claimable(PaperImport)),
    ]
    found = 0
    for task, rows in overdue:
        for pk in rows.filter(queued_at__lt=Now() - OVERDUE).values_list("pk", flat=True)[:500]:
            wake.send(task, pk)
            found += 1
    return found
