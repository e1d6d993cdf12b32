"""manage.py issue_revision --draft DL/10 [--wait]: freezes the next Revision, orders its papers."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from drafting.management.scripting import ACTOR, ScriptCommand, find_draft
from drafting.models import JobState, PaperJob, Revision
from drafting.services import papers, revisions
from drafting.services.refusals import Refused

POLL_S = 0.2


class Command(ScriptCommand):
    help = "Freezes the draft as its next Revision and has its papers rendered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wait", action="store_true", help=_("until every paper is there"))
        self.add_draft_argument(parser)

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        draft = find_draft(options)
        revision = revisions.issue(ACTOR, draft.pk)
        self.say(_("Revision %(number)d is frozen.") % {"number": revision.number})
        if options["wait"]:
            self._wait(revision)
        return {
            "revision": revision.number,
            "sha256": revision.sha256,
            "files": [
                _file(job) for job in revision.jobs.select_related("file").defer("file__data")
            ],
        }

    def _wait(self, revision: Revision) -> None:
        """Renders what no worker has taken, then waits for what one has."""
        for pk in revision.jobs.values_list("pk", flat=True):
            papers.work(pk)
        while revision.jobs.filter(job_state__in=[JobState.QUEUED, JobState.WORKING]).exists():
            time.sleep(POLL_S)
            for pk in revision.jobs.exclude(job_state=JobState.DONE).values_list("pk", flat=True):
                papers.work(pk)
        failed = revision.jobs.filter(job_state=JobState.FAILED).first()
        if failed:
            raise Refused(
                _("Revision %(number)d is frozen, but %(paper)s could not be rendered: %(error)s")
                % {"number": revision.number, "paper": failed, "error": failed.error}
            )


def _file(job: PaperJob) -> dict[str, Any]:
    return {
        "form": job.form,
        "against": job.comparison,
        "state": job.job_state,
        "name": job.file.name if job.file else None,
        "sha256": job.file.sha256 if job.file else None,
        "size": job.file.size if job.file else None,
    }
