"""Files that leave by the pages: whose they are, and that a borrowed number opens none.

Addresses name a draft and a number in it. What has that number in another draft stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from drafting.intake.docx import read_docx
from drafting.models import Contribution, Draft, PaperImport, PaperJob
from drafting.models.intake import ImportKind
from drafting.services import drafts, exporting, revisions
from drafting.services.imports import keep
from tests.cast import SETUP, Cast, small_draft

OURS, THEIRS = b"of the lamps", b"of the fees"
MEMBERS = ("chair", "sam", "kes", "val", "olga", "stella")


@dataclass(frozen=True)
class Files:
    """Addresses below DL/1: of its own paper and file, and with the number of another draft's."""

    paper: str
    contribution: str
    paper_elsewhere: str
    contribution_elsewhere: str


def sent_in(draft: Draft, data: bytes) -> Contribution:
    paper = PaperImport.objects.create(
        kind=ImportKind.CONTRIBUTION,
        group=draft.group,
        draft=draft,
        file=keep("a.txt", data, "text/plain"),
    )
    return Contribution.objects.create(draft=draft, paper=paper, document="Document 7-E")


def rendered(cast: Cast, draft: Draft, data: bytes, form: str) -> PaperJob:
    """One paper of the draft's Revision 1."""
    job = revisions.issue(cast.actor("stella"), draft.pk).jobs.get(form=form, comparison="clean")
    job.file = keep("paper", data, "text/plain")
    job.save()
    return job


@pytest.fixture
def files(cast: Cast) -> Files:
    other = drafts.make(
        cast.other, "DL/2", "", small_draft().header, small_draft().provisions, SETUP
    )
    ours, theirs = sent_in(cast.draft, OURS), sent_in(other, THEIRS)
    rendered(cast, cast.draft, OURS, "txt")
    rendered(cast, other, THEIRS, "pdf")
    below = "/drafts/lorne/dl-1"
    return Files(
        paper=f"{below}/revisions/1/clean/txt/",
        contribution=f"{below}/contributions/{ours.pk}/file/",
        paper_elsewhere=f"{below}/revisions/1/clean/pdf/",
        contribution_elsewhere=f"{below}/contributions/{theirs.pk}/file/",
    )


@pytest.mark.parametrize("name", MEMBERS)
def test_every_member_gets_the_files_of_the_draft(
    client: Client, cast: Cast, files: Files, name: str
) -> None:
    client.force_login(cast.users[name])
    for address in (files.paper, files.contribution):
        answer = client.get(address)
        assert answer.status_code == 200
        assert b"".join(answer) == OURS


@pytest.mark.parametrize("name", ["out", "far"])
def test_an_outsider_gets_none(client: Client, cast: Cast, files: Files, name: str) -> None:
    client.force_login(cast.users[name])
    for address in (files.paper, files.contribution):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", [*MEMBERS, "out"])
def test_a_number_of_another_draft_opens_nothing_here(
    client: Client, cast: Cast, files: Files, name: str
) -> None:
    client.force_login(cast.users[name])
    for address in (files.paper_elsewhere, files.contribution_elsewhere):
        assert client.get(address).status_code == 404


def test_nothing_of_a_draft_stays_on_a_shared_machine(
    client: Client, cast: Cast, files: Files
) -> None:
    """ "Back" after signing out shows nothing, nor does what lies between us and the reader."""
    client.force_login(cast.users["kes"])
    room, list_of_papers = "/drafts/lorne/dl-1/", "/drafts/lorne/dl-1/revisions/"
    for address in ("/", room, list_of_papers, files.paper, files.contribution):
        told = client.get(address).headers["Cache-Control"]
        assert {"private", "no-store"} <= set(told.split(", ")), address


def test_a_proof_says_that_it_is_not_issued_and_freezes_nothing(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["sam"])
    for form, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(f"/drafts/lorne/dl-1/revisions/proof/{form}/")
        assert answer.content.startswith(begins)
        assert f"proof_DL-1-E_against-base.{form}" in answer["Content-Disposition"]
    assert not cast.draft.revisions.exists()
    paper = exporting.proof(cast.actor("sam"), cast.draft, "docx")
    said = [p.text for p in read_docx(paper.data).paragraphs]
    assert any(words.endswith("Not issued") for words in said)
    assert not any("Revision" in words for words in said)
