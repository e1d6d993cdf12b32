"""manage.py import_base FILE --symbol DL/10: an adopted text becomes a draft."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from drafting.management.importing import bring_in_and_read, place
from drafting.management.scripting import ScriptCommand, group_for, paper_at
from drafting.models.intake import ImportKind


class Command(ScriptCommand):
    help = "Makes a draft from the adopted text in FILE (docx, plain text, AKN)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--symbol", required=True, help=_("symbol of the draft, as DL/12"))
        parser.add_argument("--title", default="", help=_("title; else the paper's own"))
        self.add_conference_argument(parser)

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        file = paper_at(options["file"])
        paper = bring_in_and_read(
            group_for(options["symbol"], options["conference"]),
            ImportKind.BASE,
            file,
            symbol=options["symbol"],
            title=options["title"],
        )
        placed = place(self, paper, accept_defaults=True)
        return {"draft": placed.draft.symbol, **placed.counts}
