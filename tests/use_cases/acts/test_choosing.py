"""One wording becomes the only one."""

from __future__ import annotations

import pytest

from drafting.domain.consolidation import Asked
from drafting.domain.lifecycle import is_contested
from drafting.domain.text import text_of
from drafting.models import Decision
from drafting.services import deeds
from tests.cast import Cast
from tests.use_cases.acts.laws import Laws
from tests.use_cases.acts.negotiation import ISL, KES, VAL, Negotiation, negotiation
from tests.use_cases.acts.table import Table

ASKED = (
    Asked(KES, "c1", "MOD", "p6", text=text_of("to mend the lamps within a week;"), order=1),
    Asked(VAL, "c2", "MOD", "p6", text=text_of("to mend the lamps in time;"), order=2),
    Asked(ISL, "c3", "NOC", "p6", order=3),
    Asked(KES, "c4", "SUP", "p5", order=4),
    Asked(VAL, "c5", "ADD", after="p6", text=text_of("to paint the towers;"), order=5),
)


@pytest.fixture(params=[False, True], ids=["options", "inline"])
def talks(cast: Cast, request: pytest.FixtureRequest) -> Negotiation:
    return negotiation(cast, ASKED, inline=request.param)


@pytest.fixture
def table(talks: Negotiation) -> Table:
    return Table(talks.cast)


def decisions(table: Table) -> dict[tuple[int, str], str]:
    found = Decision.objects.filter(draft=table.cast.draft).order_by("pk")
    return {(row.provision, row.code): row.what for row in found}


def key_of(table: Table, key: str, code: str) -> str:
    """The option of a provision that a proposal stands behind, or else the standing one."""
    options = table.provision(key).options.order_by("-attributions__code", "place")
    own = options.filter(attributions__code=code, stands=False).first()
    found = own or options.filter(stands=True).first()
    assert found
    return found.key


def test_a_proposals_wording_is_left_alone_and_clean(table: Table, talks: Negotiation) -> None:
    laws = Laws(table.cast.draft)
    chosen = key_of(table, "p6", KES)
    table.does("chair", deeds.ChooseOption(chosen, KES, "nearest to all"))
    laws.hold()
    assert table.lines()[5] == "2 to mend the lamps within a week;"
    assert decisions(table) == {
        (6, KES): "chosen",
        (6, VAL): "not_retained",
        (6, ISL): "not_retained",
    }
    provision = next(p for p in talks.draft.provisions if p.key == "p6")
    assert not is_contested(provision)
    assert provision.standing


def test_the_base_stays_where_nobody_is_heard(table: Table) -> None:
    standing = table.provision("p6").options.get(stands=True)
    table.does("chair", deeds.ChooseOption(standing.key, "base"))
    assert table.lines()[5] == "2 to mend the lamps at once;"
    assert decisions(table) == {
        (6, KES): "not_retained",
        (6, VAL): "not_retained",
        (6, ISL): "chosen",
    }


def test_adopted_text_that_is_deleted_stays_as_deleted(table: Table) -> None:
    delete = table.provision("p5").options.get(kind="delete")
    table.does("chair", deeds.ChooseOption(delete.key))
    assert table.lines()[4] == "1 delete"
    assert decisions(table) == {(5, KES): "chosen"}


def test_an_addition_stands_once_it_is_chosen(table: Table) -> None:
    added = table.cast.draft.provisions.get(base__isnull=True)
    table.does("chair", deeds.ChooseOption(added.options.get().key))
    assert [(o.stands, o.attributions.count()) for o in added.options.all()] == [(True, 0)]
    assert decisions(table) == {(added.number, VAL): "chosen"}


def test_who_is_not_heard_in_a_wording_cannot_be_chosen_in_it(table: Table) -> None:
    standing = table.provision("p2").options.get(stands=True)
    assert table.may_not("chair", deeds.ChooseOption(standing.key, KES)).code == "invalid"


def test_closed_text_is_not_chosen_from(table: Table) -> None:
    table.does("chair", deeds.MoveStatus("p6", "agreed"))
    standing = table.provision("p6").options.get(stands=True)
    assert table.may_not("chair", deeds.ChooseOption(standing.key)).code == "locked"


def test_what_somebody_changed_meanwhile_is_not_chosen_over(table: Table) -> None:
    seen = {o.key: o.version for o in table.provision("p6").options.all()}
    standing = table.provision("p6").options.get(stands=True)
    table.does("sam", deeds.AddOption("p6", copy=standing.key))
    told = table.may_not("chair", deeds.ChooseOption(standing.key, "base", seen=seen))
    assert told.code == "too_old"


def test_what_a_proposal_said_of_its_move_goes_once_it_is_decided(cast: Cast) -> None:
    moved = Asked(KES, "c1", "ADD", after="p2", moved_from="p3", text=text_of("that oil is dear,"))
    table = Table(negotiation(cast, [moved]).cast)
    table.does("chair", deeds.AddNote("o3", 0, 1, 1, "look at this"))
    assert table.provision("p3").notes.count() == 2
    done = table.does("chair", deeds.RetainNot(None, "p3"))
    assert [note.text for note in table.provision("p3").notes.all()] == ["look at this"]
    table.does("chair", deeds.Undo(done.seq))
    assert table.provision("p3").notes.count() == 2
