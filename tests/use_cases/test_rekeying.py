"""A paper that corrects a word of a new provision means that provision, and no other."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.draft import (
    Attribution,
    Draft,
    Header,
    Option,
    OptionKind,
    Provision,
    Status,
)
from drafting.domain.text import text_of
from drafting.services.rekeying import rekeyed
from tests.cast import call, item

LAMPS = "to mend every lamp of the coast before the nights grow long;"
BUOYS = "to paint the buoys of the inner harbour, and to count them twice;"


def draft(*words: str, status: Status = Status.OPEN) -> Draft:
    """A call, and an item that nobody adopted for each of the words."""
    items = (item(f"p{n}", said, base=False, status=status) for n, said in enumerate(words, 2))
    return Draft(Header(), (call("p1", "resolves"), *items))


def keys(now: Draft, *words: str) -> list[str]:
    """The keys that provisions of these words get, read from a paper."""
    return [p.key for p in read(now, *words)[1:]]


def read(now: Draft, *words: str) -> tuple[Provision, ...]:
    return rekeyed(
        draft(*words).provisions, now, last_provision=90, last_option=90, reason="a paper"
    )


def test_a_corrected_word_keeps_the_provision() -> None:
    assert keys(draft(LAMPS, BUOYS), LAMPS.replace("every", "each"), BUOYS) == ["p2", "p3"]


def test_the_option_keeps_its_key_too() -> None:
    (provision,) = read(draft(LAMPS), LAMPS.replace("every", "each"))[1:]
    assert [option.key for option in provision.options] == ["o2"]


def test_other_words_are_another_provision() -> None:
    assert keys(draft(LAMPS), BUOYS) == ["p91"]


def test_the_same_words_come_before_words_that_are_near() -> None:
    near = LAMPS.replace("every", "each")
    assert keys(draft(LAMPS, near), near, LAMPS) == ["p3", "p2"]


def test_an_option_that_says_nothing_makes_no_two_provisions_one() -> None:
    def beside_no_text(words: str, key: str) -> Provision:
        provision = item(key, words, base=False)
        nothing = Option("o8", text_of(""), kind=OptionKind.NO_TEXT)
        return replace(provision, options=(*provision.options, nothing))

    now = Draft(Header(), (call("p1", "resolves"), beside_no_text(LAMPS, "p2")))
    paper = (call("p1", "resolves"), beside_no_text(BUOYS, "p2"))
    found = rekeyed(paper, now, last_provision=90, last_option=90, reason="a paper")
    assert found[1].key == "p91"


def test_words_under_another_call_are_another_provision() -> None:
    now = draft(LAMPS)
    elsewhere = Draft(Header(), (call("p1", "considering"), now.provisions[1]))
    assert keys(elsewhere, LAMPS) == ["p91"]


def test_agreed_words_that_a_paper_corrects_are_reopened_and_not_doubled() -> None:
    now = draft(LAMPS, status=Status.AGREED)
    found = read(now, LAMPS.replace("every", "each"))
    assert [(p.key, p.status) for p in found[1:]] == [("p2", Status.REOPENED)]


def test_an_option_that_does_not_stand_is_known_by_the_nearest_wording() -> None:
    def two(other: str, key: str) -> Provision:
        provision = item("p2", LAMPS)
        asked = (Attribution("KES/75/4"),)
        return replace(
            provision, options=(*provision.options, Option(key, text_of(other), attributions=asked))
        )

    now = Draft(Header(), (call("p1", "resolves"), two(BUOYS, "o7")))
    paper = (call("p1", "resolves"), two(BUOYS.replace("twice", "again"), "o3"))
    found = rekeyed(paper, now, last_provision=90, last_option=90, reason="a paper")
    assert [option.key for option in found[1].options] == ["o2", "o7"]


WORDS = st.sampled_from(["lamp", "buoy", "gauge", "night", "coast", "harbour"])
SAID = st.lists(st.lists(WORDS, min_size=1).map(" ".join), max_size=6)


@given(SAID, SAID)
def test_no_key_is_given_twice_and_the_same_paper_changes_none(
    held: list[str], said: list[str]
) -> None:
    now = draft(*held)
    found = keys(now, *said)
    assert len(set(found)) == len(found)
    assert set(found) <= {p.key for p in now.provisions} | {f"p{n}" for n in range(91, 99)}
    assert sorted(keys(now, *held)) == sorted(p.key for p in now.provisions[1:])
