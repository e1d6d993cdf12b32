"""What a proposal asks for is put into the draft, whole or for one provision.

Rules:

- MOD and (MOD): another wording; SUP: "delete"; NOC: behind the adopted wording; ADD: a provision
  that is only proposed, after what it follows and after what was added there before. A wording that
  is there already is not set again: the proposal stands behind it too. So does an addition that
  says what another says at that place, and one that says nearly the same is another wording of it.
- Its footnotes come along: as those of the provision that say the same, or as new ones.
- What stands in the draft already is passed over. Closed text is not touched: of a whole proposal
  the rest is taken up, of one provision the act is refused as locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from drafting.domain import text as texts
from drafting.domain.calls import is_call
from drafting.domain.consolidation import Asked, equal, essence, likeness
from drafting.domain.consolidation.likeness import NEAR
from drafting.domain.consolidation.noted import Notes, entered, has_footnotes
from drafting.domain.consolidation.provisions import change_of
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import Note as NoteValue
from drafting.domain.draft import NoteKind, OptionKind, ProvisionKind, Status
from drafting.domain.lifecycle import is_closed
from drafting.domain.text import Text
from drafting.models import Event, Note, Option, ProposedChange, Provision
from drafting.selectors.requests import notes_of
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.naming import behind, named, text_of
from drafting.services.acts.options import renamed
from drafting.services.acts.scope import NEW, Scope, entry, entry_of, fresh
from drafting.services.acts.work import Work, gone, invalid, is_left


@dataclass
class Taking:
    """One proposal on its way into the draft. `made`: where its additions stand, by their keys."""

    work: Work
    code: str
    asked: list[ProposedChange]
    rationale: str
    provisions: list[Provision] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    made: dict[str, Provision] = field(default_factory=dict)


def take_up(work: Work, deed: deeds.TakeUp) -> Event:
    """Puts what a proposal asks for beside the other wordings."""
    taking = Taking(work, deed.code, work.asked(deed.code), deed.rationale)
    if not taking.asked:
        raise gone()
    whole = deed.provision is None and deed.change is None
    wanted = list(_wanted(taking, deed))
    if not wanted:
        raise invalid(_("It asks for nothing in this provision."))
    free = [change for change in wanted if not whole or _is_free(taking, change)]
    for change in free or wanted[:1]:
        _take(taking, change)
    return work.tell("proposal.taken_up", provisions=taking.provisions, options=taking.options)


def _wanted(taking: Taking, deed: deeds.TakeUp) -> Iterator[ProposedChange]:
    """The changes that are meant, in the order of the paper."""
    for change in taking.asked:
        row = _about(taking, change)
        here = deed.provision is None or (row is not None and row.key == deed.provision)
        if here and deed.change in (None, change.key):
            yield change


def _about(taking: Taking, change: ProposedChange) -> Provision | None:
    """The provision that a change is about, where it stands now; of an addition none."""
    pk = change.moved_from_id if change.operation == "ADD" else change.target_id
    if pk is None:
        return None
    row = taking.work.take_id(pk)
    return taking.work.provision(row.moved_to.key) if is_left(row) else row


def _is_free(taking: Taking, change: ProposedChange) -> bool:
    row = _about(taking, change)
    return row is None or not is_closed(Status(row.status))


def _take(taking: Taking, change: ProposedChange) -> None:
    row = _about(taking, change)
    if row is not None:
        taking.work.opened(row)
        _ask(taking, row, change)
    if change.operation == "ADD":
        _add(taking, change)


def _words(change: ProposedChange) -> tuple[Text | None, Notes]:
    """The words it asks for, with their footnotes."""
    text = texts.from_json(change.content) if change.content else None
    code, notes = change.proposal.code, notes_of(change)
    asked = change_of(Asked(code, change.key, change.operation, text=text, notes=notes))
    return asked.text, asked.notes


# --- of a provision that is there --------------------------------------------------------------


def _ask(taking: Taking, row: Provision, change: ProposedChange) -> None:
    """Sets a wording beside the others, or stands behind the one that says the same."""
    work = taking.work
    scope = Scope.around(work, row.rank)
    label = text_of(work.lead(row)).label
    kind = OptionKind.DELETE if change.operation in ("SUP", "ADD") else OptionKind.TEXT
    text, notes = _words(change) if kind is OptionKind.TEXT else (None, ())
    if change.operation == "NOC":
        text, notes = _adopted(row), _footnotes(row)
    if kind is OptionKind.TEXT and text is None:
        raise invalid(_("It gives no words for this provision."))
    _stand(taking, row, kind, text and texts.with_label(text, label), notes)
    scope.change(entry_of(work, row))
    scope.relabel()


def _adopted(row: Provision) -> Text | None:
    origin = row.moved_from if row.base is None else row
    return texts.from_json(origin.base) if origin and origin.base else None


def _stand(
    taking: Taking, row: Provision, kind: OptionKind, text: Text | None, notes: Notes = ()
) -> None:
    """The proposal stands behind this wording of the provision."""
    work = taking.work
    text, brought = _entered(row, text, notes) if text else (None, ())
    options = work.options(row)
    same = [option for option in options if _says(option, kind, text)]
    if taking.code in named(same):
        return
    option = same[0] if same else None
    if option is None:
        level = text.level if text else row.level
        content = renamed(texts.to_json(text)) if text else rows.silent(_label(work, row), level)
        option = rows.new_option(work, row, content, kind=kind)
        _keep(row, brought)
        work.made.append(option.key)
    else:
        work.stir([option])
    last = max((row.place for row in option.attributions.all()), default=-1)
    rows.attribute(work, option, taking.code, place=last + 1)
    work.decide(row.key, [taking.code], Deciding.TAKEN_UP, taking.rationale)
    taking.provisions.append(row)
    taking.options.append(option)


def _entered(row: Provision, text: Text, notes: Notes) -> tuple[Text, Notes]:
    """The text with its footnotes named as the provision names them, and those it has not yet."""
    if not has_footnotes(text):
        return text, ()
    return entered(text, notes, _footnotes(row), iter(lambda: rows.new_id("n"), None))


def _footnotes(row: Provision) -> Notes:
    held = row.notes.filter(kind=NoteKind.FOOTNOTE).order_by("pk")
    return tuple(
        NoteValue(key, text, NoteKind.FOOTNOTE) for key, text in held.values_list("key", "text")
    )


def _keep(row: Provision, brought: Notes) -> None:
    """Gives a provision the footnotes of a wording that was set there."""
    for note in brought:
        rows.refuse_more_notes(row)
        Note.objects.create(provision=row, key=note.id, text=note.text, kind=note.kind.value)


def _label(work: Work, row: Provision) -> str | None:
    return text_of(work.lead(row)).label


def _says(option: Option, kind: OptionKind, text: Text | None) -> bool:
    if option.kind != kind:
        return False
    return text is None or equal(text_of(option), text)


# --- additions ---------------------------------------------------------------------------------


def _add(taking: Taking, change: ProposedChange) -> None:
    work, (text, notes) = taking.work, _words(change)
    if text is None:
        raise invalid(_("It gives no words for this provision."))
    anchor = _anchor(taking, change)
    beside = _added_after(work, anchor)
    row = _alike(taking, beside, text, notes)
    if row is None:
        last = beside[-1] if beside else anchor
        row = _made(taking, anchor if anchor and _is_addition(anchor) else last, text, notes)
    else:
        work.opened(row)
        _stand(taking, row, OptionKind.TEXT, texts.with_label(text, _label(work, row)), notes)
    taking.made[change.key] = row


def _anchor(taking: Taking, change: ProposedChange) -> Provision | None:
    """What an addition stands after; None: the very beginning."""
    work = taking.work
    if change.after_id:
        return work.take_id(change.after_id)
    if not change.after_key:
        return None
    if change.after_key in taking.made:
        return taking.made[change.after_key]
    other = ProposedChange.objects.filter(
        proposal__contribution=change.proposal.contribution_id, key=change.after_key
    ).first()
    if other is None:
        return None
    anchor = _anchor(taking, other)
    there = _added_after(work, anchor)
    text, notes = _words(other)
    held = ((row, option) for row in there for option in work.options(row))
    found = (row for row, option in held if text and _equal(row, option, text, notes))
    return next(found, anchor)


def _equal(row: Provision, option: Option, text: Text, notes: Notes) -> bool:
    """Whether an option of a provision says what a proposal asks, each with its own footnotes."""
    held = text_of(option)
    there = _footnotes(row) if has_footnotes(held) else ()
    return essence(held, there) == essence(text, notes)


def _is_addition(row: Provision) -> bool:
    return row.base is None and row.moved_from_id is None


def _added_after(work: Work, anchor: Provision | None) -> list[Provision]:
    """What was never adopted and stands right after a provision, in order."""
    later = work.draft.provisions.filter(rank__gt=anchor.rank if anchor else "").order_by("rank")
    adopted = later.filter(Q(base__isnull=False) | Q(moved_from__isnull=False)).first()
    return work.take(later.filter(rank__lt=adopted.rank) if adopted else later)


def _alike(
    taking: Taking, beside: Iterable[Provision], text: Text, notes: Notes
) -> Provision | None:
    """The addition of which the text is a wording."""
    beside = list(beside)
    held = [(row, option) for row in beside for option in taking.work.options(row)]
    same = (row for row, option in held if _equal(row, option, text, notes))
    near = (
        row
        for row, option in held
        if row.level == text.level
        and not any(taking.code in behind(o) for o in taking.work.options(row))
        and likeness(text_of(option), text, least=NEAR)
    )
    return next(same, None) or next(near, None)


def _made(taking: Taking, after: Provision | None, text: Text, notes: Notes) -> Provision:
    """A provision that is only proposed."""
    work = taking.work
    heading = text.level == 0 and text.label is None and is_call(texts.plain(text))
    kind = ProvisionKind.CALL if heading else ProvisionKind.ITEM
    scope = Scope.around(work, after.rank if after else "")
    scope.put(fresh(entry(NEW, kind, text, aside=True)), after.number if after else None)
    label = scope.labels().get((NEW, 0))
    rank, moved = rows.rank_after(work, after)
    row = rows.new_provision(work, kind, text.level, rank)
    work.made.append(row.key)
    taking.provisions += moved
    _stand(taking, row, OptionKind.TEXT, texts.with_label(text, label), notes)
    scope.relabel()
    return row
