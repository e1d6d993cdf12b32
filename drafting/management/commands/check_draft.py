"""manage.py check_draft --draft DL/10"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from drafting.management.scripting import ACTOR, ScriptCommand, find_draft
from drafting.services import checking


class Command(ScriptCommand):
    help = "Looks for what a secretariat mends: references, editions, brackets, labels, spelling."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_draft_argument(parser)

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        result = checking.report(ACTOR, find_draft(options))
        mends = sum(1 for finding in result["findings"] if finding["mend"])
        self.say(
            _("%(count)d findings, %(mends)d of them with a mend.")
            % {"count": len(result["findings"]), "mends": mends}
        )
        return result
