"""Writes a draft's values into its rows: the one way in which an imported text takes effect.

`write(draft, provisions, hand)` makes the rows say exactly what the values say, touching only what
differs, so that a provision nobody changed gets no new version. It runs in the caller's
transaction, on a draft row the caller has locked.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TypeVar

from fractional_indexing import generate_n_keys_between

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.events import Touched
from drafting.models import Attribution, Draft, Note, Option, Provision
from drafting.selectors.values import attribution_values, provision_value, provisions_of
from drafting.services.fitting import fit
from drafting.services.recording import Hand

PROVISION_FIELDS = ("rank", "kind", "level", "base", "mode", "status", "status_reason", "placed")
OPTION_FIELDS = ("place", "kind", "stands", "heading", "content", "version", "provision_id")

Row = TypeVar("Row", Provision, Option)


def write(draft: Draft, provisions: tuple[values.Provision, ...], hand: Hand) -> Touched:
    """Makes the draft's rows equal to `provisions`, in their order; what differed."""
    before = {row.key: row for row in provisions_of(draft)}
    earlier = {key: (row.rank, provision_value(row)) for key, row in before.items()}
    rows = _write_provisions(draft, provisions, before, hand)
    _write_options(draft, provisions, rows, before, hand)
    _write_notes(provisions, rows, earlier)
    _write_moves(provisions, rows, hand)
    for key in before.keys() - rows.keys():
        hand.delete(before[key])
    _raise_counters(draft, provisions)
    return _touched(provisions, rows, earlier)


def _touched(
    provisions: tuple[values.Provision, ...],
    rows: dict[str, Provision],
    earlier: dict[str, tuple[str, values.Provision]],
) -> Touched:
    """The keys of what is new, of what has other words or another place, and of what is gone."""
    had = {o.key: o.text for _rank, p in earlier.values() for o in p.options}
    has = {o.key: o.text for p in provisions for o in p.options}
    changed = [p.key for p in provisions if earlier.get(p.key) != (rows[p.key].rank, p)]
    return Touched(
        provisions=changed,
        options=[key for key, text in has.items() if had.get(key) != text],
        removed=[key for key in (*earlier, *had) if key not in rows and key not in has],
    )


def _write_provisions(
    draft: Draft,
    provisions: tuple[values.Provision, ...],
    before: dict[str, Provision],
    hand: Hand,
) -> dict[str, Provision]:
    ranks = _ranks(provisions, before)
    new, changed, rows = [], [], {}
    for value, rank in zip(provisions, ranks, strict=True):
        row = before.get(value.key) or Provision(draft=draft, number=_number(value.key))
        wanted = _provision_columns(value, rank)
        if row._state.adding:
            new.append(_set(row, wanted))
        elif _differs(row, wanted):
            changed.append(_set(row, wanted))
        rows[value.key] = row
    hand.create_many(new, Provision)
    hand.save_many(changed, Provision, PROVISION_FIELDS)
    return rows


def _ranks(provisions: tuple[values.Provision, ...], before: dict[str, Provision]) -> list[str]:
    """The ranks there are, where they already ascend in this order, and new ones between; else a
    new set."""
    held = [before[p.key].rank if p.key in before else None for p in provisions]
    known = [rank for rank in held if rank is not None]
    if not known or known != sorted(known):
        return list(generate_n_keys_between(None, None, len(provisions)))
    out: list[str] = []
    new = 0
    for rank in held:
        if rank is None:
            new += 1
            continue
        out += [*generate_n_keys_between(out[-1] if out else None, rank, new), rank]
        new = 0
    return [*out, *generate_n_keys_between(out[-1], None, new)]


def _provision_columns(value: values.Provision, rank: str) -> dict[str, object]:
    return {
        "rank": rank,
        "kind": value.kind.value,
        "level": value.level,
        "base": None if value.base is None else texts.to_json(value.base),
        "mode": value.mode.value,
        "status": value.status.value,
        "status_reason": value.status_reason,
        "placed": value.placed,
    }


def _write_options(
    draft: Draft,
    provisions: tuple[values.Provision, ...],
    rows: dict[str, Provision],
    before: dict[str, Provision],
    hand: Hand,
) -> None:
    held = {o.key: o for row in before.values() for o in row.options.all()}
    new, changed, kept = [], [], {}
    for provision in provisions:
        for place, value in zip(_places(provision, held), provision.options, strict=True):
            row = held.get(value.key) or Option(draft=draft, number=_number(value.key))
            wanted = _option_columns(value, place, rows[provision.key], row)
            if row._state.adding:
                new.append(_set(row, wanted))
            elif _differs(row, wanted):
                changed.append(_set(row, wanted))
            kept[value.key] = row
    for key in held.keys() - kept.keys():
        hand.delete(held[key])
    # Those that do not stand go first: one standing option a provision, at every moment.
    for stands in (False, True):
        hand.save_many([o for o in changed if o.stands is stands], Option, OPTION_FIELDS)
    hand.create_many(new, Option)
    _write_attributions(provisions, kept, new={option.key for option in new})


