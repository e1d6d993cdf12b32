"""What is editorial, exactly: numbering, terminal punctuation, a citation's edition."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.editorial import difference, is_editorial
from drafting.domain.edits import applied
from drafting.domain.text import (
    BracketOpen,
    Paragraph,
    PendingChange,
    Run,
    Text,
    plain,
    printed,
    text_of,
)
from tests.domain.strategies import edited, pairs, texts


def words(before: str, after: str) -> bool:
    return is_editorial(text_of(before), text_of(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("to keep it;", "to keep it,"),
        ("to keep it", "to keep it;"),
        ("to keep it.", "to keep it"),
        ("Resolution 45 (Hyderabad, 2010), on it;", "Resolution 45 (Rev. Dubai, 2014), on it;"),
        (
            "Resolutions 50 and 52 (Rev. Dubai, 2012) and 58 (Dubai, 2012);",
            "Resolutions 50 and 52 (Rev. Hammamet, 2016) and 58 (Rev. Hammamet, 2016),",
        ),
        ("Resolution 181 (Guadalajara 2010).", "Resolution 181 (Guadalajara, 2010)."),
    ],
)
def test_marks_and_editions_are_editorial(before: str, after: str) -> None:
    assert words(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("to keep it;", "to keep them;"),
        ("to keep it;", "to keep it ;"),
        ("to keep it;", "to keep it:"),
        ("notably:", "notably;"),
        ("rain, hail, etc.", "rain, hail, etc;"),
        ("to keep it; and", "to keep it;"),
        ("to keep, or not;", "to keep or not;"),
        ("", ";"),
        ("Resolution 45 (Hyderabad, 2010);", "Resolution 46 (Hyderabad, 2010);"),
        ("Resolution 45 (Hyderabad, 2010);", "Resolution 45;"),
        ("Resolution 45 (Hyderabad, 2010);", "Resolution 45 (Not Binding, 2010);"),
        ("Resolution 45 (Hyderabad, 2010);", "Resolution 45 (Rev. Dubai, 2013);"),
        ("Resolution 45 (Hyderabad, 2010);", "Decision 45 (Hyderabad, 2010);"),
        ("the Conference (Busan, 2014);", "the Conference (Dubai, 2018);"),
        ("Resolution 45 (not before 2012);", "Resolution 45 (Dubai, 2014);"),
        ("Resolution 45 (unless amended in 2014);", "Resolution 45 (Rev. Dubai, 2014);"),
        ("Resolution 45 (except where binding, 2014);", "Resolution 45 (Dubai, 2014);"),
        ("one;\ntwo;", "one; two;"),
    ],
)
def test_everything_else_is_not(before: str, after: str) -> None:
    assert not words(before, after)


def test_a_label_becomes_a_label_and_nothing_else() -> None:
    text = text_of("to keep it;", label="2")
    assert is_editorial(text, text_of("to keep it;", label="3bis"))
    assert is_editorial(text, text_of("to keep it;"))
    assert not is_editorial(text, text_of("to keep it;", label="not"))


def test_brackets_levels_and_pending_words_are_no_matter_of_editing() -> None:
    text = text_of("to keep it;", label="2")
    (paragraph,) = text.paragraphs
    bracketed = Text((Paragraph((BracketOpen("b1"), *paragraph.inlines), "2"),))
    assert not is_editorial(text, bracketed)
    assert not is_editorial(text, text_of("to keep it;", label="2", level=2))
    asked = (PendingChange("deletion", "d1", "KES"),)
    struck = Text((Paragraph((Run("to keep it"), Run(";", changes=asked)), "2"),))
    assert not is_editorial(struck, text_of("to keep it,", label="2"))


@settings(deadline=None)
@given(pairs)
def test_what_is_editorial_leaves_every_other_word(pair: tuple[Text, Text]) -> None:
    before, after = pair
    if is_editorial(before, after):
        assert [_bare(p) for p in before.paragraphs] == [_bare(p) for p in after.paragraphs]


def _bare(paragraph: Paragraph) -> str:
    """The words without what may change, told in another way than the domain does."""
    said = plain(Text((paragraph,)))
    said = re.sub(r"\((?:Rev\. ?)?[^()]*?(?:19|20)\d\d\)", "()", said)
    return re.sub(r"[,;.]$", "", said.rstrip())


@settings(deadline=None)
@given(texts().flatmap(lambda text: st.tuples(st.just(text), edited(text))))
def test_the_changes_make_one_text_the_other(pair: tuple[Text, Text]) -> None:
    before, after = pair
    changes = difference(before, after)
    if changes is not None:
        assert printed(applied(before, changes)) == printed(after)


@settings(deadline=None)
@given(st.data())
def test_an_editorial_change_is_seen_for_what_it_is(data: st.DataObject) -> None:
    """Marks, editions and labels changed at random: told, and undone, by the same changes."""
    editions = st.sampled_from(["Rev. Dubai, 2014", "Busan, 2014", "Castelmar, 2023"])
    bodies = st.lists(
        st.sampled_from(["Resolution 4 (@)", "to keep", "at noon", "(a)"]), min_size=1
    )
    said = " ".join(data.draw(bodies))
    before, after = (
        text_of(
            re.sub("@", lambda _: data.draw(editions), said) + data.draw(st.sampled_from(",;."))
        )
        for _ in range(2)
    )
    changes = difference(before, after)
    assert changes is not None
    assert applied(before, changes) == after
    back = difference(after, before)
    assert back is not None
    assert len(back) == len(changes)
