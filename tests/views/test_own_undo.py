"""The table offers a delegate the own last act to be undone, and nobody else's."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from drafting.models import Draft
from drafting.services import deeds
from tests.browser.gauges import TABLE, lay
from tests.cast import Cast
from tests.use_cases.acts.table import Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Draft:
    cast.draft = lay(cast)
    return cast.draft


def offered(cast: Cast, name: str) -> tuple[str, bool]:
    """The event that would be undone, and whether there is a button for it."""
    client = Client()
    client.force_login(cast.users[name])
    page = client.get(TABLE).content.decode()
    found = re.search(r'data-undo="(\d*)"', page)
    assert found
    return found[1], 'data-act="undo"' in page


def test_each_is_offered_the_own_last_act(cast: Cast, draft: Draft) -> None:
    table = Table(cast)
    mine = table.does("kes", deeds.TakePosition("p4", stance="support")).seq
    theirs = table.does("val", deeds.TakePosition("p4", stance="oppose")).seq
    desk = table.does("chair", deeds.Place("p4", False)).seq
    assert offered(cast, "kes") == (str(mine), True)
    assert offered(cast, "val") == (str(theirs), True)
    assert offered(cast, "chair") == (str(desk), True)
    assert offered(cast, "olga") == ("", False)
    table.does("kes", deeds.Undo(mine))
    assert offered(cast, "kes") == ("", True)
