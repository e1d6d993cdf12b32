"""Each thing that consolidated papers do, once, in invented words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from drafting.domain.draft import (
    Draft,
    Mode,
    NoteKind,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.text import (
    BracketClose,
    BracketKind,
    BracketOpen,
    accepted,
    inlines,
    plain,
    printed,
    rejected,
    sources,
)
from drafting.intake.consolidated import read_consolidated
from drafting.intake.reading import DraftReading, Place, Question
from tests.intake.consolidated.papers import base_of, every_answer_works, is_sound, paper

BASE = [
    "RESOLUTION 9 (Rev. Orsk Haven, 2019)",
    "Keeping the harbour lamps of small islands alight",
    "The Plenary Conference of the Seamarks Union (Orsk Haven, 2019),",
    "considering",
    "a)\tthat lamps fail most often in the months when they are needed most;",
    "b)\tthe reports of the keepers' assembly (Tarn, 2018), on worn wicks and salted glass;",
    "c)\tthat no island keeps its lamps for itself alone,",
    "resolves",
    "1\tto lend oil and glass to every island that asks for them, within the limits of the store;",
    "2\tto count the lamps each spring and to publish the count,",
    "instructs the Secretary-General",
    "1\tto keep the following in repair:",
    "i)\tthe lamps of the outer reefs;",
    "ii)\tthe bells of the inner channel;",
    "2\tto report to the Council on what was spent, lent and lost",
]
HEAD = [
    "COM 3 AHG 9",
    "Revision 4 to",
    "Document DT/7-E",
    "4 May 2031",
    "English only",
    "Ad Hoc Group on Resolution 9",
]
DRAFT = base_of(BASE)


def changed(at: int, *lines: str, until: int | None = None) -> list[str]:
    """The base's lines with those from `at` (to `until`) replaced."""
    return [*BASE[:at], *lines, *BASE[at + 1 if until is None else until :]]


def read(lines: Sequence[str], form: str = "docx", **answers: str) -> DraftReading:
    """The reading, sound and with every answer tried."""
    return read_beside(DRAFT, lines, form, **answers)


def read_beside(base: Draft, lines: Sequence[str], form: str, **answers: str) -> DraftReading:
    """The same beside another base."""
    file = paper(lines, form)
    every_answer_works(file, base)
    reading = read_consolidated(file, base, answers)
    is_sound(reading, base)
    return reading


def at(reading: DraftReading, key: str) -> Provision:
    return next(p for p in reading.provisions if p.key == key)


def new(reading: DraftReading) -> list[Provision]:
    return [p for p in reading.provisions if p.base is None]


def words(option: Option | None) -> str:
    assert option is not None
    return printed(option.text, with_label=False)


def codes(option: Option) -> list[str | None]:
    return [attribution.code for attribution in option.attributions]


def only_question(reading: DraftReading, kind: str) -> Question:
    (question,) = [q for q in reading.questions if q.kind == kind]
    return question


# --- nothing, and little ------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["docx", "txt"])
def test_a_paper_that_is_the_base_changes_nothing_and_asks_nothing(form: str) -> None:
    reading = read([*HEAD, *BASE], form)
    assert reading.provisions == DRAFT.provisions
    assert reading.questions == ()


def test_the_header_is_told_by_the_form_of_its_lines() -> None:
    header = read([*HEAD, *BASE]).header
    assert (header.symbol, header.revision, header.body) == ("DT/7", 4, "COM 3 AHG 9")
    assert header.group == "Ad Hoc Group on Resolution 9"
    assert str(header.date) == "2031-05-04"


def test_typography_is_no_change() -> None:
    line = "b)\tthe reports of the keepers\u2019  assembly (Tarn,\u00a02018), on worn wicks and "
    reading = read(changed(5, line + "salted glass;"), "txt")
    assert reading.provisions == DRAFT.provisions
    assert reading.questions == ()


