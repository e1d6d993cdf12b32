"""One provision becomes two, or two become one.

Rules:

- Nothing is lost on the way: formats, markers, pending changes and notes stay on their words. A
  bracket may have its ends in two provisions then.
- A provision is not parted inside a word, so that putting it together again gives what it was
  (`domain.seams`). The adopted text stays with the first part.
- What is joined to another loses its own place: never adopted, it goes; adopted, it becomes
  "delete", and its words stand in the provision before it.
- Both need one wording each: where there are several, nobody can say which words are meant.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.draft import OptionKind, ProvisionKind
from drafting.domain.seams import may_part, seam
from drafting.domain.text import BracketOpen, inlines
from drafting.models import Event, Option, Provision
from drafting.services import deeds
from drafting.services.acts import provisions, rows
from drafting.services.acts.scope import NEW, Scope, entry, entry_of, fresh
from drafting.services.acts.work import Work, invalid, is_left
from drafting.steps import Json

_WORDED = (ProvisionKind.ITEM, ProvisionKind.CHAPEAU, ProvisionKind.OTHER)


def split(work: Work, deed: deeds.SplitProvision) -> Event:
    """What stands after a position becomes a provision of its own."""
    option = work.option(deed.option, deed.version)
    row = option.provision
    _refuse_odd(work, row)
    first, second, taken = _parts(option.content, deed.pos)
    kind = row.kind if row.kind in _WORDED else ProvisionKind.ITEM
    if row.kind == ProvisionKind.CALL:
        second = _under_a_call(second)
    scope = Scope.around(work, row.rank)
    scope.change(entry(row.number, row.kind, texts.from_json(first), alone=_alone(row)))
    coming = entry(NEW, kind, texts.from_json(second))
    scope.put(coming if texts.from_json(second).label else fresh(coming), row.number)
    label = scope.labels().get((NEW, 0), texts.from_json(second).label)
    rank, moved = rows.rank_after(work, row)
    other = rows.new_provision(work, kind, texts.from_json(second).level, rank)
    made = rows.new_option(work, other, _under(label, second), stands=True)
    work.write(option, taken)
    _follow(option, made, row, other)
    scope.relabel()
    work.made += [other.key, made.key]
    return work.tell("provision.split", provisions=[row, other, *moved], options=[option, made])


def _refuse_odd(work: Work, row: Provision) -> None:
    if row.kind not in (*_WORDED, ProvisionKind.CALL):
        raise invalid(_("This is not a provision that can be parted or joined."))
    held = work.options(row)
    if len(held) > 1 or held[0].kind != OptionKind.TEXT:
        raise invalid(_("This needs a provision with one wording: here are several, or none."))


def _alone(row: Provision) -> str | None:
    return texts.from_json(row.base).label if row.base else None


def _under(label: str | None, content: Json) -> Json:
    """The content under another label."""
    first, *rest = content["content"]
    return {**content, "content": [_with(first, label=label), *rest]}


def _under_a_call(content: Json) -> Json:
    """What was part of a call, as an item below it."""
    levels = [max(1, node["attrs"]["level"]) for node in content["content"]]
    nodes = zip(content["content"], levels, strict=True)
    return {**content, "content": [_with(node, level=level) for node, level in nodes]}


def _with(node: Json, **attrs: object) -> Json:
    return {**node, "attrs": {**node["attrs"], **attrs}}


# --- where ------------------------------------------------------------------------------------


def _parts(content: Json, position: int) -> tuple[Json, Json, list[Json]]:
    """What stays, what goes, and the steps that take the second from the first."""
    content = steps.standard(content)
    number, start, end = _paragraph_at(content, position)
    paragraphs = content["content"]
    if position == start and number:
        return _cut_between(content, number)
    if position == end and number + 1 < len(paragraphs):
        return _cut_between(content, number + 1)
    second = steps.slice_json(content, position)
    size = sum(_size(node) for node in paragraphs)
    taken = steps.delete_range(position, size - 1)
    first = steps.perform(content, taken) if taken else None
    if isinstance(second, steps.Invalid) or isinstance(first, steps.Invalid):
        raise invalid(_("The place is not in the text."))
    stays = first.content if first else content
    _refuse_inside(_words(stays["content"][-1]), _words(second["content"][0]))
    return stays, _under(None, second), taken


def _paragraph_at(content: Json, position: int) -> tuple[int, int, int]:
    """Which paragraph a position is in, and where its inside begins and ends."""
    at = 0
    for number, node in enumerate(content["content"]):
        size = _size(node)
        if at < position < at + size:
            return number, at + 1, at + size - 1
        at += size
    raise invalid(_("The place is not in the text."))


def _cut_between(content: Json, number: int) -> tuple[Json, Json, list[Json]]:
    paragraphs = content["content"]
    at = sum(_size(node) for node in paragraphs[:number])
    size = at + sum(_size(node) for node in paragraphs[number:])
    first = {**content, "content": paragraphs[:number]}
    return first, {**content, "content": paragraphs[number:]}, steps.delete_range(at, size)


def _size(paragraph: Json) -> int:
    """As the editor counts: UTF-16 units, one for each marker, one for each end."""
    return 2 + sum(
        len(node["text"].encode("utf-16-le", "surrogatepass")) // 2 if "text" in node else 1
        for node in paragraph.get("content", ())
    )


def _words(paragraph: Json) -> str:
    return "".join(node.get("text", "") for node in paragraph.get("content", ()))


def _refuse_inside(left: str, right: str) -> None:
    whole = not any("\ud800" <= char <= "\udfff" for char in left[-1:] + right[:1])
    if not whole or not may_part(left, right):
        raise invalid(_("A provision is not parted inside a word."))


# --- what hangs on the words ------------------------------------------------------------------


def _follow(option: Option, made: Option, row: Provision, other: Provision) -> None:
    """Attributions hold for both parts; those of brackets and notes follow their words."""
    opened = _opened(made)
    rows.copy_attributions(option, made, opened)
    option.attributions.filter(bracket__in=opened).exclude(bracket="").delete()
    rows.follow(row, other, rows.anchors([made.content]), rows.anchors([option.content]))


def _opened(option: Option) -> set[str]:
    pieces = inlines(texts.from_json(option.content))
    return {piece.id for piece in pieces if isinstance(piece, BracketOpen)}


# --- joining ----------------------------------------------------------------------------------


def join(work: Work, deed: deeds.JoinProvision) -> Event:
    """A provision's words go to the end of the one before it."""
    row = work.open(deed.provision)
    first = _before(work, row)
    for each in (first, row):
        _refuse_odd(work, each)
        if each.kind == ProvisionKind.CALL:
            raise invalid(_("A call is not joined: delete it, and its items go on in the list."))
    scope = Scope.around(work, first.rank, row.rank)
    target, source = work.lead(first), work.lead(row)
    work.write(target, _appended(target.content, source.content, apart=deed.apart))
    scope.change(entry_of(work, first))
    _gather(source, target)
    if provisions.was_adopted(row):
        rows.follow(row, first, rows.anchors([source.content]), set())
        option, _others = provisions.strike(work, row)
        scope.change(entry_of(work, row))
        scope.relabel()
        return work.tell("provision.joined", provisions=[first, row], options=[target, option])
    rows.hand_over(row, first)
    removed = provisions.remove(work, row)
    scope.drop(row.number)
    scope.relabel()
    return work.tell("provision.joined", provisions=[first], options=[target], removed=removed)


