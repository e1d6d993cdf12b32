"""One person at the text: writing, brackets, items, undo, what is closed, and the way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.formats import date_format
from playwright.sync_api import Browser, expect

from drafting.domain import text as texts
from drafting.domain.draft import Status
from drafting.models import Event, Option, Provision
from drafting.services import provisions
from tests.browser.people import Window, agree, seated, stored, stored_words
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def chair(browser: Browser, server: str, cast: Cast) -> Iterator[Window]:
    with seated(browser, server, cast.users["chair"]) as window:
        yield window


@pytest.fixture
def kes(browser: Browser, server: str, cast: Cast) -> Iterator[Window]:
    with seated(browser, server, cast.users["kes"]) as window:
        yield window


def test_who_only_reads_is_spared_the_editor(browser: Browser, server: str, cast: Cast) -> None:
    with seated(browser, server, cast.users["olga"]) as olga:
        olga.page.reload()
        olga.option("o4").locator("> .tx p").click()
        olga.page.wait_for_load_state("networkidle")
        scripts = olga.page.evaluate(
            """async () => {
              const found = performance.getEntriesByType('resource').map(one => one.name);
              const own = found.filter(name => name.endsWith('.js'));
              return Promise.all(own.map(async name => (await fetch(name)).text()));
            }"""
        )
        # A sentence of ProseMirror's model, which all the rest of it needs.
        assert not [words for words in scripts if "Unknown node type" in words]
        expect(olga.editor).to_have_count(0)


def test_the_line_that_is_clicked_does_not_move(chair: Window) -> None:
    words = chair.option("o4").locator("> .tx p")
    before = words.bounding_box()
    chair.write_in("o4")
    assert chair.option("o4").locator(".pm p").bounding_box() == before
    chair.leave()
    assert words.bounding_box() == before


def test_what_is_typed_is_saved_and_shown(chair: Window) -> None:
    chair.write_in("o4", at="Home")
    chair.type("again ")
    chair.saved()
    assert stored_words("o4") == "again to count the lamps;"
    chair.leave()
    assert agree([chair], "o4") == "again to count the lamps;"


def test_brackets_are_markers_and_pair(chair: Window) -> None:
    chair.write_in("o4", at="Home")
    chair.type("[maybe] ")
    chair.saved()
    said = stored("o4")
    markers = [piece for piece in texts.inlines(said) if not isinstance(piece, texts.Run)]
    assert [type(marker).__name__ for marker in markers] == ["BracketOpen", "BracketClose"]
    assert markers[0].id == markers[1].id
    expect(chair.editor.locator(".br.lone")).to_have_count(0)


def test_a_bracket_goes_over_two_provisions(chair: Window) -> None:
    chair.write_in("o4", at="Home")
    chair.type("[")
    chair.saved()
    expect(chair.editor.locator(".br.lone")).to_have_count(1)
    chair.write_in("o6")
    expect(chair.option("o4").locator(".br.lone")).to_have_count(1)
    chair.type("]")
    chair.saved()
    expect(chair.editor.locator(".br.lone")).to_have_count(0)
    expect(chair.option("o4").locator(".br.lit")).to_have_count(1)
    ids = {key: stored(key).paragraphs[0].inlines for key in ("o4", "o6")}
    assert ids["o4"][0].id == ids["o6"][-1].id  # type: ignore[union-attr]


def test_undo_takes_back_ones_own(chair: Window) -> None:
    chair.write_in("o4")
    chair.type(" not")
    chair.saved()
    chair.press("Control+z")
    chair.saved()
    assert stored_words("o4") == "to count the lamps;"


def test_enter_makes_the_next_item_and_typing_goes_on_in_it(chair: Window) -> None:
    chair.write_in("o4")
    chair.press("Enter")
    chair.type("to count them twice;")
    new = chair.page.locator(".prov.k-item", has_text="to count them twice;")
    expect(new).to_be_visible()
    chair.saved()
    keys = [row.key for row in Provision.objects.order_by("rank")]
    key = new.get_attribute("id")
    assert key is not None
    assert keys.index(key) == keys.index("p4") + 1


def test_backspace_at_the_start_joins_to_the_provision_before(chair: Window) -> None:
    write_next(chair, "twice;")
    chair.press("Home", "Backspace")
    expect(chair.option("o4").locator(".pm")).to_be_focused()
    assert "twice;" in stored_words("o4")


LATE = "addEventListener('selectionchange', e => e.isTrusted && e.stopImmediatePropagation(), true)"


def test_a_key_acts_where_the_caret_is_though_the_browser_has_not_told_yet(chair: Window) -> None:
    write_next(chair, "twice;")
    chair.page.evaluate(LATE)
    chair.press("Home", "Backspace")
    expect(chair.option("o4").locator(".pm")).to_be_focused()


def write_next(chair: Window, words: str) -> None:
    """Writes a new item after the first one."""
    chair.write_in("o4")
    chair.press("Enter")
    chair.type(words)
    expect(chair.page.locator(".prov.k-item", has_text=words)).to_be_visible()
    chair.saved()


def test_a_delegates_words_are_requests(kes: Window) -> None:
    kes.write_in("o4", at="Home")
    kes.type("now ")
    kes.press("Delete", "Delete", "Delete")
    kes.saved()
    said = stored("o4")
    assert texts.plain(texts.rejected(said)) == "to count the lamps;"
    assert texts.plain(texts.accepted(said)) == "now count the lamps;"
    assert texts.sources(said) == ("KES",)
    kes.press("Tab")
    told = kes.page.locator(".told")
    expect(told).to_be_visible()
    assert len(stored("o4").paragraphs) == 1
    told.get_by_role("button", name="Add an option of ours").click()
    ours = kes.page.locator("#p4 > .opt").nth(1)
    expect(ours.locator(".pm")).to_be_focused()
    expect(ours.locator(".who")).to_contain_text("KES")
    kes.type("ours: ")
    kes.saved()
    key = str(ours.get_attribute("id"))
    assert texts.plain(texts.accepted(stored(key))).startswith("ours: ")


def test_a_pasted_paper_keeps_what_the_text_knows(chair: Window) -> None:
    chair.write_in("o4")
    html = (
        "<p class=MsoNormal>one <b>two</b> <span style='color:red'>[three]</span>"
        "<script>x</script><o:p></o:p></p>"
    )
    chair.page.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData('text/html', html);
          const paste = new ClipboardEvent('paste', {clipboardData: data, bubbles: true});
          document.querySelector('.pm').dispatchEvent(paste);
        }""",
        html,
    )
    chair.saved()
    assert stored_words("o4") == "to count the lamps;one two [three]"
    runs = [piece for piece in texts.inlines(stored("o4")) if isinstance(piece, texts.Run)]
    assert [run.text for run in runs if "strong" in run.formats] == ["two"]