def _places(provision: values.Provision, held: dict[str, Option]) -> list[int]:
    """The places of its options: those they have, where these tell the order already."""
    rows = [held[option.key] for option in provision.options if option.key in held]
    told = [(row.place, row.number) for row in rows]
    if len(rows) == len(provision.options) and told == sorted(told):
        return [row.place for row in rows]
    return list(range(len(provision.options)))


def _option_columns(
    value: values.Option, place: int, provision: Provision, row: Option
) -> dict[str, object]:
    content = texts.to_json(value.text)
    moved_on = not row._state.adding and row.content != content
    return {
        "place": place,
        "kind": value.kind.value,
        "stands": value.stands,
        "heading": fit(Option, "heading", value.heading or ""),
        "content": content,
        "version": row.version + 1 if moved_on else row.version,
        "provision_id": provision.pk,
    }


def _write_attributions(
    provisions: tuple[values.Provision, ...], rows: dict[str, Option], new: set[str]
) -> None:
    stale, fresh = [], []
    for value in (option for provision in provisions for option in provision.options):
        row = rows[value.key]
        # What was just made has nobody behind it: a question saved for each.
        had = () if value.key in new else attribution_values(row.attributions.all())
        if had != value.attributions:
            stale.append(row.pk)
            behind = enumerate(value.attributions)
            fresh += [_attribution(row, place, item) for place, item in behind]
    Attribution.objects.filter(option_id__in=stale).delete()
    Attribution.objects.bulk_create(fresh)


def _attribution(option: Option, place: int, value: values.Attribution) -> Attribution:
    return Attribution(
        option=option,
        place=place,
        code=value.code or "",
        name=fit(Attribution, "name", value.name or ""),
        option_number=fit(Attribution, "option_number", value.option or ""),
        note=value.note or "",
        literal=value.literal,
        bracket=value.bracket or "",
    )


def _write_notes(
    provisions: tuple[values.Provision, ...],
    rows: dict[str, Provision],
    earlier: dict[str, tuple[str, values.Provision]],
) -> None:
    """A note that is as it was keeps its row: an act that set it down can be undone by it."""
    stale, fresh = [], []
    for value in provisions:
        had = earlier[value.key][1].notes if value.key in earlier else ()
        kept = _common(had, value.notes)
        row = rows[value.key]
        stale += [note.pk for note in list(row.notes.all())[kept:]] if had[kept:] else []
        fresh += [_note(row, note) for note in value.notes[kept:]]
    Note.objects.filter(pk__in=stale).delete()
    Note.objects.bulk_create(fresh)


def _common(one: tuple[values.Note, ...], other: tuple[values.Note, ...]) -> int:
    """How many notes both begin with."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def _note(row: Provision, value: values.Note) -> Note:
    return Note(
        provision=row,
        key=value.id,
        text=value.text,
        kind=value.kind.value,
        by=fit(Note, "by", value.by or ""),
    )


def _write_moves(
    provisions: tuple[values.Provision, ...], rows: dict[str, Provision], hand: Hand
) -> None:
    changed = []
    for value in provisions:
        row = rows[value.key]
        origin = rows[value.moved_from].pk if value.moved_from else None
        if row.moved_from_id != origin:
            row.moved_from_id = origin
            changed.append(row)
    # An origin has one destination at every moment: all let go before one takes hold.
    Provision.objects.filter(pk__in=[row.pk for row in changed]).update(moved_from=None)
    for row in changed:
        hand.save(row, ["moved_from"])


def _raise_counters(draft: Draft, provisions: tuple[values.Provision, ...]) -> None:
    """The counters never go back, so that no key is given twice."""
    numbers = [_number(p.key) for p in provisions]
    options = [_number(o.key) for p in provisions for o in p.options]
    draft.last_provision = max([draft.last_provision, *numbers])
    draft.last_option = max([draft.last_option, *options])
    Draft.objects.filter(pk=draft.pk).update(
        last_provision=draft.last_provision, last_option=draft.last_option
    )


def _number(key: str) -> int:
    return int(key[1:])


def _differs(row: object, wanted: dict[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in wanted.items())


def _set(row: Row, wanted: dict[str, object]) -> Row:
    for name, value in wanted.items():
        setattr(row, name, value)
    return row
