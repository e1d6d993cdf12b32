"""What a proposal asks to add is on the table until it stands in the draft, or was decided on."""

from __future__ import annotations

from django.test import Client

from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.services import deeds
from tests.cast import Cast
from tests.use_cases.acts.negotiation import KES, negotiation
from tests.use_cases.acts.table import Table

ASKED = "to train the keepers of the lamps;"
OTHER = "to pay the keepers of the lamps;"


def case(cast: Cast, key: str) -> str:
    client = Client()
    client.force_login(cast.users["chair"])
    return client.get(f"/drafts/lorne/dl-9/table/{key}/").content.decode()


def test_a_text_of_nobody_that_sounds_alike_hides_no_addition(cast: Cast) -> None:
    negotiation(cast, [Asked(KES, "k1", "ADD", after="p7", text=text_of(ASKED))], taken=())
    assert "train" in case(cast, "p7")
    Table(cast).does("chair", deeds.AddProvision("p7", words=OTHER))
    assert "train" in case(cast, "p7")


def test_an_addition_that_stands_is_not_asked_for_again(cast: Cast) -> None:
    negotiation(cast, [Asked(KES, "k1", "ADD", after="p7", text=text_of(ASKED))], taken=())
    table = Table(cast)
    (option,) = table.does("chair", deeds.TakeUp(KES)).made[-1:]
    table.does("chair", deeds.ChooseOption(option))
    assert "train" not in case(cast, "p7")


def test_one_addition_that_stands_does_not_stand_for_another_of_its_proposal(cast: Cast) -> None:
    asked = [
        Asked(KES, "k1", "ADD", after="p7", text=text_of(ASKED), order=1),
        Asked(KES, "k2", "ADD", after="p7", text=text_of(OTHER), order=2),
    ]
    negotiation(cast, asked, taken=())
    Table(cast).does("chair", deeds.TakeUp(KES, change="k1"))
    told = case(cast, "p7")
    assert "to pay" in told
    assert "to train" not in told
