"""Where brackets end, and what is cut between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.forks import reading
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    Run,
    Text,
    from_json,
    inlines,
    plain,
    sources,
    to_json,
)
from drafting.steps import Applied, Json, cut, ends, perform, settle, standard
from tests.domain import strategies
from tests.steps.words import (
    ISL,
    KES,
    closing,
    deletion,
    document,
    insertion,
    opening,
    paragraph,
    reads,
    run,
)


def after(content: Json, steps: list[Json]) -> Json:
    done = perform(content, steps)
    assert isinstance(done, Applied)
    return done.content


def whole(content: Json, key: str) -> Json:
    opens, closes = ends(content, key)
    assert opens is not None
    assert closes is not None
    return after(content, cut(content, opens, closes))


def test_words_between_two_ends_are_cut_and_the_ends_stay() -> None:
    content = document(paragraph(run("a"), opening("b1"), run("bc"), closing("b1"), run("d")))
    assert reads(whole(content, "b1")) == "a[]d"


def test_a_bracket_that_lies_between_goes_and_one_that_crosses_keeps_its_end() -> None:
    inner = (opening("b2"), run("x"), closing("b2"))
    content = document(
        paragraph(run("a"), opening("b1"), *inner, opening("b3"), run("y")),
        paragraph(run("z"), closing("b1"), run("d"), closing("b3")),
    )
    left = whole(content, "b1")
    assert reads(left) == "a[[]d]"
    markers = [p.id for p in inlines(from_json(left)) if isinstance(p, BracketOpen | BracketClose)]
    assert markers == ["b1", "b3", "b1", "b3"]


@given(strategies.texts(), strategies.keys)
def test_nothing_outside_a_bracket_is_cut(text: Text, key: str) -> None:
    content = standard(to_json(text))
    opens, closes = ends(content, key)
    if opens is None or closes is None or opens > closes:
        return
    words = plain(from_json(after(content, cut(content, opens, closes)))).replace("\n", "")
    pieces = list(inlines(text))
    first = next(i for i, p in enumerate(pieces) if isinstance(p, BracketOpen) and p.id == key)
    outside = "".join(p.text for p in pieces[:first] if isinstance(p, Run))
    assert words.startswith(outside)


def test_only_what_lies_within_is_settled() -> None:
    content = document(
        paragraph(
            run("a", insertion("c1", ISL)),
            opening("b1"),
            run("b", insertion("c2", ISL)),
            run("c", deletion("c3", KES)),
            closing("b1"),
        )
    )
    opens, closes = ends(content, "b1")
    assert opens is not None
    assert closes is not None
    left = after(content, settle(content, within=(opens, closes), accept=False))
    assert reads(left) == "a[c]"
    assert sources(from_json(left)) == (ISL,)


@given(strategies.texts(), st.sets(st.sampled_from((ISL, KES))))
def test_rejecting_the_others_and_accepting_those_taken_is_their_reading(
    text: Text, taken: set[str]
) -> None:
    content = standard(to_json(text))
    for source in sorted(set(sources(text)) - taken):
        content = after(content, settle(content, source=source, accept=False))
    for source in sorted(taken):
        content = after(content, settle(content, source=source, accept=True))
    assert from_json(content) == reading(text, taken)
