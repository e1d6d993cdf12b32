"""What lies on the table for a provision: which wordings are one, what is in question, how far."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.draft import (
    Attribution,
    Option,
    OptionKind,
    Provision,
    ProvisionKind,
    Status,
)
from drafting.domain.partings import Part, reading
from drafting.domain.table import BASE, Asked, Matter, Standing, called, laid, line
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Paragraph,
    PendingChange,
    Run,
    Text,
    plain,
    text_of,
)
from tests.domain import strategies

WORDS = "to mend the lamps at once;"


def option(key: str, words: str, *codes: str, stands: bool = False) -> Option:
    told = tuple(Attribution(code, literal=code) for code in codes)
    return Option(key, text_of(words), stands=stands, attributions=told)


def provision(*options: Option, base: str | None = WORDS) -> Provision:
    return Provision(
        "p1", ProvisionKind.ITEM, options, base=None if base is None else text_of(base)
    )


def asks(code: str, words: str, over: str = "") -> Asked:
    return Asked(code, OptionKind.TEXT, text_of(words), over)


UNTOUCHED = provision(option("o1", WORDS, stands=True))


def test_a_provision_that_nobody_touches_is_its_base_and_not_on_the_table() -> None:
    table = laid(UNTOUCHED)
    assert [(one.key, one.number, one.options) for one in table.wordings] == [(BASE, 0, ("o1",))]
    assert not line(UNTOUCHED).on_table


def test_wordings_that_differ_in_typography_and_terminal_punctuation_are_one_row() -> None:
    table = laid(
        provision(option("o2", "to mend the lamp\u2019s glass;", "KES/75/4")),
        [asks("VAL/70/2", "to mend the lamp's glass."), asks("ISL/79A2/13", "to mend it;")],
    )
    (_base, one, other) = table.wordings
    assert [behind.code for behind in one.behind] == ["KES/75/4", "VAL/70/2"]
    assert [behind.standing for behind in one.behind] == [Standing.DRAFT, Standing.ASKED]
    assert one.in_draft
    assert [behind.code for behind in other.behind] == ["ISL/79A2/13"]
    assert not other.in_draft


def test_what_is_raised_makes_another_wording_and_is_seen_where_they_part() -> None:
    raised = Text((Paragraph((Run("to mend 10"), Run("6", frozenset({"sup"})), Run(" lamps;"))),))
    told = Attribution("VAL/70/2", literal="VAL/70/2")
    of = provision(
        option("o2", "to mend 106 lamps;", "KES/75/4"), Option("o3", raised, attributions=(told,))
    )
    (_base, one, other) = laid(of).wordings
    assert (one.words, other.words) == ("to mend 106 lamps;", "to mend 10\u2076 lamps;")


def test_wordings_of_other_paragraphs_are_two_rows() -> None:
    parted = Text((Paragraph((Run("to mend the lamps"),)), Paragraph((Run("at once;"),))))
    table = laid(provision(Option("o2", parted)))
    assert [one.key for one in table.wordings] == [BASE, "o2"]


def test_near_wordings_stand_together_whatever_their_order() -> None:
    long = "to mend the lamps of every harbour before the first night of winter;"
    table = laid(
        provision(
            option("o2", long, "KES/75/4"),
            option("o3", "that nothing be done;", "VAL/70/2"),
            option("o4", long.replace("first", "third"), "ISL/79A2/13"),
        )
    )
    assert [one.options for one in table.wordings[1:]] == [("o2",), ("o4",), ("o3",)]
    assert [one.number for one in table.wordings] == [0, 1, 3, 2]  # as they stand in the draft
    near = table.wordings[2]
    assert near.near == 1
    assert near.dispute is not None
    assert [piece.words for piece in near.dispute.other if piece.lit] == ["third"]


def test_an_alternative_within_a_text_is_a_wording_of_whoever_asks_for_it() -> None:
    gone = (PendingChange("deletion", "c1", "KES/75/4"),)
    come = (PendingChange("insertion", "c2", "KES/75/4"),)
    pieces = (
        Run("to mend the lamps "),
        BracketOpen("b1"),
        Run("at once", changes=gone),
        Run("in time", changes=come),
        BracketClose("b1"),
        Run(";"),
    )
    own = Option("o1", Text((Paragraph(pieces),)), stands=True)
    table = laid(provision(own))
    (base, asked) = table.wordings
    assert base.options == ("o1",)
    assert asked.within == ("o1",)
    assert asked.text is not None
    assert plain(asked.text) == "to mend the lamps in time;"
    assert line(provision(own)).matter is Matter.SPAN


def test_a_text_that_only_holds_the_wordings_of_those_behind_it_is_no_wording() -> None:
    """With nobody heard it would have holes where each of them says something."""
    one, two = (PendingChange("insertion", f"c{n}", code) for n, code in enumerate(("KES", "VAL")))
    pieces = (Run("to mend "), Run("a lamp", changes=(one,)), Run("a bell", changes=(two,)))
    told = tuple(Attribution(code, literal=code) for code in ("KES", "VAL"))
    text = Option("o2", Text((Paragraph(pieces),)), attributions=told)
    table = laid(provision(option("o1", WORDS, stands=True), text))
    (held,) = [wording for wording in table.wordings if wording.holds]
    assert held.options == ("o2",)
    assert held not in table.running
    said = {plain(w.text) for w in table.running if w.text}
    assert said == {WORDS, "to mend a lamp", "to mend a bell"}
    assert line(table.provision).count == 3


def test_what_is_decided_is_told_and_no_longer_in_question() -> None:
    table = laid(UNTOUCHED, [asks("KES/75/4", "to mend them;", over="not_retained")])
    assert table.wordings[1].over == "not_retained"
    assert len(table.running) == 1
    assert not line(UNTOUCHED, (asks("KES/75/4", "to mend them;", over="withdrawn"),)).on_table


def test_a_wish_that_the_draft_fulfils_keeps_nothing_open() -> None:
    assert not line(UNTOUCHED, (asks("KES/75/4", WORDS),)).on_table
    assert line(UNTOUCHED, (asks("KES/75/4", "to mend them;"),)).on_table


def test_a_wish_about_closed_text_is_not_on_the_table() -> None:
    closed = replace(UNTOUCHED, status=Status.AGREED)
    assert not line(closed, (asks("KES/75/4", "to mend them;"),)).on_table
    assert line(replace(UNTOUCHED, status=Status.REOPENED)).on_table


def test_one_word_in_dispute_is_told_by_that_word() -> None:
    told = line(
        provision(option("o1", WORDS, stands=True), option("o2", WORDS.replace("once", "dusk")))
    )
    assert (told.matter, told.count, told.words) == (Matter.SPAN, 1, ("once", "dusk"))


def test_the_fewer_words_lie_between_the_nearer_it_is_to_agreement() -> None:
    word = provision(option("o1", WORDS, stands=True), option("o2", WORDS.replace("once", "dusk")))
    texts = provision(
        option("o1", WORDS, stands=True),
        option("o2", "that the council be asked what to do with them;"),
    )
    deletion = provision(
        option("o1", WORDS, stands=True),
        replace(option("o2", "", "TES/88/1"), kind=OptionKind.DELETE),
    )
    distances = [line(one).distance for one in (word, texts)]
    assert distances == sorted(distances)
    assert line(deletion).matter is Matter.DELETION


provisions = st.builds(
    Provision,
    st.just("p1"),
    st.just(ProvisionKind.ITEM),
    st.lists(strategies.texts(), min_size=1, max_size=4).map(
        lambda found: tuple(Option(f"o{n}", text) for n, text in enumerate(found))
    ),
    base=st.none() | strategies.texts(),
)
wishes = st.lists(
    st.builds(
        Asked,
        st.sampled_from(("KES/75/4", "VAL/70/2", "NRT/80A1/14")),
        st.just(OptionKind.TEXT),
        strategies.texts(),
        st.sampled_from(("", "withdrawn")),
    ),
    max_size=3,
)


@given(provisions, wishes)
def test_every_option_and_every_wish_lies_on_the_table_once(
    of: Provision, asked: list[Asked]
) -> None:
    table = laid(of, asked)
    options = [key for one in table.wordings for key in one.options]
    assert len(options) == len(set(options))
    within = {key for one in table.wordings for key in one.within}
    assert {o.key for o in of.options} <= {*options, *within}
    told = {behind.code for one in table.wordings for behind in one.behind}
    assert {one.code for one in asked} <= told
    numbers = sorted(one.number for one in table.wordings)
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@given(provisions, wishes)
def test_the_numbers_of_options_are_in_their_order_and_no_wish_comes_between(
    of: Provision, asked: list[Asked]
) -> None:
    found = laid(of, asked).wordings
    number = {key: one.number for one in found for key in one.options}
    first = list(dict.fromkeys(number[o.key] for o in of.options if o.key in number))
    assert [n for n in first if n] == sorted(n for n in first if n)
    assert dict(called(of)) == number
    wishes_alone = [one.number for one in found if not one.in_draft and one.key != BASE]
    assert not wishes_alone or min(wishes_alone) > max(number.values(), default=0)


@given(provisions, wishes)
def test_the_forks_of_the_table_read_as_its_wordings(of: Provision, asked: list[Asked]) -> None:
    table = laid(of, asked)
    lines = table.lines()
    for one in table.wordings:
        if one.kind is OptionKind.TEXT and not one.over and not one.holds:
            assert one.words in {_read(parts, one.key) for parts in lines}


def _read(parts: tuple[Part, ...], key: str) -> str | None:
    try:
        return reading(parts, key)
    except KeyError:
        return None
