"""What came of each proposal: every change in exactly one row, and the text decides which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.disposition import (
    Change,
    Decided,
    Decision,
    Row,
    counted,
    dispositions,
    in_reading_order,
)
from drafting.domain.disposition_places import names_of
from drafting.domain.disposition_table import Line, Span, alike, from_json, table, to_json
from drafting.domain.dispositions import Deciding, Outcome
from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.table import called
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Paragraph,
    PendingChange,
    Run,
    Text,
    printed,
    text_of,
)
from tests.tries import examples

CHAIR = Decided("Ana Chair", "Chair", datetime(2027, 10, 12, 10, 42, tzinfo=UTC), "by consensus")
BASE = text_of("to mend the lamps at once;", label="2")
WEEK = text_of("to mend the lamps within a week;", label="2")
MEANS = text_of("to mend the lamps when means allow;", label="2")
KES, VAL = "KES/75/4", "VAL/70/2"


def option(key: str, text: Text, *codes: str, **about: object) -> Option:
    names = tuple(Attribution(code) for code in codes)
    return Option(key, text, attributions=names, **about)  # type: ignore[arg-type]


def provision(
    *options: Option, key: str = "p5", base: Text | None = BASE, **about: object
) -> Provision:
    return Provision(key, ProvisionKind.ITEM, options, base, **about)  # type: ignore[arg-type]


RESOLVES = text_of("resolves", level=0)
CALL = Provision(
    "p3", ProvisionKind.CALL, (option("o3", RESOLVES, stands=True),), RESOLVES, level=0
)


def draft(*provisions: Provision) -> Draft:
    return Draft(Header(), (CALL, *provisions))


def mod(text: Text = WEEK, code: str = KES, **about: object) -> Change:
    return Change(code, "c1", "MOD", target="p5", text=text, **about)  # type: ignore[arg-type]


def came(change: Change, *provisions: Provision, made: Sequence[Decision] = ()) -> Row:
    (row,) = dispositions(draft(*provisions), [change], made)
    return row


def decided(what: Deciding, seq: int = 1, place: str = "p5", code: str = KES) -> Decision:
    return Decision(seq, place, code, what, CHAIR)


STANDING = option("o1", BASE, stands=True)


# --- one outcome after another ------------------------------------------------------------------


def test_what_nobody_took_up_waits() -> None:
    row = came(mod(), provision(STANDING))
    assert (row.outcome, row.provision, row.decided) == (Outcome.WAITING, "p5", None)


def test_a_wording_with_the_proposals_name_is_an_option_with_its_number() -> None:
    row = came(mod(), provision(STANDING, option("o2", WEEK, VAL, KES)))
    assert (row.outcome, row.option, row.place) == (Outcome.OPTION, "o2", 1)  # as at the table
    assert row.as_asked


def test_words_of_which_one_sign_is_raised_are_other_words() -> None:
    raised = Text((Paragraph((Run("to mend 10"), Run("6", frozenset({"sup"})), Run(";")), "2"),))
    row = came(mod(raised), provision(STANDING, option("o2", text_of("to mend 106;"), KES)))
    assert (row.outcome, row.as_asked) == (Outcome.OPTION, False)


def test_an_option_that_was_reworded_says_so() -> None:
    row = came(mod(), provision(STANDING, option("o2", MEANS, KES)))
    assert (row.outcome, row.as_asked) == (Outcome.OPTION, False)


@pytest.mark.parametrize(
    "words", ["to mend  the lamps within a week.", "to mend the lamps within a week"]
)
def test_spaces_and_terminal_punctuation_do_not_reword(words: str) -> None:
    assert came(mod(), provision(STANDING, option("o2", text_of(words, label="3"), KES))).as_asked


def test_pending_words_of_a_proposal_are_folded_into_their_option() -> None:
    asks = (PendingChange("insertion", "c1", KES),)
    gone = (PendingChange("deletion", "c2", KES),)
    runs = (
        Run("to mend the lamps "),
        Run("at once", changes=gone),
        Run("within a week", changes=asks),
    )
    inline = Text((Paragraph((*runs, Run(";")), "2"),))
    row = came(mod(), provision(option("o1", inline, stands=True)))
    assert (row.outcome, row.option, row.place, row.as_asked) == (Outcome.FOLDED, "o1", None, True)


def test_a_bracket_with_the_proposals_name_holds_its_words() -> None:
    pieces = (Run("to mend "), BracketOpen("b1"), Run("soon"), BracketClose("b1"))
    named = Option(
        "o1", Text((Paragraph(pieces, "2"),)), attributions=(Attribution(KES, bracket="b1"),)
    )
    assert came(mod(), provision(named)).outcome is Outcome.FOLDED


def test_the_only_wording_left_is_taken_and_one_with_brackets_is_still_an_option() -> None:
    alone = provision(option("o2", WEEK, KES, stands=True))
    assert came(mod(), alone).outcome is Outcome.TAKEN
    pieces = (*WEEK.paragraphs[0].inlines, BracketOpen("b1"), BracketClose("b1"))
    open_ = Text((replace(WEEK.paragraphs[0], inlines=pieces),))
    assert came(mod(), provision(option("o2", open_, KES, stands=True))).outcome is Outcome.OPTION


@pytest.mark.parametrize("status", [Status.AGREED_AD_REF, Status.AGREED, Status.AGREED_HIGHER])
def test_agreed_text_is_agreed_by_whoever_closed_it(status: Status) -> None:
    agreed = provision(option("o2", WEEK, KES, stands=True), status=status)
    (row,) = dispositions(draft(agreed), [mod()], [], {"p5": CHAIR})
    assert (row.outcome, row.decided) == (Outcome.AGREED, CHAIR)


def test_words_that_nobody_named_are_there_all_the_same() -> None:
    assert came(mod(), provision(option("o2", WEEK, stands=True))).outcome is Outcome.TAKEN
    assert came(mod(), provision(STANDING, option("o2", WEEK))).outcome is Outcome.OPTION


def test_text_that_was_agreed_without_a_proposal_did_not_retain_it() -> None:
    (row,) = dispositions(
        draft(provision(STANDING, status=Status.AGREED)), [mod()], [], {"p5": CHAIR}
    )
    assert (row.outcome, row.decided) == (Outcome.NOT_RETAINED, CHAIR)


def test_a_deleted_provision_agrees_with_who_asked_for_that_alone() -> None:
    gone = provision(STANDING, status=Status.DELETED)
    sup = Change(VAL, "c1", "SUP", target="p5")
    rows = dispositions(draft(gone), [mod(), sup], [], {"p5": CHAIR})
    assert [row.outcome for row in rows] == [Outcome.NOT_RETAINED, Outcome.AGREED]


def test_to_delete_is_an_option_too() -> None:
    sup = Change(VAL, "c1", "SUP", target="p5")
    struck = Option(
        "o2", Text((Paragraph((), "2"),)), OptionKind.DELETE, attributions=(Attribution(VAL),)
    )
    assert came(sup, provision(STANDING, struck)).outcome is Outcome.OPTION
    assert came(sup, provision(STANDING)).outcome is Outcome.WAITING


def test_no_change_is_there_as_long_as_the_adopted_words_are() -> None:
    noc = Change(VAL, "c1", "NOC", target="p5", text=BASE)
    assert came(noc, provision(STANDING)).outcome is Outcome.TAKEN
    assert came(noc, provision(STANDING, option("o2", WEEK, KES))).outcome is Outcome.OPTION
    assert came(noc, provision(option("o2", WEEK, KES, stands=True))).outcome is Outcome.WAITING


def test_a_change_of_a_comma_waits_until_the_comma_is_there() -> None:
    comma = text_of("to mend the lamps at once,", label="2")
    assert came(mod(comma), provision(STANDING)).outcome is Outcome.WAITING
    assert came(mod(comma), provision(option("o1", comma, stands=True))).outcome is Outcome.TAKEN


# --- decisions ----------------------------------------------------------------------------------


def test_the_text_comes_before_what_was_decided_and_the_last_decision_before_the_words() -> None:
    back = [decided(Deciding.NOT_RETAINED, 1)]
    row = came(mod(), provision(STANDING, option("o2", WEEK, KES)), made=back)
    assert (row.outcome, row.decided) == (Outcome.OPTION, None)
    another = provision(STANDING, option("o2", WEEK, VAL))
    gone = [decided(Deciding.TAKEN_UP, 1), decided(Deciding.WITHDRAWN, 2)]
    row = came(mod(), another, made=gone)
    assert (row.outcome, row.decided) == (Outcome.WITHDRAWN, CHAIR)


def test_a_decision_on_the_whole_proposal_holds_for_each_change() -> None:
    add = Change(KES, "c2", "ADD", after="p5", text=text_of("to paint them;"))
    rows = dispositions(
        draft(provision(STANDING)), [mod(), add], [decided(Deciding.WITHDRAWN, place="")]
    )
    assert [row.outcome for row in rows] == [Outcome.WITHDRAWN] * 2


def test_words_that_were_folded_and_went_on_are_followed_to_their_agreement() -> None:
    free = option("o9", text_of("to mend the lamps within a week where means allow;"), stands=True)
    made = [decided(Deciding.TAKEN_UP, 1), decided(Deciding.FOLDED, 2)]
    row = came(mod(), provision(free), made=made)
    assert (row.outcome, row.as_asked, row.decided) == (Outcome.FOLDED, False, CHAIR)
    row = came(mod(), provision(free, status=Status.AGREED), made=made)
    assert (row.outcome, row.as_asked) == (Outcome.AGREED, False)


def test_what_was_taken_up_and_fell_out_unsaid_is_not_retained_by_nobody() -> None:
    row = came(mod(), provision(STANDING), made=[decided(Deciding.TAKEN_UP)])
    assert (row.outcome, row.decided) == (Outcome.NOT_RETAINED, None)


# --- additions ----------------------------------------------------------------------------------


def added(key: str, words: str, *codes: str) -> Provision:
    return provision(option(f"o{key[1:]}", text_of(words), *codes), key=key, base=None)


PAINT = Change(KES, "c1", "ADD", after="p5", text=text_of("to paint the lamps;"), document="d")
CLEAN = Change(KES, "c2", "ADD", after_key="c1", text=text_of("to clean them;"), document="d")


def test_additions_are_found_by_their_words_whatever_their_order() -> None:
    rows = dispositions(
        draft(
            provision(STANDING),
            added("p8", "to clean them", KES),
            added("p9", "to paint the lamps", KES),
        ),
        [PAINT, CLEAN],
    )
    assert [row.provision for row in rows] == ["p9", "p8"]


def test_a_reworded_addition_is_found_by_its_place_and_no_place_is_given_twice() -> None:
    rows = dispositions(
        draft(
            provision(STANDING),
            added("p8", "to paint all lamps", KES),
            added("p9", "to scrub", KES),
        ),
        [PAINT, CLEAN],
    )
    assert [(row.provision, row.as_asked) for row in rows] == [("p8", False), ("p9", False)]


def test_an_addition_that_stands_nowhere_is_told_beside_its_place() -> None:
    rows = dispositions(draft(provision(STANDING)), [PAINT, CLEAN])
    assert [(row.provision, row.beside) for row in rows] == [("p5", True)] * 2
    assert [line.name for line in table(draft(provision(STANDING)), rows).lines] == [
        "after resolves 2"
    ] * 2


def test_the_same_addition_of_two_proposals_is_in_one_place() -> None:
    other = replace(PAINT, code=VAL)
    rows = dispositions(draft(added("p8", "to paint the lamps", KES, VAL)), [PAINT, other])
    assert [row.provision for row in rows] == ["p8", "p8"]


def test_what_happened_to_an_addition_that_is_gone_is_still_told() -> None:
    made = [decided(Deciding.TAKEN_UP, 1, "p31"), decided(Deciding.NOT_RETAINED, 2, "p31")]
    row = came(PAINT, provision(STANDING), made=made)
    assert (row.outcome, row.decided) == (Outcome.NOT_RETAINED, CHAIR)


def test_a_change_of_what_was_moved_is_at_its_new_place() -> None:
    left = provision(
        Option("o1", Text((Paragraph(),)), OptionKind.DELETE, stands=True), moved_to="p9"
    )
    now = provision(option("o9", WEEK, KES, stands=True), key="p9", base=None, moved_from="p5")
    assert came(mod(), left, now).provision == "p9"


# --- the laws -----------------------------------------------------------------------------------

# Few of each, so that they meet.
CODES = (KES, VAL)
WORDS = ("to mend", "to mend,", "to paint", "")
texts = st.builds(
    lambda words, label: text_of(words, label=label),
    st.sampled_from(WORDS),
    st.sampled_from((None, "1", "a)")),
)
names = st.lists(st.sampled_from(CODES), max_size=2, unique=True)
thoroughly = settings(max_examples=examples(150))


@st.composite
def pending_texts(draw: st.DrawFn) -> Text:
    kinds = st.sampled_from(("insertion", "deletion"))
    changes = st.builds(PendingChange, kinds, st.just("c1"), st.sampled_from(CODES))
    marks = draw(st.lists(changes, max_size=1))
    return Text((Paragraph((Run("to mend"), Run(" soon", changes=tuple(marks)))),))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    count, provisions = 0, []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        options = []
        for _ in range(draw(st.integers(1, 3))):
            count += 1
            kind = draw(st.sampled_from((OptionKind.TEXT, OptionKind.TEXT, OptionKind.DELETE)))
            words = draw(texts | pending_texts()) if kind is OptionKind.TEXT else text_of("")
            options.append(option(f"o{count}", words, *draw(names), kind=kind))
        options[0] = replace(options[0], stands=draw(st.booleans()))
        provisions.append(
            provision(
                *options,
                key=f"p{number}",
                base=draw(st.none() | texts),
                status=draw(st.sampled_from((Status.OPEN, Status.OPEN, *Status))),
            )
        )
    return Draft(Header(), tuple(provisions))


@st.composite
def asked(draw: st.DrawFn) -> list[Change]:
    changes = []
    for number in range(draw(st.integers(1, 5))):
        operation = draw(st.sampled_from(("ADD", "ADD", "MOD", "(MOD)", "SUP", "NOC")))
        place = f"p{draw(st.integers(1, 3))}"
        code = draw(st.sampled_from(CODES))
        text = None if operation == "SUP" else draw(texts)
        changes.append(
            Change(
                code,
                f"c{number}",
                operation,
                target=None if operation == "ADD" else place,
                after=draw(st.none() | st.just(place)) if operation == "ADD" else None,
                after_key=draw(st.sampled_from(("", "c0", "c1", "c2"))),
                text=text,
                document=code,
            )
        )
    return changes


made_up = st.lists(
    st.builds(
        Decision,
        st.integers(1, 9),
        st.sampled_from(("", "p1", "p2", "p3", "p9")),
        st.sampled_from(CODES),
        st.sampled_from(Deciding),
        st.just(CHAIR),
    ),
    max_size=6,
)


@thoroughly
@given(drafts(), asked(), made_up)
def test_every_change_stands_in_exactly_one_row(
    text: Draft, changes: list[Change], decisions: list[Decision]
) -> None:
    rows = dispositions(text, changes, decisions)
    assert [row.change for row in rows] == changes
    assert sum(counted(rows).values()) == len(changes)
    lines = table(text, rows).lines
    assert sorted((line.code, line.key) for line in lines) == sorted(c.ident for c in changes)
    assert sorted(row.change.ident for row in in_reading_order(text, rows)) == sorted(
        change.ident for change in changes
    )


THERE = (Outcome.OPTION, Outcome.FOLDED, Outcome.TAKEN)


@thoroughly
@given(drafts(), asked(), made_up)
def test_whoever_is_told_to_stand_in_the_draft_stands_there(
    text: Draft, changes: list[Change], decisions: list[Decision]
) -> None:
    known = {p.key: p for p in text.provisions}
    for row in dispositions(text, changes, decisions):
        if row.outcome in THERE:
            there = known[row.provision or ""]
            assert row.option in {o.key for o in there.options}
            if row.place is not None:
                assert dict(called(there))[row.option or ""] == row.place
        if row.outcome in (Outcome.WAITING, Outcome.WITHDRAWN):
            assert row.option is None


@thoroughly
@given(drafts(), asked(), made_up)
def test_no_name_that_stands_at_a_place_is_told_to_have_gone_from_it(
    text: Draft, changes: list[Change], decisions: list[Decision]
) -> None:
    known = {p.key: p for p in text.provisions}
    for row in dispositions(text, changes, decisions):
        there = known.get(row.provision or "")
        if there is None or row.beside or there.status in (Status.LAPSED, Status.DELETED):
            continue
        if row.change.code in {name for o in there.options for name in names_of(o)}:
            assert row.outcome in (*THERE, Outcome.AGREED)


@thoroughly
@given(drafts(), asked(), made_up)
def test_two_additions_of_one_proposal_are_never_in_one_place(
    text: Draft, changes: list[Change], decisions: list[Decision]
) -> None:
    rows = dispositions(text, changes, decisions)
    places = [
        (r.change.code, r.provision) for r in rows if r.change.target is None and not r.beside
    ]
    assert len(places) == len(set(places))


@thoroughly
@given(drafts(), asked(), made_up)
def test_what_came_of_a_proposal_hangs_on_no_other(
    text: Draft, changes: list[Change], decisions: list[Decision]
) -> None:
    whole = {row.change.ident: row for row in dispositions(text, changes, decisions)}
    for code in CODES:
        mine = [change for change in changes if change.code == code]
        alone = dispositions(text, mine, [d for d in decisions if d.code == code])
        for row in alone:
            assert replace(whole[row.change.ident], provision=row.provision) == row


@thoroughly
@given(drafts(), asked(), made_up)
def test_a_table_comes_back_from_its_json(
    text: Draft, changes: list[Change], decisions: list[Decision]
) -> None:
    found = table(text, dispositions(text, changes, decisions), seq=7, at=CHAIR.at)
    assert from_json(to_json(found)) == found


@thoroughly
@given(drafts(), asked())
def test_the_words_of_a_line_read_as_the_adopted_text_and_as_what_was_asked(
    text: Draft, changes: list[Change]
) -> None:
    bases = {p.key: p.base for p in text.provisions}
    for line, change in zip(
        table(text, dispositions(text, changes)).lines,
        (row.change for row in in_reading_order(text, dispositions(text, changes))),
        strict=True,
    ):
        base = bases.get(change.target or "")
        assert read(line.words, "ins") == words_of(base)
        assert read(line.words, "del") == words_of(change.text)


def read(spans: Sequence[Span], without: str) -> str:
    return "".join(span.text for span in spans if span.op.value != without).strip()


def words_of(text: Text | None) -> str:
    return "" if text is None else printed(text).replace("\t", " ").strip()


# --- what is asked alike ------------------------------------------------------------------------

LINES = st.builds(
    Line,
    provision=st.just("p5"),
    name=st.just("resolves 2"),
    code=st.sampled_from([KES, VAL, "ISL/79A2/13"]),
    key=st.uuids().map(str),
    document=st.sampled_from(["Document 70-E", "Document 75-E"]),
    delegations=st.just(()),
    operation=st.sampled_from(["MOD", "SUP"]),
    asked=st.just("Change resolves 2"),
    words=st.just(()),
    outcome=st.sampled_from(Outcome),
    where=st.sampled_from(["Not taken up yet", "Option 1"]),
    decided=st.sampled_from([None, CHAIR]),
)


def what(line: Line) -> tuple[object, ...]:
    return line.operation, line.outcome, line.where, line.decided


@given(st.lists(LINES, max_size=12))
def test_lines_stand_together_where_only_the_asker_differs_and_none_is_lost(
    lines: list[Line],
) -> None:
    rows = list(alike(lines))
    assert sorted(line.key for row in rows for line in row) == sorted(line.key for line in lines)
    assert all(len({what(line) for line in row}) == 1 for row in rows)
    assert len({what(row[0]) for row in rows}) == len(rows)
    assert [row[0] for row in rows] == [line for line in lines if line in {r[0] for r in rows}]
