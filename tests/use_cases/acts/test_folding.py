"""Wordings become fewer, and come apart again."""

from __future__ import annotations

import pytest

from accounts.models import Delegation
from drafting.domain import text as texts
from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.models import Decision, Position
from drafting.services import deeds
from tests.cast import Cast
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import ISL, KES, VAL, Negotiation, negotiation, reads
from tests.use_cases.acts.table import Table

ASKED = (
    Asked(KES, "c1", "MOD", "p6", text=text_of("to mend the lamps within a week;"), order=1),
    Asked(VAL, "c2", "MOD", "p6", text=text_of("to mend the lamps in time;"), order=2),
    Asked(ISL, "c3", "SUP", "p6", order=3),
)


@pytest.fixture
def talks(cast: Cast) -> Negotiation:
    return negotiation(cast, ASKED)


@pytest.fixture
def table(talks: Negotiation) -> Table:
    return Table(talks.cast)


def option_of(table: Table, code: str) -> str:
    return table.provision("p6").options.get(attributions__code=code).key


def behind(table: Table, key: str) -> list[str]:
    rows = table.option(key).attributions.order_by("place")
    return [row.code or row.name for row in rows]


def decisions(table: Table) -> dict[str, str]:
    found = Decision.objects.filter(draft=table.cast.draft).order_by("pk")
    return {row.code: row.what for row in found}


# --- equal ones --------------------------------------------------------------------------------


def test_equal_wordings_become_one_with_all_behind_it(table: Table) -> None:
    (copy,) = table.does("chair", deeds.AddOption("p6", copy=option_of(table, KES)), "VAL").made
    laws = Laws(table.cast.draft)
    kes = option_of(table, KES)
    table.does("chair", deeds.FoldOptions("p6", [kes, copy], "stack"))
    laws.hold()
    assert behind(table, kes) == [KES, "VAL"]
    assert decisions(table) == {"VAL": "folded"}


def test_wordings_that_differ_are_not_stacked(table: Table) -> None:
    both = [option_of(table, KES), option_of(table, VAL)]
    assert table.may_not("chair", deeds.FoldOptions("p6", both, "stack")).code == "invalid"


def test_what_delegations_think_of_a_wording_is_kept_where_it_went(table: Table) -> None:
    copy = table.does("chair", deeds.AddOption("p6", copy=option_of(table, KES)), "VAL").made[0]
    table.does("kes", deeds.TakePosition("p6", copy, stance="support", words="at last"))
    table.does("chair", deeds.FoldOptions("p6", [option_of(table, KES), copy], "stack"))
    held = Position.objects.get(provision__draft=table.cast.draft)
    assert held.option
    assert held.option.key == option_of(table, KES)


def test_fold_is_undone_with_positions_and_attributions(table: Table, talks: Negotiation) -> None:
    copy = table.does("chair", deeds.AddOption("p6", copy=option_of(table, KES)), "VAL").made[0]
    table.does("kes", deeds.TakePosition("p6", copy, stance="support"))
    before = talks.draft
    folded = table.does("chair", deeds.FoldOptions("p6", [option_of(table, KES), copy], "stack"))
    table.does("sam", deeds.Undo(folded.seq))
    assert talks.draft == before
    held = Position.objects.get(provision__draft=table.cast.draft)
    assert held.option
    assert held.option.key == copy
    assert held.delegation == Delegation.objects.get(symbol="KES")


# --- near ones ---------------------------------------------------------------------------------


@pytest.mark.parametrize("with_base", [True, False])
def test_near_wordings_become_one_text_in_which_each_is_read(
    table: Table, talks: Negotiation, with_base: bool
) -> None:
    laws = Laws(table.cast.draft)
    before = {code: reads(talks.draft, code) for code in (None, KES, VAL, ISL)}
    keys = [option_of(table, KES), option_of(table, VAL)]
    standing = table.provision("p6").options.get(stands=True).key
    answer = table.does(
        "chair", deeds.FoldOptions("p6", [*keys, *([standing] if with_base else [])], "common")
    )
    laws.hold()
    assert {code: reads(talks.draft, code) for code in (None, KES, VAL, ISL)} == before
    kept = standing if with_base else keys[0]
    assert texts.sources(table.text(kept)) == (KES, VAL)
    assert "[" in texts.printed(table.text(kept))
    assert behind(table, kept) == ([] if with_base else [KES, VAL])
    assert decisions(table) == {KES: "folded", VAL: "folded"}
    table.does("chair", deeds.Undo(answer.seq))
    assert {code: reads(talks.draft, code) for code in (None, KES, VAL, ISL)} == before


