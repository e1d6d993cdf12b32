"""One provision becomes two.

Rules:

- Nothing is lost on the way: formats, markers, pending changes and notes stay on their words. A
  bracket may have its ends in two provisions then.
- A provision is not parted inside a word, so that putting it together again gives what it was
  (`domain.seams`, `joining`). The adopted text stays with the first part.
- It has one wording: where there are several, nobody can say which words are meant. What was only
  proposed is so in both parts.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain import text as texts
from drafting.domain.draft import OptionKind, ProvisionKind
from drafting.domain.seams import may_part
from drafting.domain.text import BracketOpen, inlines
from drafting.models import Event, Option, Provision
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.owning import is_proposed, refuse_others
from drafting.services.acts.scope import NEW, Scope, entry, fresh
from drafting.services.acts.work import Work, invalid
from drafting.steps import Json

WORDED = (ProvisionKind.ITEM, ProvisionKind.CHAPEAU, ProvisionKind.OTHER)


def split(work: Work, deed: deeds.SplitProvision) -> Event:
    """What stands after a position becomes a provision of its own."""
    option = work.option(deed.option, deed.version)
    row = option.provision
    refuse_others(work, deed, row)
    refuse_odd(work, row)
    aside = is_proposed(work, row)
    first, second, taken = _parts(option.content, deed.pos)
    kind = row.kind if row.kind in WORDED else ProvisionKind.ITEM
    if row.kind == ProvisionKind.CALL:
        second = _under_a_call(second)
    scope = Scope.around(work, row.rank)
    scope.change(
        entry(row.number, row.kind, texts.from_json(first), alone=_alone(row), aside=aside)
    )
    coming = entry(NEW, kind, texts.from_json(second), aside=aside)
    scope.put(coming if texts.from_json(second).label else fresh(coming), row.number)
    label = scope.labels().get((NEW, 0), texts.from_json(second).label)
    rank, moved = rows.rank_after(work, row)
    other = rows.new_provision(work, kind, texts.from_json(second).level, rank)
    made = rows.new_option(work, other, _under(label, second), stands=option.stands)
    work.write(option, taken)
    _follow(work, option, made, other)
    scope.relabel()
    work.made += [other.key, made.key]
    return work.tell("provision.split", provisions=[row, other, *moved], options=[option, made])


def refuse_odd(work: Work, row: Provision) -> None:
    if row.kind not in (*WORDED, ProvisionKind.CALL):
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
    size = sum(size_of(node) for node in paragraphs)
    taken = steps.delete_range(position, size - 1)
    first = steps.perform(content, taken) if taken else None
    if isinstance(second, steps.Invalid) or isinstance(first, steps.Invalid):
        raise invalid(_("The place is not in the text."))
    stays = first.content if first else content
    _refuse_inside(words_of(stays["content"][-1]), words_of(second["content"][0]))
    return stays, _under(None, second), taken


def _paragraph_at(content: Json, position: int) -> tuple[int, int, int]:
    """Which paragraph a position is in, and where its inside begins and ends."""
    at = 0
    for number, node in enumerate(content["content"]):
        size = size_of(node)
        if at < position < at + size:
            return number, at + 1, at + size - 1
        at += size
    raise invalid(_("The place is not in the text."))


def _cut_between(content: Json, number: int) -> tuple[Json, Json, list[Json]]:
    paragraphs = content["content"]
    at = sum(size_of(node) for node in paragraphs[:number])
    size = at + sum(size_of(node) for node in paragraphs[number:])
    first = {**content, "content": paragraphs[:number]}
    return first, {**content, "content": paragraphs[number:]}, steps.delete_range(at, size)


def size_of(paragraph: Json) -> int:
    """As the editor counts: UTF-16 units, one for each marker, one for each end."""
    return 2 + sum(
        len(node["text"].encode("utf-16-le", "surrogatepass")) // 2 if "text" in node else 1
        for node in paragraph.get("content", ())
    )


def words_of(paragraph: Json) -> str:
    return "".join(node.get("text", "") for node in paragraph.get("content", ()))


def _refuse_inside(left: str, right: str) -> None:
    whole = not any("\ud800" <= char <= "\udfff" for char in left[-1:] + right[:1])
    if not whole or not may_part(left, right):
        raise invalid(_("A provision is not parted inside a word."))


# --- what hangs on the words ------------------------------------------------------------------


def _follow(work: Work, option: Option, made: Option, other: Provision) -> None:
    """Attributions hold for both parts; those of brackets, positions and notes follow the words."""
    row, opened = option.provision, _opened(made)
    rows.copy_attributions(option, made, opened)
    option.attributions.filter(bracket__in=opened).exclude(bracket="").delete()
    rows.carry_positions(work, row.positions.filter(bracket__in=opened), other, made)
    rows.follow(row, other, rows.anchors([made.content]), rows.anchors([option.content]))


def _opened(option: Option) -> set[str]:
    pieces = inlines(texts.from_json(option.content))
    return {piece.id for piece in pieces if isinstance(piece, BracketOpen)}
