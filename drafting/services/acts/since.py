"""What an act did to single things, and whether anybody has changed them since.

Rules:

- States (`services.befores`) are looked at thing by thing: a provision, an option, a note, a
  position, a package. An act is undone where every field that it changed is as it left it; what
  others did beside that stays.
- What an act made is taken away only while it is as the act left it; a label that moved with its
  place is no change. What an act took away comes back only while nothing has its place.
- Labels that an act moved go back also where the words were written on since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from drafting import steps

Json = dict[str, Any]
Things = dict[str, Json]

_PARTS: Final = ("options", "notes", "positions")
_BY_ITSELF: Final = frozenset({"id", "version"})  # no change by itself


def things(states: Mapping[str, Json | None]) -> Things:
    """Every thing in the states by a key of its own; what is not there has none."""
    found: Things = {}
    for key, state in states.items():
        if state is None:
            continue
        found[key] = {name: value for name, value in state.items() if name not in _PARTS}
        found |= dict(_parts(key, state))
    return found


def _parts(key: str, state: Json) -> Iterator[tuple[str, Json]]:
    for option, told in state.get("options", {}).items():
        yield option, {**told, "provision": key}
    for note in state.get("notes", ()):
        yield f"n{note['id']}", {**note, "provision": key}
    for told in state.get("positions", ()):
        place = (key, told["option_id"], told["bracket"], told["delegation_id"])
        yield f"s{place}", {**told, "provision": key}


def fields_changed(before: Json, after: Json) -> list[str]:
    """The fields in which two states of one thing differ."""
    names = dict.fromkeys((*before, *after))
    return [n for n in names if n not in _BY_ITSELF and before.get(n) != after.get(n)]


def changed_since(before: Things, after: Things, now: Things) -> list[str]:
    """The things that are not as the act left them, where it changed them."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    changed = [key for key in keys if not _fits(before.get(key), after.get(key), now.get(key))]
    made = {key for key in after if key not in before}
    ids = {after[key]["id"] for key in made if key.startswith("o")}
    hung = (key for key, thing in now.items() if key not in after and _hangs(thing, made, ids))
    return [*changed, *hung]


def moved_on(before: Things, after: Things, now: Things) -> list[str]:
    """The things that the act changed and that are not wholly as it left them, labels aside."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return [key for key in keys if not _is_wholly(after.get(key), now.get(key))]


def _is_wholly(after: Json | None, now: Json | None) -> bool:
    if after is None or now is None:
        return now is after
    names = fields_changed(after, now)
    return not names or (
        names == ["content"] and steps.differ_in_labels(after["content"], now["content"])
    )


def _hangs(thing: Json, made: Set[str], ids: Set[int]) -> bool:
    """Whether a thing that somebody hung on what the act made would go with it."""
    return thing.get("option_id") in ids or thing.get("provision") in made


def _fits(before: Json | None, after: Json | None, now: Json | None) -> bool:
    if after is None or now is None:
        return now is None and after is None
    if before is None:
        return all(_is_as_left(name, None, after, now) for name in fields_changed(after, now))
    return all(_is_as_left(name, before, after, now) for name in fields_changed(before, after))


def _is_as_left(name: str, before: Json | None, after: Json, now: Json) -> bool:
    if now[name] == after[name]:
        return True
    if name != "content":
        return False
    if before is None:
        return steps.differ_in_labels(after[name], now[name])
    return moved_labels(before[name], after[name]) and (
        steps.labels(after[name]) == steps.labels(now[name])
    )


def moved_labels(before: Json, after: Json) -> bool:
    """Whether an act moved the labels of a text and left its words."""
    return steps.differ_in_labels(before, after)


def provision_of(key: str, *sides: Things) -> str:
    """The provision or package that a thing belongs to."""
    found = next(side[key] for side in sides if key in side)
    return str(found.get("provision", key))
