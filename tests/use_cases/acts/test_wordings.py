"""Options, who stands behind them, remarks, brackets, pending changes, statuses."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.domain import text as texts
from drafting.domain.draft import OptionKind, Status
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Paragraph,
    PendingChange,
    Run,
    Text,
)
from drafting.models import Event, Note
from drafting.services import deeds
from drafting.steps import standard
from tests.cast import Cast
from tests.use_cases.acts.table import Table


def pending(kind: Any, key: str, source: str, words: str) -> Run:
    return Run(words, changes=(PendingChange(kind, key, source),))


def contested() -> dict[str, Any]:
    """ "to [very] not count the lamps;" with changes of two delegations."""
    return standard(
        texts.to_json(
            Text(
                (
                    Paragraph(
                        (
                            Run("to "),
                            BracketOpen("br1"),
                            pending("insertion", "k1", "KES", "very "),
                            BracketClose("br1"),
                            pending("insertion", "v1", "VAL", "not "),
                            pending("deletion", "k2", "KES", "count "),
                            Run("the lamps;"),
                        ),
                        "1",
                    ),
                )
            )
        )
    )


# --- options ----------------------------------------------------------------------------------


def test_another_wording_is_a_copy_at_the_end_that_does_not_stand(table: Table) -> None:
    (key,) = table.does("chair", deeds.AddOption("p4", copy="o4")).made
    assert table.lines()[3] == "1 to count the lamps; | 1 to count the lamps;"
    made = table.option(key)
    assert (made.stands, made.place, made.version) == (False, 1, 0)
    assert not made.attributions.exists()


def test_a_copy_has_brackets_and_changes_of_its_own(table: Table) -> None:
    table.write("o4", contested())
    (key,) = table.does("chair", deeds.AddOption("p4", copy="o4")).made
    table.does("chair", deeds.LiftBracket("br1"))
    table.does("chair", deeds.SettlePending(True, ids=["k1", "k2", "v1"]))
    assert texts.printed(table.text("o4")) == "1\tto very not the lamps;"
    assert texts.printed(table.text(key)) == "1\tto [very ]not count the lamps;"
    assert len({c.id for p in texts.inlines(table.text(key)) for c in p.changes}) == 3


def test_without_a_copy_it_is_the_adopted_text_or_nothing(table: Table) -> None:
    (key,) = table.does("chair", deeds.AddOption("p5")).made
    assert table.words(key) == "to mend the lamps at once;"
    (new, _option) = table.does("chair", deeds.AddProvision("p4", words="to begin;")).made
    (key,) = table.does("chair", deeds.AddOption(new)).made
    assert texts.printed(table.text(key)) == "2\t"


@pytest.mark.parametrize("kind", [OptionKind.NO_TEXT, OptionKind.DELETE])
def test_no_text_and_delete_are_options_too_once_each(table: Table, kind: OptionKind) -> None:
    (key,) = table.does("chair", deeds.AddOption("p4", kind.value), "VAL/70/2").made
    assert table.option(key).kind == kind
    assert table.lines()[3] == f"1 to count the lamps; | 1 {kind}"
    assert [a.code for a in table.option(key).attributions.all()] == ["VAL/70/2"]
    assert table.may_not("chair", deeds.AddOption("p4", kind.value)).code == "invalid"


def test_the_last_option_left_stands(table: Table) -> None:
    answer = table.does("chair", deeds.RemoveOption("o5"))
    assert table.option("o16").stands
    event = Event.objects.get(draft=table.cast.draft, seq=answer.seq)
    assert event.payload["touched"] == {
        "provisions": ["p5"],
        "options": ["o16"],
        "removed": ["o5"],
    }


def test_where_delete_was_the_last_word_the_list_closes_up(table: Table) -> None:
    (key,) = table.does("chair", deeds.AddOption("p5", "delete")).made
    table.does("chair", deeds.RemoveOption("o5"))
    table.does("chair", deeds.RemoveOption("o16"))
    assert table.option(key).stands
    assert table.lines()[4:] == ["2 delete", "2 to report each year."]
    (text,) = table.does("chair", deeds.AddOption("p5")).made
    table.does("chair", deeds.RemoveOption(key))
    assert table.lines()[4:] == ["2 to mend the lamps at once;", "3 to report each year."]
    assert table.option(text).stands


# --- who stands behind it ----------------------------------------------------------------------


def test_names_replace_those_that_stood_there(table: Table) -> None:
    table.does("chair", deeds.Attribute("o5", ["VAL", "KES/75/4"]))
    rows = table.option("o5").attributions.order_by("place")
    assert [(a.code, a.name, a.literal) for a in rows] == [
        ("KES/75/4", "Kestria", "KES/75/4 Kestria"),
        ("", "VAL", ""),
    ]
    table.does("chair", deeds.Attribute("o5", []))
    assert not table.option("o5").attributions.exists()


def test_a_bracket_has_its_own(table: Table) -> None:
    spot = deeds.Spot("o5", 0, 4)
    (key,) = table.does("chair", deeds.PairBracket(spot, deeds.Spot("o5", 0, 8))).made
    table.does("chair", deeds.Attribute("o5", ["VAL"], key))
    rows = table.option("o5").attributions.order_by("place")
    assert [(a.code or a.name, a.bracket) for a in rows] == [("KES/75/4", ""), ("VAL", key)]
    table.does("chair", deeds.LiftBracket(key))
    assert table.option("o5").attributions.count() == 1


def test_the_long_id_of_a_bracket_that_was_typed_has_room(table: Table) -> None:
    key = "Zk3v9Qm1rT0aXc7LwPe_-Ambq3k2xz-b1f"
    text = Text((Paragraph((BracketOpen(key), Run("to count the lamps;")), "1"),))
    table.write("o4", texts.to_json(text))
    table.does("chair", deeds.Attribute("o4", ["VAL"], key))
    assert table.option("o4").attributions.get().bracket == key


# --- notes ------------------------------------------------------------------------------------


def test_a_remark_lies_on_its_words(table: Table) -> None:
    (key,) = table.does("sam", deeds.AddNote("o4", 0, 4, 9, "which?"), "KES").made
    note = Note.objects.get(key=key)
    assert (note.text, note.by, note.provision.key, note.kind) == (
        "which?",
        "KES",
        "p4",
        "drafting",
    )
    marked = [piece for piece in texts.inlines(table.text("o4")) if isinstance(piece, Run)]
    assert [piece.text for piece in marked if key in piece.notes] == ["count"]
    assert table.version("o4") == 1


def test_a_remark_on_no_words_is_on_the_provision(table: Table) -> None:
    table.does("kes", deeds.AddNote("o4", 0, 4, 4, "why at all?", "comment"))
    assert Note.objects.get().by == "KES"
    assert table.version("o4") == 0


def test_a_remark_on_a_text_that_went_on_is_too_old(table: Table) -> None:
    table.does("chair", deeds.AddNote("o4", 0, 4, 9, "which?"))
    assert table.may_not("chair", deeds.AddNote("o4", 0, 4, 9, "which?")).code == "too_old"


# --- pending changes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deed", "then"),
    [
        (deeds.SettlePending(True, ids=["k1"]), "to [very ]not count the lamps;"),
        (deeds.SettlePending(False, ids=["k1"]), "to []not count the lamps;"),
        (deeds.SettlePending(True, source="KES"), "to [very ]not the lamps;"),
        (deeds.SettlePending(False, source="KES"), "to []not count the lamps;"),
        (deeds.SettlePending(False, source="VAL", option="o4"), "to [very ]count the lamps;"),
    ],
    ids=str,
)
def test_changes_are_settled_by_id_or_by_source(
    table: Table, deed: deeds.SettlePending, then: str
) -> None:
    table.write("o4", contested())
    table.does("chair", deed)
    assert texts.printed(table.text("o4"), with_label=False) == then


def test_all_of_one_source_in_the_whole_draft_but_not_in_closed_text(table: Table) -> None:
    for key in ("o4", "o5", "o6"):
        table.write(key, contested())
    table.does("chair", deeds.MoveStatus("p6", "agreed"))
    answer = table.does("chair", deeds.SettlePending(True, source="KES"))
    event = Event.objects.get(draft=table.cast.draft, seq=answer.seq)
    assert event.payload["touched"]["options"] == ["o4", "o5"]
    assert table.version("o6") == 0
    assert table.may_not("chair", deeds.SettlePending(True, source="KES")).code == "locked"


def test_where_nothing_is_pending_the_act_is_told_all_the_same(table: Table) -> None:
    answer = table.does("chair", deeds.SettlePending(True, source="KES"))
    assert Event.objects.get(draft=table.cast.draft, seq=answer.seq).kind == "pending.settled"


def test_a_delegate_withdraws_their_own_changes_and_no_others(table: Table) -> None:
    table.write("o4", contested())
    for deed in (
        deeds.SettlePending(True, source="KES"),
        deeds.SettlePending(False, source="VAL"),
        deeds.SettlePending(False, ids=["v1"]),
        deeds.SettlePending(False, ids=["k1", "v1"]),
        deeds.SettlePending(True, ids=["k1"]),
    ):
        assert table.may_not("kes", deed).code == "forbidden"
    table.does("kes", deeds.SettlePending(False, ids=["k1"]))
    table.does("kes", deeds.SettlePending(False, source="KES"))
    assert texts.printed(table.text("o4"), with_label=False) == "to []not count the lamps;"


# --- brackets -----------------------------------------------------------------------------------


def test_a_bracket_goes_around_words(table: Table) -> None:
    opens, closes = deeds.Spot("o4", 0, 4), deeds.Spot("o4", 0, 9)
    table.does("chair", deeds.PairBracket(opens, closes, "deletion"))
    assert texts.printed(table.text("o4"), with_label=False) == "to [count] the lamps;"
    assert table.version("o4") == 1


def test_a_bracket_goes_over_several_provisions_also_over_closed_ones(table: Table) -> None:
    table.does("chair", deeds.MoveStatus("p5", "agreed"))
    opens, closes = deeds.Spot("o4", 0, 4), deeds.Spot("o6", 0, 10)
    (key,) = table.does("chair", deeds.PairBracket(opens, closes)).made
    assert table.lines()[3] == "1 to [count the lamps;"
    assert table.lines()[5] == "3 to report] each year."
    table.does("chair", deeds.LiftBracket(key))
    assert table.lines()[3] == "1 to count the lamps;"
    assert table.lines()[5] == "3 to report each year."


def test_half_a_bracket_is_not_lifted_from_closed_text(table: Table) -> None:
    opens, closes = deeds.Spot("o4", 0, 4), deeds.Spot("o6", 0, 10)
    (key,) = table.does("chair", deeds.PairBracket(opens, closes)).made
    table.does("chair", deeds.MoveStatus("p6", "agreed"))
    assert table.may_not("chair", deeds.LiftBracket(key)).code == "locked"
    assert table.lines()[3] == "1 to [count the lamps;"


# --- statuses -----------------------------------------------------------------------------------


def test_a_status_moves_along_its_table_with_a_reason(table: Table) -> None:
    table.does("chair", deeds.MoveStatus("p4", "agreed"))
    assert table.may_not("chair", deeds.MoveStatus("p4", "reopened", " ")).code == "invalid"
    answer = table.does("sam", deeds.MoveStatus("p4", "reopened", "VAL asks"))
    row = table.provision("p4")
    assert (row.status, row.status_reason) == (Status.REOPENED, "VAL asks")
    version = row.history.first()
    assert (version.history_user, version.acting_for) == (table.cast.users["sam"], "Secretary")
    event = Event.objects.get(draft=table.cast.draft, seq=answer.seq)
    assert event.payload["touched"]["provisions"] == ["p4"]


# --- for whom -----------------------------------------------------------------------------------


def test_history_and_log_say_who_acted_and_for_whom(cast: Cast, table: Table) -> None:
    answer = table.does("chair", deeds.AddProvision("p4", words="to begin;"), "KES/75/4")
    event = Event.objects.get(draft=cast.draft, seq=answer.seq)
    assert (event.actor, event.acting_for) == (cast.users["chair"], "KES/75/4")
    option = table.option(answer.made[1])
    assert [a.code for a in option.attributions.all()] == ["KES/75/4"]
    first = option.history.first()
    assert (first.history_user, first.acting_for) == (cast.users["chair"], "KES/75/4")


@pytest.mark.parametrize(
    ("name", "whom", "may"),
    [
        ("chair", "", True),
        ("chair", "Chair", True),
        ("chair", "VAL", True),
        ("chair", "VAL/70/2", True),
        ("chair", "Nobody", False),
        ("kes", "KES", True),
        ("kes", "VAL", False),
        ("kes", "Chair", False),
    ],
)
def test_one_acts_for_whom_one_may(table: Table, name: str, whom: str, may: bool) -> None:
    deed = deeds.AddNote("o4", 0, 1, 1, "why?")
    if may:
        table.does(name, deed, whom)
    else:
        assert table.may_not(name, deed, whom).code == "forbidden"