def test_agreed_text_says_why_it_is_closed(kes: Window, cast: Cast) -> None:
    provisions.move_status(
        cast.actor("chair"), cast.draft.pk, 4, Status.AGREED, "No one has asked for the floor."
    )
    kes.page.reload()
    expect(kes.state).to_have_text("Saved")
    kes.option("o4").locator("> .tx p").first.click()
    why = kes.page.locator(".why")
    expect(why).to_be_focused()
    expect(why).to_contain_text("No one has asked for the floor.")
    expect(why).to_contain_text("ask the chair")
    at = Event.objects.get(kind="provision.status").at
    expect(why).to_contain_text(date_format(at, "j F, H:i"))
    expect(kes.editor).to_have_count(0)


def test_everything_is_reached_by_keys(chair: Window) -> None:
    chair.press("j", "e")
    expect(chair.editor).to_be_focused()
    chair.press("Alt+F10")
    expect(chair.page.locator(".pens button").first).to_be_focused()
    chair.press("Escape")
    expect(chair.editor).to_be_focused()
    chair.press("Control+m")
    expect(chair.page.get_by_role("menuitem").first).to_be_focused()
    chair.press("Escape", "Escape")
    expect(chair.editor).to_have_count(0)
    expect(chair.page.locator("#p5")).to_be_focused()


