"""What must hold after every act, whatever it was."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import connection

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
        self.valid: dict[int, dict[str, Any]] = {}
        self.performed: dict[tuple[int, bytes, bytes], dict[str, Any]] = {}

    def hold(self, *, log: bool = True) -> None:
        """Asks all of them; that the log leads to every text takes longest."""
        connection.check_constraints()  # those too that wait for the end of the transaction
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
        removed = _left_removed(found)
        # What several deeds made and took away again was never there for anybody else.
        assert removed & self.rows.keys() == self.rows.keys() - rows.keys()
        assert not removed & rows.keys()
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
        """Those that were not looked at before."""
        for option in Option.objects.filter(draft=self.draft):
            if self.valid.get(option.number) == option.content:
                continue
            load(option.content).check()
            assert steps.standard(option.content) == option.content
            text = texts.from_json(option.content)  # which has no marks on markers
            assert texts.from_json(texts.to_json(text)) == text
            self.valid[option.number] = option.content

    def _the_log_leads_to_the_text(self) -> None:
        first, logs = _first_contents(self.draft), _logs(self.draft)
        for option in Option.objects.filter(draft=self.draft):
            content, log = first[option.pk], logs[option.number]
            assert [event.version for event in log] == list(range(1, len(log) + 1))
            for event in log:
                done = self._performed(event, content)
                assert steps.checksum(done) == event.payload["sum"]
                content = done
            assert content == option.content
            assert option.version == len(log)

    def _performed(self, event: Event, content: dict[str, Any]) -> dict[str, Any]:
        """What the event makes of a text; remembered, for the same event and the same text."""
        told = event.pk, steps.canonical(content), steps.canonical(event.payload)
        if told not in self.performed:
            done = steps.perform(content, event.payload["steps"])
            assert isinstance(done, steps.Applied), done
            self.performed[told] = done.content
        return self.performed[told]


def _left_removed(found: list[Event]) -> set[str]:
    """The keys of which these events told last that they are gone."""
    gone: set[str] = set()
    for event in found:
        gone -= keys_of(event)
        gone |= set(event.payload["touched"]["removed"]) if event.kind != "text" else set()
    return gone


def _first_contents(draft: Draft) -> dict[int, dict[str, Any]]:
    """The text with which history of each option begins."""
    oldest_last = Option.history.filter(draft=draft).order_by("-history_date", "-history_id")
    return dict(oldest_last.values_list("id", "content"))


def _logs(draft: Draft) -> dict[int | None, list[Event]]:
    """The changes of each option's wording."""
    logs: dict[int | None, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(draft=draft, option__isnull=False).order_by("version"):
        logs[event.option].append(event)
    return logs


def rows_of(draft: Draft) -> Rows:
    """Everything about each provision and option that a reader could see."""
    rows: Rows = {}
    notes, behind = defaultdict(list), defaultdict(list)
    for note in Note.objects.filter(provision__draft=draft).order_by("key"):
        notes[note.provision_id].append((note.key, note.text))
    for one in Attribution.objects.filter(option__draft=draft).order_by("place"):
        behind[one.option_id].append((one.code, one.name, one.bracket))
    for provision in Provision.objects.filter(draft=draft).values():
        rows[f"p{provision['number']}"] = {**provision, "notes": notes[provision["id"]]}
    for option in Option.objects.filter(draft=draft).values():
        rows[f"o{option['number']}"] = {**option, "behind": behind[option["id"]]}
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
