"""Doubts that the base, the editions, the labels or the layout settle, and doubts that stay."""

from __future__ import annotations

import pytest

from drafting.domain.draft import Mode, Option
from drafting.domain.text import plain
from tests.intake.consolidated.papers import base_of
from tests.intake.consolidated.test_phenomena import (
    BASE,
    at,
    changed,
    codes,
    new,
    only_question,
    read,
    read_beside,
    words,
)

EDITED = [
    *BASE[:5],
    "b)\tResolution 4 (Castelmar, 2023) of this conference and the outcome of DA-22, on wicks;",
    *BASE[6:],
]
EDITIONS = base_of(EDITED)


def edited(line: str) -> tuple[Option | None, set[str]]:
    """What stands in the provision with editions, and the kinds of question asked."""
    reading = read_beside(EDITIONS, [*EDITED[:5], line, *EDITED[6:]], "txt")
    return at(reading, "p6").standing, {question.kind for question in reading.questions}


# --- editions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "b) Resolution 4 (Castelmar, 2023Port Lorne, 2027) of this conference and",
        "b) Resolution 4 (CastelmarPort Lorne, 20232027) of this conference and",
        "b) Resolution 4 (~~Castelmar, 2023Port Lorne, 2027~~) of this conference and",
        "b) Resolution 4 (~~Castelmar, 2023~~ Port Lorne, 2027) of this conference and",
        "~~b) Resolution 4 (Castelmar, 2023~~ Port Lorne, 2027) of this conference and",
    ],
)
def test_an_edition_that_succeeds_the_base_s_is_no_doubt_wherever_its_marks_are(line: str) -> None:
    option, asked = edited(f"{line} the outcome of DA-22, on wicks;")
    assert words(option).startswith("Resolution 4 (Port Lorne, 2027) of this conference")
    assert asked == set()


@pytest.mark.parametrize("short", ["DA-2226", "DA-22-26", "DA-~~2226~~"])
def test_the_year_behind_a_short_name_is_an_edition_too(short: str) -> None:
    line = f"b) Resolution 4 (Castelmar, 2023) of this conference and the outcome of {short}, on"
    option, asked = edited(f"{line} wicks;")
    assert "the outcome of DA-26, on wicks" in words(option)
    assert asked == set()


@pytest.mark.parametrize(
    "edition", ["Castelmar, 2023Orsk Haven, 2019", "Castelmar, 2023Hallam, 2026"]
)
def test_an_earlier_edition_or_one_of_another_body_is_asked(edition: str) -> None:
    line = f"b) Resolution 4 ({edition}) of this conference and the outcome of DA-22, on wicks;"
    assert edited(line)[1] == {"wording"}


def test_a_provision_moved_with_a_later_edition_is_no_doubt() -> None:
    moved = "d) Resolution 4 (~~Castelmar, 2023~~ Port Lorne, 2027) of this conference and the "
    lines = [*EDITED[:5], f"~~{EDITED[5]}~~", EDITED[6], f"{moved}outcome of DA-22, on wicks;"]
    reading = read_beside(EDITIONS, [*lines, *EDITED[7:]], "txt")
    (stands,) = new(reading)
    assert stands.moved_from == "p6"
    assert reading.questions == ()


def test_the_same_few_words_in_another_place_may_be_chance_and_are_asked() -> None:
    base = base_of([*BASE[:5], "b)\tsalted glass;", *BASE[6:]])
    lines = [*BASE[:5], "~~b) salted glass;~~", BASE[6], "d) salted glass;", *BASE[7:]]
    reading = read_beside(base, lines, "txt")
    assert only_question(reading, "move").assumed == "moved"


def test_the_same_words_in_another_place_are_the_provision_moved() -> None:
    again = BASE[4].replace("a)", "d)")
    reading = read([*BASE[:4], f"~~{BASE[4]}~~", *BASE[5:7], again, *BASE[7:]], "txt")
    (stands,) = new(reading)
    assert stands.moved_from == "p5"
    assert reading.questions == ()


def test_where_something_certain_was_changed_the_base_is_no_answer() -> None:
    line = "b) Resolution 4 (Castelmar, 2023Port Lorne, 2027) of this conference and of others and "
    lines = [*EDITED[:5], f"{line}the outcome of DA-22, on wicks;", *EDITED[6:]]
    reading = read_beside(EDITIONS, lines, "txt")
    offered = {a.key for a in only_question(reading, "wording").alternatives}
    assert "base" not in offered
    plainly = read(changed(9, "2\tto count the lamps each spring and autumn and to tell,"), "txt")
    assert "base" in {a.key for a in only_question(plainly, "wording").alternatives}


