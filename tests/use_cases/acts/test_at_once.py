"""Acts and typing at the same moment, on connections of their own, as people do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import msgspec
import pytest
from django.db import connection, connections, transaction

from drafting import steps
from drafting.domain import text as texts
from drafting.models import Draft, Event
from drafting.services import deeds, drafts
from drafting.services.acts import perform
from drafting.services.writing import Accepted, Declined
from tests.cast import Cast, make_cast
from tests.live.desk import batch, insert, replayed, send, words_of, writer
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.table import Table

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    """The cast, committed."""
    return make_cast()


@pytest.fixture
def table(cast: Cast) -> Table:
    return Table(cast)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """The answers of acts that begin together, each in a thread and on a connection of its own."""
    together = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        with connection.cursor() as cursor:  # whoever waits here waits, however slow the machine
            cursor.execute("SET lock_timeout = '60s'")
        together.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_acts_at_once_are_done_one_after_the_other(table: Table) -> None:
    laws = Laws(table.cast.draft)
    who = [table.writer(name) for name in ("chair", "sam", "chair", "sam")]
    deed = deeds.AddProvision("p4", words="to begin;")
    answers = at_once(*(lambda w=w, m=m: perform(w, m, deed) for m, w in enumerate(who, 5000)))
    assert all(isinstance(answer, Accepted) for answer in answers)
    assert len({answer.made for answer in answers}) == 4
    assert len({answer.seq for answer in answers}) == 4
    labels = [line.split()[0] for line in table.lines()[3:]]
    assert labels == [str(number) for number in range(1, 8)]
    laws.hold()


def test_one_act_that_is_sent_twice_at_once_is_done_once(table: Table) -> None:
    chair, deed = table.writer("chair"), deeds.AddProvision("p4", words="to begin;")
    one, other = at_once(*(lambda: perform(chair, 5100, deed) for _ in range(2)))
    assert one == other
    assert isinstance(one, Accepted)
    assert table.cast.draft.provisions.count() == 7


def test_of_two_who_act_at_once_on_what_both_saw_one_is_told(table: Table) -> None:
    """Neither overwrites the other unseen, whichever comes first."""
    who = [table.writer(name) for name in ("chair", "sam")]
    for round_ in range(6):
        seen = {"o4": table.version("o4")}
        names = [["KES", "VAL"], ["VAL/70/2"]] if round_ % 2 else [["KES"], ["VAL"]]
        acts = [deeds.Attribute("o4", those, seen=seen) for those in names]
        both = at_once(
            *(
                lambda w=w, d=d, m=m: perform(w, m, d)
                for m, (w, d) in enumerate(zip(who, acts, strict=True), 6000 + 10 * round_)
            )
        )
        told = [answer for answer in both if isinstance(answer, Declined)]
        assert [answer.code for answer in told] == ["too_old"]
        done = names[0 if isinstance(both[0], Accepted) else 1]
        rows = table.option("o4").attributions.order_by("place")
        assert sorted(row.code or row.name for row in rows) == sorted(done)


def test_an_act_is_undone_once_however_many_undo_it_at_once(table: Table) -> None:
    done = table.does("chair", deeds.MoveStatus("p4", "agreed"))
    who = [table.writer(name) for name in ("chair", "sam", "chair", "sam")]
    deed = deeds.Undo(done.seq)
    answers = at_once(*(lambda w=w, m=m: perform(w, m, deed) for m, w in enumerate(who, 6100)))
    assert sorted(isinstance(answer, Accepted) for answer in answers) == [False] * 3 + [True]
    assert table.provision("p4").status == "open"


def test_an_act_waits_for_who_writes_and_sees_what_was_written(table: Table) -> None:
    """A batch that is being written holds the draft: the act comes after it, on the new text."""
    sam = table.writer("sam")
    split = deeds.SplitProvision("o4", 0, 4)
    started = threading.Event()

    def act() -> Accepted | Declined:
        started.set()
        try:
            return perform(sam, 5200, split)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            drafts.lock(table.cast.draft.pk)
            answer = pool.submit(act)
            started.wait()
            with connection.cursor() as cursor:
                cursor.execute("UPDATE drafting_option SET version = 1 WHERE number = 4")
        told = answer.result()
    assert isinstance(told, Declined)
    assert told.code == "too_old"


def test_typing_while_others_act_is_rebased_or_refused_and_never_lost(table: Table) -> None:
    """Every acknowledged letter is in a text afterwards, and the log leads to each text."""
    cast = table.cast
    before = {o.number: o.content for p in cast.draft.provisions.all() for o in p.options.all()}
    kes = [writer(cast, name) for name in ("chair", "sam")]
    sent = [[f"\u2039{name}{number}\u203a" for number in range(12)] for name in "ab"]

    def types(who: Any, words: list[str]) -> Callable[[], list[Any]]:
        return lambda: [send(who, batch(4, 0, insert(word, 4)))[0] for word in words]

    def acts() -> list[Any]:
        made = []
        for number in range(6):
            version = table.version("o4")
            split = deeds.SplitProvision("o4", version, 4)
            made.append(perform(table.writer("chair"), 5300 + number, split))
            made.append(table.asks("chair", deeds.AddProvision("p3", words="to begin;")))
        return made

    table.writer("chair")
    *typed, done = at_once(*map(types, kes, sent), acts)
    assert any(isinstance(answer, Accepted) for answer in done)
    everything = " ".join(words_of(cast, o.number) for o in options_of(cast))
    for words, answers in zip(sent, typed, strict=True):
        for word, answer in zip(words, answers, strict=True):
            kept = isinstance(answer, Accepted) and answer.keys
            assert (word in everything) == bool(kept), (word, answer)
    for number, content in before.items():
        assert replayed(cast, number, steps.standard(content)) == option_of(cast, number).content
    seqs = list(
        Event.objects.filter(draft=cast.draft).order_by("seq").values_list("seq", flat=True)
    )
    assert seqs == list(range(1, Draft.objects.get(pk=cast.draft.pk).seq + 1))


def options_of(cast: Cast) -> list[Any]:
    return [o for p in cast.draft.provisions.all() for o in p.options.all()]


def option_of(cast: Cast, number: int) -> Any:
    return next(option for option in options_of(cast) if option.number == number)


def test_a_late_batch_meets_the_steps_of_an_act(table: Table) -> None:
    """A label that changed meanwhile moves no word; what was split away takes the place along."""
    sam = writer(table.cast, "sam")
    table.does("chair", deeds.AddProvision("p3", words="to begin;"))
    (answer,) = send(sam, batch(4, 0, insert("surely ")))
    assert isinstance(answer, Accepted)
    assert table.words("o4") == "surely to count the lamps;"
    table.does("chair", deeds.SplitProvision("o4", table.version("o4"), 8))
    late = insert("old ", 22)
    (answer,) = send(sam, batch(4, 2, late))
    assert isinstance(answer, Accepted)
    assert answer.dropped == (late.key,)
    assert texts.plain(table.text("o4")) == "surely "


def test_a_database_that_keeps_one_waiting_too_long_is_busy(table: Table) -> None:
    chair = table.writer("chair")

    def act() -> Accepted | Declined:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        try:
            return perform(chair, 5400, deeds.AddProvision("p4"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        drafts.lock(table.cast.draft.pk)
        told = pool.submit(act).result()
    assert isinstance(told, Declined)
    assert told.code == "busy"


# --- two assistants of the chair ---------------------------------------------------------------


def seen_at(table: Table, key: str) -> dict[str, int]:
    """What a page shows of a provision: its options and how far they have come."""
    return {option.key: option.version for option in table.provision(key).options.all()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (deeds.ChooseOption("o5"), deeds.ChooseOption("o16")),
        (deeds.ChooseOption("o5"), deeds.FoldOptions("p5", ["o5", "o16"], "common")),
        (deeds.RetainNot("KES/75/4", "p5"), deeds.LetStand("p5", ["o16", "o5"])),
        (deeds.FoldOptions("p5", [], "free", words="soon;"), deeds.ChooseOption("o5")),
    ],
)
def test_of_two_who_decide_on_what_both_saw_the_later_is_told(
    table: Table, one: deeds.Deed, other: deeds.Deed
) -> None:
    laws = Laws(table.cast.draft)
    seen = seen_at(table, "p5")
    chair, sam = table.writer("chair"), table.writer("sam")
    first, second = (msgspec.structs.replace(deed, seen=seen) for deed in (one, other))
    answers = at_once(lambda: perform(chair, 5500, first), lambda: perform(sam, 5501, second))
    told = [answer for answer in answers if isinstance(answer, Declined)]
    assert [answer.code for answer in told] in (["too_old"], ["gone"])
    laws.hold()


def test_who_types_in_a_wording_that_is_chosen_meanwhile_is_not_chosen_over(table: Table) -> None:
    """What was typed after the chair looked is seen before it is decided."""
    seen = seen_at(table, "p5")
    (answer,) = send(writer(table.cast, "sam"), batch(5, 0, insert("soon ", 4)))
    assert isinstance(answer, Accepted)
    assert table.may_not("chair", deeds.ChooseOption("o16", seen=seen)).code == "too_old"
    table.does("chair", deeds.ChooseOption("o5", seen=seen_at(table, "p5")))
    assert "soon" in table.words("o5")


def test_a_late_batch_meets_the_steps_of_a_choice(table: Table) -> None:
    """Who writes in the wording that is chosen goes on writing in it."""
    sam = writer(table.cast, "sam")
    table.does("chair", deeds.FoldOptions("p5", ["o5", "o16"], "common"))
    version = table.version("o5")
    table.does("chair", deeds.ChooseOption("o5", "VAL/70/2"))
    (answer,) = send(sam, batch(5, version, insert("all ", 4)))
    assert isinstance(answer, Accepted)
    assert table.words("o5") == "to all mend the lamps when means allow;"


# --- several deeds at once with others -----------------------------------------------------------


def test_of_two_who_settle_much_at_once_one_settles_all_and_the_other_nothing(table: Table) -> None:
    laws = Laws(table.cast.draft)
    seen5, seen4 = seen_at(table, "p5"), seen_at(table, "p4")
    first = deeds.Together(
        [
            deeds.AddOption("p4", copy="o4", seen=seen4),
            deeds.ChooseOption("o5", seen=seen5),
            deeds.MoveStatus("p6", "agreed", was="open"),
        ]
    )
    second = deeds.Together(
        [deeds.MoveStatus("p6", "deferred", was="open"), deeds.ChooseOption("o16", seen=seen5)]
    )
    chair, sam = table.writer("chair"), table.writer("sam")
    answers = at_once(lambda: perform(chair, 5600, first), lambda: perform(sam, 5601, second))
    assert sorted(isinstance(answer, Accepted) for answer in answers) == [False, True]
    laws.hold()
    status = table.provision("p6").status
    assert status == ("agreed" if isinstance(answers[0], Accepted) else "deferred")
    left = set(table.provision("p5").options.all())
    assert {option.key for option in left} == {"o5" if status == "agreed" else "o16"}


def test_deeds_of_one_act_that_are_at_odds_with_each_other_are_not_done(table: Table) -> None:
    laws = Laws(table.cast.draft)
    odd: list[list[deeds.Single]] = [
        [deeds.ChooseOption("o5"), deeds.ChooseOption("o16")],
        [deeds.MoveStatus("p5", "agreed"), deeds.ChooseOption("o5")],
        [deeds.ChooseOption("o5"), deeds.RemoveOption("o5")],
        [deeds.FoldOptions("p5", ["o5", "o16"], "common"), deeds.OrderOptions("p5", ["o16", "o5"])],
        [deeds.RetainNot("KES/75/4", "p5"), deeds.RetainNot("KES/75/4", "p5")],
        [deeds.AddProvision("p4", words="to begin;"), deeds.DeleteProvision("p99")],
    ]
    for several in odd:
        told = table.may_not("chair", deeds.Together(several))
        assert told.code in ("gone", "locked", "invalid"), (several, told)
    laws.hold()


def test_who_types_while_many_are_chosen_is_heard_or_refused_and_never_lost(table: Table) -> None:
    sam, chair = writer(table.cast, "sam"), table.writer("chair")
    words = [f"\u2039{number}\u203a" for number in range(10)]
    several = deeds.Together([deeds.ChooseOption(key) for key in ("o4", "o5", "o6")])
    typed, done = at_once(
        lambda: [send(sam, batch(5, 0, insert(word, 4)))[0] for word in words],
        lambda: perform(chair, 5700, several),
    )
    assert isinstance(done, Accepted), done
    everything = " ".join(words_of(table.cast, o.number) for o in options_of(table.cast))
    for word, answer in zip(words, typed, strict=True):
        assert (word in everything) == (isinstance(answer, Accepted) and bool(answer.keys))
    history = [o.history.count() for o in options_of(table.cast)]
    assert all(history)


def test_a_delegate_takes_back_what_the_chair_decides_on_or_the_chair_decides(table: Table) -> None:
    kes, chair = table.writer("kes"), table.writer("chair")
    for mid in range(5800, 5804):
        done = table.does("kes", deeds.AddOption("p6", copy="o6"))
        seq, choice = done.seq, deeds.ChooseOption(done.made[0])
        answers = at_once(
            partial(perform, kes, mid, deeds.Undo(seq)), partial(perform, chair, mid, choice)
        )
        assert sorted(isinstance(answer, Accepted) for answer in answers) == [False, True]
        told = next(answer for answer in answers if isinstance(answer, Declined))
        assert told.code in ("gone", "too_old", "forbidden")
        if isinstance(answers[1], Accepted):
            table.does("sam", deeds.Undo(answers[1].seq))
            table.does("kes", deeds.Undo(seq))
