"""Deeds done together touch the names of their own options, and no others' in the database."""

from __future__ import annotations

from drafting.domain.consolidation import Asked
from drafting.domain.text import text_of
from drafting.models import Attribution
from drafting.services import deeds
from tests.cast import Cast
from tests.use_cases.acts.negotiation import ISL, KES, VAL, negotiation
from tests.use_cases.acts.table import Table

ASKED = [
    Asked(KES, "k1", "MOD", "p6", text=text_of("to mend the lanterns at once;", label="2")),
    Asked(VAL, "v1", "MOD", "p6", text=text_of("to mend the beacons at once;", label="2")),
    Asked(ISL, "i1", "MOD", "p5", text=text_of("to count the lamps twice a year;", label="1")),
]


def names(cast: Cast) -> set[tuple[int, int, str]]:
    """Who stands behind what, but in p6; in all drafts."""
    rows = Attribution.objects.exclude(option__draft=cast.draft, option__provision__number=6)
    return set(rows.values_list("pk", "option", "code"))


def test_a_wording_that_is_made_and_folded_in_one_act_takes_nobody_s_name_along(
    cast: Cast,
) -> None:
    talks = negotiation(cast, ASKED, inline=True)
    option = next(p.options[0].key for p in talks.draft.provisions if p.key == "p6")
    before, table = names(cast), Table(cast)
    assert before
    first, second = (f"o{cast.draft.last_option + n}" for n in (1, 2))
    fold = deeds.FoldOptions("p6", [first, second], "common")
    table.does("chair", deeds.Together([deeds.UnfoldOption(option), fold]))
    assert names(cast) == before


def test_who_stands_behind_a_wording_is_heard_where_several_are_unfolded(cast: Cast) -> None:
    talks, table = negotiation(cast, ASKED, inline=True), Table(cast)
    options = {p.key: p.options[0].key for p in talks.draft.provisions}
    table.does("chair", deeds.Attribute(options["p6"], [KES, VAL]))
    unfolded: list[deeds.Single] = [deeds.UnfoldOption(options[key]) for key in ("p6", "p5")]
    table.does("chair", deeds.Together(unfolded))
    behind = Attribution.objects.filter(option__draft=cast.draft)
    assert sorted(behind.values_list("option__provision__number", "code")) == [
        (5, ISL),
        (6, KES),
        (6, VAL),
    ]
