"""manage.py seat LIST --group SLUG: a table of people takes its seats in a group."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from drafting.management.scripting import ACTOR, ScriptCommand, upload
from drafting.models import AdHocGroup
from drafting.services.recording import Hand
from drafting.services.refusals import Refused
from drafting.services.seats import COLUMNS, read_list, seat


class Command(ScriptCommand):
    help = f"Seats the people of a CSV table with the columns {', '.join(COLUMNS)} in a group."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("list", help=_("the table; - reads it from stdin"))
        parser.add_argument("--group", required=True, help=_("short name of the group"))
        self.add_conference_argument(parser)

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        data = sys.stdin.buffer.read() if options["list"] == "-" else upload(options["list"]).data
        group = _group(options["group"], options["conference"])
        done = seat(group, read_list(data), Hand(ACTOR, "Secretariat", _("seated by a list")))
        return {"group": group.slug, **done}


def _group(slug: str, conference: str) -> AdHocGroup:
    groups = AdHocGroup.objects.filter(slug=slug).select_related("conference")
    found = list(groups.filter(conference__slug=conference) if conference else groups)
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(_("Several conferences have a group %s: say --conference.") % slug)
    raise Refused(_("There is no group %s: its short name is in its address.") % slug)
