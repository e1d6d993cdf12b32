"""One wording of a provision becomes the only one, and what else was proposed for it goes.

Rules:

- The wording that stays is clean: its own proposers' changes are taken, all others' are not, its
  brackets are lifted, nobody is named behind it. Of a text that holds several wordings it is the
  one that is asked for by `reading`: a proposal's, or "base" for what stands if nobody is heard.
- Where those behind it read different words in one place, a person says whose are meant.
- Every proposal that is named here gets a decision: chosen, where it asks for the very words that
  stay; not retained otherwise.
- "No text" and "delete": what was never adopted goes; adopted text stays as deleted.
- A bracket that goes on in other provisions shrinks to those (`edges`).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain.draft import Mode, OptionKind
from drafting.domain.forks import disagreeing
from drafting.models import Event, Option, Provision
from drafting.services import deeds
from drafting.services.acts import provisions, rows
from drafting.services.acts.edges import shrink
from drafting.services.acts.naming import behind, named, reads_as, settle_names, text_of
from drafting.services.acts.releasing import forget_notes
from drafting.services.acts.rewriting import Rewriting
from drafting.services.acts.scope import entry_of
from drafting.services.acts.work import Work, invalid

BASE = "base"  # the reading in which nobody's changes are taken


def choose(work: Work, deed: deeds.ChooseOption) -> Event:
    """Leaves this wording alone in its provision."""
    option = work.option(deed.option)
    row = option.provision
    sources = whose(option, deed.reading)
    scope = provisions.scope_of(work, row)
    settle_names(work, row, [reads_as(option, sources)], deed.rationale)
    lifted = shrink(work, row, work.options(row))
    if option.kind != OptionKind.TEXT and not provisions.was_adopted(row):
        removed = provisions.remove(work, row)
        scope.drop(row.number)
        scope.relabel()
        return work.tell("option.chosen", options=lifted, removed=removed)
    removed = leave_alone(work, row, option, sources)
    scope.change(entry_of(work, row))
    scope.relabel()
    return work.tell("option.chosen", provisions=[row], options=[option, *lifted], removed=removed)


def whose(option: Option, asked: str | None) -> Sequence[str]:
    """Whose changes are taken. Stops where that is for a person to say."""
    if asked == BASE:
        return ()
    if asked:
        if asked not in named([option]):
            raise invalid(_("Nobody of that name asks for anything in this wording."))
        return (asked,)
    own = behind(option)
    apart = disagreeing(text_of(option), own)
    if apart:
        raise invalid(
            _("%(names)s want different words here: say whose are meant.")
            % {"names": ", ".join(apart)}
        )
    return own


def leave_alone(work: Work, row: Provision, option: Option, sources: Sequence[str]) -> list[str]:
    """Makes an option clean, the only one, and the one that stands; the keys of the others."""
    label, names = text_of(work.lead(row)).label, named(work.options(row))
    others = [other for other in work.options(row) if other is not option]
    removed = [rows.remove_option(work, other) for other in others]
    wording = Rewriting(option)
    wording.read(sources)
    wording.lift(wording.brackets())
    if label and wording.text.label != label:
        wording.take(steps.set_label(wording.content, 0, label))
    if not wording.write(work):
        work.stir([option])
    work.let_names_go(option, list(option.attributions.all()))
    forget_notes(work, row, names)
    option.stands, option.heading = True, ""
    work.hand.save(option, ["stands", "heading"])
    if row.mode != Mode.EXCLUSIVE:
        row.mode = Mode.EXCLUSIVE
        work.hand.save(row, ["mode"])
    return removed
