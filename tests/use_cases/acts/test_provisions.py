"""Provisions come, go and move; the list is labelled by the place; adopted text leaves a trace."""

from __future__ import annotations

import pytest

from drafting.domain import text as texts
from drafting.domain.draft import OptionKind, Status
from drafting.models import Event
from drafting.services import deeds
from drafting.services.acts import perform
from tests.use_cases.acts.table import Table

START = [
    "considering",
    "a) that lamps go out,",
    "resolves",
    "1 to count the lamps;",
    "2 to mend the lamps within a week; | 2 to mend the lamps when means allow;",
    "3 to report each year.",
]


def test_a_new_item_takes_the_label_of_its_place_and_pushes_on_what_follows(table: Table) -> None:
    assert table.lines() == START
    made = table.does("chair", deeds.AddProvision("p4", words="to clean the lamps;")).made
    assert made == ("p7", "o17")
    assert table.lines()[3:] == [
        "1 to count the lamps;",
        "2 to clean the lamps;",
        "3 to mend the lamps within a week; | 3 to mend the lamps when means allow;",
        "4 to report each year.",
    ]
    assert table.option("o17").stands
    base = table.provision("p6").base
    assert base
    assert texts.from_json(base).label == "3"


def test_the_labels_of_what_follows_come_as_ordinary_steps(table: Table) -> None:
    table.does("chair", deeds.AddProvision("p4"))
    told = Event.objects.filter(draft=table.cast.draft, seq__gt=1)
    assert [event.kind for event in told] == ["text"] * 3 + ["provision.added"]
    assert [event.option for event in told][:3] == [5, 16, 6]
    steps = told[0].payload["steps"]
    assert steps == [{"stepType": "attr", "pos": 0, "attr": "label", "value": "3"}]
    assert told[3].payload["touched"] == {
        "provisions": ["p7"],
        "options": ["o17"],
        "removed": [],
    }


def test_an_item_before_all_others_of_its_call_is_the_first(table: Table) -> None:
    table.does("chair", deeds.AddProvision("p3", words="to begin;"))
    assert table.lines()[3:5] == ["1 to begin;", "2 to count the lamps;"]


def test_other_sections_keep_their_labels(table: Table) -> None:
    table.does("chair", deeds.AddProvision("p2", words="that oil is dear,"))
    assert table.lines()[1:5] == ["a) that lamps go out,", "b) that oil is dear,", *START[2:4]]


def test_a_call_in_between_starts_the_count_again(table: Table) -> None:
    table.does("chair", deeds.AddProvision("p4", kind="call", words="instructs the Council"))
    assert table.lines()[3:] == [
        "1 to count the lamps;",
        "instructs the Council",
        "1 to mend the lamps within a week; | 1 to mend the lamps when means allow;",
        "2 to report each year.",
    ]


def test_what_comes_first_of_all_stands_before_everything(table: Table) -> None:
    table.does("chair", deeds.AddProvision(None, kind="other", level=0, words="A title"))
    assert table.lines() == ["A title", *START]


def test_adding_and_deleting_leaves_no_trace_in_the_labels(table: Table) -> None:
    (key, _option) = table.does("chair", deeds.AddProvision("p4", words="to clean them;")).made
    answer = table.does("chair", deeds.DeleteProvision(key))
    assert table.lines() == START
    event = Event.objects.get(draft=table.cast.draft, seq=answer.seq)
    assert event.payload["touched"]["removed"] == ["p7", "o17"]


def test_a_key_is_never_given_again(table: Table) -> None:
    first = table.does("chair", deeds.AddProvision("p4")).made
    table.does("chair", deeds.DeleteProvision(first[0]))
    assert table.does("chair", deeds.AddProvision("p4")).made == ("p8", "o18")


def test_adopted_text_that_is_deleted_stays_as_delete(table: Table) -> None:
    answer = table.does("chair", deeds.DeleteProvision("p5"))
    assert table.lines()[4:] == ["2 delete", "2 to report each year."]
    kept = table.option("o5")
    assert (kept.kind, kept.stands, kept.version) == (OptionKind.DELETE, True, 1)
    event = Event.objects.get(draft=table.cast.draft, seq=answer.seq)
    assert event.payload["touched"] == {
        "provisions": ["p5"],
        "options": ["o5"],
        "removed": ["o16"],
    }
    assert table.may_not("chair", deeds.DeleteProvision("p5")).code == "invalid"


def test_what_is_deleted_keeps_a_marker_whose_partner_stands_elsewhere(table: Table) -> None:
    opens = deeds.Spot("o4", 0, 1)
    (key,) = table.does("chair", deeds.PairBracket(opens, deeds.Spot("o6", 0, 4))).made
    table.does("chair", deeds.DeleteProvision("p4"))
    assert [getattr(piece, "id", "") for piece in texts.inlines(table.text("o4"))] == [key]


