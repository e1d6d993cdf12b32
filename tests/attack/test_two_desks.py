"""Chair, secretary and the secretariat at one draft in the same moment, each on a connection.

Whatever they do, each act is done whole or not at all; who comes too late is told in a sentence,
and what was done is in the log, in the order in which it was done.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.models import Before, Decision, Draft, Event
from drafting.selectors.values import draft_value
from drafting.services import befores, consolidating, deeds, revisions
from drafting.services.refusals import Refused
from drafting.services.writing import Accepted, Declined
from tests.cast import Cast, make_cast
from tests.live.serving import child
from tests.use_cases.acts.negotiation import KES, VAL, Negotiation, any_asked, negotiation
from tests.use_cases.acts.table import Table
from tests.use_cases.acts.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talks() -> Negotiation:
    """Four proposals, of which two are in the draft."""
    return negotiation(make_cast(), any_asked(random.Random(11)), taken=(KES, VAL))


def told(act: Callable[[], object]) -> Callable[[], object]:
    """What came of it: the answer, or the sentence of its refusal."""

    def done() -> object:
        try:
            return act()
        except Refused as refusal:
            return str(refusal)

    return done


def swept(cast: Cast) -> deeds.Editorial:
    """A sweep that sets a full stop where another mark stands."""
    draft = draft_value(Draft.objects.get(pk=cast.draft.pk))
    option = next(p.options[0] for p in draft.provisions if p.key == "p5")
    words = texts.plain(option.text)
    return deeds.Editorial([deeds.Edit(option.key, 0, len(words) - 1, words[-1], ".")])


@pytest.mark.parametrize("seed", range(3))
def test_whatever_three_do_in_one_moment_is_done_whole_and_one_after_the_other(
    talks: Negotiation, seed: int
) -> None:
    cast, table = talks.cast, Table(talks.cast)
    stella, sam = cast.actor("stella"), cast.actor("sam")
    table.writer("sam")
    first = table.does("chair", deeds.RetainNot(None, "p6", "why")).seq
    rows = cast.draft.provisions.filter(kind="item")
    chosen: list[deeds.Single] = [
        deeds.ChooseOption(row.options.order_by("place")[0].key, "base") for row in rows
    ]
    sweep = swept(cast)
    acts: list[Callable[[], object]] = [
        lambda: table.asks("chair", deeds.Together(chosen, "all")),
        lambda: table.asks("sam", deeds.Undo(first)),
        lambda: table.asks("sam", sweep),
        lambda: table.asks("chair", deeds.TakeUp("KES/VAL/80/1")),
        lambda: consolidating.put(stella, cast.draft.pk),
        lambda: revisions.issue(stella, cast.draft.pk),
        lambda: revisions.issue(sam, cast.draft.pk),
    ]
    random.Random(seed).shuffle(acts)
    answers = at_once(*map(told, acts))
    assert not [a for a in answers if isinstance(a, Declined) and "our side" in a.reason]
    accepted = [a for a in answers if isinstance(a, Accepted)]
    assert len({a.seq for a in accepted}) == len(accepted)
    the_log_has_no_gap(cast)
    each_found_what_the_one_before_left(cast)


def the_log_has_no_gap(cast: Cast) -> None:
    seqs = list(
        Event.objects.filter(draft=cast.draft).order_by("seq").values_list("seq", flat=True)
    )
    assert seqs == list(range(seqs[0], Draft.objects.get(pk=cast.draft.pk).seq + 1))


def each_found_what_the_one_before_left(cast: Cast) -> None:
    """No act wrote over what it did not see: each begins where the last one on the row ended."""
    left: dict[str, object] = {}
    for kept in Before.objects.filter(event__draft=cast.draft).order_by("event__seq"):
        for key, state in kept.after.items():
            found = said(kept.provisions[key])
            assert left.get(key, found) == found, f"{kept.event.kind} did not see {key}"
            left[key] = said(state)
    now = befores.states(cast.draft, [key for key in left if key.startswith("p")])
    assert {key: left[key] for key in now} == {key: said(state) for key, state in now.items()}


def said(state: dict[str, Any] | None) -> object:
    """A state without what counts and says nothing: versions, and what points to it."""
    if state is None:
        return None
    options = {k: {**o, "version": 0} for k, o in state["options"].items()}
    return {k: v for k, v in state.items() if k != "asked"} | {"options": options}


# --- a process dies in the middle ---------------------------------------------------------------

DYING = """
import os, sys, django
django.setup()
from accounts.models import User
from drafting.permissions import Actor
from drafting.services import consolidating
def dies(percent, doing):
    if percent >= int(sys.argv[3]):
        os.kill(os.getpid(), 9)
actor = Actor.person(User.objects.get(email=sys.argv[2]))
consolidating.put(actor, int(sys.argv[1]), progress=dies)
"""


def now(cast: Cast) -> values.Draft:
    return draft_value(Draft.objects.get(pk=cast.draft.pk))


@pytest.mark.parametrize("percent", [50, 85])
def test_a_consolidation_whose_process_is_killed_leaves_nothing_and_can_be_made_again(
    talks: Negotiation, percent: int
) -> None:
    cast, before = talks.cast, now(talks.cast)
    email = cast.users["chair"].email
    done = child(DYING, str(cast.draft.pk), email, str(percent))
    assert done.returncode == -9, done.stderr
    assert now(cast) == before
    assert not Decision.objects.filter(draft=cast.draft).exists()
    assert not Event.objects.filter(draft=cast.draft, kind="draft.consolidated").exists()
    consolidating.put(cast.actor("chair"), cast.draft.pk)
    assert now(cast) != before
    assert Event.objects.filter(draft=cast.draft, kind="draft.consolidated").count() == 1
    each_found_what_the_one_before_left(cast)
