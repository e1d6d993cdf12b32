"""Every route for every one of the cast: generated from the routes and the table of policies."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from drafting.checks import FOREIGN, every_route_has_a_policy, routes
from drafting.models import PaperImport
from drafting.models.intake import ImportKind
from drafting.permissions import POLICIES, PUBLIC, SIGNED_IN, Action, Part
from drafting.services import revisions
from drafting.services.imports import keep
from tests.cast import Cast

OURS = [(path, view) for path, view in routes() if not path.startswith(tuple(FOREIGN))]
PARTS = {
    "chair": Part.CHAIR,
    "sam": Part.SECRETARY,
    "kes": Part.DELEGATE,
    "olga": Part.OBSERVER,
    "stella": Part.SECRETARIAT,
}
OUTSIDERS = ("out", "far")


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    """An address for each named route that takes arguments, for things that exist."""
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    job = revision.jobs.order_by("pk")[0]
    paper = PaperImport.objects.create(
        kind=ImportKind.CONTRIBUTION,
        group=cast.group,
        draft=cast.draft,
        file=keep("a.txt", b"a", "text/plain"),
    )
    draft = {"conference": "lorne", "slug": "dl-1"}
    about: dict[str, dict[str, Any]] = {
        "home": {},
        "health": {},
        "group": {"conference": "lorne", "slug": "lamps"},
        "draft-new": {"conference": "lorne", "slug": "lamps"},
        "provision-history": {**draft, "key": "p2"},
        "table-case": {**draft, "key": "p2"},
        "paper-retry": {**draft, "pk": job.pk},
        "revision-proof": {**draft, "form": "docx"},
        "paper": {**draft, "number": 1, "comparison": job.comparison, "form": job.form},
        "contribution-file": {**draft, "pk": 1},
        **{f"import{act}": {"pk": paper.pk} for act in ("", "-state", "-answer", "-assume")},
        "import-place": {"pk": paper.pk},
        "import-discard": {"pk": paper.pk},
    }
    names = [pattern_name(path) for path, _view in OURS]
    return {name: reverse(name, kwargs=about.get(name, draft)) for name in names}


def pattern_name(path: str) -> str:
    return NAMES[path]


def names() -> dict[str, str]:
    from django.urls import URLResolver, get_resolver

    found: dict[str, str] = {}

    def walk(patterns: list[Any], prefix: str) -> None:
        for entry in patterns:
            path = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                walk(entry.url_patterns, path)
            else:
                found[path] = entry.name or ""

    walk(get_resolver().url_patterns, "")
    return found


NAMES = names()


def signed_in(cast: Cast, name: str) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(cast.users[name])
    return client


def ask(client: Client, view: Any, address: str) -> int:
    """The status of the first method the view takes."""
    answer = client.get(address)
    return client.post(address).status_code if answer.status_code == 405 else answer.status_code


@pytest.mark.parametrize(("path", "view"), OURS, ids=[path or "/" for path, _ in OURS])
def test_each_route_admits_whom_its_policy_names(
    cast: Cast, addresses: dict[str, str], path: str, view: Any
) -> None:
    address = addresses[pattern_name(path)]
    told = {name: ask(signed_in(cast, name), view, address) for name in (*PARTS, *OUTSIDERS)}
    told["nobody"] = ask(Client(), view, address)
    if view.policy == PUBLIC:
        assert set(told.values()) == {200}
    elif view.policy == SIGNED_IN:
        assert told.pop("nobody") == 302
        assert set(told.values()) == {200}
    else:
        assert told.pop("nobody") == 302
        assert_by_role(told, view.policy)


def assert_by_role(told: dict[str, int], rule: Action) -> None:
    for name, part in PARTS.items():
        if part in POLICIES[rule]:
            # 404 is for a thing that is not there yet (a paper, a contribution).
            assert told[name] in {200, 302, 404}, (name, told[name])
        else:
            assert told[name] == 403, (name, told[name])
    assert {told[name] for name in OUTSIDERS} == {404}


def test_a_route_without_a_policy_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_checks(tags=["security"], include_deployment_checks=False) == []
    view = OURS[0][1]
    monkeypatch.delattr(view, "policy")
    assert [found.id for found in every_route_has_a_policy()] == ["drafting.E001"]


@pytest.mark.parametrize("name", OUTSIDERS)
def test_an_outsider_sees_the_same_page_for_what_is_and_what_is_not(cast: Cast, name: str) -> None:
    client = signed_in(cast, name)
    there = client.get("/drafts/lorne/dl-1/")
    nowhere = client.get("/drafts/lorne/dl-2/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert without_tokens(there.content.replace(b"dl-1", b"dl-2")) == without_tokens(
        nowhere.content
    )


def without_tokens(page: bytes) -> bytes:
    """The page without what is new each time: the form's token and the nonce."""
    return re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"', b"", page)
