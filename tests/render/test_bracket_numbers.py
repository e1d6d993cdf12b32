"""The numbers on brackets: the domain's, whatever the paper is compared with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.domain.brackets import LONG, pair_draft
from drafting.domain.draft import Draft, Header, Option, Provision, ProvisionKind, Status
from drafting.domain.paper import Against, compose
from drafting.domain.text import BracketClose, BracketOpen, Paragraph, Run, Text
from drafting.render.bracket_numbers import bracket_numbers
from tests.domain.strategies import texts
from tests.render import builders as made


def open_draft(wordings: list[tuple[Text | None, list[Text]]]) -> Draft:
    """A draft that prints every wording it has: bases and the options beside each."""
    provisions = [
        Provision(
            f"p{n}",
            ProvisionKind.ITEM,
            tuple(Option(f"o{n}-{m}", text) for m, text in enumerate(options)),
            base,
            status=Status.OPEN,
        )
        for n, (base, options) in enumerate(wordings)
    ]
    return Draft(Header(), tuple(provisions))


def numbers_of(draft: Draft) -> dict[str, int]:
    """What the domain says, by id: the first of several pairs with one id speaks for it."""
    paired = pair_draft(draft)
    found: dict[str, int] = {}
    for bracket in paired.brackets:
        if bracket.number is not None and bracket.id not in paired.unpaired:
            found.setdefault(bracket.id, bracket.number)
    return found


wordings = st.lists(
    st.tuples(st.none() | texts(most=2), st.lists(texts(), min_size=1, max_size=2)), max_size=3
)


@settings(deadline=None)
@given(wordings.map(open_draft), st.sampled_from(Against))
def test_a_paper_numbers_brackets_as_the_domain_does(draft: Draft, against: Against) -> None:
    earlier = replace(draft, provisions=draft.provisions[::2])
    assert bracket_numbers(compose(draft, against, earlier)) == numbers_of(draft)


@pytest.mark.parametrize(("length", "numbers"), [(LONG, {}), (LONG + 1, {"b1": 1})])
def test_a_bracket_is_numbered_once_its_ends_are_far_apart(
    length: int, numbers: dict[str, int]
) -> None:
    pieces = (BracketOpen("b1"), Run("w" * length), BracketClose("b1"))
    draft = open_draft([(None, [Text((Paragraph(pieces),))])])
    assert bracket_numbers(compose(draft, Against.BASE)) == numbers


def test_words_of_the_base_alone_make_no_bracket_long() -> None:
    struck = made.para(BracketOpen("b1"), made.gone("w" * 500), made.keep("x"), BracketClose("b1"))
    assert bracket_numbers(made.paper(made.wording("p1", struck))) == {}


def test_nested_brackets_and_those_over_paragraphs_are_numbered_and_lone_ones_are_not() -> None:
    assert bracket_numbers(made.full()) == {"b2": 1, "b3": 2}
