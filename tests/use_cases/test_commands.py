"""The secretariat's commands on the real negotiation: one JSON object each, and the whole road."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from drafting.domain import draft as values
from drafting.domain import text as texts
from drafting.intake.consolidated import read_consolidated
from drafting.intake.docx import read_docx
from drafting.models import Conference, Contribution, Draft, PaperImport, Provision, Revision
from drafting.selectors.values import base_value, draft_value
from tests.shared import SHARED, needs_shared

RES130 = SHARED / "res130"

pytestmark = [pytest.mark.django_db, needs_shared]


def run(command: str, *arguments: Any) -> dict[str, Any]:
    """The one JSON object that the command prints on stdout."""
    kept, sys.stdout = sys.stdout, io.StringIO()
    try:
        call_command(command, *map(str, arguments), stderr=io.StringIO())
        said = sys.stdout.getvalue()
    finally:
        sys.stdout = kept
    assert said.count("\n") == 1
    return dict(json.loads(said))


@pytest.fixture
def base(db: None) -> dict[str, Any]:
    return run("import_base", RES130 / "base_2010.docx", "--symbol", "DL/10")


@pytest.fixture
def draft(base: dict[str, Any]) -> Draft:
    run("import_draft", RES130 / "dl10_rev2.docx", "--draft", "DL/10", "--accept-defaults")
    return Draft.objects.get(symbol="DL/10")


def test_import_base_tells_the_draft_and_its_figures(base: dict[str, Any]) -> None:
    assert base == {"draft": "DL/10", "provisions": 91, "calls": 15, "questions": 0}


def test_the_base_gives_its_paragraphs_and_labels_back_exactly(base: dict[str, Any]) -> None:
    lines = (RES130 / "base_2010.txt").read_text(encoding="utf-8").splitlines()
    rows = Provision.objects.order_by("rank").values_list("base", flat=True)
    assert [texts.printed(texts.from_json(row)) for row in rows] == lines


def test_a_symbol_is_given_once(base: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match="already"):
        run("import_base", RES130 / "base_2010.txt", "--symbol", "DL/10")
    assert Draft.objects.count() == 1


def test_a_missing_file_is_one_sentence_and_changes_nothing(db: None) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        run("import_base", "/nowhere/base.docx", "--symbol", "DL/10")
    assert not Draft.objects.exists()
    assert not PaperImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "code", "changes"),
    [
        ("CUB_70_2", "CUB/70/2", 12),
        ("ARB_79A2_13", "ARB/79A2/13", 13),
        ("B_75_4", "B/75/4", 13),
        ("RCC_73A1_16", "RCC/73A1/16", 11),
        ("INS_82_2", "INS/82/2", 6),
        ("EUR_80A1_14", "EUR/80A1/14", 3),
    ],
)
def test_import_contribution_tells_the_proposals_and_keeps_them(
    base: dict[str, Any], name: str, code: str, changes: int
) -> None:
    file = RES130 / "contributions" / f"{name}.docx"
    told = run("import_contribution", file, "--draft", "DL/10", "--accept-defaults")
    assert (told["proposals"], told["changes"]) == ([code], changes)
    assert Contribution.objects.get().proposals.get().changes.count() == changes


def test_the_same_contribution_twice_is_refused_and_changes_nothing(base: dict[str, Any]) -> None:
    file = RES130 / "contributions" / "CUB_70_2.docx"
    run("import_contribution", file, "--draft", "DL/10", "--accept-defaults")
    with pytest.raises(CommandError, match="already"):
        run("import_contribution", file, "--draft", "DL/10", "--accept-defaults")
    assert Contribution.objects.count() == 1


def test_import_draft_tells_what_stands_in_the_paper(base: dict[str, Any]) -> None:
    told = run("import_draft", RES130 / "dl10_rev2.docx", "--draft", "DL/10", "--accept-defaults")
    assert {key: told[key] for key in ("provisions", "attributions", "brackets", "unpaired")} == {
        "provisions": 119,
        "attributions": 20,
        "brackets": 6,
        "unpaired": 2,
    }


def test_what_a_paper_shows_as_dropped_is_lapsed_in_the_draft_too(draft: Draft) -> None:
    """The reading beside the base and the draft it was placed in say the same of each place."""
    paper = read_docx((RES130 / "dl10_rev2.docx").read_bytes())
    read = read_consolidated(paper, base_value(draft), {}).provisions
    dropped = [p.key for p in read if p.status is values.Status.LAPSED]
    placed = draft_value(draft).provisions
    assert [p.key for p in placed if p.status is values.Status.LAPSED] == dropped != []
    assert [(p.status, p.options) for p in placed] == [(p.status, p.options) for p in read]


def test_without_leave_a_paper_with_questions_waits_and_nothing_is_placed(
    base: dict[str, Any],
) -> None:
    told = run("import_draft", RES130 / "dl10_rev2.docx", "--draft", "DL/10")
    assert told["questions"] > 0
    assert PaperImport.objects.order_by("-pk")[0].state == "questions"
    assert Provision.objects.count() == 91


def test_issue_revision_waits_until_every_paper_is_there(draft: Draft) -> None:
    told = run("issue_revision", "--draft", "DL/10", "--wait")
    revision = Revision.objects.get()
    assert (told["revision"], told["sha256"]) == (1, revision.sha256)
    assert len(told["files"]) == 10
    assert {file["state"] for file in told["files"]} == {"done"}
    assert all(job.file and job.file.sha256 for job in revision.jobs.all())


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "akn", "txt", "json"])
@pytest.mark.parametrize("against", ["base", "clean"])
def test_export_writes_every_form(draft: Draft, tmp_path: Path, form: str, against: str) -> None:
    out = tmp_path / f"paper.{form}"
    told = run("export", "--draft", "DL/10", "--format", form, "--against", against, "--out", out)
    assert told["size"] == out.stat().st_size > 1000


def test_export_against_a_revision_that_was_not_issued_is_refused(
    draft: Draft, tmp_path: Path
) -> None:
    out = tmp_path / "paper.docx"
    with pytest.raises(CommandError, match="not issued"):
        run(
            *("export", "--draft", "DL/10", "--format", "docx"),
            *("--against", "revision:3", "--out", out),
        )
    assert not out.exists()


def test_the_json_is_the_same_again_after_import_on_an_empty_database(
    draft: Draft, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    arguments = ("--draft", "DL/10", "--format", "json", "--out")
    run("export", *arguments, first)
    empty()
    run("import_draft", first, "--draft", "DL/10")
    run("export", *arguments, second)
    assert first.read_bytes() == second.read_bytes()


def test_the_same_papers_give_the_same_json_on_two_databases(draft: Draft, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    arguments = ("--draft", "DL/10", "--format", "json", "--out")
    run("export", *arguments, first)
    empty()
    run("import_base", RES130 / "base_2010.docx", "--symbol", "DL/10")
    run("import_draft", RES130 / "dl10_rev2.docx", "--draft", "DL/10", "--accept-defaults")
    run("export", *arguments, second)
    assert first.read_bytes() == second.read_bytes()
    values.from_json(json.loads(first.read_text(encoding="utf-8")))


def empty() -> None:
    """Takes every draft and conference away, as on a new database."""
    PaperImport.objects.all().delete()
    Draft.objects.all().delete()
    for conference in Conference.objects.all():
        conference.groups.all().delete()
        conference.delete()
