"""One act at work: the locked draft, who acts for whom, and the rows in hand.

Rules:

- Each row is in hand once: whoever asks for it again gets the same object, with all that was
  changed on it.
- A wording changes by steps and by nothing else; each change is a version and an event of kind
  "text". The one event that names the act comes last (`tell`).
- How each row was when it came in hand is kept (`before`), so that the act can be undone; so is
  what is decided on a proposal's words (`decide`).
- What may not be raises `Stopped`, which undoes everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from drafting import events, steps
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import OptionKind, Status
from drafting.domain.lifecycle import is_closed
from drafting.models import (
    Attribution,
    Decision,
    Draft,
    Event,
    Note,
    Option,
    Package,
    Position,
    Provision,
)
from drafting.selectors.closings import CLOSING, closing_sentence
from drafting.services import befores
from drafting.services.acts.stretches import Stretch, numbers_within, stretches, within
from drafting.services.late import Late, LateHand
from drafting.services.recording import Hand
from drafting.services.standings import Present
from drafting.steps import Json


class Stopped(Exception):
    """The act may not be; nothing is changed. `code` as in `Declined`."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def gone() -> Stopped:
    return Stopped("gone", _("This is no longer there."))


def invalid(reason: str) -> Stopped:
    return Stopped("invalid", reason)


def forbidden(reason: str) -> Stopped:
    return Stopped("forbidden", reason)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was done with a proposal's words in one provision, and why."""

    provision: int
    code: str
    what: Deciding
    rationale: str


