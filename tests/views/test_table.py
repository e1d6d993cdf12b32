"""The pages of the table: what they share, what a filter lets through, what a deed would do."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from drafting.domain import draft as values
from drafting.domain.text import text_of
from drafting.models import Draft, Event, Option
from drafting.selectors.table import Moment
from drafting.services import revisions
from drafting.views.table_chart import present_chart
from drafting.views.table_effects import briefly
from tests.browser.gauges import TABLE, lay
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return lay(cast)


def client(cast: Cast, name: str = "chair") -> Client:
    made = Client()
    made.force_login(cast.users[name])
    return made


def got(cast: Cast, address: str, name: str = "chair") -> str:
    answer = client(cast, name).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(page: str, tag: str) -> str:
    found = re.search(rf"<{tag}\b.*?</{tag}>", page, re.DOTALL)
    assert found
    return found[0]


def listed(page: str) -> list[str]:
    index = page[page.index('id="index"') :]
    return re.findall(r'<a href="[^"]*"\s+data-provision="(p\d+)" data-st', index)


def test_what_is_fetched_after_an_event_is_letter_by_letter_the_page(
    cast: Cast, draft: Draft
) -> None:
    page = got(cast, f"{TABLE}?provision=p4")
    assert part(got(cast, f"{TABLE}p4/"), "main") == part(page, "main")
    index = got(cast, f"{TABLE}index/?provision=p4")
    whole = page[page.index('<nav class="index"') : page.index("<main")]
    assert index.strip() == whole.strip()


def test_the_versions_that_were_seen_are_on_the_page(cast: Cast, draft: Draft) -> None:
    Option.objects.filter(draft=draft, number=21).update(version=3)
    seen = re.search(r'id="seen"[^>]*>(\{.*?\})<', got(cast, f"{TABLE}p4/"))
    assert seen
    assert json.loads(seen[1]) == {"o4": 0, "o21": 3, "o22": 0, "o23": 0}


def test_only_what_changed_since_a_revision_is_listed(cast: Cast, draft: Draft) -> None:
    revisions.issue(cast.actor("chair"), draft.pk)
    assert listed(got(cast, f"{TABLE}?since=1")) == []
    row = draft.provisions.get(number=5)
    row.status, row.status_reason = "reopened", "one word"
    row.save()
    assert listed(got(cast, f"{TABLE}?since=1")) == ["p5"]
    assert len(listed(got(cast, f"{TABLE}?since=7"))) == 3  # there is no such Revision


def test_what_is_settled_is_listed_where_one_asks_for_everything(cast: Cast, draft: Draft) -> None:
    assert sorted(listed(got(cast, TABLE))) == ["p4", "p5", "p7"]
    assert listed(got(cast, f"{TABLE}?show=all&order=paper")) == [f"p{n}" for n in range(1, 9)]
    assert listed(got(cast, f"{TABLE}?section=p6")) == ["p7"]


def test_a_delegate_sees_own_provisions_by_proposal_name_and_position(
    cast: Cast, draft: Draft
) -> None:
    assert sorted(listed(got(cast, f"{TABLE}?mine=1", "kes"))) == ["p4", "p5"]
    assert listed(got(cast, f"{TABLE}?mine=1", "val")) == ["p4"]
    assert listed(got(cast, f"{TABLE}?delegation=MER")) == ["p4"]


def test_what_a_deed_would_do_is_told_and_nothing_is_done(cast: Cast, draft: Draft) -> None:
    before = Event.objects.count()
    deed = {"a": "option.choose", "option": "o22"}
    told = client(cast).post(f"{TABLE}effect/", json.dumps(deed), "application/json").json()
    assert "CPE/73A1/16" in told["words"]
    assert told["words"].endswith("are then read no more.")
    assert Event.objects.count() == before
    assert draft.provisions.get(number=4).options.count() == 4


def test_a_fold_is_told_as_what_comes_of_it_not_as_what_goes(cast: Cast, draft: Draft) -> None:
    deed = {"a": "options.fold", "provision": "p4", "options": ["o21", "o22"], "how": "common"}
    told = client(cast).post(f"{TABLE}effect/", json.dumps(deed), "application/json").json()
    assert told["words"] == (
        "One text for NRT/80A1/14, CPE/73A1/16, KES/75/4, ISL/79A2/13; 1 bracket more;"
        " what delegations say of it changes. Nobody\u2019s words are lost."
    )


def test_the_floor_calls_every_option_as_the_table_does(cast: Cast, draft: Draft) -> None:
    floor = TABLE.replace("/table/", "/floor/positions.json")
    called = json.loads(got(cast, floor))["called"]
    page = got(cast, f"{TABLE}p4/")
    rows = re.findall(r'name="wording" value="(\d+)"\s+data-options="([^"]+)"', page)
    assert len(rows) == 4
    for number, options in rows:
        for key in options.split():
            assert called[key] == ("Base" if number == "0" else number)
    assert "o7" not in called  # one wording needs no number


def test_who_agrees_to_text_that_is_contested_still_is_told_so(cast: Cast, draft: Draft) -> None:
    def told(*keys: str) -> str:
        deeds = [{"a": "status", "provision": key, "status": "agreed"} for key in keys]
        deed = deeds[0] if len(deeds) == 1 else {"a": "together", "deeds": deeds}
        answer = client(cast).post(f"{TABLE}effect/", json.dumps(deed), "application/json")
        return str(answer.json()["words"])

    assert told("p8") == "From open to agreed."
    assert told("p4").endswith("But it is contested still: wordings or brackets are not decided.")
    assert "But 2 of these are contested still" in told("p4", "p7", "p8")


def test_what_is_decided_of_words_that_the_draft_has_not_is_told(cast: Cast, draft: Draft) -> None:
    for deed, words in (
        ({"a": "proposal.retain_not"}, "What VAL/70/2 asks for is not retained."),
        ({"a": "proposal.withdraw"}, "VAL/70/2 withdraws what it asks for."),
    ):
        body = json.dumps({**deed, "code": "VAL/70/2", "provision": "p4"})
        told = client(cast).post(f"{TABLE}effect/", body, "application/json").json()
        assert told == {"words": words}


def test_a_deed_that_is_not_for_them_is_refused_in_a_sentence(cast: Cast, draft: Draft) -> None:
    deed = {"a": "option.choose", "option": "o22"}
    delegate = client(cast, "kes")
    told = delegate.post(f"{TABLE}effect/", json.dumps(deed), "application/json").json()
    assert told["code"] == "forbidden"
    assert delegate.post(f"{TABLE}effect/", "{", "application/json").json()["code"] == "invalid"


def test_an_effect_names_a_place_once_and_none_where_there_is_but_one() -> None:
    one = ("1 \u201cto mend\u201d: a wording comes.", "1 \u201cto mend\u201d: one bracket more.")
    assert briefly(one, (), ()) == "A wording comes; one bracket more."
    two = (*one, "2 \u201cto count\u201d: from open to agreed.")
    assert briefly(two, (), ()) == (
        "1 \u201cto mend\u201d: a wording comes; one bracket more."
        " 2 \u201cto count\u201d: from open to agreed."
    )


def test_convergence_is_drawn_from_the_first_revision_until_now() -> None:
    assert present_chart([Moment(-1, 4, 2)]) is None
    chart = present_chart([Moment(1, 31, 22), Moment(2, 17, 15), Moment(-1, 14, 9)])
    assert chart is not None
    assert [point.label for point in chart.points] == ["Rev. 1", "Rev. 2", "now"]
    heights = [point.open_y for point in chart.points]
    assert heights == sorted(heights)  # it falls: down on a screen
    assert chart.last == Moment(-1, 14, 9)


def test_an_effect_on_many_places_counts_them() -> None:
    each = [f"{n} \u201cto count {n}\u201d: from open to agreed." for n in range(1, 91)]
    assert briefly(each, (), ()) == "90 provisions: from open to agreed."


def test_what_happens_in_many_places_is_counted_whoever_has_a_wording_there() -> None:
    options = tuple(
        values.Option(f"o{n}", text_of("to mend"), attributions=(told(code),))
        for n, code in enumerate(CODES)
    )
    before = [values.Provision("p1", values.ProvisionKind.ITEM, options)]
    each = [
        f"{n} \u201cto count {n}\u201d: {said}."
        for n, code in enumerate(CODES)
        for said in (f"the wording of {code} becomes the text", "the text as it stood goes")
    ]
    each += ["9 \u201cto go\u201d: the wordings of KES/75/4, VAL/70/2; ISL/79A2/13 go."]
    assert briefly(each, before, before) == (
        "4 provisions: the wording of its proposers becomes the text."
        " 4 provisions: the text as it stood goes."
        " 1 provision: the wordings of its proposers go."
    )


CODES = ("KES/75/4", "VAL/70/2", "ISL/79A2/13", "TES/88/1")


def told(code: str) -> values.Attribution:
    return values.Attribution(code, literal=code)
