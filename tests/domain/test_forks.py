"""Several wordings in one text, fork by fork."""

from __future__ import annotations

from hypothesis import given

from drafting.domain.forks import disagreeing, forks, reading, settled_brackets, unbracketed
from drafting.domain.text import (
    BracketClose,
    BracketKind,
    BracketOpen,
    Paragraph,
    PendingChange,
    Run,
    Text,
    accepted,
    normal,
    plain,
    printed,
    rejected,
    sources,
)
from tests.domain import strategies

ISL, KES, VAL = "ISL/79A2/13", "KES/75/4", "VAL/70/2"


def gone(words: str, *who: str) -> Run:
    return Run(words, changes=tuple(PendingChange("deletion", f"d{w}", w) for w in who))


def put(words: str, *who: str) -> Run:
    return Run(words, changes=tuple(PendingChange("insertion", f"i{w}", w) for w in who))


def line(*pieces: Run | BracketOpen | BracketClose) -> Text:
    return Text((Paragraph(normal(pieces)),))


FORKED = line(
    Run("to mend "),
    BracketOpen("b1"),
    gone("at once", ISL, KES, VAL),
    put("in a week", ISL, KES),
    put("in time", VAL),
    BracketClose("b1"),
    Run(";"),
)


def words(text: Text) -> str:
    return plain(unbracketed(text))


def test_each_source_reads_its_own_words_and_nobody_the_base() -> None:
    assert words(reading(FORKED, [ISL])) == "to mend in a week;"
    assert words(reading(FORKED, [VAL])) == "to mend in time;"
    assert words(reading(FORKED, [])) == "to mend at once;"


def test_sources_disagree_only_where_they_read_different_words() -> None:
    assert disagreeing(FORKED, [ISL, KES]) == ()
    assert disagreeing(FORKED, [ISL, VAL]) == (ISL, VAL)
    apart = line(put("old ", ISL), Run("lamps"), put(" and wicks", VAL))
    assert disagreeing(apart, [ISL, VAL]) == ()
    assert [fork.sources for fork in forks(apart)] == [(ISL,), (VAL,)]


def test_a_bracket_is_settled_once_nothing_in_it_is_pending() -> None:
    assert settled_brackets(FORKED, reading(FORKED, [ISL])) == {"b1"}
    assert settled_brackets(FORKED, FORKED) == set()
    plain_one = line(BracketOpen("b2"), Run("all"), BracketClose("b2"), put("!", ISL))
    assert settled_brackets(plain_one, rejected(plain_one)) == set()
    unnamed = BracketOpen("b3", BracketKind.PLACEHOLDER)
    placeholder = line(unnamed, put("70", ISL), BracketClose("b3"))
    assert settled_brackets(placeholder, accepted(placeholder)) == set()


def test_only_the_named_markers_stay() -> None:
    assert printed(unbracketed(FORKED, ["b1"])) == printed(FORKED)
    assert "[" not in printed(unbracketed(FORKED))


@given(strategies.texts())
def test_nobody_taken_is_all_rejected_and_everybody_all_accepted(text: Text) -> None:
    assert reading(text, ()) == rejected(text)
    assert reading(text, sources(text)) == accepted(text)