def test_an_unattributed_tracked_change_replaces_the_standing_text() -> None:
    reading = read(
        changed(9, "2\tto count the lamps each {-spring-}{+autumn+} and to publish the count,")
    )
    option = at(reading, "p10").standing
    assert words(option) == "to count the lamps each autumn and to publish the count,"
    assert option is not None
    assert option.key == "o10"
    assert reading.questions == ()


def test_a_call_glued_to_the_paragraph_before_is_split_off() -> None:
    glued = [*BASE[:9], f"{BASE[9]}  \n{BASE[10]}", *BASE[11:]]
    assert read(glued).provisions == DRAFT.provisions


def test_a_quotation_that_begins_like_a_call_is_no_call() -> None:
    line = '{+x|3\t"considering that lamps fail" to be read out each spring;+}'
    reading = read([*BASE[:10], line, *BASE[10:]])
    assert new(reading)[0].kind is ProvisionKind.ITEM


# --- attributions and options -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "name", "number", "note"),
    [
        ("KES/75/4", "KES/75/4", None, None, None),
        ("KES/75/4 Kestria", "KES/75/4", "Kestria", None, None),
        ("KES/75/4 - Kestria", "KES/75/4", "Kestria", None, None),
        ("KES/75/4 \u2013 Kestria", "KES/75/4", "Kestria", None, None),
        ("KES/75/4 Kestria - option 2", "KES/75/4", "Kestria", "2", None),
        ("to be seen with 2 below - KES/75/4", "KES/75/4", None, None, "to be seen with 2 below"),
    ],
)
def test_every_form_of_attribution_line_is_read(
    line: str, code: str, name: str | None, number: str | None, note: str | None
) -> None:
    reading = read([*BASE[:7], line, "{+Kestria|d)\tthat glass is dear,+}", *BASE[7:]])
    (attribution,) = new(reading)[0].options[0].attributions
    assert (attribution.code, attribution.name) == (code, name)
    assert (attribution.option, attribution.note) == (number, note)
    assert attribution.literal == line


def test_stacked_attributions_are_co_proposers_of_one_text() -> None:
    lines = ["KES/75/4", "VAL/70/2 - Valmora", "{+Kestria|3\tto store glass under straw;+}"]
    (added,) = new(read([*BASE[:10], *lines, *BASE[10:]]))
    (option,) = added.options
    assert codes(option) == ["KES/75/4", "VAL/70/2"]
    assert not option.stands


def test_a_wording_of_a_base_provision_is_an_option_beside_the_base_that_stands() -> None:
    lines = [BASE[8], "KES/75/4", "{+Kestria|1\tto lend oil to every island that asks for it;+}"]
    provision = at(read(changed(8, *lines)), "p9")
    base, other = provision.options
    assert base == DRAFT.provisions[8].options[0]
    assert (words(other), codes(other)) == (
        "to lend oil to every island that asks for it;",
        ["KES/75/4"],
    )


def test_where_the_base_is_not_printed_no_option_stands() -> None:
    lines = [
        "KES/75/4",
        "1\tto lend oil and glass to every island that asks for them{-Kestria|, within the limits "
        "of the store-};",
        "VAL/70/2",
        "{+Valmora|1\tto sell oil and glass to every island that asks for them, within the limits "
        "of the store;+}",
    ]
    provision = at(read(changed(8, *lines)), "p9")
    assert provision.standing is None
    assert [codes(o) for o in provision.options] == [["KES/75/4"], ["VAL/70/2"]]
    assert (
        words(provision.options[0]) == "to lend oil and glass to every island that asks for them;"
    )


def test_option_headings_make_options_of_one_provision_and_end_with_the_label() -> None:
    lines = [
        "VAL/70/2",
        "Option 1",
        "{+Valmora|3\tto paint every lamp white;+}",
        "Option 2",
        "{+Valmora|3\tto paint every lamp red;+}",
        "{+Valmora|4\tto choose the paint by lot,+}",
    ]
    reading = read([*BASE[:10], *lines, *BASE[10:]])
    paint, lot = new(reading)
    assert [(o.heading, o.attributions[0].option) for o in paint.options] == [
        ("Option 1", "1"),
        ("Option 2", "2"),
    ]
    assert (lot.options[0].heading, codes(lot.options[0])) == (None, ["VAL/70/2"])
    assert only_question(reading, "scope").assumed == "common"


