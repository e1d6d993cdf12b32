"""One act at work: who acts for whom, what is written, and what is told.

Rules:

- A wording changes by steps and by nothing else; each change is a version and an event of kind
  "text". The one event that names the act comes last (`tell`).
- How each row was when it came in hand is kept with the event, so that the act can be undone; so is
  what is decided on a proposal's words (`decide`).
- What may not be raises `Stopped`, which undoes everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from drafting import events, steps
from drafting.domain.dispositions import Deciding
from drafting.models import Decision, Draft, Event, Option, Provision
from drafting.services import befores
from drafting.services.acts.held import Held, number_of
from drafting.services.acts.held import is_left as is_left
from drafting.services.acts.stopping import Stopped as Stopped
from drafting.services.acts.stopping import forbidden as forbidden
from drafting.services.acts.stopping import gone as gone
from drafting.services.acts.stopping import invalid as invalid
from drafting.services.standings import Present
from drafting.steps import Json


@dataclass(frozen=True, slots=True)
class Decided:
    """What was done with a proposal's words in one provision, and why; or (provision 0) with all
    that it asks for, or with one change that stands nowhere."""

    provision: int
    code: str
    what: Deciding
    rationale: str
    change: str = ""


@dataclass(kw_only=True)
class Work(Held):
    """Under the draft's lock, in one transaction. `made`: the keys that the act gave.

    `turned`: those whose decisions an undo took back, or let hold again.
    """

    present: Present
    made: list[str] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    turned: dict[str, bool] = field(default_factory=dict)

    @property
    def acting_for(self) -> str:
        return self.hand.acting_for

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
        self,
        key: str,
        codes: Iterable[str],
        what: Deciding | str,
        rationale: str = "",
        change: str = "",
    ) -> None:
        """Writes down what the act does with these proposals' words in a provision."""
        for code in dict.fromkeys(codes):
            found = Decided(number_of(key, "p"), code, Deciding(what), rationale, change)
            self.decided.append(found)

    def keep(self, event: Event, touched: Iterable[str]) -> befores.States:
        """Keeps what the act changed of what it told, and what it decided; how things are now."""
        packages = [key for key in self.before if key.startswith("k")]
        watched = [key for key in (*touched, *packages) if key in self.before]
        after = befores.states(self.draft, watched)
        before = {key: self.before[key] for key in after}
        befores.keep(event, before, after, also=bool(self.decided or self.turned))
        Decision.objects.bulk_create(
            Decision(
                draft=self.draft,
                seq=event.seq,
                provision=found.provision,
                code=found.code,
                change=found.change,
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
