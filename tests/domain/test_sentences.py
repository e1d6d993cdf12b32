"""Sentences for people: they read as English, and can be translated on the other side of JSON."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.sentences import Filled, filled, pack, unpack

WORDS = st.text(max_size=20)
SENTENCES = st.recursive(
    WORDS | st.builds(lambda a: filled("After {place}", place=a), WORDS),
    lambda inner: st.builds(lambda a, b: filled("{a} is not {b}", a=a, b=b), inner, inner),
    max_leaves=4,
)


def test_a_filled_sentence_reads_as_english_and_remembers_its_template() -> None:
    sentence = filled("The two are alike in {share} of {words}.", share="80%", words=12)
    assert sentence == "The two are alike in 80% of 12."
    assert sentence.template == "The two are alike in {share} of {words}."
    assert sentence.words == {"share": "80%", "words": "12"}


def anatomy(sentence: str) -> object:
    """A sentence, taken apart as deep as it goes."""
    if not isinstance(sentence, Filled):
        return str(sentence)
    return sentence.template, {name: anatomy(word) for name, word in sentence.words.items()}


@given(st.lists(SENTENCES))
def test_sentences_come_back_from_json_with_their_words(said: list[str]) -> None:
    back = unpack(json.loads(json.dumps(pack({"said": said}))))["said"]
    assert [anatomy(sentence) for sentence in back] == [anatomy(sentence) for sentence in said]


@given(SENTENCES)
def test_a_copy_is_as_good(sentence: str) -> None:
    assert anatomy(copy.deepcopy(sentence)) == anatomy(sentence)


@pytest.mark.parametrize("words", [{}, {"places": "a"}, [], None, "a"])
def test_a_template_without_its_words_is_refused(words: object) -> None:
    with pytest.raises(ValueError, match="words"):
        unpack({"say": "After {place}", "with": words})


def test_what_only_looks_like_a_field_of_a_template_is_left_alone() -> None:
    assert filled("After {place}", place="{0} {place}") == "After {0} {place}"
