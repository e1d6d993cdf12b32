"""Reads a draft that was exported as JSON: strictly, since it becomes a draft as it stands.

Rules:

- A file is taken as a whole or refused with one sentence; nothing is mended.
- The form says what may stand where (`snapshot_form.py`); then the laws of a draft are checked;
  then the draft must give the very same JSON again, so that nothing was read over.
- No control character but tab and line feed (`characters.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import msgspec

from drafting.domain import draft as drafts
from drafting.domain.draft import Draft, Provision, Status
from drafting.domain.sentences import filled
from drafting.domain.sentences import gettext_noop as _
from drafting.intake.characters import UNWANTED
from drafting.intake.snapshot_form import Exported
from drafting.intake.unreadable import Unreadable

BYTES_MAX = 25 * 1024 * 1024


def read_snapshot(data: bytes) -> Draft:
    """The draft in the bytes of an exported JSON. Raises Unreadable with one sentence."""
    told = _object(data)
    try:
        msgspec.convert(told, Exported, strict=True)
    except msgspec.ValidationError as error:
        _refuse(str(error).rstrip("."))
    _refuse_characters(told)
    try:
        draft = drafts.from_json(told)
    except (ValueError, KeyError, TypeError):
        _refuse(filled(_("a part of it is not in the form of a draft")))
    for fault in _faults(draft):
        _refuse(fault)
    if drafts.to_json(draft) != told:
        _refuse(filled(_("a text is not written as an export writes it")))
    return draft


def _refuse(why: str) -> NoReturn:
    raise Unreadable(
        filled(
            _("This exported draft was changed or is damaged ({why}): export it again."), why=why
        )
    )


def _object(data: bytes) -> dict[str, Any]:
    """The JSON object; its nesting is bounded by the interpreter's."""
    if len(data) > BYTES_MAX:
        raise Unreadable(_("This file is larger than 25 MB: it is no exported draft."))
    try:
        told = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_pairs, parse_constant=_no_number
        )
    except RecursionError:
        _refuse(filled(_("it is nested too deeply")))
    except ValueError:  # not UTF-8, not JSON, a name twice, a number beyond all measure
        _refuse(filled(_("it is not JSON")))
    if not isinstance(told, dict):
        raise Unreadable(_("This JSON is not an exported draft."))
    return told


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _refuse_characters(told: Any) -> None:
    if any(UNWANTED.search(words) for words in _strings(told)):
        _refuse(filled(_("it holds a control character")))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


# --- The laws of a draft ----------------------------------------------------------------------


def _faults(draft: Draft) -> Iterator[str]:
    keys = [provision.key for provision in draft.provisions]
    yield from _twice(keys)
    yield from _twice(option.key for p in draft.provisions for option in p.options)
    places = {provision.key: provision for provision in draft.provisions}
    for provision in draft.provisions:
        yield from _twice(note.id for note in provision.notes)
        if sum(option.stands for option in provision.options) > 1:
            yield filled(_("{key} has more than one standing option"), key=provision.key)
        if provision.status is Status.REOPENED and not provision.status_reason:
            yield filled(_("{key} is reopened without a reason"), key=provision.key)
        for option in provision.options:
            if not all(who.code or who.name for who in option.attributions):
                yield filled(_("{key} is attributed to nobody"), key=option.key)
        yield from _moves(provision, places)
    yield from _said(draft, places)


def _said(draft: Draft, places: dict[str, Provision]) -> Iterator[str]:
    """Positions and packages are about what is there, and each is told once."""
    yield from _twice(f"package {package.number}" for package in draft.packages)
    for package in draft.packages:
        yield from _twice(package.provisions)
        if not places.keys() >= set(package.provisions):
            yield filled(_("package {number} ties what is not there"), number=package.number)
    options = {option.key for provision in draft.provisions for option in provision.options}
    things = []
    for said in draft.positions:
        things.append(f"{said.delegation} on {said.option or said.provision} {said.bracket or ''}")
        if said.provision not in places or (said.option and said.option not in options):
            yield filled(_("{delegation} speaks of what is not there"), delegation=said.delegation)
    yield from _twice(things)


def _twice(keys: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield filled(_("{key} stands twice"), key=key)
        seen.add(key)


def _moves(provision: Provision, places: dict[str, Provision]) -> Iterator[str]:
    """Both ends of a move know each other."""
    there = places.get(provision.moved_to or "")
    back = places.get(provision.moved_from or "")
    if provision.key in (provision.moved_to, provision.moved_from):
        yield filled(_("{key} is moved to itself"), key=provision.key)
    if provision.moved_to and (there is None or there.moved_from != provision.key):
        yield filled(_("{key} is moved to nowhere"), key=provision.key)
    if provision.moved_from and (back is None or back.moved_to != provision.key):
        yield filled(_("{key} is moved from nowhere"), key=provision.key)
