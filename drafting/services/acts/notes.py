"""Remarks on words, or on a whole provision.

Rules:

- Closed text takes a comment on the whole, by which one asks for it to be reopened: none of its
  words changes for it. A remark on some of its words would change the text, and is refused.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting import steps
from drafting.models import Event, Note
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.work import Work, invalid


def add(work: Work, deed: deeds.AddNote) -> Event:
    """A remark, under the name of those for whom one acts; anchored where it is on words."""
    beside = deed.start == deed.end and deed.kind == "comment"
    option = work.seen(deed.option) if beside else work.option(deed.option, deed.version)
    words = rows.clean_words(deed.words)
    if not words:
        raise invalid(_("A note needs words."))
    rows.refuse_more_notes(option.provision)
    key = rows.new_id("n")
    start, end = sorted((deed.start, deed.end))
    if start < end:
        work.write_from_outside(option, steps.add_note(start, end, key))
        if key not in rows.anchors([option.content]):
            raise invalid(_("There are no words at this place to remark on."))
    Note.objects.create(
        provision=option.provision, key=key, text=words, kind=deed.kind, by=work.acting_for
    )
    work.made.append(key)
    return work.tell("note.added", provisions=[option.provision], options=[option])
