"""The real authority, asked in lines: what a trial's network carries to the server ends here.

A trial (`static/src/writing/trial`) runs the real client in Node, five of it, over a bad network.
What reaches the server is one line of JSON on the trial's standard output; the answer is one line
on its standard input. Batches are judged and committed by `services.writing` in PostgreSQL; a
restart throws away everything that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import psycopg

from drafting import steps
from drafting.domain import draft as values
from drafting.domain.draft import Header, Status
from drafting.live import answers, messages
from drafting.models import Event, Option
from drafting.selectors.logs import Framed, frames_since
from drafting.services import audience, drafts, provisions, writing
from drafting.services.scribe import open_connection
from drafting.services.standings import Seat
from drafting.services.writing import Accepted, Batch, Writer
from tests.cast import SETUP, Cast, item
from tests.live.desk import browser

Json = dict[str, Any]

WORDS = ("all gauges that stand in the harbour\nare read each day", "the lamps")
ALL = 1_000_000


class Authority:
    """Answers one trial after another; each has a draft of its own."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._session = str(browser(cast, "chair").session.session_key)
        self._connection: psycopg.Connection[Any] | None = None
        self._draft = cast.draft
        self._told = 0  # the seq up to which events were published
        self._first: dict[int, Json] = {}

    def answer(self, line: bytes) -> bytes:
        """One line for one line, without the ends of lines."""
        asked = msgspec.json.decode(line)
        do: Callable[[Json], Any] = getattr(self, f"_{asked['ask']}")
        return msgspec.json.encode(do(asked))

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # --- What a trial asks ----------------------------------------------------------------------

    def _begin(self, asked: Json) -> None:
        number = 1000 + asked["seed"]
        made = tuple(item(f"p{n}", words, base=False) for n, words in enumerate(WORDS, start=1))
        header = Header(series="DL", number=str(number))
        text = values.Draft(header, made)
        self._draft = drafts.make(
            self._cast.group, f"DL/{number}", "Lamps", text.header, text.provisions, SETUP
        )
        rows = Option.objects.filter(draft=self._draft)
        self._first = {row.number: steps.standard(row.content) for row in rows}

        self._told = self._draft.seq

    def _since(self, asked: Json) -> list[Any]:
        framed: list[Framed] = []
        while more := frames_since(self._draft.pk, framed[-1][0] if framed else asked["seq"], ALL):
            framed += more
        return [msgspec.Raw(frame) for _seq, frame in framed]

    def _read(self, asked: Json) -> Any:
        key = asked["option"]
        now = audience.read(self._draft.pk, int(key[1:]))
        assert now is not None
        return msgspec.Raw(answers.frame_of_option(key, now).payload)

    def _commit(self, asked: Json) -> Json:
        said = msgspec.json.decode(
            msgspec.json.encode(asked["commit"]), type=messages.Commit, strict=True
        )
        items = tuple(steps.Item(one.key, one.step) for one in said.items)
        batch = Batch(said.mid, int(said.option[1:]), said.base, items, said.acting_for)
        seat = Seat(self._session, self._cast.users["chair"].pk, self._draft.pk)
        (answer,) = writing.commit(
            self._ready(), self._draft.pk, [(Writer(seat, asked["client"]), batch)]
        )
        told = msgspec.Raw(answers.frame_of_answer(answer).payload)
        is_new = isinstance(answer, Accepted) and answer.seq > self._told
        return {"answer": [told], "happened": self._happened() if is_new else []}

    def _lock(self, asked: Json) -> list[Any]:
        status, reason = (Status.AGREED, "") if asked["locked"] else (Status.REOPENED, "a trial")
        actor = self._cast.actor("chair")
        provisions.move_status(actor, self._draft.pk, int(asked["option"][1:]), status, reason)
        return self._happened()

    def _happened(self) -> list[Any]:
        """The events that nobody was told of yet."""
        framed = frames_since(self._draft.pk, self._told, ALL)
        self._told = max((seq for seq, _frame in framed), default=self._told)
        return [msgspec.Raw(frame) for _seq, frame in framed]

    def _restart(self, asked: Json) -> None:
        self.close()

    def _replay(self, asked: Json) -> list[str]:
        """What is wrong with the stored texts, if the log is played again from the beginning."""
        return [key for number, first in self._first.items() for key in self._torn(number, first)]

    def _torn(self, number: int, content: Json) -> list[str]:
        for event in Event.objects.filter(draft=self._draft, option=number).order_by("version"):
            done = steps.perform(content, event.payload["steps"])
            if not isinstance(done, steps.Applied):
                return [f"Version {event.version} of o{number} cannot be played again."]
            if steps.checksum(done.content) != event.payload["sum"]:
                return [f"Version {event.version} of o{number} has another checksum."]
            content = done.content
        stored = Option.objects.get(draft=self._draft, number=number).content
        return [] if content == stored else [f"The log of o{number} makes another text."]

    def _ready(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            self._connection = open_connection()
        return self._connection
