"""The way of a file from the command line: brought in, read at once, placed or left waiting."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from drafting.intake.inspection import Form, inspect
from drafting.intake.sandbox import draft_in_child
from drafting.management.scripting import ACTOR, ScriptCommand, group_for, upload
from drafting.models import AdHocGroup, Draft, PaperImport
from drafting.models.intake import ImportKind, ImportState
from drafting.services import drafts, imports, placing, reports
from drafting.services.drafts import slug_of
from drafting.services.refusals import Refused
from drafting.services.telling import told


def bring_in_and_read(
    group: AdHocGroup, kind: ImportKind, file: imports.Upload, **about: Any
) -> PaperImport:
    """Brings the file in and reads it here, without waiting for a worker. Raises Refused."""
    paper = imports.bring_in(ACTOR, group, kind, file, knock=False, **about)
    imports.read(paper.pk)
    paper.refresh_from_db()
    if paper.state == ImportState.REFUSED:
        raise Refused(imports.refusal_of(paper))
    if paper.state == ImportState.READING:
        raise Refused(_("A worker is reading this paper already: look at its import report."))
    return paper


def wait_for_answers(command: ScriptCommand, paper: PaperImport, *, accept_defaults: bool) -> bool:
    """Whether the paper must wait for a person; says so."""
    left = len(imports.open_questions(paper))
    if accept_defaults or not left:
        return False
    command.say(
        _(
            "%(left)d questions are open on import %(pk)d and nothing was placed: "
            "answer them on its page, or say --accept-defaults."
        )
        % {"left": left, "pk": paper.pk}
    )
    return True


def place(
    command: ScriptCommand, paper: PaperImport, *, accept_defaults: bool, anew: bool = False
) -> placing.Placed:
    """Places the paper and says what was assumed."""
    for question in imports.open_questions(paper):
        what, because = told(question.what), told(question.because)
        command.say(f"{question.where}: {what} -> {question.assumed}: {because}")
    return imports.place(ACTOR, paper.pk, accept_defaults=accept_defaults, anew=anew)


def make_from_snapshot(options: dict[str, Any]) -> dict[str, Any] | None:
    """Makes the draft that an exported JSON holds, where the database does not have it yet.

    None where the file is something else, or the draft is there: then it is placed like any paper.
    """
    found = upload(options["file"])
    known = Draft.objects.filter(slug=slug_of(options["draft"])).exists()
    if known or inspect(found.name, found.data).form is not Form.JSON:
        return None
    with imports.kept_apart(found.name, found.data) as path:
        snapshot = draft_in_child(path)
    name = snapshot.header.conference
    with transaction.atomic():  # where the draft is refused, nobody wants a group for it
        group = group_for(options["draft"], options["conference"], name)
        drafts.bring_back(ACTOR, group, options["draft"], snapshot)
    return reports.counts(reports.snapshot_reading(snapshot))
