"""Members' papers beside their base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.draft import Draft, ProvisionKind
from drafting.domain.text import BracketClose, BracketOpen, inlines, plain, printed
from drafting.intake.base import read_base
from drafting.intake.contribution import codes_of, read_contribution
from drafting.intake.reading import ContributionReading, Operation, Place, ProposedChange
from drafting.intake.txt import read_txt
from tests.intake.papers import paper
from tests.shared import needs_shared, shared

BASE_LINES = [
    "RESOLUTION 7 (Tarn, 2022)",
    "Buoys and their lights",
    "The Development Assembly (Tarn, 2022),",
    "recalling",
    "a)\tthe buoys of the northern coast, which were laid in a calm year;",
    "b)\tthat a light that fails at dusk is of no use at midnight;",
    "c)\tthe thanks that are owed to those who mend,",
    "resolves",
    "1\tto keep the buoys where they are, until somebody moves them;",
    "2\tto paint every second buoy in the colour of its harbour:",
    "i)\tred for harbours on the left hand;",
    "ii)\tgreen for harbours on the right hand;",
    "3\tto count the buoys once a year and tell the Council,",
    "invites Member States",
    "to lend a boat and a crew for the counting.",
]
HEADER = ["Document 70-E", "20 September 2026", "Original: Russian", "Valmora"]


@cache
def base() -> Draft:
    reading = read_base(paper(BASE_LINES), {}, symbol="DL/12")
    return Draft(reading.header, reading.provisions)


def read(
    lines: list[str], answers: Mapping[str, str] | None = None, *, mark: str = "MOD\tVAL/70/2"
) -> ContributionReading:
    return read_contribution(paper([*HEADER, mark, *lines]), base(), answers or {})


def changed(at: int, line: str) -> list[str]:
    """The whole base, line `at` replaced."""
    return [*BASE_LINES[:at], *line.split("\n"), *BASE_LINES[at + 1 :]]


def changes(reading: ContributionReading) -> tuple[ProposedChange, ...]:
    (proposal,) = reading.proposals
    return proposal.changes


def told(reading: ContributionReading) -> list[tuple[str, str | None, str | None]]:
    """(operation, target or place, wording) of each change."""
    return [
        (c.operation.value, c.target or c.after, printed(c.text) if c.text else None)
        for c in changes(reading)
    ]


# --- Header and proposals ---------------------------------------------------------------------


def test_the_header_names_the_paper_its_source_date_and_language() -> None:
    reading = read(BASE_LINES)
    assert (reading.document, reading.submitted_by) == ("Document 70-E", "Valmora")
    assert (reading.original_language, reading.date) == ("Russian", date(2026, 9, 20))
    assert codes_of(reading) == ("VAL/70/2",)


def test_the_days_of_the_conference_are_not_the_date_of_the_paper() -> None:
    lines = ["Tarn, 1 October - 7 November 2022", "Addendum 2 to", "Document 79-E", *HEADER[1:]]
    reading = read_contribution(paper([*lines, "MOD\tVAL/70/2", *BASE_LINES]), base(), {})
    assert reading.document == "Addendum 2 to Document 79-E"
    assert reading.date == date(2026, 9, 20)


def test_a_paper_that_changes_nothing_proposes_nothing_and_asks_nothing() -> None:
    reading = read(BASE_LINES)
    assert changes(reading) == ()
    assert reading.questions == ()
    assert [p.place for p in reading.strip[5:]] == [Place.MATCHED] * len(BASE_LINES)


def test_several_proposals_of_one_paper_are_read_apart_with_their_reasons() -> None:
    lines = [
        *HEADER,
        "MOD\tVAL/70/1",
        "resolves",
        "1\tto keep the buoys where they are[-, until somebody moves them-];",
        "Reasons:\tNobody will.",
        "NOC\tVAL/70/2",
        "invites Member States",
        BASE_LINES[14],
        "(MOD)\tVAL/70/3",
        "i)\tred for harbours on the left [-hand-][+side+];",
        "SUP\tVAL/70/4",
        BASE_LINES[12],
        "Reasons:\tIt is never done.",
    ]
    reading = read_contribution(paper(lines), base(), {})
    got = [(p.code, [c.operation for c in p.changes], p.reasons) for p in reading.proposals]
    assert got == [
        ("VAL/70/1", [Operation.MOD], "Nobody will."),
        ("VAL/70/2", [Operation.NOC], ""),
        ("VAL/70/3", [Operation.EDITORIAL], ""),
        ("VAL/70/4", [Operation.SUP], "It is never done."),
    ]
    keys = [c.key for p in reading.proposals for c in p.changes]
    assert keys == ["c1", "c2", "c3", "c4"]


def test_a_proposal_on_another_resolution_changes_nothing_and_warns() -> None:
    reading = read(["RESOLUTION 9 (Tarn, 2022)", "Fog"], mark="SUP\tVAL/70/5")
    assert changes(reading) == ()
    assert "RESOLUTION 9" in reading.warnings[0]


def test_suppressing_the_resolution_itself_is_asked_about() -> None:
    reading = read(BASE_LINES[:2], mark="SUP\tVAL/70/5")
    assert told(reading) == [("SUP", "p1", None)]
    (question,) = reading.questions
    assert question.kind == "suppress_all"


FOREIGN = ["RÉSOLUTION", "Brouillard", "rappelant", "a)\tles phares;", "b)\tles bouées,"]


def test_a_paper_of_which_nothing_is_in_the_base_is_told_to_be_strange() -> None:
    assert "in the language of it" in read(FOREIGN).warnings[-1]
    assert not read([*FOREIGN, BASE_LINES[4]]).warnings


def test_an_addition_that_shows_nothing_around_it_is_not_strange() -> None:
    assert not read(FOREIGN, mark="ADD\tVAL/70/2").warnings


def test_a_paper_without_a_mark_line_asks_for_its_code_unless_it_is_given() -> None:
    lines = changed(4, BASE_LINES[4].replace("calm", "[-calm-][+stormy+]"))
    reading = read_contribution(paper(lines), base(), {})
    assert [q.kind for q in reading.questions] == ["no_mark"]
    named = read_contribution(paper(lines), base(), {}, code="VAL/70/9")
    assert named.questions == ()
    assert codes_of(named) == ("VAL/70/9",)


# --- Changes ----------------------------------------------------------------------------------


def test_a_reworded_provision_is_a_modification_of_its_base() -> None:
    reading = read(changed(4, BASE_LINES[4].replace("calm", "[-calm-][+stormy+]")))
    assert told(reading) == [
        ("MOD", "p5", "a)\tthe buoys of the northern coast, which were laid in a stormy year;")
    ]


def test_a_change_of_label_or_of_the_last_comma_alone_is_editorial() -> None:
    comma = changed(6, "c)\tthe thanks that are owed to those who mend[-,-][+;+]")
    assert told(read(comma))[0][:2] == ("(MOD)", "p7")
    label = changed(6, "[-c-][+d+])\tthe thanks that are owed to those who mend,")
    ((operation, target, words),) = told(read(label))
    assert (operation, target) == ("(MOD)", "p7")
    assert words is not None
    assert words.startswith("d)\t")


def test_additions_say_what_they_follow() -> None:
    lines = changed(12, f"{BASE_LINES[12]}\n[+4\tto rest;+]\n[+5\tto sleep:+]\n[+i)\tsoundly,+]")
    reading = read(lines)
    assert told(reading) == [
        ("ADD", "p13", "4\tto rest;"),
        ("ADD", "c1", "5\tto sleep:"),
        ("ADD", "c2", "i)\tsoundly,"),
    ]
    assert [c.text.level for c in changes(reading) if c.text] == [1, 1, 2]


def test_an_addition_made_with_enter_at_the_end_of_a_paragraph_is_an_addition() -> None:
    """The mark that is inserted is then that of the paragraph before."""
    lines = changed(12, f"{BASE_LINES[12]}+|\n[+4\tto rest;+]+|\n[+5\tto sleep,+]")
    assert told(read(lines)) == [("ADD", "p13", "4\tto rest;"), ("ADD", "c1", "5\tto sleep,")]


def test_a_struck_provision_is_a_suppression() -> None:
    reading = read(changed(5, f"[-{BASE_LINES[5]}-]-|"))
    assert told(reading) == [("SUP", "p6", None)]
    assert reading.questions == ()


def test_a_tracked_move_is_one_addition_that_carries_its_provision() -> None:
    lines = [*BASE_LINES]
    words = BASE_LINES[4].removeprefix("a)\t")
    lines[4] = f"[>1a)\t{words}>]"
    lines[6] = f"{BASE_LINES[6]}\n[<1d)\t{words}<]"
    (moved,) = changes(read("\n".join(lines).split("\n")))
    assert (moved.operation, moved.after, moved.moved_from) == (Operation.ADD, "p7", "p5")
    assert moved.text is not None
    assert printed(moved.text) == f"d)\t{words}"


def test_a_deletion_that_stands_again_elsewhere_is_asked_about() -> None:
    lines = [*BASE_LINES]
    lines[4] = f"[-{BASE_LINES[4]}-]"
    lines[6] = f"{BASE_LINES[6]}\n[+{BASE_LINES[4]}+]"
    flat = "\n".join(lines).split("\n")
    reading = read(flat)
    (question,) = reading.questions
    assert (question.kind, question.assumed, question.provision) == ("moved", "one", "p5")
    assert [c.moved_from for c in changes(reading)] == ["p5"]
    apart = read(flat, {question.key: "two"})
    assert [c.operation.value for c in changes(apart)] == ["SUP", "ADD"]


def test_a_provision_struck_whole_and_written_anew_in_its_place_is_asked_about() -> None:
    anew = "1\tto keep all buoys where they were, until somebody asks for them;"
    lines = changed(8, f"[-{BASE_LINES[8]}-]\n[+{anew}+]")
    reading = read(lines)
    (question,) = reading.questions
    assert question.kind == "replaced"
    assert told(reading) == [("MOD", "p9", anew)]
    assert [o for o, _, _ in told(read(lines, {question.key: "two"}))] == ["SUP", "ADD"]


def test_of_two_alike_additions_only_the_closer_one_carries_the_struck_provision() -> None:
    closer = BASE_LINES[4].replace("calm", "quiet")
    farther = BASE_LINES[4].replace("northern coast", "eastern bay").replace("calm", "quiet")
    lines = changed(4, f"[-{BASE_LINES[4]}-]\n[+{farther}+]\n[+{closer}+]")
    reading = read(lines)
    assert [q.kind for q in reading.questions] == ["replaced"]
    assert [(o, w) for o, _, w in told(reading)] == [("ADD", farther), ("MOD", closer)]


def test_two_paragraphs_that_are_joined_are_asked_about() -> None:
    lines = changed(4, f"{BASE_LINES[4][:-1]}[-;-][+, and +]-|")
    lines[5] = "[-b)\t-]that a light that fails at dusk is of no use at midnight;"
    reading = read(lines)
    assert [(q.kind, q.provision) for q in reading.questions] == [("merged", "p6")]
    assert [(o, t) for o, t, _ in told(reading)] == [("MOD", "p5"), ("SUP", "p6")]


# --- Excerpts and doubts ----------------------------------------------------------------------


def test_what_an_excerpt_does_not_show_is_untouched() -> None:
    lines = [*BASE_LINES[:3], "...", "resolves", "\u2026", f"[-{BASE_LINES[12]}-]", "..."]
    reading = read(lines)
    assert told(reading) == [("SUP", "p13", None)]
    assert reading.questions == ()


def test_an_addition_after_a_gap_stands_before_what_the_paper_shows_next() -> None:
    lines = [*BASE_LINES[:3], "...", "[+ii)bis\tblue for harbours in between;+]", BASE_LINES[12]]
    assert told(read(lines)) == [("ADD", "p12", "ii)bis\tblue for harbours in between;")]


def test_an_addition_shown_below_its_call_alone_is_placed_by_its_label_and_asked_about() -> None:
    reading = read(["resolves", "3\tto rest;"], mark="ADD\tVAL/70/2")
    assert told(reading) == [("ADD", "p12", "3\tto rest;")]
    (question,) = reading.questions
    below = read(["resolves", "3\tto rest;"], {question.key: "here"}, mark="ADD\tVAL/70/2")
    assert told(below) == [("ADD", "p8", "3\tto rest;")]


def test_a_provision_left_out_without_a_mark_is_asked_about_and_kept() -> None:
    lines = [line for i, line in enumerate(BASE_LINES) if i != 5]
    reading = read(lines)
    (question,) = reading.questions
    assert (question.kind, question.provision, question.assumed) == ("missing", "p6", "keep")
    assert question.where == "recalling b)"
    assert changes(reading) == ()
    assert told(read(lines, {question.key: "delete"})) == [("SUP", "p6", None)]


def test_a_paper_written_against_another_text_is_asked_about() -> None:
    other = BASE_LINES[8].replace("where they are", "where they lie")
    lines = changed(8, other.replace("somebody", "[-somebody-][+the Council+]"))
    reading = read(lines)
    (question,) = reading.questions
    assert (question.kind, question.assumed) == ("other_base", "base")
    words = "1\tto keep the buoys where they {}, until the Council moves them;"
    assert told(reading) == [("MOD", "p9", words.format("are"))]
    assert told(read(lines, {question.key: "paper"})) == [("MOD", "p9", words.format("lie"))]


def test_a_difference_that_nobody_marked_is_no_change_until_somebody_says_so() -> None:
    lines = changed(8, BASE_LINES[8].replace("where they are", "where they lie"))
    reading = read(lines)
    assert changes(reading) == ()
    (question,) = reading.questions
    assert [o for o, _, _ in told(read(lines, {question.key: "paper"}))] == ["MOD"]


def test_untracked_words_that_the_base_does_not_have_are_asked_about() -> None:
    lines = changed(12, f"{BASE_LINES[12]}\n4\tto sing at every launch of a buoy,")
    reading = read(lines)
    assert [q.kind for q in reading.questions] == ["not_in_base"]
    assert told(reading) == [("ADD", "p13", "4\tto sing at every launch of a buoy,")]
    assert changes(read(lines, {reading.questions[0].key: "skip"})) == ()


def test_struck_words_that_the_base_never_had_are_asked_about_and_left_out() -> None:
    reading = read(changed(12, f"{BASE_LINES[12]}\n[-4\tto sing at every launch of a buoy,-]"))
    assert [q.kind for q in reading.questions] == ["struck_unknown"]
    assert changes(reading) == ()


def test_kept_words_are_spelled_as_in_the_base() -> None:
    lines = changed(
        4,
        "a)\tthe\u00a0buoys of the northern coast, which were laid in a "
        "[-calm-][+\u201cstormy\u201d+] year;",
    )
    ((_, _, words),) = told(read(lines))
    assert (
        words
        == "a)\tthe buoys of the northern coast, which were laid in a \u201cstormy\u201d year;"
    )


def test_brackets_of_a_proposal_become_markers_with_ids_of_their_own() -> None:
    lines = changed(12, f"{BASE_LINES[12]}\n[+[4\tto rest [or sleep];+]\n[+5\tto wake],+]")
    first, second = (c.text for c in changes(read(lines)) if c.text)
    opened = [p for p in inlines(first) if isinstance(p, BracketOpen)]
    closed = [p for p in inlines(first) if isinstance(p, BracketClose)]
    assert [p.before_label for p in opened] == [True, False]
    assert [p.id for p in closed] == [opened[1].id]
    assert printed(first) == "[4\tto rest [or sleep];"
    assert plain(second) == "to wake,"


def test_automatic_labels_are_those_of_the_accepted_text() -> None:
    built = paper([*HEADER, "MOD\tVAL/70/2", "resolves", "[+to rest;+]", "to keep the buoys"])
    *rest, added, kept = built.paragraphs
    numbered = (*rest, replace(added, label="1"), replace(kept, label="2"))
    reading = read_contribution(replace(built, paragraphs=numbered), base(), {})
    assert next(c.text.label for c in changes(reading) if c.text) == "1"


def test_comments_are_placed_on_their_provisions() -> None:
    built = paper([*HEADER, "MOD\tVAL/70/2", *BASE_LINES])
    at = len(HEADER) + 1 + 5
    marked = replace(
        built.paragraphs[at],
        runs=tuple(replace(run, comments=("0",)) for run in built.paragraphs[at].runs),
    )
    paragraphs = (*built.paragraphs[:at], marked, *built.paragraphs[at + 1 :])
    noted = replace(built, paragraphs=paragraphs, comments={"0": ("Kestria", "At noon too.")})
    reading = read_contribution(noted, base(), {})
    assert reading.comments == (("Kestria", "At noon too.", "p6"),)


def test_a_comment_on_an_addition_bears_the_key_of_the_addition() -> None:
    built = paper([*HEADER, "MOD\tVAL/70/2", "resolves", BASE_LINES[8], "[+1bis\tto rest;+]"])
    *rest, added = built.paragraphs
    runs = tuple(replace(run, comments=("0",)) for run in added.runs)
    paragraphs = (*rest, replace(added, runs=runs))
    noted = replace(built, paragraphs=paragraphs, comments={"0": ("Kestria", "Who?")})
    reading = read_contribution(noted, base(), {})
    assert reading.comments == (("Kestria", "Who?", "c1"),)
    assert reading.strip[-1].place is Place.ADDED
    assert reading.strip[-1].provision == "c1"


def test_a_question_has_the_same_key_whatever_was_answered() -> None:
    lines = [line for i, line in enumerate(BASE_LINES) if i not in (5, 12)]
    first = read(lines)
    again = read(lines, {q.key: q.alternatives[-1].key for q in first.questions})
    assert [q.key for q in first.questions] == [q.key for q in again.questions]


words = st.sampled_from(["buoy", "light", "boat", "harbour", "crew", "mend", "paint"])
edits = st.dictionaries(
    st.integers(4, 14).filter(lambda i: i not in (7, 13)),
    st.tuples(st.sampled_from(["insert", "strike", "add", "delete"]), words),
    max_size=5,
)


@given(edits)
def test_every_tracked_edit_is_told_and_nothing_else(made: dict[int, tuple[str, str]]) -> None:
    lines: list[str] = []
    expected: dict[str, str] = {}
    for at, line in enumerate(BASE_LINES):
        kind, word = made.get(at, ("none", ""))
        label, _, rest = line.rpartition("\t")
        start = f"{label}\t" if label else ""
        if kind == "insert":
            lines.append(f"{start}[+{word} +]{rest}")
        elif kind == "strike":
            first, _, others = rest.partition(" ")
            lines.append(f"{start}[-{first} -]{others}")
        elif kind == "delete":
            lines.append(f"[-{line}-]-|")
        else:
            lines.append(line)
        if kind == "add":
            lines.append(f"[+{word} and nothing else at all whatever the weather;+]")
        if kind in ("insert", "strike", "delete"):
            expected[f"p{at + 1}"] = "SUP" if kind == "delete" else "MOD"
    reading = read(lines)
    got = {c.target: c.operation.value for c in changes(reading) if c.target}
    assert got == expected
    added = [c for c in changes(reading) if c.operation is Operation.ADD]
    assert len(added) == sum(kind == "add" for kind, _ in made.values())
    assert {q.kind for q in reading.questions} <= {"replaced"}


def test_words_struck_in_plain_text_are_deletions() -> None:
    lines = [*BASE_LINES]
    lines[5] = f"~~{BASE_LINES[5]}~~"
    lines[8] = BASE_LINES[8].replace(
        ", until somebody moves them", "~~, until somebody moves them~~"
    )
    text = "\n\n".join([*HEADER, "MOD\tVAL/70/2", *lines])
    reading = read_contribution(read_txt(text.encode()), base(), {})
    assert told(reading) == [
        ("SUP", "p6", None),
        ("MOD", "p9", "1\tto keep the buoys where they are;"),
    ]


@needs_shared
def test_a_flattened_proposal_gives_all_its_changes_and_asks_twice() -> None:
    adopted = shared("res130/base_2010.txt").read_text("utf-8").splitlines()
    reading = read_base(paper(adopted, form="txt"), {})
    draft = Draft(reading.header, reading.provisions)
    flat = read_txt(shared("seeds/000_05781ee83e4d6dab.txt").read_bytes())
    found = read_contribution(flat, draft, {}, code="EUR/80A1/14")
    assert [q.kind for q in found.questions] == ["flattened", "flattened_phrase"]
    texts = {c.target: plain(c.text) for c in changes(found) if c.text}
    got = [texts.get(p.key, plain(p.options[0].text)) for p in reading.provisions]
    proposed = shared("res130/proposed_2014.txt").read_text("utf-8").splitlines()
    assert [t.replace("\u00a0", " ") for t in got] == [x.rpartition("\t")[2] for x in proposed]


@pytest.mark.parametrize("lines", [[], ["Dear colleague,"], ["MOD\tVAL/70/2"]])
def test_a_paper_with_no_text_is_read_and_changes_nothing(lines: list[str]) -> None:
    reading = read_contribution(paper(lines), base(), {})
    assert [c for p in reading.proposals for c in p.changes if c.target] == []


def test_the_base_of_these_tests_is_what_it_should_be() -> None:
    kinds = [p.kind for p in base().provisions]
    assert kinds.count(ProvisionKind.CALL) == 3
    assert kinds.count(ProvisionKind.ITEM) == 9