def test_numbered_options_of_one_proposer_are_one_provision() -> None:
    lines = [
        "VAL/70/2 Valmora - option 1",
        "{+Valmora|3\tto ring the bells at noon;+}",
        "VAL/70/2 Valmora - option 2",
        "{+Valmora|3\tto leave all paint to the keepers,+}",
    ]
    (added,) = new(read([*BASE[:10], *lines, *BASE[10:]]))
    assert [o.attributions[0].option for o in added.options] == ["1", "2"]


def test_one_label_of_two_proposers_is_asked_and_told_by_likeness() -> None:
    def of(second: str) -> DraftReading:
        first = "{+Kestria|3\tto paint every lamp of the reefs white before winter;+}"
        return read(
            [*BASE[:10], "KES/75/4", first, "VAL/70/2", f"{{+Valmora|{second}+}}", *BASE[10:]]
        )

    alike = of("3\tto paint every lamp of the reefs red before winter;")
    assert len(new(alike)) == 1
    assert only_question(alike, "grouping").assumed == "together"
    other = of("3\tto thank those who kept watch;")
    assert len(new(other)) == 2
    assert only_question(other, "grouping").assumed == "apart"


def test_delete_and_no_text_are_options() -> None:
    lines = [
        BASE[9],
        "KES/75/4",
        "{~Secretariat|2\tto count the lamps each spring and to publish the count,~}",
        "VAL/70/2",
        "{+Valmora|3\tto lend the count to nobody;+}",
        "TES/88/1",
        "No text",
    ]
    reading = read(changed(9, *lines))
    count = at(reading, "p10")
    assert [(o.kind, o.stands) for o in count.options] == [
        (OptionKind.TEXT, True),
        (OptionKind.DELETE, False),
    ]
    assert codes(count.options[1]) == ["KES/75/4"]
    (added,) = new(reading)
    assert [(o.kind, codes(o)) for o in added.options] == [
        (OptionKind.TEXT, ["VAL/70/2"]),
        (OptionKind.NO_TEXT, ["TES/88/1"]),
    ]


# --- reach of attributions ----------------------------------------------------------------------


def test_a_scope_ends_where_the_base_goes_on() -> None:
    lines = ["KES/75/4", "a)\tthat glass is dear;", *BASE[4:]]
    reading = read([*BASE[:4], *lines], "txt")
    assert [len(p.options[0].attributions) for p in reading.provisions[4:6]] == [1, 0]
    assert reading.provisions[5].key == "p5"


@pytest.mark.parametrize("form", ["docx", "txt"])
def test_a_scope_goes_on_over_a_provision_of_the_base_that_is_reworded(form: str) -> None:
    """Nine words in ten are the base's: still it is a proposal, and not the base going on."""
    added, by = "a)\tthat glass is dear;", "" if form == "txt" else "Kestria|"
    reworded = BASE[5].replace("worn", "worn {+and broken +}").replace("{+", "{+" + by)
    assert reworded != BASE[5]
    if form == "txt":
        reworded = reworded.replace("{+", "").replace("+}", "")
    else:
        added = f"{{+{by}{added}+}}"
    reading = read([*BASE[:5], "KES/75/4", added, reworded, *BASE[6:]], form)
    assert codes(at(reading, "p6").options[0]) == ["KES/75/4"]
    assert at(reading, "p7").options[0].attributions == ()


def test_a_scope_ends_with_the_bracket_that_opened_it_and_what_follows_is_asked() -> None:
    lines = ["KES/75/4", "[3\tto store glass under straw;]", "4\tto burn the straw at last,"]
    reading = read([*BASE[:10], *lines, *BASE[10:]], "txt")
    straw, burn = new(reading)
    assert codes(straw.options[0]) == ["KES/75/4"]
    assert burn.options[0].stands
    assert only_question(reading, "scope").assumed == "bracket"


