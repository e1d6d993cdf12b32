"""A changed provision is shown to those who only read, letter by letter as the page shows it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from drafting.domain.draft import Status
from drafting.live.hub import hub
from drafting.models import Draft, Event
from drafting.services import acts, deeds, provisions, revisions
from drafting.services.writing import Accepted
from drafting.views.fragments import fresh
from tests.cast import Cast, make_cast
from tests.live.desk import batch, browser, insert, insertion, send, version_of, writer
from tests.live.page import Page, greeted

pytestmark = pytest.mark.django_db(transaction=True)

BASE, CLEAN, SINCE = "base", "clean", "revision:1"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def squeezed(html: str) -> str:
    return re.sub(r"\s+", " ", html)


def page(cast: Cast, against: str) -> dict[str, str]:
    """The articles of the page by their keys."""
    told = browser(cast, "kes").get(f"/drafts/lorne/dl-1/?against={against}").content.decode()
    found = re.findall(r'<article class="prov.*?</article>', told, re.DOTALL)
    return {re.search(r'id="(p\d+)"', html)[1]: squeezed(html) for html in found}  # type: ignore[index]


def types(cast: Cast, name: str, option: int, *items: Any, **about: Any) -> None:
    (answer,) = send(writer(cast, name), batch(option, version_of(cast, option), *items, **about))
    assert isinstance(answer, Accepted), answer


def marker(kind: str, key: str, at: int) -> Any:
    item = insert("x", at)
    attrs = {"id": key} if kind == "bracket_close" else {"id": key, "kind": "contested"}
    if kind == "bracket_open":
        attrs["before_label"] = False  # type: ignore[assignment]
    item.step["slice"]["content"] = [{"type": kind, "attrs": attrs}]
    return item


def typing(cast: Cast) -> list[str]:
    types(cast, "chair", 4, insert("not "))
    return ["p4"]


def pending(cast: Cast) -> list[str]:
    types(cast, "kes", 6, insert("surely ", marks=insertion("KES")))
    return ["p6"]


def nested_brackets(cast: Cast) -> list[str]:
    types(cast, "chair", 2, marker("bracket_open", "a", 1), marker("bracket_open", "b", 3))
    types(cast, "chair", 2, marker("bracket_close", "b", 6), marker("bracket_close", "a", 9))
    return ["p2"]


def an_open_bracket(cast: Cast) -> list[str]:
    types(cast, "chair", 4, marker("bracket_open", "z", 2))
    return ["p4"]


def another_call(cast: Cast) -> list[str]:
    types(cast, "chair", 3, insert("further "))
    return ["p3"]


def a_status(cast: Cast) -> list[str]:
    provisions.move_status(cast.actor("chair"), cast.draft.pk, 5, Status.LAPSED)
    return ["p5"]


def acted(cast: Cast, deed: deeds.Deed) -> list[str]:
    """Does a deed as the chair; the provisions that its events touched."""
    seq = Draft.objects.get(pk=cast.draft.pk).seq
    assert isinstance(acts.perform(writer(cast, "chair"), 1, deed), Accepted)
    keys: dict[str, None] = {}
    for event in Event.objects.filter(draft=cast.draft, seq__gt=seq):
        data = event.payload.get("touched") or {"provisions": [event.payload["provision"]]}
        keys |= dict.fromkeys([*data["provisions"], *data.get("removed", ())])
    return [key for key in keys if key.startswith("p")]


def a_new_provision(cast: Cast) -> list[str]:
    return acted(cast, deeds.AddProvision(after="p4", words="to see to it;"))


def a_move(cast: Cast) -> list[str]:
    acted(cast, deeds.AddProvision(after="p6", words="to see to it;"))
    return acted(cast, deeds.MoveProvision(provision="p4", after="p6"))


def a_new_option(cast: Cast) -> list[str]:
    return acted(cast, deeds.AddOption(provision="p6", kind="no_text"))


CHANGES = [typing, pending, nested_brackets, an_open_bracket, another_call, a_status]
ACTS = [a_new_provision, a_move, a_new_option]


@pytest.mark.parametrize("against", [BASE, CLEAN, SINCE])
@pytest.mark.parametrize("change", [*CHANGES, *ACTS])
def test_a_fragment_is_the_article_of_the_page_and_nothing_else_changed(
    cast: Cast, change: Any, against: str
) -> None:
    revisions.issue(cast.actor("chair"), cast.draft.pk)
    if change is not nested_brackets:
        nested_brackets(cast)
    first = fresh(cast.draft.pk, against, [], None)
    assert first is not None
    before = page(cast, against)
    keys = change(cast)
    found = fresh(cast.draft.pk, against, keys, first.known, acted=change in ACTS)
    assert found is not None
    shown = {f.provision: squeezed(f.html) if f.html else None for f in found.fragments}
    after = page(cast, against)
    expected = {
        key: after.get(key) for key in {*before, *after} if before.get(key) != after.get(key)
    }
    assert {**expected, **{key: after.get(key) for key in keys}} == shown


def test_fragments_come_in_the_order_of_the_page(cast: Cast) -> None:
    known = fresh(cast.draft.pk, BASE, [], None)
    assert known is not None
    keys = acted(cast, deeds.AddProvision(after="p4", words="to see to it;"))
    found = fresh(cast.draft.pk, BASE, ["p6", *keys, "p4"], known.known, acted=True)
    assert found is not None
    shown = [fragment.provision for fragment in found.fragments]
    (new,) = {*shown} - {"p4", "p5", "p6"}
    assert shown == ["p4", new, "p5", "p6"]
    assert [fragment.after for fragment in found.fragments][1:] == shown[:-1]


def test_plain_typing_does_not_compose_the_whole_paper(cast: Cast) -> None:
    known = fresh(cast.draft.pk, BASE, [], None)
    assert known is not None
    typing(cast)
    found = fresh(cast.draft.pk, BASE, ["p4"], known.known)
    assert found is not None
    assert not found.whole
    assert [fragment.after for fragment in found.fragments] == ["p3"]


def test_a_draft_or_a_revision_that_is_not_there_shows_nothing(cast: Cast) -> None:
    assert fresh(0, BASE, ["p4"], None) is None
    with pytest.raises(ValueError, match="not issued"):
        fresh(cast.draft.pk, "revision:7", ["p4"], None)


async def test_every_page_is_shown_what_it_compares_with(cast: Cast) -> None:
    chair, olga = await greeted(cast, "chair"), await greeted(cast, "olga")
    await olga.say("view", against="clean")
    await chair.commit("o4", 0, "not ")
    base = await chair.hears("shown", provision="p4")
    clean = await olga.hears("shown", provision="p4")
    assert (base["against"], clean["against"]) == ("base", "clean")
    assert "<ins" in base["html"]
    assert "<ins" not in clean["html"]
    assert (base["seq"], base["after"]) == (2, "p3")
    await chair.leave()
    await olga.leave()


async def shown_until(page: Page, key: str) -> list[str]:
    """The keys of the provisions that a page is shown, up to this one."""
    keys: list[str] = []
    while not keys or keys[-1] != key:
        keys.append((await page.hears("shown"))["provision"])
    return keys


async def looks_at(page: Page, near: list[str], stale: list[str]) -> None:
    await page.say("view", against="base", near=near, stale=stale)
    await page.say("read", option="o4")
    await page.hears("text")


async def test_what_the_first_change_needs_is_composed_before_it(cast: Cast) -> None:
    """Or the first change would be shown to all, wherever they look."""
    chair, olga = await greeted(cast, "chair"), await greeted(cast, "olga")
    await looks_at(olga, ["p6"], [])
    await hub().showing.get_ready(hub().rooms[cast.draft.pk])
    await chair.commit("o4", 0, "not ")
    await shown_until(chair, "p4")
    await chair.commit("o6", 0, "surely ")
    assert await shown_until(olga, "p6") == ["p6"]
    await chair.leave()
    await olga.leave()


async def test_an_act_before_all_is_ready_is_shown_against_what_was_before_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafting.live.showing.FIRST", 1.0)  # so that it is ready before the act
    chair = await greeted(cast, "chair")
    await chair.act("provision.add", after="p4", words="to see to it;")
    await chair.hears("event")
    await hub().showing.get_ready(hub().rooms[cast.draft.pk])
    await chair.hears("outlined")
    await chair.leave()


async def test_a_page_is_shown_what_is_near_and_the_rest_when_it_comes_there(cast: Cast) -> None:
    chair, olga = await greeted(cast, "chair"), await greeted(cast, "olga")
    await chair.commit("o2", 0, "then ")  # the first to be shown: the paper is composed whole
    await shown_until(olga, "p2")
    await looks_at(olga, ["p6"], [])
    await chair.commit("o4", 0, "not ")
    await shown_until(chair, "p4")
    await chair.commit("o6", 0, "surely ")
    assert await shown_until(olga, "p6") == ["p6"]
    await olga.say("view", against="base", near=["p4"], stale=["p4"])
    late = await olga.hears("shown")
    assert late["provision"] == "p4"
    assert "not" in late["html"]
    await chair.leave()
    await olga.leave()


async def test_what_the_outline_tells_is_shown_wherever_one_looks(cast: Cast) -> None:
    chair, olga = await greeted(cast, "chair"), await greeted(cast, "olga")
    await chair.commit("o2", 0, "then ")
    await shown_until(olga, "p2")
    await looks_at(olga, ["p6"], [])
    await chair.act("status", provision="p4", status="agreed", reason="")
    await olga.hears("shown", provision="p4")
    # A first pending change makes a provision contested.
    await chair.commit("o2", 1, "ever ", marks=insertion("Chair"))
    await olga.hears("shown", provision="p2")
    await chair.leave()
    await olga.leave()
