"""Proposals are withdrawn by those who made them, or not retained by the chair."""

from __future__ import annotations

import pytest

from drafting.domain import text as texts
from drafting.domain.consolidation import Asked
from drafting.domain.disposition import dispositions
from drafting.domain.lifecycle import is_contested
from drafting.domain.text import text_of
from drafting.models import Decision, Draft
from drafting.selectors.dispositions import changes_of, closings_of, decisions_of
from drafting.selectors.table import added_of, wishes_of
from drafting.selectors.values import draft_value
from drafting.services import consolidating, deeds
from drafting.services.acts import Effect, effect
from tests.cast import Cast
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import ISL, JOINT, KES, VAL, Negotiation, negotiation, wishes
from tests.use_cases.acts.table import Table

WEEK = text_of("to mend the lamps within a week;")
ASKED = (
    Asked(KES, "k1", "MOD", "p6", text=WEEK, order=1),
    Asked(VAL, "v1", "MOD", "p6", text=WEEK, order=2),
    Asked(ISL, "i1", "MOD", "p6", text=text_of("to mend the lamps in time;"), order=3),
    Asked(JOINT, "j1", "SUP", "p5", order=4),
    Asked(KES, "k2", "ADD", after="p6", text=text_of("to paint the towers;"), order=5),
    Asked(KES, "k3", "NOC", "p7", order=6),
)


@pytest.fixture(params=[False, True], ids=["options", "inline"])
def talks(cast: Cast, request: pytest.FixtureRequest) -> Negotiation:
    return negotiation(cast, ASKED, inline=request.param)


@pytest.fixture
def table(talks: Negotiation) -> Table:
    return Table(talks.cast)


def decided(table: Table, what: str) -> set[tuple[int, str]]:
    found = Decision.objects.filter(draft=table.cast.draft, what=what)
    return set(found.values_list("provision", "code"))


def test_a_delegate_withdraws_what_the_own_delegation_asks_for(
    table: Table, talks: Negotiation
) -> None:
    laws = Laws(table.cast.draft)
    others = {pair: words for pair, words in wishes(talks.draft).items() if pair[1] != KES}
    table.does("kes", deeds.WithdrawProposal(KES, words="in view of what was said"))
    laws.hold()
    assert wishes(talks.draft) == others
    assert decided(table, "withdrawn") == {(0, KES), (6, KES), (7, KES), (8, KES)}
    assert not table.cast.draft.provisions.filter(base__isnull=True).exists()
    assert table.lines()[-1] == "3 to report to the next assembly what was done."


@pytest.mark.parametrize("code", [VAL, JOINT, "VAL", ISL])
def test_nobody_withdraws_for_others(table: Table, code: str) -> None:
    assert table.may_not("kes", deeds.WithdrawProposal(code)).code == "forbidden"


def test_of_a_proposal_that_several_tabled_one_is_told_who_withdraws_it(table: Table) -> None:
    told = table.may_not("kes", deeds.WithdrawProposal(JOINT))
    assert told.reason.startswith("KES/VAL/80/1 names all who tabled it: the chair")
    assert "your own" in table.may_not("kes", deeds.WithdrawProposal(ISL)).reason


def test_who_withdraws_alone_leaves_the_wording_to_those_who_ask_for_it_too(
    table: Table, talks: Negotiation
) -> None:
    """Each under a code of its own: the name goes, the words stay, and the table tells both."""
    before = wishes(talks.draft)
    assert before["p6", KES] == before["p6", VAL]
    table.does("kes", deeds.WithdrawProposal(KES, "p6", "we are content"))
    others = {at: words for at, words in before.items() if at != ("p6", KES)}
    assert wishes(talks.draft) == others
    assert decided(table, "withdrawn") == {(6, KES)}
    told = came(table)
    assert (told[KES, "k1"], told[KES, "k2"], told[KES, "k3"]) == ("withdrawn", "option", "taken")
    assert told[VAL, "v1"] in ("option", "folded")


def test_a_delegation_withdraws_its_name_from_a_wording_that_others_stand_behind(
    cast: Cast,
) -> None:
    table = Table(cast)
    table.does("chair", deeds.Attribute("o16", ["KES", "VAL/70/2"]))
    table.does("kes", deeds.WithdrawProposal("KES", "p5"))
    assert [a.code for a in table.option("o16").attributions.all()] == ["VAL/70/2"]
    assert decided(table, "withdrawn") == {(5, "KES")}


