"""What an act has in hand: the locked draft, and its rows with all that hangs on them.

Rules:

- Each row is in hand once: whoever asks for it again gets the same object, with all that was
  changed on it.
- How each row was when it came in hand is kept (`before`).
- While several deeds are done together, what they write waits (`services.late`), and what was read
  once beside the rows is known until somebody writes there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from drafting import events
from drafting.domain.draft import OptionKind, Status
from drafting.domain.lifecycle import is_closed
from drafting.models import (
    Attribution,
    Draft,
    Note,
    Option,
    Package,
    Position,
    ProposedChange,
    Provision,
)
from drafting.selectors.closings import CLOSING, closing_sentence
from drafting.services import befores
from drafting.services.acts.line import Line, within
from drafting.services.acts.stopping import Stopped, gone
from drafting.services.late import Late, LateHand
from drafting.services.recording import Hand


@dataclass(kw_only=True)
class Held:
    """The rows of one act, under the draft's lock."""

    draft: Draft
    hand: Hand
    before: befores.States = field(default_factory=dict)
    told: list[events.Touched] | None = None  # by the deeds of an act that has several
    _late: Late | None = None
    _line: Line | None = None
    _asked: dict[str, list[ProposedChange]] | None = None
    _rows: dict[int, Provision] = field(default_factory=dict)
    _options: dict[int, list[Option]] = field(default_factory=dict)  # by the provision's number
    _were: dict[str, tuple[str, int]] = field(default_factory=dict)  # options: where, how far come

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
        self.hand, self.told = hand, None
        self._late = self._line = self._asked = None

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
        numbers = self._in_line.around(ranks)
        if not self._rows.keys() >= set(numbers):  # the next deed would ask for the next section
            self._take(self._in_line.around(row.rank for row in self._rows.values()))
        return self._take(numbers)

    @property
    def _in_line(self) -> Line:
        self._line = self._line or Line(self.draft)
        return self._line

    def before_rank(self, rank: str) -> Provision | None:
        """The provision before a rank, whatever it is."""
        if self._late is None:
            earlier = self.draft.provisions.filter(rank__lt=rank).order_by("-rank").first()
            return self.provision(earlier.key) if earlier else None
        number = self._in_line.before(rank)
        return None if number is None else self._take([number])[0]

    def asked(self, code: str) -> list[ProposedChange]:
        """What a proposal asks for, in the order of its paper."""
        found = ProposedChange.objects.filter(proposal__draft=self.draft).order_by("pk")
        found = found.select_related("proposal")
        if self._late is None:
            return list(found.filter(proposal__code=code))
        if self._asked is None:
            self._asked = {}
            for change in found:
                self._asked.setdefault(change.proposal.code, []).append(change)
        return self._asked.get(code, [])

    def take_id(self, pk: int) -> Provision:
        """The provision with this primary key, in hand."""
        held = (row for row in self._rows.values() if row.pk == pk) if self._late else iter(())
        found = next(held, None)
        return found or self.take(self.draft.provisions.filter(pk=pk))[0]

    def _know_no_more(self, sql: str) -> None:
        """Somebody wrote: what is known beside the rows in hand is to be asked for afresh."""
        if Provision._meta.db_table in sql:
            self._line = None
        if ProposedChange._meta.db_table in sql:
            self._asked = None
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
        number = number_of(key, "p")
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
        unknown = wanted - self.before.keys() - self._were.keys()
        if unknown:
            self.take_named(unknown)
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
        number = number_of(key, "o")
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


def is_left(row: Provision) -> bool:
    """Whether it is only the place that a text was moved from."""
    return getattr(row, "moved_to", None) is not None


def _forget(*rows: Provision | Option) -> None:
    """Lets what hangs on rows be asked for afresh: an act changes it."""
    for row in rows:
        vars(row)["_prefetched_objects_cache"] = {}


def number_of(key: str, letter: str) -> int:
    if not key.startswith(letter):
        raise gone()
    return int(key[1:])


def _behind() -> Stopped:
    return Stopped("too_old", _("The text has changed meanwhile: look at it and try again."))


def _ahead() -> Stopped:
    return Stopped("unknown", _("This text has not come so far: read it again."))
