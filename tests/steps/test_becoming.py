"""One text becomes another by small steps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.text import Text, to_json
from drafting.steps import Applied, Json, become, perform, standard
from tests.domain import strategies
from tests.effort import within
from tests.steps.words import (
    ISL,
    closing,
    deletion,
    doc,
    document,
    insertion,
    opening,
    paragraph,
    run,
)


def arrived(content: Json, other: Json) -> Json:
    done = perform(content, become(content, other))
    assert isinstance(done, Applied), done
    return done.content


@given(st.data(), strategies.texts())
def test_a_text_becomes_any_that_somebody_made_of_it(data: st.DataObject, text: Text) -> None:
    other = standard(to_json(data.draw(strategies.edited(text))))
    assert arrived(standard(to_json(text)), other) == other


@given(strategies.texts(), strategies.texts())
def test_a_text_becomes_any_other(one: Text, two: Text) -> None:
    other = standard(to_json(two))
    assert arrived(standard(to_json(one)), other) == other


def test_words_that_stay_are_not_touched() -> None:
    steps = become(doc("to mend the lamps at once;"), doc("to mend the wicks and lamps now;"))
    assert [(step["from"], step["to"]) for step in steps] == [(19, 26), (13, 13)]
    assert become(doc("to mend;"), doc("to mend;")) == []


def test_a_fold_marks_the_words_that_stand_and_sets_the_others_beside_them() -> None:
    folded = document(
        paragraph(
            run("to mend "),
            opening("b1"),
            run("at once", deletion("c1", ISL)),
            run("in time", insertion("c2", ISL)),
            closing("b1"),
        )
    )
    steps = become(doc("to mend at once"), folded)
    assert [step["stepType"] for step in steps] == ["replace", "replace", "addMark"]
    assert arrived(doc("to mend at once"), folded) == folded
    assert arrived(folded, doc("to mend at once")) == doc("to mend at once")


def test_surrogates_are_counted_as_the_editor_counts() -> None:
    assert arrived(doc("\U0001f30a a \U0001f6a2 b"), doc("\U0001f30a a c b")) == doc(
        "\U0001f30a a c b"
    )


def test_two_long_texts_that_differ_throughout_keep_nobody_waiting() -> None:
    one, two = (doc(" ".join(f"{word}{n}" for n in range(9_000))) for word in ("lamp", "oil"))
    steps = within(500, lambda: become(one, two))
    assert len(steps) == 1
    assert arrived(one, two) == two