def test_the_secretary_withdraws_for_those_who_say_so(table: Table) -> None:
    table.does("sam", deeds.WithdrawProposal(JOINT, "p5", "both said so"), JOINT)
    assert decided(table, "withdrawn") == {(5, JOINT)}
    assert Decision.objects.get(code=JOINT).acting_for == JOINT
    assert table.lines()[4] == "1 to count the lamps of each tower once a year;"


def test_what_another_asks_for_too_stays(table: Table, talks: Negotiation) -> None:
    table.does("chair", deeds.RetainNot(KES, "p6", "too soon"))
    provision = next(p for p in talks.draft.provisions if p.key == "p6")
    assert ("p6", KES) not in wishes(talks.draft)
    assert wishes(talks.draft)["p6", VAL] == {("to mend the lamps within a week",)}
    assert is_contested(provision)


def test_nothing_of_the_proposals_is_retained_and_the_base_stays(
    table: Table, talks: Negotiation
) -> None:
    laws = Laws(table.cast.draft)
    answer = table.does("chair", deeds.RetainNot(None, "p6", "no agreement in sight"))
    laws.hold()
    assert table.lines()[5] == "2 to mend the lamps at once;"
    assert "[" not in texts.printed(table.text("o6"))
    assert decided(table, "not_retained") == {(6, KES), (6, VAL), (6, ISL)}
    rationale = Decision.objects.filter(seq=answer.seq).values_list("rationale", flat=True)
    assert set(rationale) == {"no agreement in sight"}


def test_an_addition_that_is_not_retained_goes(table: Table) -> None:
    added = table.cast.draft.provisions.get(base__isnull=True)
    answer = table.does("chair", deeds.RetainNot(None, added.key))
    assert not table.cast.draft.provisions.filter(base__isnull=True).exists()
    assert decided(table, "not_retained") == {(added.number, KES)}
    table.does("chair", deeds.Undo(answer.seq))
    assert table.cast.draft.provisions.get(base__isnull=True).number == added.number
    assert Decision.objects.get(code=KES, provision=added.number).undone


def test_where_only_proposals_are_the_adopted_wording_comes_back(cast: Cast) -> None:
    """The draft of the cast has two options and no standing one."""
    table = Table(cast)
    table.does("chair", deeds.RetainNot(None, "p5"))
    assert table.lines()[4] == "2 to mend the lamps at once;"
    assert table.provision("p5").options.get().stands


def test_closed_text_is_passed_over_or_refused(table: Table) -> None:
    table.does("chair", deeds.MoveStatus("p6", "agreed"))
    assert table.may_not("kes", deeds.WithdrawProposal(KES, "p6")).code == "locked"
    table.does("kes", deeds.WithdrawProposal(KES))
    assert (6, KES) not in decided(table, "withdrawn")
    assert (7, KES) in decided(table, "withdrawn")


def test_what_was_never_taken_up_is_withdrawn_too(cast: Cast) -> None:
    table = Table(negotiation(cast, ASKED, taken=()).cast)
    table.does("kes", deeds.WithdrawProposal(KES))
    assert decided(table, "withdrawn") == {(0, KES), (6, KES), (7, KES)}


def test_of_what_nobody_knows_nothing_is_withdrawn(table: Table) -> None:
    assert table.may_not("chair", deeds.WithdrawProposal("UTO/1/1")).code == "gone"
    assert table.may_not("chair", deeds.WithdrawProposal(KES, "p2")).code == "invalid"
    assert table.may_not("chair", deeds.RetainNot()).code == "invalid"


# --- one change ---------------------------------------------------------------------------------

TWO = (
    Asked(KES, "k1", "ADD", after="p6", text=text_of("to paint the towers;"), order=1),
    Asked(KES, "k2", "ADD", after="p6", text=text_of("to train the keepers of lamps;"), order=2),
    Asked(KES, "k3", "MOD", "p6", text=WEEK, order=3),
    Asked(VAL, "v1", "ADD", after="p6", text=text_of("to buy better oil;"), order=4),
)


@pytest.fixture
def waiting(cast: Cast) -> Table:
    """Nothing of what is asked for is in the draft."""
    return Table(negotiation(cast, TWO, taken=()).cast)


def came(table: Table) -> dict[tuple[str, str], str]:
    """What came of each change, as the disposition table tells it."""
    draft = Draft.objects.get(pk=table.cast.draft.pk)
    text = draft_value(draft)
    rows = dispositions(text, changes_of(draft, text), decisions_of(draft), closings_of(draft))
    return {row.change.ident: row.outcome.value for row in rows}


