"""Who is signed out while a page stands open: they come back to it, and nothing was done."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast

REVISIONS = "/drafts/lorne/dl-1/revisions/"


def pressed(referer: str, **headers: str) -> HttpResponse:
    """The answer to somebody who issues a Revision, without being anybody."""
    given = {"referer": referer} | headers
    return Client().post(f"{REVISIONS}issue/", headers=given, follow=False)  # type: ignore[return-value]


def way_back(answer: HttpResponse) -> str:
    """Where they come to once they have signed in."""
    assert answer.status_code == 302
    asked = urlsplit(answer["Location"])
    assert asked.path == "/accounts/login/"
    return parse_qs(asked.query)["next"][0]


@pytest.mark.parametrize("page", [REVISIONS, f"{REVISIONS}?a=1&b=2"])
def test_they_come_back_to_the_page_whose_button_they_pressed(cast: Cast, page: str) -> None:
    assert way_back(pressed(f"http://testserver{page}")) == page


@pytest.mark.parametrize(
    "page", ["", "https://elsewhere.example/drafts/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_no_other_site_is_a_way_back(cast: Cast, page: str) -> None:
    assert way_back(pressed(page)) == "/"


def test_they_are_told_that_nothing_was_done(cast: Cast) -> None:
    client = Client()
    door = client.post(f"{REVISIONS}issue/", follow=True)
    assert b"Nothing was done" in door.content


def test_parts_of_a_page_that_ask_by_themselves_leave_no_message(cast: Cast) -> None:
    client = Client()
    door = client.post(f"{REVISIONS}issue/", headers={"Sec-Fetch-Mode": "cors"}, follow=True)
    assert b"Nothing was done" not in door.content


def test_a_page_that_is_asked_for_is_shown_after_the_door(cast: Cast) -> None:
    assert way_back(Client().get(REVISIONS)) == REVISIONS  # type: ignore[arg-type]
