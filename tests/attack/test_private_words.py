"""What is said beside the text is for the group's own pages: no word of it comes to the floor."""

from __future__ import annotations

import pytest
from django.test import Client

from drafting.services import deeds
from tests.attack.test_words_of_others import folded_into_what_stands
from tests.cast import Cast
from tests.use_cases.acts.negotiation import VAL
from tests.use_cases.acts.table import Table

SAID: dict[str, deeds.Deed] = {
    "THOUGHT": deeds.TakePosition("p6", stance="support", words="THOUGHT"),
    "REMARK": deeds.AddNote("o6", 0, 0, 0, words="REMARK", kind="comment"),
}
BY_THE_DESK: dict[str, deeds.Deed] = {
    "FLOORED": deeds.TakePosition("p6", stance="oppose", words="FLOORED", delegation="VAL"),
    "DRAFTING": deeds.AddNote("o6", 0, 0, 0, words="DRAFTING", kind="drafting"),
    "AGREED": deeds.MoveStatus("p7", "agreed", reason="AGREED"),
    "REOPENED": deeds.MoveStatus("p7", "reopened", reason="REOPENED"),
    "DEFERRED": deeds.MoveStatus("p3", "deferred", reason="DEFERRED"),
    "PACKED": deeds.TiePackage("PACKED", ["p6", "p7"]),
    "LETGO": deeds.RetainNot(VAL, "p6", rationale="LETGO"),
    "SHOWN": deeds.LeadFloor("p6"),
}


@pytest.fixture
def spoken(cast: Cast) -> Cast:
    """A draft beside which everybody has said something, under names that no page has else."""
    for name, user in cast.users.items():
        user.full_name = f"Quux {name.title()}son"
        user.save()
    folded_into_what_stands(cast)
    table = Table(cast)
    for deed in SAID.values():
        table.does("kes", deed)
    for deed in BY_THE_DESK.values():
        table.does("chair", deed)
    return cast


def page(cast: Cast, name: str, address: str) -> str:
    client = Client()
    client.force_login(cast.users[name])
    return client.get(f"/drafts/lorne/dl-9/{address}").content.decode()


@pytest.mark.parametrize("name", ["chair", "kes", "olga"])
@pytest.mark.parametrize("address", ["floor/", "floor/?against=base", "floor/positions.json"])
def test_nothing_that_is_said_beside_the_text_comes_to_the_floor(
    spoken: Cast, name: str, address: str
) -> None:
    told = page(spoken, name, address)
    told_of = [words for words in (*SAID, *BY_THE_DESK, "Quux", "@") if words in told]
    assert told_of == []


def test_all_of_it_is_on_the_pages_of_the_group(spoken: Cast) -> None:
    """So that the test above would hear of it."""
    addresses = ("", "table/?provision=p6", "disposition/")
    told = "".join(page(spoken, "olga", address) for address in addresses)
    for words in (
        "THOUGHT",
        "REMARK",
        "FLOORED",
        "DRAFTING",
        "REOPENED",
        "PACKED",
        "LETGO",
        "Quux",
    ):
        assert words in told
