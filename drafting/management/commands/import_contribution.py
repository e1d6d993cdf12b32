"""manage.py import_contribution FILE --draft DL/10: a Member's paper beside the base."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from drafting.management.importing import bring_in_and_read, place, wait_for_answers
from drafting.management.scripting import ScriptCommand, find_draft, upload
from drafting.models.intake import ImportKind
from drafting.services import reports


class Command(ScriptCommand):
    help = "Reads the contribution in FILE beside the draft's base and keeps its proposals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--code", default="", help=_("for a paper that prints no code"))
        parser.add_argument("--accept-defaults", action="store_true", help=_("ask nothing"))
        parser.add_argument(
            "--anew", action="store_true", help=_("take the place of an earlier paper")
        )
        self.add_draft_argument(parser)

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        draft = find_draft(options)
        paper = bring_in_and_read(
            draft.group,
            ImportKind.CONTRIBUTION,
            upload(options["file"]),
            draft=draft,
            code=options["code"],
        )
        if wait_for_answers(self, paper, accept_defaults=options["accept_defaults"]):
            return reports.counts(reports.reading_of(paper))
        defaults, anew = options["accept_defaults"], options["anew"]
        return place(self, paper, accept_defaults=defaults, anew=anew).counts
