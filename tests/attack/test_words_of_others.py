"""What one lets go takes nobody else's words along: theirs are in the draft, or decided on by name.

Found by acts at random (`tests/use_cases/acts/test_table_laws`) with seeds beyond those it runs.
"""

from __future__ import annotations

import pytest

from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.models import Decision
from drafting.services import deeds
from drafting.services.deeds import RetainNot, WithdrawProposal
from tests.cast import Cast
from tests.use_cases.acts.negotiation import KES, VAL, Negotiation, negotiation, reads, wishes
from tests.use_cases.acts.table import Table

TWICE = "to mend the lamps twice;"


def folded_into_what_stands(cast: Cast) -> Negotiation:
    """KES asks for no change and stands behind the adopted text, which holds what VAL asks for."""
    asked = [
        Asked(KES, "k1", "NOC", "p6"),
        Asked(VAL, "v1", "MOD", "p6", text=text_of(TWICE, label="2")),
    ]
    return negotiation(cast, asked, inline=True)


@pytest.mark.parametrize(
    "deed", [WithdrawProposal(KES, "p6"), WithdrawProposal(KES), RetainNot(KES, "p6")]
)
def test_who_lets_go_of_the_adopted_text_takes_no_folded_words_along(
    cast: Cast, deed: deeds.Deed
) -> None:
    talks = folded_into_what_stands(cast)
    before = wishes(talks.draft)["p6", VAL]
    base = reads(talks.draft, None)["p6"]
    assert before == {("to mend the lamps twice",)}
    Table(cast).does("chair", deed)
    assert wishes(talks.draft).get(("p6", VAL)) == before
    assert reads(talks.draft, None).get("p6") == base


def test_a_delegate_who_withdraws_takes_no_folded_words_of_others_along(cast: Cast) -> None:
    talks = folded_into_what_stands(cast)
    Table(cast).does("kes", WithdrawProposal(KES, "p6"))
    assert reads(talks.draft, VAL)["p6"] == ("to mend the lamps twice",)
    assert not Decision.objects.filter(code=VAL, undone=False).exclude(what="taken_up").exists()


def test_what_others_ask_within_a_wording_that_is_withdrawn_becomes_a_wording_of_theirs(
    cast: Cast,
) -> None:
    table = Table(cast)
    change = {"id": "v1", "source": "VAL"}
    table.write(
        "o5",
        {
            "type": "doc",
            "content": [
                {
                    "type": "paragraph",
                    "attrs": {"label": "2", "level": 1},
                    "content": [
                        {"type": "text", "text": "to mend the lamps within a week"},
                        {
                            "type": "text",
                            "text": " or two",
                            "marks": [{"type": "insertion", "attrs": change}],
                        },
                        {"type": "text", "text": ";"},
                    ],
                }
            ],
        },
    )
    table.does("kes", WithdrawProposal("KES/75/4", "p5"))
    assert table.words("o5") == "to mend the lamps within a week or two;"
    assert [row.name for row in table.option("o5").attributions.all()] == ["VAL"]
    assert not table.option("o5").stands