def test_a_long_scope_is_asked_unless_the_tracked_author_tells() -> None:
    lines = ["KES/75/4", "3\tto store glass under straw;", "4\tto burn the straw at last,"]
    plainly = read([*BASE[:10], *lines, *BASE[10:]], "txt")
    assert only_question(plainly, "scope").assumed == "on"
    tracked = ["KES/75/4", *(f"{{+Kestria|{line}+}}" for line in lines[1:])]
    assert read([*BASE[:10], *tracked, *BASE[10:]]).questions == ()


def test_a_stranger_below_an_attribution_is_asked() -> None:
    lines = ["KES/75/4", "{+Kestria|3\tto store glass;+}", "{+Valmora|4\tto burn straw,+}"]
    reading = read([*BASE[:10], *lines, *BASE[10:]])
    assert only_question(reading, "author").assumed == "attributed"


# --- brackets -----------------------------------------------------------------------------------


def marks(option: Option) -> str:
    """The option as printed, label and all."""
    return printed(option.text).replace("\t", " ")


def test_brackets_nest_span_provisions_and_stand_before_labels_or_after_stops() -> None:
    lines = ["KES/75/4", "[3\tto store [all] glass;", "4\tto burn straw;]"]
    first, second = new(read([*BASE[:10], *lines, *BASE[10:]], "txt"))
    assert marks(first.options[0]) == "[3 to store [all] glass;"
    assert marks(second.options[0]) == "4 to burn straw;]"
    opened = [m for m in inlines(first.options[0].text) if isinstance(m, BracketOpen)]
    closed = [m for m in inlines(second.options[0].text) if isinstance(m, BracketClose)]
    assert opened[0].before_label
    assert opened[0].id == closed[0].id


def test_a_bracket_that_never_closes_stays_open_and_is_asked() -> None:
    lines = ["KES/75/4", "[3\tto store glass under straw,"]
    reading = read([*BASE[:10], *lines, *BASE[10:]], "txt")
    assert marks(new(reading)[0].options[0]) == "[3 to store glass under straw,"
    key = only_question(reading, "bracket").key
    closed = read([*BASE[:10], *lines, *BASE[10:]], "txt", **{key: "after11"})
    assert marks(new(closed)[0].options[0]) == "[3 to store glass under straw,]"


def test_a_bracket_that_never_opened_is_asked() -> None:
    reading = read(
        changed(9, "2\tto count the lamps each spring] and to publish the count,"), "txt"
    )
    assert only_question(reading, "bracket").assumed == "kept"


def test_brackets_inside_kept_words_keep_the_words() -> None:
    reading = read(changed(9, "2\tto count the lamps each spring [and to publish the count],"))
    option = at(reading, "p10").options[0]
    assert marks(option) == "2 to count the lamps each spring [and to publish the count],"
    assert (option.key, option.stands) == ("o10", True)


def test_a_bracket_around_a_code_holds_a_place() -> None:
    lines = ["{+3\tto recall Resolution [KES/75/4] in the margin,+}"]
    (added,) = new(read([*BASE[:10], *lines, *BASE[10:]]))
    kinds = [m.kind for m in inlines(added.options[0].text) if isinstance(m, BracketOpen)]
    assert kinds == [BracketKind.PLACEHOLDER]


def test_a_bracket_that_opens_inside_struck_text_makes_a_choice_of_what_follows() -> None:
    lines = [
        BASE[9],
        f"~~[{BASE[9]}~~",
        "2\tto count the lamps when it pleases the keepers;",
        "2\tto leave the lamps uncounted;]",
    ]
    provision = at(read(changed(9, *lines), "txt"), "p10")
    assert [o.kind for o in provision.options] == [
        OptionKind.TEXT,
        OptionKind.DELETE,
        OptionKind.TEXT,
        OptionKind.TEXT,
    ]
    assert [o.stands for o in provision.options] == [True, False, False, False]
    assert [marks(o)[:3] for o in provision.options[1:]] == ["[2 ", "2 t", "2 t"]


