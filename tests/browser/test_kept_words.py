"""What is typed in a tunnel meets text that was deleted, rewritten or closed meanwhile."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, WebSocketRoute, expect

from drafting.domain.draft import Status
from drafting.models import Note, Option
from drafting.services import provisions
from tests.browser.people import ROOM, Seat, Window, agree, sign_in, stored_words
from tests.browser.test_own import names
from tests.browser.test_structure import label, new_item, order
from tests.cast import Cast

pytestmark = pytest.mark.browser


def tray(window: Window) -> Locator:
    return window.page.locator("#tray")


def stands_there(option: str, words: str, *windows: Window) -> None:
    """The proposal has come to everybody, and says what was typed."""
    for window in windows:
        expect(window.option(option)).to_contain_text(words)
    assert agree([*windows], option) == words


def in_a_tunnel(window: Window, option: str, words: str) -> None:
    """Types at the end of an option without a line."""
    window.write_in(option)
    window.offline()
    window.type(words)
    window.kept()


def test_what_was_typed_into_a_deleted_item_is_proposed_in_its_place_and_told(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    key, option = new_item(chair, "to count them twice;")
    expect(kes.option(option)).to_be_visible()
    in_a_tunnel(kes, option, " Really.")
    chair.page.locator(f"#{key}").focus()
    chair.press("Delete")
    expect(chair.page.locator(f"#{key}")).to_have_count(0)
    kes.online()
    expect(tray(kes)).to_contain_text("It was proposed, under the name of KES")
    stands_there("o18", "to count them twice; Really.", chair, kes)
    made = Option.objects.get(number=18)
    assert not made.stands
    assert order().index(made.provision.key) == order().index("p4") + 1
    expect(names(chair, "o18")).to_have_text("KES")
    assert label(chair, "o18") == "1bis"
    tray(kes).get_by_role("button", name="Show it").click()
    expect(kes.page.locator(f"#{made.provision.key}")).to_be_focused()
    kes.press("t")
    tray(kes).get_by_role("button", name="Let it go").click()
    expect(tray(kes)).to_be_hidden()


def test_so_is_what_outlasted_a_closed_browser_and_once_only(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    key, option = new_item(chair, "to count them twice;")
    expect(kes.option(option)).to_be_visible()
    in_a_tunnel(kes, option, " Really.")
    address = kes.page.url
    kes.page.close(run_before_unload=False)
    chair.page.locator(f"#{key}").focus()
    chair.press("Delete")
    expect(chair.page.locator(f"#{key}")).to_have_count(0)
    kes.online()
    kes.page = kes.context.new_page()
    kes.page.goto(address)
    expect(tray(kes)).to_contain_text("It was proposed, under the name of KES")
    stands_there("o18", "to count them twice; Really.", chair, kes)
    kes.page.reload()
    expect(tray(kes)).to_contain_text("It was proposed, under the name of KES")
    kes.saved()
    assert Option.objects.filter(attributions__name="KES").count() == 1


def test_a_page_that_is_closed_in_the_middle_of_a_word_keeps_every_letter(seat: Seat) -> None:
    kes = seat("kes")
    words = " Really, and in every single harbour of this coast."
    kes.write_in("o4")
    kes.offline()
    kes.type(words)
    address = kes.page.url
    kes.page.close(run_before_unload=False)
    kes.online()
    kes.page = kes.context.new_page()
    kes.page.goto(address)
    kes.page.get_by_role("button", name="Send them now").click()
    expect(kes.option("o4")).to_contain_text(f"lamps;{words}")
    kes.saved()
    assert stored_words("o4") == f"to count the lamps;{words}"


def test_what_was_typed_into_rewritten_text_becomes_an_option_by_one_click(seat: Seat) -> None:
    chair, kes = seat("chair"), seat("kes")
    kes.write_in("o4", at="Home")
    for _ in range(len("to count")):
        kes.press("ArrowRight")
    kes.offline()
    kes.type(" and mend")
    expect(kes.state).to_contain_text("changes kept")
    chair.write_in("o4")
    chair.press("Control+a")
    chair.type("nothing at all;")
    chair.saved()
    kes.online()
    button = tray(kes).get_by_role("button", name="Propose it as an option of ours")
    expect(button).to_be_visible()
    assert not Option.objects.filter(number=17).exists()
    kes.leave()
    kes.press("t")
    expect(button).to_be_focused()
    kes.press("Enter")
    expect(tray(kes)).to_contain_text("It was proposed, under the name of KES")
    stands_there("o17", "to count and mend the lamps;", chair, kes)
    assert stored_words("o4") == "nothing at all;"
    expect(names(chair, "o17")).to_have_text("KES")


def test_what_was_typed_into_text_that_was_agreed_asks_for_reopening(
    seat: Seat, cast: Cast
) -> None:
    chair, kes = seat("chair"), seat("kes")
    in_a_tunnel(kes, "o4", " Daily.")
    provisions.move_status(cast.actor("chair"), cast.draft.pk, 4, Status.AGREED)
    kes.online()
    expect(tray(kes)).to_contain_text("Daily.")
    button = tray(kes).get_by_role("button", name="Ask for reopening with these words")
    button.click()
    expect(tray(kes)).to_contain_text("Reopening is asked for in a comment")
    note = chair.page.locator("#p4 .note", has_text="Please reopen this")
    expect(note).to_contain_text("It should read: “to count the lamps; Daily.”")
    expect(note.locator("b")).to_have_text("KES")
    assert stored_words("o4") == "to count the lamps;"
    assert Note.objects.get().kind == "comment"


def test_reopening_is_asked_for_by_the_menu(seat: Seat, cast: Cast) -> None:
    provisions.move_status(cast.actor("chair"), cast.draft.pk, 4, Status.AGREED)
    chair, kes = seat("chair"), seat("kes")
    for window in (chair, kes):
        window.page.locator("#p4").evaluate("one => { one.tabIndex = -1; one.focus(); }")
        window.press("m")
    asks = "Ask for it to be reopened"
    expect(chair.page.get_by_role("menuitem", name=asks)).to_have_count(0)
    expect(kes.page.get_by_role("menuitem", name=asks)).to_be_visible()
    kes.press("q")
    kes.page.get_by_label("Why it should be reopened").fill("the lamps were sold")
    kes.press("Enter")
    expect(chair.page.locator("#p4 .note")).to_contain_text(
        "Please reopen this: the lamps were sold"
    )


# --- Where no editor stands -----------------------------------------------------------------------


class Kept:
    """Keeps one kind of what the server says from a window, until it is let through."""

    def __init__(self, window: Window, kind: str) -> None:
        self._window, self._kind = window, kind
        self._kept: list[tuple[WebSocketRoute, str | bytes]] = []
        window.page.route_web_socket("**/ws/drafts/**", self._carry)
        window.page.reload()
        expect(window.state).to_have_text("Saved")

    def _carry(self, page: WebSocketRoute) -> None:
        def told(frame: str | bytes) -> None:
            if json.loads(frame)["t"] == self._kind:
                self._kept.append((page, frame))
            else:
                page.send(frame)

        page.connect_to_server().on_message(told)

    def let_through(self) -> None:
        while not self._kept:
            self._window.page.wait_for_timeout(20)
        kind, self._kind = self._kind, ""
        for page, frame in self._kept:
            page.send(frame)
        assert kind


def test_letters_before_the_editor_stands_are_words_and_no_keys_of_the_page(seat: Seat) -> None:
    kes = seat("kes")
    late = Kept(kes, "text")
    kes.option("o6").locator("> .tx p").last.click()
    kes.type("humx")
    kes.press("Backspace")
    late.let_through()
    expect(kes.option("o6").locator(".pm")).to_contain_text("hum")
    expect(kes.page.locator("#inspect.open")).to_have_count(0)
    kes.saved()
    assert stored_words("o6").count("hum") == 1


def test_who_opens_a_text_without_a_line_is_told_and_finds_what_was_typed(seat: Seat) -> None:
    kes = seat("kes")
    kes.offline()
    kes.option("o6").locator("> .tx p").last.click()
    kes.type("hum yet")
    told = kes.option("o6").locator(".told")
    expect(told).to_have_text("That needs the line, which is down. You typed: “hum yet”")
    kes.online()
    expect(kes.state).to_have_text("Saved")
    kes.write_in("o4")
    kes.offline()
    kes.option("o6").locator("> .tx p").last.click()
    kes.type("hum yet")
    expect(tray(kes)).to_contain_text("hum yet")
    kes.online()
    expect(kes.state).to_have_text("Saved")
    kes.page.set_viewport_size({"width": 375, "height": 800})
    kes.option("o4").locator(".pm").focus()
    kes.leave()
    tray(kes).get_by_role("button", name="Put it in where I write").click()
    expect(tray(kes)).to_contain_text("Open the text first")
    kes.write_in("o6")
    tray(kes).get_by_role("button", name="Put it in where I write").click()
    expect(tray(kes)).to_be_hidden()
    kes.saved()
    assert "hum yet" in stored_words("o6")


def test_a_note_that_was_not_sent_lies_in_the_tray(seat: Seat) -> None:
    kes = seat("kes")
    kes.write_in("o4")
    kes.press("Control+m", "m")
    kes.page.get_by_label("Drafting note").fill("to be settled with 3")
    kes.offline()
    kes.press("Enter")
    expect(tray(kes)).to_contain_text("to be settled with 3")
    expect(tray(kes)).to_contain_text("You wrote this for what was not done.")
    kes.page.locator("#p6").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    kes.press("m", "m")
    expect(kes.option("o6").locator(".told")).to_contain_text("needs the line, which is down")


def test_a_page_whose_editor_is_gone_says_to_load_it_again(seat: Seat) -> None:
    kes = seat("kes")
    kes.page.route("**/bench-*", lambda route: route.abort())
    kes.option("o6").locator("> .tx p").last.click()
    again = kes.option("o6").get_by_role("button", name="Load the page again")
    expect(again).to_be_visible()
    kes.page.unroute("**/bench-*")
    again.click()
    expect(kes.state).to_have_text("Saved")
    kes.write_in("o6")


def test_a_text_that_is_agreed_in_the_middle_of_a_word_takes_no_letter_with_it(
    seat: Seat, cast: Cast
) -> None:
    kes = seat("kes")
    kes.write_in("o6")
    kes.type("!")
    kes.saved()
    provisions.move_status(cast.actor("chair"), cast.draft.pk, 6, Status.AGREED)
    typed = 0
    while not kes.page.locator("#p6 .why").is_visible():
        kes.type("u")
        typed += 1
    kes.type("uuu")
    expect(tray(kes)).to_contain_text("You typed this while the text was not open.")
    words = [
        stored_words("o6").partition("!")[2],
        *tray(kes).locator("blockquote").all_inner_texts(),
    ]
    assert "".join(words) == "u" * (typed + 3)
    expect(kes.page.locator("#p6 .why")).to_contain_text("This text is closed: agreed.")


def test_what_is_typed_while_an_item_is_made_stands_in_it(seat: Seat) -> None:
    chair = seat("chair")
    late = Kept(chair, "ack")
    chair.write_in("o4")
    chair.press("Enter")
    chair.type("oil thex")
    chair.press("Backspace")
    chair.page.keyboard.insert_text("m all")
    by_input_method = chair.context.new_cdp_session(chair.page)
    for letters in ("n", "ni"):
        at = {"selectionStart": len(letters), "selectionEnd": len(letters)}
        by_input_method.send("Input.imeSetComposition", {"text": letters, **at})
    by_input_method.send("Input.insertText", {"text": "你"})
    chair.type(";")
    chair.press("Enter")
    chair.type("light them;")
    late.let_through()
    expect(chair.page.locator(".prov.k-item", has_text="light them;")).to_be_visible()
    chair.saved()
    assert [stored_words("o17"), stored_words("o18")] == ["oil them all你;", "light them;"]


# --- Who is let in no more, and a disk that goes --------------------------------------------------


def test_who_is_signed_out_without_a_line_signs_in_again_and_finds_every_word(
    seat: Seat, cast: Cast
) -> None:
    kes = seat("kes")
    in_a_tunnel(kes, "o4", " Daily.")
    Session.objects.all().delete()
    kes.online()
    expect(kes.state).to_have_text("Signed out, changes kept: 7")
    kes.page.get_by_role("button", name="Sign in again").click()
    expect(kes.page).to_have_url(re.compile("/login/"))
    sign_in(kes.context, kes.page.evaluate("location.origin"), cast.users["kes"])
    kes.page.goto(ROOM)
    expect(kes.option("o4")).to_contain_text("Daily.")
    kes.saved()
    assert stored_words("o4") == "to count the lamps; Daily."


def test_a_disk_that_was_emptied_is_written_anew(seat: Seat) -> None:
    kes = seat("kes")
    in_a_tunnel(kes, "o4", " Daily")
    origin = kes.page.evaluate("location.origin")
    emptied = {"origin": origin, "storageTypes": "indexeddb"}
    kes.context.new_cdp_session(kes.page).send("Storage.clearDataForOrigin", emptied)
    kes.type(".")
    expect(kes.state).to_have_text("Offline, changes kept: 7")


def test_a_disk_that_does_not_answer_keeps_nobody_from_writing(seat: Seat) -> None:
    kes = seat("kes")
    kes.context.add_init_script("IDBFactory.prototype.open = () => ({})")
    kes.page.reload()
    kes.option("o4").locator("> .tx p").last.click()
    expect(kes.option("o4").locator(".pm")).to_be_focused()
    kes.type("x")
    kes.saved()
    kes.offline()
    kes.type("y")
    expect(kes.state).to_have_text("Offline, changes only on this page: 1")
