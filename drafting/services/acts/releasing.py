"""What a proposal asked for in a provision is let go: withdrawn by who asked, or not retained.

Rules:

- Its pending changes are rejected, and brackets that held nothing else lifted. It stands behind no
  option and no bracket any more; an option or a bracket that nobody else stands behind goes. Words
  that others stand behind, or that everybody had before, stay as they are. So does an option in
  which others ask for something: where it does not stand, it is theirs then.
- What is left over: a provision keeps a wording. Adopted text stands again; what was never adopted
  goes with the last who asked for it. The last wording left stands, unless somebody's name is
  behind it: then it is still what they ask for and no more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from drafting.domain import text as texts
from drafting.domain.consolidation import equal
from drafting.domain.draft import NoteKind, OptionKind
from drafting.domain.projection import wording
from drafting.domain.text import Text
from drafting.models import Option, Provision
from drafting.services.acts import provisions, rows
from drafting.services.acts.edges import shrink
from drafting.services.acts.naming import behind, name_of, names_in, text_of
from drafting.services.acts.rewriting import Rewriting
from drafting.services.acts.scope import entry_of
from drafting.services.acts.work import Work


@dataclass
class Released:
    """What changed, and what is gone."""

    provisions: list[Provision] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def release(work: Work, row: Provision, names: Collection[str], out: Released) -> None:
    """Lets everything go that these ask for in a provision, which is open."""
    scope = provisions.scope_of(work, row)
    label = text_of(work.lead(row)).label
    held = list(work.options(row))
    for option, named in zip(held, names_in(held), strict=True):
        if not set(names).isdisjoint(named):
            _release(work, option, names, out)
    if work.options(row) or _adopted(row):
        _mend(work, row, label, out)
        scope.change(entry_of(work, row))
        out.provisions.append(row)
        forget_notes(work, row, names)
    else:
        out.removed += provisions.remove(work, row)
        scope.drop(row.number)
    scope.relabel()


def _release(work: Work, option: Option, names: Collection[str], out: Released) -> None:
    had = behind(option)
    heard = [name for name in texts.sources(text_of(option)) if name not in names]
    alone = bool(had) and set(had) <= set(names)
    if alone and not heard and not _is_everybodys(work, option):
        out.options += shrink(work, option.provision, [option])
        out.removed.append(rows.remove_option(work, option))
        return
    _let_go_of_words(work, option, names)
    gone = [row for row in option.attributions.all() if name_of(row) in names]
    work.let_names_go(option, gone)
    if alone and not option.stands:
        for place, name in enumerate(heard):
            rows.attribute(work, option, name, place=place)
    out.options.append(option)


def _let_go_of_words(work: Work, option: Option, names: Collection[str]) -> None:
    made = Rewriting(option)
    before = made.text
    for name in names:
        made.settle(name, accept=False)
    theirs = {row.bracket for row in option.attributions.all() if row.bracket}
    kept = {key for key in theirs if not set(behind(option, key)) <= set(names)}
    made.lift(sorted(theirs - kept))
    made.lift_settled(before, kept)
    if not made.write(work):
        work.stir([option])


def forget_notes(work: Work, row: Provision, names: Collection[str]) -> None:
    """What proposals said of a whole provision, as that they move it, goes with what they ask."""
    told = [note for note in row.notes.all() if note.by in names and "/" in note.by]
    told = [note for note in told if note.kind == NoteKind.DRAFTING]
    if told:
        anchored = rows.anchors(option.content for option in work.options(row))
        keys = [note.key for note in told if note.key not in anchored]
        row.notes.filter(key__in=keys).delete()


def _is_everybodys(work: Work, option: Option) -> bool:
    """Whether it is the adopted wording, which stands whoever goes; and stands nowhere else."""
    base = _adopted(option.provision)
    others = [held for held in work.options(option.provision) if held is not option]
    if base is None or option.kind != OptionKind.TEXT or any(o.stands for o in others):
        return False
    return equal(wording(text_of(option), frozenset()), base)


def _adopted(row: Provision) -> Text | None:
    """The adopted text behind a provision, here or where it was moved from."""
    origin = row.moved_from if row.base is None else row
    return texts.from_json(origin.base) if origin and origin.base else None


def _mend(work: Work, row: Provision, label: str | None, out: Released) -> None:
    """Sees to it that a wording is there, and that the last one stands where nobody asks for it."""
    held = work.options(row)
    base = _adopted(row)
    if not held and base is not None:
        content = texts.to_json(texts.with_label(base, label))
        out.options.append(rows.new_option(work, row, content, stands=True))
        return
    standing = any(option.stands for option in held)
    plain = [option for option in held if not behind(option)]
    if not standing and len(plain) == 1:
        plain[0].stands = True
        work.hand.save(plain[0], ["stands"])
        out.options.append(plain[0])