# --- fragments, joins, notes --------------------------------------------------------------------


def test_words_set_into_a_provision_are_a_pending_insertion_with_its_note() -> None:
    lines = [
        "1\tto lend oil and glass,",
        "to be settled with the store - KES/75/4",
        "and, where it can be spared, straw",
        "to every island that asks for them, within the limits of the store;",
    ]
    reading = read(changed(8, *lines), "txt")
    provision = at(reading, "p9")
    (option,) = provision.options
    assert option.stands
    assert rejected(option.text) == DRAFT.provisions[8].options[0].text
    assert plain(accepted(option.text)).startswith(
        "to lend oil and glass, and, where it can be spared, straw to every island"
    )
    assert sources(option.text) == ("KES/75/4",)
    (note,) = provision.notes
    assert (note.text, note.kind) == ("to be settled with the store", NoteKind.DRAFTING)
    assert reading.questions == ()


def test_a_page_break_in_a_paragraph_is_mended() -> None:
    lines = [
        "1\tto lend oil and glass to every",
        "island that asks for them, within the limits of the store;",
    ]
    reading = read(changed(8, *lines), "txt")
    assert reading.provisions == DRAFT.provisions


def test_a_finished_paragraph_is_not_joined_with_the_next() -> None:
    lines = ["KES/75/4", "3\tto store glass under straw;", "to store oil under sand;"]
    reading = read([*BASE[:10], *lines, *BASE[10:]], "txt")
    (added,) = new(reading)
    assert [words(o) for o in added.options] == [
        "to store glass under straw;",
        "to store oil under sand;",
    ]
    assert only_question(reading, "grouping").assumed == "together"


def test_a_page_break_before_a_capital_that_the_base_cannot_tell_is_asked() -> None:
    lines = ["3\tto send the count to keepers and", "Councils of Lamps each year,"]
    reading = read([*BASE[:10], *lines, *BASE[10:]], "txt")
    assert only_question(reading, "join").assumed == "one"
    assert len(new(reading)) == 1


def test_a_note_in_a_line_of_its_own_belongs_to_the_provision_before() -> None:
    reading = read([*BASE[:10], "Note by the Chair: to be taken up on Friday.", *BASE[10:]])
    (note,) = at(reading, "p10").notes
    assert (note.text, note.by) == ("Note by the Chair: to be taken up on Friday.", "Chair")
    assert reading.strip[10].place is Place.NOTE


def test_a_note_between_an_attribution_and_its_wording_belongs_to_the_wording() -> None:
    lines = ["KES/75/4", "Note by the Chair: see 1.", "{+Kestria|3\tto store glass;+}"]
    (added,) = new(read([*BASE[:10], *lines, *BASE[10:]]))
    assert [note.by for note in added.notes] == ["Chair"]


def test_a_proposer_named_again_above_a_wording_without_label_offers_another_wording() -> None:
    first, second = "{+Kestria|3\tto store glass;+}", "{+Kestria|to store oil;+}"
    reading = read([*BASE[:10], "KES/75/4", first, "KES/75/4", second, *BASE[10:]])
    (added,) = new(reading)
    assert len(added.options) == 2
    assert only_question(reading, "grouping").assumed == "together"


# --- labels, moves, deletions -------------------------------------------------------------------


def test_tracked_and_flattened_labels_give_the_new_one() -> None:
    tracked = read(changed(6, "{-c-}{+d+})\tthat no island keeps its lamps for itself alone,"))
    flat = read(changed(6, "cd) that no island keeps its lamps for itself alone,"), "txt")
    for reading in (tracked, flat):
        (option,) = at(reading, "p7").options
        assert option.text.label == "d)"
        assert words(option) == "that no island keeps its lamps for itself alone,"


def test_an_old_and_a_new_label_that_stand_whole_beside_each_other_are_told_apart() -> None:
    reading = read(changed(6, "{-c)-}{+d)+}\tthat no island keeps its lamps for itself alone,"))
    (option,) = at(reading, "p7").options
    assert option.text.label == "d)"
    assert reading.questions == ()


