"""manage.py export_disposition --draft DL/10 [--revision N] --format docx|xlsx|json --out PATH"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from drafting.management.commands.export import write
from drafting.management.scripting import ACTOR, ScriptCommand, find_draft
from drafting.services import dispositions


class Command(ScriptCommand):
    help = "Writes what came of each proposal of a draft, or of an issued Revision, to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_draft_argument(parser)
        parser.add_argument("--revision", type=int, default=None, help=_("number; else as it is"))
        parser.add_argument("--format", required=True, choices=dispositions.FORMATS)
        parser.add_argument("--out", required=True, help=_("the file to write"))

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        draft = find_draft(options)
        data = dispositions.export(
            ACTOR, draft, form=options["format"], revision=options["revision"]
        )
        write(Path(options["out"]), data)
        return {
            "draft": draft.symbol,
            "out": options["out"],
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
