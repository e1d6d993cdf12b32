"""A bracket is decided: its words stay, or go, or one of the wordings in it stays.

Rules:

- `keep` true: the words between its ends stay; what is asked to be inserted is, and nothing is
  deleted. Where that would set several wordings one after the other, a person says whose.
- `keep` false: the words between its ends go, whoever asked for them.
- `keep` a name: what this proposal or delegation reads there stays; "base": what stands there if
  nobody is heard. Both ends go in every case, and with them brackets that held nothing else.
- Who asked for the words that stay is chosen, who asked for others is not retained.
- Over several provisions the ends are decided where they stand. What lies between is whole: it goes
  with `keep` false as a deleted provision does, and stays as it is otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind
from drafting.domain.projection import wording
from drafting.models import Attribution, Event, Option, Provision
from drafting.services import deeds
from drafting.services.acts import provisions, rows
from drafting.services.acts.brackets import holding
from drafting.services.acts.choosing import BASE
from drafting.services.acts.naming import behind, settle_names
from drafting.services.acts.rewriting import Rewriting
from drafting.services.acts.scope import Scope, entry_of
from drafting.services.acts.work import Work, gone, invalid
from drafting.steps import Json

Keep = bool | str


def decide(work: Work, deed: deeds.DecideBracket) -> Event:
    """Settles what stands in a bracket, and lifts it."""
    options = holding(work, deed.bracket)
    if not options:
        raise gone()
    for option in options:
        work.opened(option.provision)
    keep = _meant(options, deed)
    if keep is False:
        _refuse_open_end(options, deed.bracket)
    held = [option.provision for option in options]
    scope = Scope.around(work, *(row.rank for row in held))
    _decide(work, options, deed, keep)
    for option in options:
        _settle(work, option, deed.bracket, keep)
    between, removed = _strike_between(work, scope, held, deed) if keep is False else ([], [])
    Attribution.objects.filter(option__in=options, bracket=deed.bracket).delete()
    for row in held:
        scope.change(entry_of(work, row))
    scope.relabel()
    return work.tell(
        "bracket.decided",
        provisions=[*held, *between],
        options=[*options, *(work.lead(row) for row in between)],
        removed=removed,
    )


def _meant(options: Sequence[Option], deed: deeds.DecideBracket) -> Keep:
    """What is to stay. Stops at names that ask for nothing here, and at several wordings."""
    asking = _asking(options, deed.bracket)
    names = [name for option in options for name in behind(option, deed.bracket)]
    if isinstance(deed.keep, str):
        if deed.keep != BASE and deed.keep not in (*asking, *names):
            raise invalid(_("Nobody of that name asks for anything in this bracket."))
        return deed.keep if deed.keep in (*asking, BASE) else True
    if deed.keep and len(_said(options, deed.bracket, asking)) > 1:
        raise invalid(_("Several wordings stand in this bracket: say whose is to stay."))
    return deed.keep


def _refuse_open_end(options: Sequence[Option], key: str) -> None:
    ends = [steps.ends(option.content, key) for option in options]
    if all(opens is None for opens, _ in ends) or all(closes is None for _, closes in ends):
        raise invalid(_("This bracket has one end: nobody can say which words are in it."))


# --- what each reads ---------------------------------------------------------------------------


def _asking(options: Sequence[Option], key: str) -> list[str]:
    """Those who ask for a change between the ends."""
    found = (name for option in options for name in texts.sources(Rewriting(option).inside(key)))
    return list(dict.fromkeys(found))


def _reads(options: Sequence[Option], key: str, sources: Sequence[str]) -> tuple[str, ...]:
    wanted = frozenset(sources)
    return tuple(
        texts.plain(wording(Rewriting(option).inside(key), wanted)).strip() for option in options
    )


def _said(options: Sequence[Option], key: str, asking: Sequence[str]) -> set[tuple[str, ...]]:
    """The different wordings that somebody asks for; and what stands, where words are to go."""
    said = {_reads(options, key, [name]) for name in asking}
    pieces = [p for option in options for p in texts.inlines(Rewriting(option).inside(key))]
    if any(change.kind == "deletion" for piece in pieces for change in piece.changes):
        said.add(_reads(options, key, []))
    return said - {tuple("" for _ in options)}


def _decide(work: Work, options: Sequence[Option], deed: deeds.DecideBracket, keep: Keep) -> None:
    """Writes down what became of what each asked for, provision by provision."""
    key = deed.bracket
    stays = _outcome(options, key, keep)
    for option in options:
        for name in dict.fromkeys([*_asking([option], key), *behind(option, key)]):
            reads = _reads(options, key, [name]) if name in _asking(options, key) else None
            chosen = keep is not False if reads is None else reads == stays
            what = Deciding.CHOSEN if chosen else Deciding.NOT_RETAINED
            work.decide(option.provision.key, [name], what, deed.rationale)


def _outcome(options: Sequence[Option], key: str, keep: Keep) -> tuple[str, ...]:
    if keep is False:
        return tuple("" for _ in options)
    if keep is True:
        said = _said(options, key, _asking(options, key))
        return next(iter(said), _reads(options, key, []))
    return _reads(options, key, [] if keep == BASE else [keep])


# --- doing it ----------------------------------------------------------------------------------


def _settle(work: Work, option: Option, key: str, keep: Keep) -> None:
    made = Rewriting(option)
    before = made.text
    at = made.span(key)[0] - 1
    if keep is False:
        made.cut(key)
    elif keep is True:
        _keep_all(made, key)
    else:
        made.read([] if keep == BASE else [keep], key)
    made.lift([key])
    if keep is False:
        made.close_up(at)
    made.lift_settled(before)
    made.write(work)


def _keep_all(made: Rewriting, key: str) -> None:
    """Where words are only to go, they stay; where words are only to come, they do."""
    changes = [change for piece in texts.inlines(made.inside(key)) for change in piece.changes]
    goes = any(change.kind == "deletion" for change in changes)
    made.read([] if goes else [change.source for change in changes], key)


def _strike_between(
    work: Work, scope: Scope, held: Sequence[Provision], deed: deeds.DecideBracket
) -> tuple[list[Provision], list[str]]:
    """Deletes the provisions that lie whole between the ends; those that stay as "delete"."""
    ranks = sorted(row.rank for row in held)
    inside = work.draft.provisions.filter(rank__gt=ranks[0], rank__lt=ranks[-1])
    stay: list[Provision] = []
    removed: list[str] = []
    for row in work.take(inside.filter(moved_to=None)):
        work.opened(row)
        settle_names(work, row, [None], deed.rationale)
        if not provisions.was_adopted(row):
            removed += provisions.remove(work, row)
            scope.drop(row.number)
        elif work.lead(row).kind != OptionKind.DELETE:
            _option, others = provisions.strike(work, row)
            removed += others
            stay.append(row)
            scope.change(entry_of(work, row))
    return stay, removed


# --- around whole wordings ---------------------------------------------------------------------


def around(work: Work, deed: deeds.BracketAround) -> Event:
    """Sets a bracket around a whole wording, or from one to another in a later provision."""
    first, last = work.option(deed.first), work.option(deed.last or deed.first)
    if OptionKind.TEXT not in (first.kind, last.kind):
        raise invalid(_("This option has no words: add one that has."))
    if first is not last and first.provision.rank >= last.provision.rank:
        raise invalid(_("A bracket opens before it closes."))
    key = rows.new_id("b")
    opening: Json = {
        "type": "bracket_open",
        "attrs": {"id": key, "kind": "contested", "before_label": True},
    }
    closing: Json = {"type": "bracket_close", "attrs": {"id": key}}
    end = Rewriting(last).span(key)[1]
    if first is last:
        work.write(first, steps.put_in_brackets(1, end, opening, closing))
    else:
        work.write(first, steps.insert_marker(1, opening))
        work.write(last, steps.insert_marker(end, closing))
    work.made.append(key)
    return work.tell(
        "bracket.paired", provisions=[first.provision, last.provision], options=[first, last]
    )
