"""The cast at the table: who does what, and what is there afterwards."""

from __future__ import annotations

from typing import Any

from drafting.domain import text as texts
from drafting.models import Option, Provision
from drafting.services import deeds
from drafting.services.acts import perform
from drafting.services.writing import Accepted, Declined, Writer
from tests.cast import Cast
from tests.live import desk


class Table:
    """Everybody with a browser of their own."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._writers: dict[str, Writer] = {}

    def writer(self, name: str) -> Writer:
        if name not in self._writers:
            self._writers[name] = desk.writer(self.cast, name)
        return self._writers[name]

    def asks(self, name: str, deed: deeds.Deed, acting_for: str = "") -> Accepted | Declined:
        return perform(self.writer(name), next(desk.mids), deed, acting_for)

    def does(self, name: str, deed: deeds.Deed, acting_for: str = "") -> Accepted:
        answer = self.asks(name, deed, acting_for)
        assert isinstance(answer, Accepted), answer
        return answer

    def may_not(self, name: str, deed: deeds.Deed, acting_for: str = "") -> Declined:
        """The refusal, which changed nothing."""
        before = self.seq()
        answer = self.asks(name, deed, acting_for)
        assert isinstance(answer, Declined), answer
        assert self.seq() == before
        return answer

    # --- what is there -----------------------------------------------------------------------

    def seq(self) -> int:
        self.cast.draft.refresh_from_db()
        return self.cast.draft.seq

    def option(self, key: str) -> Option:
        return Option.objects.get(draft=self.cast.draft, number=int(key[1:]))

    def provision(self, key: str) -> Provision:
        return Provision.objects.get(draft=self.cast.draft, number=int(key[1:]))

    def words(self, key: str) -> str:
        return texts.plain(self.text(key))

    def text(self, key: str) -> texts.Text:
        return texts.from_json(self.option(key).content)

    def version(self, key: str) -> int:
        return self.option(key).version

    def lines(self) -> list[str]:
        """Each provision as its label and the words of its options, in order."""
        out = []
        for row in self.cast.draft.provisions.order_by("rank"):
            options = list(row.options.order_by("place"))
            said = " | ".join(_said(option) for option in options)
            out.append(said)
        return out

    def write(self, key: str, content: dict[str, Any]) -> None:
        """Puts a wording there as a paper would."""
        Option.objects.filter(draft=self.cast.draft, number=int(key[1:])).update(content=content)


def _said(option: Option) -> str:
    text = texts.from_json(option.content)
    words = texts.printed(text).replace("\t", " ").replace("\n", " / ")
    return words if option.kind == "text" else f"{text.label or ''} {option.kind}".strip()
