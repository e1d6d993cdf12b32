"""Small changes at a place: they fit or they do not, and they touch nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.edits import Change, DoesNotFit, applied, characters, is_free, read
from drafting.domain.text import (
    BracketClose,
    BracketOpen,
    FootnoteRef,
    Paragraph,
    PendingChange,
    Run,
    Text,
    accepted,
    normal,
    plain,
    printed,
    text_of,
)
from tests.domain.strategies import texts


def one(*pieces: Run | BracketOpen | BracketClose, label: str | None = None) -> Text:
    return Text((Paragraph(normal(pieces), label),))


def at(start: int | None, old: str, new: str) -> Change:
    return Change("o1", 0, start, old, new)


def test_changes_of_one_paragraph_count_in_the_text_before_all_of_them() -> None:
    text = text_of("one two three;", label="a)")
    done = applied(text, [at(0, "one", "eleven"), at(8, "three", "3"), at(None, "a)", "b)")])
    assert printed(done) == "b)\televen two 3;"


def test_what_does_not_stand_there_is_not_changed() -> None:
    text = text_of("one two")
    for change in (at(0, "two", "x"), at(90, "", "x"), at(None, "1", "2"), at(-1, "", "x")):
        with pytest.raises(DoesNotFit):
            applied(text, [change])
    with pytest.raises(DoesNotFit):
        applied(text, [at(0, "one", "1"), at(2, "e", "x")])


def test_new_words_wear_what_the_old_ones_wore() -> None:
    text = one(Run("to "), Run("keep", frozenset({"em"}), notes=("n1",)), Run(" it"))
    done = applied(text, [at(3, "keep", "mend"), at(10, "", ";")])
    assert done == one(Run("to "), Run("mend", frozenset({"em"}), notes=("n1",)), Run(" it;"))


def test_markers_stay_where_they_stand() -> None:
    text = one(BracketOpen("b1"), Run("to keep;"), BracketClose("b1"))
    assert printed(applied(text, [at(7, ";", ",")])) == "[to keep,]"
    assert printed(applied(text, [at(0, "to", "To")])) == "[To keep;]"


def test_no_change_reaches_over_a_marker_or_into_pending_words() -> None:
    asked = (PendingChange("insertion", "i1", "KES"),)
    text = one(Run("to "), BracketOpen("b1"), Run("keep "), Run("it", changes=asked))
    for change in (at(0, "to k", "x"), at(8, "it", "them"), at(10, "", ";")):
        with pytest.raises(DoesNotFit):
            applied(text, [change])


def test_a_bracket_is_closed_where_it_is_said() -> None:
    text = one(BracketOpen("b1"), Run("to keep it"))
    done = applied(text, [Change("o1", 0, 7, "", "", closes="b1")])
    assert printed(done) == "[to keep] it"


@settings(deadline=None)
@given(texts())
def test_a_paragraph_reads_as_if_all_were_taken_up(text: Text) -> None:
    assert "\n".join(read(p).words for p in text.paragraphs) == plain(accepted(text))


@settings(deadline=None)
@given(texts())
def test_what_is_read_stands_at_its_place(text: Text) -> None:
    for paragraph in text.paragraphs:
        held, seen = characters(paragraph), read(paragraph)
        for index, char in enumerate(seen.words):
            start, end = seen.place(index, index + 1)
            assert (held[start][0], end) == (char, start + 1)


@settings(deadline=None)
@given(st.data())
def test_a_change_and_its_reverse_give_the_text_back(data: st.DataObject) -> None:
    text = data.draw(texts(most=1))
    words = plain(text)
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, min(len(words), start + 6)))
    if not is_free(text.paragraphs[0], start, end) or start == end:
        return
    new = data.draw(st.text("abc ", min_size=1, max_size=4))
    done = applied(text, [at(start, words[start:end], new)])
    assert plain(done) == words[:start] + new + words[end:]
    worn = {(r.formats, r.notes) for _, r in characters(text.paragraphs[0])[start:end]}
    if len(worn) == 1:
        assert applied(done, [at(start, new, words[start:end])]) == text


def test_markers_at_the_place_of_what_is_new_keep_their_order() -> None:
    pieces = (Run("the beacon"), FootnoteRef("f1"), BracketOpen("b1"))
    held = Text((Paragraph(pieces),))
    (paragraph,) = applied(held, [Change("o1", 0, 10, "", ".")]).paragraphs
    assert paragraph.inlines == (Run("the beacon."), *pieces[1:])
