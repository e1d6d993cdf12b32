"""What one transaction of typing knows: the rows as read, and what the batches made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from drafting import steps
from drafting.events import ACTOR_NAME_MAX, Wording
from drafting.services.standings import Present, Seat

Json = dict[str, Any]

BEHIND_MAX: Final = 500  # versions; whoever is further behind reads the text anew


@dataclass(slots=True)
class Turn:
    """Who has been writing in an option since history was last told."""

    by: int | None
    acting_for: str
    at: str  # as the database writes it
    rested: bool


@dataclass(slots=True)
class OptionRow:
    """An option as it is in the transaction: the rows, then what the batches made of it."""

    number: int
    pk: int
    version: int
    content: Json
    kind: str
    provision_pk: int
    provision: int
    status: str
    turn: Turn | None
    missed: dict[int, list[Json]] = field(default_factory=dict)  # steps, by the version after
    changed: bool = False

    def since(self, base: int) -> list[Json] | None:
        """The steps after version `base`; None where the log does not have them all."""
        versions = range(base + 1, self.version + 1)
        if len(versions) > BEHIND_MAX or any(v not in self.missed for v in versions):
            return None
        return [step for version in versions for step in self.missed[version]]


@dataclass(frozen=True, slots=True)
class Written:
    """An event of a batch, to be written or already there."""

    client: str
    mid: int
    draft: int
    seq: int
    version: int
    payload: Json
    actor: int = 0
    name: str = ""
    acting_for: str = ""
    option: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.payload.get("keys", ()))


@dataclass(frozen=True, slots=True)
class Judged:
    """A batch that may be: on which option, what it makes of it, by and for whom."""

    row: OptionRow
    applied: steps.Applied
    name: str
    acting_for: str


Ended = dict[str, Any]


@dataclass(slots=True)
class Ledger:
    """Everything one transaction knows, and what it is going to write."""

    draft: int
    seq: int
    at: datetime
    present: dict[Seat, Present | None]
    options: dict[int, OptionRow]
    answered: dict[tuple[str, int], Written]
    known: frozenset[str]
    written: list[Written] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)

    def write(self, client: str, mid: int, seat: Seat, judged: Judged) -> Written:
        """Notes the event and the new text of a batch that was judged good."""
        row = judged.row
        self._turn(row, seat.user, judged.acting_for)
        row.version += 1
        row.content, row.changed = judged.applied.content, True
        row.missed[row.version] = list(judged.applied.steps)
        self.seq += 1
        wording = Wording(
            f"o{row.number}",
            f"p{row.provision}",
            row.version,
            judged.applied.steps,
            judged.applied.keys,
            steps.checksum(row.content),
        )
        written = Written(
            client,
            mid,
            self.draft,
            self.seq,
            row.version,
            wording.as_json(),
            seat.user,
            judged.name[:ACTOR_NAME_MAX],
            judged.acting_for,
            row.number,
        )
        self.written.append(written)
        self.answered[client, mid] = written
        return written

    def _turn(self, row: OptionRow, user: int, acting_for: str) -> None:
        """Ends the turn that went on, if this is another's or it has rested."""
        turn = row.turn
        if turn and (turn.rested or (turn.by, turn.acting_for) != (user, acting_for)):
            self.ended.append(
                {
                    "id": row.pk,
                    "content": row.content,
                    "version": row.version,
                    "at": turn.at,
                    "by": turn.by,
                    "acting_for": turn.acting_for,
                }
            )
        row.turn = Turn(user, acting_for, self.at.isoformat(), rested=False)