def _before(work: Work, row: Provision) -> Provision:
    """The nearest provision before it that has words of its own."""
    found = rows.before(work, row)
    while found and (is_left(found) or work.lead(found).kind != OptionKind.TEXT):
        found = rows.before(work, found)
    if found is None:
        raise invalid(_("There is nothing before it to join it to."))
    return work.opened(found)


def _appended(content: Json, other: Json, *, apart: bool) -> list[Json]:
    content, other = steps.standard(content), steps.standard(other)
    if apart:
        return steps.append(content, other)
    first, *rest = other["content"]
    gap = seam(_words(content["content"][-1]), _words(first))
    pieces = _spaced(list(first.get("content", ())), gap)
    if not pieces and not rest:
        return []
    size = sum(_size(node) for node in content["content"])
    opening = {**first, "content": pieces} if pieces else {**first}
    put = {"content": [opening, *rest], "openStart": 1}
    return [{"stepType": "replace", "from": size - 1, "to": size, "slice": put}]


def _spaced(pieces: list[Json], gap: str) -> list[Json]:
    """The pieces with a space before the first words."""
    for number, piece in enumerate(pieces):
        if gap and "text" in piece:
            pieces[number] = {**piece, "text": gap + piece["text"]}
            return pieces
    return pieces


def _gather(source: Option, target: Option) -> None:
    """Who stood behind the words that came stands behind the whole."""
    there = {(a.code, a.name, a.bracket) for a in target.attributions.all()}
    place = max((a.place for a in target.attributions.all()), default=-1)
    for row in source.attributions.all():
        if (row.code, row.name, row.bracket) not in there:
            place += 1
            row.option, row.place = target, place
            row.save(update_fields=["option", "place"])
