"""Options come and go. Another wording is a proposal: it does not stand until the others are gone.

Rules:

- A copy is a wording of its own: its brackets and pending changes get ids of their own, so that
  settling or lifting in one leaves the other as it is. Notes stay on both.
- A delegation's option stands under the delegation's name, and so does one that the chair or the
  secretary makes for somebody.
- A provision keeps at least one option; the last one left stands. Not where a delegate takes the
  delegation's own away, nor where the provision is only proposed: nobody has agreed to the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from drafting.domain import text as texts
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind
from drafting.models import Event, Option, Provision
from drafting.services import deeds
from drafting.services.acts import rows
from drafting.services.acts.naming import named
from drafting.services.acts.owning import is_proposed, refuse_others_option
from drafting.services.acts.rights import may_to_all
from drafting.services.acts.scope import Scope, entry_of
from drafting.services.acts.work import Work, gone, invalid
from drafting.steps import Json


def add(work: Work, deed: deeds.AddOption) -> Event:
    """Another wording at the end: a copy, the adopted text, "no text" or "delete"."""
    row = work.open(deed.provision)
    kind = OptionKind(deed.kind)
    if kind is not OptionKind.TEXT and any(o.kind == kind for o in work.options(row)):
        raise invalid(_("There is such an option already: attribute it."))
    option = rows.new_option(work, row, _content(work, row, deed), kind=deed.kind)
    rows.attribute_to_whom(work, option)
    work.made.append(option.key)
    return work.tell("option.added", provisions=[row], options=[option])


def _content(work: Work, row: Provision, deed: deeds.AddOption) -> Json:
    lead = texts.from_json(work.lead(row).content)
    if OptionKind(deed.kind) is not OptionKind.TEXT:
        return rows.silent(lead.label, lead.level)
    if deed.copy:
        return renamed(_source(work, row, deed.copy).content)
    if row.base:
        return texts.to_json(texts.with_label(texts.from_json(row.base), lead.label))
    return rows.silent(lead.label, lead.level)


def _source(work: Work, row: Provision, key: str) -> Option:
    found = next((option for option in work.options(row) if option.key == key), None)
    if found is None:
        raise gone()
    if found.kind != OptionKind.TEXT:
        raise invalid(_("This option has no words that could be copied."))
    return found


def renamed(content: Json) -> Json:
    """The same text with new ids for its brackets and pending changes."""
    given: dict[str, str] = {}

    def fresh(old: str) -> str:
        return given.setdefault(old, rows.new_id("c"))

    return {**content, "content": [_renamed(node, fresh) for node in content["content"]]}


def _renamed(node: Json, fresh: Callable[[str], str]) -> Json:
    out: dict[str, Any] = dict(node)
    if node["type"] in ("bracket_open", "bracket_close"):
        out["attrs"] = {**node["attrs"], "id": fresh("b" + node["attrs"]["id"])}
    if "marks" in node:
        out["marks"] = [_renamed_mark(mark, fresh) for mark in node["marks"]]
    if "content" in node:
        out["content"] = [_renamed(child, fresh) for child in node["content"]]
    return out


def _renamed_mark(mark: Json, fresh: Callable[[str], str]) -> Json:
    if mark["type"] not in ("insertion", "deletion"):
        return mark
    return {**mark, "attrs": {**mark["attrs"], "id": fresh(mark["type"] + mark["attrs"]["id"])}}


def remove(work: Work, deed: deeds.RemoveOption) -> Event:
    """An option goes; not the last one."""
    option = work.option(deed.option)
    row = option.provision
    refuse_others_option(work, deed, option)
    if len(work.options(row)) == 1:
        raise invalid(_("A provision keeps at least one option: delete the provision instead."))
    scope, proposed = Scope.around(work, row.rank), is_proposed(work, row)
    _decide(work, deed, option)
    removed = rows.remove_option(work, option)
    may_stand = may_to_all(work.present, type(deed)) and not proposed
    standing = _let_the_last_stand(work, row) if may_stand else []
    scope.change(entry_of(work, row))
    scope.relabel()
    return work.tell("option.removed", provisions=[row], options=standing, removed=[removed])


def _let_the_last_stand(work: Work, row: Provision) -> list[Option]:
    held = work.options(row)
    if len(held) > 1 or held[0].stands:
        return []
    held[0].stands = True
    work.hand.save(held[0], ["stands"])
    work.stir(held)
    return held


def _decide(work: Work, deed: deeds.RemoveOption, option: Option) -> None:
    """Whoever is named in this wording and in no other of the provision is heard no more."""
    others = [held for held in work.options(option.provision) if held is not option]
    names = set(named([option])) - set(named(others))
    withdrawn = not may_to_all(work.present, type(deed))
    what = Deciding.WITHDRAWN if withdrawn else Deciding.NOT_RETAINED
    work.decide(option.provision.key, sorted(names), what)
