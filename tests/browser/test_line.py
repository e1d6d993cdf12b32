"""The line breaks while one writes, and what comes back is not what was there before."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from drafting.models import Draft, Event
from tests.browser.people import Seat, agree, sign_in, stored_words
from tests.cast import Cast

pytestmark = pytest.mark.browser

MORE_THAN_IS_TOLD = 1_001  # as `PAST_MAX` has it, and one


def test_who_signs_in_under_an_open_page_gets_a_page_of_their_own(
    seat: Seat, server: str, cast: Cast
) -> None:
    shared = seat("sam")
    shared.write_in("o4", at="Home")
    shared.type("x")
    shared.saved()
    shared.offline()
    shared.type("yz ")
    expect(shared.state).to_contain_text("changes kept: 3")
    sign_in(shared.context, server, cast.users["chair"])
    shared.online()
    room = shared.page.locator("#room")
    expect(room).to_have_attribute("data-person", str(cast.users["chair"].pk))
    expect(shared.state).to_have_text("Saved")
    expect(shared.option("o4")).not_to_contain_text("yz")
    expect(shared.page.locator("#held")).to_be_hidden()
    shared.write_in("o4")
    shared.type(" Mine.")
    assert agree([shared], "o4") == "xto count the lamps; Mine."

    sign_in(shared.context, server, cast.users["sam"])
    shared.page.reload()
    held = shared.page.locator("#held")
    expect(held).to_contain_text("resolves 1")
    assert stored_words("o4") == "xto count the lamps; Mine."
    held.get_by_role("button", name="Send them now").click()
    expect(held).to_be_hidden()
    assert agree([shared], "o4") == "xyz to count the lamps; Mine."


def test_who_missed_too_much_keeps_what_is_being_written(seat: Seat, cast: Cast) -> None:
    chair, sam = seat("chair"), seat("sam")
    chair.write_in("o4", at="Home")
    chair.type("on ")
    chair.saved()
    chair.offline()
    chair.type("the train ")
    expect(chair.state).to_contain_text("changes kept")
    sam.write_in("o4")
    sam.type(" Daily.")
    sam.saved()
    let_much_happen(cast)
    with chair.page.expect_response(lambda answer: answer.url.endswith("/drafts/lorne/dl-1/")):
        chair.online()
    chair.type("home ")
    expect(chair.option("o4").locator(".pm")).to_be_focused()
    assert agree([chair, sam], "o4") == "on the train home to count the lamps; Daily."


def let_much_happen(cast: Cast) -> None:
    """More than a page is told of: it is sent to fetch itself anew."""
    draft = Draft.objects.get(pk=cast.draft.pk)
    nothing: dict[str, list[str]] = {"provisions": [], "options": [], "removed": []}
    Event.objects.bulk_create(
        Event(draft=draft, seq=draft.seq + more, kind="note.added", payload=nothing)
        for more in range(1, MORE_THAN_IS_TOLD + 1)
    )
    Draft.objects.filter(pk=draft.pk).update(seq=draft.seq + MORE_THAN_IS_TOLD)