def test_items_of_a_call_that_goes_go_on_in_the_list_before(table: Table) -> None:
    made = table.does("chair", deeds.AddProvision("p4", kind="call", words="instructs")).made
    table.does("chair", deeds.DeleteProvision(made[0]))
    assert table.lines() == START


# --- moving -----------------------------------------------------------------------------------


def test_adopted_text_that_moves_leaves_its_place_marked(table: Table) -> None:
    (there,) = table.does("chair", deeds.MoveProvision("p4", "p6")).made
    left, new = table.provision("p4"), table.provision(there)
    assert new.moved_from == left
    assert new.base is None
    assert table.option("o4").provision == new
    assert table.lines()[3:] == [
        "1 delete",
        "1 to mend the lamps within a week; | 1 to mend the lamps when means allow;",
        "2 to report each year.",
        "3 to count the lamps;",
    ]
    assert texts.from_json(left.base or {}).label == "1"


def test_what_was_never_adopted_just_moves(table: Table) -> None:
    (key, _option) = table.does("chair", deeds.AddProvision("p3", words="to begin;")).made
    assert table.does("chair", deeds.MoveProvision(key, "p6")).made == ()
    assert table.lines() == [*START, "4 to begin;"]
    table.does("chair", deeds.MoveProvision(key, "p3"))
    assert table.lines()[3:5] == ["1 to begin;", "2 to count the lamps;"]


def test_an_item_that_moves_to_another_section_is_labelled_as_those_there(table: Table) -> None:
    table.does("chair", deeds.MoveProvision("p4", "p2"))
    assert table.lines()[:3] == [*START[:2], "b) to count the lamps;"]
    assert table.lines()[4:] == [
        "1 delete",
        "1 to mend the lamps within a week; | 1 to mend the lamps when means allow;",
        "2 to report each year.",
    ]


def test_moving_to_where_it_stands_changes_nothing(table: Table) -> None:
    answer = table.does("chair", deeds.MoveProvision("p4", "p3"))
    assert answer.made == ()
    assert table.lines() == START
    event = Event.objects.get(draft=table.cast.draft, seq=answer.seq)
    assert event.payload["touched"] == {"provisions": [], "options": [], "removed": []}


@pytest.mark.parametrize("back", ["p3", "p4"])
@pytest.mark.parametrize("away", ["p6", "p2", None])
def test_what_comes_back_to_the_place_it_left_was_never_moved(
    table: Table, away: str | None, back: str
) -> None:
    table.does("chair", deeds.AddNote("o4", 0, 1, 3, "why?"))
    (there,) = table.does("chair", deeds.MoveProvision("p4", away)).made
    table.does("chair", deeds.MoveStatus(there, "deferred"))
    assert table.does("chair", deeds.MoveProvision(there, back)).made == ("p4",)
    assert table.lines() == START
    home = table.provision("p4")
    assert not hasattr(home, "moved_to")
    assert (home.status, home.notes.count()) == (Status.DEFERRED, 1)
    assert table.option("o4").provision == home


def test_what_moves_on_from_where_it_is_leaves_one_mark(table: Table) -> None:
    (there,) = table.does("chair", deeds.MoveProvision("p4", "p6")).made
    assert table.does("chair", deeds.MoveProvision(there, "p5")).made == ()
    assert table.provision(there).moved_from == table.provision("p4")


def test_a_place_left_behind_is_acted_on_no_more(table: Table) -> None:
    (there,) = table.does("chair", deeds.MoveProvision("p4", "p6")).made
    for deed in (
        deeds.DeleteProvision("p4"),
        deeds.MoveProvision("p4", "p6"),
        deeds.AddOption("p4"),
        deeds.MoveStatus("p4", "agreed"),
    ):
        assert table.may_not("chair", deed).code == "gone"
    table.does("chair", deeds.DeleteProvision(there))
    assert table.lines()[-1] == "3 delete"


def test_a_provision_cannot_stand_after_itself(table: Table) -> None:
    assert table.may_not("chair", deeds.MoveProvision("p4", "p4")).code == "invalid"


def test_ranks_stay_short_where_many_come_to_one_place(table: Table) -> None:
    from drafting.services.acts import rows

    longest = rows.RANK_LONG
    rows.RANK_LONG = 3
    try:
        for number in range(20):
            table.does("chair", deeds.AddProvision("p4", words=f"item {number};"))
    finally:
        rows.RANK_LONG = longest
    told = [line.split(" ", 1)[1] for line in table.lines()[4:24]]
    assert told == [f"item {number};" for number in reversed(range(20))]


