"""Whether one edition gave way to a later one of the same body, as the table of sessions has it.

"Oldtown, 2019" and "Rev. Newport, 2023"; the places alone; or the years behind a short name, as in
"PC-19" and "PC-23". Where the table has both, no mark is needed to tell the old from the new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from drafting.intake.editions import successions


def succeeds(old: Sequence[str], new: Sequence[str], before: Sequence[str]) -> bool:
    """`old` and `new` are tokens; `before` are the two that stand before either."""
    one, other = _bare(old), _bare(new)
    if not one or not other:
        return False
    if len(before) == 2 and before[1] == "-":
        return (before[0], one, other) in _short()
    return (one, other) in _named()


def _bare(tokens: Sequence[str]) -> str:
    """The edition without what says that it is one."""
    return " ".join(token for token in tokens if token.casefold() not in ("rev", ".", ","))


@cache
def _named() -> frozenset[tuple[str, str]]:
    return frozenset(pair for pairs in map(list, _pairs()) for pair in pairs)


def _pairs() -> Iterator[Iterator[tuple[str, str]]]:
    for old, new in successions():
        yield iter(((f"{old.place} {old.year}", f"{new.place} {new.year}"), (old.place, new.place)))


@cache
def _short() -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (old.short, f"{old.year % 100:02}", f"{new.year % 100:02}")
        for old, new in successions()
        if old.short
    )