# --- signs, and words set off by them -----------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "2 to count the lamps-each spring and to publish the count,",
        "2 to count the lamps each spring. and to publish the count,",
    ],
)
def test_a_sign_between_neighbours_of_the_base_is_the_copy_s(line: str) -> None:
    reading = read(changed(9, line), "txt")
    assert words(at(reading, "p10").standing) == BASE[9].partition("\t")[2]
    assert reading.questions == ()


def test_another_sign_at_the_end_is_as_printed_and_not_asked() -> None:
    reading = read(changed(9, "2 to count the lamps each spring and to publish the count;"), "txt")
    assert words(at(reading, "p10").standing).endswith("the count;")
    assert reading.questions == ()


def test_no_sign_at_all_at_the_end_is_asked() -> None:
    reading = read(changed(9, "2 to count the lamps each spring and to publish the count"), "txt")
    assert [question.kind for question in reading.questions] == ["wording"]


@pytest.mark.parametrize(
    "line",
    [
        "1 to lend oil and glass to every island that asks for them, be it large or small, within "
        "the limits of the store;",
        "1 to lend oil and glass to every island that asks for them, within the limits of the "
        "store; which is to be kept dry;",
    ],
)
def test_new_words_that_signs_set_off_replace_nothing_and_are_not_asked(line: str) -> None:
    reading = read(changed(8, line), "txt")
    assert words(at(reading, "p9").standing) == line.partition(" ")[2]
    assert reading.questions == ()


@pytest.mark.parametrize(
    "line",
    [
        "1\tto lend oil and glass to every island that asks for them, be it large, within the "
        "limits of the store;",
        "1\tto lend oil and glass to every island that asks for them, within the limits of the "
        "store.",
    ],
)
def test_in_a_paper_that_tracks_its_changes_what_is_untracked_is_always_asked(line: str) -> None:
    tracked = "2\tto count the lamps each {-spring-}{+autumn+} and to publish the count,"
    reading = read([*BASE[:8], line, tracked, *BASE[10:]])
    assert "tracked changes rejected" in only_question(reading, "wording").what


# --- what new words replaced --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # a struck space before the base word that new words follow
        (
            "1 to lend oil and-glass or wax to every island that asks for them, within the limits "
            "of the store;",
            "to lend oil and or wax to every island that asks for them, within the limits of the "
            "store;",
        ),
        # a phrase with an article behind a word of the base
        (
            "1 to lend oil and glass the best of lamps to every island that asks for them, within "
            "the limits of the store;",
            "to lend oil and the best of lamps to every island that asks for them, within the "
            "limits of the store;",
        ),
    ],
)
def test_base_words_beside_new_ones_may_have_been_replaced(line: str, expected: str) -> None:
    key = only_question(read(changed(8, line), "txt"), "wording").key
    reading = read(changed(8, line), "txt", **{key: "replaced"})
    assert words(at(reading, "p9").standing) == expected


def test_a_struck_space_further_on_tells_that_its_clause_may_be_gone() -> None:
    base = base_of(
        [
            *BASE[:5],
            "b)\tthe reports of the keepers' assembly on worn wicks and salted "
            "glass, which nobody read;",
            *BASE[6:],
        ]
    )
    line = "b) the reports of the keepers' yearly meeting assembly on worn wicks-and salted glass, "
    lines = [*BASE[:5], f"{line}which nobody read;", *BASE[6:]]
    key = only_question(read_beside(base, lines, "txt"), "wording").key
    reading = read_beside(base, lines, "txt", **{key: "replaced"})
    gone = "the reports of the keepers' yearly meeting which nobody read;"
    assert words(at(reading, "p6").standing) == gone


def test_two_phrases_side_by_side_in_struck_new_text_are_asked() -> None:
    line = "4\tto hang a lamp at the gate of lilies that bridge and in every window,"
    lines = [*BASE[:10], f"{{~Kestria|{line}~}}", *BASE[10:]]
    reading = read(lines)
    question = only_question(reading, "wording")
    assert question.assumed == "printed"
    for answer, held in (("first", "the gate of lilies and"), ("second", "that bridge and")):
        (dropped,) = new(read(lines, **{question.key: answer}))
        assert plain(dropped.options[0].text) == f"to hang a lamp at {held} in every window,"


# --- labels and layout --------------------------------------------------------------------------


def test_a_misread_label_is_told_by_the_one_before_it_or_after_it() -> None:
    misread = "ed) that no island keeps its lamps for itself alone,"
    alone = read(changed(6, misread), "txt")
    assert only_question(alone, "label").assumed == "new"
    counted = read(changed(6, "c) that glass is dear;", misread), "txt")
    assert "label" not in {question.kind for question in counted.questions}
    assert at(counted, "p7").options[0].text.label == "d)"
    after = read(changed(6, misread, "e) that glass is dear,"), "txt")
    assert "label" not in {question.kind for question in after.questions}