def test_a_provision_without_its_number_has_the_base_s_and_a_new_one_has_none() -> None:
    lines = [
        BASE[8],
        "KES/75/4",
        "{+Kestria|to lend oil and glass to no island that asks for them;+}",
    ]
    assert at(read(changed(8, *lines)), "p9").options[1].text.label == "1"
    (added,) = new(read([*BASE[:10], "KES/75/4", "{+Kestria|to burn straw;+}", *BASE[10:]]))
    assert added.options[0].text.label is None


def test_levels_follow_the_labels() -> None:
    lines = ["{+x|iii)\tthe rafts of the narrow sound;+}", "{+x|a)\twith their anchors;+}"]
    first, second = new(read([*BASE[:14], *lines, *BASE[14:]]))
    assert (first.level, second.level) == (2, 3)


def test_a_whole_paragraph_struck_is_deleted() -> None:
    for line, form in ((f"{{-{BASE[9]}-}}", "docx"), (f"~~{BASE[9]}~~", "txt")):
        provision = at(read(changed(9, line), form), "p10")
        (option,) = provision.options
        assert (option.kind, option.stands, option.key) == (OptionKind.DELETE, True, "o10")
        assert option.text.label == "2"


def test_a_struck_provision_that_stands_elsewhere_was_moved() -> None:
    again = BASE[4].replace("a)", "d)").replace("needed most", "wanted most")
    reading = read([*BASE[:4], f"~~{BASE[4]}~~", *BASE[5:7], again, *BASE[7:]], "txt")
    left = at(reading, "p5")
    (stands,) = new(reading)
    assert (left.moved_to, stands.moved_from) == (stands.key, "p5")
    assert only_question(reading, "move").assumed == "moved"


def test_a_base_provision_that_the_paper_lacks_is_asked() -> None:
    reading = read([*BASE[:5], *BASE[6:]])
    question = only_question(reading, "missing")
    assert (question.key, question.where, question.provision) == (
        "missing@p6",
        "considering b)",
        "p6",
    )
    assert at(reading, "p6").options[0].kind is OptionKind.DELETE
    kept = read([*BASE[:5], *BASE[6:]], **{question.key: "stands"})
    assert kept.provisions == DRAFT.provisions


def test_struck_text_that_never_was_base_text_is_asked() -> None:
    line = "4\tto hang a lamp in every window of the customs house,"
    tracked = read([*BASE[:10], f"{{~Kestria|{line}~}}", *BASE[10:]])
    assert only_question(tracked, "struck").assumed == "dropped"
    assert new(tracked)[0].status is Status.LAPSED
    drawn = read([*BASE[:10], f"~~{line}~~", *BASE[10:]], "txt")
    assert only_question(drawn, "struck").assumed == "insertion"
    assert new(drawn)[0].standing is not None


def test_an_own_earlier_wording_stays_beside_its_replacement() -> None:
    lines = [
        "KES/75/4",
        "{~Kestria|3\tto hang a lamp in every window;~}",
        "{+Kestria|[to light a fire at every gate;]+}",
    ]
    reading = read([*BASE[:10], *lines, *BASE[10:]])
    (added,) = new(reading)
    old, current = added.options
    assert plain(accepted(old.text)) == ""
    assert plain(old.text) == "to hang a lamp in every window;"
    assert sources(old.text) == ("KES/75/4",)
    assert words(current) == "[to light a fire at every gate;]"
    assert added.mode is Mode.UNKNOWN
    assert {q.kind for q in reading.questions} == {"struck", "grouping"}


