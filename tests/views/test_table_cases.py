"""Several provisions at once: what lies in them is what each page by itself would tell."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from drafting.models import Draft
from tests.browser.gauges import TABLE, lay
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return lay(cast)


def asked(cast: Cast, keys: str, name: str = "chair") -> list[dict[str, Any]]:
    client = Client()
    client.force_login(cast.users[name])
    answer = client.get(f"{TABLE}cases/", {"keys": keys})
    assert answer.status_code == 200
    return list(answer.json()["cases"])


def test_they_come_in_the_order_of_the_paper_with_what_deeds_name(cast: Cast, draft: Draft) -> None:
    four, seven = asked(cast, "p7 p4")
    assert (four["provision"], seven["provision"]) == ("p4", "p7")
    assert four["seen"] == {"o4": 0, "o21": 0, "o22": 0, "o23": 0}
    assert "agreed" in four["moves"]
    assert four["placed"]
    assert [(one["options"], one["codes"]) for one in four["wordings"]] == [
        (["o4"], []),
        (["o21"], ["NRT/80A1/14", "CPE/73A1/16", "KES/75/4"]),
        (["o22"], ["ISL/79A2/13"]),
        (["o23"], ["TES/88/1"]),
        ([], ["VAL/70/2"]),
    ]
    assert four["wordings"][0]["isBase"]
    assert four["wordings"][-1]["asked"] == ["VAL/70/2"]
    assert seven["wordings"][-1]["brackets"] == ["b1", "b2"]


def test_the_questions_do_not_grow_with_the_provisions(
    cast: Cast, draft: Draft, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(cast.users["chair"])
    with django_assert_max_num_queries(24):
        client.get(f"{TABLE}cases/", {"keys": "p4"})
    with django_assert_max_num_queries(24):
        client.get(f"{TABLE}cases/", {"keys": " ".join(f"p{n}" for n in range(1, 9))})


@pytest.mark.parametrize(
    "keys", ["", "p0", "p999999999", "q4", "p", "p-4", "p٤", "p4444444444444", "' OR 1=1"]
)
def test_keys_that_name_nothing_are_left_out(cast: Cast, draft: Draft, keys: str) -> None:
    assert asked(cast, keys) == []
