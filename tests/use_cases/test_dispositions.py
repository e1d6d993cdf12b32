"""What came of each proposal, in the database: after any act, at the moment of issue, as a file."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import pytest
from django.core.management import call_command
from docx import Document
from openpyxl import load_workbook

from drafting.domain.consolidation import Asked
from drafting.domain.disposition_table import Line, Table, from_json
from drafting.domain.dispositions import Outcome
from drafting.domain.text import text_of
from drafting.models import Draft, ProposedChange, Revision
from drafting.permissions import Forbidden
from drafting.selectors.dispositions import table_of
from drafting.services import deeds, dispositions, papers, revisions
from drafting.services.refusals import Refused
from drafting.services.writing import Accepted
from tests.cast import Cast
from tests.tries import seeds
from tests.use_cases.acts.negotiation import (
    JOINT,
    KES,
    VAL,
    any_asked,
    named_in,
    negotiation,
)
from tests.use_cases.acts.table import Table as Acts
from tests.use_cases.acts.test_table_laws import Chair

WEEK = text_of("to mend the lamps within a week;", label="2")
MEANS = text_of("to mend the lamps when means allow;", label="2")
ASKED = [
    Asked(KES, "c1", "MOD", "p6", text=WEEK, order=0),
    Asked(VAL, "c1", "MOD", "p6", text=MEANS, order=1),
    Asked(JOINT, "c1", "SUP", "p6", order=2),
    Asked(KES, "c2", "ADD", after="p7", text=text_of("to paint the towers white;"), order=3),
]
THERE = (Outcome.OPTION, Outcome.FOLDED, Outcome.TAKEN, Outcome.AGREED)
GONE = (Outcome.WITHDRAWN, Outcome.NOT_RETAINED)


def told(cast: Cast) -> Table:
    return table_of(Draft.objects.get(pk=cast.draft.pk))


def line(cast: Cast, code: str, key: str = "c1") -> Line:
    (found,) = [one for one in told(cast).lines if (one.code, one.key) == (code, key)]
    return found


# --- one act after another -----------------------------------------------------------------------


def test_a_chair_brings_three_wordings_to_one_and_the_table_says_what_came_of_each(
    cast: Cast,
) -> None:
    negotiation(cast, ASKED)
    table = Acts(cast)
    assert {one.outcome for one in told(cast).lines} == {Outcome.OPTION}
    chosen = line(cast, KES).option
    assert line(cast, KES).where == "Option 1 of resolves 2"
    table.does("chair", deeds.ChooseOption(chosen, rationale="nearest to all"))
    assert (line(cast, KES).outcome, line(cast, KES).where) == (
        Outcome.TAKEN,
        "The only wording of resolves 2, not agreed yet",
    )
    lost = line(cast, VAL)
    assert lost.outcome is Outcome.NOT_RETAINED
    assert lost.decided is not None
    assert (lost.decided.by, lost.decided.acting_for) == ("Chair", "Chair")
    assert lost.decided.rationale == "nearest to all"
    table.does("sam", deeds.MoveStatus("p6", "agreed"))
    agreed = line(cast, KES)
    assert (agreed.outcome, agreed.where) == (Outcome.AGREED, "Agreed as resolves 2")
    assert agreed.decided is not None
    assert (agreed.decided.by, agreed.decided.rationale) == ("Sam", "nearest to all")
    assert line(cast, JOINT).outcome is Outcome.NOT_RETAINED


def test_an_act_that_is_undone_is_as_if_it_had_not_been(cast: Cast) -> None:
    negotiation(cast, ASKED)
    table = Acts(cast)
    before = told(cast).lines
    done = table.does("chair", deeds.ChooseOption(line(cast, KES).option, rationale="why"))
    assert told(cast).lines != before
    table.does("chair", deeds.Undo(done.seq))
    assert told(cast).lines == before


def test_what_a_delegate_withdraws_is_told_as_theirs(cast: Cast) -> None:
    negotiation(cast, ASKED)
    Acts(cast).does("kes", deeds.WithdrawProposal(KES, None, "we can live without it"))
    for key in ("c1", "c2"):
        gone = line(cast, KES, key)
        assert gone.outcome is Outcome.WITHDRAWN
        assert gone.decided is not None
        assert (gone.decided.by, gone.decided.acting_for) == ("Kes", "KES")
        assert gone.decided.rationale == "we can live without it"


def test_a_proposal_that_stands_nowhere_is_withdrawn_as_a_whole(cast: Cast) -> None:
    more = Asked(KES, "c3", "ADD", after="p2", text=text_of("that oil is dear,"), order=4)
    negotiation(cast, [*ASKED, more], taken=[VAL])
    Acts(cast).does("kes", deeds.WithdrawProposal(KES, None, "for the sake of peace"))
    for key in ("c1", "c2", "c3"):
        added = line(cast, KES, key)
        assert added.outcome is Outcome.WITHDRAWN
        assert added.decided is not None
        assert added.decided.rationale == "for the sake of peace"


def test_what_nobody_took_up_waits_and_is_taken_up_by_name(cast: Cast) -> None:
    negotiation(cast, ASKED, taken=[VAL])
    assert line(cast, KES).outcome is Outcome.WAITING
    assert line(cast, KES, "c2").name == "after resolves 3"
    Acts(cast).does("chair", deeds.TakeUp(KES))
    taken = line(cast, KES, "c2")
    assert taken.outcome is Outcome.OPTION
    assert taken.decided is not None
    assert (line(cast, KES).outcome, taken.decided.by) == (Outcome.OPTION, "Chair")
    assert taken.where == "Stands in resolves 3bis"


def test_wordings_folded_into_one_are_followed_to_where_they_are(cast: Cast) -> None:
    negotiation(cast, ASKED[:2])
    table = Acts(cast)
    keys = [line(cast, KES).option, line(cast, VAL).option]
    table.does("chair", deeds.FoldOptions("p6", keys, "common"))
    assert {line(cast, code).outcome for code in (KES, VAL)} == {Outcome.FOLDED}
    assert line(cast, KES).where.startswith("Folded into")


# --- whatever is done ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", seeds(3))
def test_every_change_stands_in_one_line_whatever_was_done(cast: Cast, seed: int) -> None:
    dice = random.Random(seed)
    talks = negotiation(cast, any_asked(dice), inline=dice.random() < 0.5)
    table, chair = Acts(cast), Chair(talks, seed)
    asked = sorted(
        ProposedChange.objects.filter(proposal__draft=cast.draft).values_list(
            "proposal__code", "key"
        )
    )
    done = 0
    for _ in range(25):
        before = told(cast).lines
        deed = chair.deed()
        answer = table.asks("chair", deed)
        after = told(cast)
        assert sorted((one.code, one.key) for one in after.lines) == asked
        assert from_json(json.loads(json.dumps(_json(after)))) == after
        for one in after.lines:
            _holds(one, talks.draft, deed)
        if isinstance(answer, Accepted):
            done += 1
            if dice.random() < 0.3 and after.lines != before:
                table.does("chair", deeds.Undo(answer.seq))
                assert told(cast).lines == before, f"undoing {deed}"
    assert done > 8


def _json(table: Table) -> object:
    from drafting.domain.disposition_table import to_json

    return to_json(table)


def _holds(one: Line, draft: object, deed: deeds.Deed) -> None:
    """What a line says is so in the text; and nothing is gone without somebody who said so."""
    provisions = {p.key: p for p in draft.provisions}  # type: ignore[attr-defined]
    there = provisions.get(one.provision)
    if one.outcome in THERE:
        assert there is not None
        assert one.option in {option.key for option in there.options}
    if there is not None and one.code in named_in(there) and not one.name.startswith("after "):
        assert one.outcome in THERE, f"{deed}: {one.code} stands in {there.key}"
    if one.outcome in GONE:
        assert one.decided is not None, f"{deed}: {one.code} went from {one.name}, said by nobody"


# --- at the moment of issue ----------------------------------------------------------------------


def test_a_revision_keeps_what_the_table_said_when_it_was_issued(cast: Cast) -> None:
    negotiation(cast, ASKED)
    table = Acts(cast)
    before = told(cast).lines
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    table.does("chair", deeds.ChooseOption(line(cast, KES).option, rationale="why"))
    revision.refresh_from_db()
    frozen = from_json(revision.disposition)
    assert frozen.lines == before != told(cast).lines
    assert frozen.seq == revision.seq - 1


def test_it_is_issued_as_two_papers_beside_the_text(cast: Cast) -> None:
    negotiation(cast, ASKED)
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    jobs = revision.jobs.filter(comparison="disposition")
    assert sorted(jobs.values_list("form", flat=True)) == ["docx", "xlsx"]
    for job in jobs:
        assert papers.work(job.pk)
        job.refresh_from_db()
        assert job.file is not None
        assert job.file.name == f"DL-9-E_Rev1_disposition.{job.form}"
    document = Document(io.BytesIO(bytes(jobs.get(form="docx").file.data)))  # type: ignore[union-attr]
    assert len(document.tables[1].rows) == 1 + len(ASKED)
    book = load_workbook(io.BytesIO(bytes(jobs.get(form="xlsx").file.data)))  # type: ignore[union-attr]
    assert book["Disposition"].max_row == 1 + len(ASKED)


def test_a_draft_that_nobody_asked_anything_of_has_no_such_paper(cast: Cast) -> None:
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    assert revision.disposition is None
    assert not revision.jobs.filter(comparison="disposition").exists()
    with pytest.raises(Refused, match="No disposition table"):
        papers.table_paper(revision)


@pytest.mark.parametrize("name", ["chair", "kes", "olga", "stella"])
def test_every_member_downloads_it_as_it_was_issued(cast: Cast, name: str) -> None:
    from django.test import Client

    negotiation(cast, ASKED)
    revision = revisions.issue(cast.actor("chair"), cast.draft.pk)
    papers.work(revision.jobs.get(comparison="disposition", form="xlsx").pk)
    client = Client()
    client.force_login(cast.users[name])
    answer = client.get("/drafts/lorne/dl-9/revisions/1/disposition/xlsx/")
    assert answer.status_code == 200
    assert "DL-9-E_Rev1_disposition.xlsx" in answer["Content-Disposition"]
    client.force_login(cast.users["out"])
    assert client.get("/drafts/lorne/dl-9/revisions/1/disposition/xlsx/").status_code == 404


# --- as a file, at once --------------------------------------------------------------------------


def test_the_command_writes_the_table_of_now_and_of_a_revision(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    negotiation(cast, ASKED)
    revisions.issue(cast.actor("chair"), cast.draft.pk)
    Acts(cast).does("chair", deeds.WithdrawProposal(VAL, None, ""))
    found = {}
    for revision in ([], ["--revision", "1"]):
        out = tmp_path / f"table{len(revision)}.json"
        call_command(
            "export_disposition",
            "--draft",
            "DL/9",
            "--format",
            "json",
            "--out",
            str(out),
            *revision,
        )
        told_ = json.loads(capsys.readouterr().out)
        assert (told_["draft"], told_["size"]) == ("DL/9", out.stat().st_size)
        table = from_json(json.loads(out.read_text("utf-8")))
        found[len(revision)] = {one.code: one.outcome for one in table.lines}[VAL]
    assert found == {0: Outcome.WITHDRAWN, 2: Outcome.OPTION}


def test_a_revision_that_was_not_issued_is_refused_and_outsiders_export_nothing(cast: Cast) -> None:
    negotiation(cast, ASKED)
    with pytest.raises(Refused, match="Revision 7"):
        dispositions.export(cast.actor("chair"), cast.draft, form="docx", revision=7)
    with pytest.raises(Forbidden):
        dispositions.export(cast.actor("out"), cast.draft, form="docx")
    assert Revision.objects.count() == 0
