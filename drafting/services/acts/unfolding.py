"""Several wordings in one text become whole options again.

Rules:

- Each who is heard in the text gets an option with the words they read there, equal ones together.
  What nobody asks to change stays in the option that it was, with those behind it who ask for no
  change; where all of them do, the first of them keeps it.
- Brackets of forks go with them; others stay, in every option with ids of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from drafting.domain import text as texts
from drafting.domain.consolidation import equal
from drafting.domain.text import Text
from drafting.models import Attribution, Event, Option
from drafting.services import deeds
from drafting.services.acts import provisions, rows
from drafting.services.acts.naming import behind, name_of, text_of
from drafting.services.acts.options import renamed
from drafting.services.acts.rewriting import Rewriting
from drafting.services.acts.scope import entry_of
from drafting.services.acts.work import Work, invalid


def unfold(work: Work, deed: deeds.UnfoldOption) -> Event:
    """Gives everybody who is heard in a text an option of their own words."""
    option = work.option(deed.option)
    row = option.provision
    sources = texts.sources(text_of(option))
    if not sources:
        raise invalid(_("This wording holds no alternatives."))
    scope = provisions.scope_of(work, row)
    own = [name for name in behind(option) if name in sources]
    silent = len(own) < len(behind(option))
    wordings = wordings_in(option, sources)
    made: list[Option] = []
    if own and not silent:
        first = next(group for group in wordings if own[0] in group[1])
        wordings.remove(first)
        _keep(work, option, first[1])
    else:
        _keep(work, option, [])
    for content, names in wordings:
        made.append(_own_option(work, option, content, names))
    if own:
        _part_attributions(option, made)
    work.made += [other.key for other in made]
    scope.change(entry_of(work, row))
    scope.relabel()
    return work.tell("options.unfolded", provisions=[row], options=[option, *made])


Reading = tuple[Text, list[str]]


def wordings_in(option: Option, sources: Sequence[str]) -> list[Reading]:
    """What each reads in the text, without the brackets of forks; equal readings together."""
    found: list[Reading] = []
    for name in sources:
        text = read(option, [name])
        same = next((names for other, names in found if equal(other, text)), None)
        if same is None:
            found.append((text, [name]))
        else:
            same.append(name)
    return found


def read(option: Option, names: Sequence[str]) -> Text:
    made = Rewriting(option)
    before = made.text
    made.read(names)
    made.lift_settled(before)
    return made.text


def _keep(work: Work, option: Option, names: Sequence[str]) -> None:
    made = Rewriting(option)
    before = made.text
    made.read(names)
    made.lift_settled(before)
    made.write(work)


def _own_option(work: Work, option: Option, text: Text, names: Sequence[str]) -> Option:
    made = rows.new_option(work, option.provision, renamed(texts.to_json(text)))
    for place, name in enumerate(names):
        rows.attribute(work, made, name, place=place)
    return made


def _part_attributions(option: Option, made: Sequence[Option]) -> None:
    """Those who got an option of their own stand behind it alone, as the paper printed them."""
    theirs = {name for other in made for name in behind(other)}
    for other in made:
        for row in other.attributions.all():
            printed = next(
                (a for a in option.attributions.all() if name_of(a) == name_of(row)), None
            )
            if printed:
                _like(row, printed)
    Attribution.objects.filter(
        pk__in=[a.pk for a in option.attributions.all() if not a.bracket and name_of(a) in theirs]
    ).delete()


def _like(row: Attribution, printed: Attribution) -> None:
    row.option_number, row.note, row.literal = printed.option_number, printed.note, printed.literal
    row.code, row.name = printed.code, printed.name
    if row.pk is not None:  # else it waits to be written, and is so as it is then
        row.save()
