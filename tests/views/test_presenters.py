"""What the reading room shows of a paper."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.draft import Attribution, Mode, Note, NoteKind, ProvisionKind, Status
from drafting.domain.paper import Against, Block, BlockKind
from drafting.domain.redline import Op, RedLabel, RedParagraph, RedRun
from drafting.domain.text import BracketClose, BracketOpen, PendingChange
from drafting.render.bracket_numbers import numbers_in
from drafting.views.presenters import present_history, present_room
from drafting.views.redline_html import (
    Marking,
    label_html,
    pieces_html,
    short_source,
)
from drafting.views.shown import ProvisionView, RoomView
from tests.views.papers import Writer

ITEM, CALL = ProvisionKind.ITEM, ProvisionKind.CALL
SPACE = '<span class="sp"> </span>'  # the page's own
TAG = re.compile(r"<[^>]+>")


def only(room: RoomView, key: str) -> ProvisionView:
    (found,) = [
        p for section in (room.head, *room.sections) for p in section.everything if p.key == key
    ]
    return found


# --- Words ------------------------------------------------------------------------------------


def test_words_are_escaped() -> None:
    assert pieces_html([RedRun("a <b> & c", Op.INS)], Marking()) == (
        "<ins>a &lt;b&gt; &amp; c</ins>"
    )


def test_a_mark_never_carries_the_space_beside_it() -> None:
    pieces = [RedRun("old words ", Op.DEL), RedRun(" new", Op.INS), RedRun(" kept", Op.KEEP)]
    assert pieces_html(pieces, Marking()) == "<del>old words</del>  <ins>new</ins> kept"


def test_a_word_and_what_replaces_it_do_not_run_into_each_other() -> None:
    pieces = [RedRun("2022", Op.DEL), RedRun("2026", Op.INS), RedRun(",", Op.DEL)]
    html = pieces_html([*pieces, RedRun(";", Op.INS)], Marking())
    assert html == f"<del>2022</del>{SPACE}<ins>2026</ins><del>,</del><ins>;</ins>"


@given(
    st.lists(
        st.builds(
            RedRun,
            st.text(alphabet=" ab<&\"'é中", max_size=8),
            st.sampled_from(Op),
            st.frozensets(st.sampled_from(["em", "strong", "sup", "sub", "underline"])),
        )
    )
)
def test_no_word_is_lost_and_none_is_added(runs: list[RedRun]) -> None:
    html = TAG.sub("", pieces_html(runs, Marking()).replace(SPACE, ""))
    assert unescape(html) == "".join(run.text for run in runs)


def test_what_is_pending_says_whose_it_is() -> None:
    change = PendingChange("insertion", "c1", "ISL/79A2/13")
    html = pieces_html([RedRun("unaltered", Op.INS, changes=(change,))], Marking())
    assert '<ins class="p" data-c="c1/+/ISL%2F79A2%2F13">unaltered</ins>' in html
    assert ">ISL</span>" in html
    assert "addition asked by ISL/79A2/13" in html


def test_neighbouring_words_of_one_change_are_signed_once() -> None:
    change = PendingChange("deletion", "c1", "NRT/80A1/14")
    runs = [
        RedRun("and in", Op.KEEP, changes=(change,)),
        RedRun(" full", Op.INS, changes=(change,)),
    ]
    html = pieces_html(runs, Marking())
    assert html.count('class="sig"') == 1


def test_who_asks_stands_at_the_word_and_not_behind_the_space() -> None:
    asked = (PendingChange("insertion", "c1", "KES"),)
    runs = (RedRun("now ", Op.KEEP, changes=asked), RedRun("count", Op.KEEP))
    html = pieces_html(runs, Marking())
    assert 'now</ins><span class="sig"' in html
    assert html.endswith("</span></span> count")


def test_a_word_added_and_asked_to_be_deleted_shows_both() -> None:
    change = PendingChange("deletion", "c1", "VAL/70/2")
    html = pieces_html([RedRun("all", Op.INS, changes=(change,))], Marking())
    assert html.startswith('<ins><del class="p" data-c="c1/-/VAL%2F70%2F2">all</del></ins>')


def test_sources_are_short_above_the_line() -> None:
    assert short_source("ISL/79A2/13") == "ISL"
    assert short_source("B/CAN/CLM/USA/76/1") == "B/CAN/CLM/USA"
    assert short_source("EUR/XX/1") == "EUR"
    assert short_source("Chair") == "Chair"


# --- Labels -----------------------------------------------------------------------------------


def label(old: str | None, new: str | None, op: Op = Op.KEEP, *, level: int = 1) -> str:
    return label_html(RedParagraph((), op, RedLabel(old, new), level), Marking())


def test_letters_lean_and_figures_and_romans_stand() -> None:
    assert label("a)", "a)") == "<i>a)</i>"
    assert label("i)", "i)") == "<i>i)</i>"
    assert label("i)", "i)", level=2) == "i)"
    assert label("2", "2") == "2"
    assert label(None, "2bis", Op.INS) == "<ins>2<i>bis</i></ins>"


def test_a_changed_label_shows_both() -> None:
    assert label("c)", "d)") == "<del><i>c)</i></del> <ins><i>d)</i></ins>"


# --- Brackets ---------------------------------------------------------------------------------


def paragraph(*pieces: RedRun | BracketOpen | BracketClose) -> RedParagraph:
    return RedParagraph(pieces)


def test_a_short_bracket_needs_no_number() -> None:
    one = paragraph(BracketOpen("b1"), RedRun("shall", Op.INS), BracketClose("b1"))
    assert numbers_in([one], frozenset()) == {}


def test_brackets_that_nest_are_numbered_in_the_order_of_opening() -> None:
    one = paragraph(BracketOpen("b1"), BracketOpen("b2"), BracketClose("b2"), BracketClose("b1"))
    assert numbers_in([one], frozenset()) == {"b1": 1, "b2": 2}


def test_a_bracket_over_paragraphs_is_numbered() -> None:
    paragraphs = [paragraph(BracketOpen("b1")), paragraph(BracketClose("b1"))]
    assert numbers_in(paragraphs, frozenset()) == {"b1": 1}


def test_a_bracket_without_a_partner_says_so_and_numbers_nobody() -> None:
    one = paragraph(BracketOpen("b1"), BracketOpen("b2"), BracketClose("b2"))
    assert numbers_in([one], frozenset({"b1"})) == {}
    html = pieces_html(one.pieces, Marking(unpaired=frozenset({"b1"})))
    assert "never closed" in html
    assert 'aria-label="bracket opens and never closes"' in html


def test_a_lone_bracket_before_a_label_is_told_in_the_margin() -> None:
    writer = Writer()
    key = writer.put(ITEM, ("ISL/79A2/13", "3\t[{+to keep;+}"), before_label=True)
    (option,) = only(present_room(writer.paper()), key).options
    assert option.lone


def test_whoever_stands_behind_a_bracket_is_named_with_its_number_if_it_has_one() -> None:
    for words, number in (("c)\t[{+a word+}]", None), ("c)\t[{+a +}[{+word+}]]", 1)):
        writer = Writer()
        key = writer.put(ITEM, ("ISL/79A2/13@b1", words))
        (option,) = only(present_room(writer.paper()), key).options
        assert [(name.words, name.number) for name in option.names] == [("ISL/79A2/13", number)]


# --- The room ---------------------------------------------------------------------------------


def test_a_section_begins_with_each_call() -> None:
    writer = Writer()
    writer.put(ProvisionKind.TITLE, "On gauges", level=0)
    writer.put(CALL, "recalling", level=0)
    writer.put(ITEM, "a)\tone;")
    writer.put(CALL, "resolves", level=0)
    writer.put(ITEM, "1\tto act,")
    room = present_room(writer.paper())
    assert [p.kind for p in room.head.provisions] == [ProvisionKind.TITLE]
    assert [section.title for section in room.sections] == ["recalling", "resolves"]
    assert [len(section.provisions) for section in room.sections] == [1, 1]


def test_provisions_are_named_by_call_and_label() -> None:
    writer = Writer()
    writer.put(CALL, "instructs the Secretary-General", level=0)
    one = writer.put(ITEM, "1\tto report:")
    sub = writer.put(ITEM, "i)\tyearly;", level=2)
    two = writer.put(ITEM, "2>3\tto publish,")
    room = present_room(writer.paper())
    names = [str(only(room, key).name) for key in (one, sub, two)]
    call = "instructs the Secretary-General"
    assert names == [f"{call} 1", f"{call} 1 i)", f"{call} 3"]


def test_options_carry_their_proposers_heading_and_joining_word() -> None:
    writer = Writer()
    key = writer.put(
        ITEM,
        ("NRT/80A1/14 CPE/73A1/16", "2\tto exchange;", "Option 1"),
        ("VAL/70/2", "2\tto keep;"),
        ("TES/88/1", "-"),
    )
    options = only(present_room(writer.paper()), key).options
    assert [[name.words for name in o.names] for o in options] == [
        ["NRT/80A1/14", "CPE/73A1/16"],
        ["VAL/70/2"],
        ["TES/88/1"],
    ]
    assert [o.heading for o in options] == ["Option 1", "", ""]
    assert [str(o.join) for o in options] == ["", "or", "or"]
    assert [o.kind for o in options] == ["text", "text", "no_text"]


def test_cumulative_options_are_joined_by_and() -> None:
    writer = Writer()
    key = writer.put(ITEM, "1\tone;", "1\ttwo;", mode=Mode.CUMULATIVE)
    assert str(only(present_room(writer.paper()), key).options[1].join) == "and"


def test_an_option_that_says_nothing_keeps_its_brackets() -> None:
    writer = Writer()
    key = writer.put(ITEM, "1\tone;", "-")
    paper = writer.paper()
    silent = paper.blocks[-1]
    closing = Block(
        BlockKind.WORDING,
        key,
        ITEM,
        1,
        "AHG",
        option=silent.option,
        paragraphs=(RedParagraph((BracketClose("b9"),)),),
        copy=True,
    )
    paper = replace(paper, blocks=(*paper.blocks, closing))
    options = only(present_room(paper), key).options
    assert len(options) == 2
    assert [row.silent for row in options[1].rows] == [True, False]
    assert 'data-b="b9"' in options[1].rows[1].body


def test_a_note_stands_beside_the_option_whose_words_it_hangs_on() -> None:
    writer = Writer()
    notes = (
        Note("n1", "On the words.", NoteKind.DRAFTING, "Chair"),
        Note("n2", "On the whole.", NoteKind.COMMENT, "VAL"),
        Note("n3", "At the foot.", NoteKind.FOOTNOTE),
    )
    key = writer.put(ITEM, "1\tone;", "1\t{n1=two};", notes=notes)
    first, second = only(present_room(writer.paper()), key).options
    assert [note.text for note in first.notes] == ["On the whole."]
    assert [(note.by, note.text) for note in second.notes] == [("Chair", "On the words.")]


def test_footnotes_go_to_the_foot_once() -> None:
    writer = Writer()
    note = Note("n1", "See Annex.", NoteKind.FOOTNOTE)
    writer.put(ITEM, "1\tone;", notes=(note,))
    assert [n.text for n in present_room(writer.paper(notes=(note,))).footnotes] == ["See Annex."]


def test_a_moved_provision_points_both_ways_by_name() -> None:
    writer = Writer()
    writer.put(CALL, "recalling", level=0)
    left = writer.put(ITEM, "a)\t{-the work;-}", moved_to="p3")
    now = writer.put(ITEM, "b)\tthe work;", moved_from=left)
    room = present_room(writer.paper())
    moved_to, moved_from = only(room, left).moved_to, only(room, now).moved_from
    assert moved_to is not None
    assert (moved_to.label, moved_to.url) == ("recalling b)", "#p3")
    assert moved_from is not None
    assert moved_from.label == "recalling a)"


def test_items_are_counted_and_calls_are_not() -> None:
    writer = Writer()
    writer.put(CALL, "recalling", level=0)
    writer.put(ITEM, "a)\tone;", status=Status.AGREED)
    writer.put(ITEM, "b)\ttwo;", status=Status.AGREED_AD_REF)
    writer.put(ITEM, "c)\t[three];", status=Status.OPEN)
    writer.put(ITEM, "d)\tfour,", status=Status.REOPENED, reason="Asked by VAL.")
    room = present_room(writer.paper())
    counts = room.counts
    assert (counts.total, counts.open, counts.agreed_ad_ref, counts.agreed) == (4, 1, 1, 1)
    assert (counts.reopened, counts.contested, counts.brackets) == (1, 1, 1)
    assert [str(p.name) for p in room.contested] == ["recalling c)", "recalling d)"]


def test_a_reason_for_reopening_stands_in_the_margin() -> None:
    writer = Writer()
    key = writer.put(ITEM, "1\tone;", status=Status.REOPENED, reason="Asked by VAL.")
    (option,) = only(present_room(writer.paper()), key).options
    assert [(note.by, note.text) for note in option.notes] == [("Reopened", "Asked by VAL.")]


def test_words_and_pending_changes_are_counted() -> None:
    writer = Writer()
    writer.put(ITEM, "1\tto {-keep-} {+send at once+} {ISL+unaltered+};")
    room = present_room(writer.paper())
    assert (room.words_added, room.words_struck, room.pending) == (4, 1, 1)


def test_the_paper_has_its_own_language_and_direction() -> None:
    writer = Writer()
    writer.put(ITEM, "1\tone;")
    room = present_room(writer.paper(language="A", against=Against.CLEAN))
    assert (room.lang, room.dir, room.against) == ("ar", "rtl", "clean")


def test_a_paper_of_nothing_can_be_shown() -> None:
    room = present_room(Writer().paper())
    assert (room.sections, room.counts.total, room.contested) == ((), 0, ())


def test_a_history_pairs_brackets_on_its_own() -> None:
    redline = (paragraph(BracketOpen("b1"), RedRun("a", Op.KEEP), BracketClose("b2")),)
    rows = present_history(redline)
    assert rows is not None
    assert rows[0].body.count("lone") == 2
    assert present_history(None) is None


def test_an_attribution_without_a_code_gives_the_delegation() -> None:
    writer = Writer()
    key = writer.put(ITEM, ("VAL/70/2", "1\tone;"))
    paper = writer.paper()
    unnamed = (Attribution(None, name="Valmora"),)
    blocks = tuple(replace(block, attributions=unnamed) for block in paper.blocks)
    paper = replace(paper, blocks=blocks)
    (option,) = only(present_room(paper), key).options
    assert [name.words for name in option.names] == ["Valmora"]
