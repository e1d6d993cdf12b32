"""Brackets pair by id, whatever does not balance; each is counted once, where it begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafting.domain.brackets import LONG, count_by_provision, count_contested, pair, pair_draft
from drafting.domain.draft import Draft, Header, Option, Provision, ProvisionKind
from drafting.domain.text import (
    BracketClose,
    BracketKind,
    BracketOpen,
    Inline,
    Paragraph,
    Run,
    Text,
    inlines,
)
from tests.domain import strategies


def line(words: str) -> Text:
    """ "keep (1 lights )1" as a text: "(1" opens bracket 1, ")1" closes it."""
    pieces: list[Inline] = []
    for word in words.split():
        if word[0] == "(":
            pieces.append(BracketOpen(word[1:]))
        elif word[0] == ")":
            pieces.append(BracketClose(word[1:]))
        else:
            pieces.append(Run(word + " "))
    return Text((Paragraph(tuple(pieces)),))


def papers(*lines: str) -> list[tuple[int, Text]]:
    return list(enumerate(map(line, lines)))


def test_a_bracket_inside_a_word_knows_its_places() -> None:
    (bracket,) = pair(papers("inter (1 nation )1 al")).brackets
    assert bracket.open is not None
    assert bracket.close is not None
    assert (bracket.open.offset, bracket.close.offset) == (6, 13)
    assert (bracket.depth, bracket.parent, bracket.number, bracket.covers) == (1, None, None, (0,))


def test_a_bracket_over_provisions_covers_all_between_and_is_numbered() -> None:
    (bracket,) = pair(papers("a", "b (1 c", "d", "e )1 f", "g")).brackets
    assert bracket.covers == (1, 2, 3)
    assert bracket.number == 1


def test_nested_brackets_know_their_depth_parent_and_number() -> None:
    found = pair(papers("(1 a (2 b (3 c )3 )2 d )1 (4 e )4"))
    assert [(b.id, b.depth, b.parent, b.number) for b in found.brackets] == [
        ("1", 1, None, 1),
        ("2", 2, "1", 2),
        ("3", 3, "2", 3),
        ("4", 1, None, None),
    ]
    assert [b.id for b in found.enclosing(found.brackets[2])] == ["1", "2"]


def test_crossing_brackets_are_numbered_and_neither_is_the_parent() -> None:
    found = pair(papers("(1 a (2 b )1 c )2"))
    assert [(b.depth, b.parent, b.number) for b in found.brackets] == [(1, None, 1), (2, None, 2)]
    assert found.brackets[0].crosses(found.brackets[1])


def test_a_long_bracket_is_numbered() -> None:
    words = "light" * (LONG // 5)
    assert pair(papers(f"(1 {words} )1")).brackets[0].number == 1
    assert pair(papers("(1 light )1")).brackets[0].number is None


def test_brackets_with_one_end_are_told_apart_and_enclose_nothing() -> None:
    found = pair(papers("(1 a (2 b )2", ")3 c"))
    assert [b.id for b in found.unclosed] == ["1"]
    assert [b.id for b in found.unopened] == ["3"]
    assert found.unpaired == ("1", "3")
    assert found.covering(0) == found.brackets[:2]
    assert found.brackets[1].parent is None


def test_a_closing_marker_before_its_opening_one_pairs_with_nothing() -> None:
    found = pair(papers(")1 a (1"))
    assert not found.pairs
    assert len(found.brackets) == 2
    assert found.unpaired == ("1",)


def test_of_two_opening_markers_with_one_id_the_later_is_closed() -> None:
    found = pair(papers("(1 a", "(1 b )1"))
    assert [(b.is_paired, b.covers) for b in found.brackets] == [(False, (0,)), (True, (1,))]


def test_only_contested_brackets_count_as_contested() -> None:
    marks = (BracketOpen("1", BracketKind.PLACEHOLDER), Run("x"), BracketClose("1"))
    found = pair([(0, Text((Paragraph(marks),))), *[(n + 1, t) for n, t in papers("(2 a )2 (3")]])
    assert count_contested(found) == 2


def test_each_bracket_is_counted_in_the_provision_it_begins_in() -> None:
    def provision(key: str, words: str) -> Provision:
        return Provision(key, ProvisionKind.ITEM, (Option("o" + key, line(words)),))

    found = pair_draft(
        Draft(Header(), (provision("p1", "a (1 b (2"), provision("p2", "c )1 )2 )3")))
    )
    counts = count_by_provision(found)
    assert (counts["p1"], counts["p2"], counts["p3"]) == (2, 1, 0)


@given(st.lists(strategies.texts(), max_size=4))
def test_every_marker_is_an_end_of_exactly_one_bracket(texts: list[Text]) -> None:
    found = pair(enumerate(texts))
    markers = [
        piece
        for text in texts
        for piece in inlines(text)
        if isinstance(piece, BracketOpen | BracketClose)
    ]
    opens = [b.open.order for b in found.brackets if b.open]
    closes = [b.close.order for b in found.brackets if b.close]
    assert len(opens) == sum(isinstance(m, BracketOpen) for m in markers)
    assert len(closes) == sum(isinstance(m, BracketClose) for m in markers)
    assert len({*opens, *closes}) == len(markers)


@given(st.lists(strategies.texts(), max_size=4))
def test_brackets_stand_in_order_and_numbers_count_up(texts: list[Text]) -> None:
    found = pair(enumerate(texts))
    begins = [b.span[0] for b in found.brackets]
    assert begins == sorted(begins)
    numbers = [b.number for b in found.brackets if b.number]
    assert numbers == list(range(1, len(numbers) + 1))
    for bracket in found.pairs:
        assert bracket.span[0] < bracket.span[1]
        assert bracket.depth > len(found.enclosing(bracket))
        assert bracket.number or bracket.depth == 1