@dataclass
class Work:
    """Under the draft's lock, in one transaction. `made`: the keys that the act gave."""

    draft: Draft
    present: Present
    hand: Hand
    made: list[str] = field(default_factory=list)
    before: befores.States = field(default_factory=dict)
    decided: list[Decided] = field(default_factory=list)
    told: list[events.Touched] | None = None  # by the deeds of an act that has several
    _late: Late | None = None
    _line: list[Stretch] | None = None  # the sections of the draft, while its writes wait
    _rows: dict[int, Provision] = field(default_factory=dict)
    _options: dict[int, list[Option]] = field(default_factory=dict)  # by the provision's number
    _were: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def acting_for(self) -> str:
        return self.hand.acting_for

    @contextmanager
    def several(self, named: Iterable[str]) -> Iterator[list[events.Touched]]:
        """Several deeds are done inside, on provisions and options of which these are named.

        What they write waits (`services.late`). Lists what each told.
        """
        hand, self.told = self.hand, []
        self._late = Late(self.draft, self._know_no_more)
        self.hand = LateHand(hand.actor, hand.acting_for, hand.reason, late=self._late)
        with self._late.waiting():
            self.take_named(named)
            yield self.told
        self._forget_all()
        self.hand, self._late, self._line, self.told = hand, None, None, None

    # --- reading ---------------------------------------------------------------------------

    def take(self, rows: QuerySet[Provision]) -> list[Provision]:
        """Rows with their options, in reading order: those in hand as they are in hand."""
        if self._late is None:
            return [self._held(row) for row in befores.rows_of(rows)]
        # Of several deeds done together the later ones find most of their rows in hand.
        return self._take(list(rows.order_by("rank").values_list("number", flat=True)))

    def _take(self, numbers: Sequence[int]) -> list[Provision]:
        missing = [number for number in numbers if number not in self._rows]
        if missing:
            for row in befores.rows_of(self.draft.provisions.filter(number__in=missing)):
                self._held(row)
        return [self._rows[number] for number in numbers]

    def take_sections(self, ranks: Iterable[str]) -> list[Provision]:
        """Takes the sections in which these ranks are: from a call to the next one."""
        if self._late is None:
            return self.take(self.draft.provisions.filter(within(self.draft, ranks)))
        if self._line is None:
            self._line = stretches(self.draft)
        numbers = numbers_within(self._line, ranks)
        if not self._rows.keys() >= set(numbers):  # the next deed would ask for the next section
            self._take(numbers_within(self._line, [row.rank for row in self._rows.values()]))
        return self._take(numbers)

    def take_id(self, pk: int) -> Provision:
        """The provision with this primary key, in hand."""
        held = (row for row in self._rows.values() if row.pk == pk) if self._late else iter(())
        found = next(held, None)
        return found or self.take(self.draft.provisions.filter(pk=pk))[0]

    def _know_no_more(self, sql: str) -> None:
        """Somebody wrote: what is known beside the rows in hand is to be asked for afresh."""
        if Provision._meta.db_table in sql:
            self._line = None
        if any(model._meta.db_table in sql for model in (Attribution, Note, Position)):
            self._forget_all()

    def _forget_all(self) -> None:
        for number, row in self._rows.items():
            _forget(row, *self._options[number])

    def take_named(self, keys: Iterable[str]) -> None:
        """Takes the provisions with these keys in hand, and those of the options named."""
        named = set(keys)
        options = [int(key[1:]) for key in named if key.startswith("o")]
        wanted = Q(number__in=[int(key[1:]) for key in named if key.startswith("p")])
        wanted |= Q(
            pk__in=Option.objects.filter(draft=self.draft, number__in=options).values("provision")
        )
        self.take(self.draft.provisions.filter(wanted))

    def _held(self, row: Provision) -> Provision:
        if row.number not in self._rows:
            options = list(row.options.all())
            if row.key not in self.before:
                self.before[row.key] = befores.state(row)
                self._were |= {option.key: (row.key, option.version) for option in options}
            if self._late is None:
                _forget(row, *options)
            self.hold(row, options)
        return self._rows[row.number]

    def hold(self, row: Provision, options: list[Option]) -> None:
        """Takes a row that was just made in hand."""
        self.before.setdefault(row.key, None)
        self._rows[row.number], self._options[row.number] = row, options
        for option in options:
            option.provision = row

    def let_names_go(self, option: Option, names: Collection[Attribution]) -> None:
        """Takes attributions of an option away."""
        if self._late is None:
            Attribution.objects.filter(pk__in=[row.pk for row in names]).delete()
        else:
            self._late.let_names_go(option, names)

    def let_name_come(self, row: Attribution) -> None:
        """Sets an attribution of an option."""
        if self._late is None:
            row.save(force_insert=True)
        else:
            self._late.let_name_come(row)

    def let_go(self, row: Provision) -> None:
        """Forgets a row that was just deleted."""
        del self._rows[row.number], self._options[row.number]

    def spread(self, row: Provision) -> None:
        """Takes a rank that a row got among the same neighbours as no change of its place."""
        before = self.before[row.key]
        if before is not None:
            before["rank"] = row.rank

    def part_from(self, row: Provision) -> None:
        """Keeps what hangs on a row that is about to go: packages, and proposed changes."""
        self.watch(row.packages.all())
        before = self.before[row.key]
        if before is not None:
            before.setdefault("asked", befores.asked_of(row))

    def watch(self, packages: Iterable[Package]) -> None:
        """Keeps how packages are, before they are changed."""
        for package in packages:
            self.before.setdefault(f"k{package.number}", befores.package_state(package))

    def options(self, row: Provision) -> list[Option]:
        """The provision's options in order; the list is the one in hand."""
        return self._options[row.number]

    def lead(self, row: Provision) -> Option:
        """The wording by which the provision is counted: the standing one, else the first."""
        held = self.options(row)
        standing = next((option for option in held if option.stands), None)
        worded = next((option for option in held if option.kind == OptionKind.TEXT), None)
        return standing or worded or held[0]

    def provision(self, key: str) -> Provision:
        """The provision with this key, to be looked at. Stops where it is gone."""
        number = _number(key, "p")
        return self._rows.get(number) or self._found(self.draft.provisions.filter(number=number))

    def open(self, key: str) -> Provision:
        """The provision, to be changed. Stops where it is closed or only a place left behind."""
        return self.opened(self.provision(key))

    def opened(self, row: Provision) -> Provision:
        if is_closed(Status(row.status)):
            with connection.cursor() as cursor:
                cursor.execute(CLOSING, {"provision": row.pk})
                raise Stopped("locked", closing_sentence(cursor.fetchone()))
        if is_left(row):
            raise Stopped("gone", _("This text was moved: act on it where it stands now."))
        return row

    def option(self, key: str, version: int | None = None) -> Option:
        """The option, to be changed: open, and at this version where one is named."""
        found = self.seen(key)
        self.opened(found.provision)
        if version is not None and version != found.version:
            raise _behind() if version < found.version else _ahead()
        return found

    def refuse_unseen(self, seen: Mapping[str, int], *keys: str) -> None:
        """Stops where the options were not what the person saw when the act began.

        `keys`: provisions and options whose provisions must have been seen, whatever else was.
        """
        wanted = {*seen, *keys}
        self.take_named(wanted - self.before.keys() - self._were.keys())
        were = self._were
        looked_at = {were[key][0] for key in wanted if key in were} | (wanted & self.before.keys())
        there = {
            key: were[key][1]
            for provision in looked_at
            for key in (self.before.get(provision) or {}).get("options", ())
        }
        if there != dict(seen):
            raise Stopped("too_old", _("Somebody changed this meanwhile: look at it once more."))

    def seen(self, key: str) -> Option:
        """The option, to be looked at: it may be closed. Stops where it is gone."""
        number = _number(key, "o")
        held = (option for options in self._options.values() for option in options)
        found = next((option for option in held if option.number == number), None)
        if found:
            return found
        rows = self.draft.provisions.filter(options__number=number, options__draft=self.draft)
        row = self._found(rows)
        return next(option for option in self.options(row) if option.number == number)

    def _found(self, rows: QuerySet[Provision]) -> Provision:
        found = self.take(rows)
        if not found:
            raise gone()
        return found[0]

    # --- writing ---------------------------------------------------------------------------

    def write(self, option: Option, taken: Sequence[Json]) -> None:
        """Takes steps into the option's wording: a version, and an event of kind "text"."""
        self.write_many([(option, taken)])

    def write_many(self, changes: Iterable[tuple[Option, Sequence[Json]]]) -> None:
        """The same for several options, in few statements."""
        self._keep(
            [(option, steps.perform(option.content, taken)) for option, taken in changes if taken]
        )

    def stir(self, options: Iterable[Option]) -> None:
        """Gives options a version whose wording is as before: what hangs on it has changed.

        Who looked at them before is told so (`refuse_unseen`).
        """
        self._keep([(option, steps.perform(option.content, ())) for option in options])

    def write_from_outside(self, option: Option, taken: Sequence[Json]) -> None:
        """The same for steps of which a position came from a client: through the gate."""
        items = [steps.Item(str(number), step) for number, step in enumerate(taken)]
        self._keep([(option, steps.submit(option.content, (), items))])

    def _keep(self, done: Sequence[tuple[Option, steps.Applied | steps.Invalid]]) -> None:
        if not done:
            return
        wordings = [_wording(option, outcome) for option, outcome in done]
        self.hand.save_many([option for option, _ in done], Option, ["content", "version"])
        events.record_texts(self.draft, self.hand.actor, self.acting_for, wordings)

    def number_of_provision(self) -> int:
        self.draft.last_provision += 1
        Draft.objects.filter(pk=self.draft.pk).update(last_provision=self.draft.last_provision)
        return self.draft.last_provision

    def number_of_option(self) -> int:
        self.draft.last_option += 1
        if self._late is None:  # else it is written with the options
            Draft.objects.filter(pk=self.draft.pk).update(last_option=self.draft.last_option)
        return self.draft.last_option

    def decide(
        self, key: str, codes: Iterable[str], what: Deciding | str, rationale: str = ""
    ) -> None:
        """Writes down what the act does with these proposals' words in a provision."""
        for code in dict.fromkeys(codes):
            self.decided.append(Decided(_number(key, "p"), code, Deciding(what), rationale))

    def keep(self, event: Event, touched: Iterable[str]) -> befores.States:
        """Keeps what the act changed of what it told, and what it decided; how things are now."""
        packages = [key for key in self.before if key.startswith("k")]
        watched = [key for key in (*touched, *packages) if key in self.before]
        after = befores.states(self.draft, watched)
        befores.keep(event, {key: self.before[key] for key in after}, after)
        Decision.objects.bulk_create(
            Decision(
                draft=self.draft,
                seq=event.seq,
                provision=found.provision,
                code=found.code,
                what=found.what,
                rationale=found.rationale,
                by=event.actor_name,
                acting_for=event.acting_for,
            )
            for found in self.decided
        )
        return after

    def tell(
        self,
        kind: str,
        *,
        provisions: Iterable[Provision] = (),
        options: Iterable[Option] = (),
        removed: Iterable[str] = (),
        **payload: object,
    ) -> Event:
        """Records the event that names the act: the last one.

        Of several deeds done together each tells, and one event is recorded for all.
        """
        touched = events.Touched(
            list(dict.fromkeys(row.key for row in provisions)),
            list(dict.fromkeys(option.key for option in options)),
            list(removed),
        )
        if self.told is not None:
            self.told.append(touched)
            return Event(kind=kind, payload=payload)
        return self.record(kind, touched, **payload)

    def record(self, kind: str, touched: events.Touched, **payload: object) -> Event:
        """Appends an event to the log under the name of who acts."""
        payload["made"] = list(self.made)
        return events.record(
            self.draft, kind, self.hand.actor, self.hand.acting_for, touched, **payload
        )


def is_left(row: Provision) -> bool:
    """Whether it is only the place that a text was moved from."""
    return getattr(row, "moved_to", None) is not None


def _forget(*rows: Provision | Option) -> None:
    """Lets what hangs on rows be asked for afresh: an act changes it."""
    for row in rows:
        vars(row)["_prefetched_objects_cache"] = {}


def _wording(option: Option, done: steps.Applied | steps.Invalid) -> events.Wording:
    """Sets what came of the steps in the row, and says it as the log does."""
    if isinstance(done, steps.Invalid):
        raise invalid(_(done.reason))
    option.content, option.version = done.content, option.version + 1
    return events.Wording(
        option.key,
        option.provision.key,
        option.version,
        done.steps,
        done.keys,
        steps.checksum(done.content),
    )


def _number(key: str, letter: str) -> int:
    if not key.startswith(letter):
        raise gone()
    return int(key[1:])


def _behind() -> Stopped:
    return Stopped("too_old", _("The text has changed meanwhile: look at it and try again."))


def _ahead() -> Stopped:
    return Stopped("unknown", _("This text has not come so far: read it again."))
