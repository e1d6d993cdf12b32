"""What the secretariat's commands share: one JSON object on stdout, sentences on stderr, exit 0
only on success."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from drafting.intake.inspection import Unreadable, inspect
from drafting.models import AdHocGroup, Conference, Draft
from drafting.permissions import Actor, Forbidden
from drafting.services.drafts import slug_of, well_formed
from drafting.services.fitting import fit
from drafting.services.imports import Upload
from drafting.services.refusals import Refused

ACTOR = Actor.system("command line")


class ScriptCommand(BaseCommand):
    """A command whose `run` gives the JSON object; a refusal becomes one sentence and exit 1."""

    requires_migrations_checks = True

    def add_draft_argument(self, parser: CommandParser) -> None:
        parser.add_argument("--draft", required=True, help=_("symbol of the draft, as DL/12"))
        self.add_conference_argument(parser)

    def add_conference_argument(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--conference",
            default="",
            help=_("short name of the conference; needed where there are several"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self.run(options)
        except (Refused, Forbidden, Unreadable) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OperationalError as error:
            raise CommandError(_("The database does not answer: %s") % error) from error
        # Escaped where the terminal's encoding cannot be trusted: what is done must be told.
        plain = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
        sys.stdout.write(json.dumps(result, ensure_ascii=plain) + "\n")

    def check_migrations(self) -> None:
        """Django's warning, on stderr: stdout is for the JSON object alone."""
        kept, self.stdout = self.stdout, self.stderr
        try:
            super().check_migrations()
        except OperationalError as error:
            raise CommandError(_("The database does not answer: %s") % error) from error
        finally:
            self.stdout = kept

    def run(self, options: dict[str, Any]) -> dict[str, Any]:
        """The JSON object to print. Raises Refused, Unreadable or CommandError."""
        raise CommandError(_("This command does nothing."))

    def say(self, sentence: str) -> None:
        """A sentence for the person at the terminal."""
        self.stderr.write(sentence)


def upload(path: str) -> Upload:
    """The file at `path`. Raises Refused if it cannot be read."""
    file = Path(path)
    try:
        return Upload(file.name, file.read_bytes())
    except OSError as error:
        raise Refused(
            _("The file %(path)s cannot be opened: %(why)s.")
            % {"path": path, "why": error.strerror or error}
        ) from error


def paper_at(path: str) -> Upload:
    """The file at `path`, looked at: nothing is made for one that cannot be a paper.

    Raises Refused or Unreadable.
    """
    found = upload(path)
    inspect(found.name, found.data)
    return found


def find_draft(options: dict[str, Any]) -> Draft:
    """The draft that `--draft` (and `--conference`) name. Raises Refused."""
    symbol, conference = options["draft"], options["conference"]
    drafts = Draft.objects.filter(slug=slug_of(symbol)).select_related(
        "conference", "group__conference"
    )
    found = list(drafts.filter(conference__slug=conference) if conference else drafts)
    if len(found) == 1:
        return found[0]
    if found:
        slugs = ", ".join(draft.conference.slug for draft in found)
        raise Refused(
            _("Several conferences have a %(symbol)s; say --conference, one of: %(slugs)s.")
            % {"symbol": symbol, "slugs": slugs}
        )
    raise Refused(
        _("There is no draft %(symbol)s: bring its base in first, with import_base.")
        % {"symbol": symbol}
    )


def group_for(symbol: str, conference_slug: str, name: str = "") -> AdHocGroup:
    """The group that a new draft goes to: its own, made at need, in the conference named.

    Without a short name: the only conference there is; on an empty database a new one, called
    `name`.
    """
    slug = slugify(f"group-{well_formed(symbol)}")[:50]
    conference = _conference(conference_slug, name)
    group, _made = AdHocGroup.objects.get_or_create(
        conference=conference,
        slug=slug,
        defaults={"name": _("Ad Hoc Group on %(symbol)s") % {"symbol": symbol}},
    )
    return group


def _conference(slug: str, name: str) -> Conference:
    known = list(Conference.objects.all())
    if slug:
        found = [conference for conference in known if conference.slug == slug]
        if not found:
            raise Refused(_("There is no conference %(slug)s.") % {"slug": slug})
        return found[0]
    if len(known) > 1:
        slugs = ", ".join(conference.slug for conference in known)
        raise Refused(
            _("There are several conferences; say --conference, one of: %(slugs)s.")
            % {"slugs": slugs}
        )
    if known:
        return known[0]
    return Conference.objects.create(
        slug="conference", name=fit(Conference, "name", name or _("Conference"))
    )
