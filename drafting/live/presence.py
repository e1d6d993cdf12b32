"""Who is here, for whom, and where their caret is. In memory only; nothing of it is kept.

Rules:

- Each process tells the others of its own people by way of Valkey: at once when one comes, moves or
  goes (five times a second at most), and all of them every three seconds.
- Whoever was not told of for nine seconds has gone: a process that was killed says no goodbye.
- What a client says of itself is its place alone. Name, part and for whom come from the server.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct

from drafting.live.line import Line
from drafting.live.messages import Person, Presence

REFRESH: Final = 3.0
FORGET: Final = 9.0
PACE: Final = 0.2


class Gossip(Struct, frozen=True):
    """What processes tell each other about a draft. `ask`: tell me who is with you."""

    hub: str
    people: list[Person] = []
    left: list[str] = []
    ask: bool = False


def person_of(line: Line) -> Person:
    """How a line's person is shown where they have not said anything of themselves yet."""
    standing = line.present.standing
    name, part = line.present.name, standing.part.value
    return Person(line.sid, name, part, standing.acting_for, None, 0, 0, 0, False)


def moved(line: Line, said: Presence) -> Person:
    """The same after the client has told where it is."""
    person = person_of(line)
    whom = said.acting_for if said.acting_for in line.may_write_for else person.acting_for
    return msgspec.structs.replace(
        person,
        acting_for=whom,
        option=said.option,
        version=said.version,
        anchor=said.anchor,
        head=said.head,
        typing=said.typing and said.option is not None,
    )


class People:
    """Everybody at one draft, by sid: those of this process, and those told of by others."""

    def __init__(self) -> None:
        self.here: dict[str, Person] = {}
        self._elsewhere: dict[str, tuple[Person, float]] = {}
        self._changed: dict[str, Person] = {}

    def all(self) -> list[Person]:
        return [*self.here.values(), *(person for person, _ in self._elsewhere.values())]

    def set(self, person: Person) -> None:
        """One of this process came or moved; told with the next `due`."""
        if self.here.get(person.sid) != person:
            self.here[person.sid] = person
            self._changed[person.sid] = person

    def leave(self, sid: str) -> bool:
        self._changed.pop(sid, None)
        return self.here.pop(sid, None) is not None

    def due(self) -> list[Person]:
        """Who changed since the last time."""
        changed, self._changed = list(self._changed.values()), {}
        return changed

    def hear(self, people: Iterable[Person], now: float) -> list[Person]:
        """Takes in what another process tells; those who are new or have moved."""
        news = []
        for person in people:
            known = self._elsewhere.get(person.sid)
            if known is None or known[0] != person:
                news.append(person)
            self._elsewhere[person.sid] = (person, now)
        return news

    def forget(self, sids: Iterable[str]) -> list[str]:
        """Those of these who were known elsewhere; they have gone."""
        return [sid for sid in sids if self._elsewhere.pop(sid, None)]

    def silent(self, now: float) -> list[str]:
        """Who was not told of for too long; they are forgotten."""
        return self.forget([s for s, (_, at) in self._elsewhere.items() if now - at > FORGET])
