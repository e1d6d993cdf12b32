"""Accepting and rejecting, as steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.text import Text, accepted, from_json, rejected, sources, to_json
from drafting.steps import Applied, Json, perform, settle, standard, stands
from tests.domain import strategies
from tests.steps.words import (
    ISL,
    KES,
    deletion,
    document,
    insertion,
    opening,
    paragraph,
    reads,
    run,
)


def settled(content: Json, **how: object) -> Json:
    done = perform(content, settle(content, **how))  # type: ignore[arg-type]
    assert isinstance(done, Applied)
    return done.content


@given(strategies.texts())
def test_all_accepted_is_the_accepted_text(text: Text) -> None:
    assert from_json(settled(standard(to_json(text)), accept=True)) == accepted(text)


@given(strategies.texts())
def test_all_rejected_is_the_rejected_text(text: Text) -> None:
    assert from_json(settled(standard(to_json(text)), accept=False)) == rejected(text)


@given(strategies.texts(), st.sampled_from((ISL, KES)), st.booleans())
def test_what_one_asked_is_settled_and_no_more(text: Text, source: str, accept: bool) -> None:
    content = standard(to_json(text))
    left = from_json(settled(content, source=source, accept=accept))
    assert source not in sources(left)
    assert stands(left) <= {(key, who) for key, who in stands(text) if who != source}


@given(strategies.texts(), st.sampled_from(((ISL, KES), (KES, ISL))))
def test_one_source_after_the_other_is_all(text: Text, order: tuple[str, str]) -> None:
    content = standard(to_json(text))
    for source in order:
        content = settled(content, source=source, accept=True)
    assert from_json(content) == accepted(text)


@given(strategies.texts())
def test_only_the_asked_ids_are_settled(text: Text) -> None:
    content = standard(to_json(text))
    left = from_json(settled(content, ids={"c1"}, accept=True))
    assert all(key != "c1" for key, _ in stands(left))


def test_words_that_several_strike_go_when_one_is_accepted() -> None:
    content = document(
        paragraph(run("a"), run("b", deletion("c1", ISL), deletion("c2", KES)), run("c"))
    )
    assert reads(settled(content, ids={"c1"}, accept=True)) == "ac"
    kept = settled(content, ids={"c1"}, accept=False)
    assert kept == document(paragraph(run("a"), run("b", deletion("c2", KES)), run("c")))


def test_an_insertion_that_is_accepted_loses_its_mark_alone() -> None:
    both = run("b", insertion("c1", ISL), deletion("c2", KES))
    content = document(paragraph(run("a"), both))
    assert settled(content, ids={"c1"}, accept=True) == document(
        paragraph(run("a"), run("b", deletion("c2", KES)))
    )
    assert reads(settled(content, ids={"c1"}, accept=False)) == "a"


def test_words_that_another_asks_for_too_stay_as_theirs() -> None:
    content = document(paragraph(run("b", insertion("c1", ISL), insertion("c2", KES))))
    left = document(paragraph(run("b", insertion("c2", KES))))
    assert settled(content, source=ISL, accept=False) == left
    assert settled(content, source=ISL, accept=True) == left


def test_markers_and_paragraphs_are_settled_like_words() -> None:
    marker = {**opening("b1"), "marks": [insertion("c1", ISL)]}
    content = document(paragraph(marker, run("a", insertion("c1", ISL))), paragraph(run("b")))
    assert settled(content, ids={"c1"}, accept=False) == document(paragraph(), paragraph(run("b")))
    assert reads(settled(content, ids={"c1"}, accept=True)) == "[a\nb"


def test_a_change_in_many_places_is_one_step() -> None:
    content = document(
        paragraph(run("a", insertion("c1", ISL)), run("b")),
        paragraph(run("c"), run("d", insertion("c1", ISL))),
    )
    assert len(settle(content, ids={"c1"}, accept=True)) == 1


@pytest.mark.parametrize("accept", [True, False])
def test_nothing_asked_is_nothing_to_do(accept: bool) -> None:
    assert settle(document(paragraph(run("a"))), accept=accept) == []
    content = document(paragraph(run("a", insertion("c1", ISL))))
    assert settle(content, ids=set(), accept=accept) == []
    assert settle(content, ids={"c1"}, source=KES, accept=accept) == []
