"""manage.py export --draft DL/10 [--revision N] [--choose CODE ...] --format F ... --out PATH"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from drafting.management.scripting import ACTOR, ScriptCommand, find_draft
from drafting.services import exporting
from drafting.services.refusals import Refused


class Command(ScriptCommand):
    help = "Writes a draft, or an issued Revision of it, to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_draft_argument(parser)
        parser.add_argument("--revision", type=int, default=None, help=_("number; else as it is"))
        parser.add_argument("--format", required=True, choices=exporting.FORMATS)
        parser.add_argument(
            "--against", default="base", help=_("base, clean or revision:N (N issued)")
        )
        parser.add_argument(
            "--choose",
            nargs="+",
            metavar="CODE",
            default=None,
            help=_("the reading in which these proposals are chosen and no others; or: base"),
        )
        parser.add_argument("--out", required=True, help=_("the file to write"))

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        draft = find_draft(options)
        data = exporting.export(
            ACTOR,
            draft,
            form=options["format"],
            against=options["against"],
            revision=options["revision"],
            choose=options["choose"],
        )
        write(Path(options["out"]), data)
        return {
            "draft": draft.symbol,
            "out": options["out"],
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }


def write(path: Path, data: bytes) -> None:
    """Writes the whole file or none of it, and nothing but a file: never over a device or a link.

    Raises Refused.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refused(_("%(path)s is no ordinary file: name another.") % {"path": path})
    half = ""
    try:
        handle, half = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(half).chmod(0o644)
        Path(half).replace(path)
    except OSError as error:
        if half:
            Path(half).unlink(missing_ok=True)
        raise Refused(
            _("The file %(path)s cannot be written: %(why)s.")
            % {"path": path, "why": error.strerror or error}
        ) from error
