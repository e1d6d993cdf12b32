"""The pages of the disposition and of the floor, without a browser: odd addresses, their cost."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.models import Draft
from drafting.services import deeds
from tests.cast import Cast
from tests.use_cases.acts.negotiation import KES, VAL, negotiation
from tests.use_cases.acts.table import Table

HOSTILE = "<script>alert(1)</script>"


def window(cast: Cast, name: str = "olga") -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def page(cast: Cast, address: str, name: str = "olga") -> str:
    answer = window(cast, name).get(f"/drafts/lorne/{cast.draft.slug}/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def asked(many: int) -> list[Asked]:
    return [
        Asked(code, f"c{n}", "ADD", after="p7", text=text_of(f"to mend {n};"), order=n)
        for n in range(many)
        for code in (KES, VAL)[n % 2 : n % 2 + 1]
    ]


# --- the disposition ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["outcome=gone", f"delegation={HOSTILE}", "by=nobody", "proposal=X/1/1"]
)
def test_a_filter_that_nobody_knows_breaks_nothing(cast: Cast, query: str) -> None:
    negotiation(cast, asked(3))
    assert HOSTILE not in page(cast, f"disposition/?{query}")


def test_words_of_papers_are_words_on_the_page(cast: Cast) -> None:
    negotiation(cast, [Asked(KES, "c1", "MOD", "p6", text=text_of(HOSTILE, label="2"))])
    said = page(cast, "disposition/")
    assert HOSTILE not in said
    assert "&lt;script&gt;" in said


def test_a_draft_without_proposals_says_so(cast: Cast) -> None:
    assert "No proposal has been brought in yet" in page(cast, "disposition/")


def test_many_proposals_cost_no_more_questions_to_the_database_than_few(cast: Cast) -> None:
    negotiation(cast, asked(2))
    few = questions(cast, "disposition/")
    Draft.objects.filter(symbol="DL/9").update(symbol="DL/8", slug="dl-8")
    negotiation(cast, asked(12))
    assert questions(cast, "disposition/") == few


def questions(cast: Cast, address: str) -> int:
    client = window(cast)
    path = f"/drafts/lorne/{cast.draft.slug}/{address}"
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        client.get(path)
    return len(found)


# --- the floor ------------------------------------------------------------------------------------


def shown(said: str) -> str:
    """The key of the provision that the page shows, "" for the running text."""
    found = re.search(r'data-here="([^"]*)"', said)
    assert found
    return found[1]


def test_the_floor_shows_what_the_chair_shows_and_the_address_may_ask_otherwise(cast: Cast) -> None:
    Table(cast).does("chair", deeds.LeadFloor("p4"))
    assert shown(page(cast, "floor/")) == "p4"
    assert shown(page(cast, "floor/?provision=p6")) == "p6"
    assert shown(page(cast, "floor/?text")) == ""


@pytest.mark.parametrize(
    "query", ["provision=p999", "provision=", f"provision={HOSTILE}", "against=x"]
)
def test_an_address_that_means_nothing_shows_the_running_text(cast: Cast, query: str) -> None:
    said = page(cast, f"floor/?{query}")
    assert shown(said) == ""
    assert HOSTILE not in said


def test_an_empty_draft_has_an_empty_floor(cast: Cast) -> None:
    cast.draft.provisions.all().delete()
    assert shown(page(cast, "floor/")) == ""


def test_the_floor_names_nobody_who_signs_in(cast: Cast) -> None:
    said = page(cast, "floor/", "kes")
    assert not [user.email for user in cast.users.values() if user.email in said]
    assert "Kes<" not in said
    assert "Sign out" not in said


def test_what_is_remarked_beside_the_text_is_not_on_the_floor(cast: Cast) -> None:
    remark = deeds.AddNote("o4", 0, 0, 0, words="we can live with VAL", kind="comment")
    Table(cast).does("kes", remark)
    assert "we can live with VAL" in page(cast, "")
    assert "we can live with VAL" not in page(cast, "floor/")


def test_what_delegations_think_is_told_by_symbol_and_never_by_whom_it_was_set_down(
    cast: Cast,
) -> None:
    table = Table(cast)
    table.does("kes", deeds.TakePosition("p5", option="o5", stance="support", words="at last"))
    table.does("sam", deeds.TakePosition("p5", option="o5", stance="oppose", delegation="VAL"))
    table.does("sam", deeds.TakePosition("p4", stance="waiting", delegation="VAL"))
    said = page(cast, "floor/positions.json")
    assert json.loads(said)["thought"] == {"o5": "KES for; VAL against", "p4": "VAL waits"}