# --- refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "deed",
    [
        deeds.DeleteProvision("p6"),
        deeds.MoveProvision("p6", "p2"),
        deeds.SplitProvision("o6", 0, 4),
        deeds.JoinProvision("p6"),
        deeds.AddOption("p6"),
        deeds.RemoveOption("o6"),
        deeds.Attribute("o6", ["KES"]),
        deeds.AddNote("o6", 0, 1, 3, "why"),
        deeds.SettlePending(True, source="KES", option="o6"),
        deeds.PairBracket(deeds.Spot("o4", 0, 1), deeds.Spot("o6", 0, 3)),
    ],
    ids=lambda deed: type(deed).__name__,
)
def test_closed_text_refuses_and_says_by_whom(table: Table, deed: deeds.Deed) -> None:
    table.does("sam", deeds.MoveStatus("p6", "agreed"))
    answer = table.may_not("chair", deed)
    assert answer.code == "locked"
    assert "agreed, by Sam (Secretary)" in answer.reason


def test_nothing_is_joined_to_closed_text(table: Table) -> None:
    table.does("chair", deeds.RemoveOption("o16"))
    table.does("sam", deeds.MoveStatus("p4", "agreed"))
    assert table.may_not("chair", deeds.JoinProvision("p5")).code == "locked"


def test_closed_text_is_renumbered_with_its_list(table: Table) -> None:
    table.does("sam", deeds.MoveStatus("p6", "agreed"))
    table.does("chair", deeds.AddProvision("p3", words="to begin;"))
    assert table.lines()[-1] == "4 to report each year."
    assert table.provision("p6").status == Status.AGREED


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (deeds.AddProvision("p99"), "gone"),
        (deeds.AddProvision("o4"), "gone"),
        (deeds.DeleteProvision("p99"), "gone"),
        (deeds.RemoveOption("o99"), "gone"),
        (deeds.RemoveOption("p4"), "gone"),
        (deeds.SplitProvision("o4", 7, 4), "unknown"),
        (deeds.SplitProvision("o4", 0, 4000), "invalid"),
        (deeds.SplitProvision("o4", 0, 0), "invalid"),
        (deeds.AddNote("o4", 0, 900, 950, "x"), "invalid"),
        (deeds.AddNote("o4", 0, 1, 1, "  "), "invalid"),
        (deeds.AddProvision("p4", words="a\x00b"), "invalid"),
        (deeds.AddProvision("p4", words="a\u202eb"), "invalid"),
        (deeds.AddNote("o4", 0, 1, 1, "a\ud800b"), "invalid"),
        (deeds.AddOption("p4", copy="o6"), "gone"),
        (deeds.Attribute("o4", ["Nobody"]), "invalid"),
        (deeds.Attribute("o4", [""]), "invalid"),
        (deeds.Attribute("o4", ["KES"], "nosuch"), "gone"),
        (deeds.LiftBracket("nosuch"), "gone"),
        (deeds.SettlePending(True), "invalid"),
        (deeds.RemoveOption("o4"), "invalid"),
        (deeds.MoveStatus("p4", "agreed_higher"), "invalid"),
        (deeds.MoveStatus("p4", "reopened"), "invalid"),
        (deeds.PairBracket(deeds.Spot("o6", 0, 1), deeds.Spot("o4", 0, 1)), "invalid"),
        (deeds.PairBracket(deeds.Spot("o4", 0, 5), deeds.Spot("o4", 0, 2)), "invalid"),
        (deeds.PairBracket(deeds.Spot("o5", 0, 2), deeds.Spot("o16", 0, 5)), "invalid"),
        (deeds.PairBracket(deeds.Spot("o4", 0, 0), deeds.Spot("o4", 0, 5000)), "invalid"),
        (deeds.JoinProvision("p1"), "invalid"),
        (deeds.JoinProvision("p2"), "invalid"),
        (deeds.JoinProvision("p6"), "invalid"),
        (deeds.SplitProvision("o5", 0, 4), "invalid"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value)[:60],
)
def test_what_cannot_be_is_refused_with_a_reason(table: Table, deed: deeds.Deed, code: str) -> None:
    before = table.lines()
    answer = table.may_not("chair", deed)
    assert answer.code == code
    assert answer.reason
    assert "our side" not in answer.reason
    assert table.lines() == before


# --- once -------------------------------------------------------------------------------------


def test_an_act_sent_again_gets_its_first_answer_and_is_done_once(table: Table) -> None:
    chair, deed = table.writer("chair"), deeds.AddProvision("p4", words="to begin;")
    first = perform(chair, 1000, deed)
    table.does("chair", deeds.AddProvision("p4", words="to go on;"))
    table.does("sam", deeds.MoveStatus("p4", "agreed"))
    assert perform(chair, 1000, deed) == first
    assert sum("begin" in line for line in table.lines()) == 1


def test_a_number_that_named_a_batch_names_no_act(table: Table) -> None:
    chair = table.writer("chair")
    event = Event.objects.get(draft=table.cast.draft, seq=1)
    Event.objects.filter(pk=event.pk).update(kind="text", client=chair.client, mid=1001)
    answer = perform(chair, 1001, deeds.AddProvision("p4"))
    assert getattr(answer, "code", "") == "invalid"
