"""What delegations said and what is tied comes back with the draft that was exported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db.models import Value
from django.db.models.functions import Concat

from accounts.models import Delegation
from drafting.domain import draft as values
from drafting.intake.snapshot import read_snapshot
from drafting.models import AdHocGroup, Draft, Event, Position
from drafting.models.intake import ImportKind
from drafting.selectors.values import whole_value
from drafting.services import deeds, drafts, exporting, imports, reports, revisions
from drafting.services.refusals import Refused
from tests.cast import Cast
from tests.use_cases.acts.table import Table
from tests.use_cases.test_commands import run


@pytest.fixture
def spoken(cast: Cast) -> Cast:
    """The cast's draft, of which delegations said something, and in which two texts are tied."""
    table = Table(cast)
    table.does("kes", deeds.TakePosition("p5", option="o5", stance="support", words="At last."))
    table.does("chair", deeds.TakePosition("p5", stance="reserve", delegation="VAL"))
    table.does("chair", deeds.TiePackage("Lamps", ["p4", "p5"]))
    table.does("chair", deeds.TiePackage("All", ["p4", "p6"]))
    table.does("chair", deeds.UntiePackage(1))
    cast.draft.refresh_from_db()
    return cast


def exported(cast: Cast, **about: Any) -> bytes:
    draft = Draft.objects.get(conference=cast.conference, slug="dl-1")
    return exporting.export(cast.actor("chair"), draft, form="json", **about)


def gone(cast: Cast) -> None:
    Event.objects.filter(draft=cast.draft).delete()
    cast.draft.delete()
    assert not Position.objects.exists()


def test_the_json_of_a_draft_is_the_same_again_with_what_was_said(spoken: Cast) -> None:
    first = exported(spoken)
    told = json.loads(first)
    assert [(p["delegation"], p["stance"], p["option"]) for p in told["positions"]] == [
        ("KES", "support", "o5"),
        ("VAL", "reserve", None),
    ]
    assert [(p["number"], p["name"], p["provisions"]) for p in told["packages"]] == [
        (2, "All", ["p4", "p6"])
    ]
    gone(spoken)
    drafts.bring_back(spoken.actor("chair"), spoken.group, "DL/1", read_snapshot(first))
    assert exported(spoken) == first
    made = Draft.objects.get(slug="dl-1")
    assert made.last_package == 2
    now = Position.objects.values("pk")
    chair = spoken.users["chair"].pk
    assert list(Position.history.filter(id__in=now).values_list("history_user", flat=True)) == [
        chair,
        chair,
    ]


def test_a_delegation_that_is_unknown_is_named_and_nothing_is_taken(spoken: Cast) -> None:
    text = read_snapshot(exported(spoken))
    gone(spoken)
    Delegation.objects.filter(symbol="VAL").update(symbol="VALMORA")
    with pytest.raises(Refused, match=r"^This draft has a position of VAL, which is no delegation"):
        drafts.bring_back(spoken.actor("chair"), spoken.group, "DL/1", text)
    assert not Draft.objects.filter(slug="dl-1").exists()


def test_a_draft_of_which_nobody_said_anything_has_no_such_fields(cast: Cast) -> None:
    told = json.loads(exported(cast))
    assert list(told) == ["schema", "header", "provisions"]
    assert values.to_json(whole_value(cast.draft)) == told


def test_a_revision_freezes_the_text_and_nobody_s_stance(spoken: Cast) -> None:
    revision = revisions.issue(spoken.actor("chair"), spoken.draft.pk)
    assert list(json.loads(exported(spoken, revision=revision.number))) == [
        "schema",
        "header",
        "provisions",
    ]


def test_a_file_placed_upon_a_draft_changes_no_position_and_says_so(spoken: Cast) -> None:
    data = exported(spoken)
    table = Table(spoken)
    table.does("kes", deeds.TakePosition("p5", option="o5", stance="oppose"))
    before = json.loads(exported(spoken))
    chair = spoken.actor("chair")
    upload = imports.Upload("draft.json", data)
    paper = imports.bring_in(
        chair, spoken.group, ImportKind.DRAFT, upload, draft=spoken.draft, knock=False
    )
    imports.read(paper.pk)
    paper.refresh_from_db()
    assert reports.NOT_TAKEN in reports.warnings(paper)
    imports.place(chair, paper.pk)
    assert json.loads(exported(spoken)) == before


def test_the_command_brings_it_back_or_names_who_is_unknown_and_leaves_nothing(
    spoken: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "draft.json"
    file.write_bytes(exported(spoken))
    gone(spoken)
    Delegation.objects.filter(symbol__in=("KES", "VAL")).update(symbol=Concat("symbol", Value("X")))
    groups = AdHocGroup.objects.count()
    with pytest.raises(CommandError, match="positions of KES, VAL, which are no delegations here"):
        run("import_draft", file, "--draft", "DL/1")
    assert (AdHocGroup.objects.count(), Draft.objects.filter(slug="dl-1").count()) == (groups, 0)
    Delegation.objects.filter(symbol="KESX").update(symbol="KES")
    Delegation.objects.filter(symbol="VALX").update(symbol="VAL")
    run("import_draft", file, "--draft", "DL/1")
    again = tmp_path / "again.json"
    run("export", "--draft", "DL/1", "--format", "json", "--out", again)
    assert again.read_bytes() == file.read_bytes()
