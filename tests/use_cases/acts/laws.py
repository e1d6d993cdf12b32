"""What must hold after every act, whatever it was."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from drafting import steps
from drafting.domain import text as texts
from drafting.models import Attribution, Before, Draft, Event, Note, Option, Provision
from drafting.steps.schema import load

Rows = dict[str, dict[str, Any]]


@dataclass
class Laws:
    """Watches a draft from act to act."""

    draft: Draft

    def __post_init__(self) -> None:
        self.rows = rows_of(self.draft)
        self.seq = Draft.objects.get(pk=self.draft.pk).seq
        self.gone: set[str] = set()

    def hold(self, *, log: bool = True) -> None:
        """Asks all of them; that the log leads to every text takes longest."""
        rows = rows_of(self.draft)
        told = self._events_tell(rows)
        self.gone |= {key for key in told if key not in rows}
        self.gone -= rows.keys() & self._came_back()
        assert not self.gone & rows.keys(), "a key was given again"
        self.rows = rows
        self._ranks_are_unique()
        self._options_stand()
        self._texts_are_valid()
        if log:
            self._the_log_leads_to_the_text()

    def _events_tell(self, rows: Rows) -> set[str]:
        """`verify_action`: the keys told in events cover every row that changed."""
        draft = Draft.objects.get(pk=self.draft.pk)
        found = list(Event.objects.filter(draft=draft, seq__gt=self.seq).order_by("seq"))
        assert [e.seq for e in found] == list(range(self.seq + 1, draft.seq + 1)), "a gap in seq"
        told: set[str] = set()
        for event in found:
            told |= keys_of(event)
        changed = {
            key for key in rows.keys() | self.rows.keys() if rows.get(key) != self.rows.get(key)
        }
        assert changed <= told, f"nobody was told of {changed - told}"
        removed = {k for e in found if e.kind != "text" for k in e.payload["touched"]["removed"]}
        assert removed == self.rows.keys() - rows.keys()
        self.seq = draft.seq
        return told

    def _came_back(self) -> set[str]:
        """What an undone act had taken away has its keys again, and nothing else has."""
        last = Event.objects.filter(draft=self.draft).last()
        if last is None or last.kind != "undone":
            return set()
        undone = Before.objects.get(event__draft=self.draft, event__seq=last.payload["undoes"])
        states = [state for state in undone.provisions.values() if state]
        options = {key for state in states for key in state.get("options", ())}
        return options | {key for key, state in undone.provisions.items() if state}

    def _ranks_are_unique(self) -> None:
        ranks = list(self.draft.provisions.values_list("rank", flat=True))
        assert len(ranks) == len(set(ranks))

    def _options_stand(self) -> None:
        for row in self.draft.provisions.prefetch_related("options"):
            options = list(row.options.all())
            assert options, f"{row.key} has no option"
            assert sum(option.stands for option in options) <= 1

    def _texts_are_valid(self) -> None:
        for option in Option.objects.filter(draft=self.draft):
            load(option.content).check()
            assert steps.standard(option.content) == option.content
            text = texts.from_json(option.content)  # which has no marks on markers
            assert texts.from_json(texts.to_json(text)) == text

    def _the_log_leads_to_the_text(self) -> None:
        for option in Option.objects.filter(draft=self.draft):
            content = option.history.order_by("history_date", "history_id").first().content
            taken = Event.objects.filter(draft=self.draft, option=option.number)
            for number, event in enumerate(taken.order_by("version"), 1):
                done = steps.perform(content, event.payload["steps"])
                assert isinstance(done, steps.Applied), done
                assert steps.checksum(done.content) == event.payload["sum"]
                assert event.version == number
                content = done.content
            assert content == option.content
            assert option.version == taken.count()


def rows_of(draft: Draft) -> Rows:
    """Everything about each provision and option that a reader could see."""
    rows: Rows = {}
    for provision in Provision.objects.filter(draft=draft).values():
        notes = Note.objects.filter(provision=provision["id"]).order_by("key")
        told = list(notes.values_list("key", "text"))
        rows[f"p{provision['number']}"] = {**provision, "notes": told}
    for option in Option.objects.filter(draft=draft).values():
        behind = Attribution.objects.filter(option=option["id"]).order_by("place")
        names = list(behind.values_list("code", "name", "bracket"))
        rows[f"o{option['number']}"] = {**option, "behind": names}
    return rows


def keys_of(event: Event) -> set[str]:
    if event.kind == "text":
        return {event.payload["option"], event.payload["provision"]}
    touched = event.payload["touched"]
    return {*touched["provisions"], *touched["options"], *touched["removed"]}


def words_of(draft: Draft) -> Counter[str]:
    """Every word that stands somewhere in the draft, as often as it does."""
    found: Counter[str] = Counter()
    for option in Option.objects.filter(draft=draft):
        found.update(re.findall(r"\w+", texts.plain(texts.from_json(option.content))))
    return found
