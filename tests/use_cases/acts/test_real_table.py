"""The real negotiation at the table: consolidated by the machine, brought to one clean text.

Every contested provision takes one deed, and all of them one act. Nothing is lost on the way: every
proposal that asked for something in a provision has a decision there.
"""

from __future__ import annotations

from collections import Counter

import pytest

from accounts.models import User
from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.domain.consolidation.likeness import essence
from drafting.domain.lifecycle import is_contested
from drafting.domain.projection import reading
from drafting.models import AdHocGroup, Decision, Draft, Membership
from drafting.selectors.table import Addition, added_of, wishes_of
from drafting.selectors.values import draft_value
from drafting.services import deeds
from tests.cast import SETUP, Cast
from tests.intake.test_real_contributions import NAMES
from tests.shared import needs_shared, shared
from tests.use_cases.acts.negotiation import named_in, wishes
from tests.use_cases.acts.table import Table
from tests.use_cases.test_commands import run

pytestmark = [pytest.mark.django_db, needs_shared]

EUROPE = "EUR/80A1/14"


@pytest.fixture(params=["options", "inline"])
def table(db: None, request: pytest.FixtureRequest) -> Table:
    """A chair before the draft that the six contributions make."""
    run("import_base", shared("res130/base_2010.docx"), "--symbol", "DL/10")
    for name in NAMES:
        file = shared(f"res130/contributions/{name}.docx")
        run("import_contribution", file, "--draft", "DL/10", "--accept-defaults")
    AdHocGroup.objects.update(fold_style=request.param, fold_words=12)
    run("consolidate", "--draft", "DL/10")
    draft = Draft.objects.get(symbol="DL/10")
    chair = User.objects.create_user("chair@seamarks.example", "a long password")
    SETUP.create(Membership(group=draft.group, user=chair, role="chair"))
    cast = Cast(draft.conference, draft.group, draft.group, draft, {"chair": chair})
    return Table(cast)


def contested(table: Table) -> list[values.Provision]:
    return [p for p in draft_value(table.cast.draft).provisions if is_contested(p)]


def asked_still(table: Table) -> dict[str | None, tuple[Addition, ...]]:
    """The additions that the table still shows as asked for."""
    return wishes_of(table.cast.draft, added_of(table.cast.draft)).additions


def test_the_base_stays_in_one_act_where_nothing_is_retained(table: Table) -> None:
    had = wishes(draft_value(table.cast.draft))
    base = [
        essence(texts.from_json(row.base))
        for row in table.cast.draft.provisions.order_by("rank")
        if row.base
    ]
    each: list[deeds.Single] = [deeds.RetainNot(None, p.key) for p in contested(table)]
    table.does("chair", deeds.Together(each, "no agreement"))
    assert contested(table) == []
    assert not asked_still(table)
    left = draft_value(table.cast.draft).provisions
    assert [essence(p.options[0].text) for p in left] == base
    decided = Decision.objects.filter(draft=table.cast.draft, what="not_retained")
    assert set(had) <= {(f"p{row.provision}", row.code) for row in decided}


def test_one_proposal_is_taken_everywhere_in_one_act(table: Table) -> None:
    """What Europe asked for, and where it asked for nothing the base."""
    before = draft_value(table.cast.draft)
    had = wishes(before)
    europe = [reading(p, frozenset([EUROPE])) for p in before.provisions]
    wanted = [essence(option.text) for option in europe if option]
    each = [_as_europe(provision) for provision in contested(table)]
    act = table.does("chair", deeds.Together(each, "Europe's, as a compromise"))
    assert contested(table) == []
    assert not asked_still(table)
    left = draft_value(table.cast.draft).provisions
    assert [essence(p.options[0].text) for p in left if p.options[0].kind == "text"] == wanted
    told = Counter(Decision.objects.filter(seq=act.seq).values_list("what", flat=True))
    assert set(had) == {
        (f"p{number}", code)
        for number, code in Decision.objects.filter(seq=act.seq).values_list("provision", "code")
    }
    assert told["chosen"] >= 5
    table.does("chair", deeds.Undo(act.seq))
    assert draft_value(table.cast.draft) == before


def _as_europe(provision: values.Provision) -> deeds.Single:
    codes = frozenset([EUROPE])
    if EUROPE not in named_in(provision):
        return deeds.RetainNot(None, provision.key)
    own = next(
        (o for o in provision.options if any(a.code == EUROPE for a in o.attributions)), None
    )
    option = own or provision.standing
    assert option, codes
    return deeds.ChooseOption(option.key, EUROPE)
