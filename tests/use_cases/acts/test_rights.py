"""Every role on every deed, in both ways in which delegates may write."""

from __future__ import annotations

from typing import get_args

import pytest

from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.models import AdHocGroup, Draft, Membership
from drafting.models.conference import WritingMode
from drafting.permissions import Actor, standing_in, writing_of
from drafting.services import deeds
from drafting.services.acts import perform
from drafting.services.acts.rights import ACTIONS, acts_of, own_acts_of
from drafting.services.acts.table import DOES
from drafting.services.standings import Present, Seat
from drafting.services.writing import Accepted, Declined, Writer
from tests.cast import Cast
from tests.use_cases.acts.negotiation import tabled
from tests.use_cases.acts.table import Table

# One row a deed, with one that fits the small draft. c chair, s secretary, d delegate who writes
# directly, p delegate who proposes, o observer, S secretariat. Written out by hand.
MATRIX: dict[type, tuple[deeds.Deed, str]] = {
    deeds.AddProvision: (deeds.AddProvision("p4"), "csdp"),
    deeds.DeleteProvision: (deeds.DeleteProvision("p4"), "cs"),
    deeds.SplitProvision: (deeds.SplitProvision("o4", 0, 4), "csd"),
    deeds.JoinProvision: (deeds.JoinProvision("p7"), "csd"),
    deeds.MoveProvision: (deeds.MoveProvision("p4", "p6"), "cs"),
    deeds.ShiftLevel: (deeds.ShiftLevel("p4", 2), "cs"),
    deeds.AddOption: (deeds.AddOption("p4", copy="o4"), "csdp"),
    deeds.RemoveOption: (deeds.RemoveOption("o16"), "cs"),
    deeds.Attribute: (deeds.Attribute("o4", ["KES"]), "csd"),
    deeds.AttributeSpan: (deeds.AttributeSpan("o4", 0, 1, 3, ["KES"]), "csd"),
    deeds.AddNote: (deeds.AddNote("o4", 0, 1, 3, "why?"), "csdp"),
    deeds.SettlePending: (deeds.SettlePending(False, source="KES"), "csdp"),
    deeds.PairBracket: (
        deeds.PairBracket(deeds.Spot("o4", 0, 1), deeds.Spot("o4", 0, 3)),
        "csd",
    ),
    deeds.LiftBracket: (deeds.LiftBracket("b1"), "cs"),
    deeds.MoveStatus: (deeds.MoveStatus("p4", "agreed"), "cs"),
    deeds.TakePosition: (
        deeds.TakePosition("p4", stance="support", delegation="KES"),
        "csdp",
    ),
    deeds.TiePackage: (deeds.TiePackage("lamps", ["p4", "p5"]), "cs"),
    deeds.UntiePackage: (deeds.UntiePackage(1), "cs"),
    deeds.Place: (deeds.Place("p4", False), "cs"),
    deeds.LeadFloor: (deeds.LeadFloor("p4"), "cs"),
    deeds.Editorial: (deeds.Editorial([deeds.Edit("o4", 0, 18, ";", ",")]), "cs"),
    deeds.Mend: (deeds.Mend([deeds.Edit("o4", 0, 18, ";", ",")]), "cs"),
    deeds.FoldOptions: (deeds.FoldOptions("p5", ["o5", "o16"], "common"), "cs"),
    deeds.UnfoldOption: (deeds.UnfoldOption("o5"), "cs"),
    deeds.OrderOptions: (deeds.OrderOptions("p5", ["o16", "o5"]), "cs"),
    deeds.LetStand: (deeds.LetStand("p5", ["o5", "o16"]), "cs"),
    deeds.ChooseOption: (deeds.ChooseOption("o5"), "cs"),
    deeds.DecideBracket: (deeds.DecideBracket("b1", True), "cs"),
    deeds.BracketAround: (deeds.BracketAround("o4"), "csd"),
    deeds.TakeUp: (deeds.TakeUp("KES/75/4"), "cs"),
    deeds.WithdrawProposal: (deeds.WithdrawProposal("KES/75/4", "p5"), "csdp"),
    deeds.RetainNot: (deeds.RetainNot("KES/75/4", "p5"), "cs"),
    deeds.Together: (deeds.Together([deeds.MoveStatus("p4", "agreed")]), "cs"),
    deeds.Undo: (deeds.Undo(2), "csdp"),  # of what the own delegation did (`test_own_acts.py`)
}
# What a delegate may do to the own delegation's alone, and to nothing else (`test_own.py`).
OWN: dict[type, str] = {
    deeds.DeleteProvision: "dp",
    deeds.SplitProvision: "p",
    deeds.JoinProvision: "p",
    deeds.MoveProvision: "dp",
    deeds.ShiftLevel: "dp",
    deeds.RemoveOption: "dp",
}
CAST = {"c": "chair", "s": "sam", "d": "kes", "p": "kes", "o": "olga", "S": "stella"}


def set_mode(cast: Cast, letter: str) -> None:
    mode = WritingMode.DIRECT if letter == "d" else WritingMode.PENDING
    AdHocGroup.objects.filter(pk=cast.group.pk).update(delegates_write=mode)