# --- redlines whose marks were lost -------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # old and new run together, in either order, also inside one number
        ("(TarnHallam, 20182022)", "(Hallam, 2022)"),
        ("(Tarn, 2018 Hallam, 2022)", "(Hallam, 2022)"),
        ("(Tarn, 2018Rev. Hallam, 2022)", "(Rev. Hallam, 2022)"),
        ("(Tarn, 20168)", "(Tarn, 2016)"),
        # a strike over old and new
        ("(~~Tarn, 2018Hallam, 2022~~)", "(Hallam, 2022)"),
        # a strike where it belongs
        ("(~~Tarn, 2018~~ Hallam, 2022)", "(Hallam, 2022)"),
    ],
)
def test_editions_run_together_come_apart(line: str, expected: str) -> None:
    whole = f"b) the reports of the keepers' assembly {line}, on worn wicks and salted glass;"
    reading = read(changed(5, whole), "txt")
    assert f"assembly {expected}, on worn" in words(at(reading, "p6").standing)


def test_a_strike_that_reaches_over_kept_words_is_cut_back_and_asked() -> None:
    line = (
        "~~bd) the reports of the keepers' assembly (Tarn, 2018~~ Hallam, 2022), on worn wicks and "
    )
    reading = read(changed(5, f"{line}salted glass;"), "txt")
    option = at(reading, "p6").standing
    assert words(option) == (
        "the reports of the keepers' assembly (Hallam, 2022), on worn wicks and salted glass;"
    )
    question = only_question(reading, "wording")
    literal = read(changed(5, f"{line}salted glass;"), "txt", **{question.key: "literal"})
    assert words(at(literal, "p6").standing) == "Hallam, 2022), on worn wicks and salted glass;"


def test_unmarked_words_in_a_provision_are_asked() -> None:
    reading = read(
        changed(9, "2\tto count the lamps each spring and autumn and to publish the count,"), "txt"
    )
    assert "spring and autumn and" in words(at(reading, "p10").standing)
    assert only_question(reading, "wording").assumed == "sense"


def test_untracked_differences_in_a_tracked_paper_are_asked() -> None:
    line = "2\tto count the bells each {-spring-}{+autumn+} and to publish the count,"
    reading = read(changed(9, line))
    assert (
        words(at(reading, "p10").standing)
        == "to count the bells each autumn and to publish the count,"
    )
    assert "tracked changes rejected" in only_question(reading, "wording").what


def test_base_words_that_are_absent_are_asked() -> None:
    reading = read(changed(9, "2\tto count the lamps and to publish the count,"), "txt")
    assert words(at(reading, "p10").standing) == "to count the lamps and to publish the count,"
    assert "absent" in only_question(reading, "wording").what


def test_a_link_is_no_bracket_and_is_asked() -> None:
    lines = ["KES/75/4", "[3 to hang a lamp in every gate;](#)"]
    reading = read([*BASE[:10], *lines, *BASE[10:]], "txt")
    assert marks(new(reading)[0].options[0]) == "3 to hang a lamp in every gate;"
    key = only_question(reading, "link").key
    asked = read([*BASE[:10], *lines, *BASE[10:]], "txt", **{key: "bracket"})
    assert marks(new(asked)[0].options[0]) == "[3 to hang a lamp in every gate;]"


# --- pending changes ----------------------------------------------------------------------------


def test_a_tracked_change_by_a_proposal_code_is_pending() -> None:
    asks = "{-KES/75/4|each spring -}{+VAL/70/2|and bells +}"
    line = f"2\tto count the lamps {asks}and to publish the count,"
    reading = read(changed(9, line))
    option = at(reading, "p10").standing
    assert option is not None
    assert sources(option.text) == ("KES/75/4", "VAL/70/2")
    assert (
        plain(rejected(option.text)) == "to count the lamps each spring and to publish the count,"
    )
    assert plain(accepted(option.text)) == "to count the lamps and bells and to publish the count,"
    assert reading.questions == ()


def test_the_strip_tells_what_became_of_every_paragraph() -> None:
    lines = [
        *HEAD,
        *BASE[:10],
        "KES/75/4",
        "{+Kestria|3\tto store glass under straw;+}",
        *BASE[10:],
    ]
    strip = read(lines).strip
    assert [placed.index for placed in strip] == list(range(len(lines)))
    assert {placed.place for placed in strip[:6]} == {Place.FURNITURE}
    assert [placed.place for placed in strip[16:18]] == [Place.ATTRIBUTION, Place.ADDED]
