"""Rows are put back as they were before an act, with their keys, ids and places.

Rules:

- Only fields that the act changed are touched. Wordings go back by steps.
- What came is taken away before what went comes back, so that no two have one place: at most one
  option of a provision stands, at every moment.
- A place that somebody else has by now is the next one after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from drafting import steps
from drafting.domain.draft import Status
from drafting.domain.lifecycle import is_closed
from drafting.models import (
    Attribution,
    Event,
    Note,
    Option,
    Package,
    Position,
    ProposedChange,
    Provision,
)
from drafting.services.acts import provisions, rows
from drafting.services.acts.since import fields_changed, moved_labels, things
from drafting.services.acts.work import Stopped, Work
from drafting.services.befores import ABOUT_OPTION, POSITION, SCALARS, Json, States

_SAID = (*(name for name in POSITION if name != "id"), "from_the_floor", "at")


class Putting:
    """What an act made of things, against what they are now."""

    def __init__(self, work: Work, before: States, after: States) -> None:
        self.work = work
        keys = list({**before, **after})
        numbers = [int(key[1:]) for key in keys if key.startswith("p")]
        self.rows = {
            row.key: row for row in work.take(work.draft.provisions.filter(number__in=numbers))
        }
        packages = [int(key[1:]) for key in keys if key.startswith("k")]
        work.watch(work.draft.packages.filter(number__in=packages))
        for number in packages:  # those that are not there now
            work.before.setdefault(f"k{number}", None)
        self.before, self.after = things(before), things(after)
        self.now = things({key: work.before.get(key) for key in keys})
        self.removed: list[str] = []
        self._options = {o.key: o for row in self.rows.values() for o in work.options(row)}
        self._stirred: set[str] = set()

    def touched(self) -> Mapping[str, Any]:
        """What was changed, as the event tells it."""
        gone = set(self.removed)
        keys = {**self.before, **self.after}
        options = [self._options[k] for k in keys if k in self._options and k not in gone]
        told = {option.provision.key: option.provision for option in options} | self.rows
        return {
            "provisions": [row for key, row in told.items() if key not in gone],
            "options": options,
            "removed": self.removed,
        }

    def put_back(self) -> None:
        """All of it. Nothing was changed since where the act changed it."""
        self._refuse_closed()
        self._make_provisions()
        self._let_stand_no_more()
        self._change_options()
        self._make_options()
        self._write()
        self._put_names()
        self._put_notes()
        self._put_positions()
        self._take_options_away()
        self._change_provisions()
        self._take_provisions_away()
        self._put_packages()
        self._refuse_odd()

    # --- what is to be done ------------------------------------------------------------------

    def _made(self, letter: str) -> Iterator[str]:
        """What the act made, and is to go."""
        return (k for k in self.after if k[0] == letter and k not in self.before)

    def _gone(self, letter: str) -> Iterator[tuple[str, Json]]:
        """What the act took away, and is to come back."""
        return ((k, b) for k, b in self.before.items() if k[0] == letter and k not in self.after)

    def _changed(self, letter: str) -> Iterator[tuple[str, Json, list[str]]]:
        """What the act changed, as it was, and in which fields."""
        for key, before in self.before.items():
            if key[0] == letter and key in self.after:
                names = fields_changed(before, self.after[key])
                if names:
                    yield key, before, names

    def _refuse_closed(self) -> None:
        """Stops where the wording of closed text would change, but for its labels, and but for
        what an act changed while it was closed: an editorial sweep."""
        for key in self._rewritten() & self.rows.keys():
            row, before, after = self.rows[key], self.before.get(key), self.after.get(key)
            if before is None or after is None or before["status"] != after["status"]:
                continue
            closes = is_closed(Status(row.status)) and not is_closed(Status(before["status"]))
            if closes:
                self.work.opened(row)

    def _rewritten(self) -> set[str]:
        """The provisions in which the act changed a wording, or what there is of them."""
        sides = self.before, self.after
        return {side[key]["provision"] for key in self.rewritten() for side in sides if key in side}

    def rewritten(self) -> set[str]:
        """The options that the act made, took away or changed, but for labels."""
        keys = {key for side in (self.before, self.after) for key in side if key[0] == "o"}
        return {k for k in keys if self._is_rewritten(self.before.get(k), self.after.get(k))}

    def _is_rewritten(self, before: Json | None, after: Json | None) -> bool:
        if before is None or after is None:
            return True
        names = fields_changed(before, after)
        labels_only = names == ["content"] and moved_labels(before["content"], after["content"])
        return bool(names) and not labels_only

    # --- provisions --------------------------------------------------------------------------

    def _make_provisions(self) -> None:
        gone = dict(self._gone("p"))
        ranks = [before["rank"] for before in gone.values()]
        held = self.work.draft.provisions.filter(rank__in=ranks)
        taken = set(held.values_list("rank", flat=True))
        for key, before in gone.items():
            about = {name: before[name] for name in SCALARS}
            row = Provision(draft=self.work.draft, number=int(key[1:]), **about)
            row.pk, row.base = before["id"], before["base"]
            self.rows[key] = row
        free = [self.rows[key] for key in gone if self.rows[key].rank not in taken]
        self.work.hand.create_many(free, Provision)
        for key in gone:
            row = self.rows[key]
            if row.rank in taken:
                row.rank = self._free(row.rank)
                self.work.hand.create(row)
            self.work.hold(row, [])
        for key, before in self._gone("p"):
            self._set_origin(self.rows[key], before["moved_from"])
            for name, pks in before.get("asked", {}).items():
                changes = ProposedChange.objects.filter(pk__in=pks)
                changes.update(**{name: self.rows[key]})

    def _free(self, rank: str) -> str:
        """This rank, or one just before what has it now."""
        if not self.work.draft.provisions.filter(rank=rank).exists():
            return rank
        earlier = self.work.draft.provisions.filter(rank__lt=rank).order_by("-rank").first()
        return rows.rank_after(self.work, self.work.provision(earlier.key) if earlier else None)[0]

    def _set_origin(self, row: Provision, key: str | None) -> None:
        """Sets where it was moved from."""
        origin = self.work.provision(key) if key else None
        if row.moved_from_id != (origin.pk if origin else None):
            row.moved_from = origin
            self.work.hand.save(row, ["moved_from"])

    def _change_provisions(self) -> None:
        changed = list(self._changed("p"))
        moved = [(self.rows[k], before) for k, before, names in changed if "moved_from" in names]
        for row, _before in moved:  # an origin has one destination at every moment
            self._set_origin(row, None)
        for key, before, names in changed:
            for name in names:
                if name in SCALARS:
                    value = self._free(before[name]) if name == "rank" else before[name]
                    setattr(self.rows[key], name, value)
        self.work.hand.save_many([self.rows[k] for k, *_rest in changed], Provision, SCALARS)
        for row, before in moved:
            self._set_origin(row, before["moved_from"])

    def _take_provisions_away(self) -> None:
        for key in list(self._made("p")):
            row = self.rows[key]
            if self.work.options(row):
                raise _changed()
            # Where a text was moved from here, its old place is free again.
            self.removed += provisions.remove(self.work, row)

    # --- options -----------------------------------------------------------------------------

    def _let_stand_no_more(self) -> None:
        """What the act made goes last, since others' words may have to leave it first."""
        stood = [o for k in self._made("o") if (o := self._options[k]).stands]
        for option in stood:
            option.stands = False
        self.work.hand.save_many(stood, Option, ["stands"])

    def _take_options_away(self) -> None:
        going = [self._options[key] for key in self._made("o")]
        for option in going:
            self.work.options(option.provision).remove(option)
            self.removed.append(option.key)
        Attribution.objects.filter(option__in=going).delete()
        self.work.hand.delete_many(going, Option)

    def _change_options(self) -> None:
        """Places first, none of which stands; then what stands."""
        changed, standing = [], []
        for key, before, names in self._changed("o"):
            if not {"provision", *ABOUT_OPTION}.intersection(names):
                continue
            option = self._options[key]
            for name in ABOUT_OPTION:
                if name in names:
                    setattr(option, name, before[name])
            self._carry(option, self.rows[before["provision"]])
            standing += [option] if option.stands else []
            option.stands = False
            changed.append(option)
            self._stirred.add(key)
        self.work.hand.save_many(changed, Option, [*ABOUT_OPTION, "provision"])
        for option in standing:
            option.stands = True
        self.work.hand.save_many(standing, Option, ["stands"])

    def _carry(self, option: Option, there: Provision) -> None:
        if option.provision is not there:
            self.work.options(option.provision).remove(option)
            self.work.options(there).append(option)
            option.provision = there

    def _make_options(self) -> None:
        gone, made = dict(self._gone("o")), []
        later = self._later(gone)
        for key, before in gone.items():
            row = self.rows[before["provision"]]
            about = {name: before[name] for name in ABOUT_OPTION}
            option = Option(draft=self.work.draft, provision=row, number=int(key[1:]), **about)
            option.pk = before["id"]
            option.version, option.content = _last(before, later.get(option.number, ()))
            self.work.options(row).append(option)
            self._options[key] = option
            made.append(option)
        self.work.hand.create_many(made, Option)
        for row in self.rows.values():
            self.work.options(row).sort(key=lambda option: (option.place, option.number))

    def _later(self, gone: Mapping[str, Json]) -> dict[int, list[Event]]:
        """The changes of wording of each option since it was as it was before the act."""
        numbers = [int(key[1:]) for key in gone]
        found: dict[int, list[Event]] = {}
        written = Event.objects.filter(draft=self.work.draft, option__in=numbers)
        for event in written.order_by("version"):
            if (event.version or 0) > gone[f"o{event.option}"]["version"]:
                found.setdefault(event.option or 0, []).append(event)
        return found

    def _write(self) -> None:
        """Wordings, by steps; and a version for what has other names or another place."""
        written = []
        for key, before in self.before.items():
            if key not in self._options:  # not a wording, or one that others took away since
                continue
            option, after = self._options[key], self.after.get(key)
            taken = _back(option.content, before["content"], after and after["content"])
            if taken:
                written.append((option, taken))
                self._stirred.discard(key)
        self.work.write_many(written)

    def _put_names(self) -> None:
        """Who stands behind options."""
        named = {k: b for k, b, names in self._changed("o") if "attributions" in names}
        self._stirred |= named.keys()
        Attribution.objects.filter(option__in=[self._options[key] for key in named]).delete()
        Attribution.objects.bulk_create(
            Attribution(option=self._options[key], **told)
            for key, before in (*named.items(), *self._gone("o"))
            for told in before["attributions"]
        )
        self.work.stir(self._options[key] for key in sorted(self._stirred))

    # --- what hangs on them ------------------------------------------------------------------

    def _put_notes(self) -> None:
        ids = [self.after[key]["id"] for key in self._made("n")]
        Note.objects.filter(pk__in=ids).delete()
        for _key, before in self._gone("n"):
            told = {name: before[name] for name in ("key", "text", "kind", "by")}
            row = self.rows[before["provision"]]
            Note.objects.create(pk=before["id"], provision=row, **told)
        for _key, before, names in self._changed("n"):
            values = {name: before[name] for name in names if name != "provision"}
            values["provision"] = self.rows[before["provision"]]
            Note.objects.filter(pk=before["id"]).update(**values)

    def _put_positions(self) -> None:
        """By their rows: one may have gone to another place, and another's place with it."""
        keys = [k for k in {**self.before, **self.after} if k[0] == "s"]
        keys = [k for k in keys if self.before.get(k) != self.after.get(k)]
        were = {self.before[k]["id"]: self.before[k] for k in keys if k in self.before}
        are = {self.after[k]["id"] for k in keys if k in self.after}
        for row in Position.objects.filter(pk__in=are - were.keys()):
            self.work.hand.delete(row)
        for row in Position.objects.filter(pk__in=are & were.keys()):
            self._set_position(row, were[row.pk])
            self.work.hand.save(row, [*_SAID, "provision"])
        for pk in sorted(were.keys() - are):
            row = Position(pk=pk)
            self._set_position(row, were[pk])
            self.work.hand.create(row)

    def _set_position(self, row: Position, told: Json) -> None:
        for name in _SAID:
            setattr(row, name, told[name])
        row.at = datetime.fromisoformat(told["at"])
        row.provision = self.rows[told["provision"]]

    def _put_packages(self) -> None:
        ids = [self.after[key]["id"] for key in self._made("k")]
        Package.objects.filter(pk__in=ids).delete()
        for key, before in self._gone("k"):
            package = Package(pk=before["id"], draft=self.work.draft, number=int(key[1:]))
            self._put_package(package, before)
        for _key, before, _names in self._changed("k"):
            self._put_package(Package.objects.get(pk=before["id"]), before)

    def _put_package(self, package: Package, before: Json) -> None:
        package.name = before["name"]
        package.save()
        package.provisions.set(before["provisions"])

    def _refuse_odd(self) -> None:
        """Stops where others' changes and what comes back do not go together."""
        for key, row in self.rows.items():
            if key in self.removed:
                continue
            held = self.work.options(row)
            if not held or sum(option.stands for option in held) > 1:
                raise _changed()


def _last(before: Json, later: Sequence[Event]) -> tuple[int, Json]:
    """How far an option had come when it went, and its wording then."""
    version, content = before["version"], before["content"]
    for event in later:
        done = steps.perform(content, event.payload["steps"])
        if isinstance(done, steps.Invalid):
            raise _changed()
        version, content = event.version or version, done.content
    return version, content


def _back(held: Json, before: Json, after: Json | None) -> list[steps.Json]:
    """The steps that give a text back; its labels alone, where the act moved nothing else."""
    if after is not None and after == before:
        return []
    if after is not None and moved_labels(before, after):
        return steps.dress(held, before)
    return steps.become(held, before)


def _changed() -> Stopped:
    return Stopped("too_old", _("Somebody changed this meanwhile: look at it once more."))
