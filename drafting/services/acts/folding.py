"""Several wordings of a provision become fewer.

Rules:

- *stack*: wordings that are equal (`domain.consolidation.equal`) become one, behind which all stand
  who stood behind any of them. The one that stands is kept, else the first that is named.
- *common*: one text in which what all share is set once, and each difference is a fork in brackets
  with its proposers (`domain.consolidation.folded`). With the standing wording among them it is
  the base of the forks, and holds them; else the first that is named does, and all stand behind it.
- *free*: the chair's own wording, as an option of "Chair". The others stay, unless it comes
  `instead` of them.
- Whose wording went into another is written down: folded. What delegations think of a wording that
  was folded into another is kept there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.consolidation import equal, folded
from drafting.domain.consolidation.folds import names_behind
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind
from drafting.domain.projection import wording
from drafting.domain.text import Text
from drafting.models import Event, Option, Provision
from drafting.selectors.values import option_value
from drafting.services import deeds
from drafting.services.acts import provisions, rows
from drafting.services.acts.edges import shrink
from drafting.services.acts.naming import behind, name_of, named, text_of
from drafting.services.acts.scope import entry_of
from drafting.services.acts.unfolding import read, wordings_in
from drafting.services.acts.work import Work, gone, invalid

CHAIR = "Chair"  # the name behind a wording that is nobody's proposal


def fold(work: Work, deed: deeds.FoldOptions) -> Event:
    """Folds options in one of the three ways."""
    row = work.open(deed.provision)
    options = these(work, row, deed.options)
    how = {"stack": _stack, "common": _common, "free": _free}[deed.how]
    scope = provisions.scope_of(work, row)
    kept, gone_along = how(work, row, options, deed)
    lifted = shrink(work, row, gone_along)
    removed = [rows.remove_option(work, option) for option in gone_along]
    scope.change(entry_of(work, row))
    scope.relabel()
    return work.tell("options.folded", provisions=[row], options=[kept, *lifted], removed=removed)


def these(work: Work, row: Provision, keys: Sequence[str]) -> list[Option]:
    held = {option.key: option for option in work.options(row)}
    if not set(keys) <= held.keys():
        raise gone()
    return [held[key] for key in dict.fromkeys(keys)]


Folded = tuple[Option, list[Option]]
"""The option that holds it now, and those that go."""


def _first(options: Sequence[Option]) -> Folded:
    if len(options) < 2:
        raise invalid(_("To fold needs two wordings at least."))
    kept = next((option for option in options if option.stands), options[0])
    return kept, [option for option in options if option is not kept]


def _stack(work: Work, row: Provision, options: list[Option], deed: deeds.FoldOptions) -> Folded:
    kept, others = _first(options)
    if not all(is_same(kept, other) for other in others):
        raise invalid(_("These wordings differ: fold them as common text, or choose one."))
    if any(texts.sources(text_of(option)) for option in options):
        raise invalid(_("Changes are pending in these wordings: settle them first."))
    work.decide(row.key, named(others), Deciding.FOLDED, deed.rationale)
    work.stir([kept])
    for other in others:
        stack(other, kept)
        rows.carry_positions(work, other.positions.all(), row, kept)
    return kept, others


def is_same(one: Option, other: Option) -> bool:
    """Whether two options are one wording, or ask alike for none."""
    if one.kind != other.kind:
        return False
    return one.kind != OptionKind.TEXT or equal(text_of(one), text_of(other))


def _common(work: Work, row: Provision, options: list[Option], deed: deeds.FoldOptions) -> Folded:
    kept, others = _first(options)
    base = read(kept, []) if kept.stands else None
    asked = [value for option in options for value in _heard(option) if not _is_base(value)]
    text = folded(asked, base, key=rows.new_id("f"), otherwise=CHAIR)
    stays = [(name, base) for name in behind(kept)] if base else []
    if text is None or not _is_exact(text, [*stays, *_wanted(asked)], base):
        raise invalid(
            _("These wordings cannot be set as one text without loss: choose, or write one.")
        )
    gone_along = others if kept.stands else options
    work.decide(row.key, named(gone_along), Deciding.FOLDED, deed.rationale)
    work.write(kept, steps.become(kept.content, texts.to_json(text)))
    for other in others:
        if base is None:
            stack(other, kept)
        rows.carry_positions(work, other.positions.all(), row, kept)
    return kept, others


def _heard(option: Option) -> list[values.Option]:
    """The wordings in an option with those who ask for each; of a standing one its base too."""
    value = option_value(option)
    sources = texts.sources(value.text)
    if not sources:
        return [value]
    others = [name for name in behind(option) if name not in sources]
    heard = [
        replace(value, stands=False, text=text, attributions=_as(names))
        for text, names in wordings_in(option, sources)
    ]
    if option.stands or others:
        heard.insert(0, replace(value, text=read(option, []), attributions=_as(others)))
    return heard


def _as(names: Sequence[str]) -> tuple[values.Attribution, ...]:
    return tuple(values.Attribution(name) for name in names)


def _is_base(value: values.Option) -> bool:
    return value.stands


Wanted = list[tuple[str, Text]]


def _wanted(asked: Sequence[values.Option]) -> Wanted:
    return [(name, value.text) for value in asked for name in names_behind(value)]


def _is_exact(text: Text, wanted: Wanted, base: Text | None) -> bool:
    """Whether everybody still reads their own words, and nobody the base."""
    theirs = all(equal(wording(text, frozenset([name])), own) for name, own in wanted)
    return theirs and (base is None or equal(wording(text, frozenset()), base))


def _free(work: Work, row: Provision, options: list[Option], deed: deeds.FoldOptions) -> Folded:
    lead = text_of(work.lead(row))
    words = rows.clean_words(deed.words or "")
    if not words:
        raise invalid(_("The chair's wording needs words."))
    text = texts.text_of(words, label=lead.label, level=lead.level)
    made = rows.new_option(work, row, texts.to_json(text))
    rows.attribute(work, made, CHAIR, place=0)
    work.made.append(made.key)
    if not deed.instead:
        return made, []
    work.decide(row.key, named(options), Deciding.FOLDED, deed.rationale)
    if any(option.stands for option in options):
        for option in options:
            option.stands = False
        made.stands = True
        work.hand.save_many(options, Option, ["stands"])
        work.hand.save(made, ["stands"])
    for option in options:
        rows.carry_positions(work, option.positions.all(), row, made)
    return made, options


def stack(source: Option, target: Option) -> None:
    """Who stands behind an option stands behind another too, as the paper printed them."""
    there = behind(target)
    last = target.attributions.order_by("-place").first()
    place = last.place if last else -1
    for row in source.attributions.filter(bracket="").order_by("place"):
        if name_of(row) not in there:
            place += 1
            row.option, row.place = target, place
            row.save(update_fields=["option", "place"])