def test_the_menu_adds_options_and_notes(chair: Window) -> None:
    chair.write_in("o4")
    chair.press("Control+m", "o")
    expect(chair.page.locator("#p4 > .opt")).to_have_count(2)
    expect(chair.page.locator("#p4 > .opt").last.locator(".pm")).to_be_focused()
    chair.write_in("o4")
    chair.press("Control+m", "m")
    chair.page.get_by_label("Drafting note").fill("to be settled with 3")
    chair.press("Enter")
    expect(chair.page.locator("#p4 .note")).to_contain_text("to be settled with 3")


def test_an_input_method_writes_one_request(kes: Window) -> None:
    kes.write_in("o4", at="Home")
    typing = kes.context.new_cdp_session(kes.page)
    for letters in ("h", "ha", "hai"):
        typing.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
    typing.send("Input.insertText", {"text": "海"})
    kes.saved()
    assert stored_words("o4") == "海to count the lamps;"
    changes = {change.id for piece in texts.inlines(stored("o4")) for change in piece.changes}
    assert len(changes) == 1


def test_an_accent_behind_a_letter_makes_one_letter_of_both(chair: Window) -> None:
    chair.write_in("o4", at="Home")
    chair.type("e")
    chair.page.keyboard.insert_text("\u0301")
    chair.type(" ")
    chair.saved()
    assert stored_words("o4") == "\u00e9 to count the lamps;"


def test_what_others_write_waits_for_the_input_method(
    chair: Window, browser: Browser, server: str, cast: Cast
) -> None:
    with seated(browser, server, cast.users["sam"]) as sam:
        chair.write_in("o4", at="Home")
        sam.write_in("o4")
        typing = chair.context.new_cdp_session(chair.page)
        typing.send(
            "Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2}
        )
        sam.type(" daily")
        sam.saved()
        typing.send("Input.insertText", {"text": "你"})
        assert agree([chair, sam], "o4") == "你to count the lamps; daily"


def test_text_that_runs_from_right_to_left_is_written_as_it_is(chair: Window) -> None:
    chair.page.evaluate("document.querySelector('.paper').dir = 'rtl'")
    chair.write_in("o4", at="Home")
    chair.page.keyboard.insert_text("المصابيح ")
    chair.press("Backspace")
    chair.saved()
    assert stored_words("o4") == "المصابيحto count the lamps;"
    assert chair.editor.get_attribute("dir") == "rtl"


def test_the_tools_stand_at_the_foot_of_a_phone(browser: Browser, server: str, cast: Cast) -> None:
    with seated(browser, server, cast.users["chair"], width=375) as chair:
        chair.write_in("o4")
        box = chair.page.get_by_role("toolbar").bounding_box()
        assert box is not None
        assert round(box["y"] + box["height"]) == 860
        assert chair.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_chair_sees_and_chooses_for_whom_it_is_written(chair: Window) -> None:
    chair.write_in("o4", at="Home")
    choice = chair.page.get_by_role("toolbar").get_by_label("For")
    choice.select_option("KES")
    expect(chair.page.get_by_label("Writing for")).to_have_value("KES")
    expect(chair.editor).to_be_focused()
    chair.type("now ")
    chair.saved()
    assert Option.objects.get(number=4).written_for == "KES"
    assert stored_words("o4") == "now to count the lamps;"


def test_the_chair_may_write_down_a_request(chair: Window) -> None:
    chair.write_in("o4", at="Home")
    chair.page.get_by_role("toolbar").get_by_label("For").select_option("VAL")
    chair.page.get_by_role("button", name="As pending").click()
    chair.type("now ")
    chair.saved()
    assert texts.sources(stored("o4")) == ("VAL",)
    assert texts.plain(texts.rejected(stored("o4"))) == "to count the lamps;"