def prepare(table: Table, deed: type) -> None:
    if deed is deeds.JoinProvision:
        table.does("chair", deeds.AddProvision("p4", words="and the oil;"))
    if deed is deeds.UntiePackage:
        table.does("chair", deeds.TiePackage("lamps", ["p4"]))
    if deed is deeds.Undo:
        table.does("kes", deeds.TakePosition("p4", stance="support"))
    if deed is deeds.UnfoldOption:
        table.does("chair", deeds.FoldOptions("p5", ["o5", "o16"], "common"))
    if deed is deeds.TakeUp:
        asked = Asked("KES/75/4", "c1", "MOD", "p4", text=text_of("to count the lamps twice;"))
        tabled(table.cast.draft, "KES/75/4", [asked])
    if deed in (deeds.LiftBracket, deeds.DecideBracket):
        bracket = {"type": "bracket_open", "attrs": {"id": "b1", "kind": "contested"}}
        content = table.option("o4").content
        content["content"][0]["content"].append(bracket)
        table.write("o4", content)


def test_the_matrix_names_every_deed_there_is() -> None:
    assert set(MATRIX) == set(get_args(deeds.Deed)) == set(ACTIONS) == set(DOES)


@pytest.mark.parametrize("letter", CAST)
@pytest.mark.parametrize("deed", MATRIX, ids=lambda deed: deed.__name__)
def test_each_role_may_do_what_its_cell_says_and_nothing_else(
    table: Table, deed: type, letter: str
) -> None:
    set_mode(table.cast, letter)
    prepare(table, deed)
    one, allowed = MATRIX[deed]
    if letter in allowed:
        table.does(CAST[letter], one)
    else:
        assert table.may_not(CAST[letter], one).code == "forbidden"


@pytest.mark.parametrize("letter", CAST)
def test_a_page_is_told_what_its_person_may_do(cast: Cast, letter: str) -> None:
    set_mode(cast, letter)
    group = AdHocGroup.objects.get(pk=cast.group.pk)
    standing = standing_in(Actor.person(cast.users[CAST[letter]]), group)
    assert standing
    present = Present(standing, "", writing_of(standing, group.delegates_write))
    tags = [str(deed.__struct_config__.tag) for deed in MATRIX]  # type: ignore[attr-defined]
    allowed = [tag for tag, (_, who) in zip(tags, MATRIX.values(), strict=True) if letter in who]
    assert sorted(acts_of(present)) == sorted(allowed)
    own = [str(deed.__struct_config__.tag) for deed, who in OWN.items() if letter in who]  # type: ignore[attr-defined]
    assert sorted(own_acts_of(present)) == sorted(own)


@pytest.mark.parametrize("name", ["out", "far"])
@pytest.mark.parametrize("deed", MATRIX, ids=lambda deed: deed.__name__)
def test_an_outsider_hears_the_same_as_of_a_draft_that_is_not_there(
    table: Table, deed: type, name: str
) -> None:
    one, _allowed = MATRIX[deed]
    there = table.writer(name)
    nowhere = Writer(Seat(there.seat.session, there.seat.user, 10**6), there.client)
    told = perform(there, 7, one)
    assert isinstance(told, Declined)
    assert told == perform(nowhere, 7, one)
    assert Draft.objects.get(pk=table.cast.draft.pk).seq == 1


def test_an_outsider_learns_nothing_of_what_was_answered_to_others(table: Table) -> None:
    chair, out = table.writer("chair"), table.writer("out")
    assert isinstance(perform(chair, 7, deeds.AddProvision("p4")), Accepted)
    told = perform(Writer(out.seat, chair.client), 7, deeds.AddProvision("p4"))
    assert isinstance(told, Declined)


def test_no_act_after_the_role_is_gone(cast: Cast, table: Table) -> None:
    table.does("sam", deeds.AddNote("o4", 0, 1, 1, "why?"))
    Membership.objects.filter(user=cast.users["sam"]).delete()
    assert table.may_not("sam", deeds.AddNote("o4", 0, 1, 1, "why?")).code == "forbidden"


# --- whose ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["text", "no_text", "delete"])
def test_a_delegates_option_stands_under_the_delegations_name(table: Table, kind: str) -> None:
    (key,) = table.does("kes", deeds.AddOption("p4", kind)).made  # type: ignore[arg-type]
    assert [a.name for a in table.option(key).attributions.all()] == ["KES"]
    assert not table.option(key).stands


@pytest.mark.parametrize(
    ("before", "names", "may"),
    [
        ([], ["KES"], True),
        ([], ["KES/75/9"], True),
        ([], ["VAL/KES/75/9"], False),  # of several, and not tabled here
        ([], ["VAL"], False),
        ([], ["KES", "VAL/70/2"], False),
        (["VAL"], ["VAL", "KES"], True),
        (["VAL"], ["KES"], False),
        (["VAL", "KES"], ["VAL"], True),
        (["VAL", "KES"], [], False),
    ],
)
def test_a_delegate_sets_the_own_delegation_and_no_other(
    table: Table, before: list[str], names: list[str], may: bool
) -> None:
    set_mode(table.cast, "d")
    table.does("chair", deeds.Attribute("o4", before))
    if may:
        table.does("kes", deeds.Attribute("o4", names))
    else:
        assert table.may_not("kes", deeds.Attribute("o4", names)).code == "forbidden"
