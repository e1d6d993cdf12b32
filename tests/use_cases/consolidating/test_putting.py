"""Looking at the consolidated draft changes nothing; putting it is one act that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.consolidation import Style
from drafting.domain.dispositions import Deciding
from drafting.domain.draft import Status
from drafting.models import AdHocGroup, Before, Decision, Provision
from drafting.permissions import Forbidden
from drafting.selectors.values import draft_value
from drafting.services import consolidating, deeds
from drafting.services.consolidating import look, put
from drafting.services.deeds import MoveStatus, Undo
from drafting.services.refusals import Refused
from tests.cast import SETUP, Cast
from tests.use_cases.acts.table import Table
from tests.use_cases.consolidating.tabled import KES, VAL, tabled


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """The cast, with two proposals on their draft. p5 is contested already."""
    tabled(cast.draft, "KES/75/9", KES)
    tabled(cast.draft, "VAL/70/9", VAL)
    return cast


def now(cast: Cast) -> values.Draft:
    cast.draft.refresh_from_db()
    return draft_value(cast.draft)


def wordings(draft: values.Draft, key: str) -> list[tuple[str, list[str | None]]]:
    held = {provision.key: provision for provision in draft.provisions}
    return [(texts.plain(o.text), [a.code for a in o.attributions]) for o in held[key].options]


def test_a_look_changes_nothing_and_tells_nobody(asked: Cast) -> None:
    before, seq = now(asked), asked.draft.seq
    found = look(asked.actor("chair"), asked.draft)
    assert found.law_holds
    assert now(asked) == before
    assert asked.draft.seq == seq


def test_what_is_put_is_what_was_looked_at(asked: Cast) -> None:
    seen = look(asked.actor("chair"), asked.draft)
    found = put(asked.actor("chair"), asked.draft.pk, mark=seen.mark)
    assert found.outcome.provisions == seen.outcome.provisions
    assert now(asked).provisions == found.outcome.provisions
    assert wordings(now(asked), "p4") == [
        ("to count the lamps;", []),
        ("to count the good lamps;", ["KES/75/9", "VAL/70/9"]),
    ]


def test_putting_is_one_event_in_the_name_of_who_did_it(asked: Cast) -> None:
    put(asked.actor("sam"), asked.draft.pk)
    (event,) = asked.draft.events.filter(kind="draft.consolidated")
    assert (event.actor_name, event.acting_for) == ("Sam", "Secretary")
    assert set(event.payload["touched"]["provisions"]) == {"p4", "p6", "p7"}
    version = Provision.history.get(number=7)
    assert (version.history_user, version.acting_for) == (asked.users["sam"], "Secretary")


def test_what_stands_where_it_stood_is_not_touched(asked: Cast) -> None:
    ranks = dict(Provision.objects.values_list("number", "rank"))
    versions = Provision.history.filter(number__lte=6).count()
    put(asked.actor("chair"), asked.draft.pk)
    assert {n: r for n, r in Provision.objects.values_list("number", "rank") if n < 7} == ranks
    assert Provision.history.filter(number__lte=6).count() == versions


def test_each_change_that_is_taken_up_leaves_a_decision(asked: Cast) -> None:
    put(asked.actor("chair"), asked.draft.pk)
    told = Decision.objects.values_list("code", "provision", "what", "by", "acting_for")
    assert sorted(told) == [
        ("KES/75/9", 4, Deciding.TAKEN_UP, "Chair", "Chair"),
        ("KES/75/9", 7, Deciding.TAKEN_UP, "Chair", "Chair"),
        ("VAL/70/9", 4, Deciding.TAKEN_UP, "Chair", "Chair"),
        ("VAL/70/9", 6, Deciding.TAKEN_UP, "Chair", "Chair"),
    ]


def test_how_it_was_before_is_kept(asked: Cast) -> None:
    put(asked.actor("chair"), asked.draft.pk)
    kept = Before.objects.get()
    assert set(kept.provisions) == set(kept.after) == {"p4", "p6", "p7"}
    assert kept.provisions["p7"] is None
    assert len(kept.provisions["p4"]["options"]) == 1
    assert len(kept.after["p4"]["options"]) == 2


@pytest.mark.parametrize("style", ["options", "inline"])
def test_it_is_undone_and_done_again_as_one_step(asked: Cast, style: str) -> None:
    table = Table(asked)
    consolidating.set_style(asked.actor("chair"), asked.group, style, 8)
    asked.draft.group.refresh_from_db()
    before = now(asked)
    put(asked.actor("chair"), asked.draft.pk)
    after = now(asked)
    back = table.does("sam", Undo(asked.draft.events.get(kind="draft.consolidated").seq))
    assert now(asked) == before
    assert set(Decision.objects.values_list("undone", flat=True)) == {True}
    table.does("chair", Undo(back.seq))
    assert now(asked) == after
    assert set(Decision.objects.values_list("undone", flat=True)) == {False}


def test_it_is_not_undone_where_somebody_went_on_from_it(asked: Cast) -> None:
    table = Table(asked)
    put(asked.actor("chair"), asked.draft.pk)
    seq = asked.draft.events.get(kind="draft.consolidated").seq
    table.does("sam", MoveStatus("p7", Status.DEFERRED.value))
    assert "Sam" in table.may_not("chair", Undo(seq)).reason


def test_what_was_undone_can_be_consolidated_again(asked: Cast) -> None:
    put(asked.actor("chair"), asked.draft.pk)
    Table(asked).does("chair", Undo(asked.draft.events.get(kind="draft.consolidated").seq))
    asked.draft.refresh_from_db()
    again = put(asked.actor("chair"), asked.draft.pk)
    assert again.law_holds
    assert len(again.outcome.changed) == 3


def test_what_has_moved_on_since_it_was_looked_at_is_refused(asked: Cast) -> None:
    seen = look(asked.actor("chair"), asked.draft)
    tabled(asked.draft, "KES/75/10", (("MOD", "p4", "to count no lamps;"),))
    before = now(asked)
    with pytest.raises(Refused, match="meanwhile"):
        put(asked.actor("chair"), asked.draft.pk, mark=seen.mark)
    assert now(asked) == before


def test_pressed_twice_it_is_put_once(asked: Cast) -> None:
    seen = look(asked.actor("chair"), asked.draft)
    put(asked.actor("chair"), asked.draft.pk, mark=seen.mark)
    with pytest.raises(Refused):
        put(asked.actor("chair"), asked.draft.pk, mark=seen.mark)
    assert asked.draft.events.filter(kind="draft.consolidated").count() == 1


def test_text_that_is_closed_or_worked_on_is_left_and_named(asked: Cast) -> None:
    tabled(asked.draft, "KES/75/10", (("MOD", "p5", "to mend no lamps;"),))
    Provision.objects.filter(number=6).update(status=Status.AGREED)
    before = {p.key: p for p in now(asked).provisions}
    found = put(asked.actor("chair"), asked.draft.pk)
    assert {left.provision: left.codes for left in found.outcome.left} == {
        "p5": ("KES/75/10",),
        "p6": ("VAL/70/9",),
    }
    after = {p.key: p for p in now(asked).provisions}
    assert (after["p5"], after["p6"]) == (before["p5"], before["p6"])


def test_only_the_proposals_named_are_taken_up(asked: Cast) -> None:
    put(asked.actor("chair"), asked.draft.pk, ["VAL/70/9"])
    assert [codes for _, codes in wordings(now(asked), "p4")] == [[], ["VAL/70/9"]]
    assert Decision.objects.filter(code="KES/75/9").count() == 0


def test_a_proposal_that_is_not_on_the_draft_is_refused_by_name(asked: Cast) -> None:
    with pytest.raises(Refused, match="XX/1/1"):
        look(asked.actor("chair"), asked.draft, ["XX/1/1"])


@pytest.mark.parametrize(
    ("provision", "kept"), [(0, []), (4, [7]), (6, [4, 7])], ids=["all", "there", "elsewhere"]
)
def test_what_was_withdrawn_is_not_taken_up_again(
    asked: Cast, provision: int, kept: Sequence[int]
) -> None:
    decide(asked, "KES/75/9", provision, Deciding.WITHDRAWN)
    found = put(asked.actor("chair"), asked.draft.pk, ["KES/75/9"])
    taken = Decision.objects.filter(code="KES/75/9", what=Deciding.TAKEN_UP)
    assert sorted(taken.values_list("provision", flat=True)) == list(kept)
    assert found.out == (() if provision == 6 else ("KES/75/9",))


def test_an_addition_that_was_not_retained_does_not_come_back(asked: Cast) -> None:
    put(asked.actor("chair"), asked.draft.pk)
    SETUP.delete(Provision.objects.get(number=7))
    decide(asked, "KES/75/9", 7, Deciding.NOT_RETAINED)
    found = put(asked.actor("chair"), asked.draft.pk)
    assert found.out == ("KES/75/9",)
    assert not found.outcome.changed


def test_a_paper_that_comes_later_is_set_beside_what_is_left_alone(asked: Cast) -> None:
    put(asked.actor("chair"), asked.draft.pk)
    tabled(asked.draft, "KES/75/10", (("MOD", "p2", "that lamps burn,"), ("SUP", "p4", None)))
    found = put(asked.actor("chair"), asked.draft.pk)
    assert found.outcome.changed == ("p2",)
    assert [(left.provision, left.codes) for left in found.outcome.left] == [
        ("p4", ("KES/75/10",))  # and nothing is said of what was put before
    ]


def test_an_addition_keeps_its_place_where_the_one_before_it_is_left_out(asked: Cast) -> None:
    changes = (("ADD", "p4", "to row;"), ("ADD", "p4", "to sail;"))
    proposal = tabled(asked.draft, "KES/75/10", changes)
    proposal.changes.filter(key="c2").update(after=None, after_key="c1")
    put(asked.actor("chair"), asked.draft.pk, ["KES/75/10"])
    SETUP.delete(Provision.objects.get(number=8))
    Decision.objects.filter(provision=8).delete()  # as if the second had come later
    SETUP.delete(Provision.objects.get(number=7))
    decide(asked, "KES/75/10", 7, Deciding.WITHDRAWN)
    put(asked.actor("chair"), asked.draft.pk, ["KES/75/10"])
    said = [texts.plain(p.options[0].text) for p in now(asked).provisions]
    assert said.index("to sail;") == said.index("to count the lamps;") + 1
    assert "to row;" not in said


def decide(cast: Cast, code: str, provision: int, what: Deciding) -> None:
    Decision.objects.create(
        draft=cast.draft, seq=10**6, provision=provision, code=code, what=what, by="Chair"
    )


@pytest.mark.parametrize("name", ["kes", "olga", "out", "far"])
def test_only_chair_secretary_and_secretariat_prepare_it(asked: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        look(asked.actor(name), asked.draft)
    with pytest.raises(Forbidden):
        put(asked.actor(name), asked.draft.pk)
    with pytest.raises(Forbidden):
        consolidating.set_style(asked.actor(name), asked.group, "inline", 4)


def test_the_style_is_the_groups_and_is_kept_with_who_set_it(asked: Cast) -> None:
    consolidating.set_style(asked.actor("chair"), asked.group, "inline", 4)
    group = AdHocGroup.objects.get(pk=asked.group.pk)
    assert consolidating.style_of(group) == Style(inline=True, most_words=4)
    assert group.history.latest().history_user == asked.users["chair"]
    asked.draft.group.refresh_from_db()
    put(asked.actor("chair"), asked.draft.pk)
    assert wordings(now(asked), "p4") == [("to count the good lamps;", [])]
    folded = Decision.objects.filter(provision=4).values_list("what", flat=True)
    assert set(folded) == {Deciding.FOLDED}


@pytest.mark.parametrize(("style", "words"), [("inline", 0), ("inline", 61), ("else", 8)])
def test_a_style_that_is_none_is_refused(asked: Cast, style: str, words: int) -> None:
    with pytest.raises(Refused):
        consolidating.set_style(asked.actor("chair"), asked.group, style, words)


def test_a_long_run_tells_how_far_it_is(asked: Cast) -> None:
    said: list[int] = []
    put(asked.actor("chair"), asked.draft.pk, progress=lambda percent, doing: said.append(percent))
    assert said == sorted(said)
    assert len(said) > 4
    assert said[-1] == 100


def test_a_remark_set_down_before_is_undone_after_the_consolidation(asked: Cast) -> None:
    """What is put elsewhere gives no row another identity."""
    table = Table(asked)
    remark = deeds.AddNote(option="o2", version=0, start=0, end=0, words="Why?", kind="comment")
    said = table.does("chair", remark)
    put(asked.actor("chair"), asked.draft.pk)
    assert [note.text for note in now(asked).provisions[1].notes] == ["Why?"]
    table.does("chair", Undo(said.seq))
    assert now(asked).provisions[1].notes == ()