def on_the_table(table: Table) -> dict[str, str]:
    """The additions that the table still shows, by their change, and what was decided on them."""
    found = wishes_of(table.cast.draft, added_of(table.cast.draft)).additions
    return {one.change: one.over for row in found.values() for one in row}


def test_one_addition_that_stands_nowhere_is_let_go_alone(waiting: Table) -> None:
    laws = Laws(waiting.cast.draft)
    deed = deeds.RetainNot(KES, change="k1", rationale="there is no paint")
    told = effect(waiting.writer("chair"), deed)
    assert isinstance(told, Effect)
    assert told.sentences == ("The addition of KES/75/4 is not retained: “to paint the towers;”.",)
    answer = waiting.does("chair", deed)
    laws.hold()
    row = Decision.objects.get(draft=waiting.cast.draft)
    assert (row.provision, row.change, row.rationale) == (0, "k1", "there is no paint")
    assert came(waiting)[KES, "k1"] == "not_retained"
    assert {came(waiting)[key] for key in ((KES, "k2"), (KES, "k3"), (VAL, "v1"))} == {"waiting"}
    assert on_the_table(waiting) == {"k1": "not_retained", "k2": "", "v1": ""}
    back = waiting.does("sam", deeds.Undo(answer.seq))
    assert came(waiting)[KES, "k1"] == "waiting"
    assert on_the_table(waiting)["k1"] == ""
    waiting.does("sam", deeds.Undo(back.seq))
    assert came(waiting)[KES, "k1"] == "not_retained"


def test_a_delegate_withdraws_one_addition_of_the_own_delegation(waiting: Table) -> None:
    waiting.does("kes", deeds.WithdrawProposal(KES, words="too dear", change="k2"))
    assert came(waiting)[KES, "k2"] == "withdrawn"
    assert came(waiting)[KES, "k1"] == "waiting"
    told = waiting.may_not("kes", deeds.WithdrawProposal(VAL, change="v1"))
    assert told.code == "forbidden"
    assert waiting.may_not("kes", deeds.RetainNot(KES, change="k1")).code == "forbidden"


def test_an_addition_that_was_let_go_may_be_taken_up_after_all(waiting: Table) -> None:
    waiting.does("chair", deeds.RetainNot(KES, change="k1"))
    waiting.does("chair", deeds.TakeUp(KES, change="k1"))
    assert came(waiting)[KES, "k1"] == "option"
    added = waiting.cast.draft.provisions.get(base__isnull=True)
    waiting.does("chair", deeds.RetainNot(KES, change="k1"))
    assert not waiting.cast.draft.provisions.filter(base__isnull=True).exists()
    assert (added.number, KES) in decided(waiting, "not_retained")
    assert came(waiting)[KES, "k1"] == "not_retained"


def test_of_two_additions_that_stand_one_goes(waiting: Table) -> None:
    waiting.does("chair", deeds.TakeUp(KES))
    waiting.does("kes", deeds.WithdrawProposal(KES, change="k1"))
    assert came(waiting) == {
        (KES, "k1"): "withdrawn",
        (KES, "k2"): "option",
        (KES, "k3"): "option",
        (VAL, "v1"): "waiting",
    }


def test_a_change_of_adopted_text_is_what_is_asked_for_there(waiting: Table) -> None:
    waiting.does("chair", deeds.TakeUp(KES))
    waiting.does("chair", deeds.RetainNot(KES, change="k3"))
    assert (6, KES) in decided(waiting, "not_retained")
    assert came(waiting)[KES, "k3"] == "not_retained"
    waiting.does("chair", deeds.MoveStatus("p6", "agreed"))
    assert waiting.may_not("chair", deeds.RetainNot(KES, change="k3")).code == "locked"


def test_of_a_change_that_nobody_asked_for_nothing_is_let_go(waiting: Table) -> None:
    assert waiting.may_not("chair", deeds.RetainNot(KES, change="k9")).code == "gone"
    assert waiting.may_not("chair", deeds.RetainNot(VAL, change="k1")).code == "gone"


def test_what_was_let_go_alone_is_not_consolidated(waiting: Table) -> None:
    waiting.does("chair", deeds.RetainNot(KES, change="k1"))
    consolidating.put(waiting.cast.actor("chair"), waiting.cast.draft.pk)
    lines = waiting.lines()
    assert not any("paint" in line for line in lines)
    assert any("train" in line for line in lines)