def test_what_has_alternatives_already_takes_another(table: Table, talks: Negotiation) -> None:
    standing = table.provision("p6").options.get(stands=True).key
    before = {code: reads(talks.draft, code) for code in (None, KES, VAL, ISL)}
    for code in (KES, VAL):
        keys = [standing, option_of(table, code)]
        table.does("chair", deeds.FoldOptions("p6", keys, "common"))
    assert {code: reads(talks.draft, code) for code in (None, KES, VAL, ISL)} == before
    assert texts.printed(table.text(standing)).count("[") == 1


def test_an_option_without_words_is_not_folded_into_a_text(table: Table) -> None:
    both = [option_of(table, KES), option_of(table, ISL)]
    assert table.may_not("chair", deeds.FoldOptions("p6", both, "common")).code == "invalid"


def test_alternatives_become_options_again(table: Table, talks: Negotiation) -> None:
    laws = Laws(table.cast.draft)
    standing = table.provision("p6").options.get(stands=True).key
    before = {code: reads(talks.draft, code) for code in (None, KES, VAL, ISL)}
    keys = [standing, option_of(table, KES), option_of(table, VAL)]
    table.does("chair", deeds.FoldOptions("p6", keys, "common"))
    table.does("chair", deeds.UnfoldOption(standing))
    laws.hold()
    assert {code: reads(talks.draft, code) for code in (None, KES, VAL, ISL)} == before
    assert table.words(option_of(table, KES)) == "to mend the lamps within a week;"
    assert "[" not in texts.printed(table.text(standing))


def test_who_has_no_words_but_those_of_all_keeps_them(cast: Cast) -> None:
    asked = (
        Asked(KES, "c1", "MOD", "p6", text=text_of("to mend all the lamps soon;"), order=1),
        Asked(VAL, "c2", "MOD", "p6", text=text_of("to mend the lamps soon;"), order=2),
    )
    table = Table(negotiation(cast, asked).cast)
    both = [option_of(table, KES), option_of(table, VAL)]
    laws = Laws(table.cast.draft)
    table.does("chair", deeds.FoldOptions("p6", both, "common"))
    table.does("chair", deeds.UnfoldOption(option_of(table, VAL)))
    laws.hold()
    assert {code: table.words(option_of(table, code)) for code in (KES, VAL)} == {
        KES: "to mend all the lamps soon;",
        VAL: "to mend the lamps soon;",
    }


def test_what_holds_no_alternatives_is_not_unfolded(table: Table) -> None:
    assert table.may_not("chair", deeds.UnfoldOption(option_of(table, KES))).code == "invalid"


# --- the chair's own ---------------------------------------------------------------------------


def test_the_chairs_wording_stands_beside_the_others(table: Table) -> None:
    deed = deeds.FoldOptions("p6", [], "free", words="to mend the lamps as soon as can be;")
    (key,) = table.does("chair", deed).made
    assert behind(table, key) == ["Chair"]
    assert not table.option(key).stands
    assert table.provision("p6").options.count() == 5
    assert decisions(table) == {}


def test_the_chairs_wording_comes_instead_of_others(table: Table) -> None:
    laws = Laws(table.cast.draft)
    both = [option_of(table, KES), option_of(table, VAL)]
    deed = deeds.FoldOptions("p6", both, "free", words="to mend them soon;", instead=True)
    (key,) = table.does("chair", deed).made
    laws.hold()
    assert behind(table, key) == ["Chair"]
    assert decisions(table) == {KES: "folded", VAL: "folded"}
    assert table.provision("p6").options.count() == 3


# --- order, and both ---------------------------------------------------------------------------


def test_options_are_set_in_another_order(table: Table) -> None:
    keys = [option.key for option in table.provision("p6").options.order_by("place")]
    table.does("chair", deeds.OrderOptions("p6", keys[::-1]))
    assert [o.key for o in table.provision("p6").options.order_by("place")] == keys[::-1]
    assert table.may_not("chair", deeds.OrderOptions("p6", keys[1:])).code == "invalid"


def test_wordings_that_all_stand_have_provisions_of_their_own(table: Table) -> None:
    laws = Laws(table.cast.draft)
    both = [option_of(table, KES), option_of(table, VAL)]
    table.does("chair", deeds.LetStand("p6", both))
    laws.hold()
    assert table.lines()[5:] == [
        "2 to mend the lamps within a week;",
        "3 to mend the lamps in time;",
        "4 to report to the next assembly what was done.",
    ]
    assert decisions(table) == {KES: "chosen", VAL: "chosen", ISL: "not_retained"}
    assert table.option(both[1]).stands