def test_a_paragraph_that_ends_with_an_article_goes_on_in_the_next() -> None:
    lines = ["3\tto send the count to the", "Council of Lamps each year,"]
    reading = read([*BASE[:10], *lines, *BASE[10:]], "txt")
    assert [words(p.options[0]) for p in new(reading)] == [
        "to send the count to the Council of Lamps each year,"
    ]
    assert reading.questions == ()


def test_a_bracket_that_opens_a_proposal_can_only_end_in_it() -> None:
    lines = ["KES/75/4", "[3\tto store glass;", "VAL/70/2", "3\tto thank those who kept watch,"]
    reading = read([*BASE[:10], *lines, *BASE[10:]], "txt")
    offered = [a.key for a in only_question(reading, "bracket").alternatives]
    assert offered == ["open", "after11", "dropped"]
    free = read([*BASE[:8], f"[{BASE[8]}", BASE[9], *lines[2:], *BASE[10:]], "txt")
    offered = [a.key for a in only_question(free, "bracket").alternatives]
    assert offered == ["open", "after8", "after9", "after11", "dropped"]


def test_a_wording_much_like_the_struck_one_above_it_replaced_it() -> None:
    lines = [
        "KES/75/4",
        "{~Kestria|3\tto hang a lamp in every window;~}",
        "{+Kestria|to hang a lamp in every gate;+}",
    ]
    reading = read([*BASE[:10], *lines, *BASE[10:]])
    (added,) = new(reading)
    assert len(added.options) == 2
    assert added.mode is Mode.EXCLUSIVE
    assert {question.kind for question in reading.questions} == {"struck"}


def test_new_wording_behind_a_bracket_whose_label_starts_again_is_nobody_s() -> None:
    lines = [
        "KES/75/4",
        "[a)\tthat glass is dear;]",
        "a)\tthat straw is cheap;",
        "b)\tthat oil burns;",
    ]
    reading = read([*BASE[:4], *lines, *BASE[4:]], "txt")
    assert [codes(p.options[0]) for p in new(reading)] == [["KES/75/4"], [], []]
    assert "scope" not in {question.kind for question in reading.questions}


def test_items_that_a_wording_announces_go_with_it() -> None:
    lines = [
        "KES/75/4",
        "3 to store:",
        "i) glass under straw;",
        "ii) oil under sand;",
        "4 to rest,",
    ]
    whole = [*BASE[:10], *lines, *BASE[10:]]
    question = only_question(read(whole, "txt"), "scope")
    assert question.in_file == "to rest,"
    first = read(whole, "txt", **{question.key: "first"})
    assert [codes(p.options[0]) for p in new(first)] == [["KES/75/4"]] * 3 + [[]]


# --- markers that no provision shows ------------------------------------------------------------


@pytest.mark.parametrize("form", ["docx", "txt"])
@pytest.mark.parametrize(
    "lines",
    [
        ["recalling", "~~[3\tto hang a lamp in every gate;~~", *BASE],
        ["recalling", "3\tto hang a lamp in every gate;]", *BASE],
        [*BASE[:9], "[Note by the Chair: later.", *BASE[9:]],
        [*BASE[:9], "Note by the Chair: later]", *BASE[9:]],
        ["See [the store](https://example.org/a)", *BASE],
        [*BASE[:9], "Note by the Chair: see [the store](https://example.org/a)", *BASE[9:]],
    ],
)
def test_a_sign_outside_every_provision_is_not_asked(lines: list[str], form: str) -> None:
    assert read(lines, form).questions == ()


def test_an_end_outside_every_provision_is_not_offered() -> None:
    lines = ["[recalling", "3\tto hang a lamp;", "recognizing", *BASE]
    offered = [a.key for a in only_question(read(lines), "bracket").alternatives]
    assert offered == ["open", "after0", "dropped"]


@pytest.mark.parametrize(
    "marked",
    ["{-[-}the", "{-[the-}", "~~[~~the", "{~Kestria|[all~} the", "the{-]-}"],
)
def test_a_lone_marker_struck_out_of_a_wording_that_stands_goes_unasked(marked: str) -> None:
    line = f"2\tto count {marked} lamps each spring and to publish the count,"
    reading = read(changed(9, line))
    assert reading.questions == ()
    assert "[" not in words(at(reading, "p10").standing)
    assert "]" not in words(at(reading, "p10").standing)


def test_a_lone_marker_in_a_wording_that_is_struck_as_a_whole_is_asked() -> None:
    assert only_question(read(changed(9, f"~~[{BASE[9]}~~")), "bracket").assumed == "open"
