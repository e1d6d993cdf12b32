"""manage.py consolidate --draft DL/10 [--proposals CODE ...]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from drafting.management.scripting import ACTOR, ScriptCommand, find_draft
from drafting.services import consolidating
from drafting.services.consolidating import Look


class Command(ScriptCommand):
    help = "Builds options, brackets and attributions from the base and the proposals, by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_draft_argument(parser)
        parser.add_argument(
            "--proposals",
            nargs="+",
            metavar="CODE",
            default=None,
            help=_("codes of the proposals, as KES/75/4; all of them where none is named"),
        )

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        draft = find_draft(options)
        found = consolidating.put(ACTOR, draft.pk, options["proposals"], progress=self.progress)
        return told(found)

    def progress(self, percent: int, doing: str) -> None:
        self.say(f"{percent:3d} % {doing}")


def told(found: Look) -> dict[str, Any]:
    """The figures of the draft as it is now, and whether the projection law holds."""
    provisions = found.outcome.provisions
    options = [option for provision in provisions for option in provision.options]
    return {
        "draft": found.before.header.symbol,
        "provisions": len(provisions),
        "options": len(options),
        "attributions": found.attributions,
        "folded": found.outcome.counts["folded"],
        "law": {
            "holds": found.law_holds,
            "failures": [
                {"provision": f.provision, "proposal": f.code, "why": f.why}
                for f in found.outcome.failures
            ],
        },
        "left": [
            {"provision": left.provision, "proposals": list(left.codes), "why": left.why}
            for left in found.outcome.left
        ],
    }
