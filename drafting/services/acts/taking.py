"""What a proposal asks for is put into the draft, whole or for one provision.

Rules:

- MOD and (MOD): another wording; SUP: "delete"; NOC: behind the adopted wording; ADD: a provision
  that is only proposed, after what it follows and after what was added there before. A wording that
  is there already is not set again: the proposal stands behind it too. So does an addition that
  says what another says at that place, and one that says nearly the same is another wording of it.
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
from drafting.domain.consolidation import Asked, equal, likeness
from drafting.domain.consolidation.likeness import NEAR
from drafting.domain.consolidation.provisions import change_of
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind, ProvisionKind, Status
from drafting.domain.lifecycle import is_closed
from drafting.domain.text import Text
from drafting.models import Event, Option, ProposedChange, Provision
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
    asked = ProposedChange.objects.filter(proposal__draft=work.draft, proposal__code=deed.code)
    taking = Taking(work, deed.code, list(asked.order_by("pk")), deed.rationale)
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
    (row,) = taking.work.take(taking.work.draft.provisions.filter(pk=pk))
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


def _words(change: ProposedChange) -> Text | None:
    """The words it asks for, without what points outside of them."""
    text = texts.from_json(change.content) if change.content else None
    return change_of(Asked(change.proposal.code, change.key, change.operation, text=text)).text


# --- of a provision that is there --------------------------------------------------------------


def _ask(taking: Taking, row: Provision, change: ProposedChange) -> None:
    """Sets a wording beside the others, or stands behind the one that says the same."""
    work = taking.work
    scope = Scope.around(work, row.rank)
    label = text_of(work.lead(row)).label
    kind = OptionKind.DELETE if change.operation in ("SUP", "ADD") else OptionKind.TEXT
    text = _words(change) if kind is OptionKind.TEXT else None
    if change.operation == "NOC":
        text = _adopted(row)
    if kind is OptionKind.TEXT and text is None:
        raise invalid(_("It gives no words for this provision."))
    _stand(taking, row, kind, text and texts.with_label(text, label))
    scope.change(entry_of(work, row))
    scope.relabel()


def _adopted(row: Provision) -> Text | None:
    origin = row.moved_from if row.base is None else row
    return texts.from_json(origin.base) if origin and origin.base else None


def _stand(taking: Taking, row: Provision, kind: OptionKind, text: Text | None) -> None:
    """The proposal stands behind this wording of the provision."""
    work = taking.work
    options = work.options(row)
    same = [option for option in options if _says(option, kind, text)]
    if taking.code in named(same):
        return
    option = same[0] if same else None
    if option is None:
        level = text.level if text else row.level
        content = renamed(texts.to_json(text)) if text else rows.silent(_label(work, row), level)
        option = rows.new_option(work, row, content, kind=kind)
        work.made.append(option.key)
    else:
        work.stir([option])
    last = option.attributions.order_by("-place").first()
    rows.attribute(option, taking.code, place=last.place + 1 if last else 0)
    work.decide(row.key, [taking.code], Deciding.TAKEN_UP, taking.rationale)
    taking.provisions.append(row)
    taking.options.append(option)


def _label(work: Work, row: Provision) -> str | None:
    return text_of(work.lead(row)).label


def _says(option: Option, kind: OptionKind, text: Text | None) -> bool:
    if option.kind != kind:
        return False
    return text is None or equal(text_of(option), text)


# --- additions ---------------------------------------------------------------------------------


def _add(taking: Taking, change: ProposedChange) -> None:
    work, text = taking.work, _words(change)
    if text is None:
        raise invalid(_("It gives no words for this provision."))
    anchor = _anchor(taking, change)
    beside = _added_after(work, anchor)
    row = _alike(taking, beside, text)
    if row is None:
        last = beside[-1] if beside else anchor
        row = _made(taking, anchor if anchor and _is_addition(anchor) else last, text)
    else:
        work.opened(row)
        _stand(taking, row, OptionKind.TEXT, texts.with_label(text, _label(work, row)))
    taking.made[change.key] = row


def _anchor(taking: Taking, change: ProposedChange) -> Provision | None:
    """What an addition stands after; None: the very beginning."""
    work = taking.work
    if change.after_id:
        (row,) = work.take(work.draft.provisions.filter(pk=change.after_id))
        return row
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
    text = _words(other)
    found = (row for row in there for o in work.options(row) if text and equal(text_of(o), text))
    return next(found, anchor)


def _is_addition(row: Provision) -> bool:
    return row.base is None and row.moved_from_id is None


def _added_after(work: Work, anchor: Provision | None) -> list[Provision]:
    """What was never adopted and stands right after a provision, in order."""
    later = work.draft.provisions.filter(rank__gt=anchor.rank if anchor else "").order_by("rank")
    adopted = later.filter(Q(base__isnull=False) | Q(moved_from__isnull=False)).first()
    return work.take(later.filter(rank__lt=adopted.rank) if adopted else later)


def _alike(taking: Taking, beside: Iterable[Provision], text: Text) -> Provision | None:
    """The addition of which the text is a wording."""
    beside = list(beside)
    held = [(row, option) for row in beside for option in taking.work.options(row)]
    same = (row for row, option in held if equal(text_of(option), text))
    near = (
        row
        for row, option in held
        if row.level == text.level
        and not any(taking.code in behind(o) for o in taking.work.options(row))
        and likeness(text_of(option), text, least=NEAR)
    )
    return next(same, None) or next(near, None)


def _made(taking: Taking, after: Provision | None, text: Text) -> Provision:
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
    _stand(taking, row, OptionKind.TEXT, texts.with_label(text, label))
    scope.relabel()
    return row
